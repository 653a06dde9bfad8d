//! Tests reach this machine alone: no other host is named where one could be reached, and a Headroom of the tests that
//! nobody plays a vendor for asks where nobody listens (`Paths::new`).

use acceptance::root;
use headroom_app::Paths;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// Whether a host is this machine, or a name that is nobody's for good (RFC 2606).
fn is_nobody_elses(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let reserved = ["example.com", "example.org"].contains(&bare)
        || [".invalid", ".test", ".example", ".localhost"].iter().any(|end| bare.ends_with(end));
    bare == "localhost" || reserved || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// The hosts of the addresses in a text. What stands in braces or after a dollar is filled in elsewhere.
fn hosts(text: &str) -> Vec<&str> {
    let begins = ["http://", "https://", "ws://", "wss://", "ftp://"];
    let found =
        begins.iter().flat_map(|begin| text.match_indices(begin).map(move |(at, _)| at + begin.len()));
    let hosts = found.filter_map(|at| {
        let rest = &text[at..];
        if rest.starts_with('[') {
            return rest.split_inclusive(']').next();
        }
        let ends = |letter: char| !(letter.is_alphanumeric() || "-.".contains(letter));
        rest.split(ends).next().filter(|host| !host.is_empty())
    });
    hosts.collect()
}

/// The numbers in a text that are addresses of machines.
fn numbers(text: &str) -> Vec<&str> {
    let parts = text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
    parts
        .map(|part| part.trim_matches('.'))
        .filter(|part| part.parse::<std::net::Ipv4Addr>().is_ok())
        .collect()
}

/// Everything that tests and their tools are written in.
fn of_tests() -> Vec<(PathBuf, String)> {
    let mut found = crate::sources(&root().join("tests"), &["rs", "ts", "js", "sh", "toml"]);
    let configuration = root().join("playwright.config.ts");
    let text = fs::read_to_string(&configuration).expect("text");
    found.push((configuration, text));
    found.retain(|(path, _)| !path.ends_with("contract/loopback.rs"));
    found
}

#[test]
fn no_test_names_a_host_that_is_somebody_elses() {
    let all = of_tests();
    assert!(all.len() > 150, "{}", all.len());
    for (path, text) in all {
        let others = hosts(&text).into_iter().chain(numbers(&text)).filter(|host| !is_nobody_elses(host));
        let others: Vec<_> = others.collect();
        assert_eq!(others, [""; 0], "{}", path.display());
    }
}

/// The tools that work on whatever is on this machine, and what they do there.
const OF_THIS_MACHINE: [(&str, &str); 1] =
    [("tests/tools/src/bin/write_history.rs", "writes a history into the data folder that it is given")];

#[test]
fn no_test_takes_the_way_out_to_the_vendors() {
    for (path, text) in of_tests() {
        let path = path.strip_prefix(root()).expect("within the checkout");
        let is_known = OF_THIS_MACHINE.iter().any(|(of, _)| path == Path::new(of));
        // Both go to the vendors' own hosts.
        assert_eq!(text.contains("of_this_machine("), is_known, "{}", path.display());
        assert!(!text.contains("Network::new(None"), "{}", path.display());
    }
    let asked = Paths::new(PathBuf::from("nowhere"), None).emulator().expect("not the vendors");
    assert!(asked.ip().is_loopback(), "{asked}");
}

#[test]
fn a_host_that_is_somebody_elses_is_noticed() {
    let text =
        "see https://kiro.dev/x, http://127.0.0.1:80, ws://[::1]:9/, http://{address}/ and http://${host}";
    assert_eq!(hosts(text), ["127.0.0.1", "kiro.dev", "[::1]"]);
    assert_eq!(numbers("8.8.8.8, 1.2.3, 0.10.20.30.40 and v10.0.0.1."), ["8.8.8.8", "10.0.0.1"]);
    assert!(["127.0.0.1", "[::1]", "localhost", "a.invalid", "example.com"].into_iter().all(is_nobody_elses));
    assert!(!["kiro.dev", "8.8.8.8", "0.0.0.0", "notexample.com"].into_iter().any(is_nobody_elses));
}
