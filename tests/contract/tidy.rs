//! The arrows of the architecture, and what each part must not have.

use acceptance::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Every dependency of every package of ours, by name.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let names = package["dependencies"].as_array().expect("dependencies");
            (text(&package["name"]), names.iter().map(|entry| text(&entry["name"])).collect())
        })
        .collect()
}

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

#[test]
fn the_arrows_between_our_packages_are_the_architectures() {
    let all = dependencies();
    let ours = |name: &str| -> Vec<String> {
        all[name].iter().filter(|dependency| dependency.starts_with("headroom-")).cloned().collect()
    };
    assert_eq!(ours("headroom-billing"), [""; 0], "billing stands alone");
    assert_eq!(ours("headroom-store"), ["headroom-billing"]);
    assert_eq!(ours("headroom-sources"), ["headroom-billing"]);
    assert_eq!(ours("headroom-app"), ["headroom-billing", "headroom-sources", "headroom-store"]);
    assert_eq!(ours("headroom-cli"), ["headroom-app"]);
    assert_eq!(ours("headroom-desktop"), ["headroom-app"]);
}

#[test]
fn only_the_shell_links_tauri() {
    for (package, dependencies) in dependencies() {
        let tauri = dependencies.iter().any(|name| name.starts_with("tauri"));
        assert_eq!(tauri, package == "headroom-desktop", "{package} and Tauri");
    }
}

#[test]
fn billing_has_no_clock_no_files_and_no_floating_point() {
    let billing = root().join("src-tauri/crates/billing/src");
    let banned = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "async fn",
        "println!",
        "f32",
        " f64",
        "as f64",
        "rust_decimal",
    ];
    for (path, text) in sources(&billing, &["rs"]) {
        for word in banned {
            // serde hands over a JSON number as an f64; it is refused there without being looked at.
            let refused_there = path.ends_with("field.rs") && word == " f64";
            assert!(refused_there || !text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn only_one_file_of_the_window_knows_tauri() {
    for (path, text) in sources(&root().join("ui/src"), &["ts", "svelte"]) {
        let knows = text.contains("@tauri-apps/");
        assert_eq!(knows, path.ends_with("ipc/tauri.ts"), "{}", path.display());
    }
}

#[test]
fn the_window_runs_only_what_is_ours() {
    let config: Value =
        serde_json::from_str(&fs::read_to_string(root().join("tauri.conf.json")).expect("the file"))
            .expect("JSON");
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], true);
    let policy = security["csp"].as_str().expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}

#[test]
fn money_is_never_a_binary_number_in_the_database() {
    let migrations =
        fs::read_to_string(root().join("src-tauri/crates/store/src/migrations.rs")).expect("the file");
    assert!(!migrations.contains("REAL") && migrations.matches("STRICT").count() >= 6);
}
