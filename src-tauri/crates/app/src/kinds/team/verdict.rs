//! What a team comes to, in a sentence: whether it is served, until when its credits last, what is charged next.

use super::members::Person;
use super::standing::{Dunning, KNOW_ALL, Seats, Standing};
use crate::answers::{Act, Judgement, VerdictView};
use crate::kinds::kind;
use crate::kinds::left::{not_known, until};
use headroom_billing::team::Status;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Month, Saying, say};

/// What isn't served comes first, with what restores it.
pub(super) fn of(standing: &Standing, too_old: Option<&Saying>) -> VerdictView {
    if let Some(failing) = standing.dunning.as_ref().and_then(failing) {
        return failing;
    }
    let next = standing.next_charge.as_ref().and_then(|_| kind::Standing::charged_next(standing).said());
    lasts(standing, too_old).because(unused(standing)).because(next).because(standing.nothing_next.clone())
}

/// Where a payment is failing.
fn failing(dunning: &Dunning) -> Option<VerdictView> {
    let pay = |sentence, reason: Option<Saying>| {
        VerdictView::new(Judgement::Bad, sentence)
            .because(reason)
            .doing(Act::OpenVendor, say!("act-pay-kilo"))
    };
    match (dunning.status, dunning.owed) {
        (Status::Active, _) => None,
        (Status::PastDue, owed) => {
            let by = Value::day(dunning.grace_ends_at);
            Some(pay(say!("verdict-past-due", by), owed.map(|owed| say!("verdict-owed", owed))))
        }
        (Status::Suspended, owed) => {
            let sentence =
                owed.map_or(say!("verdict-suspended"), |owed| say!("verdict-suspended-owed", owed));
            Some(pay(sentence, None))
        }
        (Status::DataDeleted, _) => Some(VerdictView::new(Judgement::Bad, say!("verdict-closed"))),
    }
}

/// Where it is served.
fn lasts(standing: &Standing, too_old: Option<&Saying>) -> VerdictView {
    let Some(balance) = standing.balance else {
        return not_known(standing.team.balance.is_some());
    };
    if let Some(why) = too_old {
        return VerdictView::new(Judgement::Unknown, say!("verdict-too-old")).because([why.clone()]);
    }
    let not_known = (say!("team-spending-unknown"), standing.as_of);
    until((balance, &standing.notes), standing.outlook.as_ref(), standing.is_topped_up, not_known)
}

/// Seats that are paid for and not taken, and from when on it costs less without those.
fn unused(standing: &Standing) -> Option<Saying> {
    let seats = standing.seats.as_ref().filter(|seats| seats.unused > 0)?;
    let (count, paid) = (seats.unused, seats.paid);
    let next = standing.next_charge.as_ref();
    Some(match seats.saves.zip(next) {
        Some((saves, next)) => {
            say!("verdict-unused-seats-less", count, paid, saves, on = Value::day(next.at))
        }
        None => say!("verdict-unused-seats", count, paid),
    })
}

/// What its seats come to: how many are paid for and not taken, and from when on it costs less without those.
pub(super) fn of_seats(standing: &Standing, people: &[Person]) -> VerdictView {
    if let Some(failing) = standing.dunning.as_ref().and_then(failing) {
        return failing;
    }
    let decided = match (&standing.seats, &standing.nothing_next) {
        (Some(seats), _) => seats_taken(standing, seats),
        // That no charge follows says why there are none.
        (None, Some(nothing)) => VerdictView::new(Judgement::Warn, nothing.clone()),
        (None, None) => VerdictView::new(Judgement::Unknown, say!("verdict-seats-unknown")),
    };
    let idle = people.iter().filter(|person| person.is_idle()).count();
    let idle = (idle > 0).then(|| say!("verdict-members-idle", count = idle));
    decided.because(spent(standing)).because(idle)
}

fn seats_taken(standing: &Standing, seats: &Seats) -> VerdictView {
    let Some(taken) = seats.taken else {
        return VerdictView::new(Judgement::Unknown, say!("verdict-seats-untold", count = seats.paid));
    };
    let known = standing.said_at.map(|at| say!("verdict-seats-told", taken, at));
    match unused(standing) {
        None => VerdictView::new(Judgement::Good, say!("verdict-seats-taken", count = seats.paid)),
        Some(unused) => {
            VerdictView::new(Judgement::Good, unused).doing(Act::OpenVendor, say!("act-change-seats"))
        }
    }
    .because(known)
}

/// What the team spent this month.
fn spent(standing: &Standing) -> Option<Saying> {
    let told = standing.spent.as_ref()?;
    let spent = told.this_month(standing.as_of);
    // A part of the team, or days that came since, may have spent more.
    let is_part = !KNOW_ALL.contains(&told.source) || told.until < Moment::on(standing.as_of.date(), 0);
    let month = Month::of(standing.as_of);
    let amount = spent.known()?.rounded();
    Some(if is_part || spent.is_at_least() {
        say!("verdict-team-month-at-least", month, amount)
    } else {
        say!("verdict-team-month", month, amount)
    })
}
