//! What charges come to, in a sentence: whether the newest bill agrees with the calculation, why it doesn't, and which
//! months something is missing of.

pub(crate) mod why;

use crate::answers::{ChargeNote, DifferenceReason, Judgement, QuotedOf, VerdictView};
use crate::bills;
use crate::charges::{Charged, Charges, Quoted};
use crate::difference::shown_reason;
use crate::kinds::next_charge::{LeftOut, NextCharge};
use headroom_billing::bill::{Difference, Part, Reason};
use headroom_exact::saying::Value;
use headroom_exact::{Money, Month, Period, Saying, say};

/// So many months are named that something is missing of.
const NAMED: usize = 3;

/// What decides.
enum Decisive<'c> {
    /// The newest vendor's figure of a period that has ended.
    Quoted(&'c Charged, &'c Quoted),
    /// The last period that has ended, where no vendor's figure stands beside any.
    Last(&'c Charged),
    /// The running period, where none has ended.
    Running(&'c Charged),
    /// Nothing is known of any charge.
    Nothing,
}

/// What decides what they come to.
fn decisive(charges: &Charges) -> Decisive<'_> {
    let closed = || charges.periods.iter().filter(|charged| charged.of_period.closed);
    let compared = closed().find_map(|of| Some((of, of.quoted.as_ref()?)));
    let running = || charges.periods.first().map_or(Decisive::Nothing, Decisive::Running);
    let last = || closed().next().map_or_else(running, Decisive::Last);
    compared.map_or_else(last, |(of, quoted)| Decisive::Quoted(of, quoted))
}

/// What they come to: what is charged next and what was charged last, or a bill that says something else than the
/// calculation.
pub(crate) fn of(charges: &Charges, next: NextCharge) -> VerdictView {
    let decisive = decisive(charges);
    let decided = decided(&decisive);
    let next = foretold(charges, next);
    let Some(said) = next.said() else { return decided.because(missing(charges)) };
    if !next_leads(&decisive, decided.judgement) {
        return decided.because(missing(charges)).because([said]);
    }
    let judgement = if next.amount.known().is_some() { Judgement::Good } else { Judgement::Unknown };
    let leads = if matches!(next.left_out, Some(LeftOut::UsedByThen { .. })) {
        VerdictView::foretold(judgement, said)
    } else {
        VerdictView::new(judgement, said)
    };
    // That nothing is known of the past isn't said where it stands in the list.
    let before = (!matches!(decisive, Decisive::Nothing)).then_some(decided.sentence);
    leads.because(before).because(decided.reasons).because(missing(charges))
}

/// What was charged comes to.
fn decided(decisive: &Decisive<'_>) -> VerdictView {
    match decisive {
        Decisive::Quoted(of, quoted) => as_far_as_read(beside(quoted), of),
        Decisive::Last(last) => last_charged(last),
        Decisive::Running(running) => so_far(running),
        Decisive::Nothing => VerdictView::new(Judgement::Unknown, say!("verdict-charges-not-known")),
    }
}

/// What is asked first here is what is charged next; unless a vendor's figure differs without a reason, or it is a bill of
/// AWS's, which comes afterwards.
fn next_leads(decisive: &Decisive<'_>, judgement: Judgement) -> bool {
    let is_bill = matches!(decisive, Decisive::Quoted(_, quoted) if quoted.of == QuotedOf::Bill);
    judgement != Judgement::Warn && !is_bill
}

/// What comes next, as the account's standing has it: with what its amount leaves out.
fn foretold(charges: &Charges, next: NextCharge) -> NextCharge {
    if let Some(upcoming) = &charges.upcoming {
        return NextCharge::of(&upcoming.invoice, upcoming.at_least || upcoming.invoice.at_least)
            .without(next.left_out);
    }
    match charges.upcoming_unknown {
        Some(unknown) => NextCharge { at: unknown.at, ..NextCharge::UNKNOWN },
        None => Some(next).filter(|next| next.at.is_none()).unwrap_or(NextCharge::UNKNOWN),
    }
}

