//! No file of a crate uses, by however many others, a file that uses it: what is shared stands below what uses it. The
//! crate's root is the top of it.

use crate::arrows::{Arrows, Module, arrows, modules};
use acceptance::root;
use std::collections::{BTreeMap, BTreeSet};

/// Every file that is reached from one.
fn reached(from: &Module, arrows: &Arrows) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(at) = next.pop() {
        for target in arrows.get(at).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(target.clone()) {
                next.push(target);
            }
        }
    }
    found
}

/// Every arrow that lies on a circle, with the paths it is made of.
fn circling(arrows: &Arrows) -> Vec<String> {
    let reached: BTreeMap<_, _> = arrows.keys().map(|from| (from, reached(from, arrows))).collect();
    let name = |module: &Module| if module.is_empty() { "the root".to_owned() } else { module.join("/") };
    let mut found = Vec::new();
    for (from, used) in arrows {
        for (to, paths) in used.iter().filter(|(to, _)| reached[to].contains(from)) {
            let paths: Vec<_> = paths.iter().map(String::as_str).collect();
            found.push(format!("{} uses {} by {}", name(from), name(to), paths.join(", ")));
        }
    }
    found
}

#[test]
fn no_crate_has_a_circle_of_files() {
    let crates = ["exact", "billing", "store", "sources", "app", "cli"];
    let crates = crates.map(|name| format!("src-tauri/crates/{name}"));
    for folder in crates.into_iter().chain(["src-tauri", "tests/tools"].map(str::to_owned)) {
        let arrows = arrows(&modules(&root().join(&folder).join("src")));
        assert!(arrows.values().any(|used| !used.is_empty()), "{folder} has imports");
        assert_eq!(circling(&arrows), [""; 0], "{folder}: these files use each other");
    }
}

/// Of files by their modules' names, the arrows that lie on a circle.
fn circling_in(texts: &[(&str, &str)]) -> Vec<String> {
    let module = |name: &str| name.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let texts = [("", "")].iter().chain(texts).map(|(name, text)| (module(name), (*text).to_owned()));
    circling(&arrows(&texts.collect()))
}

#[test]
fn a_circle_is_noticed() {
    let found = circling_in(&[
        ("", "mod a;\nmod b;\nmod d;\nmod e;"),
        ("a", "//! A.\nuse crate::{b::{C, D}, e};\nfn f() {}"),
        ("b", "use std::fmt;\n\nuse super::d::E;\nstruct C; struct D;"),
        ("d", "use crate::a::f;\nstruct E;"),
        ("e", "//! use crate::a::f;\nfn g() {}"),
    ]);
    let expected =
        ["a uses b by crate::b::C, crate::b::D", "b uses d by super::d::E", "d uses a by crate::a::f"];
    assert_eq!(found, expected);
    let straight =
        [("a", "use crate::b::C;"), ("b", "use crate::d::{self, E};\nstruct C;"), ("d", "struct E;")];
    assert_eq!(circling_in(&straight), [""; 0]);
}

#[test]
fn what_is_handed_on_leads_to_the_file_that_declares_it() {
    let round = circling_in(&[
        ("", "mod a;\nmod of;\npub use a::A;"),
        ("a", "pub struct A; fn f() { of::made() }\nuse crate::of;"),
        ("of", "mod made;\npub use made::made;"),
        ("of/made", "use crate::A;\npub fn made() -> A { A }"),
    ]);
    assert_eq!(round, ["a uses of/made by of::made", "of/made uses a by crate::A"]);
    let all_of_it = circling_in(&[
        ("a", "pub use crate::b::*;\npub struct A;"),
        ("b", "use crate::a::{A, B};\npub struct B(A);"),
    ]);
    assert_eq!(all_of_it, ["a uses b by crate::b::*", "b uses a by crate::a::A"]);
}

#[test]
fn a_path_in_the_code_is_an_arrow_and_the_root_is_a_file() {
    let inline = circling_in(&[
        ("a", "fn f() { crate::b::g(\"crate::d::h\") }"),
        ("b", "#[ts(as = \"Option<crate::d::H>\")]\nfn g() {}"),
        ("d", "fn h() -> super::a::F { super::a::f() }\nstruct H;"),
    ]);
    assert_eq!(
        inline.iter().map(|arrow| arrow.split(" by ").next().unwrap_or_default()).collect::<Vec<_>>(),
        ["a uses b", "a uses d", "b uses d", "d uses a"]
    );
    let up = circling_in(&[
        ("", "mod a;\npub struct Top;\nfn f() { a::g() }"),
        ("a", "pub fn g() -> crate::Top { crate::Top }"),
    ]);
    assert_eq!(up, ["the root uses a by a::g", "a uses the root by crate::Top"]);
    let parent = circling_in(&[
        ("a", "mod b;\nuse b::B;\nconst MOST: u8 = 1;"),
        ("a/b", "use super::MOST;\npub struct B([u8; MOST]);"),
    ]);
    assert_eq!(parent, ["a uses a/b by b::B", "a/b uses a by super::MOST"]);
}

#[test]
fn to_declare_a_child_and_to_hand_it_on_is_no_arrow() {
    let files = [
        ("", "mod a;\npub use a::b::B;"),
        ("a", "pub mod b;\nmod d;\npub use d::D;\nconst MOST: u8 = 1;"),
        ("a/b", "use super::{D, MOST};\npub(in crate::a) struct B(D);"),
        (
            "a/d",
            "pub struct D(&'static str, char);\nconst LETTER: char = '\"'; // crate::a::b::B\nconst LINE: &str = r#\"\"\"#;",
        ),
    ];
    assert_eq!(circling_in(&files), [""; 0]);
}
