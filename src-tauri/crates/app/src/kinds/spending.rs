//! What is spent of an account of Kilo's, by the source that knows most of it, and how fast.

use crate::answers::{LeftOutView, SpendSource, WhyFrom, WhyView, text};
use crate::error::AppError;
use crate::kinds::month_before::MonthBefore;
use crate::quoted::{self, TOLD, Told};
use crate::reported::covered::{self, Stretch};
use crate::reported::left_out::{Apart, LeftOut};
use crate::reported::machine;
use crate::reported::{self, KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN};
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::team::Spending;
use headroom_billing::total::known_sum;
use headroom_exact::calendar::days_between;
use headroom_exact::{Balance, Moment, Month, Saying, say};
use headroom_sources::observation::SpendRow;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::collections::BTreeSet;

/// What was spent, by the source that knows most of it.
pub(crate) struct Spent {
    pub source: SpendSource,
    pub rows: Vec<SpendRow>,
    pub last_day: Option<NaiveDate>,
    /// Up to when the source knows: what came later is not known, and not nothing.
    pub until: Moment,
    /// Whether there was more than the service gives at once: then sums are too low.
    pub cut: bool,
    /// From when on the service tells of this month; none where it tells of all of it.
    pub told_since: Option<NaiveDate>,
    /// The days that exports tell all of; none of another source, which tells of every day up to `until`.
    pub whole: Option<Vec<Stretch>>,
    /// What isn't in its sums; nothing of another source than this machine.
    pub left_out: LeftOut,
    /// Whether the source begins to tell after all of the days that were asked for.
    pub is_later: bool,
}

/// Days of which a source says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Untold {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// How many there are between those, themselves included.
    pub days: u32,
}

impl Untold {
    /// In a sentence.
    fn says(self) -> Saying {
        let Self { first, last, days } = self;
        let between = u32::try_from(days_between(first, last).count()).unwrap_or(u32::MAX);
        match days {
            1 => say!("why-spent-untold-day", on = first),
            _ if days == between => say!("why-spent-untold", first, last),
            _ => say!("why-spent-untold-some", count = days, first, last),
        }
    }
}

/// What the service told, and when.
struct Asked {
    at: Moment,
    cut: bool,
    told_since: Option<NaiveDate>,
}

/// The sources of an account, with how each is read.
struct Sources<'s> {
    store: &'s Store,
    id: AccountId,
    from: NaiveDate,
    to: NaiveDate,
}

impl Sources<'_> {
    fn read(&self, source: SpendSource, name: &str, asked: Option<Asked>) -> Result<Option<Spent>, AppError> {
        let &Self { store, id, from, to } = self;
        let last_day = store.last_reported_day(id, name)?;
        let end_of_day = |day| Moment::on(day, 0).plus_days(1);
        let asked_at = asked.as_ref().map(|asked| asked.at);
        let Some(until) = asked_at.or(last_day.filter(|day| *day >= from).map(end_of_day)) else {
            return Ok(None);
        };
        let (rows, left_out) = if name == KILO_MACHINE {
            machine::spent(store, id, (from, to))?
        } else {
            (reported::spend(store, id, name, from, to)?, LeftOut::default())
        };
        let (cut, told_since) = asked.map_or((false, None), |asked| (asked.cut, asked.told_since));
        let is_later = rows.is_empty() && store.first_reported_day(id, name)?.is_some_and(|day| day > to);
        Ok(Some(Spent { source, rows, last_day, until, cut, told_since, whole: None, left_out, is_later }))
    }

    /// What the service told, with the day from which on it tells of this month where nobody asked in time about what was before.
    fn asked(
        &self,
        source: SpendSource,
        (at, told): (Moment, &Told),
        now: Moment,
    ) -> Result<Asked, AppError> {
        let month = Month::of(now);
        let first = month.first_date();
        let since = told.since.filter(|since| *since > first);
        let mut told_since = None;
        if let Some((since, before)) = since.and_then(|since| Some((since, since.pred_opt()?))) {
            let earlier = MonthBefore::of(self.store, self.id, source, (month, now))?;
            told_since = (!earlier.told().tells_all((first, before))).then_some(since);
        }
        Ok(Asked { at, cut: told.cut, told_since })
    }

    /// What exports tell. A day to come that one has tells nothing of the days up to today.
    fn exported(&self, now: Moment) -> Result<Option<Spent>, AppError> {
        let Some(spent) = self.read(SpendSource::Export, KILO_EXPORT, None)? else { return Ok(None) };
        let until = match spent.last_day {
            Some(last) if last > now.date() => {
                let known = spent.rows.iter().map(|row| row.date).filter(|date| *date <= now.date()).max();
                known.map_or_else(|| Moment::on(self.from, 0), |date| Moment::on(date, 0).plus_days(1))
            }
            Some(_) | None => spent.until,
        };
        let whole = covered::of(self.store, self.id, (self.from, self.to))?;
        Ok(Some(Spent { until, whole: Some(whole), is_later: false, ..spent }))
    }

    fn of_this_machine(&self) -> Result<Option<Spent>, AppError> {
        self.read(SpendSource::Machine, KILO_MACHINE, None)
    }
}

