//! A month of an organisation by the rules: the one place where its reports become a ledger, and where it is said what
//! that leaves out. The overview, the charges, the comparison with a bill and `activity` show the same.

use crate::answers::ChargeNote;
use crate::catalog;
use crate::error::AppError;
use crate::reported;
use chrono::NaiveDate;
use headroom_billing::charges::{Known, before_tax};
use headroom_billing::organisation::{Action, Current, Event, Ledger, OrganisationAdvice, Seat, Timeline};
use headroom_billing::{AccountKind, Edition, Invoice, Lists, Plan, RefusalReason, Terms, Total};
use headroom_exact::{Country, Credits, DayCount, Moment, Money, Month};
use headroom_sources::kiro_activity_report::ActivityRow;
use headroom_sources::kiro_user;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// The price list these reports are from: they name tiers of it.
const EDITION: &str = "kiro-2026-07";

/// Rows and whose they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Rows {
    pub rows: u32,
    pub users: u32,
}

#[derive(Default)]
struct Counting<'r> {
    rows: usize,
    users: BTreeSet<&'r str>,
}

impl<'r> Counting<'r> {
    fn add(&mut self, row: &'r ActivityRow) {
        self.rows = self.rows.saturating_add(1);
        self.users.insert(kiro_user::key(&row.user));
    }

    fn done(&self) -> Rows {
        Rows { rows: count(self.rows), users: count(self.users.len()) }
    }
}

/// What of the rows is in no cost.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct LeftOut {
    /// On a tier that the price list doesn't have.
    tier_unknown: Rows,
    /// Which tiers.
    tiers: Vec<String>,
    /// Without a tier.
    tier_missing: Rows,
    /// On a paid tier, without credits.
    credits_unknown: Rows,
    /// Beyond the limit, with overage off as far as the reports say.
    beyond_limit: u32,
}

impl LeftOut {
    fn of<'r>(
        rows: impl Iterator<Item = &'r ActivityRow>,
        edition: &'static Edition,
        beyond_limit: usize,
    ) -> Self {
        let mut tiers = BTreeSet::new();
        let (mut unknown, mut missing, mut no_credits) =
            (Counting::default(), Counting::default(), Counting::default());
        for row in rows {
            match (row.tier.as_deref(), plan_of(row, edition)) {
                (_, Some(plan)) if row.credits.is_none() && plan.is_paid() => no_credits.add(row),
                (_, Some(_)) => {}
                (Some(tier), None) => {
                    tiers.insert(tier);
                    unknown.add(row);
                }
                (None, None) => missing.add(row),
            }
        }
        Self {
            tier_unknown: unknown.done(),
            tiers: tiers.into_iter().map(str::to_owned).collect(),
            tier_missing: missing.done(),
            credits_unknown: no_credits.done(),
            beyond_limit: count(beyond_limit),
        }
    }

    /// Rows whose tier has no price: left out whole.
    pub fn without_tier(&self) -> u32 {
        self.tier_unknown.rows.saturating_add(self.tier_missing.rows)
    }

    /// Rows beyond the limit with overage off.
    pub const fn beyond_limit(&self) -> u32 {
        self.beyond_limit
    }

    /// A note for each thing left out.
    pub fn notes(&self) -> Vec<ChargeNote> {
        let Self { tier_unknown, tiers, tier_missing, credits_unknown, beyond_limit } = self;
        let note =
            |of: &Rows, note: fn(u32, u32) -> ChargeNote| (of.rows > 0).then(|| note(of.rows, of.users));
        let tier = (tier_unknown.rows > 0).then(|| ChargeNote::TierUnknown {
            rows: tier_unknown.rows,
            users: tier_unknown.users,
            tiers: tiers.clone(),
        });
        let rest = [
            note(tier_missing, |rows, users| ChargeNote::TierMissing { rows, users }),
            note(credits_unknown, |rows, users| ChargeNote::CreditsUnknown { rows, users }),
            (*beyond_limit > 0).then_some(ChargeNote::BeyondLimit { rows: *beyond_limit }),
        ];
        tier.into_iter().chain(rest.into_iter().flatten()).collect()
    }
}

/// The last month that some rows are of, and the months before it.
pub(crate) struct OrganisationMonth {
    ledger: Ledger,
    month: Month,
    days: (NaiveDate, NaiveDate),
    used: Total<Credits>,
    left_out: LeftOut,
    left_out_of_all: LeftOut,
    /// By profile and user, rows without credits or a known tier.
    unknown_rows: BTreeMap<(Arc<str>, String), u32>,
}

