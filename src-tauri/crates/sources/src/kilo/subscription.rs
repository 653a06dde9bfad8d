//! The subscription of a team's seats, as Kilo's service passes on what its payment provider says (`interfaces-2026.md` §5.4).
//!
//! Where seats are taken out of it, its item has the fewer ones at once, and the count of all seats those of the running cycle.

use crate::files::bounded::at_most;
use crate::kilo::parts::{another_kind, counted};
use crate::observation::{SeatSubscription, SubscriptionState};
use crate::wire::json::{name, needed_name};
use crate::wire::number::Number;
use headroom_exact::{Balance, Moment, Saying};
use serde::Deserialize;

/// The most items that a subscription has.
const MOST_ITEMS: usize = 100;

/// `organizations.subscription.get`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Told<'a> {
    #[serde(borrow)]
    subscription: Option<Subscription<'a>>,
    #[serde(default, deserialize_with = "name")]
    paid_seat_item_id: Option<String>,
    #[serde(borrow)]
    next_seat_count: Option<Number<'a>>,
    #[serde(borrow)]
    total_seats: Option<Number<'a>>,
}

#[derive(Deserialize)]
struct Subscription<'a> {
    #[serde(default, deserialize_with = "name")]
    status: Option<String>,
    cancel_at_period_end: Option<bool>,
    #[serde(borrow)]
    cancel_at: Option<Number<'a>>,
    #[serde(borrow)]
    ended_at: Option<Number<'a>>,
    /// Older versions of the provider's say it here, newer ones of each item.
    #[serde(borrow)]
    current_period_end: Option<Number<'a>>,
    #[serde(borrow)]
    items: Option<Items<'a>>,
}

#[derive(Deserialize)]
struct Items<'a> {
    #[serde(borrow, default, deserialize_with = "at_most::<MOST_ITEMS, _, _>")]
    data: Option<Vec<Item<'a>>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(deserialize_with = "needed_name")]
    id: String,
    #[serde(borrow)]
    quantity: Option<Number<'a>>,
    #[serde(borrow)]
    current_period_end: Option<Number<'a>>,
    #[serde(borrow)]
    price: Option<Price<'a>>,
}

#[derive(Deserialize)]
struct Price<'a> {
    /// What is sold: seats that are free of charge are the same as those that are paid for.
    #[serde(borrow)]
    product: Option<Number<'a>>,
    /// Cents.
    #[serde(borrow)]
    unit_amount: Option<Number<'a>>,
    #[serde(default, deserialize_with = "name")]
    currency: Option<String>,
    #[serde(borrow)]
    recurring: Option<Recurring<'a>>,
}

#[derive(Deserialize)]
struct Recurring<'a> {
    #[serde(default, deserialize_with = "name")]
    interval: Option<String>,
    #[serde(borrow)]
    interval_count: Option<Number<'a>>,
}

/// Seats that a team pays for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct PaidSeats {
    /// Now; none where there is no subscription, or it doesn't say which of its items they are.
    pub(crate) now: Option<u64>,
    /// Those paid for from the next cycle on, where that is known to be fewer.
    pub(crate) next: Option<u64>,
    /// All seats from the next cycle on; none where they stay as many as they are.
    pub(crate) all_next: Option<u64>,
    /// The subscription itself.
    pub(crate) subscription: Option<SeatSubscription>,
}

impl Told<'_> {
    /// An error where the item that is named isn't there, or has no count that can be read: how many seats are paid for isn't
    /// known then.
    pub(crate) fn read(self) -> Result<PaidSeats, Saying> {
        let all_next = counted(self.next_seat_count)?;
        let all = counted(self.total_seats)?;
        let Some(subscription) = self.subscription else {
            let subscription = Some(SeatSubscription::of(SubscriptionState::Absent));
            return Ok(PaidSeats { all_next, subscription, ..PaidSeats::default() });
        };
        let told = subscription.read()?;
        let items = subscription.items.and_then(|items| items.data).unwrap_or_default();
        let Some(named) = self.paid_seat_item_id else {
            return Ok(PaidSeats { all_next, subscription: Some(told), ..PaidSeats::default() });
        };
        let item = items.iter().find(|item| item.id == named).ok_or_else(another_kind)?;
        let paid = counted(item.quantity)?.ok_or_else(another_kind)?;
        let subscription = Some(item.read(told)?);
        // Seats that go with the cycle aren't in the item any more.
        let now = all.filter(|_| all_next == Some(paid)).zip(item.beside(&items)?);
        let now = now.map(|(all, free)| all.saturating_sub(free)).filter(|now| *now > paid);
        let next = now.map(|_| paid);
        Ok(PaidSeats {
            now: now.or(Some(paid)),
            next,
            all_next: all_next.filter(|_| next.is_none()),
            subscription,
        })
    }
}