/// What a team spent. The service knows all of it, if it tells; an export is of the time it was made; this machine is a part.
pub(super) fn of_a_team(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<Option<Spent>, AppError> {
    let told = quoted::newest::<Told>(store, id, TOLD, now)?.readable;
    let sources = Sources { store, id, from, to };
    // What the login's role may not see any more isn't renewed, and is no source.
    if let Some((at, told @ Told { everyone: true, .. })) = &told {
        let asked = sources.asked(SpendSource::Everyone, (*at, told), now)?;
        return sources.read(SpendSource::Everyone, KILO_EVERYONE, Some(asked));
    }
    if let Some(export) = sources.exported(now)? {
        return Ok(Some(export));
    }
    match told {
        Some((at, told)) => {
            // It is a part whatever it tells.
            let asked = sources.asked(SpendSource::OwnOnly, (at, &told), now)?;
            sources.read(SpendSource::OwnOnly, KILO_OWN, Some(Asked { cut: false, ..asked }))
        }
        None => sources.of_this_machine(),
    }
}

/// What somebody spent of their own credits: the service knows all of it, if it tells; this machine may be a part, and may
/// have spent a team's.
pub(super) fn of_ones_own(
    store: &Store,
    id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
    now: Moment,
) -> Result<Option<Spent>, AppError> {
    let sources = Sources { store, id, from, to };
    if let Some((at, told)) = quoted::newest::<Told>(store, id, TOLD, now)?.readable {
        let asked = sources.asked(SpendSource::Own, (at, &told), now)?;
        return sources.read(SpendSource::Own, KILO_OWN, Some(asked));
    }
    match sources.exported(now)? {
        Some(export) => Ok(Some(export)),
        None => sources.of_this_machine(),
    }
}

/// What rows cost, as far as that is said.
pub(super) fn sum<'r>(rows: impl Iterator<Item = &'r SpendRow>) -> Balance {
    known_sum(rows.map(|row| row.cost))
}

/// The same, and how much of it that is.
pub(super) fn told<'r>(rows: impl Iterator<Item = &'r SpendRow>) -> Total<Balance> {
    Total::of_parts(rows.map(|row| row.cost))
}

/// Both counts, unless one is unknown.
pub(super) fn requests<'r>(mut rows: impl Iterator<Item = &'r SpendRow>) -> Option<u64> {
    rows.try_fold(0_u64, |sum, row| sum.checked_add(row.requests?))
}

/// What isn't in a sum, as it is shown; none where nothing is left out.
pub(super) fn left_out_view(apart: Apart) -> Option<LeftOutView> {
    let Apart { elsewhere, unnamed, is_missing: unread } = apart;
    (apart != Apart::default()).then_some(LeftOutView { elsewhere, unnamed, unread })
}

/// What isn't in a sum, in sentences.
pub(super) fn left_out_says(apart: Apart) -> impl Iterator<Item = Saying> {
    let Apart { elsewhere, unnamed, is_missing } = apart;
    let says = [
        (elsewhere > 0).then(|| say!("requests-elsewhere", count = elsewhere)),
        (unnamed > 0).then(|| say!("requests-unnamed", count = unnamed)),
        is_missing.then(|| say!("why-requests-unread")),
    ];
    says.into_iter().flatten()
}

impl Spent {
    /// The last day that anything is told of.
    pub(super) fn last_known(&self) -> NaiveDate {
        self.until.plus_seconds(-1).date()
    }

    /// Whether all is told of a day up to the last, of which it is told as of then.
    pub(super) fn tells(&self, date: NaiveDate) -> bool {
        let is_in = |(first, last): &Stretch| (*first..=*last).contains(&date);
        date == self.last_known() || self.whole.as_ref().is_none_or(|whole| whole.iter().any(is_in))
    }

    /// Of which of these days, both included and up to the last that anything is told of, not all is told.
    pub(super) fn untold(&self, (first, last): Stretch) -> Option<Untold> {
        let days = days_between(first, last.min(self.last_known()));
        let mut untold = { days }.filter(|date| !self.tells(*date));
        let first = untold.next()?;
        let (last, days) = untold.fold((first, 1_u32), |(_, days), date| (date, days.saturating_add(1)));
        Some(Untold { first, last, days })
    }

