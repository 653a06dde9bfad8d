//! A month of an organisation by the rules: the one place where its reports become a ledger, and where it is said what
//! that leaves out. The overview, the charges and the comparison with a bill show the same; `activity` tells what the rows
//! of its files come to, whatever days they cover.

use super::events::{Profiles, Tiers, events};
use super::left_out::{LeftOut, count};
use super::people::{People, Person};
use crate::answers::ChargeNote;
use crate::catalog;
use crate::error::AppError;
use crate::reported;
use chrono::{Datelike, NaiveDate, Weekday};
use headroom_billing::bill::{Seen, with_charges};
use headroom_billing::charges::{Known, before_tax};
use headroom_billing::organisation::{
    BeyondTier, ByTheEnd, Current, Evidence, Ledger, OrganisationAdvice, OverageDifference, ReportedMonth,
    SubscriptionOutlook, Timeline, outlook,
};
use headroom_billing::total::known_sum;
use headroom_billing::{AccountKind, Edition, Invoice, Lists, RefusalReason, Terms, Total};
use headroom_exact::{Country, Credits, DayCount, Moment, Money, Month, StatedSum, calendar};
use headroom_sources::kiro::activity_report::ActivityRow;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// The price list these reports are from: they name tiers of it.
const EDITION: &str = "kiro-2026-07";

/// Days in a week on which most people work.
const WORKING_WEEK: usize = 5;

/// The last month that some rows are of, and the months before it.
pub(crate) struct OrganisationMonth {
    ledger: Ledger,
    month: Month,
    days: (NaiveDate, NaiveDate),
    /// The days of it that have a row.
    reported: BTreeSet<NaiveDate>,
    /// The first of the working days without one, where that is more than a holiday.
    missing_from: Option<NaiveDate>,
    /// What its rows tell day by day.
    by_day: ReportedMonth,
    used: Total<Credits>,
    left_out: LeftOut,
    left_out_of_all: LeftOut,
    people: People,
    /// Where it stands at the last instant of its last day.
    current: Current,
    outlook: OnceCell<Vec<SubscriptionOutlook>>,
    /// Rows that an older version kept rounded one by one.
    rounded: usize,
}

/// Whether most people don't work on a day: no row of it says nothing then.
pub(super) fn is_at_the_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The first day without a row on which most people work, where the first ones have none or more than one in five up to
/// the last one. A single one may be a holiday; several are reports that nobody imported.
pub(super) fn missing_from(
    reported: &BTreeSet<NaiveDate>,
    (first, last): (NaiveDate, NaiveDate),
) -> Option<NaiveDate> {
    let days = calendar::days_between(first, last);
    let working: Vec<_> = days.filter(|day| !is_at_the_weekend(*day)).collect();
    let missing = || working.iter().filter(|day| !reported.contains(day));
    let begins_late = working.first().is_some_and(|day| reported.first().is_some_and(|first| day < first));
    let is_lacking = begins_late || missing().count().saturating_mul(WORKING_WEEK) > working.len();
    missing().next().copied().filter(|_| is_lacking)
}

