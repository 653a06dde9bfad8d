//! A user's lines of a bill beside what the rules charge for them. Where a bill names no users, everybody whom it doesn't
//! name is compared at once.

use super::explanation::{BilledLine, Deduction, Extent, Item, Reason, Reported, RowItem};
use super::findings::Findings;
use crate::catalog::{Edition, Plan};
use headroom_exact::{Cost, Credits, Money, division};
use std::collections::BTreeMap;

/// Billionths of a month.
const MONTH: i128 = 1_000_000_000;
/// A month that is spread over its days is a whole one although its days, cut off, fall short of it.
const CUT_OFF: i128 = 1_000_000;
/// Billionths of half a cent: so much each rounded line can be off.
const HALF_A_CENT: i128 = 5_000_000;

/// What a bill and the reports have of somebody.
#[derive(Default)]
pub(super) struct Party<'p> {
    pub lines: Vec<&'p BilledLine<'p>>,
    pub people: Vec<&'p Reported<'p>>,
}

/// A tier on the bill: months, what they cost, and as which plan the price list has it.
struct Tier<'p> {
    months: i128,
    cost: Cost,
    plan: Option<&'p Plan>,
}

/// Seats that are charged in full, on the bill and by the rules.
struct Seats<'p> {
    billed: i128,
    computed: i128,
    /// The tiers of those that are billed.
    tiers: Vec<&'p str>,
    /// What the bill's come to more.
    more: Cost,
}

fn magnitude(cost: Cost) -> Cost {
    if cost < Cost::ZERO { Cost::ZERO.minus(cost) } else { cost }
}

fn seats_cost(seats: i128, price: Money) -> Cost {
    Cost::of_billionths(seats.saturating_mul(MONTH), price)
}

/// Seats that so many months are of: a part of one is one that is charged for a part.
fn begun(months: i128) -> i128 {
    let (down, rest) = division::split(months, MONTH);
    down.saturating_add((rest > CUT_OFF).into())
}

impl<'p> Party<'p> {
    fn is_named(&self) -> bool {
        self.lines.iter().all(|line| !line.user.is_empty())
    }

