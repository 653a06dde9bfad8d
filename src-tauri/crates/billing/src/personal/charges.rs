//! What a person's purchases of credits charged, month by month, from the purchases that the vendor still lists.
//!
//! A purchase charges its amount and the vendor's fee on it (A33). The vendor lists no invoices, so a month that had begun
//! before it was first asked is the least that was charged: what was used up by then it may not list any more. So is one that
//! went on after it was last asked: what was bought since then it never listed.

use crate::Assumption;
use crate::catalog::TeamEdition;
use crate::charges::{Charge, Known, PeriodCharges, months};
use crate::invoice::{Invoice, Line};
use crate::team::charges::Purchase;
use headroom_exact::{Decimal, Moment, Money};
use std::collections::BTreeMap;

/// The purchases that were ever listed, by the vendor's id, as they were listed last.
pub type Purchases<'a> = BTreeMap<&'a str, Purchase<'a>>;

/// When the vendor listed purchases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    /// For the first time.
    pub first: Moment,
    /// For the last time.
    pub last: Moment,
}

/// What a month charged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MonthCharges {
    /// The charges.
    pub charged: PeriodCharges,
    /// Whether it had begun before the vendor first listed anything.
    pub began_before: bool,
    /// Whether it went on for more than a day after the vendor last listed anything.
    pub went_on: bool,
    /// What it rests on that no source settles.
    pub assumptions: Vec<Assumption>,
}

/// The invoice of a purchase: dollars and cents, else what was charged isn't known.
fn invoice(purchase: &Purchase<'_>, edition: &TeamEdition) -> Option<Invoice> {
    let amount = purchase.amount.whole_cents()?;
    let fee = Some(edition.credits.fee_on(amount)).filter(|fee: &Money| fee.is_positive());
    let mut lines = vec![Line::credits(amount, purchase.at)];
    lines.extend(fee.map(|fee| Line::fee(fee, purchase.at)));
    Invoice::issue(purchase.at, lines, Decimal::ZERO)
}

/// The months up to now from the one of the first purchase, or in which the vendor first listed any: the oldest first.
pub fn by_month(
    purchases: &Purchases<'_>,
    listed: Listed,
    edition: &TeamEdition,
    now: Moment,
) -> Vec<MonthCharges> {
    let mut in_order: Vec<_> = purchases.values().filter(|purchase| purchase.at <= now).collect();
    in_order.sort_by_key(|purchase| (purchase.at, purchase.id));
    let first = in_order.first().map_or(listed.first, |purchase| purchase.at.min(listed.first));
    let of_month = |month: headroom_exact::Month| {
        let period = month.period();
        let bought = in_order.iter().filter(|purchase| period.contains(purchase.at));
        let invoices: Vec<_> = bought.map(|purchase| invoice(purchase, edition)).collect();
        let began_before = period.start < listed.first;
        // Figures of a day count (V8), so a month that ended, or runs on, within a day of the last list is known.
        let went_on = listed.last < period.end && listed.last.plus_days(1) < now;
        let is_missing = began_before || went_on || invoices.iter().any(Option::is_none);
        let known = Known::unless_missing(is_missing);
        let charges: Vec<_> =
            invoices.into_iter().flatten().map(|invoice| Charge::of(invoice, Known::Whole)).collect();
        let assumptions = (!charges.is_empty()).then_some(Assumption::OwnPurchases);
        MonthCharges {
            charged: PeriodCharges { period, closed: period.end <= now, charges, known },
            began_before,
            went_on,
            assumptions: assumptions.into_iter().collect(),
        }
    };
    months(first, now).map(of_month).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;
    use crate::Total;
    use headroom_exact::Balance;

    #[test]
    fn purchases_are_charged_with_the_fee_in_their_month_and_earlier_months_are_the_least() {
        let at = |text: &str| text.parse::<Moment>().expect("a moment");
        let edition = Catalog::built_in().team_edition("kilo-2026").expect("a price list");
        let bought = |id, moment, millionths| {
            let amount = Balance::of_millionths(millionths);
            (id, Purchase { id, at: at(moment), amount })
        };
        let purchases: Purchases<'_> = [
            bought("a", "2026-09-03T08:00:00Z", 20_000_000),
            bought("b", "2026-11-01T00:00:00Z", 50_000_000),
            bought("c", "2026-11-20T08:00:00Z", 33_330_000),
            bought("d", "2026-12-01T00:00:00Z", 10_000_000),
        ]
        .into();
        let now = at("2026-11-26T03:00:00Z");
        let listed = Listed { first: at("2026-10-05T00:00:00Z"), last: now };
        let of = |purchases| by_month(purchases, listed, edition, now);
        let totals: Vec<_> = of(&purchases)
            .iter()
            .map(|month| {
                (month.charged.period.start.to_string(), month.charged.total(), month.charged.closed)
            })
            .collect();
        let total = |cents| Total::Whole(Money::from_hundredths(cents));
        assert_eq!(
            totals,
            [
                ("2026-09-01T00:00:00Z".to_owned(), Total::of(Money::from_hundredths(2_100), true), true),
                ("2026-10-01T00:00:00Z".to_owned(), Total::of(Money::ZERO, true), true),
                // 50 and 2.50; 33.33 and 1.67 (1.6665, rounded half away from zero).
                ("2026-11-01T00:00:00Z".to_owned(), total(5_250 + 3_500), false),
            ]
        );
        let odd: Purchases<'_> = [bought("o", "2026-11-03T08:00:00Z", 1_234_567)].into();
        let november = of(&odd).pop().expect("a month").charged;
        assert_eq!((november.charges.len(), november.known), (0, Known::InPart), "no cents: it isn't known");
        assert_eq!(of(&Purchases::new()).len(), 2, "from the month of the first list on");
    }

    /// Found in November 2026: a month in which nobody was asked had "nothing charged".
    #[test]
    fn what_a_month_charged_after_the_last_list_isnt_known() {
        let at = |text: &str| text.parse::<Moment>().expect("a moment");
        let edition = Catalog::built_in().team_edition("kilo-2026").expect("a price list");
        let amount = Balance::of_millionths(20_000_000);
        let bought = Purchase { id: "a", at: at("2026-10-03T08:00:00Z"), amount };
        let purchases: Purchases<'_> = [("a", bought)].into();
        let known = |last: &str, now: &str| {
            let listed = Listed { first: at("2026-09-30T00:00:00Z"), last: at(last) };
            let months = by_month(&purchases, listed, edition, at(now));
            months.iter().skip(1).map(|month| (month.charged.total(), month.went_on)).collect::<Vec<_>>()
        };
        let total = |cents, in_part| (Total::of(Money::from_hundredths(cents), in_part), in_part);
        assert_eq!(
            known("2026-10-12T09:00:00Z", "2026-11-11T00:00:00Z"),
            [total(2_100, true), total(0, true)],
            "neither the rest of October nor November was ever asked about"
        );
        assert_eq!(
            known("2026-11-01T00:00:00Z", "2026-11-01T23:00:00Z"),
            [total(2_100, false), total(0, false)]
        );
        assert_eq!(
            known("2026-10-31T23:30:00Z", "2026-11-01T00:10:00Z"),
            [total(2_100, false), total(0, false)]
        );
        assert_eq!(
            known("2026-10-31T23:30:00Z", "2026-11-03T00:00:00Z"),
            [total(2_100, true), total(0, true)]
        );
        assert_eq!(
            known("2026-11-02T00:00:00Z", "2026-11-05T00:00:00Z"),
            [total(2_100, false), total(0, true)]
        );
    }
}
