//! What is spent of an account of Kilo's, by the source that knows most of it, and how fast.

use crate::answers::{SpendSource, WhyFrom, WhyView, text};
use crate::error::AppError;
use crate::kinds::month_before::MonthBefore;
use crate::quoted::{self, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_EXPORT, KILO_MACHINE, KILO_OWN};
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::team::Spending;
use headroom_billing::total::known_sum;
use headroom_exact::{Balance, Moment, Month, say};
use headroom_sources::observation::SpendRow;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

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
        let rows = reported::spend(store, id, name, from, to)?;
        let (cut, told_since) = asked.map_or((false, None), |asked| (asked.cut, asked.told_since));
        Ok(Some(Spent { source, rows, last_day, until, cut, told_since }))
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

    fn exported(&self) -> Result<Option<Spent>, AppError> {
        self.read(SpendSource::Export, KILO_EXPORT, None)
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
    if let Some(export) = sources.exported()? {
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
    match sources.exported()? {
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

impl Spent {
    /// Who says it, and up to when.
    pub(super) fn said(&self) -> WhyView {
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
        .says(self.cut.then(|| say!("why-spent-cut")))
        .says(self.told_since.map(|since| say!("why-spent-since", since = since)))
    }

    /// Whether sums of this month are too low.
    pub(super) const fn is_too_low(&self) -> bool {
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
            Total::Whole(amount) => Total::of(amount, self.is_too_low()),
            known @ (Total::AtLeast(_) | Total::Unknown) => known,
        }
    }

    /// What was spent from the first day shown that anything is known of, where the source knows all of what the account
    /// spends. A part says nothing of its balance, nor do sums that something is missing in.
    pub(super) fn of_all(&self, knows_all: &[SpendSource]) -> Option<Spending> {
        let first_day = self.rows.iter().map(|row| row.date).min()?;
        let sum = told(self.rows.iter());
        let is_all = knows_all.contains(&self.source) && !self.cut;
        is_all.then_some(Spending { spent: sum, first_day, until: self.until })
    }
}
