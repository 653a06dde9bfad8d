//! What the documents name is there: a map of another house helps nobody.

use crate::house::all_sources;
use acceptance::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What paths in the documents may begin at, beside the root: where a row or a section speaks of one folder.
const BASES: [&str; 10] = [
    "",
    "src-tauri",
    "src-tauri/crates",
    "src-tauri/crates/app",
    "src-tauri/crates/app/src",
    "src-tauri/crates/billing",
    "src-tauri/crates/billing/src",
    "src-tauri/crates/cli",
    "ui/src",
    "tests",
];

/// Endings that make a name the name of a file.
const ENDINGS: [&str; 8] = ["rs", "ts", "toml", "json", "svelte", "md", "sql", "js"];

/// Every file and folder of the checkout that people wrote or look at, from its root.
fn everything() -> BTreeSet<PathBuf> {
    fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_built = ["node_modules", "target", "dist"].contains(&name.as_str());
            if is_built || (name.starts_with('.') && name != ".github" && name != ".editorconfig") {
                continue;
            }
            // What `make references` writes is found by nobody's name.
            if path.is_dir() && name != "references" {
                walk(&path, found);
            }
            found.insert(path.strip_prefix(root()).expect("within the checkout").to_owned());
        }
    }
    let mut found = BTreeSet::new();
    walk(root(), &mut found);
    found
}

/// `a/{b,c}` is two names.
fn spelled_out(name: &str) -> Vec<String> {
    let Some((before, rest)) = name.split_once('{') else { return vec![name.to_owned()] };
    let Some((within, after)) = rest.split_once('}') else { return vec![name.to_owned()] };
    within.split(',').map(|part| format!("{before}{}{after}", part.trim())).collect()
}

/// Whether a part of a path is the named one; `*` and `<name>` stand for anything.
fn is_part(named: &str, found: &str) -> bool {
    let bare = named.replace('*', "<>");
    match bare.split_once('<').and_then(|(before, rest)| Some((before, rest.split_once('>')?.1))) {
        Some((before, after)) => found.starts_with(before) && found.ends_with(after),
        None => named == found,
    }
}

/// Whether something of that name is there, with or without a source file's ending.
fn is_there(name: &str, all: &BTreeSet<PathBuf>) -> bool {
    let name = name.replace('…', "src-tauri/crates");
    let named: Vec<_> = name.trim_end_matches('/').split('/').collect();
    let (last, folders) = named.split_last().expect("a name");
    let is_last = |found: &str| {
        ["", ".rs", ".svelte", ".ts"].iter().any(|ending| is_part(&format!("{last}{ending}"), found))
    };
    let is_named = |path: &Path, base: &str| {
        let Ok(rest) = path.strip_prefix(base) else { return false };
        let found: Vec<_> = rest.iter().map(|part| part.to_string_lossy()).collect();
        let Some((own, within)) = found.split_last() else { return false };
        within.len() == folders.len()
            && folders.iter().zip(within).all(|(named, found)| is_part(named, found))
            && is_last(own)
    };
    // A file's own name, where the row says in which folder.
    let is_called = |path: &Path| folders.is_empty() && path.file_name().is_some_and(|own| own == *last);
    all.iter().any(|path| is_called(path) || BASES.iter().any(|base| is_named(path, base)))
}

/// What a document names as a path: in backquotes, with a slash or a file's ending.
fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (part, block) in text.split("```").enumerate() {
        // What stands in a block is a drawing or a command.
        for line in block.lines().filter(|_| part % 2 == 0) {
            for name in line.split('`').skip(1).step_by(2) {
                let plain =
                    name.chars().all(|letter| letter.is_alphanumeric() || "_-./…{},*<>".contains(letter));
                let is_path =
                    name.contains('/') || ENDINGS.iter().any(|end| name.ends_with(&format!(".{end}")));
                if plain && is_path && !name.starts_with('/') {
                    names.extend(spelled_out(name));
                }
            }
        }
    }
    names
}

/// Named, and not of the checkout.
const ELSEWHERE: [(&str, &str); 2] =
    [("README.md", "target/debug/headroom"), ("docs/decisions/restoring-is-a-union.md", "damaged-TIME/")];

