//! What must stay true between the parts: the commands, types and fixtures the window is built on, and the
//! arrows of the architecture.

mod arrows;
mod circles;
mod commands;
mod division;
mod fixtures;
mod floors;
mod habits;
mod house;
mod items;
mod logged_in;
mod loopback;
mod map;
mod papers;
mod places;
mod promises;
mod sayings;
mod sbom;
mod schema;
mod tidy;
mod titles;
mod typed;
mod use_cases;
mod vocabulary;
mod window_words;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Set to write what these tests otherwise compare: `make generate` does.
const UPDATE: &str = "HEADROOM_UPDATE";

/// Every file of a folder (not of its subfolders) by name; nothing when the folder is missing.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect()
}

/// Every file of a folder and of its subfolders that ends so, with its text.
fn sources(folder: &Path, extensions: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path, extensions));
        } else if path
            .extension()
            .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        {
            let text = fs::read_to_string(&path).expect("text");
            found.push((path, text));
        }
    }
    assert!(!found.is_empty() || !folder.ends_with("src"), "{} has sources", folder.display());
    found
}

/// Compares generated files with the committed ones, or writes them when asked to.
fn same_or_update(committed: &Path, generated: &BTreeMap<String, String>) {
    if std::env::var_os(UPDATE).is_some() {
        _ = fs::remove_dir_all(committed);
        fs::create_dir_all(committed).expect("the folder can be made");
        for (name, text) in generated {
            fs::write(committed.join(name), text).expect("the file can be written");
        }
        return;
    }
    let kept = files(committed);
    let names = |map: &BTreeMap<String, String>| map.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(generated), "{}: run `make generate`", committed.display());
    for (name, text) in generated {
        same(&committed.join(name), &kept[name], text);
    }
}

/// The same with one file beside others.
fn same_or_update_file(committed: &Path, generated: &str) {
    if std::env::var_os(UPDATE).is_some() {
        fs::create_dir_all(committed.parent().expect("a folder")).expect("the folder can be made");
        fs::write(committed, generated).expect("the file can be written");
        return;
    }
    same(committed, &fs::read_to_string(committed).unwrap_or_default(), generated);
}

fn same(path: &Path, kept: &str, generated: &str) {
    assert!(
        kept == generated,
        "{} has drifted from what it is written from: run `make generate`",
        path.display()
    );
}
