//! What an organisation's user activity report makes of its month: read, folded and advised on, not kept.

use crate::Headroom;
use crate::error::{AppError, ErrorCode};
use crate::organisation_month::OrganisationMonth;
use crate::views::ChargeNote;
use crate::words;
use headroom_billing::organisation::{Action, Current, Event, OrganisationAdvice, Seat};
use headroom_billing::{Catalog, Edition, Plan, Terms, Total};
use headroom_exact::{Country, DayCount, Moment, Month};
use headroom_sources::kiro_activity_report::{self, ActivityReport, ActivityRow};
use headroom_sources::kiro_user;
use headroom_sources::table_file::unwatched;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The price list these reports are from: they name tiers of it.
const EDITION: &str = "kiro-2026-07";

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
    /// Rows whose credits aren't said: unknown, not zero.
    pub unknown_credits: usize,
    /// Rows of a tier that isn't known: left out of every cost.
    pub unknown_tier: u32,
    /// Rows beyond the limit although overage is off by the report: left out of every cost.
    pub beyond_limit: u32,
    /// What is in no cost.
    pub notes: Vec<ChargeNote>,
    /// The end of the last day.
    pub as_of: Moment,
    /// Whether the sums of `current` and `advice` are the least they can be: something of that month is left out.
    pub at_least: bool,
    /// Every subscription in the last day's month.
    pub current: Current,
    /// Who is paid for twice, near the limit, on too large a tier.
    pub advice: OrganisationAdvice,
}

impl Headroom {
    /// Computes an organisation's month from a report or a folder of them.
    pub fn activity(path: &Path, country: &str) -> Result<ActivityAnswer, AppError> {
        let country: Country =
            country.parse().map_err(|error| AppError::input(format!("Country: {error}")))?;
        let report = kiro_activity_report::read(path, &unwatched)
            .map_err(|error| AppError::new(ErrorCode::Outside, format!("{error}.")))?;
        answer(&report, Terms { country, ..terms() })
    }
}

/// What an organisation is billed by, where its country makes no difference.
pub(crate) fn terms() -> Terms {
    let catalog = Catalog::built_in();
    let edition = catalog.edition(EDITION).unwrap_or_else(|| catalog.default_edition());
    Terms { edition, country: Country::UNITED_STATES, day_count: DayCount::default() }
}

/// The plan of a row's tier; none where the price list has no such tier, or the row names none.
pub(crate) fn plan_of(row: &ActivityRow, edition: &'static Edition) -> Option<&'static Plan> {
    row.tier.as_deref().and_then(|tier| edition.plan_named(tier))
}

/// When a day begins, and when its usage is taken to have happened.
fn at(row: &ActivityRow, hour: u32) -> Moment {
    Moment::on(row.date, hour)
}

/// The events that the rows stand for: tiers from the first day they are seen in a month, the switch of a profile when
/// it changes, a day's usage at its noon. A row whose tier has no price stands for none.
pub(crate) fn events<'r>(rows: &'r [ActivityRow], edition: &'static Edition) -> Vec<Event<'r>> {
    let last_month = rows.iter().map(|row| Month::of_date(row.date)).max();
    let mut tiers = BTreeMap::new();
    let mut switches = BTreeMap::new();
    let mut events: Vec<Event<'r>> = Vec::new();
    if let Some(first) = rows.first() {
        // The organisation is there from its first report on, also while nobody in it is on a paid tier.
        let action = Action::SetOverage { profile: (*first.profile).into(), enabled: false };
        events.push(Event { at: at(first, 0), position: 0, action });
    }
    for row in rows {
        let seat = || Seat { profile: (*row.profile).into(), user: kiro_user::key(&row.user).into() };
        // Nobody is charged for Free.
        let Some(plan) = plan_of(row, edition).filter(|plan| plan.is_paid()) else { continue };
        let mut happens = |at, action| events.push(Event { at, position: events.len(), action });
        if let Some(enabled) = row.overage_enabled
            && switches.insert(&row.profile, enabled).unwrap_or(false) != enabled
        {
            let profile = (*row.profile).into();
            happens(at(row, 0), Action::SetOverage { profile, enabled });
        }
        let month = Month::of_date(row.date);
        if tiers.insert((&row.profile, &row.user), (month, plan.rank)) != Some((month, plan.rank)) {
            happens(at(row, 0), Action::Assign { seat: seat(), group: "".into(), plan: plan.rank });
            if Some(month) != last_month {
                // Whether somebody stays the reports say only by naming them again next month (E3).
                happens(at(row, 0), Action::Unassign { seat: seat(), group: "".into() });
            }
        }
        if let Some(credits) = row.credits.filter(|credits| credits.is_positive()) {
            happens(at(row, 12), Action::Usage { seat: seat(), credits, on_auto: None, id: None });
        }
    }
    events
}

fn answer(report: &ActivityReport, terms: Terms) -> Result<ActivityAnswer, AppError> {
    let outside = |message: String| AppError::new(ErrorCode::Outside, message);
    let month = OrganisationMonth::of(&report.rows, terms)?
        .ok_or_else(|| outside("The reports hold no row that can be read.".to_owned()))?;
    let last_instant = month.last_instant();
    let current = month.current();
    let so_far = month.so_far(current.month_to_date);
    let left_out = month.left_out_of_all();
    if so_far == Total::Unknown {
        let why: Vec<_> = month.left_out().notes().iter().map(words::note).collect();
        return Err(outside(format!("Nothing is known of what the last month costs. {}", why.join(" "))));
    }
    Ok(ActivityAnswer {
        files: report.files,
        rows: report.rows.len(),
        replaced: report.replaced,
        bad_rows: report
            .bad
            .listed
            .iter()
            .map(|bad| format!("{}: line {}: {}", bad.file.display(), bad.line, bad.reason))
            .collect(),
        other_files: report.other_files.iter().map(|file| file.display().to_string()).collect(),
        unknown_credits: report.rows.iter().filter(|row| row.credits.is_none()).count(),
        unknown_tier: left_out.without_tier(),
        beyond_limit: left_out.beyond_limit(),
        notes: left_out.notes(),
        as_of: last_instant.plus_seconds(1),
        at_least: so_far.is_at_least(),
        current,
        advice: month.advice(),
    })
}
