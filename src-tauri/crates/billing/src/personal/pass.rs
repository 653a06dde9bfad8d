//! A person's Kilo Pass as the vendor tells it, and what it charges next.

use crate::Assumption;
use crate::catalog::{PassTier, TeamEdition};
use crate::charges::{Charge, Known};
use crate::invoice::{Invoice, Line};
use chrono::{Datelike, Months};
use headroom_exact::{Balance, Decimal, Moment, Month, Period};

/// Where a Kilo Pass stands by the vendor's word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PassState {
    /// It runs, and is billed again.
    Runs,
    /// It runs until what is paid ends.
    Ends,
    /// A payment is failing.
    Fails,
    /// It rests.
    Paused,
    /// Its first payment hasn't been made.
    Pending,
    /// There is none any more.
    Over,
    /// The vendor says something that isn't known.
    Unknown,
}

impl PassState {
    /// Of the vendor's word for it (a subscription's status at its bank), and whether it ends with what is paid; that is none
    /// where it isn't told.
    pub fn told(status: &str, ends: Option<bool>) -> Self {
        match (status, ends) {
            ("active" | "trialing", Some(true)) => Self::Ends,
            ("active" | "trialing", Some(false) | None) => Self::Runs,
            ("past_due" | "unpaid", _) => Self::Fails,
            ("paused", _) => Self::Paused,
            ("incomplete", _) => Self::Pending,
            ("canceled" | "incomplete_expired" | "ended", _) => Self::Over,
            _ => Self::Unknown,
        }
    }

    /// Whether it has credits of a running month.
    const fn has_a_month(self) -> bool {
        match self {
            Self::Runs | Self::Ends | Self::Fails | Self::Unknown => true,
            Self::Paused | Self::Pending | Self::Over => false,
        }
    }
}

/// What the vendor says of it. What it doesn't say is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldPass<'t> {
    /// The tier, such as `tier_49`.
    pub tier: &'t str,
    /// Where it stands.
    pub state: PassState,
    /// `monthly` or `yearly`.
    pub cadence: Option<&'t str>,
    /// Who bills it.
    pub provider: Option<&'t str>,
    /// When it began.
    pub started_at: Option<Moment>,
    /// When it is billed next.
    pub next_billing_at: Option<Moment>,
    /// When the next month's credits come, where a year is paid at once.
    pub next_issue_at: Option<Moment>,
    /// Dollars of credits of the running month.
    pub base: Option<Balance>,
    /// Dollars spent in it.
    pub used: Option<Balance>,
    /// Whether its bonus is there.
    pub unlocked: Option<bool>,
}

/// What a Kilo Pass charges next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NextCharge {
    /// Nothing: it ends, or there is none.
    Nothing,
    /// That.
    Charge {
        /// The invoice, at least where somebody may add the vendor's fee to it.
        charge: Charge,
        /// What it rests on that no source settles.
        assumptions: Vec<Assumption>,
    },
    /// Something at that moment; how much isn't known.
    AmountUnknown(Moment),
    /// Whether and when isn't known.
    Unknown,
}

/// Months that are paid at once.
fn months_paid(cadence: &str) -> Option<u32> {
    match cadence {
        "monthly" => Some(1),
        "yearly" => Some(12),
        _ => None,
    }
}