/// A moment, where something stands there; an error where that is none.
fn moment(number: Option<Number<'_>>) -> Result<Option<Moment>, Saying> {
    number.map(|number| number.moment().ok_or_else(another_kind)).transpose()
}

impl Subscription<'_> {
    fn read(&self) -> Result<SeatSubscription, Saying> {
        let state = match self.status.as_deref() {
            _ if self.ended_at.is_some() => SubscriptionState::Ended,
            Some("canceled" | "incomplete_expired") => SubscriptionState::Ended,
            _ if self.cancel_at_period_end == Some(true) => SubscriptionState::Ending,
            Some("active" | "trialing") => SubscriptionState::Runs,
            Some("past_due" | "unpaid" | "incomplete") => SubscriptionState::Failing,
            Some(_) | None => SubscriptionState::Unknown,
        };
        let ends_at = moment(self.ended_at.or(self.cancel_at))?;
        let renews_at = moment(self.current_period_end)?;
        Ok(SeatSubscription { ends_at, renews_at, ..SeatSubscription::of(state) })
    }
}

impl Item<'_> {
    /// Seats of the same product that are paid for by nobody; none where it isn't said of which product an item is.
    fn beside(&self, items: &[Self]) -> Result<Option<u64>, Saying> {
        let product = |item: &Self| item.price.as_ref().and_then(|price| price.product.map(Number::raw));
        let Some(own) = product(self) else { return Ok(None) };
        let mut free: u64 = 0;
        for item in items.iter().filter(|item| item.id != self.id) {
            let Some(of) = product(item) else { return Ok(None) };
            if of == own {
                free = free.saturating_add(counted(item.quantity)?.unwrap_or_default());
            }
        }
        Ok(Some(free))
    }

    /// What it says of a seat's price and of the cycle.
    fn read(&self, told: SeatSubscription) -> Result<SeatSubscription, Saying> {
        let renews_at = moment(self.current_period_end)?.or(told.renews_at);
        let price = self.price.as_ref();
        let in_dollars = |price: &&Price<'_>| {
            price.currency.as_deref().is_none_or(|currency| currency.eq_ignore_ascii_case("usd"))
        };
        let cents = counted(price.filter(in_dollars).and_then(|price| price.unit_amount))?.map(i128::from);
        let seat_price = cents.and_then(|cents| cents.checked_mul(10_000)).map(Balance::of_millionths);
        let months = price.and_then(|price| price.recurring.as_ref()).map(Recurring::months).transpose()?;
        Ok(SeatSubscription { renews_at, seat_price, months: months.flatten(), ..told })
    }
}

