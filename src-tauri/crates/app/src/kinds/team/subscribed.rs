//! What Kilo says of the subscription of a team's seats beside what its owner stated: whether it goes on, what a seat costs,
//! when its cycle ends (V4).

use crate::answers::{ChargeNote, TeamFacts};
use crate::error::AppError;
use headroom_exact::saying::Value;
use headroom_exact::{Balance, Moment, Saying, say};
use headroom_sources::observation::{SeatSubscription, SubscriptionState, TeamSnapshot};

/// Why nothing is charged when the next cycle begins, by what Kilo says; none where something is, or it doesn't say. A paid
/// cycle ends on its day, at whatever hour.
pub(super) fn nothing_follows(team: &TeamSnapshot, next_at: Option<Moment>) -> Option<Saying> {
    let told = team.subscription.as_ref()?;
    let ends_before = told.ends_at.zip(next_at).is_some_and(|(end, next)| end.date() <= next.date());
    let ends = |on: Option<Moment>| match on {
        Some(on) => say!("seats-end-on", on = Value::day(on)),
        None => say!("seats-end"),
    };
    match told.state {
        SubscriptionState::Ended => Some(say!("seats-ended")),
        SubscriptionState::Ending => Some(ends(told.ends_at.or(told.renews_at))),
        SubscriptionState::Runs | SubscriptionState::Failing | SubscriptionState::Unknown => {
            ends_before.then(|| ends(told.ends_at))
        }
        SubscriptionState::Absent => None,
    }
}

/// Whether the subscription had ended when a cycle began, so that no seats were charged for it.
pub(super) fn had_ended_by(team: &TeamSnapshot, start: Moment) -> bool {
    let ended = team.subscription.as_ref().filter(|told| told.state == SubscriptionState::Ended);
    ended.and_then(|told| told.ends_at).is_some_and(|end| end.date() <= start.date())
}

/// Whether it has ended: the seats that it names were those of then.
pub(super) fn has_ended(team: &TeamSnapshot) -> bool {
    team.subscription.as_ref().is_some_and(|told| told.state == SubscriptionState::Ended)
}

/// What Kilo says otherwise than was stated, with what that is: charges go by what was stated. `next_at` is when the next
/// cycle begins by that.
pub(super) fn differs(
    team: &TeamSnapshot,
    facts: &TeamFacts,
    next_at: Option<Moment>,
    now: Moment,
) -> Result<Vec<ChargeNote>, AppError> {
    let Some(told) = &team.subscription else { return Ok(Vec::new()) };
    let of_state = match told.state {
        SubscriptionState::Absent => return Ok(vec![ChargeNote::NoSubscription]),
        SubscriptionState::Ended => return Ok(Vec::new()),
        SubscriptionState::Failing if facts.payment_failed_on.is_none() => Some(ChargeNote::PaymentFailing),
        SubscriptionState::Failing
        | SubscriptionState::Runs
        | SubscriptionState::Ending
        | SubscriptionState::Unknown => None,
    };
    let notes = of_state.into_iter().chain(of_price(told, facts)?);
    Ok(notes.chain(of_cycle(told, facts, next_at.filter(|next| *next > now), now)?).collect())
}

/// That a seat costs something else.
fn of_price(told: &SeatSubscription, facts: &TeamFacts) -> Result<Option<ChargeNote>, AppError> {
    let stated = facts.seat()?;
    if told.months.is_some_and(|months| months != stated.months) {
        return Ok(None);
    }
    let other = told.seat_price.filter(|price| *price != Balance::of_money(stated.price));
    let written = |price: Balance| match price.whole_cents() {
        Some(money) => money.to_string(),
        None => price.to_string(),
    };
    let stated = stated.price.to_string();
    Ok(other.map(|price| ChargeNote::SeatPriceDiffers { told: written(price), stated }))
}

/// That it is paid for another time, or until another day.
fn of_cycle(
    told: &SeatSubscription,
    facts: &TeamFacts,
    next_at: Option<Moment>,
    now: Moment,
) -> Result<Option<ChargeNote>, AppError> {
    let stated = facts.seat()?.months;
    let other = told.months.filter(|months| [1, 12].contains(months) && *months != stated);
    if let Some(months) = other {
        return Ok(Some(if months == 12 { ChargeNote::SeatsByTheYear } else { ChargeNote::SeatsByTheMonth }));
    }
    let renews = told.renews_at.filter(|end| *end > now).zip(next_at);
    let other = renews.filter(|(told, stated)| told.date() != stated.date());
    Ok(other.map(|(told, stated)| ChargeNote::CycleEndsOtherwise {
        told: told.date().to_string(),
        stated: stated.date().to_string(),
    }))
}
