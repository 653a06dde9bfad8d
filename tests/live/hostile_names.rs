//! Names that somebody else chose: nothing that steers a terminal reaches one, and JSON says the same as before.

use super::NOW;
use super::kilo::{TOKEN, emulator};
use acceptance::{Desk, Run};
use headroom_exact::printable::is_printable;
use tools::emulator::Team;

/// What a terminal does something at, and what deceives whoever reads.
const HOSTILE: [&str; 8] = [
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;owned\u{7}",
    "\u{1b}]52;c;bWFsaWNl\u{7}",
    "\u{9b}31m\u{9d}0;owned\u{9c}",
    "\r\u{8}\u{7f}\0",
    "\u{202e}\u{2066}\u{200f}",
    "\u{200b}\u{feff}\u{e0041}",
    "\nheadroom: all is well\n",
];

fn holds_nothing_hostile(run: &Run, what: &str) {
    for text in [&run.output, &run.errors] {
        let mut before = None;
        for letter in text.chars() {
            assert!(letter == '\n' || is_printable(before, letter), "{what}: {letter:?} in {text:?}");
            before = Some(letter);
        }
    }
}

#[test]
fn a_team_that_its_owner_named_to_deceive_steers_no_terminal() {
    for hostile in HOSTILE {
        let mut team = Team::of_three(NOW);
        team.name = format!("Acme{hostile} & Sons");
        team.spent.push((
            "2026-11-20".to_owned(),
            format!("eve{hostile}"),
            format!("model{hostile}"),
            1_000_000,
        ));
        let emulator = emulator(team);
        let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
        for arguments in [
            &["accounts", "add", "kilo"][..],
            &["accounts"],
            &["accounts", "--json"],
            &["status"],
            &["status", "--json"],
            &["refresh"],
            &["status"],
            &["status", "--json"],
            &["usage", "--by", "user"],
            &["usage", "--by", "model", "--csv"],
            &["invoices"],
            &["invoices", "--json"],
            &["doctor"],
            &["accounts", "hide", "1"],
            &["accounts"],
        ] {
            let run = desk.run(arguments);
            holds_nothing_hostile(&run, &format!("{hostile:?} {arguments:?}"));
        }
        let accounts = desk.headroom.accounts().expect("accounts");
        let name = &accounts[0].name;
        assert!(name.starts_with("Acme") && name.ends_with("& Sons") && !name.contains('\n'), "{name:?}");
    }
}

#[test]
fn a_name_of_a_teams_is_as_long_as_an_account_s_and_never_empty() {
    for (told, kept) in [
        ("x".repeat(60), "x".repeat(60)),
        ("x".repeat(61), format!("{}…", "x".repeat(59))),
        ("日".repeat(300), format!("{}…", "日".repeat(59))),
        (" \n\u{202e}\u{200b} ".to_owned(), "Kilo team".to_owned()),
        (String::new(), "Kilo team".to_owned()),
    ] {
        let mut team = Team::of_three(NOW);
        team.name.clone_from(&told);
        let emulator = emulator(team);
        let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
        let teams = desk.headroom.connect_kilo().expect("a team");
        assert_eq!(teams[0].name, kept, "{told:?}");
    }
}

#[test]
fn what_files_are_called_and_what_stands_in_them_steers_no_terminal() {
    for hostile in HOSTILE.iter().filter(|hostile| !hostile.contains('\0')) {
        let desk = Desk::at(NOW);
        let folder = desk.home().join("sessions");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("a{hostile}b.json")), "no session").expect("written");
        let report = desk.home().join("report.csv");
        let rows =
            format!("Date,UserId,Client_Type,Credits_Used\n2026-11-01,\"eve{hostile}\",KIRO_IDE,1.5\n");
        std::fs::write(&report, rows).expect("written");
        let (folder, report) = (folder.display().to_string(), report.display().to_string());
        for arguments in [
            vec!["import", "kiro-sessions", folder.as_str()],
            vec!["import", folder.as_str()],
            vec!["activity", report.as_str()],
            vec!["activity", report.as_str(), "--json"],
            vec!["import", "kiro-activity", report.as_str()],
            vec!["status"],
            vec!["status", "--json"],
            vec!["usage", "--by", "user"],
            vec!["simulate", hostile],
            vec!["status", "--account", hostile],
            vec![hostile],
        ] {
            let run = desk.run(&arguments);
            holds_nothing_hostile(&run, &format!("{arguments:?}"));
        }
    }
}