impl Recurring<'_> {
    /// Months of a cycle; none of one that isn't of months.
    fn months(&self) -> Result<Option<u32>, Saying> {
        let one = match self.interval.as_deref() {
            Some("month") => 1,
            Some("year") => 12,
            Some(_) | None => return Ok(None),
        };
        let count = counted(self.interval_count)?.unwrap_or(1);
        Ok(u32::try_from(count).ok().and_then(|count| count.checked_mul(one)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<u64>, Option<u64>)> {
        let told: Told<'_> = serde_json::from_str(text).ok()?;
        told.read().ok().map(|seats| (seats.now, seats.all_next))
    }

    /// Found in November 2026: of seats that were taken out for the next cycle those of the running one weren't told any more.
    #[test]
    fn seats_that_go_with_the_cycle_are_paid_for_until_then() {
        let read = |free: &str, total: u64| {
            let items = format!(
                r#"{{"id":"si_paid","quantity":3,"price":{{"product":"seats","unit_amount":1800}}}}{free},{{"id":"si_pass","quantity":3,"price":{{"product":"pass"}}}}"#
            );
            let text = format!(
                r#"{{"subscription":{{"items":{{"data":[{items}]}}}},"totalSeats":{total},"paidSeatItemId":"si_paid","nextSeatCount":3}}"#
            );
            let seats = serde_json::from_str::<Told<'_>>(&text).expect("JSON").read().expect("seats");
            (seats.now, seats.next, seats.all_next)
        };
        let free = r#",{"id":"si_free","quantity":2,"price":{"product":"seats","unit_amount":0}}"#;
        assert_eq!(read("", 5), (Some(5), Some(3), None));
        assert_eq!(read(free, 7), (Some(5), Some(3), None), "two of them are free of charge");
        assert_eq!(read(free, 5), (Some(3), None, Some(3)), "none goes");
        let of_no_product = r#",{"id":"si_free","quantity":2}"#;
        assert_eq!(read(of_no_product, 5), (Some(3), None, Some(3)), "which are free of charge isn't known");
    }

    #[test]
    fn the_subscription_says_whether_it_goes_on() {
        let read = |subscription: &str| {
            let text = format!(r#"{{"subscription":{subscription},"totalSeats":5}}"#);
            serde_json::from_str::<Told<'_>>(&text).expect("JSON").read().map(|seats| {
                let told = seats.subscription.expect("a word");
                (told.state, told.ends_at.map(|at| at.to_string()))
            })
        };
        let end = Some("2026-12-05T14:23:00Z".to_owned());
        for (subscription, expected) in [
            ("null", Ok((SubscriptionState::Absent, None))),
            (r#"{"status":"active"}"#, Ok((SubscriptionState::Runs, None))),
            (r#"{"status":"past_due"}"#, Ok((SubscriptionState::Failing, None))),
            (
                r#"{"status":"active","cancel_at_period_end":true,"cancel_at":1796480580}"#,
                Ok((SubscriptionState::Ending, end.clone())),
            ),
            (r#"{"status":"active","cancel_at":1796480580}"#, Ok((SubscriptionState::Runs, end.clone()))),
            (r#"{"status":"canceled","ended_at":1796480580}"#, Ok((SubscriptionState::Ended, end))),
            (r#"{"status":"something_new"}"#, Ok((SubscriptionState::Unknown, None))),
            (r"{}", Ok((SubscriptionState::Unknown, None))),
            (r#"{"status":"active","cancel_at":"soon"}"#, Err(another_kind())),
        ] {
            assert_eq!(read(subscription), expected, "{subscription}");
        }
    }

    #[test]
    fn a_seat_costs_what_its_item_says_for_its_cycle() {
        let read = |price: &str| {
            let text = format!(
                r#"{{"subscription":{{"items":{{"data":[{{"id":"i","quantity":3,"current_period_end":1796480580,"price":{price}}}]}}}},"paidSeatItemId":"i"}}"#
            );
            let told = serde_json::from_str::<Told<'_>>(&text).expect("JSON").read().expect("seats");
            let told = told.subscription.expect("a word");
            assert_eq!(told.renews_at.map(|at| at.to_string()).as_deref(), Some("2026-12-05T14:23:00Z"));
            (told.seat_price.map(|price| price.to_string()), told.months)
        };
        let dollars = |amount: &str| Some(amount.to_owned());
        for (price, expected) in [
            (
                r#"{"unit_amount":1800,"currency":"usd","recurring":{"interval":"month","interval_count":1}}"#,
                (dollars("18.000000"), Some(1)),
            ),
            (r#"{"unit_amount":18000,"recurring":{"interval":"year"}}"#, (dollars("180.000000"), Some(12))),
            (r#"{"unit_amount":1800,"currency":"eur"}"#, (None, None)),
            (r#"{"unit_amount":null,"recurring":{"interval":"week"}}"#, (None, None)),
            ("null", (None, None)),
        ] {
            assert_eq!(read(price), expected, "{price}");
        }
    }

    #[test]
    fn seats_that_are_free_of_charge_are_in_another_item() {
        let items = r#""items":{"data":[{"id":"si_free","quantity":2},{"id":"si_paid","quantity":3,"price":{"unit_amount":1800}}]}"#;
        let told =
            |more: &str| format!(r#"{{"subscription":{{{items}}},"seatsUsed":4,"totalSeats":5{more}}}"#);
        assert_eq!(read(&told(r#","paidSeatItemId":"si_paid""#)), Some((Some(3), None)));
        assert_eq!(read(&told(r#","paidSeatItemId":"si_paid","nextSeatCount":4"#)), Some((Some(3), Some(4))));
        // Which of them are paid for isn't said.
        assert_eq!(read(&told("")), Some((None, None)));
        assert_eq!(read(&told(r#","paidSeatItemId":null,"nextSeatCount":null"#)), Some((None, None)));
        assert_eq!(
            read(r#"{"subscription":null,"totalSeats":5,"paidSeatItemId":"si_paid"}"#),
            Some((None, None))
        );
        // An item that isn't there, or says no count, is no item of none.
        assert_eq!(read(&told(r#","paidSeatItemId":"si_gone""#)), None);
        let odd = told(r#","paidSeatItemId":"si_paid""#).replace(":3,", ":\"three\",");
        assert_eq!(read(&odd), None);
        let none = told(r#","paidSeatItemId":"si_paid""#).replace("\"quantity\":3,", "");
        assert_eq!(read(&none), None);
    }
}
