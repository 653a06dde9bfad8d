//! The program's report for people, as `/usage` prints it (`interfaces.md` §2.1): for programs that can't be asked
//! otherwise.

use super::answer::is_managed;
use super::error::CommandError;
use crate::kiro::rows;
use crate::observation::{Doubt, Gap, GrantSnapshot, GrantStatus, LimitsSnapshot};
use crate::wire::moments;
use crate::wire::number::{exact, hundredths};
use headroom_exact::{Credits, Money, say};

/// With which code programs end that don't understand what they were started with, as its library has it.
const NOT_UNDERSTOOD: i32 = 2;

/// Whether a program that was started with `acp` ended because it doesn't know that: it is older than every engine that
/// takes a question for a prompt.
pub(super) fn has_no_acp(code: Option<i32>, errors: &str) -> bool {
    let small = plain(errors).to_lowercase();
    if small.trim().is_empty() {
        return code == Some(NOT_UNDERSTOOD);
    }
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

/// An amount with a comma between thousands or without; none of one that another language may have written.
fn amount(text: &str) -> Option<Credits> {
    let text = text.trim();
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = whole.contains(',');
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| is_number(first))?;
    let grouped = first.len() <= 3 && groups.all(|group| group.len() == 3 && is_number(group));
    if is_grouped && !grouped || fraction.is_some_and(|fraction| !is_number(fraction)) {
        return None;
    }
    // Three digits behind a point can be thousands, as other languages write them.
    let may_be_thousands = first.len() <= 3 && !first.starts_with('0') && !is_grouped;
    if may_be_thousands && fraction.is_some_and(|fraction| fraction.len() == 3) {
        return None;
    }
    hundredths(exact(&text.replace(',', ""))?).map(Credits::from_hundredths)
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
    /// Whether it speaks of the account's organisation.
    of_organisation: bool,
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
        if let Some(rest) = after(line, "bonus credits") {
            let rest = rest.trim_start_matches(':').trim();
            self.in_bonuses = rest.is_empty();
            if !rest.is_empty() {
                let (told, ends) = rest.split_once(" credits used").unwrap_or((rest, ""));
                self.grants.push(bonus("Bonus credits", told, between(ends, "expires in", "day")));
            }
        } else if (self.in_bonuses || line.contains(" used ("))
            && let Some((name, told)) = line.rsplit_once(" - ")
        {
            let (told, ends) = told.split_once(" used").unwrap_or((told, ""));
            self.grants.push(bonus(name.trim(), told, between(ends, "(", "day")));
        } else if !line.is_empty() {
            self.in_bonuses = false;
        }
        // What a session used stands there under words that end alike; an older one is drawn in a box.
        let own = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let told = |known: &mut Option<String>, word: &str| {
            let begins = own.get(..word.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(word));
            if known.is_none() && begins {
                *known = after(own, word).map(str::to_owned);
            }
        };
        told(&mut self.overages, "overages:");
        told(&mut self.overage, "credits used:");
        told(&mut self.cost, "est. cost:");
        self.of_organisation |= line.to_ascii_lowercase().contains("your organization");
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
        read.allowance = limit.map(rows::allowance);
        match self.overages.as_deref().map(str::to_ascii_lowercase) {
            Some(text) if text.starts_with("enabled") => read.overage_enabled = Some(true),
            Some(text) if text.starts_with("disabled") => read.overage_enabled = Some(false),
            Some(_) => read.lacks(Gap::Switch),
            None => {}
        }
        let overage = overage.flatten();
        read.of_organisation = self.of_organisation.then_some(true);
        // What the plan used is cut at the limit as a rule; what is beyond is told apart, where overage is on.
        let is_whole = plan_used.zip(limit).is_some_and(|(used, limit)| used > limit);
        let beyond = overage.filter(|_| !is_whole).unwrap_or_default();
        read.used = plan_used.map(|used| used.plus(beyond));
        let is_cut = plan_used.is_some() && plan_used == limit;
        let is_within = plan_used.is_some() && !is_cut && !is_whole;
        read.overage = overage.or(Some(Credits::ZERO).filter(|_| is_within));
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
mod tests;
