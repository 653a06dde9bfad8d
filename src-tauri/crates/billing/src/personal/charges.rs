//! What a person's purchases of credits charged, month by month, from the purchases that the vendor still lists.
//!
//! A purchase charges its amount and the vendor's fee on it (A33). The vendor lists no invoices, so a month that had begun
//! before it was first asked is the least that was charged: what was used up by then it may not list any more.

use crate::Assumption;
use crate::catalog::TeamEdition;
use crate::charges::{Charge, Known, PeriodCharges, months};
use crate::invoice::{Invoice, Line};
use crate::team::charges::Purchase;
use headroom_exact::{Decimal, Moment, Money};
use std::collections::BTreeMap;

/// The purchases that were ever listed, by the vendor's id, as they were listed last.
pub type Purchases<'a> = BTreeMap<&'a str, Purchase<'a>>;

/// What a month charged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MonthCharges {
    /// The charges.
    pub charged: PeriodCharges,
    /// Whether it had begun before the vendor first listed anything.
    pub began_before: bool,
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
    first_listed_at: Moment,
    edition: &TeamEdition,
    now: Moment,
) -> Vec<MonthCharges> {
    let mut in_order: Vec<_> = purchases.values().filter(|purchase| purchase.at <= now).collect();
    in_order.sort_by_key(|purchase| (purchase.at, purchase.id));
    let first = in_order.first().map_or(first_listed_at, |purchase| purchase.at.min(first_listed_at));
    let of_month = |month: headroom_exact::Month| {
        let period = month.period();
        let bought = in_order.iter().filter(|purchase| period.contains(purchase.at));
        let invoices: Vec<_> = bought.map(|purchase| invoice(purchase, edition)).collect();
        let began_before = period.start < first_listed_at;
        let is_missing = began_before || invoices.iter().any(Option::is_none);
        let known = Known::unless_missing(is_missing);
        let charges: Vec<_> =
            invoices.into_iter().flatten().map(|invoice| Charge::of(invoice, Known::Whole)).collect();
        let assumptions = (!charges.is_empty()).then_some(Assumption::OwnPurchases);
        MonthCharges {
            charged: PeriodCharges { period, closed: period.end <= now, charges, known },
            began_before,
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
        let of =
            |purchases| by_month(purchases, at("2026-10-05T00:00:00Z"), edition, at("2026-11-26T03:00:00Z"));
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
}
