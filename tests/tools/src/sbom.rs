//! What a package is made of, as a list in `CycloneDX` 1.6: every package that cargo links into the programs, and every one
//! of npm's that the window is built from.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The programs of a package, and the npm packages that the window is built from.
const PROGRAMS: [&str; 2] = ["headroom-desktop", "headroom-cli"];
const WINDOW: &str = "ui";

/// A package in the list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Component {
    /// What it is known by everywhere: a package URL.
    pub purl: String,
    name: String,
    version: String,
    licence: Option<String>,
    /// By which sum, and the sum in hexadecimal digits.
    hash: Option<(&'static str, String)>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// What cargo links into the programs, by what `cargo metadata` says of this platform: dependencies of tests and of building
/// are left out. `lock` is `Cargo.lock`, which has the sums.
pub fn of_cargo(metadata: &Value, lock: &str) -> Vec<Component> {
    let packages: BTreeMap<String, &Value> =
        list(&metadata["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<String, &Value> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let is_program = |package: &Value| PROGRAMS.contains(&package["name"].as_str().unwrap_or_default());
    let mut left: Vec<_> =
        packages.iter().filter(|(_, package)| is_program(package)).map(|(id, _)| id.clone()).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = left.pop() {
        if !found.insert(id.clone()) {
            continue;
        }
        let Some(node) = nodes.get(&id) else { continue };
        let linked = list(&node["deps"])
            .filter(|dependency| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()));
        left.extend(linked.map(|dependency| text(&dependency["pkg"])));
    }
    let sums = sums(lock);
    let component = |package: &&Value| {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        Component {
            purl: format!("pkg:cargo/{name}@{version}"),
            licence: package["license"].as_str().map(str::to_owned),
            hash: sums.get(&(name.clone(), version.clone())).map(|sum| ("SHA-256", sum.clone())),
            name,
            version,
        }
    };
    let mut components: Vec<_> = found.iter().filter_map(|id| packages.get(id)).map(component).collect();
    components.sort();
    components.dedup();
    components
}

/// The sum of each package in `Cargo.lock`.
fn sums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |block: &str, name: &str| {
        let begin = format!("{name} = \"");
        block.lines().find_map(|line| line.strip_prefix(&begin)?.strip_suffix('"').map(str::to_owned))
    };
    let blocks = lock.split("[[package]]").skip(1);
    blocks
        .filter_map(|block| {
            Some(((field(block, "name")?, field(block, "version")?), field(block, "checksum")?))
        })
        .collect()
}

/// What the window is built from, by `package-lock.json`: what its package depends on, and what that does.
pub fn of_npm(lock: &Value) -> Vec<Component> {
    let packages = &lock["packages"];
    let names = |package: &Value| {
        let of = |kind: &str| package[kind].as_object().into_iter().flatten().map(|(name, _)| name.clone());
        of("dependencies").chain(of("optionalDependencies")).collect::<Vec<_>>()
    };
    let mut left: Vec<_> =
        names(&packages[WINDOW]).into_iter().map(|name| (WINDOW.to_owned(), name)).collect();
    let mut found = BTreeSet::new();
    while let Some((from, name)) = left.pop() {
        let Some(place) = resolved(packages, &from, &name) else { continue };
        if found.insert(place.clone()) {
            left.extend(names(&packages[&place]).into_iter().map(|name| (place.clone(), name)));
        }
    }
    let component = |place: &String| {
        let package = &packages[place];
        let name = place.rsplit("node_modules/").next().unwrap_or_default().to_owned();
        let version = text(&package["version"]);
        Component {
            purl: format!("pkg:npm/{}@{version}", name.replace('@', "%40")),
            licence: package["license"].as_str().map(str::to_owned),
            hash: package["integrity"].as_str().and_then(sum_of_npm),
            name,
            version,
        }
    };
    let mut components: Vec<_> = found.iter().map(component).collect();
    components.sort();
    components.dedup();
    components
}

/// npm writes a sum in base64, after its name.
fn sum_of_npm(integrity: &str) -> Option<(&'static str, String)> {
    let sum = STANDARD.decode(integrity.strip_prefix("sha512-")?).ok()?;
    let digits: Vec<_> = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(("SHA-512", digits.concat()))
}

/// Where Node finds a package that another asks for: beside it or above.
fn resolved(packages: &Value, from: &str, name: &str) -> Option<String> {
    let mut folder = from.to_owned();
    loop {
        let place = if folder.is_empty() {
            format!("node_modules/{name}")
        } else {
            format!("{folder}/node_modules/{name}")
        };
        if packages[&place].is_object() {
            return Some(place);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rsplit_once("/node_modules/").map_or_else(String::new, |(above, _)| above.to_owned());
    }
}

/// The list, for a version of Headroom. It says nothing of when or where it was written, so that the same state of the code
/// has the same list.
pub fn written(version: &str, components: &[Component]) -> Value {
    let component = |component: &Component| {
        let mut written = json!({"type": "library", "bom-ref": component.purl, "name": component.name,
            "version": component.version, "purl": component.purl});
        if let Some(licence) = &component.licence {
            written["licenses"] = json!([{"expression": licence.replace('/', " OR ")}]);
        }
        if let Some((algorithm, sum)) = &component.hash {
            written["hashes"] = json!([{"alg": algorithm, "content": sum}]);
        }
        written
    };
    json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "headroom", "name": "headroom", "version": version}},
        "components": components.iter().map(component).collect::<Vec<_>>()})
}
