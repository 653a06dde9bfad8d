//! The program's report for people, as `/usage` prints it (`interfaces.md` §2.1): for programs that can't be asked
//! otherwise.

use super::CommandError;
use super::answer::is_managed;
use crate::moments;
use crate::number::{exact, hundredths};
use crate::observation::{Allowance, Doubt, Gap, GrantSnapshot, GrantStatus, LimitsSnapshot};
use headroom_exact::{Credits, Money, say};

/// Whether what the program wrote to standard error says that it doesn't know `acp`: it is older than every engine that
/// takes a question for a prompt.
pub(super) fn has_no_acp(errors: &str) -> bool {
    let small = plain(errors).to_lowercase();
    let unknown = ["unrecognized", "unknown", "invalid", "unexpected", "no such", "not a "];
    small.contains("acp") && unknown.iter().any(|word| small.contains(word))
}

/// A text without what colours it.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            plain.push(letter);
        } else if letters.next_if_eq(&'[').is_some() {
            // Up to the letter that says what it does.
            while letters.next().is_some_and(|letter| !('@'..='~').contains(&letter)) {}
        } else if letters.next_if_eq(&']').is_some() {
            while letters.next().is_some_and(|letter| letter != '\u{7}' && letter != '\u{1b}') {}
        }
    }
    plain
}

/// An amount with a comma between thousands or without.
fn amount(text: &str) -> Option<Credits> {
    let text = text.trim();
    let whole = text.split('.').next()?;
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = first.len() <= 3 && groups.clone().all(|group| group.len() == 3);
    if first.is_empty() || whole.contains(',') && !grouped {
        return None;
    }
    let digits = text.replace(',', "");
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    hundredths(exact(&digits)?).map(Credits::from_hundredths)
}

/// What stands between two words in a line, whatever their case.
fn between<'t>(line: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let small = line.to_ascii_lowercase();
    let from = small.find(before)?.checked_add(before.len())?;
    let length = small.get(from..)?.find(after)?;
    line.get(from..from.checked_add(length)?).map(str::trim)
}

/// What follows a word in a line, whatever its case.
fn after<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let from = line.to_ascii_lowercase().find(word)?.checked_add(word.len())?;
    line.get(from..).map(str::trim)
}

/// Used of all, as `12.00/100`.
fn of_all(text: &str) -> (Option<Credits>, Option<Credits>) {
    text.split_once('/').map_or((None, None), |(used, all)| (amount(used), amount(all)))
}

/// What the report says, line by line.
#[derive(Default)]
struct Report {
    title: Option<String>,
    resets: Option<String>,
    /// Used of the plan and its limit, as they stand there.
    plan: Option<(String, String)>,
    grants: Vec<GrantSnapshot>,
    /// Whether lines of bonuses follow.
    in_bonuses: bool,
    overages: Option<String>,
    overage: Option<String>,
    cost: Option<String>,
}

impl Report {
    fn line(&mut self, line: &str) {
        let parts = || line.split(['|', '│']).map(str::trim);
        self.resets = self
            .resets
            .take()
            .or_else(|| parts().find_map(|part| after(part, "resets on")).map(str::to_owned));
        let of_kiro = |part: &&str| part.to_ascii_lowercase().starts_with("kiro ");
        let named = || parts().find(of_kiro).or_else(|| parts().next()?.strip_prefix("Plan:").map(str::trim));
        self.title = self.title.take().or_else(|| named().map(str::to_owned));
        // The command line's form, then the IDE's.
        let plan = between(line, "(", " covered in plan)").and_then(|told| told.split_once(" of "));
        let plan = plan
            .or_else(|| between(line, "", " covered in plan").and_then(|told| told.split_once(" used / ")));
        if self.plan.is_none() {
            self.plan = plan.map(|(used, limit)| (used.to_owned(), limit.to_owned()));
        }
        if let Some(rest) = after(line, "bonus credits:") {
            self.in_bonuses = rest.is_empty();
            if let Some((told, ends)) = rest.split_once(" credits used") {
                self.grants.push(bonus("Bonus credits", told, between(ends, "expires in", "day")));
            }
        } else if self.in_bonuses
            && let Some((name, told)) = line.rsplit_once(" - ")
        {
            let (told, ends) = told.split_once(" used").unwrap_or((told, ""));
            self.grants.push(bonus(name.trim(), told, between(ends, "(", "day")));
        } else if !line.is_empty() {
            self.in_bonuses = false;
        }
        let told = |known: &mut Option<String>, word: &str| {
            if known.is_none() {
                *known = after(line, word).map(str::to_owned);
            }
        };
        told(&mut self.overages, "overages:");
        told(&mut self.overage, "credits used:");
        told(&mut self.cost, "est. cost:");
    }

