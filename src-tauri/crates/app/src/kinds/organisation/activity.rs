//! What an organisation's user activity report makes of its month: read, folded and advised on, not kept.

use super::month::{OrganisationMonth, terms};
use crate::answers::ChargeNote;
use crate::documents::words;
use crate::error::{AppError, ErrorCode};
use headroom_billing::organisation::{Current, OrganisationAdvice};
use headroom_billing::{Terms, Total};
use headroom_exact::{Country, Moment, Saying, say};
use headroom_sources::Worker;
use headroom_sources::files::table_file::unwatched;
use headroom_sources::kiro::activity_report::{self, ActivityReport};
use serde::Serialize;
use std::path::Path;

/// An organisation as its reports have it.
#[derive(Debug, Serialize)]
pub struct ActivityAnswer {
    /// Files read.
    pub files: u32,
    /// Rows of a user, a day and a client.
    pub rows: usize,
    /// Rows that a newer export replaced.
    pub replaced: u64,
    /// Rows that could not be read: file, line and reason.
    pub bad_rows: Vec<String>,
    /// Files of another kind, left out.
    pub other_files: Vec<String>,
    /// Files that are damaged, left out: what is computed is the least.
    pub damaged_files: Vec<String>,
    /// Rows whose credits aren't said: unknown, not zero.
    pub unknown_credits: usize,
    /// Rows of a tier that isn't known: left out of every cost.
    pub unknown_tier: u32,
    /// Rows beyond the limit although overage is off by the report: left out of every cost.
    pub beyond_limit: u32,
    /// What is in no cost, and what contradicts it.
    pub notes: Vec<ChargeNote>,
    /// Credits used in the last day's month, on whatever tier (F5); none where nothing of them is known.
    pub used: Option<String>,
    /// Whether rows that don't say their credits are missing from `used`.
    pub used_at_least: bool,
    /// The end of the last day.
    pub as_of: Moment,
    /// Whether the sums of `current` and `advice` are the least they can be: something of that month is left out.
    pub at_least: bool,
    /// Whose credits aren't known whole: what `current` has of them is the least.
    pub unknown_use: Vec<UnknownUse>,
    /// Every subscription in the last day's month.
    pub current: Current,
    /// Who is paid for twice, near the limit, on too large a tier.
    pub advice: OrganisationAdvice,
}

/// A user of whom some rows don't say their credits, or name no tier of the price list.
#[derive(Debug, Serialize)]
pub struct UnknownUse {
    /// The profile.
    pub profile: String,
    /// The user.
    pub user: String,
    /// How many rows.
    pub rows: u32,
}

/// Computes an organisation's month from a report or a folder of them.
pub(crate) fn of(path: &Path, country: &str) -> Result<ActivityAnswer, AppError> {
    let country: Country =
        country.parse().map_err(|_| AppError::input(say!("no-such-country", text = country)))?;
    let report = activity_report::read(&Worker::of_this_program(), path, &unwatched)
        .map_err(|error| AppError::new(ErrorCode::Outside, error))?;
    answer(&report, Terms { country, ..terms() })
}

fn answer(report: &ActivityReport, terms: Terms) -> Result<ActivityAnswer, AppError> {
    let outside = |saying: Saying| AppError::new(ErrorCode::Outside, saying);
    let unread: Vec<_> = report.unread.iter().map(|unread| (unread.date, unread.rows)).collect();
    let month = OrganisationMonth::of(&report.rows, &unread, terms)?
        .ok_or_else(|| outside(say!("no-readable-rows")))?;
    let last_instant = month.last_instant();
    let current = month.current();
    let so_far = month.of_rows(current.month_to_date);
    let left_out = month.left_out_of_all();
    if so_far == Total::Unknown {
        let why: Vec<_> = month.left_out().notes().iter().map(words::note).collect();
        return Err(outside(say!("month-cost-unknown", why = why.join(" "))));
    }
    Ok(ActivityAnswer {
        files: report.files,
        rows: report.rows.len(),
        replaced: report.settled.replaced,
        bad_rows: report
            .bad
            .listed
            .iter()
            .map(|bad| format!("{}: line {}: {}", bad.file.display(), bad.line, words::say(&bad.reason)))
            .collect(),
        other_files: report.other_files.iter().map(|(file, _)| file.display().to_string()).collect(),
        damaged_files: report
            .damaged
            .iter()
            .map(|(file, reason)| format!("{}: {}", file.display(), words::say(&reason.saying)))
            .collect(),
        unknown_credits: report.rows.iter().filter(|row| row.credits.is_none()).count(),
        unknown_tier: left_out.without_tier(),
        beyond_limit: left_out.beyond_limit(),
        notes: month.notes_of_all(),
        used: month.used().known().map(|used| used.to_string()),
        used_at_least: month.used().is_at_least() || !report.damaged.is_empty(),
        as_of: last_instant.plus_seconds(1),
        at_least: so_far.is_at_least() || !report.damaged.is_empty(),
        unknown_use: month
            .people()
            .filter(|(_, _, person)| person.unknown_rows() > 0)
            .map(|(profile, user, person)| UnknownUse {
                profile: profile.to_owned(),
                user: user.to_owned(),
                rows: person.unknown_rows(),
            })
            .collect(),
        current: current.clone(),
        advice: month.advice(),
    })
}
