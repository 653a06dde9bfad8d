//! What `headroom --help` says: the commands by what somebody wants to do.

use clap::Command;
use std::fmt::Write as _;

/// The commands by use, each once.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Every day", &["status", "refresh", "usage", "invoices"]),
    ("Set up", &["facts", "packs", "grants", "team-facts", "accounts", "import", "overage", "doctor"]),
    ("Files", &["backup", "copies", "restore", "catalog"]),
    ("Organisations", &["activity", "sql"]),
    ("Scenarios", &["simulate", "preview", "replay", "advise"]),
    ("Problems", &["reports"]),
];

/// The name of a command as this program has it; empty for one that it doesn't have.
pub(crate) fn known(name: &str) -> &'static str {
    GROUPS.iter().flat_map(|(_, names)| *names).find(|known| **known == name).copied().unwrap_or_default()
}

/// The command with its subcommands listed by use.
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
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}Options:\n{{options}}"
    ))
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
}
