//! Writes what the package is made of (`CycloneDX` 1.6) to standard output.

use std::process::Command;
use tools::programs::root;
use tools::sbom;

fn main() {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", &tools::programs::host()])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let read = |name: &str| std::fs::read_to_string(root().join(name)).expect("text");
    let npm = serde_json::from_str(&read("package-lock.json")).expect("JSON");
    let mut components = sbom::of_cargo(&metadata, &read("Cargo.lock"));
    components.extend(sbom::of_npm(&npm));
    let list = sbom::written(env!("CARGO_PKG_VERSION"), &components);
    println!("{}", serde_json::to_string_pretty(&list).expect("JSON"));
}
