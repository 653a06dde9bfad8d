//! What leaves Headroom as a page: of every kind of account, in every language, with the same figures in each.

use crate::vocabulary;
use acceptance::{Desk, pdf_text, root};
use headroom_app::answers::{AccountNumber, ExportForm, Kind, Standing, UserNamed};
use headroom_app::{Export, Language, answers};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const NOW: &str = "2026-11-21T10:30:00Z";
const KINDS: [Kind; 4] = [Kind::KiroIndividual, Kind::KiroEnterprise, Kind::KiloTeams, Kind::KiloPersonal];

/// A sample in a language's window.
fn sample(kind: Kind, language: Language) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let chosen = answers::Choice::Language(Some(language.tag().to_owned()));
    desk.headroom.choose(&chosen).expect("chosen");
    let account = desk.headroom.open_sample(kind).expect("a sample").id;
    desk.headroom.rename_account(account, "Orbit").expect("renamed");
    (desk, account)
}

/// Everything of a sample that is written to pages: each period with names and without, and whom to move.
fn pages(kind: Kind, language: Language) -> Vec<String> {
    let (desk, account) = sample(kind, language);
    let mut files: Vec<Export> = Vec::new();
    for period in desk.headroom.invoices(account).expect("charges").periods {
        for names in [true, false] {
            let of = desk.headroom.export(account, Some(&period.id), ExportForm::Pdf, names);
            files.push(of.expect("a page"));
        }
    }
    if let Standing::KiroEnterprise(view) = desk.headroom.standing(account).expect("it stands") {
        let named = |user: &answers::OrganisationUser| UserNamed {
            profile: user.profile.clone(),
            id: user.id.clone(),
        };
        let all: Vec<_> = view.users.iter().chain(&view.not_reported).map(named).collect();
        let moves = desk.headroom.export_moves(account, &view.month.start[..7], &all, ExportForm::Pdf);
        files.push(moves.expect("a page"));
    }
    assert!(files.len() > 5, "{kind:?}");
    files.iter().map(|file| pdf_text(&file.bytes)).collect()
}

/// The words of a language's phrases, without what is put into them.
fn vocabulary_of(language: Language) -> BTreeSet<String> {
    let file = root().join("src-tauri/crates/app/words").join(format!("{}.json", language.tag()));
    let words: Value = serde_json::from_str(&fs::read_to_string(file).expect("the words")).expect("JSON");
    let mut texts = Vec::new();
    vocabulary::phrases(&words, &mut texts);
    let months = match language {
        Language::English => "January February March May June July October December",
        Language::German => "Januar Februar März Mai Juni Juli Oktober Dezember",
    };
    texts.push(months.to_owned());
    let plain = texts.iter().map(|text| {
        let outside = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
        outside.collect::<Vec<_>>().join(" ")
    });
    plain.flat_map(|text| words_in(&text)).collect()
}

/// As they are spelled: "war" is German, "War" nobody's.
fn words_in(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphabetic() && letter != '\'');
    words.filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
}

/// The numbers of a page as English writes them, in order of their size as text.
fn numbers(text: &str, language: Language) -> Vec<String> {
    let text = text.replace(env!("CARGO_PKG_VERSION"), "");
    let parts = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',');
    let written = parts.map(|part| part.trim_matches(['.', ','])).filter(|part| !part.is_empty());
    let mut numbers: Vec<String> = written
        .map(|number| match language {
            Language::English => number.to_owned(),
            Language::German => {
                let swapped = number.chars().map(|letter| match letter {
                    '.' => ',',
                    ',' => '.',
                    other => other,
                });
                swapped.collect()
            }
        })
        .collect();
    numbers.sort_unstable();
    numbers
}

/// Who is made up to be in the samples: their names may be words.
fn names() -> BTreeSet<String> {
    let mut texts = Vec::new();
    for file in ["sample-organisation.json", "sample-team.json"] {
        let file = root().join("src-tauri/crates/app/data").join(file);
        let people: Value =
            serde_json::from_str(&fs::read_to_string(file).expect("the people")).expect("JSON");
        vocabulary::phrases(&people, &mut texts);
        if let Some(lists) = people.as_object() {
            texts.extend(lists.values().map(Value::to_string));
        }
    }
    let texts: Vec<_> = texts.iter().map(|text| text.replace('_', " ")).collect();
    texts.iter().flat_map(|text| words_in(text)).flat_map(|word| [word.to_lowercase(), word]).collect()
}

/// Said of every PDF in November 2026: "it is English in a German window".
#[test]
fn every_page_is_in_the_readers_language_and_none_says_a_retired_word() {
    let (english, german, names) =
        (vocabulary_of(Language::English), vocabulary_of(Language::German), names());
    for kind in KINDS {
        let [in_english, in_german] = Language::ALL.map(|language| pages(kind, language));
        assert_eq!(in_english.len(), in_german.len());
        for (pages, own, other, retired) in [
            (&in_english, &english, &german, &vocabulary::RETIRED[..]),
            (&in_german, &german, &english, &vocabulary::RETIRED_IN_GERMAN[..]),
        ] {
            for page in pages {
                let foreign: BTreeSet<_> = words_in(page)
                    .into_iter()
                    .filter(|word| other.contains(word) && !own.contains(word) && !names.contains(word))
                    .collect();
                assert!(foreign.is_empty(), "{kind:?}: {foreign:?} in\n{page}");
                let said = page.split_whitespace().collect::<Vec<_>>().join(" ");
                let found = vocabulary::still_there(&[said], retired);
                assert!(found.is_empty(), "{kind:?}: {}", found.join("\n"));
            }
        }
        for (english, german) in in_english.iter().zip(&in_german) {
            let both = (numbers(english, Language::English), numbers(german, Language::German));
            assert_eq!(both.0, both.1, "{kind:?}:\n{english}\n{german}");
        }
    }
}

/// The command line says which, whatever the window's is.
#[test]
fn a_page_of_the_command_line_is_english_unless_it_is_asked_otherwise() {
    let (desk, account) = sample(Kind::KiloPersonal, Language::German);
    let page = desk.home().join("page.pdf");
    let saved = |more: &[&str]| {
        let (account, page) = (account.0.to_string(), page.display().to_string());
        let asked = ["invoices", "--account", &account, "--period", "2026-10", "--save", &page];
        let run = desk.run(&[&asked[..], more].concat());
        assert_eq!(run.status, 0, "{}", run.errors);
        pdf_text(&fs::read(&page).expect("a page"))
    };
    for (more, says) in [
        (&[][..], "October 2026"),
        (&["--language", "en"], "Statement of charges"),
        (&["--language", "de"], "Oktober 2026"),
    ] {
        let text = saved(more);
        assert!(text.contains(says), "{says}: {text}");
    }
    assert_eq!(desk.run(&["invoices", "--language", "fr"]).status, 2);
}
