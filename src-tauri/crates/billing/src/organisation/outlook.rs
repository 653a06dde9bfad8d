//! What an organisation's month comes to by its end, if everybody goes on as so far.

use super::subscriber::Subscriber;
use super::{Ledger, Subscription};
use crate::advice::Cycle;
use crate::invoice::Name;
use crate::timeline::AccountKind as _;
use chrono::{Days, NaiveDate};
use headroom_exact::{Credits, Moment, Money, Period};
use std::iter::Sum;

/// What happens to credits beyond a user's tier from now on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BeyondTier {
    /// They are charged, up to so many in the month where that is capped.
    Charged(Option<Credits>),
    /// Requests pause: no more is charged.
    Paused,
    /// Nobody says.
    Unknown,
}

/// What a month comes to by its end, without tax.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ByTheEnd {
    /// At the average pace so far.
    pub even: Money,
    /// If the days to come are quiet ones.
    pub low: Money,
    /// If they are busy ones.
    pub high: Money,
}

impl Sum for ByTheEnd {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            even: sum.even.plus(one.even),
            low: sum.low.plus(one.low),
            high: sum.high.plus(one.high),
        })
    }
}

/// A user's month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubscriptionOutlook {
    /// The profile.
    pub profile: Name,
    /// The user.
    pub user: Name,
    /// The day on which the tier's credits were used up; none where some are left.
    pub used_up_on: Option<NaiveDate>,
    /// What it comes to; none where too little of the month has passed, or where nobody says whether what is used beyond the
    /// tier is charged and it may come to that.
    pub by_the_end: Option<ByTheEnd>,
}

/// The first day by which so much was used.
fn used_up_on(days: &[Credits], allowance: Credits, month: &Period) -> Option<NaiveDate> {
    let mut used = Credits::ZERO;
    let by = days.iter().zip(0u64..).find_map(|(day, back)| {
        used = used.plus(*day);
        (used >= allowance).then_some(back)
    });
    month.start.date().checked_add_days(Days::new(by?))
}

/// What the month costs when it has come to so many credits.
fn cost(of: &Subscription, by_the_end: Credits, beyond: BeyondTier, unit_price: Money) -> Option<Money> {
    let Subscription { credits, month_to_date, .. } = of;
    let more = by_the_end.less_at_most_all(credits.used).less_at_most_all(credits.remaining);
    let overage = match beyond {
        _ if more.is_zero() => credits.overage,
        BeyondTier::Charged(None) => credits.overage.plus(more),
        // What is charged already stays, whatever the cap is by now.
        BeyondTier::Charged(Some(cap)) => credits.overage.plus(more).min(cap.max(credits.overage)),
        BeyondTier::Paused => credits.overage,
        BeyondTier::Unknown => return None,
    };
    let fee = month_to_date.minus(credits.overage.priced(unit_price));
    Some(fee.plus(overage.priced(unit_price)))
}

/// Everybody's month at `at`, by profile, then user, after the events folded up to it; `beyond` says what happens to a
/// user's credits beyond the tier.
pub fn outlook(
    ledger: &Ledger,
    at: Moment,
    beyond: impl Fn(&str, &str) -> BeyondTier,
) -> Vec<SubscriptionOutlook> {
    let organisation = &ledger.account;
    let (edition, month) = (organisation.edition(), organisation.cycle());
    let of = |subscriber: &Subscriber| {
        let held = subscriber.standing(edition)?;
        let forecast = Cycle { period: month, days: subscriber.days() }.forecast(at);
        let beyond = beyond(held.profile.as_str(), held.user.as_str());
        let cost = |used: Credits| cost(&held, used, beyond, edition.overage_unit_price);
        let by_the_end = forecast.and_then(|forecast| {
            Some(ByTheEnd {
                even: cost(forecast.even)?,
                low: cost(forecast.low)?,
                high: cost(forecast.high)?,
            })
        });
        let is_used_up = held.credits.remaining.is_zero() && held.credits.used.is_positive();
        Some(SubscriptionOutlook {
            used_up_on: is_used_up
                .then(|| used_up_on(subscriber.days(), held.credits.allowance, &month))
                .flatten(),
            by_the_end,
            profile: held.profile,
            user: held.user,
        })
    };
    organisation.in_order().filter_map(of).collect()
}
