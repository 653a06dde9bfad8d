//! No file of a crate imports, by however many others, a file that imports it: what is shared stands below what uses it.

use acceptance::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module's names from the crate's root: `["scenario", "field"]`.
type Module = Vec<String>;

/// Every module of a crate with its text, tests and comments left out.
fn modules(folder: &Path, at: &Module, found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let within = |name: String| at.iter().cloned().chain([name]).collect::<Module>();
        if path.is_dir() {
            modules(&path, &within(name), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("text");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let code: Vec<_> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let module = match name.as_str() {
                "lib" | "main" | "mod" => at.clone(),
                "tests" => continue,
                _ => within(name),
            };
            found.insert(module, code.join("\n"));
        }
    }
}

/// Every path that a tree of imports names: `a::{b, c::d}` names `a::b` and `a::c::d`.
fn leaves(tree: &str, before: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((path, group)) = tree.split_once('{') else {
        if !tree.is_empty() {
            found.push(format!("{before}{tree}"));
        }
        return;
    };
    let inner = group.strip_suffix('}').expect("a group that ends");
    let (mut depth, mut from) = (0, 0);
    for (at, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                leaves(&inner[from..at], &format!("{before}{path}"), found);
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// What a file's private imports name, from the crate's root.
fn imports(module: &Module, code: &str) -> Vec<Module> {
    let mut paths = Vec::new();
    for statement in code.split(';') {
        // What stands before an import in its statement are lines of their own.
        let start =
            if statement.starts_with("use ") { Some(0) } else { statement.find("\nuse ").map(|at| at + 1) };
        if let Some(start) = start {
            leaves(statement[start..].trim_start_matches("use "), "", &mut paths);
        }
    }
    let resolved = paths.iter().filter_map(|path| {
        let names: Vec<_> =
            path.split(" as ").next()?.split("::").map(|name| name.trim().to_owned()).collect();
        match names.first()?.as_str() {
            "crate" => Some(names[1..].to_vec()),
            "super" => Some([&module[..module.len().checked_sub(1)?], &names[1..]].concat()),
            _ => Some([module.as_slice(), &names].concat()),
        }
    });
    resolved.collect()
}

/// The file that a path leads to: its longest beginning that is a module.
fn file_of(path: &[String], all: &BTreeMap<Module, String>) -> Option<Module> {
    (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|module| all.contains_key(module))
}

/// A circle, if there is one.
fn circle(arrows: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    fn walk(
        at: &Module,
        arrows: &BTreeMap<Module, BTreeSet<Module>>,
        way: &mut Vec<Module>,
        done: &mut BTreeSet<Module>,
    ) -> Option<Vec<Module>> {
        if let Some(from) = way.iter().position(|known| known == at) {
            return Some(way[from..].to_vec());
        }
        if done.contains(at) {
            return None;
        }
        way.push(at.clone());
        for next in arrows.get(at).into_iter().flatten() {
            if let Some(circle) = walk(next, arrows, way, done) {
                return Some(circle);
            }
        }
        way.pop();
        done.insert(at.clone());
        None
    }
    let mut done = BTreeSet::new();
    arrows.keys().find_map(|start| walk(start, arrows, &mut Vec::new(), &mut done))
}

fn arrows(all: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let of = |(module, code): (&Module, &String)| {
        let targets = imports(module, code).into_iter().filter_map(|path| file_of(&path, all));
        (module.clone(), targets.filter(|target| target != module).collect())
    };
    // The root declares what there is, and everybody may name it.
    all.iter().filter(|(module, _)| !module.is_empty()).map(of).collect()
}

#[test]
fn no_crate_has_a_circle_of_files() {
    for name in ["exact", "billing", "store", "sources", "app", "cli"] {
        let mut all = BTreeMap::new();
        modules(&root().join("src-tauri/crates").join(name).join("src"), &Module::new(), &mut all);
        let arrows = arrows(&all);
        assert!(arrows.values().any(|targets| !targets.is_empty()), "{name} has imports");
        assert_eq!(circle(&arrows), None, "{name}: these files import each other");
    }
}

#[test]
fn a_circle_is_noticed() {
    let module = |name: &str| name.split("::").map(str::to_owned).collect::<Module>();
    let files = |texts: &[(&str, &str)]| -> BTreeMap<Module, String> {
        texts.iter().map(|(name, text)| (module(name), (*text).to_owned())).collect()
    };
    let round = files(&[
        ("a", "//! A.\nuse crate::{b::{C, D}, e};\nfn f() {}"),
        ("b", "use std::fmt;\n\nuse super::d::E;"),
        ("d", "use crate::a::F;"),
        ("e", "pub use crate::a::F;"),
    ]);
    let found = circle(&arrows(&round)).expect("a circle");
    assert_eq!(
        found.iter().collect::<BTreeSet<_>>(),
        [module("a"), module("b"), module("d")].iter().collect()
    );
    let straight = files(&[("a", "use crate::b::C;"), ("b", "use crate::d::{self, E};"), ("d", "")]);
    assert_eq!(circle(&arrows(&straight)), None);
}
