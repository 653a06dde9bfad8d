//! Who a month's reports name, with what the rules charge for them.

use super::explanation::Reported;
use crate::{Invoice, LineKind};
use headroom_exact::{Credits, Money};
use std::collections::BTreeMap;

/// A user under a profile, as a bill is compared with them ([`Reported`]).
pub struct Seen {
    /// Who.
    pub user: String,
    /// The plan's id and its fee; none on Free, or where the tier isn't known.
    pub seat: Option<(&'static str, Money)>,
    /// Credits beyond the plan and what they cost.
    pub overage: (Credits, Money),
    /// Whether the price list has every tier that the reports name for them.
    pub is_priced: bool,
    /// Whether some of what they used is beyond their credits with overage off.
    pub is_off: bool,
    /// The most credits of overage that the reports allow.
    pub cap: Option<Credits>,
    /// Whether all their rows say their credits.
    pub is_whole: bool,
}

impl Seen {
    /// Nothing is charged for them yet.
    pub fn of(user: &str) -> Self {
        Self {
            user: user.to_owned(),
            seat: None,
            overage: (Credits::ZERO, Money::ZERO),
            is_priced: true,
            is_off: false,
            cap: None,
            is_whole: true,
        }
    }

    /// The same to compare.
    pub fn reported(&self) -> Reported<'_> {
        let Self { user, seat, overage, is_priced, is_off, cap, is_whole } = self;
        Reported {
            user,
            seat: *seat,
            overage: *overage,
            is_priced: *is_priced,
            is_off: *is_off,
            cap: *cap,
            is_whole: *is_whole,
        }
    }
}

/// Everybody whom a month's rows name, by profile and user, with what its invoice charges for them.
pub fn with_charges(mut people: BTreeMap<(String, String), Seen>, invoice: Option<&Invoice>) -> Vec<Seen> {
    for line in invoice.iter().flat_map(|invoice| &invoice.lines) {
        let (Some(profile), Some(user)) = (&line.profile, &line.user) else { continue };
        let key = (profile.as_str().to_owned(), user.as_str().to_owned());
        let seen = people.entry(key).or_insert_with(|| Seen::of(user.as_str()));
        match line.kind {
            // The lines of a change of tier: the last one is the tier, all of them together its fee (E4).
            LineKind::Subscription | LineKind::Refund | LineKind::Discount => {
                let before = seen.seat.map_or(Money::ZERO, |(_, fee)| fee);
                let plan = line.plan.or(seen.seat.map(|(plan, _)| plan)).unwrap_or_default();
                seen.seat = Some((plan, before.plus(line.amount)));
            }
            LineKind::Overage => {
                let credits = line.quantity_of_credits().unwrap_or_default();
                seen.overage = (seen.overage.0.plus(credits), seen.overage.1.plus(line.amount));
            }
            LineKind::Seats | LineKind::Credits | LineKind::Pass | LineKind::Fee => {}
        }
    }
    people.into_values().collect()
}
