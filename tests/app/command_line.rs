//! The command line on a store: what it shows and what it refuses.

use crate::NOW;
use acceptance::{Desk, fixture, headroom};
use headroom_app::Place;
use headroom_app::answers::Kind;
use serde_json::Value;

/// It said "known: ", and nothing.
#[test]
fn without_an_account_every_command_says_how_to_begin() {
    let desk = Desk::at(NOW);
    for command in [&["packs"][..], &["grants", "list"], &["packs", "add", "10"], &["refresh"], &["invoices"]]
    {
        let run = desk.run(command);
        assert_eq!(run.status, 2, "{command:?}");
        assert!(
            run.errors.starts_with("headroom: No account yet. Begin with: headroom facts"),
            "{}",
            run.errors
        );
    }
}

/// It printed its help, with status 2.
#[test]
fn headroom_alone_answers() {
    let desk = Desk::at(NOW);
    let alone = desk.run(&[]);
    assert_eq!((alone.status, alone.errors.as_str()), (0, ""));
    assert!(alone.output.starts_with("No account yet."), "{}", alone.output);
    desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample");
    let status = desk.run(&["status"]);
    assert!(status.output.contains("Sample account"), "{}", status.output);
    assert_eq!(desk.run(&[]).output, status.output);
    assert!(desk.run(&["--help"]).output.contains("Every day:"), "help is there for whoever asks");
}

#[test]
fn the_command_line_shows_what_the_window_shows() {
    let desk = Desk::at(NOW).with_sessions("sessions");
    assert!(desk.run(&["status"]).output.starts_with("No account yet."));
    let run = desk.run(&["import", "kiro-sessions", &fixture("sessions").display().to_string()]);
    assert_eq!(run.status, 0);
    assert!(run.output.contains("6 new tasks with 7.96 credits, 2 known already"), "{}", run.output);
    assert!(run.errors.contains("e5e5-cut-off.json is cut off"), "{}", run.errors);
    assert!(desk.run(&["status"]).output.contains("Its plan is not known yet"));
    let run = desk.run(&[
        "facts",
        "--plan",
        "pro",
        "--first-paid",
        "2026-09-15",
        "--overage",
        "on",
        "--price-list",
        "kiro-2025-12",
    ]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let human = desk.run(&["status"]).output;
    assert!(human.contains("992.04 credits until 1 December 2026, 00:00 UTC"), "{human}");
    let json: Value = serde_json::from_str(&desk.run(&["status", "--json"]).output).expect("JSON");
    let account = desk.headroom.start(None).expect("it starts").accounts[0].id;
    let overview = desk.headroom.overview(account).expect("an overview");
    assert_eq!(json[0]["overview"]["left"].as_str(), overview.left.as_deref());
    assert_eq!(json[0]["overview"]["next_charge"]["total"], "20.00");
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let desk = Desk::at(NOW);
    for arguments in [["headroom", "status"].as_slice(), &["headroom", "status", "--json"]] {
        let mut errors = Vec::new();
        let paths = desk.headroom.paths().clone();
        let status = headroom_cli::run(
            arguments.iter().map(Into::into),
            &|| Ok(Place::new(paths.clone(), Box::new(headroom_app::SystemClock))),
            &mut headroom_cli::Console {
                input: &mut std::io::empty(),
                output: &mut Closed,
                errors: &mut errors,
                terminal: false,
                progress: None,
            },
        );
        assert_eq!((status, errors.as_slice()), (0, b"".as_slice()), "{arguments:?}");
    }
}

#[test]
fn the_command_line_refuses_in_one_line_with_status_2() {
    let desk = Desk::at(NOW);
    for (arguments, expected) in [
        (
            vec!["facts", "--country", "DE"],
            "Plan: choose one first. Nothing is known about this account yet.",
        ),
        (
            vec!["facts", "--plan", "pro", "--first-paid", "15.9.2026"],
            "--first-paid: \"15.9.2026\" is no date",
        ),
        (vec!["import", "kiro-sessions", "/nowhere"], "/nowhere: can't be read"),
        (vec!["simulate", "/nowhere.json"], "/nowhere.json:"),
        (
            vec!["preview", "x.json", "--plan", "pro", "--at", "tomorrow"],
            "invalid value 'tomorrow' for '--at <MOMENT>'",
        ),
        (vec!["preview", "--plan", "pro"], "the following required arguments were not provided: <FILE>"),
        (vec!["divine"], "unrecognized subcommand 'divine'"),
    ] {
        let run = desk.run(&arguments);
        assert_eq!((run.status, run.output.as_str(), run.errors.lines().count()), (2, "", 1), "{run:?}");
        assert!(run.errors.contains(expected), "{}", run.errors);
    }
    let run = headroom(&["preview", "-", "--plan", "gold"], br#"{"account":"kiro-individual","as_of":"2026-05-01T00:00:00Z","events":[{"at":"2026-04-01T00:00:00Z","type":"sign_up"}]}"#);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert!(run.errors.contains("--plan: \"gold\" is no plan"), "{}", run.errors);
}