/// The same of a bill that leaves something out: what it says of the calculation isn't known of all of it.
fn as_far_as_read(verdict: VerdictView, of: &Charged) -> VerdictView {
    let Some(without) = bills::is_without(&of.notes) else { return verdict };
    let judgement = match verdict.judgement {
        Judgement::Good => Judgement::Unknown,
        judged @ (Judgement::Warn | Judgement::Bad | Judgement::Unknown) => judged,
    };
    VerdictView { judgement, ..verdict }.because(Some(without))
}

/// A vendor's figure beside the calculation.
fn beside(quoted: &Quoted) -> VerdictView {
    let month = quoted.month;
    let what = match quoted.of {
        QuotedOf::Bill => say!("charged-bill", month),
        QuotedOf::Overage => say!("charged-overage", month),
    };
    let Some(billed) = quoted.billed.filter(|_| quoted.in_dollars) else {
        let billed = quoted.billed.map(Value::from);
        return VerdictView::new(Judgement::Unknown, bills::not_in_dollars(what, billed));
    };
    let Some(computed) = quoted.computed.known() else {
        return VerdictView::new(Judgement::Unknown, say!("verdict-bill-alone", what, billed));
    };
    if let Some(difference) = &quoted.difference {
        return differs(difference, what);
    }
    if quoted.agrees() {
        return VerdictView::new(Judgement::Good, say!("verdict-bill-agrees", what, billed));
    }
    VerdictView::new(Judgement::Unknown, say!("verdict-bill-in-part", what, billed, computed))
}

fn differs(of: &Difference, what: Saying) -> VerdictView {
    let (amount, is_lower) = (of.amount.magnitude(), of.amount < Money::ZERO);
    let is_in_lines_alone = of.amount.is_zero();
    if let Some(rest) = &of.unexplained {
        let rest = rest.amount;
        let sentence = if is_in_lines_alone {
            say!("verdict-bill-lines-unexplained", what, rest)
        } else if is_lower {
            say!("verdict-bill-lower-unexplained", what, amount, rest)
        } else {
            say!("verdict-bill-higher-unexplained", what, amount, rest)
        };
        return VerdictView::new(Judgement::Warn, sentence);
    }
    // One reason stands in the sentence; several are told below it.
    let [(only, _)] = of.parts.as_slice() else {
        let why: Vec<Saying> = of.parts.iter().map(part).collect();
        let sentence = if is_in_lines_alone {
            say!("verdict-bill-lines-explained", what)
        } else if is_lower {
            say!("verdict-bill-lower-explained", what, amount)
        } else {
            say!("verdict-bill-higher-explained", what, amount)
        };
        return VerdictView::new(Judgement::Good, sentence).because(Some(say!("verdict-bill-parts", why)));
    };
    let why = noun(*only);
    let sentence = if is_in_lines_alone {
        say!("verdict-bill-lines", what, why)
    } else if is_lower {
        say!("verdict-bill-lower", what, amount, why)
    } else {
        say!("verdict-bill-higher", what, amount, why)
    };
    VerdictView::new(Judgement::Good, sentence)
}

fn part((reason, part): &(Reason, Part)) -> Saying {
    say!("difference-part", what = noun(*reason), amount = part.amount)
}

/// What makes a difference, in a few words.
const fn noun(reason: Reason) -> Saying {
    match shown_reason(reason) {
        DifferenceReason::EnterpriseDiscount => say!("difference-enterprise-discount"),
        DifferenceReason::ResellerDiscount => say!("difference-reseller-discount"),
        DifferenceReason::BundledDiscount => say!("difference-bundled-discount"),
        DifferenceReason::PrivateRate => say!("difference-private-rate"),
        DifferenceReason::Discount => say!("difference-discount"),
        DifferenceReason::Credit => say!("difference-credit"),
        DifferenceReason::Refund => say!("difference-refund"),
        DifferenceReason::Adjustment => say!("difference-adjustment"),
        DifferenceReason::LowerRate => say!("difference-lower-rate"),
        DifferenceReason::PartOfMonth => say!("difference-part-of-month"),
        DifferenceReason::NotInReports => say!("difference-not-in-reports"),
        DifferenceReason::NotOnBill => say!("difference-not-on-bill"),
        DifferenceReason::UnknownTier => say!("difference-unknown-tier"),
        DifferenceReason::OnFree => say!("difference-on-free"),
        DifferenceReason::ChargedTwice => say!("difference-charged-twice"),
        DifferenceReason::BothTiers => say!("difference-both-tiers"),
        DifferenceReason::OtherTier => say!("difference-other-tier"),
        DifferenceReason::OverageOff => say!("difference-overage-off"),
        DifferenceReason::OverageCap => say!("difference-overage-cap"),
        DifferenceReason::ReportsIncomplete => say!("difference-reports-incomplete"),
        DifferenceReason::NotYetBilled => say!("difference-not-yet-billed"),
        DifferenceReason::Rounding => say!("difference-rounding"),
    }
}

