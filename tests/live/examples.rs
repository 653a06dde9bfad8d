//! The examples in the command line's help: each is run as it stands there.

use super::kilo_login::Drawer;
use super::{NOW, TOKEN, account_at_kiro};
use acceptance::{Desk, Run, fixture, headroom};
use headroom_app::answers::{Choice, Vendor};
use headroom_app::{Clock, Paths, Place};
use headroom_exact::Moment;
use serde_json::Value;
use tools::emulator::{Emulator, Team};

struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        NOW.parse().expect("a moment")
    }
}

/// Somebody with an account at Kiro and a team at Kilo, whose packs and grants are stated.
fn somebody() -> (Desk, Emulator) {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    emulator.team(Team::of_three(NOW));
    let desk = Desk::at(NOW).with_sessions("sessions").with_kilo(emulator.address(), TOKEN);
    let desk = desk.with_kiro(emulator.address(), TOKEN, "2026-11-21T12:00:00Z");
    for vendor in [Vendor::Kiro, Vendor::Kilo] {
        desk.headroom.choose(&Choice::Ask { vendor, agreed: true }).expect("agreed");
    }
    let facts =
        r#"{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "price_list": "in-force"}"#;
    let account = desk.facts(facts);
    let teams = desk.headroom.connect_kilo().expect("a team");
    desk.headroom.rename_account(teams[0].id, "Acme").expect("renamed");
    desk.headroom.refresh(account, true, false).expect("a refresh");
    for stated in [["packs", "add", "10"].as_slice(), &["grants", "add", "Bonus", "10"]] {
        let run = desk.run(stated);
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{stated:?}");
    }
    (desk, emulator)
}

/// The number by which the last one that was stated is taken back.
fn number_of(desk: &Desk, list: &str) -> String {
    let run = desk.run(&[list, "list", "--json"]);
    let stated: Value = serde_json::from_str(&run.output).expect("JSON");
    stated[list][0]["record"].to_string()
}

/// What an example says, as it is on the desk: where the files lie, and the numbers that are there.
fn word(word: &str, example: &str, desk: &Desk) -> String {
    let fixtures = [
        ("scenario.json", fixture("scenarios").join("person.json")),
        ("reports", fixture("activity")),
        ("bills", fixture("aws-cost").join("cur2.csv")),
    ];
    let is_report = word == "reports" && !example.contains("activity");
    if let Some((_, path)) = fixtures.iter().find(|(name, _)| *name == word && !is_report) {
        return path.to_string_lossy().into_owned();
    }
    let is_file = [".db", ".pdf", ".jsonl", ".signed"].iter().any(|ending| word.ends_with(ending));
    let is_number = example.contains(" undo ") && word.parse::<u32>().is_ok();
    match word {
        _ if is_number && example.contains("packs") => number_of(desk, "packs"),
        _ if is_number => number_of(desk, "grants"),
        _ if is_file => desk.home().join(word).to_string_lossy().into_owned(),
        _ => word.to_owned(),
    }
}

fn run(paths: &Paths, arguments: &[String], mut input: &[u8]) -> Run {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let open = || {
        let place = Place::new(paths.clone(), Box::new(Still));
        Ok(place.with_secrets(Box::new(Drawer::default())))
    };
    let words = std::iter::once("headroom".to_owned()).chain(arguments.iter().cloned()).map(Into::into);
    let mut console = headroom_cli::Console {
        input: &mut input,
        output: &mut output,
        errors: &mut errors,
        terminal: true,
        progress: None,
    };
    let status = headroom_cli::run(words, &open, &mut console);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { status, output: text(&output), errors: text(&errors) }
}

/// The examples that the help of a command shows, and its own commands with theirs.
fn examples(command: &[&str]) -> Vec<String> {
    let help = headroom(&[command, &["--help"]].concat(), b"");
    assert_eq!((help.status, help.errors.as_str()), (0, ""), "{command:?}");
    let shown = help.output.split("Examples:\n").nth(1);
    let shown = shown.unwrap_or_else(|| panic!("{command:?} has no examples:\n{}", help.output));
    let mut found: Vec<_> = shown.lines().map(|line| line.trim().to_owned()).collect();
    found.retain(|line| !line.is_empty());
    if let Some(beneath) = help.output.split("Commands:\n").nth(1) {
        let names = beneath.lines().take_while(|line| !line.is_empty());
        let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            found.extend(examples(&[command, &[name]].concat()));
        }
    }
    found
}

/// What can't be done by this build, or isn't there: what is said then.
const SAY_WHY: [(&str, &str); 4] = [
    ("headroom catalog check prices.signed", "key"),
    ("headroom catalog import prices.signed", "key"),
    ("headroom reports 482913", "there is no report 482913"),
    ("headroom restore", "is not damaged"),
];

/// Runs an example on a desk.
fn ran(example: &str, desk: &Desk) -> Run {
    let (typed, input) = example.split_once(" < ").map_or((example, ""), |(typed, _)| (typed, "a-key\n"));
    let words: Vec<_> = typed.split_whitespace().skip(1).map(|part| word(part, example, desk)).collect();
    run(desk.headroom.paths(), &words, input.as_bytes())
}

/// The same where nobody has the data open, and a backup is there.
fn ran_on_closed(example: &str, desk: Desk) -> Run {
    let (paths, copy) = (desk.headroom.paths().clone(), desk.home().join("headroom.db"));
    assert_eq!(desk.run(&["backup", &copy.to_string_lossy()]).status, 0);
    let words: Vec<_> = example.split_whitespace().skip(1).map(|part| word(part, example, &desk)).collect();
    let _closed = desk.damaged_by(|| {});
    run(&paths, &words, b"")
}

#[test]
fn every_example_in_the_help_works() {
    let help = headroom(&["--help"], b"").output;
    let listed = help.lines().filter(|line| line.starts_with("  ") && !line.trim_start().starts_with('-'));
    let commands: Vec<_> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 20 && commands.contains(&"usage"), "{commands:?}");
    let (shared, _emulator) = somebody();
    let (mut count, mut wrong) = (0, Vec::new());
    for command in commands {
        for example in examples(&[command]) {
            let ended = match command {
                // What these leave isn't what the next one expects.
                "accounts" => ran(&example, &somebody().0),
                "restore" => ran_on_closed(&example, somebody().0),
                _ => ran(&example, &shared),
            };
            let is_right = match SAY_WHY.iter().find(|(of, _)| *of == example) {
                Some((_, why)) => ended.status == 2 && ended.errors.contains(why),
                None => ended.status == 0 && !ended.output.is_empty(),
            };
            if !is_right {
                wrong.push(format!("{example}: {ended:?}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 40, "{count}");
}
