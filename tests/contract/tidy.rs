//! The arrows of the architecture, and what each part must not have.

use crate::sources;
use acceptance::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::{env, fs};

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// What cargo knows of the packages, without asking anybody.
pub(crate) fn metadata(more: &[&str]) -> Value {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(more)
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

/// Every dependency of every package of ours, by name.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    list(&metadata(&["--no-deps"])["packages"])
        .iter()
        .map(|package| {
            let names = list(&package["dependencies"]);
            (text(&package["name"]), names.iter().map(|entry| text(&entry["name"])).collect())
        })
        .collect()
}

/// Every package of ours, every one that ours depend on by themselves, and the standard library's.
pub(crate) fn package_names() -> impl Iterator<Item = String> {
    let ours =
        dependencies().into_iter().flat_map(|(name, dependencies)| dependencies.into_iter().chain([name]));
    ours.chain(["std", "core", "alloc"].map(str::to_owned))
}

#[test]
fn the_arrows_between_our_packages_are_the_architectures() {
    let all = dependencies();
    let ours = |name: &str| -> Vec<String> {
        all[name].iter().filter(|dependency| dependency.starts_with("headroom-")).cloned().collect()
    };
    assert_eq!(ours("headroom-exact"), [""; 0], "the ground stands on nothing");
    for on_the_ground in ["headroom-billing", "headroom-store", "headroom-sources"] {
        assert_eq!(ours(on_the_ground), ["headroom-exact"], "{on_the_ground}");
    }
    let below_app = ["headroom-billing", "headroom-exact", "headroom-sources", "headroom-store"];
    assert_eq!(ours("headroom-app"), below_app);
    assert_eq!(
        ours("headroom-cli"),
        ["headroom-app", "headroom-billing", "headroom-exact", "headroom-sources"]
    );
    assert_eq!(ours("headroom-desktop"), ["headroom-app"]);
}

#[test]
fn only_the_shell_links_tauri() {
    for (package, dependencies) in dependencies() {
        let tauri = dependencies.iter().any(|name| name.starts_with("tauri"));
        assert_eq!(tauri, package == "headroom-desktop", "{package} and Tauri");
    }
}

/// Every package that this machine builds, with those that depend on it.
fn dependents(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let names: BTreeMap<String, String> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let nodes = list(&metadata["resolve"]["nodes"]);
    let mut found: BTreeMap<String, BTreeSet<String>> =
        nodes.iter().map(|node| (names[&text(&node["id"])].clone(), BTreeSet::new())).collect();
    for node in nodes {
        for dependency in list(&node["dependencies"]) {
            let users = found.get_mut(&names[&text(dependency)]).expect("a node");
            users.insert(names[&text(&node["id"])].clone());
        }
    }
    found
}

/// The bans of deny.toml: each package with those that may bring it in.
fn bans() -> BTreeMap<String, BTreeSet<String>> {
    let file: toml::Table =
        fs::read_to_string(root().join("deny.toml")).expect("deny.toml").parse().expect("TOML");
    let bans = file["bans"]["deny"].as_array().expect("bans");
    let text = |value: &toml::Value| value.as_str().expect("a name").to_owned();
    bans.iter()
        .map(|ban| {
            let wrappers = ban.get("wrappers").and_then(toml::Value::as_array);
            (text(&ban["crate"]), wrappers.into_iter().flatten().map(text).collect())
        })
        .collect()
}

/// The banned packages that are there, with those that bring them in.
fn banned(
    bans: &BTreeMap<String, BTreeSet<String>>,
    there: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    bans.iter()
        .filter_map(|(package, wrappers)| {
            let users: Vec<_> = there.get(package)?.difference(wrappers).cloned().collect();
            (!users.is_empty()).then(|| format!("{package}, by {}", users.join(", ")))
        })
        .collect()
}

#[test]
fn no_dependency_is_banned_and_all_come_from_the_registry() {
    let metadata = metadata(&["--filter-platform", &tools::programs::host()]);
    let there = dependents(&metadata);
    assert!(there.len() > 300, "the window's dependencies too: {}", there.len());
    assert_eq!(banned(&bans(), &there), [""; 0]);
    for package in list(&metadata["packages"]) {
        let source = package["source"].as_str();
        assert!(source.is_none_or(|source| source.starts_with("registry+")), "{package}");
    }
}

#[test]
fn a_ban_is_noticed() {
    let bans = bans();
    assert!(bans.len() > 10);
    let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    let mut there = BTreeMap::from([("tauri-plugin-fs".to_owned(), set(&["tauri-plugin-dialog"]))]);
    assert_eq!(banned(&bans, &there), [""; 0], "its types only");
    there.insert("tauri-plugin-fs".to_owned(), set(&["tauri-plugin-dialog", "headroom-desktop"]));
    there.insert("openssl-sys".to_owned(), set(&["curl-sys"]));
    assert_eq!(banned(&bans, &there), ["openssl-sys, by curl-sys", "tauri-plugin-fs, by headroom-desktop"]);
}