    fn cost(&self, is_of: impl Fn(&Item<'p>) -> bool) -> Cost {
        self.lines.iter().filter(|line| is_of(&line.item)).map(|line| line.cost).sum()
    }

    /// Whether something is charged, not only paid back.
    pub fn is_charged(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.item, Item::Tier(_) | Item::Credits))
    }

    fn has_seats(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.item, Item::Tier(_)))
    }

    /// Compares both sides, and tells what it finds.
    pub fn compare(&self, edition: &'p Edition, extent: Extent, findings: &mut Findings<'p>) {
        let refund = RowItem::Deduction(Deduction::Refund);
        let refunded = Some(Reason::Deducted(Deduction::Refund));
        if self.people.is_empty() {
            // Fee and refund alike are nothing.
            let all = self.cost(|_| true);
            let (reason, item) = if self.is_charged() {
                (Some(Reason::NotInReports), self.seat_item())
            } else {
                (refunded, refund)
            };
            return findings.add(reason, self.row(item, all));
        }
        let seats = self.seats(edition, findings);
        let refunds = self.cost(|item| *item == Item::Deduction(Deduction::Refund));
        // What was paid back of a seat is no seat (E4).
        let back = if seats.more > Cost::ZERO && refunds < Cost::ZERO {
            seats.more.min(Cost::ZERO.minus(refunds))
        } else {
            Cost::ZERO
        };
        let more = seats.more.minus(back);
        if more != Cost::ZERO {
            let item =
                if let [tier] = *seats.tiers { RowItem::Tier(tier.to_owned()) } else { RowItem::Seats };
            findings.add(Some(self.seat_reason(&seats, more)), self.row(item, more));
        }
        findings.add(refunded, self.row(refund, refunds.plus(back)));
        self.overage(&seats, edition, extent, findings);
    }

    /// Seats tier by tier: what isn't a whole month at the list's price is told apart.
    fn seats(&self, edition: &'p Edition, findings: &mut Findings<'p>) -> Seats<'p> {
        let mut tiers: BTreeMap<&str, Tier<'p>> = BTreeMap::new();
        for line in &self.lines {
            let Item::Tier(spelled) = line.item else { continue };
            let plan = edition.plan_of_tier(spelled);
            let tier = tiers.entry(plan.map_or(spelled, |plan| &plan.id));
            let tier = tier.or_insert(Tier { months: 0, cost: Cost::ZERO, plan });
            tier.months = tier.months.saturating_add(line.quantity);
            tier.cost = tier.cost.plus(line.cost);
        }
        let held: Vec<_> = self.people.iter().filter_map(|person| person.seat).collect();
        let fees: Money = held.iter().map(|(_, fee)| *fee).sum();
        let computed = i128::try_from(held.len()).unwrap_or(i128::MAX);
        let mut seats =
            Seats { billed: 0, computed, tiers: Vec::new(), more: Cost::ZERO.minus(Cost::from(fees)) };
        for (name, Tier { months, cost, plan }) in tiers {
            let item = || RowItem::Tier(name.to_owned());
            let Some(plan) = plan else {
                findings.add(Some(Reason::UnknownTier), self.row(item(), cost));
                continue;
            };
            let price = plan.monthly_price;
            let full = if months == 0 {
                let of_tier = held.iter().filter(|(plan, _)| *plan == name).count();
                let full = whole_seats(cost, price).unwrap_or(i128::try_from(of_tier).unwrap_or(i128::MAX));
                findings.add(None, self.row(item(), cost.minus(seats_cost(full, price))));
                full
            } else {
                let full = begun(months);
                let at_list = Cost::of_billionths(months, price);
                // Why a price would be higher than the list's nothing tells.
                let reason = (cost < at_list).then_some(Reason::LowerRate);
                findings.add(reason, self.row(item(), cost.minus(at_list)));
                let in_part = at_list.minus(seats_cost(full, price));
                findings.add(Some(Reason::PartOfMonth), self.row(item(), in_part));
                full
            };
            if full != 0 {
                seats.tiers.push(name);
            }
            seats.billed = seats.billed.saturating_add(full);
            seats.more = seats.more.plus(seats_cost(full, price));
        }
        seats
    }

    fn seat_reason(&self, seats: &Seats<'_>, more: Cost) -> Reason {
        let is_more = more > Cost::ZERO;
        if is_more && self.people.iter().any(|person| !person.is_priced) {
            return Reason::UnknownTier;
        }
        if is_more && seats.billed > seats.computed {
            return match (self.is_named(), seats.computed, seats.tiers.len()) {
                (false, ..) => Reason::NotInReports,
                (true, 0, _) => Reason::OnFree,
                (true, _, 0 | 1) => Reason::ChargedTwice,
                (true, ..) => Reason::BothTiers,
            };
        }
        if !is_more && seats.billed < seats.computed { Reason::NotOnBill } else { Reason::OtherTier }
    }

    fn overage(&self, seats: &Seats<'_>, edition: &Edition, extent: Extent, findings: &mut Findings<'p>) {
        let billed = self.cost(|item| *item == Item::Credits);
        let computed: Money = self.people.iter().map(|person| person.overage.1).sum();
        let more = billed.minus(Cost::from(computed));
        let lines = self.people.iter().filter(|person| !person.overage.1.is_zero()).count().max(1);
        let off = HALF_A_CENT.saturating_mul(i128::try_from(lines).unwrap_or(i128::MAX));
        if magnitude(more) > Cost::of_parts(off, 0) {
            let reason = self.overage_reason((billed, more), seats, edition, extent);
            findings.add(reason, self.row(RowItem::Credits, more));
        }
    }

    /// Why a bill's overage is `more` than that by the rules; none where nothing tells.
    fn overage_reason(
        &self,
        (billed, more): (Cost, Cost),
        seats: &Seats<'_>,
        edition: &Edition,
        extent: Extent,
    ) -> Option<Reason> {
        let any = |is: fn(&Reported<'_>) -> bool| self.people.iter().any(|person| is(person));
        let credits: Credits = self.people.iter().map(|person| person.overage.0).sum();
        let told = self.lines.iter().filter(|line| line.item == Item::Credits).map(|line| line.quantity);
        let told = told.fold(0, i128::saturating_add);
        // A hundredth of a credit is ten million billionths.
        let same_credits = Cost::of_parts(told, 0).rounded().hundredths() == credits.hundredths();
        if told != 0 && same_credits {
            return (more < Cost::ZERO).then_some(Reason::LowerRate);
        }
        if more > Cost::ZERO {
            let at_cap = |person: &Reported<'_>| person.cap.is_some_and(|cap| person.overage.0 >= cap);
            return match () {
                () if any(|person| !person.is_priced) => Some(Reason::UnknownTier),
                () if seats.computed == 0 && self.is_named() => Some(Reason::OnFree),
                () if seats.computed == 0 => Some(Reason::NotInReports),
                () if any(|person| person.is_off) => Some(Reason::OverageOff),
                () if any(at_cap) => Some(Reason::OverageCap),
                () if any(|person| !person.is_whole) || !extent.reports_cover => {
                    Some(Reason::ReportsIncomplete)
                }
                () => None,
            };
        }
        let capped = self.people.iter().map(|person| {
            let priced = |cap: Credits| cap.priced(edition.overage_unit_price);
            person.cap.map_or(person.overage.1, |cap| person.overage.1.min(priced(cap)))
        });
        let capped: Money = capped.sum();
        match () {
            () if !self.has_seats() && billed == Cost::ZERO && seats.billed < seats.computed => {
                Some(Reason::NotOnBill)
            }
            () if capped == billed.rounded() => Some(Reason::OverageCap),
            () if !extent.has_ended => Some(Reason::NotYetBilled),
            () => None,
        }
    }

    /// What of it a row is about that is all of somebody's.
    fn seat_item(&self) -> RowItem {
        let mut tiers = self.lines.iter().filter_map(|line| match line.item {
            Item::Tier(tier) => Some(tier),
            Item::Credits | Item::Deduction(_) | Item::Other(_) => None,
        });
        match (tiers.next(), tiers.next()) {
            (Some(tier), None) => RowItem::Tier(tier.to_owned()),
            (None, _) => RowItem::Credits,
            (Some(_), Some(_)) => RowItem::Seats,
        }
    }

    /// A row with the accounts of the line that costs most.
    fn row(&self, item: RowItem, cost: Cost) -> (BilledLine<'p>, RowItem) {
        let most = self.lines.iter().max_by_key(|line| magnitude(line.cost));
        let user = self.people.first().map_or("", |person| person.user);
        let line = BilledLine {
            payer: most.map_or("", |line| line.payer),
            account: most.map_or("", |line| line.account),
            user: most.map_or(user, |line| line.user),
            item: Item::Credits,
            quantity: 0,
            cost,
        };
        (line, item)
    }
}

/// How many seats cost exactly that; none where no number does.
fn whole_seats(cost: Cost, price: Money) -> Option<i128> {
    let cents = cost.rounded();
    let is_whole = Cost::from(cents) == cost;
    let (seats, rest) = division::split(cents.hundredths(), price.hundredths());
    (price.is_positive() && is_whole && rest == 0).then_some(seats)
}
