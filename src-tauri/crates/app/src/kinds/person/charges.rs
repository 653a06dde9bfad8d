//! What one person was charged, month by month.

use super::ledger::{self, Loaded};
use super::vendors_plan::NotCharged;
use crate::answers::{ChargeNote, QuotedOf};
use crate::charges::{Charged, Charges, Quoted, Unknown};
use crate::days::just_before;
use crate::error::AppError;
use headroom_billing::Total;
use headroom_billing::bill::Difference;
use headroom_billing::charges::{Charge, Known, months};
use headroom_billing::person::charges::{MonthCharges, by_period};
use headroom_billing::person::{Action, Ledger, Overage};
use headroom_billing::{AccountKind, Lists};
use headroom_exact::{Moment, Month, Period};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::sync::Arc;

/// A month as its end finds it, or now.
struct AccountMonth {
    charges: MonthCharges,
    quoted: Option<Quoted>,
    notes: Vec<ChargeNote>,
}

impl AccountMonth {
    /// `present` is the account as of now, by its own price lists: the running month needs no other.
    fn of(
        store: &Store,
        id: AccountId,
        present: &Loaded,
        lists: Option<Lists>,
        month: Month,
        now: Moment,
    ) -> Result<Self, AppError> {
        let period = month.period();
        let of_month;
        let loaded = if period.end > now && lists.is_none() {
            present
        } else {
            let as_of = if period.end <= now { just_before(period.end) } else { now };
            of_month = ledger::load_by(store, id, lists, as_of, now)?;
            &of_month
        };
        let charges = MonthCharges::of(&loaded.timeline)?;
        let notes = notes(store, id, loaded, &charges.ledger, period)?;
        let quoted = quoted_overage(loaded, &charges.ledger, period, known(&notes));
        Ok(Self { charges, quoted, notes })
    }
}

/// How much is known of what a month's usage charges.
fn known(notes: &[ChargeNote]) -> Known {
    Known::unless_missing(!notes.is_empty())
}

/// Kiro's last word on a month's overage, beside ours.
fn quoted_overage(loaded: &Loaded, ledger: &Ledger, period: Period, known: Known) -> Option<Quoted> {
    let quoted = loaded.quoted.as_ref().filter(|quoted| quoted.is_of(period))?;
    let charges = quoted.limits.overage_charges?;
    // The vendor's leads (V6); beside it stands what the price list makes of the same credits.
    let overage = ledger.account.current(loaded.timeline.as_of).credits.overage;
    let computed = overage.by_price.or(overage.charge)?;
    if charges.is_zero() && computed.is_zero() {
        return None;
    }
    let computed = known.total(computed);
    Some(Quoted {
        of: QuotedOf::Overage,
        month: Month::of(period.start),
        at: Some(quoted.said_at),
        billed: Some(charges),
        in_dollars: true,
        computed,
        payers: Vec::new(),
        difference: match computed {
            Total::Whole(computed) => Difference::of(charges, computed),
            Total::AtLeast(_) | Total::Unknown => None,
        },
        tier: |_, _| None,
    })
}

/// What Kiro didn't see of a month that has ended: it last said before its end what was used, and what is beyond the plan
/// goes on to be charged after that.
fn end_not_seen(loaded: &Loaded, overage: &Overage, period: Period, month: String) -> Option<ChargeNote> {
    let quoted = loaded.quoted.as_ref().filter(|_| loaded.followed_until.is_some())?;
    let has_ended = loaded.timeline.as_of == just_before(period.end);
    let is_open = has_ended && quoted.said_at < period.end && overage.keeps_running();
    is_open.then(|| ChargeNote::EndNotSeen { month, at: quoted.said_at.to_string() })
}

/// What a month's overage charge may lack. With the switch off there is none, whatever was used.
pub(crate) fn notes(
    store: &Store,
    id: AccountId,
    loaded: &Loaded,
    ledger: &Ledger,
    period: Period,
) -> Result<Vec<ChargeNote>, AppError> {
    let as_of = loaded.timeline.as_of;
    let month = Month::of(period.start).to_string();
    let overage = ledger.account.current(as_of).credits.overage;
    if overage.charge.is_none() {
        return Ok(vec![ChargeNote::OtherCurrency { month }]);
    }
    let turned_on = loaded.timeline.events().iter().any(|event| {
        matches!(event.action, Action::SetOverage { enabled: true })
            && period.contains(event.at)
            && event.at <= as_of
    });
    let could_be_charged = overage.enabled || turned_on;
    if !could_be_charged || loaded.followed_until.is_some() {
        return Ok(end_not_seen(loaded, &overage, period, month).into_iter().collect());
    }
    let days = store.days(id, period.start.date(), as_of.date())?;
    let (tasks, unmetered) =
        days.iter().fold((0_u32, 0_u32), |sum, day| (sum.0 + day.tasks, sum.1 + day.unmetered));
    Ok(match (tasks, unmetered) {
        (0, 0) => vec![ChargeNote::UsageUnknown { month }],
        (_, 0) => Vec::new(),
        (_, tasks) => vec![ChargeNote::Unmetered { tasks, month }],
    })
}