#[test]
fn billing_and_its_ground_have_no_clock_no_files_and_no_floating_point() {
    let crates = root().join("src-tauri/crates");
    let banned = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io",
        "std::time",
        ".await",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "async fn",
        "println!",
        "rust_decimal",
    ];
    let texts = ["exact", "billing"].map(|name| sources(&crates.join(name).join("src"), &["rs"]));
    for (path, text) in texts.into_iter().flatten() {
        for word in banned {
            // How errors of the system are worded stands on the ground; there is no system in it.
            let worded_there = path.ends_with("exact/src/saying.rs") && word == "std::io";
            assert!(worded_there || !text.contains(word), "{} has {word}", path.display());
        }
        let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        // serde hands over a JSON number as an f64; it is refused there without being looked at.
        let floats = words.any(|word| ["f32", "f64"].contains(&word));
        assert_eq!(floats, path.ends_with("scenario/field.rs"), "{} has floating point", path.display());
    }
}

#[test]
fn readers_open_files_through_the_one_place_that_is_bounded() {
    let elsewhere = [
        "File::open",
        "OpenOptions",
        "fs::read(",
        "read_to_string",
        "read_to_end",
        "BufReader",
        "csv::Reader",
        "flate2",
        "Connection::open",
    ];
    // Pipes and answers over the network have limits of their own.
    let no_files = ["kiro/command/process.rs", "wire/http.rs"];
    let readers = root().join("src-tauri/crates/sources/src");
    for (path, text) in sources(&readers, &["rs"]) {
        let inside = path.starts_with(readers.join("files/bounded")) || path.ends_with("tests.rs");
        if inside || no_files.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in elsewhere {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn only_one_file_of_the_window_knows_tauri() {
    for (path, text) in sources(&root().join("ui/src"), &["ts", "svelte"]) {
        let knows = ["@tauri-apps/", "__TAURI"].iter().any(|name| text.contains(name));
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
    assert_eq!(security["capabilities"], serde_json::json!(["main"]));
    // What lets pages reach further is not there at all.
    for wider in ["dangerousDisableAssetCspModification", "assetProtocol", "pattern"] {
        assert!(security.get(wider).is_none(), "{wider}");
    }
    assert!(config["app"].get("withGlobalTauri").is_none());
    for window in config["app"]["windows"].as_array().expect("windows") {
        assert!(window.get("url").is_none() && window.get("useHttpsScheme").is_none(), "{window}");
    }
    let granted = fs::read_to_string(root().join("src-tauri/capabilities/main.json")).expect("the file");
    let granted: Value = serde_json::from_str(&granted).expect("JSON");
    assert_eq!((granted.get("remote"), granted.get("webviews")), (None, None));
    assert_eq!(granted["windows"], serde_json::json!(["main"]));
    let crates = fs::read_to_string(root().join("Cargo.toml")).expect("the file");
    assert!(!crates.contains("devtools"), "nobody looks into the page of what is released");
    let start = fs::read_to_string(root().join("src-tauri/src/start.rs")).expect("the file");
    assert!(start.contains("open_js_links_on_click(false)"), "a link in the page opens nothing by itself");
    let policy = security["csp"].as_str().expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
}

/// What stands in a name is a text, whatever it looks like: Svelte writes it as one wherever it isn't told not to.
#[test]
fn nothing_that_is_said_becomes_a_part_of_the_page() {
    let makes = [
        "{@html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function(",
    ];
    for (path, text) in sources(&root().join("ui/src"), &["ts", "svelte"]) {
        let made: Vec<_> = makes.into_iter().filter(|makes| text.contains(makes)).collect();
        assert_eq!(made, [""; 0], "{}", path.display());
    }
}

#[test]
fn money_is_never_a_binary_number_in_the_database() {
    let of_store = |path: &str| fs::read_to_string(root().join("src-tauri/crates/store").join(path));
    assert!(!of_store("src/migrations.rs").expect("the file").contains("REAL"));
    let schema = of_store("schema.sql").expect("the file");
    let tables: Vec<_> = schema.split("CREATE TABLE ").skip(1).collect();
    assert!(tables.len() > 10, "{}", tables.len());
    for table in tables {
        let closed = table.split(';').find_map(|part| Some(part.rsplit_once("\n)")?.1));
        assert!(closed.is_some_and(|end| end.contains("STRICT")), "{table}");
    }
}

/// A token that could be shown would be: in a log, in a report, in what is kept.
#[test]
fn a_secret_can_not_be_shown() {
    let secret = root().join("src-tauri/crates/sources/src/wire/secret.rs");
    let declared = fs::read_to_string(&secret).expect("the file");
    let (before, _) = declared.split_once("pub struct Secret").expect("the type");
    assert!(!before.contains("derive("), "it can do nothing by itself");
    for (path, text) in sources(&root().join("src-tauri"), &["rs"]) {
        for shows in ["Debug", "Display", "Serialize", "ToString", "Deref"] {
            assert!(!text.contains(&format!("{shows} for Secret ")), "{} shows it", path.display());
        }
    }
}