impl OrganisationMonth {
    /// What these rows come to at the end of their last day. They are in the order of their days. Without any there is
    /// no month.
    ///
    /// # Errors
    ///
    /// What the fold refuses.
    pub fn of(rows: &[ActivityRow], terms: Terms) -> Result<Option<Self>, AppError> {
        let days = || rows.iter().map(|row| row.date);
        let Some((_, last)) = days().min().zip(days().max()) else { return Ok(None) };
        let month = Month::of_date(last);
        let of_month = || rows.iter().filter(|row| Month::of_date(row.date) == month);
        let first = of_month().map(|row| row.date).min().unwrap_or(last);
        let edition = terms.lists.at(month.start());
        let events = events(rows, edition);
        let earlier = events.iter().filter(|event| event.at < month.start()).count();
        let timeline = Timeline::new(last_instant(last), terms, events);
        let ledger = Ledger::fold(&timeline, timeline.as_of)?;
        let refused = |from: usize| {
            let beyond =
                ledger.refused.iter().filter(|refusal| refusal.reason == RefusalReason::PausedAtLimit);
            beyond.filter(|refusal| refusal.event >= from).count()
        };
        let mut unknown_rows = BTreeMap::new();
        for row in of_month().filter(|row| row.credits.is_none() || plan_of(row, edition).is_none()) {
            let key = (Arc::clone(&row.profile), kiro_user::key(&row.user).to_owned());
            let rows: &mut u32 = unknown_rows.entry(key).or_default();
            *rows = rows.saturating_add(1);
        }
        Ok(Some(Self {
            left_out: LeftOut::of(of_month(), edition, refused(earlier)),
            left_out_of_all: LeftOut::of(rows.iter(), edition, refused(0)),
            used: Total::of_parts(of_month().map(|row| row.credits)),
            unknown_rows,
            ledger,
            month,
            days: (first, last),
        }))
    }

    /// The price list that it was computed by.
    pub const fn edition(&self) -> &'static Edition {
        self.ledger.account.edition()
    }

    /// The last instant of its last day: at the day's end another month may have begun.
    pub fn last_instant(&self) -> Moment {
        last_instant(self.days.1)
    }

    /// Where it stands then.
    pub fn current(&self) -> Current {
        self.ledger.account.current(self.last_instant())
    }

    /// Advice then. Whose use isn't known whole can't be told that a smaller tier would do.
    pub fn advice(&self) -> OrganisationAdvice {
        let mut advice = OrganisationAdvice::on(&self.ledger, self.last_instant());
        advice.keep_cheaper_tiers(|tier| self.unknown_rows(tier.profile.as_str(), tier.user.as_str()) == 0);
        advice
    }

    /// Everybody of whom rows don't say their credits or a known tier, with how many.
    pub fn all_unknown_rows(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        self.unknown_rows.iter().map(|((profile, user), rows)| (&**profile, user.as_str(), *rows))
    }

    /// How many rows of a user under a profile don't say their credits, or name a tier that isn't known.
    pub fn unknown_rows(&self, profile: &str, user: &str) -> u32 {
        // A lookup by parts would have to own them; who is unknown are few.
        self.unknown_rows.get(&(profile.into(), user.to_owned())).copied().unwrap_or(0)
    }

    /// What is in no cost of it.
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// What is in no cost of it or of the months before.
    pub const fn left_out_of_all(&self) -> &LeftOut {
        &self.left_out_of_all
    }

    /// Credits used, on whatever tier (F5).
    pub const fn used(&self) -> Total<Credits> {
        self.used
    }

    /// A sum of it up to its last day, as far as it is known.
    pub fn so_far<A: Copy + Default + PartialEq>(&self, sum: A) -> Total<A> {
        Total::of(sum, self.left_out != LeftOut::default())
    }

    /// What its end charges, and what is to be known about that: what is left out, and the days without reports.
    fn charge(self) -> MonthCharge {
        let mut notes = self.left_out.notes();
        let (first, last) = self.days;
        if first > self.month.first_date() || last < self.month.last_date() {
            notes.push(ChargeNote::ReportsCover { first: first.to_string(), last: last.to_string() });
        }
        let known = Known::unless_missing(!notes.is_empty());
        MonthCharge { invoice: self.ledger.charged_at_the_end_of(self.month.period()), known, notes }
    }
}

/// What a month's end charges an organisation.
pub(crate) struct MonthCharge {
    /// None where nobody is on a paid tier.
    pub invoice: Option<Invoice>,
    /// How much of it is known.
    pub known: Known,
    pub notes: Vec<ChargeNote>,
}

impl MonthCharge {
    /// What a month's end charges as its reports have it.
    pub fn reported(store: &Store, id: AccountId, month: Month) -> Result<Self, AppError> {
        let rows = reported::activity(store, id, month.first_date(), month.last_date())?;
        let month = OrganisationMonth::of(&rows, terms())?;
        let none = Self { invoice: None, known: Known::Nothing, notes: vec![ChargeNote::NoReports] };
        Ok(month.map_or(none, OrganisationMonth::charge))
    }

    /// All of it without tax, as far as it is known.
    pub fn before_tax(&self) -> Total<Money> {
        before_tax(self.invoice.as_ref(), self.known)
    }
}

fn last_instant(day: NaiveDate) -> Moment {
    Moment::on(day, 0).plus_days(1).plus_seconds(-1)
}

/// What an organisation is billed by, where its country makes no difference.
pub(crate) fn terms() -> Terms {
    let catalog = catalog::in_use();
    let edition = catalog.edition(EDITION).unwrap_or_else(|| catalog.default_edition());
    Terms {
        catalog,
        lists: Lists::Named(edition),
        country: Country::UNITED_STATES,
        tax_rate: None,
        day_count: DayCount::default(),
    }
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
