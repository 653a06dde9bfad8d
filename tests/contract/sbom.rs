//! The list of what a package is made of: all of it that is linked or built in, and nothing else.

use crate::tidy::metadata;
use acceptance::root;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use tools::sbom::{of_cargo, of_npm, written};

fn names(list: &Value) -> BTreeSet<String> {
    let components = list["components"].as_array().expect("components");
    let names = components.iter().map(|component| component["name"].as_str().expect("a name").to_owned());
    names.collect()
}

#[test]
fn the_list_names_everything_that_a_package_is_made_of_and_nothing_else() {
    let read = |name: &str| fs::read_to_string(root().join(name)).expect("text");
    let lock = read("Cargo.lock");
    let rust = of_cargo(&metadata(&["--filter-platform", &tools::programs::host()]), &lock);
    let npm = of_npm(&serde_json::from_str(&read("package-lock.json")).expect("JSON"));
    let list = written("1.2.3", &[rust, npm].concat());
    let there = names(&list);
    for name in [
        "headroom-desktop",
        "headroom-cli",
        "headroom-billing",
        "tauri",
        "reqwest",
        "rustls",
        "libsqlite3-sys",
        "svelte",
        "@tauri-apps/api",
    ] {
        assert!(there.contains(name), "{name}");
    }
    for name in [
        "insta",
        "proptest",
        "tools",
        "acceptance",
        "campaigns",
        "libfuzzer-sys",
        "tauri-build",
        "fantoccini",
        "vitest",
        "vite",
        "playwright",
    ] {
        assert!(!there.contains(name), "{name} is in no package");
    }
    let components = list["components"].as_array().expect("components");
    let purls: BTreeSet<_> =
        components.iter().map(|component| component["purl"].as_str().expect("a purl")).collect();
    assert_eq!(purls.len(), components.len(), "each once");
    for component in components {
        let is_ours = component["name"].as_str().is_some_and(|name| name.starts_with("headroom"));
        assert!(component["licenses"].is_array(), "{component}");
        assert_eq!(component["hashes"].is_array(), !is_ours, "{component}");
    }
    // What cargo itself says is linked, the whole way down.
    let locked: BTreeSet<_> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    let of_rust = components
        .iter()
        .filter(|component| component["purl"].as_str().is_some_and(|purl| purl.starts_with("pkg:cargo/")));
    assert!(
        of_rust.clone().count() > 250
            && of_rust.clone().all(|component| locked.contains(component["name"].as_str().expect("a name")))
    );
}

#[test]
fn what_is_only_built_or_tested_with_is_left_out() {
    let package =
        |name: &str| json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0"});
    let depends =
        |on: &str, kind: Option<&str>| json!({"pkg": on, "dep_kinds": [{"kind": kind, "target": null}]});
    let packages = ["headroom-cli", "linked", "beneath", "built-with", "tested-with"].map(package);
    let metadata = json!({
        "packages": packages,
        "resolve": {"nodes": [
            {"id": "headroom-cli", "deps": [depends("linked", None), depends("built-with", Some("build")), depends("tested-with", Some("dev"))]},
            {"id": "linked", "deps": [depends("beneath", None)]},
            {"id": "beneath", "deps": []}, {"id": "built-with", "deps": []}, {"id": "tested-with", "deps": []}]},
    });
    let lock = "[[package]]\nname = \"beneath\"\nversion = \"1.0.0\"\nchecksum = \"00ff\"\n";
    let list = written("1.2.3", &of_cargo(&metadata, lock));
    assert_eq!(names(&list), ["beneath", "headroom-cli", "linked"].map(str::to_owned).into());
    assert_eq!(list["components"][0]["hashes"], json!([{"alg": "SHA-256", "content": "00ff"}]));
    assert_eq!(list["components"][0]["licenses"], json!([{"expression": "MIT OR Apache-2.0"}]));
    let npm = json!({"packages": {
        "ui": {"dependencies": {"@a/b": "1"}, "devDependencies": {"c": "1"}},
        "node_modules/@a/b": {"version": "1.0.0", "license": "MIT", "integrity": "sha512-AP8=", "dependencies": {"d": "2"}},
        "node_modules/@a/b/node_modules/d": {"version": "2.0.0"}, "node_modules/d": {"version": "1.0.0"},
        "node_modules/c": {"version": "1.0.0"}}});
    let list = written("1.2.3", &of_npm(&npm));
    let purls: Vec<_> =
        list["components"].as_array().expect("a list").iter().map(|of| of["purl"].clone()).collect();
    assert_eq!(purls, [json!("pkg:npm/%40a/b@1.0.0"), json!("pkg:npm/d@2.0.0")]);
    assert_eq!(list["components"][0]["hashes"], json!([{"alg": "SHA-512", "content": "00ff"}]));
}