impl ToldPass<'_> {
    /// When the running month of credits ends; none where that isn't told. Where nobody says how it is paid, it may be a year
    /// that ends at the next billing.
    pub fn month_ends_at(&self) -> Option<Moment> {
        self.next_issue_at.or(self.next_billing_at.filter(|_| self.cadence == Some("monthly")))
    }

    /// From when on another month runs at the latest.
    fn ends_by(&self) -> Option<Moment> {
        self.next_issue_at.or(self.next_billing_at.filter(|_| self.cadence != Some("yearly")))
    }

    /// Whether what is told of the month is about the one that runs (V2): it isn't once that has ended.
    pub fn is_of_the_running_month(&self, now: Moment) -> bool {
        self.state.has_a_month() && self.ends_by().is_none_or(|end| end > now)
    }

    /// Dollars that are still to be spent before the bonus comes; none where it is there, or that isn't known.
    pub fn unlocks_after(&self, now: Moment) -> Option<Balance> {
        let is_locked = self.unlocked != Some(true) && self.is_of_the_running_month(now);
        let (base, used) = self.base.zip(self.used).filter(|_| is_locked)?;
        Some(base.minus(used)).filter(|left| left.is_positive())
    }

    /// The tier by a price list.
    pub fn tier_of<'e>(&self, edition: &'e TeamEdition) -> Option<&'e PassTier> {
        edition.pass.as_ref()?.told_as(self.tier)
    }

    /// The tier and the credits of the running month, where the vendor names both and the price list has others for that
    /// tier: one of them isn't of what is billed next.
    pub fn contradiction<'e>(
        &self,
        edition: &'e TeamEdition,
        now: Moment,
    ) -> Option<(&'e PassTier, Balance)> {
        let (tier, base) = self.tier_of(edition).zip(self.base)?;
        let differs = self.is_of_the_running_month(now) && base != Balance::of_money(tier.terms.base);
        differs.then_some((tier, base))
    }

    /// What is billed next by the vendor's word for when, and by the price list for how much (A24, A32).
    pub fn next_charge(&self, edition: &TeamEdition, now: Moment) -> NextCharge {
        match self.state {
            PassState::Ends | PassState::Over => return NextCharge::Nothing,
            PassState::Fails | PassState::Paused | PassState::Pending | PassState::Unknown => {
                return NextCharge::Unknown;
            }
            PassState::Runs => {}
        }
        let Some(at) = self.next_billing_at.filter(|at| *at > now) else { return NextCharge::Unknown };
        self.charge_at(edition, at).unwrap_or(NextCharge::AmountUnknown(at))
    }

    /// Up to when a billing pays: the same day of a later month. A billing at the end of a month that lacks the day it began
    /// on leaves no trace: the next is on that day again, where its month has it.
    fn paid_until(&self, billed_at: Moment, months: u32) -> Option<Moment> {
        let (day, month) = (billed_at.date(), Month::of_date(billed_at.date()));
        let until = billed_at.utc().checked_add_months(Months::new(months))?;
        let began_on = self.started_at.map_or(day.day(), |began| began.date().day());
        if day != month.last_date() || began_on <= day.day() {
            return Some(until.into());
        }
        let last = Month::of_date(until.date_naive()).last_date();
        until.with_day(began_on.min(last.day())).map(Moment::from)
    }

    fn charge_at(&self, edition: &TeamEdition, at: Moment) -> Option<NextCharge> {
        let (offer, tier) = edition.pass.as_ref().zip(self.tier_of(edition))?;
        let months = months_paid(self.cadence?)?;
        let price = tier.terms.price.times(u64::from(months));
        let period = Period { start: at, end: self.paid_until(at, months)? };
        let mut lines = vec![Line::pass(1, (&tier.terms.tier, price), at, period, None)];
        let is_billed_by_kilo = self.provider.map(|provider| provider == "stripe");
        let fee = edition.credits.fee_on(price);
        if is_billed_by_kilo == Some(true) && offer.has_fee_at(at) && fee.is_positive() {
            lines.push(Line::fee(fee, at));
        }
        let by_the_year = (months > 1).then_some(Assumption::PassByTheYear);
        let assumptions = [by_the_year, Some(Assumption::OwnPass)].into_iter().flatten().collect();
        let known = Known::unless_missing(is_billed_by_kilo.is_none());
        let charge = Charge::of(Invoice::issue(at, lines, Decimal::ZERO)?, known);
        Some(NextCharge::Charge { charge, assumptions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn edition() -> &'static TeamEdition {
        Catalog::built_in().team_edition("kilo-2026").expect("a price list")
    }

    fn told() -> ToldPass<'static> {
        ToldPass {
            tier: "tier_49",
            state: PassState::Runs,
            cadence: Some("monthly"),
            provider: Some("stripe"),
            started_at: Some(at("2026-09-14T09:00:00Z")),
            next_billing_at: Some(at("2026-12-14T09:00:00Z")),
            next_issue_at: None,
            base: Some(Balance::of_millionths(49_000_000)),
            used: Some(Balance::of_millionths(31_200_000)),
            unlocked: Some(false),
        }
    }

    /// Its moment, its lines' amounts, whether it is the least.
    fn charged(told: &ToldPass<'_>) -> Option<(String, Vec<String>, bool)> {
        match told.next_charge(edition(), at("2026-11-26T03:00:00Z")) {
            NextCharge::Charge { charge, .. } => Some((
                charge.invoice.issued_at.to_string(),
                charge.invoice.lines.iter().map(|line| line.amount.to_string()).collect(),
                charge.at_least,
            )),
            NextCharge::Nothing | NextCharge::AmountUnknown(_) | NextCharge::Unknown => None,
        }
    }

    #[test]
    fn the_next_billing_charges_the_tiers_price_with_the_fee_where_kilo_bills_itself() {
        let when = "2026-12-14T09:00:00Z".to_owned();
        let amounts =
            |amounts: &[&str]| amounts.iter().map(|amount| (*amount).to_owned()).collect::<Vec<_>>();
        assert_eq!(charged(&told()), Some((when.clone(), amounts(&["49.00", "2.45"]), false)));
        let shop = ToldPass { provider: Some("app_store"), ..told() };
        assert_eq!(
            charged(&shop),
            Some((when.clone(), amounts(&["49.00"]), false)),
            "a shop bills otherwise"
        );
        let nobody = ToldPass { provider: None, ..told() };
        assert_eq!(
            charged(&nobody),
            Some((when.clone(), amounts(&["49.00"]), true)),
            "the fee may come to it"
        );
        let yearly = ToldPass { cadence: Some("yearly"), tier: "tier_199", ..told() };
        assert_eq!(charged(&yearly), Some((when, amounts(&["2388.00", "119.40"]), false)));
    }

    /// Found in November 2026: what is billed on 30 November of a pass that began on the 31st was paid up to 30 December.
    #[test]
    fn a_billing_at_a_short_months_end_pays_up_to_the_day_it_began_on() {
        let until = |started: Option<&str>, billing: &str, cadence: &'static str| {
            let (started_at, next_billing_at) = (started.map(at), Some(at(billing)));
            let told = ToldPass { started_at, next_billing_at, cadence: Some(cadence), ..told() };
            match told.next_charge(edition(), at("2026-11-26T03:00:00Z")) {
                NextCharge::Charge { charge, .. } => {
                    charge.invoice.lines[0].period.expect("a period").end.to_string()
                }
                other @ (NextCharge::Nothing | NextCharge::AmountUnknown(_) | NextCharge::Unknown) => {
                    panic!("{other:?}")
                }
            }
        };
        for (started, billing, cadence, end) in [
            (Some("2026-08-31T09:00:00Z"), "2026-11-30T09:00:00Z", "monthly", "2026-12-31T09:00:00Z"),
            (Some("2026-01-31T09:00:00Z"), "2027-02-28T09:00:00Z", "monthly", "2027-03-31T09:00:00Z"),
            (Some("2026-01-30T09:00:00Z"), "2027-02-28T09:00:00Z", "monthly", "2027-03-30T09:00:00Z"),
            (Some("2026-01-29T09:00:00Z"), "2028-02-29T09:00:00Z", "monthly", "2028-03-29T09:00:00Z"),
            (Some("2024-02-29T09:00:00Z"), "2027-02-28T09:00:00Z", "yearly", "2028-02-29T09:00:00Z"),
            (Some("2026-08-31T09:00:00Z"), "2026-12-31T09:00:00Z", "monthly", "2027-01-31T09:00:00Z"),
            // It is billed on another day than it began on.
            (Some("2026-08-31T09:00:00Z"), "2026-12-14T09:00:00Z", "monthly", "2027-01-14T09:00:00Z"),
            (Some("2026-08-14T09:00:00Z"), "2026-11-30T09:00:00Z", "monthly", "2026-12-30T09:00:00Z"),
            (None, "2026-11-30T09:00:00Z", "monthly", "2026-12-30T09:00:00Z"),
        ] {
            assert_eq!(until(started, billing, cadence), end, "{started:?} {billing} {cadence}");
        }
    }

    #[test]
    fn what_isnt_told_is_not_known_and_what_ends_charges_nothing() {
        let next = |told: ToldPass<'_>| told.next_charge(edition(), at("2026-11-26T03:00:00Z"));
        let billed = NextCharge::AmountUnknown(at("2026-12-14T09:00:00Z"));
        assert_eq!(next(ToldPass { tier: "tier_99", ..told() }), billed);
        assert_eq!(next(ToldPass { cadence: Some("weekly"), ..told() }), billed);
        assert_eq!(next(ToldPass { cadence: None, ..told() }), billed);
        for next_billing_at in [None, Some(at("2026-11-14T09:00:00Z"))] {
            assert_eq!(next(ToldPass { next_billing_at, ..told() }), NextCharge::Unknown);
        }
        for (status, ends, expected) in [
            ("active", Some(true), NextCharge::Nothing),
            ("canceled", None, NextCharge::Nothing),
            ("past_due", Some(false), NextCharge::Unknown),
            ("paused", None, NextCharge::Unknown),
            ("incomplete", None, NextCharge::Unknown),
            ("something-new", None, NextCharge::Unknown),
        ] {
            assert_eq!(
                next(ToldPass { state: PassState::told(status, ends), ..told() }),
                expected,
                "{status}"
            );
        }
        let first = Catalog::built_in().team_edition("kilo-2025").expect("a price list");
        assert_eq!(told().next_charge(first, at("2026-11-26T03:00:00Z")), billed, "it has no Kilo Pass");
    }

    #[test]
    fn a_tier_and_a_months_credits_that_contradict_each_other_are_named() {
        let now = at("2026-11-26T03:00:00Z");
        let found = |told: &ToldPass<'_>, now| {
            told.contradiction(edition(), now).map(|(tier, base)| (tier.id.clone(), base.to_string()))
        };
        let base = |dollars: i128| Some(Balance::of_millionths(dollars * 1_000_000));
        for (tier, told_base, expected) in [
            ("tier_19", base(19), None),
            ("tier_49", base(49), None),
            ("tier_199", base(199), None),
            ("tier_49", base(19), Some("19.000000")),
            ("tier_19", base(199), Some("199.000000")),
            ("tier_49", Some(Balance::of_millionths(49_000_001)), Some("49.000001")),
            ("tier_49", base(0), Some("0.000000")),
            ("tier_49", None, None),
            ("tier_99", base(99), None),
        ] {
            let told = ToldPass { tier, base: told_base, ..told() };
            let named = found(&told, now).map(|(_, base)| base);
            assert_eq!(named.as_deref(), expected, "{tier} {told_base:?}");
        }
        let differs = ToldPass { base: base(19), ..told() };
        assert_eq!(found(&differs, at("2026-12-14T09:00:00Z")), None, "that month has ended");
        assert_eq!(found(&ToldPass { state: PassState::Over, ..differs }, now), None);
    }

    #[test]
    fn the_month_is_the_one_that_ends_at_the_next_issue_else_at_the_next_billing() {
        let now = at("2026-11-26T03:00:00Z");
        let unlocks = |told: &ToldPass<'_>, now| told.unlocks_after(now).map(|left| left.to_string());
        assert_eq!(unlocks(&told(), now).as_deref(), Some("17.800000"));
        assert_eq!(unlocks(&told(), at("2026-12-14T09:00:00Z")), None, "another month runs by then");
        let spent = ToldPass { used: told().base, ..told() };
        assert_eq!(unlocks(&spent, now), None);
        assert_eq!(unlocks(&ToldPass { unlocked: Some(true), ..told() }, now), None);
        assert_eq!(unlocks(&ToldPass { used: None, ..told() }, now), None);
        let yearly = ToldPass {
            cadence: Some("yearly"),
            next_billing_at: Some(at("2027-09-14T09:00:00Z")),
            next_issue_at: Some(at("2026-11-14T09:00:00Z")),
            ..told()
        };
        assert!(!yearly.is_of_the_running_month(now), "its month ended, though its year hasn't");
        let untold = ToldPass { next_issue_at: None, ..yearly };
        assert_eq!((untold.month_ends_at(), untold.is_of_the_running_month(now)), (None, true));
        let over = ToldPass { state: PassState::Over, ..told() };
        assert!(!over.is_of_the_running_month(now));
    }

    /// Found in November 2026: of a pass that may be paid by the year the month was said to end at the year's billing.
    #[test]
    fn where_nobody_says_how_it_is_paid_the_months_end_isnt_known() {
        let untold = ToldPass { cadence: None, ..told() };
        let before = at("2026-11-26T03:00:00Z");
        assert_eq!((untold.month_ends_at(), untold.is_of_the_running_month(before)), (None, true));
        assert!(!untold.is_of_the_running_month(at("2026-12-14T09:00:00Z")), "whatever is paid at once");
        let issued = ToldPass { next_issue_at: untold.next_billing_at, ..untold };
        assert_eq!(issued.month_ends_at(), Some(at("2026-12-14T09:00:00Z")));
    }
}
