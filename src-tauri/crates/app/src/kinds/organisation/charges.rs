//! What an organisation was charged, month by month, with what AWS billed beside it.

use super::explained;
use super::month::{self, MonthCharge};
use super::months;
use crate::answers::{ChargeNote, Naming};
use crate::bills::{self, BilledMonth, Bills};
use crate::charges::{Charged, Charges};
use crate::error::AppError;
use headroom_billing::charges::{Charge, PeriodCharges};
use headroom_exact::Moment;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use std::sync::Arc;

/// Month by month. What comes next its reports don't say.
pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Charges, AppError> {
    let terms = month::terms();
    let naming = Naming { edition: Some(terms.lists.at(now)), tax_name: None, tax_percent: None };
    let bills = bills::all(store, id)?;
    let months = months::known(store, id, &bills)?;
    let Bills { months: billed, unreadable, undecided } = bills;
    let mut periods = Vec::new();
    for month in months {
        let (first, period) = (month.first_date(), month.period());
        let charge = MonthCharge::reported(store, id, month)?;
        let of_month = billed.get(&first);
        let quoted = of_month.map(|bill| explained::quoted(bill, &charge, now)).transpose()?;
        let MonthCharge { invoice, known, mut notes, .. } = charge;
        let charges = invoice.into_iter().map(|invoice| Charge::of(invoice, known)).collect();
        // A bill that can't be read stands beside the computed sum, which lacks nothing without it.
        let lost = unreadable.iter().filter(|months| months.contains(&first));
        notes.extend(lost.map(|months| ChargeNote::BillUnreadable { months: bills::named(months) }));
        notes.extend(undecided.contains_key(&first).then_some(ChargeNote::BillUndecided));
        notes.extend(of_month.map(BilledMonth::left_out).unwrap_or_default());
        let of_period = PeriodCharges { period, closed: period.end <= now, charges, known };
        periods.push(Charged { of_period, quoted, notes });
    }
    periods.reverse();
    Ok(Charges {
        periods: Arc::new(periods),
        upcoming: None,
        foretold: false,
        upcoming_unknown: None,
        upcoming_notes: Vec::new(),
        upcoming_quoted: None,
        naming,
    })
}
