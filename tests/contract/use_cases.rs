//! Which use cases there are is read on two pages, and nowhere else: each is one expression, which says where it is done.

use crate::places::product;
use std::collections::BTreeSet;

/// The pages, from the root of the checkout.
const ASKING: &str = "src-tauri/crates/app/src/use_cases/asking.rs";
const CHANGING: &str = "src-tauri/crates/app/src/use_cases/changing.rs";

/// A method of `Headroom`: where it begins, how it is declared, and the lines of its body.
#[derive(Debug)]
struct Method {
    line: usize,
    declared: String,
    body: Vec<String>,
}

impl Method {
    fn is_public(&self) -> bool {
        self.declared.starts_with("pub ")
    }

    fn name(&self) -> &str {
        let (_, rest) = self.declared.split_once("fn ").expect("a function");
        rest.split(['(', '<']).next().expect("a name")
    }

    /// Whether it is one expression, or one call without an answer.
    fn is_one_expression(&self) -> bool {
        let ended = self.body.iter().filter(|line| line.ends_with(';')).count();
        ended == 0 || (ended == 1 && self.body.len() == 1)
    }
}

/// Whether a line opens a block of methods of `Headroom` itself, by whatever path it is named there.
fn opens(line: &str) -> bool {
    let Some(of) = line.strip_prefix("impl").and_then(|rest| rest.strip_suffix('{')) else { return false };
    !of.contains(" for ") && of.trim().rsplit("::").next() == Some("Headroom")
}

/// The methods of `Headroom` that a file has. As rustfmt lays them out.
fn methods(lines: &[(usize, String)]) -> Vec<Method> {
    let mut found: Vec<Method> = Vec::new();
    let (mut within, mut in_body) = (false, false);
    for (number, line) in lines {
        match line.as_str() {
            _ if opens(line) => within = true,
            "}" => within = false,
            "    }" => in_body = false,
            _ if !within => {}
            _ if in_body => found.last_mut().expect("it began").body.push(line.trim().to_owned()),
            _ if line.starts_with("    ") && !line.starts_with("     ") && line.contains("fn ") => {
                let declared = line.trim().to_owned();
                found.push(Method { line: *number, declared, body: Vec::new() });
                in_body = line.ends_with('{');
            }
            _ => in_body = line.starts_with("    )") && line.ends_with('{'),
        }
    }
    found
}

#[test]
fn every_use_case_stands_on_one_of_two_pages_in_a_line() {
    let (mut pages, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (path, lines) in product("src-tauri") {
        let is_page = [ASKING, CHANGING].contains(&path.as_str());
        for method in methods(&lines) {
            let place = format!("{path}:{}: {}", method.line, method.declared);
            assert_eq!(method.is_public(), is_page, "{place}: use cases are public and stand on the pages");
            if is_page {
                assert!(method.is_one_expression(), "{place} says where it is done, and no more");
                assert!(names.insert(method.name().to_owned()), "{place} stands there twice");
                pages.insert(path.clone());
            }
        }
    }
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert!(names.len() > 70, "{}", names.len());
}

/// What is asked goes through the connection that reads: it waits for nobody who writes, and records nothing.
#[test]
fn what_is_asked_does_not_take_the_connection_that_writes() {
    let asking = product(ASKING);
    let (_, lines) = asking.first().expect("the page");
    let writes = ["self.store()", "&mut self", "refuse_unless_writable"];
    let found: Vec<_> =
        lines.iter().filter(|(_, line)| writes.iter().any(|write| line.contains(write))).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_use_case_elsewhere_or_of_several_lines_is_noticed() {
    let text = "impl Headroom {\n    pub fn short(&self) -> u8 {\n        start::of(self)\n    }\n\n    pub fn \
                long(\n        &self,\n        of: u8,\n    ) -> u8 {\n        let all = of;\n        all\n    }\n\n    \
                pub(crate) fn plumbing(&self) {}\n}\n\nimpl crate::headroom::Headroom {\n    pub const fn stop(&self) {\n        \
                self.stop.now();\n    }\n}\n\nimpl Clone for Headroom {\n    fn clone(&self) {}\n}\nimpl HeadroomView {\n    \
                pub fn of() {}\n}";
    let lines: Vec<_> = (1..).zip(text.lines().map(str::to_owned)).collect();
    let found = methods(&lines);
    let found: Vec<_> =
        found.iter().map(|method| (method.name(), method.is_public(), method.is_one_expression())).collect();
    let expected =
        [("short", true, true), ("long", true, false), ("plumbing", false, true), ("stop", true, true)];
    assert_eq!(found, expected);
}
