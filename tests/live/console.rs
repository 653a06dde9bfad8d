//! Names that mean something to a terminal, in every field that comes from outside: what the command line writes are letters.

use super::kilo::emulator as kilo_emulator;
use super::{NOW, TOKEN, account_at_kiro};
use acceptance::hostile::{files, limits, names};
use acceptance::{Desk, Run, pdf_text};
use headroom_app::answers::{Choice, ExportForm, Vendor};
use serde_json::Value;
use tools::emulator::{Emulator, Team};

/// A line of the command line's, at most.
const LONGEST_LINE: usize = 4_000;

/// Letters, and ends of lines: nothing that a terminal acts on, and nothing that turns the order of letters round.
fn is_plain(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let ends_a_line = matches!(letter, '\u{2028}' | '\u{2029}');
    letter == '\n' || !(letter.is_control() || turns || ends_a_line)
}

fn assert_plain(of: &[&str], run: &Run) {
    for text in [&run.output, &run.errors] {
        let strange: Vec<_> = text.chars().filter(|letter| !is_plain(*letter)).take(5).collect();
        assert!(strange.is_empty(), "{of:?} writes {strange:?}");
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        let is_json = text.starts_with(['{', '[']);
        assert!(is_json || longest <= LONGEST_LINE, "{of:?} writes a line of {longest}");
    }
    if of.contains(&"--json") && run.status == 0 {
        serde_json::from_str::<Value>(&run.output).unwrap_or_else(|error| panic!("{of:?}: {error}"));
    }
}

/// Runs a command, whose words are letters.
fn plainly(desk: &Desk, arguments: &[&str]) -> Run {
    let run = desk.run(arguments);
    assert_plain(arguments, &run);
    run
}

/// Everything that is said of what is known.
fn everything_is_plain(desk: &Desk) {
    for command in ["accounts", "status", "doctor", "refresh", "usage", "plans"] {
        plainly(desk, &[command]);
        plainly(desk, &[command, "--json"]);
    }
    for account in desk.headroom.accounts().expect("accounts") {
        let number = account.id.0.to_string();
        for command in ["status", "invoices", "usage", "refresh"] {
            plainly(desk, &[command, "--account", &number]);
            plainly(desk, &[command, "--account", &number, "--json"]);
        }
    }
}

#[test]
fn what_kilo_names_is_written_in_letters() {
    let emulator = kilo_emulator(Team::of_three(NOW));
    let desk = Desk::at(NOW).with_kilo(emulator.address(), TOKEN);
    let all = names();
    for (number, name) in all.iter().enumerate() {
        let spent =
            all.iter().map(|name| ("2026-11-20".to_owned(), name.clone(), name.clone(), 1_000_000)).collect();
        let id = format!("11111111-2222-3333-4444-{number:012}");
        emulator.team(Team { id, name: name.clone(), spent, ..Team::of_three(NOW) });
        plainly(&desk, &["accounts", "add", "kilo"]);
    }
    emulator.team(Team { name: "Acme".to_owned(), ..Team::of_three(NOW) });
    plainly(&desk, &["accounts", "add", "kilo"]);
    let accounts = desk.headroom.accounts().expect("accounts");
    assert!(accounts.len() > 10, "most names are a name: {}", accounts.len());
    desk.wait_until("2026-11-21T10:05:00Z");
    everything_is_plain(&desk);
}

#[test]
fn what_kiro_names_is_written_in_letters() {
    let emulator = Emulator::of(account_at_kiro(), NOW, 0);
    let (desk, _) = super::desk(&emulator);
    let all = names();
    for (round, name) in all.iter().enumerate() {
        emulator.answers_to(TOKEN, &limits(name, name, 1_796_083_200));
        desk.wait_until(&format!("2026-11-21T{}:{:02}:00Z", 10 + round / 12, round % 12 * 5 + 1));
        plainly(&desk, &["refresh"]);
        plainly(&desk, &["status"]);
    }
    everything_is_plain(&desk);
}

#[test]
fn what_files_name_is_written_in_letters() {
    let desk = Desk::at(NOW);
    desk.headroom.choose(&Choice::KeepSessionNames(true)).expect("agreed");
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: false }).expect("not asked");
    let folder = desk.home().join("files");
    for (kind, path) in files(&folder, "2026-11-10", "2026-10") {
        let path = path.display().to_string();
        for more in [&["--dry-run"][..], &["--json"], &[]] {
            plainly(&desk, &[&["import", kind, &path], more].concat());
        }
    }
    plainly(&desk, &["activity", &folder.join("report.csv").display().to_string()]);
    plainly(&desk, &["import", &folder.display().to_string()]);
    assert!(desk.headroom.accounts().expect("accounts").len() >= 3, "all of them were imported");
    everything_is_plain(&desk);
}

/// What a PDF runs, opens, sends or holds beside its pages.
const ACTIVE: [&str; 10] = [
    "/JavaScript",
    "/JS",
    "/URI",
    "/Launch",
    "/EmbeddedFile",
    "/OpenAction",
    "/AA",
    "/GoToR",
    "/SubmitForm",
    "/AcroForm",
];

#[test]
fn a_pdf_of_such_names_runs_nothing_and_leads_nowhere() {
    let desk = Desk::at(NOW);
    for (kind, path) in files(&desk.home().join("files"), "2026-11-10", "2026-10") {
        desk.run(&["import", kind, &path.display().to_string()]);
    }
    let mut written = 0;
    for account in desk.headroom.accounts().expect("accounts") {
        for month in ["2026-10", "2026-11"] {
            let Ok(pdf) = desk.headroom.export(account.id, Some(month), ExportForm::Pdf, true) else {
                continue;
            };
            let bytes = String::from_utf8_lossy(&pdf.bytes);
            let active: Vec<_> = ACTIVE.into_iter().filter(|active| bytes.contains(active)).collect();
            assert_eq!(active, [""; 0], "{}", pdf.name);
            let text = pdf_text(&pdf.bytes);
            // A page ends with a form feed.
            assert!(text.chars().all(|letter| letter == '\u{c}' || is_plain(letter)), "{}: {text}", pdf.name);
            written += usize::from(text.contains("<script>"));
        }
    }
    assert!(written > 0, "the names are in them");
}

#[test]
fn what_is_no_letter_is_noticed() {
    for text in ["a\u{1b}[2J", "a\u{9b}2J", "a\r", "a\u{202e}b", "a\u{2028}b", "\u{7f}"] {
        assert!(!text.chars().all(is_plain), "{text:?}");
    }
    assert!("Grüße, 数 👩‍💻\nand more".chars().all(is_plain));
}