    fn read(self) -> Result<LimitsSnapshot, CommandError> {
        let Some((used, limit)) = self.plan else {
            return Err(CommandError::Unreadable(say!("no-credits-named", field = "Credits")));
        };
        let mut read =
            LimitsSnapshot { plan_title: self.title, grants: self.grants, ..LimitsSnapshot::default() };
        let (plan_used, limit) = (amount(&used), amount(&limit));
        let overage = self.overage.as_deref().map(amount);
        let wrong = [
            (plan_used.is_none(), Doubt::Used),
            (limit.is_none(), Doubt::Limit),
            (overage == Some(None), Doubt::Overage),
        ];
        read.doubts = wrong.into_iter().filter_map(|(is_wrong, doubt)| is_wrong.then_some(doubt)).collect();
        read.allowance = limit.map(Allowance::Credits);
        match self.overages.as_deref().map(str::to_ascii_lowercase) {
            Some(text) if text.starts_with("enabled") => read.overage_enabled = Some(true),
            Some(text) if text.starts_with("disabled") => read.overage_enabled = Some(false),
            Some(_) => read.lacks(Gap::Switch),
            None => {}
        }
        let overage = overage.flatten();
        // What the plan used is cut at the limit; what is beyond is told apart, where overage is on.
        read.used = plan_used.map(|used| used.plus(overage.unwrap_or_default()));
        let is_cut = plan_used.is_some() && plan_used == limit;
        read.overage = overage.or(Some(Credits::ZERO).filter(|_| plan_used.is_some() && !is_cut));
        if is_cut && overage.is_none() {
            read.lacks(Gap::UsedAtLeast);
        }
        match self.cost.as_deref().map(cost) {
            Some(Ok(cost)) => read.overage_charges = Some(cost),
            Some(Err(gap)) => read.lacks(gap),
            None => {}
        }
        read.resets_at = self.resets.as_deref().and_then(moments::moment_or_day);
        if read.resets_at.is_none() && self.resets.is_some() {
            read.lacks(Gap::Reset);
        }
        if read.grants.iter().any(|grant| grant.status == GrantStatus::Unreadable) {
            read.lacks(Gap::Pool);
        }
        Ok(read)
    }
}

fn bonus(name: &str, told: &str, days: Option<&str>) -> GrantSnapshot {
    let (used, granted) = of_all(told);
    let days_left = days.and_then(|days| days.trim().parse().ok());
    let status = if used.is_none() || granted.is_none() || days_left.is_none() {
        GrantStatus::Unreadable
    } else if used == granted {
        GrantStatus::Exhausted
    } else {
        GrantStatus::Active
    };
    GrantSnapshot { name: name.to_owned(), status, used, granted, expires_at: None, days_left }
}

/// `$1.61 USD`, in cents.
fn cost(text: &str) -> Result<Money, Gap> {
    let in_dollars = text.trim().strip_prefix('$').ok_or(Gap::Currency)?;
    let mut words = in_dollars.split_whitespace();
    let dollars = words.next().and_then(amount).ok_or(Gap::Charge)?;
    if words.next().is_some_and(|currency| !currency.eq_ignore_ascii_case("usd")) {
        return Err(Gap::Currency);
    }
    Ok(Money::from_hundredths(dollars.hundredths()))
}

