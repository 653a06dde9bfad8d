//! What a package offers is used by somebody, and comes from the package that it is of.

use crate::house::all_sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The text without its comments, as good as it gets line by line.
fn code(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The names in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// The statements that hand on what another file has: they name it, but use nothing.
fn without_what_is_handed_on(code: &str) -> String {
    let mut parts = code.split("pub use ");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once(';').map_or("", |(_, rest)| rest));
    }
    kept
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Somebody has to name it to use it.
    Called,
    /// Whoever is given one need not name it.
    Type,
}

/// The public item that a line declares.
fn declared(line: &str) -> Option<(Sort, &str)> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let function = ["fn ", "const fn ", "async fn "].iter().find_map(|keyword| rest.strip_prefix(keyword));
    let value = || ["const ", "static "].iter().find_map(|keyword| rest.strip_prefix(keyword));
    let of_a_type = || ["struct ", "enum ", "trait ", "type "].iter().find_map(|of| rest.strip_prefix(of));
    let (sort, rest) = match function.or_else(value) {
        Some(rest) => (Sort::Called, rest),
        None => (Sort::Type, of_a_type()?),
    };
    Some((sort, words(rest).next()?))
}

/// Whether a file gives out a type that it declares: something else of it names it, other than what the type can do.
fn gives_out(code: &str, name: &str) -> bool {
    code.lines().any(|line| {
        let is_its_own = line.starts_with("impl") || declared(line).is_some_and(|(_, of)| of == name);
        !is_its_own && words(line).any(|word| word == name)
    })
}

/// The public items of Rust files that no other file names.
fn dead(files: &[(PathBuf, String)]) -> Vec<String> {
    let mut named: BTreeMap<&str, BTreeSet<&Path>> = BTreeMap::new();
    let texts: Vec<_> =
        files.iter().map(|(path, text)| (path.as_path(), without_what_is_handed_on(&code(text)))).collect();
    for (path, text) in &texts {
        for word in words(text) {
            named.entry(word).or_default().insert(path);
        }
    }
    let mut dead = Vec::new();
    for (path, text) in texts.iter().filter(|(path, _)| path.extension().is_some_and(|of| of == "rs")) {
        for (sort, name) in text.lines().filter_map(declared) {
            let elsewhere = named.get(name).is_some_and(|files| files.iter().any(|file| file != path));
            if !elsewhere && (sort == Sort::Called || !gives_out(text, name)) {
                dead.push(format!("{}: {name}", path.display()));
            }
        }
    }
    dead
}

#[test]
fn every_public_item_is_named_in_another_file() {
    let found = dead(&all_sources());
    assert_eq!(found, [""; 0], "make them private, or remove them");
}

#[test]
fn a_dead_item_is_noticed() {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let files = [
        file(
            "a.rs",
            "pub struct Given;\npub struct Unused;\nimpl Unused {\n    pub const fn alone() {}\n}\n\
             pub fn gives() -> Given {}\npub const LIMIT: u8 = 2;\n// Unused in words.\npub(crate) fn ours() {}",
        ),
        file("lib.rs", "pub use a::{Unused,\n    LIMIT};\nfn f() {}"),
        file("b.rs", "// alone\nfn f() { gives(); }"),
    ];
    assert_eq!(dead(&files), ["a.rs: Unused", "a.rs: alone", "a.rs: LIMIT"]);
}

/// What is handed on in a file although it is of another package, by the names of the workspace's packages.
fn handed_on<'t>(text: &'t str, packages: &BTreeSet<String>) -> Vec<&'t str> {
    let lines = text.lines().map(str::trim_start);
    lines
        .filter_map(|line| {
            let path = line.strip_prefix("pub use ").or_else(|| line.strip_prefix("pub extern crate "))?;
            let first = words(path).next()?;
            packages.contains(first).then_some(line)
        })
        .collect()
}

#[test]
fn no_package_hands_on_what_is_of_another() {
    let packages: BTreeSet<String> =
        crate::tidy::package_names().map(|name| name.replace('-', "_")).collect();
    assert!(packages.contains("headroom_sources") && packages.contains("rusqlite"), "{packages:?}");
    let mut found = Vec::new();
    for (path, text) in all_sources() {
        if path.extension().is_some_and(|of| of == "rs") {
            found
                .extend(handed_on(&text, &packages).iter().map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert_eq!(found, [""; 0], "whoever needs it depends on its package");
    let text = "pub use headroom_sources::bounded;\npub use paths::Paths;\n    pub use std::fmt;\nuse rusqlite::Row;";
    let known = BTreeSet::from(["headroom_sources".to_owned(), "std".to_owned(), "rusqlite".to_owned()]);
    assert_eq!(handed_on(text, &known), ["pub use headroom_sources::bounded;", "pub use std::fmt;"]);
}
