//! Kilo's files name no account: which one they go to is said, and a team's and a person's stay apart.

use super::{NOW, write};
use acceptance::Desk;

fn total(desk: &Desk, account: &str) -> String {
    let usage = desk.run(&["usage", "--json", "--account", account]).output;
    let usage: serde_json::Value = serde_json::from_str(&usage).expect("JSON");
    usage["total"]["metered"].as_str().unwrap_or_default().to_owned()
}

/// Found in November 2026: what one spent alone went to the team, the first account, without a word.
#[test]
fn where_several_accounts_can_hold_an_export_it_is_said_which_one_does() {
    let desk = Desk::at(NOW);
    let export = |cost: &str, day: &str| {
        format!("Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n{day},ada,{cost},1,1,1\n")
    };
    let team = write(&desk, "usage-30d-by-user-2026-11-20.csv", &export("5", "2026-11-19"));
    let own = write(&desk, "usage-30d-by-user-2026-11-21.csv", &export("2", "2026-11-18"));
    let import = |file: &std::path::Path, more: &[&str]| {
        let run = desk.run(&[&["import", "kilo-usage", file.to_str().expect("a path")], more].concat());
        assert_eq!(run.status, 0, "{}", run.errors);
        run.output
    };
    assert!(!import(&team, &[]).contains("Several accounts"), "there is one");
    assert_eq!(desk.run(&["accounts", "add", "kilo-personal", "Mine"]).status, 0);
    let said = "Several accounts can hold this: it went to \"Kilo team\".";
    let output = import(&team, &[]);
    assert!(output.contains(said), "{output}");
    let output = import(&own, &["--account", "Mine"]);
    assert!(!output.contains("Several accounts"), "{output}");
    assert_eq!([total(&desk, "1"), total(&desk, "Mine")], ["5.000000", "2.000000"]);
}
