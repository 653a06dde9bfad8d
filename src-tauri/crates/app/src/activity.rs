//! What an organisation's user activity report makes of its month: read, folded and advised on, not kept.

use crate::Headroom;
use crate::error::{AppError, ErrorCode};
use chrono::NaiveDate;
use headroom_billing::Terms;
use headroom_billing::organisation::OrganisationAdvice;
use headroom_billing::organisation::{Action, Current, Event, Organisation, Seat, Timeline};
use headroom_billing::{
    AccountKind, Catalog, Country, DayCount, Edition, Ledger, Moment, Month, RefusalReason,
};
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
    pub unknown_tier: usize,
    /// Rows beyond the limit although overage is off by the report: left out of every cost.
    pub beyond_limit: usize,
    /// The end of the last day.
    pub as_of: Moment,
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

/// The ledger of rows up to the end of a day, and how many rows were left out for their tier.
pub(crate) fn ledger(
    rows: &[ActivityRow],
    terms: Terms,
    last: NaiveDate,
) -> Option<(Ledger<Organisation>, usize)> {
    // The last instant of the last day: at its end another month may have begun.
    let last_instant = Moment::on(last, 0).plus_days(1).plus_seconds(-1);
    let (events, unknown_tier) = events(rows, terms.edition);
    let timeline = Timeline::new(last_instant, terms, events);
    Some((Ledger::fold(&timeline, last_instant).ok()?, unknown_tier))
}

/// When a day begins, and when its usage is taken to have happened.
fn at(row: &ActivityRow, hour: u32) -> Moment {
    Moment::on(row.date, hour)
}

/// The events that the rows stand for: tiers from the first day they are seen in a month, the switch of a profile when
/// it changes, a day's usage at its noon.
pub(crate) fn events<'r>(rows: &'r [ActivityRow], edition: &'static Edition) -> (Vec<Event<'r>>, usize) {
    let last_month = rows.iter().map(|row| Month::of_date(row.date)).max();
    let mut tiers = BTreeMap::new();
    let mut switches = BTreeMap::new();
    let mut events: Vec<Event<'r>> = Vec::new();
    let mut unknown_tier = 0;
    for row in rows {
        let seat = || Seat { profile: (*row.profile).into(), user: kiro_user::key(&row.user).into() };
        let Some(plan) = row.tier.as_deref().and_then(|tier| edition.plan_named(tier)) else {
            unknown_tier += 1;
            continue;
        };
        if !plan.is_paid() {
            // Nobody is charged for Free.
            continue;
        }
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
    (events, unknown_tier)
}

fn answer(report: &ActivityReport, terms: Terms) -> Result<ActivityAnswer, AppError> {
    let nothing = || AppError::new(ErrorCode::Outside, "The reports hold no row of a tier that is known.");
    let last = report.rows.iter().map(|row| row.date).max().ok_or_else(nothing)?;
    let as_of = Moment::on(last, 0).plus_days(1);
    let last_instant = as_of.plus_seconds(-1);
    let (ledger, unknown_tier) = ledger(&report.rows, terms, last).ok_or_else(nothing)?;
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
        unknown_tier,
        beyond_limit: beyond_limit(&ledger),
        as_of,
        current: ledger.account.current(last_instant),
        advice: OrganisationAdvice::on(&ledger, last_instant),
    })
}

/// Rows beyond the limit although overage is off by the report.
pub(crate) fn beyond_limit(ledger: &Ledger<Organisation>) -> usize {
    ledger.refused.iter().filter(|refusal| refusal.reason == RefusalReason::PausedAtLimit).count()
}
