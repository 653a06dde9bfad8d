//! Why charges come to what their sentence says: the vendor's figure beside the calculation, or the lines of the last period.

use super::{Decisive, decisive, foretold, is_charged, next_leads, noun};
use crate::answers::{QuotedOf, WhyFrom, WhyView, text};
use crate::charges::{Charged, Charges, Quoted};
use crate::kinds::next_charge::{LeftOut, NextCharge};
use headroom_exact::saying::Value;
use headroom_exact::{Money, say};

/// None where nothing of what was charged is known, nor of what comes next.
pub(crate) fn of(charges: &Charges, next: NextCharge, is_sample: bool) -> Option<WhyView> {
    let decisive = decisive(charges);
    let foretold = foretold(charges, next);
    let judgement = super::decided(&decisive).judgement;
    let leads = next_leads(&decisive, judgement).then(|| self::next(charges, foretold)).flatten();
    let why = match decisive {
        Decisive::Quoted(_, quoted) => Some(beside(quoted)),
        Decisive::Last(last) => last_charged(last),
        Decisive::Running(running) => so_far(running),
        Decisive::Nothing => None,
    };
    let why = leads.or(why).or_else(|| self::next(charges, foretold))?;
    let sample = is_sample.then(|| say!("why-sample"));
    let from = if is_sample { WhyFrom::Sample } else { why.from };
    Some(WhyView { from, ..why }.says(sample))
}

/// Dollars, or that it is that much at least.
fn dollars(amount: Money, at_least: bool) -> Value {
    if at_least { Value::Saying(say!("at-least", amount)) } else { amount.into() }
}

/// From the calculation to what the vendor says, each difference by its reason.
fn beside(of: &Quoted) -> WhyView {
    let month = of.month;
    let (from, what) = match of.of {
        QuotedOf::Bill => (WhyFrom::Bill, say!("charged-bill", month)),
        QuotedOf::Overage => (WhyFrom::Kiro, say!("charged-overage", month)),
    };
    let mut why = WhyView { at: text(of.at), ..WhyView::new(from) };
    if let Some(computed) = of.computed.known() {
        why = why.line(say!("why-calculation"), dollars(computed, of.computed.is_at_least()));
    }
    if let Some(difference) = &of.difference {
        for (reason, part) in &difference.parts {
            why = why.line(noun(*reason), part.amount);
        }
        if let Some(rest) = &difference.unexplained {
            why = why.line(say!("why-unexplained"), rest.amount);
        }
    }
    if let Some(billed) = of.billed {
        why = why.line(what, billed);
    }
    why.says([say!("why-beside")])
}

/// What comes next: its lines stand below.
fn next(charges: &Charges, foretold: NextCharge) -> Option<WhyView> {
    let next = charges.upcoming.as_ref()?;
    let amount = dollars(next.invoice.total, next.at_least);
    let mut why = WhyView::new(WhyFrom::Computed)
        .line(say!("why-charged-on", on = Value::day(next.invoice.issued_at)), amount);
    if let Some(LeftOut::UsedByThen { about }) = foretold.left_out {
        why = WhyView { from: WhyFrom::Estimate, ..why }.line(say!("why-next-with-pace"), about);
    }
    Some(why.says([say!("why-charges-rule")]))
}

/// The same of the running period, where anything was charged in it.
fn so_far(running: &Charged) -> Option<WhyView> {
    match (&running.quoted, running.of_period.total().known()) {
        (Some(quoted), None) => Some(beside(quoted)),
        (None, None) => None,
        (_, Some(_)) => is_charged(running).then(|| last_charged(running)).flatten(),
    }
}

/// Invoice by invoice; their lines stand below.
fn last_charged(last: &Charged) -> Option<WhyView> {
    let total = last.of_period.total();
    let all = total.known()?;
    let mut why = WhyView::new(WhyFrom::Computed);
    for charge in &last.of_period.charges {
        let amount = dollars(charge.invoice.total, charge.at_least);
        why = why.line(say!("why-charged-on", on = Value::day(charge.invoice.issued_at)), amount);
    }
    let why = why.line(say!("why-charged-in-all"), dollars(all, total.is_at_least()));
    Some(why.says([say!("why-charges-rule")]).says(total.is_at_least().then(|| say!("why-cost-is-part"))))
}