/// Period by period, and what comes next.
pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let loaded = ledger::load(store, id, now)?;
    let All { mut periods, upcoming, quoted } = all(store, id, &loaded, None, now)?;
    // Whose account it is decides what comes next (V1), and what its plan costs.
    let upcoming = upcoming.filter(|_| !loaded.undecided && !loaded.plan_is_unlisted);
    periods.reverse();
    let ledger = loaded.ledger()?;
    let running = notes(store, id, &loaded, &ledger, Month::of(now).period())?;
    // What its total leaves out is said beside it.
    let left_out = running.into_iter().filter(|_| upcoming.is_some());
    let unlisted = loaded.not_charged.iter().map(|months| &months.note);
    let unlisted = unlisted.filter(|note| matches!(note, ChargeNote::PlanUnlisted { .. })).cloned();
    let upcoming_notes =
        settled_by_none(upcoming.iter()).into_iter().chain(left_out).chain(unlisted).collect();
    Ok(Charges {
        periods: Arc::new(periods),
        upcoming,
        foretold: true,
        // When a plan that no price list has is charged isn't known either.
        upcoming_unknown: loaded.plan_is_unlisted.then_some(Unknown { at: None }),
        upcoming_notes,
        upcoming_quoted: quoted.filter(|_| !loaded.undecided),
        naming: loaded.naming(),
    })
}

/// The periods alone, the oldest first, by other price lists than the account goes by.
pub(super) fn periods(
    store: &Store,
    id: AccountId,
    lists: Option<Lists>,
    now: Moment,
) -> Result<Vec<Charged>, AppError> {
    let loaded = ledger::load(store, id, now)?;
    Ok(all(store, id, &loaded, lists, now)?.periods)
}

/// The periods, the oldest first, what the running one's end charges, and what Kiro says of that so far.
struct All {
    periods: Vec<Charged>,
    upcoming: Option<Charge>,
    quoted: Option<Quoted>,
}

fn all(
    store: &Store,
    id: AccountId,
    loaded: &Loaded,
    lists: Option<Lists>,
    now: Moment,
) -> Result<All, AppError> {
    let (mut folded, mut beside) = (Vec::new(), vec![(None, Vec::new())]);
    for month in months(loaded.facts.signed_up_at(now), now) {
        let AccountMonth { charges, quoted, notes } = AccountMonth::of(store, id, loaded, lists, month, now)?;
        folded.push((charges, known(&notes)));
        // They are about the charge at its end, which stands in the next month.
        beside.push((quoted, notes));
    }
    let charges = by_period(folded, now);
    // The running month's is beside what its end charges, which stands in no period yet.
    let quoted = if beside.len() > charges.periods.len() { beside.pop() } else { None };
    let quoted = quoted.and_then(|(quoted, _)| quoted);
    let periods = charges.periods.into_iter().zip(beside);
    let mut periods: Vec<_> =
        periods.map(|(of_period, (quoted, notes))| Charged { of_period, quoted, notes }).collect();
    for charged in &mut periods {
        beside_each(charged, loaded);
    }
    Ok(All { periods, upcoming: charges.upcoming, quoted })
}

/// What no source settles of a month's charges, and what isn't known of them because nobody stated the plan of then.
fn beside_each(charged: &mut Charged, loaded: &Loaded) {
    let month = Month::of(charged.of_period.period.start);
    let first_paid = loaded.facts.first_paid_on.map(Month::of_date);
    if let Some(NotCharged { note, .. }) = loaded.not_charged.iter().find(|months| months.holds_in(month))
        && first_paid.is_none_or(|paid| month >= paid)
    {
        charged.of_period.charges.clear();
        charged.of_period.known = Known::Nothing;
        charged.notes = vec![note.clone()];
    }
    charged.notes.extend(settled_by_none(charged.of_period.charges.iter()));
}

/// What no source settles of charges: A1, where the first payment's credit is among them.
fn settled_by_none<'c>(mut charges: impl Iterator<Item = &'c Charge>) -> Option<ChargeNote> {
    charges.any(|charge| charge.invoice.has_first_payment_credit()).then_some(ChargeNote::FirstPayment)
}