    /// Of which days of the running month not all is told.
    pub(super) fn untold_this_month(&self, now: Moment) -> Option<Untold> {
        let month = Month::of(now);
        self.untold((month.first_date(), now.date()))
    }

    /// From when on this month is told of; none where that is from its first day on.
    pub(super) fn told_since(&self, now: Moment) -> Option<NaiveDate> {
        let first = Month::of(now).first_date();
        let begins =
            |untold: Untold| days_between(untold.first, self.last_known()).find(|date| self.tells(*date));
        let exported = self.untold_this_month(now).filter(|untold| untold.first == first);
        self.told_since.or_else(|| exported.and_then(begins))
    }

    /// Who says it of these days, and up to when.
    pub(super) fn said(&self, days: Stretch) -> WhyView {
        let (from, says) = match self.source {
            SpendSource::Everyone => (WhyFrom::Kilo, say!("why-spent-everyone")),
            SpendSource::OwnOnly => (WhyFrom::Kilo, say!("why-spent-own-only")),
            SpendSource::Own => (WhyFrom::Kilo, say!("why-spent-own")),
            SpendSource::Export => (WhyFrom::Export, say!("why-spent-export")),
            SpendSource::Machine => (WhyFrom::ThisComputer, say!("why-spent-machine")),
        };
        let is_asked = from == WhyFrom::Kilo;
        WhyView {
            at: text(Some(self.until).filter(|_| is_asked)),
            last_day: text(self.last_day.filter(|_| !is_asked)),
            ..WhyView::new(from)
        }
        .says([says])
        .says(self.missing(days))
    }

    /// What sums of these days lack, in sentences.
    fn missing(&self, days: Stretch) -> impl Iterator<Item = Saying> {
        let says = [
            self.cut.then(|| say!("why-spent-cut")),
            self.told_since.map(|since| say!("why-spent-since", since = since)),
            self.untold(days).map(Untold::says),
        ];
        says.into_iter().flatten().chain(left_out_says(self.left_out.of(days)))
    }

    /// What the sums of this month lack, in sentences.
    pub(super) fn missing_this_month(&self, now: Moment) -> impl Iterator<Item = Saying> {
        self.missing((Month::of(now).first_date(), now.date()))
    }

    /// Whether the source knows a part alone of what the account spends: one person's, or one machine's.
    pub(super) const fn is_of_a_part(&self) -> bool {
        matches!(self.source, SpendSource::OwnOnly | SpendSource::Machine)
    }

    /// Of which days with rows more was spent than these tell.
    pub(super) fn partly_told(&self) -> BTreeSet<NaiveDate> {
        let is_part = |date: &NaiveDate| {
            self.is_of_a_part() || self.cut || !self.tells(*date) || self.left_out.is_part_on(*date)
        };
        self.rows.iter().map(|row| row.date).filter(is_part).collect()
    }

    /// Whether sums of this month are too low.
    pub(super) fn is_too_low(&self, now: Moment) -> bool {
        self.is_cut() || self.untold_this_month(now).is_some() || self.apart_this_month(now).is_part()
    }

    /// What isn't in the sums of this month.
    pub(super) fn apart_this_month(&self, now: Moment) -> Apart {
        self.left_out.of((Month::of(now).first_date(), now.date()))
    }

    /// Whether the service gave less than there is.
    pub(super) const fn is_cut(&self) -> bool {
        self.cut || self.told_since.is_some()
    }

    /// What was spent this month as far as it is told; none of it where nothing of the month is.
    pub(super) fn this_month(&self, now: Moment) -> Total<Balance> {
        let month = Month::of(now);
        if self.until <= month.start() {
            return Total::Unknown;
        }
        let of_month = self.rows.iter().filter(|row| row.date >= month.first_date());
        match told(of_month) {
            Total::Whole(amount) => Total::of(amount, self.is_of_a_part() || self.is_too_low(now)),
            known @ (Total::AtLeast(_) | Total::Unknown) => known,
        }
    }

    /// What was spent from the first day shown that anything is known of, and from which on all is, where the source knows all of
    /// what the account spends. A part says nothing of its balance, nor do sums that something is missing in.
    pub(super) fn of_all(&self, knows_all: &[SpendSource]) -> Option<Spending> {
        let first_row = self.rows.iter().map(|row| row.date).min()?;
        let after = |untold: Untold| untold.last.succ_opt();
        let first_day = self.untold((first_row, self.last_known())).and_then(after).unwrap_or(first_row);
        let known: Vec<_> = self.rows.iter().filter(|row| row.date >= first_day).collect();
        let sum = told(known.iter().copied());
        let is_all = knows_all.contains(&self.source) && !self.cut && !known.is_empty();
        is_all.then_some(Spending { spent: sum, first_day, until: self.until })
    }
}
