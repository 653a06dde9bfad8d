//! The floors inside `app`: a file uses what lies beneath it, or beside it.

use crate::arrows::{Arrows, Module, arrows, modules};
use acceptance::root;
use std::collections::BTreeMap;

/// A floor by its height and its name; two of one height don't know each other.
type Floor = (u8, &'static str);

const GROUND: Floor = (0, "the ground");
const COMMON: Floor = (1, "common files");
const KINDS: Floor = (2, "kinds");
const VENDORS: Floor = (2, "vendors");
const USE_CASES: Floor = (3, "use cases");
const PAGES: Floor = (4, "the pages of use cases");
const COMMANDS: Floor = (5, "commands");
const ROOT: Floor = (6, "the root");

/// Where a file stands that stands below the use cases, and with it all in its folder: the nearest line counts.
const FLOORS: [(&str, Floor); 27] = [
    // What crosses to the window, how it is worded, and the machine: of no account.
    ("answers", GROUND),
    ("catalog/opened", GROUND),
    ("documents", GROUND),
    ("error", GROUND),
    ("machine", GROUND),
    ("one_list", GROUND),
    // What all kinds share, and where kinds and vendors meet: none of them is known here.
    ("account", COMMON),
    ("acts", COMMON),
    ("alert", COMMON),
    ("bills", COMMON),
    ("catalog", COMMON),
    ("charges", COMMON),
    ("choices", COMMON),
    ("chores", COMMON),
    ("chosen", COMMON),
    ("clock_behind", COMMON),
    ("days", COMMON),
    ("difference", COMMON),
    ("identities", COMMON),
    ("language", COMMON),
    ("quoted", COMMON),
    ("reported", COMMON),
    ("usage", COMMON),
    ("weighed", COMMON),
    ("whose", COMMON),
    ("kinds", KINDS),
    ("vendors", VENDORS),
];

fn floor(module: &Module) -> Floor {
    let known = |length: &usize| {
        let named = module[..*length].join("/");
        FLOORS.iter().find(|(place, _)| *place == named).map(|(_, floor)| *floor)
    };
    let above = || match module.first().map(String::as_str) {
        None => ROOT,
        Some("use_cases") => PAGES,
        Some("commands") => COMMANDS,
        Some(_) => USE_CASES,
    };
    (1..=module.len()).rev().find_map(|length| known(&length)).unwrap_or_else(above)
}

/// Every arrow that leads upwards, or from kinds to vendors or back, with the paths it is made of.
fn wrong(arrows: &Arrows) -> Vec<String> {
    let mut found = Vec::new();
    for (from, used) in arrows {
        let at = floor(from);
        for (to, paths) in used.iter().filter(|(to, _)| at != floor(to) && at.0 <= floor(to).0) {
            let (from, to, of) = (from.join("/"), to.join("/"), floor(to).1);
            let paths: Vec<_> = paths.iter().map(String::as_str).collect();
            found.push(format!("{from}, of {}, uses {to}, of {of}, by {}", at.1, paths.join(", ")));
        }
    }
    found
}

#[test]
fn a_file_of_app_uses_what_lies_beneath_it() {
    let all = modules(&root().join("src-tauri/crates/app/src"));
    for (place, _) in FLOORS {
        let place: Module = place.split('/').map(str::to_owned).collect();
        assert!(all.contains_key(&place) || all.keys().any(|module| module.starts_with(&place)), "{place:?}");
    }
    let arrows = arrows(&all);
    assert!(arrows.values().map(BTreeMap::len).sum::<usize>() > 1_000, "it has imports");
    assert_eq!(wrong(&arrows), [""; 0]);
}

#[test]
fn a_file_that_uses_what_lies_above_it_is_noticed() {
    let files = [
        ("", "mod account;\nmod answers;\nmod kinds;\nmod start;\nmod vendors;\npub use start::S;"),
        ("answers", "use crate::account::A;\npub struct V;"),
        ("account", "use crate::answers::V;\npub struct A;\nfn a() { crate::kinds::k() }"),
        ("kinds", "mod one;\nuse crate::account::A;\npub use one::k;"),
        ("kinds/one", "pub fn k() { crate::vendors::v() }"),
        ("vendors", "use crate::S;\nuse crate::account::A;\npub fn v() {}"),
        ("start", "use crate::{kinds, vendors};\npub struct S;\nfn s() { kinds::k(); vendors::v() }"),
    ];
    let module = |name: &str| name.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let files = files.map(|(name, text)| (module(name), text.to_owned()));
    let expected = [
        "account, of common files, uses kinds/one, of kinds, by crate::kinds::k",
        "answers, of the ground, uses account, of common files, by crate::account::A",
        "kinds/one, of kinds, uses vendors, of vendors, by crate::vendors::v",
        "vendors, of vendors, uses start, of use cases, by crate::S",
    ];
    assert_eq!(wrong(&arrows(&files.into())), expected);
}
