//! The subscription of a team's seats, as Kilo's service passes on what its payment provider says (`interfaces-2026.md` §5.4).

use crate::files::bounded::at_most;
use crate::kilo::parts::{another_kind, counted};
use crate::wire::json::{name, needed_name};
use crate::wire::number::Number;
use headroom_exact::Saying;
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
}

#[derive(Deserialize)]
struct Subscription<'a> {
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
}

/// Seats that a team pays for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct PaidSeats {
    /// Now; none where there is no subscription, or it doesn't say which of its items they are.
    pub(crate) now: Option<u64>,
    /// All seats from the next cycle on; none where they stay as many as they are.
    pub(crate) all_next: Option<u64>,
}

impl Told<'_> {
    /// An error where the item that is named isn't there, or has no count that can be read: how many seats are paid for isn't
    /// known then.
    pub(crate) fn read(self) -> Result<PaidSeats, Saying> {
        let all_next = counted(self.next_seat_count)?;
        let (Some(subscription), Some(named)) = (self.subscription, self.paid_seat_item_id) else {
            return Ok(PaidSeats { now: None, all_next });
        };
        let items = subscription.items.and_then(|items| items.data).unwrap_or_default();
        let item = items.into_iter().find(|item| item.id == named).ok_or_else(another_kind)?;
        let paid = counted(item.quantity)?.ok_or_else(another_kind)?;
        Ok(PaidSeats { now: Some(paid), all_next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<u64>, Option<u64>)> {
        let told: Told<'_> = serde_json::from_str(text).ok()?;
        told.read().ok().map(|seats| (seats.now, seats.all_next))
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