impl OrganisationMonth {
    /// What these rows come to at the end of their last day, beside so many of some days that couldn't be read. They are in
    /// the order of their days. Without any there is no month.
    ///
    /// # Errors
    ///
    /// What the fold refuses.
    pub fn of(
        rows: &[ActivityRow],
        unread: &[(NaiveDate, u32)],
        terms: Terms,
    ) -> Result<Option<Self>, AppError> {
        let days = || rows.iter().map(|row| row.date);
        let Some((_, last)) = days().min().zip(days().max()) else { return Ok(None) };
        let month = Month::of_date(last);
        let of_month = || rows.iter().filter(|row| Month::of_date(row.date) == month);
        let first = of_month().map(|row| row.date).min().unwrap_or(last);
        let edition = terms.lists.at(month.start());
        let (profiles, tiers) = (Profiles::of(rows), Tiers::of(rows, edition));
        let events = events(rows, &profiles, &tiers);
        let earlier = events.iter().filter(|event| event.at < month.start()).count();
        let timeline = Timeline::new(last_instant(last), terms, events);
        let ledger = Ledger::fold(&timeline, timeline.as_of)?;
        let refused = |from: usize| {
            let beyond =
                ledger.refused.iter().filter(|refusal| refusal.reason == RefusalReason::PausedAtLimit);
            beyond.filter(|refusal| refusal.event >= from).count()
        };
        let people = People::of(of_month(), &profiles, &tiers);
        let current = ledger.account.current(last_instant(last));
        let switch_unknown = count(people.switch_unknown(&current));
        let reported: BTreeSet<_> = of_month().map(|row| row.date).collect();
        let missing_from = missing_from(&reported, (month.first_date(), last));
        let first_unread =
            unread.iter().map(|(day, _)| *day).filter(|day| Month::of_date(*day) == month).min();
        let unknown_from = first_unread.into_iter().chain(missing_from).min();
        let sum = |sum: u32, (_, rows): &(NaiveDate, u32)| sum.saturating_add(*rows);
        let unread_of_all = unread.iter().fold(0, sum);
        let unread = unread.iter().filter(|(day, _)| Month::of_date(*day) == month).fold(0, sum);
        Ok(Some(Self {
            left_out: LeftOut::of(of_month(), (&profiles, &tiers), refused(earlier)).and(
                people.overage_unknown(),
                switch_unknown,
                unread,
            ),
            left_out_of_all: LeftOut::of(rows.iter(), (&profiles, &tiers), refused(0)).and(
                people.overage_unknown(),
                switch_unknown,
                unread_of_all,
            ),
            used: Total::of(
                StatedSum::of(of_month().filter_map(|row| row.credits)).rounded(),
                unread > 0 || of_month().any(|row| row.credits.is_none()),
            ),
            people,
            current,
            outlook: OnceCell::new(),
            rounded: of_month().filter(|row| row.is_rounded).count(),
            ledger,
            month,
            days: (first, last),
            reported,
            missing_from,
            by_day: ReportedMonth::of(
                month,
                of_month().map(|row| (row.date, row.credits)),
                last,
                unknown_from,
            ),
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
    pub const fn current(&self) -> &Current {
        &self.current
    }

    /// Advice then. Nobody's tier is judged by rows that are left out; where days of the month have no report, or fewer than a
    /// working week have one, by what was used and not by a pace, which would take those days for granted.
    pub fn advice(&self) -> OrganisationAdvice {
        let beyond = |profile: &str, user: &str| self.beyond_tier(profile, user);
        let evidence = if self.tells_a_pace() { Evidence::Whole } else { Evidence::InPart };
        let mut advice = OrganisationAdvice::by(&self.ledger, self.last_instant(), evidence, beyond);
        advice.tiers_are_judged &= self.tells_enough();
        advice.keep_cheaper_tiers(|tier| self.unknown_rows(tier.profile.as_str(), tier.user.as_str()) == 0);
        advice
    }

    fn tells_enough(&self) -> bool {
        self.reported.len() >= WORKING_WEEK
    }

    /// Whether its days so far tell how it goes on.
    pub fn tells_a_pace(&self) -> bool {
        self.tells_enough() && !self.lacks_days()
    }

    /// Whether days have no row on which most people work.
    const fn lacks_days(&self) -> bool {
        self.missing_from.is_some()
    }

    /// What its rows tell day by day.
    pub const fn by_day(&self) -> &ReportedMonth {
        &self.by_day
    }

    /// What happens to what a user uses beyond the tier, as the reports say.
    fn beyond_tier(&self, profile: &str, user: &str) -> BeyondTier {
        self.people.of_user(profile, user).map_or(BeyondTier::Unknown, Person::beyond_tier)
    }

    /// What everybody's month comes to by its end.
    pub fn outlook(&self) -> &[SubscriptionOutlook] {
        let beyond = |profile: &str, user: &str| self.beyond_tier(profile, user);
        self.outlook.get_or_init(|| outlook(&self.ledger, self.last_instant(), beyond))
    }

    /// All of that together, as far as it is known: rows that are left out may add to it, and the days before the first
    /// report. None while it is too early to say, or where nothing of it is known.
    pub fn by_the_end(&self) -> Option<(ByTheEnd, bool)> {
        let outlook = self.outlook();
        let each = || outlook.iter().map(|of| of.by_the_end);
        let is_part = self.left_out.is_anything()
            || self.days.0 > self.month.first_date()
            || self.lacks_days()
            || each().any(|of| of.is_none());
        let known: ByTheEnd = known_sum(each());
        let is_known = if is_part { known.even.is_positive() } else { !outlook.is_empty() };
        is_known.then_some((known, is_part))
    }

    /// Everybody in its rows, by profile and user.
    pub fn people(&self) -> impl Iterator<Item = (&str, &str, &Person)> {
        self.people.all()
    }

    /// How many rows of a user under a profile don't say their credits or their overage, or name a tier that isn't known.
    pub fn unknown_rows(&self, profile: &str, user: &str) -> u32 {
        self.people.of_user(profile, user).map_or(0, Person::unknown_rows)
    }

    /// What is to be known about its sums: what is left out of them, where the reports contradict them, what is kept less
    /// exactly than it was reported, the days without reports.
    pub fn notes(&self) -> Vec<ChargeNote> {
        let mut notes = self.with_contradictions(self.left_out.notes());
        let (first, last) = self.days;
        let cover = ChargeNote::ReportsCover { first: first.to_string(), last: last.to_string() };
        notes.extend(Some(cover).filter(|_| !self.covers()));
        notes
    }

    /// The same, with what is left out of the months before.
    pub fn notes_of_all(&self) -> Vec<ChargeNote> {
        self.with_contradictions(self.left_out_of_all.notes())
    }

    fn with_contradictions(&self, mut notes: Vec<ChargeNote>) -> Vec<ChargeNote> {
        notes.extend(self.current().overage_difference().map(differs));
        notes.extend((self.rounded > 0).then(|| ChargeNote::RowsRounded { rows: count(self.rounded) }));
        notes
    }

    /// What is in no cost of it.
    pub const fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// What is in no cost of it or of the months before.
    pub const fn left_out_of_all(&self) -> &LeftOut {
        &self.left_out_of_all
    }

    /// Credits used, on whatever tier, summed exactly and rounded once (F5).
    pub const fn used(&self) -> Total<Credits> {
        self.used
    }

    /// A sum of its rows, as far as it is known.
    pub fn of_rows<A: Copy + Default + PartialEq>(&self, sum: A) -> Total<A> {
        Total::of(sum, self.left_out.is_anything())
    }

    /// A sum that the month is charged by, as far as it is known: days without reports may add to it.
    pub fn of_month<A: Copy + Default + PartialEq>(&self, sum: A) -> Total<A> {
        self.known().total(sum)
    }

    /// Whether its rows are of all of its days.
    fn covers(&self) -> bool {
        let (first, last) = self.days;
        first <= self.month.first_date() && last >= self.month.last_date()
    }

    /// How much is known of what it is charged: all of it where its rows are of all days and none of them is left out.
    fn known(&self) -> Known {
        Known::unless_missing(!self.covers() || self.left_out.is_anything())
    }

    /// What its end charges, and what is to be known about that.
    pub(super) fn charge(self) -> MonthCharge {
        let (notes, known, covers) = (self.notes(), self.known(), self.covers());
        let seen = self.people().map(|(profile, user, person)| {
            let key = (profile.to_owned(), user.to_owned());
            (key, person.seen(user))
        });
        let seen: BTreeMap<_, _> = seen.collect();
        let invoice = self.ledger.charged_at_the_end_of(self.month.period());
        let people = Some(with_charges(seen, invoice.as_ref()));
        MonthCharge { invoice, known, notes, people, covers, by_day: Some(self.by_day) }
    }
}

fn differs(OverageDifference { users, stated, computed }: OverageDifference) -> ChargeNote {
    ChargeNote::OverageDiffers {
        users: count(users),
        stated: stated.to_string(),
        computed: computed.to_string(),
    }
}

/// What a month's end charges an organisation.
pub(crate) struct MonthCharge {
    /// None where nobody is on a paid tier.
    pub invoice: Option<Invoice>,
    /// How much of it is known.
    pub known: Known,
    pub notes: Vec<ChargeNote>,
    /// Everybody in the reports; none without reports.
    pub people: Option<Vec<Seen>>,
    /// Whether the reports cover the month.
    pub covers: bool,
    /// What the reports tell day by day; none without reports.
    pub by_day: Option<ReportedMonth>,
}

impl MonthCharge {
    /// What a month's end charges as its reports have it.
    pub fn reported(store: &Store, id: AccountId, month: Month) -> Result<Self, AppError> {
        let rows = reported::activity(store, id, month.first_date(), month.last_date())?;
        let unread = reported::unread::of(store, id, month.first_date(), month.last_date())?;
        let month = OrganisationMonth::of(&rows, &unread, terms())?;
        let none = Self {
            invoice: None,
            known: Known::Nothing,
            notes: vec![ChargeNote::NoReports],
            people: None,
            covers: false,
            by_day: None,
        };
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
