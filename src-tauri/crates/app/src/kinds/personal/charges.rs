//! What somebody's purchases of Kilo's credits charged, month by month, and what Kilo Pass charges next.

use super::standing::{next_charge, notes, price_list};
use crate::answers::{ChargeNote, Naming};
use crate::charges::{Charged, Charges, Unknown};
use crate::days::just_before;
use crate::error::AppError;
use crate::quoted::own::QuotedOwn;
use headroom_billing::charges::months;
use headroom_billing::personal::NextCharge;
use headroom_billing::personal::charges::{Listed, MonthCharges, Purchases, by_month};
use headroom_billing::team::charges::Purchase;
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::sync::Arc;

fn charged(month: MonthCharges, listed: Listed) -> Charged {
    let began_before = month.began_before.then_some(ChargeNote::EarlierPurchasesUnknown);
    let since = listed.last.date().to_string();
    let went_on = month.went_on.then_some(ChargeNote::LaterPurchasesUnknown { since });
    let assumed = month.assumptions.into_iter().map(|assumption| ChargeNote::Assumed { assumption });
    Charged {
        of_period: month.charged,
        quoted: None,
        notes: began_before.into_iter().chain(went_on).chain(assumed).collect(),
    }
}

/// Month by month; none before Kilo first listed purchases.
pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let mut lists = Vec::new();
    let first = QuotedOwn::blocks_first(store, id, now)?;
    if let Some(first) = first {
        // What is used up may not be listed any more: each month's last list is looked at.
        for month in months(first, now) {
            let by = just_before(month.period().end).min(now);
            lists.extend(QuotedOwn::blocks_by(store, id, by)?);
        }
    }
    let mut purchases = Purchases::new();
    for bought in lists.iter().flat_map(|said| &said.told.purchases) {
        purchases.insert(&bought.id, Purchase { id: &bought.id, at: bought.at, amount: bought.amount });
    }
    let quoted = QuotedOwn::newest(store, id, now)?;
    let last = quoted.blocks.as_ref().map(|said| said.at);
    let listed = first.zip(last).map(|(first, last)| Listed { first, last });
    let of_listed = |listed: Listed| {
        let months = by_month(&purchases, listed, price_list(), now);
        months.into_iter().map(|month| charged(month, listed)).rev().collect::<Vec<_>>()
    };
    let periods = listed.map(of_listed).unwrap_or_default();
    let next = next_charge(&quoted, now);
    let upcoming_notes = notes(&quoted, &next, now);
    let (upcoming, upcoming_unknown) = match next {
        NextCharge::Charge { charge, .. } => (Some(charge), None),
        NextCharge::AmountUnknown(at) => (None, Some(Unknown { at: Some(at) })),
        // Before Kilo was ever asked there is nothing to be said of what comes.
        NextCharge::Unknown if quoted.pass.is_some() => (None, Some(Unknown { at: None })),
        NextCharge::Nothing | NextCharge::Unknown => (None, None),
    };
    let naming = Naming { edition: None, tax_name: None, tax_percent: None };
    Ok(Charges {
        periods: Arc::new(periods),
        upcoming,
        foretold: true,
        upcoming_unknown,
        upcoming_notes,
        upcoming_quoted: None,
        naming,
    })
}
