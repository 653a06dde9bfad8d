//! One line of an invoice: what it can be for, and how it is written.

use super::{LineKind, Name, Prorated, Quantity, TimeShare};
use crate::catalog::Plan;
use headroom_exact::{Credits, Moment, Money, Period};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// One line of an invoice. The amount excludes tax and is rounded once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// Dollars; negative for a discount and a refund.
    pub amount: Money,
    /// The plan's id; none of a discount that is granted on the first payment (N3).
    pub plan: Option<&'static str>,
    /// How much, on a line of overage, seats, passes or an add-on pack.
    pub quantity: Option<Quantity>,
    /// Dollars for one of them.
    pub unit_price: Option<Money>,
    /// When a team was charged for it.
    pub charged_at: Option<Moment>,
    /// What time it is for.
    pub period: Option<Period>,
    /// Present when the amount is charged by days.
    pub prorated: Option<Prorated>,
    /// Present when the amount is charged by the time that remains.
    pub time_share: Option<TimeShare>,
    /// The tier of Kilo Pass.
    pub tier: Option<Name>,
    /// Whether credits were bought by themselves.
    pub automatic: bool,
    /// The profile of an organisation.
    pub profile: Option<Name>,
    /// The user of an organisation.
    pub user: Option<Name>,
}

impl Serialize for Line {
    /// Only what the kind of line has, and of a discount always whose it is.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("amount", &self.amount)?;
        if self.plan.is_some() || self.kind == LineKind::Discount {
            map.serialize_entry("plan", &self.plan)?;
        }
        entry(&mut map, "quantity", self.quantity.as_ref())?;
        entry(&mut map, "unit_price", self.unit_price.as_ref())?;
        entry(&mut map, "charged_at", self.charged_at.as_ref())?;
        entry(&mut map, "period", self.period.as_ref())?;
        entry(&mut map, "prorated", self.prorated.as_ref())?;
        entry(&mut map, "time_share", self.time_share.as_ref())?;
        entry(&mut map, "tier", self.tier.as_ref())?;
        if self.automatic {
            map.serialize_entry("automatic", &true)?;
        }
        entry(&mut map, "profile", self.profile.as_ref())?;
        entry(&mut map, "user", self.user.as_ref())?;
        map.end()
    }
}

fn entry<M: SerializeMap>(map: &mut M, name: &str, value: Option<&impl Serialize>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(name, value))
}

impl Line {
    const fn new(kind: LineKind, amount: Money) -> Self {
        Self {
            kind,
            amount,
            plan: None,
            quantity: None,
            unit_price: None,
            charged_at: None,
            period: None,
            prorated: None,
            time_share: None,
            tier: None,
            automatic: false,
            profile: None,
            user: None,
        }
    }

    /// The credits that it is for, where it is for credits.
    pub const fn quantity_of_credits(&self) -> Option<Credits> {
        match self.quantity {
            Some(Quantity::Credits(credits)) => Some(credits),
            Some(Quantity::Seats(_) | Quantity::Users(_) | Quantity::Passes(_)) | None => None,
        }
    }

    /// A plan's full fee for a cycle.
    pub fn subscription(plan: &'static Plan, period: Period) -> Self {
        Self {
            plan: Some(&plan.id),
            period: Some(period),
            ..Self::new(LineKind::Subscription, plan.monthly_price)
        }
    }

    /// A plan's fee for some days of a cycle (K8); `period` is the time it is charged for.
    pub fn prorated_subscription(plan: &'static Plan, period: Period, prorated: Prorated) -> Self {
        Self {
            amount: prorated.share_of(plan.monthly_price),
            prorated: Some(prorated),
            ..Self::subscription(plan, period)
        }
    }

    /// Less the `paid` fee of the plan that is left (K8, K9).
    pub fn discount(plan: &'static Plan, paid: Money) -> Self {
        Self { plan: Some(&plan.id), ..Self::new(LineKind::Discount, paid.negated()) }
    }

    /// Less what is granted on the first payment (N3).
    pub const fn first_payment_credit(credit: Money) -> Self {
        Self::new(LineKind::Discount, credit.negated())
    }

    /// A lower tier's fee for the month, given back in full (E4).
    pub fn refund(plan: &'static Plan, period: Period) -> Self {
        Self {
            kind: LineKind::Refund,
            amount: plan.monthly_price.negated(),
            ..Self::subscription(plan, period)
        }
    }

    /// The cycle's credits beyond the plan's (K5).
    pub fn overage(plan: &'static Plan, credits: Credits, unit_price: Money, period: Period) -> Self {
        Self {
            plan: Some(&plan.id),
            quantity: Some(Quantity::Credits(credits)),
            unit_price: Some(unit_price),
            period: Some(period),
            ..Self::new(LineKind::Overage, credits.priced(unit_price))
        }
    }

    /// Seats for the time of `period`: at the full price, or by days (T1, T2).
    pub fn seats(
        seats: u64,
        unit_price: Money,
        charged_at: Moment,
        period: Period,
        prorated: Option<Prorated>,
    ) -> Self {
        let price = unit_price.times(seats);
        Self {
            quantity: Some(Quantity::Seats(seats)),
            unit_price: Some(unit_price),
            charged_at: Some(charged_at),
            period: Some(period),
            prorated,
            ..Self::new(LineKind::Seats, prorated.map_or(price, |days| days.share_of(price)))
        }
    }

    /// Credits bought ahead (T3).
    pub fn credits(amount: Money, charged_at: Moment) -> Self {
        Self { charged_at: Some(charged_at), ..Self::new(LineKind::Credits, amount) }
    }

    /// An add-on pack of prepaid credits.
    pub fn pack(amount: Money, credits: Credits, unit_price: Money, charged_at: Moment) -> Self {
        Self {
            quantity: Some(Quantity::Credits(credits)),
            unit_price: Some(unit_price),
            ..Self::credits(amount, charged_at)
        }
    }

    /// The same, bought by itself because little was left.
    pub fn automatic_credits(amount: Money, charged_at: Moment) -> Self {
        Self { automatic: true, ..Self::credits(amount, charged_at) }
    }

    /// Kilo Pass for the time of `period`: at the full price, or the share that remains of a cycle.
    pub fn pass(
        passes: u64,
        (tier, unit_price): (&Name, Money),
        charged_at: Moment,
        period: Period,
        time_share: Option<TimeShare>,
    ) -> Self {
        let price = unit_price.times(passes);
        Self {
            quantity: Some(Quantity::Passes(passes)),
            unit_price: Some(unit_price),
            charged_at: Some(charged_at),
            period: Some(period),
            time_share,
            tier: Some(tier.clone()),
            ..Self::new(LineKind::Pass, time_share.map_or(price, |share| share.share_of(price)))
        }
    }

    /// The vendor's fee on a purchase of credits, or on Kilo Pass.
    pub fn fee(amount: Money, charged_at: Moment) -> Self {
        Self { charged_at: Some(charged_at), ..Self::new(LineKind::Fee, amount) }
    }

    /// The same for a user under a profile (E6).
    #[must_use]
    pub fn of(self, profile: &Name, user: &Name) -> Self {
        Self { profile: Some(profile.clone()), user: Some(user.clone()), ..self }
    }
}