/// Reads a report. It names no account.
pub fn parse_text(text: &str) -> Result<LimitsSnapshot, CommandError> {
    let text = plain(text);
    if is_managed(&text) {
        return Err(CommandError::NotSupported);
    }
    let failed = "could not retrieve usage information";
    if text.to_lowercase().contains(failed) || CommandError::refused(&text) == CommandError::SignedOut {
        let said = text.lines().find_map(|line| line.trim().strip_prefix("Error:")).unwrap_or(&text);
        return Err(CommandError::refused(said.trim()));
    }
    let mut report = Report::default();
    for line in text.lines() {
        report.line(line.trim());
    }
    report.read()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Estimated Usage | resets on 2026-12-01 | KIRO PRO\n\n";

    /// What a report says, in a line.
    fn told(text: &str) -> String {
        match parse_text(text) {
            Err(error) => error.to_string(),
            Ok(read) => {
                let amount = |amount: Option<Credits>| {
                    amount.map_or_else(|| "-".to_owned(), |amount| amount.to_string())
                };
                let limit = match read.allowance {
                    Some(Allowance::Credits(limit)) => limit.to_string(),
                    Some(Allowance::NoLimit) | None => "-".to_owned(),
                };
                let charge = read.overage_charges.map_or_else(|| "-".to_owned(), |charge| charge.to_string());
                let day = read.resets_at.map_or_else(|| "-".to_owned(), |at| at.date().to_string());
                let title = read.plan_title.unwrap_or_default();
                let (used, overage) = (amount(read.used), amount(read.overage));
                let mut told =
                    format!("{title}: {used}/{limit} +{overage} ${charge} {:?} {day}", read.overage_enabled);
                for grant in &read.grants {
                    let (used, granted) = (amount(grant.used), amount(grant.granted));
                    told.push_str(&format!(
                        " [{} {used}/{granted} {:?} {:?}]",
                        grant.name, grant.days_left, grant.status
                    ));
                }
                for what in read
                    .doubts
                    .iter()
                    .map(|doubt| format!("{doubt:?}"))
                    .chain(read.gaps.iter().map(|gap| format!("{gap:?}")))
                {
                    told.push_str(&format!(" {what}"));
                }
                told
            }
        }
    }

    #[test]
    fn every_form_of_the_report_is_read() {
        let plan = "Credits (0.17 of 50 covered in plan)\n████████ 0%\n\n";
        for (text, expected) in [
            (
                format!(
                    "\u{1b}[1mEstimated Usage\u{1b}[0m | resets on 2026-12-01 | \u{1b}[mKIRO FREE\u{1b}[0m\n\n🎁 Bonus credits: 45.53/2000 credits used, expires in 19 days\n\n\u{1b}[1mCredits\u{1b}[0m (0.17 of 50 covered in plan)\n████████ 0%\n\nOverages: \u{1b}[1mDisabled\u{1b}[0m\n"
                ),
                "KIRO FREE: 0.17/50.00 +0.00 $- Some(false) 2026-12-01 [Bonus credits 45.53/2000.00 Some(19) Active]",
            ),
            (
                format!(
                    "{HEAD}Credits (1000.00 of 1000 covered in plan)\n████████ 100%\n\nOverages: Enabled  billed at $0.04 per request\nCredits used: 40.29\nEst. cost: $1.61 USD\n"
                ),
                "KIRO PRO: 1040.29/1000.00 +40.29 $1.61 Some(true) 2026-12-01",
            ),
            (
                format!(
                    "{HEAD}Credits (1,000.00 of 1,000 covered in plan)\nOverages: Enabled  billed at $0.04 per request (managed by your organization)\nCredits used: 1,250.5\nEst. cost: $50.02 USD\n"
                ),
                "KIRO PRO: 2250.50/1000.00 +1250.50 $50.02 Some(true) 2026-12-01",
            ),
            (
                format!(
                    "{HEAD}Credits (612.4 of 1000 covered in plan)\r\nOverages: Enabled\r\nCredits used: 0\r\nEst. cost: $0.00 USD\r\n"
                ),
                "KIRO PRO: 612.40/1000.00 +0.00 $0.00 Some(true) 2026-12-01",
            ),
            (
                format!(
                    "{HEAD}🎁 Bonus Credits:\n   Welcome bonus - 12.00/100 used (7 days left)\n   Spring - gift - 5/5 used (1 day left)\n\n{plan}Overages: Disabled\n"
                ),
                "KIRO PRO: 0.17/50.00 +0.00 $- Some(false) 2026-12-01 [Welcome bonus 12.00/100.00 Some(7) Active] [Spring - gift 5.00/5.00 Some(1) Exhausted]",
            ),
            // An older one in a box, whose day has no year.
            (
                format!("│ KIRO PRO+ │ resets on 01/01 │\n│ {plan}"),
                "KIRO PRO+: 0.17/50.00 +0.00 $- None - Reset",
            ),
            // Cut at the limit, and nothing said of what is beyond.
            (
                format!("{HEAD}Credits (1000 of 1000 covered in plan)\nOverages: Disabled\n"),
                "KIRO PRO: 1000.00/1000.00 +- $- Some(false) 2026-12-01 UsedAtLeast",
            ),
            // As the IDE's panel has it.
            (
                "Plan: KIRO PRO MAX | 1 usage breakdowns\n793.58 used / 1,000 covered in plan\n".to_owned(),
                "KIRO PRO MAX: 793.58/1000.00 +0.00 $- None -",
            ),
        ] {
            assert_eq!(told(&text), expected, "{text}");
        }
    }

    #[test]
    fn what_cant_be_read_is_named() {
        for (text, expected) in [
            (
                format!("{HEAD}Credits (many of 1000 covered in plan)\n"),
                "KIRO PRO: -/1000.00 +- $- None 2026-12-01 Used",
            ),
            (
                format!("{HEAD}Credits (12,5 of 1000 covered in plan)\n"),
                "KIRO PRO: -/1000.00 +- $- None 2026-12-01 Used",
            ),
            (
                format!("{HEAD}Credits (12 of ∞ covered in plan)\n"),
                "KIRO PRO: 12.00/- +0.00 $- None 2026-12-01 Limit",
            ),
            (
                format!("{HEAD}Credits (12 of 50 covered in plan)\nOverages: Managed\n"),
                "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 Switch",
            ),
            (
                format!(
                    "{HEAD}Credits (50 of 50 covered in plan)\nOverages: Enabled\nCredits used: some\nEst. cost: €1.61 EUR\n"
                ),
                "KIRO PRO: 50.00/50.00 +- $- Some(true) 2026-12-01 Overage UsedAtLeast Currency",
            ),
            (
                format!("{HEAD}Credits (12 of 50 covered in plan)\nEst. cost: $1.61 CAD\n"),
                "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 Currency",
            ),
            (
                format!("{HEAD}Credits (12 of 50 covered in plan)\nEst. cost: $little USD\n"),
                "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 Charge",
            ),
            (
                format!(
                    "{HEAD}🎁 Bonus credits: 45.53 credits used, expires today\nCredits (12 of 50 covered in plan)\n"
                ),
                "KIRO PRO: 12.00/50.00 +0.00 $- None 2026-12-01 [Bonus credits -/- None Unreadable] Pool",
            ),
        ] {
            assert_eq!(told(&text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_report_is_refused_for_what_it_is() {
        for (text, expected) in [
            (
                "Plan: Q Developer Pro\nYour plan is managed by admin\n\nTip: to see context window usage, run /context\n",
                "managed-elsewhere(vendor: kiro-cli)",
            ),
            (
                "\u{1b}[33mPlan: KIRO POWER\u{1b}[0m\nThis plan is managed by your administrator.\n",
                "managed-elsewhere(vendor: kiro-cli)",
            ),
            (
                "⚠️  Warning: Could not retrieve usage information from backend\nError: service unavailable\n",
                "program-refused(program: kiro-cli, said: service unavailable)",
            ),
            (
                "⚠️  Warning: Could not retrieve usage information from backend\nError: Authentication failed\n",
                "program-signed-out(program: kiro-cli)",
            ),
            (
                "You are not logged in, please log in with kiro-cli login\n",
                "program-signed-out(program: kiro-cli)",
            ),
            (
                "Plan: KIRO PRO | 1 usage breakdowns\n",
                "answer-unreadable(reason: no-credits-named(field: Credits), vendor: kiro-cli)",
            ),
            (
                "I can't see your usage, but you can open the account page.\n",
                "answer-unreadable(reason: no-credits-named(field: Credits), vendor: kiro-cli)",
            ),
            ("", "answer-unreadable(reason: no-credits-named(field: Credits), vendor: kiro-cli)"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_program_without_acp_says_so_itself() {
        for (errors, has_none) in [
            ("error: unrecognized subcommand 'acp'\n\nUsage: kiro-cli [OPTIONS] [SUBCOMMAND]\n", true),
            ("\u{1b}[31merror:\u{1b}[0m unrecognized subcommand '\u{1b}[33macp\u{1b}[0m'", true),
            ("kiro-cli: unknown command: acp", true),
            ("error: unexpected argument '--agent-engine' found", false),
            ("thread 'main' panicked at src/main.rs:7", false),
            ("You are not logged in", false),
            ("", false),
        ] {
            assert_eq!(has_no_acp(errors), has_none, "{errors}");
        }
    }
}
