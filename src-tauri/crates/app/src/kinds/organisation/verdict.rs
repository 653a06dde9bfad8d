//! What an organisation comes to, in a sentence: whom to move to another tier, and what that saves.

use super::standing::Standing;
use super::users::Pause;
use crate::answers::{Act, IdleBy, Judgement, VerdictView};
use crate::bills;
use headroom_billing::Total;
use headroom_exact::saying::Value;
use headroom_exact::{Money, Month, Saying, say};

pub(super) fn of(standing: &Standing) -> VerdictView {
    let Some(reported) = &standing.reported else {
        let month = standing.month;
        let sentence = if standing.months.len() > 1 {
            say!("verdict-no-reports-of", month)
        } else {
            say!("verdict-no-reports")
        };
        let none = VerdictView::new(Judgement::Unknown, sentence);
        let billed = standing.bill.as_ref().filter(|bill| Month::of_date(bill.month) == month);
        let without = billed.and_then(|bill| bills::is_without(&bill.notes));
        let billed = billed.map(|bill| match bill.before_tax.filter(|_| bill.is_in_dollars) {
            Some(amount) => say!("verdict-billed", month, amount),
            None => bills::not_in_dollars(say!("charged-bill", month), bill.before_tax.map(Value::from)),
        });
        return none.because(billed).because(without).because(idle(standing));
    };
    let decided = match whom_to_move(standing) {
        Some(moves) => moves.because(pausing(standing, Pause::Now)).because(pausing(standing, Pause::Ahead)),
        None => nobody_to_move(standing),
    };
    let decided = decided.because(so_far(standing, reported.month_to_date));
    let ends = standing
        .last_day
        .filter(|_| standing.closed && standing.is_newest)
        .map(|on| say!("verdict-reports-end", on));
    decided.because(ends).because(idle(standing))
}

/// Dollars, or that it is that much at least.
fn dollars(amount: Money, at_least: bool) -> Value {
    if at_least { Value::Saying(say!("at-least", amount)) } else { amount.into() }
}

fn whom_to_move(standing: &Standing) -> Option<VerdictView> {
    let everybody = &standing.everybody;
    let moved = everybody.users.iter().filter(|user| user.cheaper.is_some());
    let saves = everybody.saves?;
    let (count, saves) = (moved.clone().count(), dollars(saves.known()?, saves.is_at_least()));
    let sentence = if moved.clone().all(|user| user.cheaper_is_smaller) {
        say!("verdict-tiers-too-large", count, saves)
    } else {
        say!("verdict-tiers-other", count, saves)
    };
    Some(VerdictView::new(Judgement::Good, sentence).doing(Act::SeeTeam, say!("act-see-whom")))
}

/// Where no other tier saves anything: whose requests pause comes before that everybody's tier fits.
fn nobody_to_move(standing: &Standing) -> VerdictView {
    let (now, ahead) = (pausing(standing, Pause::Now), pausing(standing, Pause::Ahead));
    if !standing.closed {
        let judgement = if now.is_some() { Judgement::Bad } else { Judgement::Warn };
        let mut pausing = now.into_iter().chain(ahead);
        if let Some(first) = pausing.next() {
            let verdict = VerdictView::new(judgement, first).because(pausing);
            return verdict.doing(Act::SeeTeam, say!("act-see-who"));
        }
        return fitting(standing);
    }
    fitting(standing).because(now)
}

/// How far it is known that everybody's tier fits.
fn fitting(standing: &Standing) -> VerdictView {
    match (standing.everybody.tiers_are_judged, standing.everybody.is_part) {
        (false, _) if !standing.closed => VerdictView::new(Judgement::Unknown, say!("verdict-tiers-early")),
        (false, _) | (true, true) => VerdictView::new(Judgement::Unknown, say!("verdict-tiers-fit-as-known")),
        (true, false) => VerdictView::new(Judgement::Good, say!("verdict-tiers-fit")),
    }
}

/// Of how many people requests pause until the month ends, or did; none where nobody's do. Of a month that has ended nothing is
/// still to come.
fn pausing(standing: &Standing, which: Pause) -> Option<Saying> {
    let count = standing.everybody.users.iter().filter(|user| user.pause() == Some(which)).count();
    let until = standing.month.period().end.date();
    let said = match (which, standing.closed) {
        (Pause::Now, false) => say!("verdict-people-pause", count, until),
        (Pause::Ahead, false) => say!("verdict-people-will-pause", count, until),
        (Pause::Now, true) => say!("verdict-people-paused", count),
        (Pause::Ahead, true) => return None,
    };
    (count > 0).then_some(said)
}

/// What the month costs so far, or cost.
fn so_far(standing: &Standing, month_to_date: Total<Money>) -> Option<Saying> {
    let cost = dollars(month_to_date.known()?, month_to_date.is_at_least());
    let month = standing.month;
    Some(if standing.closed {
        say!("verdict-month-cost", month, cost)
    } else {
        say!("verdict-month-so-far", month, cost)
    })
}

/// Licences on the newest bill that nobody used, as far as that is known.
fn idle(standing: &Standing) -> Option<Saying> {
    let count = standing.idle.len();
    (count > 0).then(|| match standing.idle_by {
        IdleBy::Reports => say!("verdict-idle-licences", count),
        IdleBy::ReportedDays => say!("verdict-idle-on-reported-days", count),
        IdleBy::ReadReports => say!("verdict-idle-by-read-reports", count),
        IdleBy::Bill => say!("verdict-idle-by-bill", count),
    })
}
