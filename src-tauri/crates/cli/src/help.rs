//! What `headroom --help` says: the commands by what somebody wants to do, and an example with each.

use clap::Command;
use std::fmt::Write as _;

/// The commands by use, each once.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Every day", &["status", "usage", "plans", "invoices", "refresh"]),
    ("Set up", &["facts", "packs", "grants", "team-facts", "accounts", "import", "overage", "doctor"]),
    ("Files", &["backup", "copies", "restore", "export", "catalog"]),
    ("Organisations", &["activity", "sql"]),
    ("Scenarios", &["simulate", "preview", "replay", "advise"]),
    ("Problems", &["reports"]),
];

/// Examples of every command, by its words. `tests/live/examples.rs` runs each of them.
const EXAMPLES: [(&str, &[&str]); 41] = [
    ("status", &["headroom status", "headroom status --account Kiro --min-remaining 50"]),
    ("usage", &["headroom usage", "headroom usage --by day", "headroom usage --by client --from 2026-11-01"]),
    ("plans", &["headroom plans"]),
    (
        "invoices",
        &["headroom invoices --period 2026-10", "headroom invoices --period 2026-10 --save october.pdf"],
    ),
    ("refresh", &["headroom refresh"]),
    ("facts", &["headroom facts --plan pro --first-paid 2026-08-15"]),
    ("packs", &["headroom packs", "headroom packs add 5"]),
    ("packs list", &["headroom packs list --json"]),
    ("packs add", &["headroom packs add 5 --on 2026-11-02"]),
    ("packs undo", &["headroom packs undo 3"]),
    ("grants", &["headroom grants", "headroom grants add Welcome 100"]),
    ("grants list", &["headroom grants list --json"]),
    ("grants add", &["headroom grants add Welcome 100 --ends 2026-12-15"]),
    ("grants undo", &["headroom grants undo 4"]),
    ("team-facts", &["headroom team-facts --account Acme --started 2026-08-05 --seats 5"]),
    ("accounts", &["headroom accounts"]),
    ("accounts add", &["headroom accounts add kiro Mine", "headroom accounts add kilo"]),
    ("accounts key", &["headroom accounts key < key.txt"]),
    ("accounts rename", &["headroom accounts rename Kiro Mine"]),
    ("accounts hide", &["headroom accounts hide Kiro"]),
    ("accounts show", &["headroom accounts show Kiro"]),
    ("accounts login", &["headroom accounts login Kiro", "headroom accounts login Kiro 1"]),
    ("accounts remove", &["headroom accounts remove Kiro --yes"]),
    ("import", &["headroom import kiro-sessions", "headroom import aws-cost bills --dry-run"]),
    ("overage", &["headroom overage off --account Kiro --yes"]),
    ("doctor", &["headroom doctor"]),
    ("backup", &["headroom backup headroom.db"]),
    ("copies", &["headroom copies"]),
    ("restore", &["headroom restore", "headroom restore --from headroom.db"]),
    ("export", &["headroom export headroom.jsonl"]),
    ("catalog", &["headroom catalog"]),
    ("catalog show", &["headroom catalog show --json"]),
    ("catalog check", &["headroom catalog check prices.signed"]),
    ("catalog import", &["headroom catalog import prices.signed"]),
    ("activity", &["headroom activity reports --country DE"]),
    ("sql", &["headroom sql --engine athena billing.cur"]),
    ("simulate", &["headroom simulate scenario.json"]),
    ("preview", &["headroom preview scenario.json --plan power"]),
    ("replay", &["headroom replay scenario.json"]),
    ("advise", &["headroom advise scenario.json --usage 1620"]),
    ("reports", &["headroom reports", "headroom reports 482913"]),
];

/// The name of a command as this program has it; empty for one that it doesn't have.
pub(crate) fn known(name: &str) -> &'static str {
    GROUPS.iter().flat_map(|(_, names)| *names).find(|known| **known == name).copied().unwrap_or_default()
}

/// The command with its subcommands listed by use, and each of them with its examples.
pub(crate) fn grouped(command: Command) -> Command {
    let mut list = String::new();
    for (heading, names) in GROUPS {
        _ = writeln!(list, "{heading}:");
        for name in names {
            let about = command.find_subcommand(name).and_then(Command::get_about);
            _ = writeln!(list, "  {name:<12}{}", about.map(ToString::to_string).unwrap_or_default());
        }
        list.push('\n');
    }
    with_examples(command, "").help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}{{after-help}}"
    ))
}

/// Each command beneath with its examples; `before` are the words that lead to this one.
fn with_examples(command: Command, before: &str) -> Command {
    command.mut_subcommands(|under| {
        let words = format!("{before} {}", under.get_name()).trim().to_owned();
        let examples = EXAMPLES.iter().filter(|(of, _)| *of == words).flat_map(|(_, examples)| *examples);
        let shown = examples.fold("Examples:".to_owned(), |shown, example| format!("{shown}\n  {example}"));
        with_examples(under.after_help(shown), &words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn every_command_is_in_one_group() {
        let command = crate::Arguments::command();
        let mut there: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        let mut listed: Vec<_> = GROUPS.into_iter().flat_map(|(_, names)| names).copied().collect();
        there.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, there);
    }

    /// The words of every command beneath one.
    fn words(command: &Command, before: &str) -> Vec<String> {
        let each = command.get_subcommands().flat_map(|under| {
            let own = format!("{before} {}", under.get_name()).trim().to_owned();
            let beneath = words(under, &own);
            std::iter::once(own).chain(beneath)
        });
        each.collect()
    }

    #[test]
    fn every_command_has_examples_which_are_its_own_and_can_be_read() {
        let command = crate::Arguments::command();
        let mut there = words(&command, "");
        let mut listed: Vec<_> = EXAMPLES.iter().map(|(of, _)| (*of).to_owned()).collect();
        there.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, there);
        for (of, examples) in EXAMPLES {
            assert!(!examples.is_empty(), "{of}");
            for example in examples {
                assert!(example.starts_with(&format!("headroom {of}")), "{example}");
                let typed = example.split(" < ").next().expect("what is typed");
                let read = command.clone().try_get_matches_from(typed.split_whitespace());
                assert!(read.is_ok(), "{example}: {read:?}");
            }
        }
    }
}