/// The last period that has ended, where no vendor's figure stands beside any.
fn last_charged(last: &Charged) -> VerdictView {
    let Period { start, end } = last.of_period.period;
    let month = Month::of(start);
    let total = last.of_period.total();
    let Some(known) = total.known() else {
        return VerdictView::new(Judgement::Unknown, say!("verdict-charges-unknown", on = Value::day(start)));
    };
    let total =
        if total.is_at_least() { Value::Saying(say!("at-least", amount = known)) } else { known.into() };
    let sentence = if month.period() == last.of_period.period {
        say!("verdict-charges-in", month, total)
    } else {
        say!("verdict-charges-from", from = Value::day(start), until = Value::day(end), total)
    };
    VerdictView::new(Judgement::Good, sentence)
}

/// Whether anything was charged within the running period: an organisation's months are charged when they end.
fn is_charged(running: &Charged) -> bool {
    let end = running.of_period.period.end;
    running.of_period.charges.iter().any(|charge| {
        let lines = charge.invoice.lines.iter();
        charge.invoice.issued_at < end || { lines }.any(|line| line.charged_at.is_some())
    })
}

/// The running period, where none has ended.
fn so_far(running: &Charged) -> VerdictView {
    let Period { start, .. } = running.of_period.period;
    let total = running.of_period.total();
    match (total.known(), &running.quoted) {
        (None, Some(quoted)) => as_far_as_read(beside(quoted), running),
        (None, None) => {
            VerdictView::new(Judgement::Unknown, say!("verdict-charges-unknown", on = Value::day(start)))
        }
        // What was charged for a month before isn't known where nobody was told of one.
        (Some(_), _) if !is_charged(running) && !running.of_period.charges.is_empty() => {
            let month = Month::of(start);
            VerdictView::new(Judgement::Unknown, say!("verdict-charges-to-come", month))
        }
        (Some(_), _) if !is_charged(running) => {
            VerdictView::new(Judgement::Unknown, say!("verdict-charges-none"))
        }
        (Some(known), _) => {
            let total = if total.is_at_least() {
                Value::Saying(say!("at-least", amount = known))
            } else {
                known.into()
            };
            let sentence = say!("verdict-charges-so-far", from = Value::day(start), total);
            VerdictView::new(Judgement::Good, sentence)
        }
    }
}

/// Of months with a bill those without reports, and the other way around, where any bill was imported.
fn missing(charges: &Charges) -> impl IntoIterator<Item = Saying> {
    let named = |is_it: &dyn Fn(&&Charged) -> bool| {
        let months = charges.periods.iter().filter(|charged| charged.of_period.closed).filter(is_it);
        let months: Vec<_> =
            months.take(NAMED).map(|charged| Month::of(charged.of_period.period.start)).collect();
        (!months.is_empty()).then_some(months)
    };
    let has_bill =
        |charged: &Charged| charged.quoted.as_ref().is_some_and(|quoted| quoted.of == QuotedOf::Bill);
    let any_bill = charges.periods.iter().any(has_bill);
    let is_told = |charged: &&Charged| {
        charged
            .notes
            .iter()
            .any(|note| matches!(note, ChargeNote::BillUndecided | ChargeNote::BillUnreadable { .. }))
    };
    let bills = named(&|charged| any_bill && !has_bill(charged) && !is_told(charged));
    let reports = named(&|charged| charged.notes.contains(&ChargeNote::NoReports));
    [
        bills.map(|months| say!("verdict-bills-missing", months)),
        reports.map(|months| say!("verdict-reports-missing", months)),
    ]
    .into_iter()
    .flatten()
}