#[test]
fn every_path_that_the_documents_name_is_there() {
    let all = everything();
    assert!(all.len() > 700, "{}", all.len());
    let documents: Vec<_> = all
        .iter()
        .filter(|path| path.extension().is_some_and(|of| of == "md") && **path != Path::new("CHANGELOG.md"))
        .collect();
    assert!(documents.iter().any(|path| **path == Path::new("ARCHITECTURE.md")), "{documents:?}");
    let (mut checked, mut missing) = (0, Vec::new());
    for document in documents {
        for name in named(&fs::read_to_string(root().join(document)).expect("text")) {
            checked += 1;
            let elsewhere = ELSEWHERE.iter().any(|(of, known)| document == Path::new(of) && name == *known);
            if !elsewhere && !is_there(&name, &all) {
                missing.push(format!("{}: {name}", document.display()));
            }
        }
    }
    assert!(checked > 100, "{checked}");
    assert_eq!(missing, [""; 0]);
}

/// The place that a row of the code map is about, as paths from the root; all there is, if it is no such row.
fn place_of(row: &str) -> Vec<String> {
    if !row.starts_with("| `") {
        return vec![String::new()];
    }
    let places = row.split(" | ").next().unwrap_or_default();
    places.split('`').skip(1).step_by(2).map(|name| name.replace('…', "src-tauri/crates")).collect()
}

/// The names in backquotes that are no paths: of types, functions, files without their ending, packages.
fn plain_names(line: &str) -> Vec<&str> {
    let quoted = line.split('`').skip(1).step_by(2);
    let names = quoted.filter(|name| {
        name.chars().all(|letter| letter.is_alphanumeric() || "_-:{}, ".contains(letter))
            && (!name.contains(' ') || name.contains('{'))
    });
    names
        .filter_map(|name| name.rsplit("::").next())
        .flat_map(|name| name.split(['{', '}', ',', ' ']).filter(|part| !part.is_empty()))
        .collect()
}

#[test]
fn every_name_in_the_map_is_in_its_place() {
    let all = everything();
    let of_data = all.iter().filter(|path| path.extension().is_some_and(|of| of == "toml"));
    let of_data = of_data.map(|path| (path.clone(), fs::read_to_string(root().join(path)).expect("text")));
    let texts: Vec<_> = all_sources().into_iter().chain(of_data).collect();
    let is_word = |text: &str, name: &str| {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        text.match_indices(name)
            .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
    };
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map");
    let (mut checked, mut missing) = (0, Vec::new());
    let drawn = map.split("```").enumerate().filter(|(part, _)| part % 2 == 0);
    for line in drawn.flat_map(|(_, block)| block.lines()) {
        let places = place_of(line);
        let is_within = |path: &Path| places.iter().any(|place| path.starts_with(place));
        for name in plain_names(line) {
            checked += 1;
            let is_file =
                |path: &&PathBuf| is_within(path) && path.file_stem().is_some_and(|stem| stem == name);
            let is_text = |(path, text): &&(PathBuf, String)| is_within(path) && is_word(text, name);
            if !all.iter().any(|path| is_file(&path)) && !texts.iter().any(|of| is_text(&of)) {
                missing.push(format!("{name} in {places:?}"));
            }
        }
    }
    assert!(checked > 120, "{checked}");
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_path_that_is_not_there_is_noticed() {
    let all: BTreeSet<_> =
        ["src-tauri/crates/app/words/en.json", "src-tauri/crates/store/src/table/bills.rs", "ui/src/kinds"]
            .map(PathBuf::from)
            .into();
    for name in [
        "app/words/*.json",
        "…/store/src/table/bills.rs",
        "store/src/table/bills",
        "ui/src/kinds/",
        "en.json",
        "app/words/<tag>.json",
    ] {
        assert!(is_there(name, &all), "{name}");
    }
    for name in ["app/words/*.toml", "store/src/table/bill", "table/bills.rs", "ui/src/kind", "fr.json"] {
        assert!(!is_there(name, &all), "{name}");
    }
    let text = "`a/{b,c}.rs` and `make x` or `d.md`\n```\n`no/path`\n```\n`say!(\"x/y\")`";
    assert_eq!(named(text), ["a/b.rs", "a/c.rs", "d.md"]);
    let row = "| `…/app/src/kinds`, `ui/src` | `a_b` and `x::{C, D}`, not `make x` |";
    assert_eq!(place_of(row), ["src-tauri/crates/app/src/kinds", "ui/src"]);
    assert_eq!(plain_names(row), ["a_b", "C", "D"]);
    assert_eq!(place_of("- **Arrows:** `exact` ←"), [""]);
}
