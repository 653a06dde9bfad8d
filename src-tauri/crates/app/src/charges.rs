//! What was charged, period by period, as the engine computes it and with what is to be known beside it; each kind of
//! account has its own periods.

use crate::answers::{
    ChargeNote, ChargedPeriod, InvoiceView, Naming, PayerView, QuotedCharge, QuotedOf, UnknownCharge, span,
    text,
};
use crate::difference::{Called, agree, difference};
use crate::error::AppError;
use crate::machine::locked::locked;
use headroom_billing::bill::Difference;
use headroom_billing::charges::{Charge, PeriodCharges};
use headroom_billing::{Invoice, Total};
use headroom_exact::{Moment, Money, Month};
use headroom_store::table::accounts::AccountId;
use headroom_store::{Revision, Store};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The periods of an account as of a state of the records and a day.
type Computed = (Revision, chrono::NaiveDate, Charges);

/// What was computed already. A closed month costs its own usage once: what it comes to is remembered until anything is
/// recorded anew.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<HashMap<i64, Computed>>);

impl Remembered {
    /// An account's charges, computed once for a state of the records and a day.
    pub fn or(
        &self,
        store: &Store,
        id: AccountId,
        now: Moment,
        compute: impl FnOnce() -> Result<Charges, AppError>,
    ) -> Result<Charges, AppError> {
        let revision = store.revision()?;
        let today = now.date();
        if let Some((of, on, charges)) = locked(&self.0).get(&id.0).cloned()
            && of == revision
            && on == today
        {
            return Ok(charges);
        }
        let charges = compute()?;
        locked(&self.0).insert(id.0, (revision, today, charges.clone()));
        Ok(charges)
    }
}

/// An account's periods, the newest first, and what comes next.
#[derive(Clone)]
pub(crate) struct Charges {
    pub periods: Arc<Vec<Charged>>,
    pub upcoming: Option<Charge>,
    /// Whether it is foretold at all: of an organisation only its bill says what it comes to.
    pub foretold: bool,
    /// That something comes next whose amount isn't known.
    pub upcoming_unknown: Option<Unknown>,
    /// What is to be known about it.
    pub upcoming_notes: Vec<ChargeNote>,
    /// What the vendor says of it so far.
    pub upcoming_quoted: Option<Quoted>,
    pub naming: Naming,
}

/// A charge that comes and whose amount isn't known.
#[derive(Clone, Copy)]
pub(crate) struct Unknown {
    /// When; none where that isn't known either.
    pub at: Option<Moment>,
}

impl Unknown {
    /// As it is shown.
    pub fn view(self) -> UnknownCharge {
        UnknownCharge { at: text(self.at) }
    }
}

/// What a vendor said of a charge, and what the rules make of it.
#[derive(Clone)]
pub(crate) struct Quoted {
    pub of: QuotedOf,
    pub month: Month,
    /// When the vendor said so; none where its bill has no moment.
    pub at: Option<Moment>,
    /// By the vendor, without tax; none where nothing of it is in dollars.
    pub billed: Option<Money>,
    /// Whether all of it is in dollars: only then it is compared with `computed`.
    pub in_dollars: bool,
    /// By the rules, without tax.
    pub computed: Total<Money>,
    pub payers: Vec<PayerView>,
    /// What the two differ by; none where they agree, or nothing of `computed` is known.
    pub difference: Option<Difference>,
    /// What a tier is called that its rows name, by the month's price list.
    pub tier: fn(Month, &str) -> Option<String>,
}

impl Quoted {
    /// Whether the vendor and the rules say the same, as far as either tells all of it.
    pub fn agrees(&self) -> bool {
        self.difference.is_none() && agree(self.billed, self.computed, self.in_dollars)
    }

    /// As it is shown. Its rows name users by their ids.
    pub fn view(&self) -> QuotedCharge {
        let complete = matches!(self.computed, Total::Whole(_));
        let called = Called { user: &|_| None, tier: &|id| (self.tier)(self.month, id) };
        QuotedCharge {
            of: self.of,
            month: self.month.to_string(),
            at: text(self.at),
            quoted: text(self.billed),
            in_dollars: self.in_dollars,
            computed: text(self.computed.known()),
            at_least: self.computed.is_at_least(),
            agrees: self.agrees(),
            payers: self.payers.clone(),
            difference: self.difference.as_ref().map(|of| difference(of, complete, &called)),
        }
    }
}

/// As it is shown.
pub(crate) fn view(charge: &Charge, view: impl Fn(&Invoice) -> InvoiceView) -> InvoiceView {
    InvoiceView { at_least: charge.at_least, ..view(&charge.invoice) }
}

/// What was charged in a period, and what stands beside it.
#[derive(Clone)]
pub(crate) struct Charged {
    pub of_period: PeriodCharges,
    pub quoted: Option<Quoted>,
    pub notes: Vec<ChargeNote>,
}

impl Charged {
    /// Its name in exports.
    pub fn id(&self) -> String {
        self.of_period.period.start.date().to_string()
    }

    /// As it is shown and exported; `whole` with every line, else an organisation's in sum.
    pub fn view(&self, naming: &Naming, whole: bool) -> ChargedPeriod {
        let invoice =
            |invoice: &_| if whole { naming.invoice(invoice) } else { naming.invoice_by_tier(invoice) };
        let PeriodCharges { period, closed, charges, .. } = &self.of_period;
        let total = self.of_period.total();
        ChargedPeriod {
            id: self.id(),
            period: span(period.start, period.end),
            closed: *closed,
            invoices: charges.iter().map(|charge| view(charge, invoice)).collect(),
            total: text(total.known()),
            at_least: total.is_at_least(),
            quoted: self.quoted.as_ref().map(Quoted::view),
            notes: self.notes.clone(),
        }
    }
}
