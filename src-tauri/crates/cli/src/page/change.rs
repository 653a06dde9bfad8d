//! Previews and replays.

use super::{
    Align, Page, Readable, amount, amount_or_dash, bounded, cells, code, of_overage, of_team, or_dash,
    rest_on,
};
use headroom_billing::assumption::About;
use headroom_billing::invoice::ChargeRange;
use headroom_billing::{Assumption, Invoice, RefusalReason, organisation, person, team};
use headroom_exact::Moment;
use std::io;

/// What every preview says: when, whether, and what is charged.
fn outcome(
    page: &mut Page<'_>,
    refused: Option<RefusalReason>,
    effective_at: Option<Moment>,
    range: Option<ChargeRange>,
    assumptions: &[Assumption],
) -> io::Result<()> {
    if let Some(reason) = refused {
        return page.row("Refused", &code(&reason));
    }
    page.row("Takes effect", &or_dash(effective_at.as_ref()))?;
    match range {
        Some(range) if range.low != range.high => {
            let credit = assumptions.contains(&Assumption::FirstPaymentCredit);
            let why = if credit { "what the first payment is lower" } else { "how days are counted" };
            page.row("Charge", &format!("{} to {}, by {why}", amount(range.low), amount(range.high)))
        }
        Some(range) => page.row("Charge", &amount(range.low)),
        None => page.row("Charge", &"nothing now"),
    }
}

fn charged(page: &mut Page<'_>, charge: Option<&Invoice>) -> io::Result<()> {
    let invoices: Vec<_> = charge.into_iter().collect();
    if invoices.is_empty() { Ok(()) } else { page.invoices("Charged now", &invoices) }
}

/// What no source settles, in words, with the figures that rest on it.
trait Assumed {
    fn assumed(&self, assumption: Assumption) -> String;
}

impl Assumed for person::Preview {
    fn assumed(&self, assumption: Assumption) -> String {
        match assumption.about() {
            About::FirstPayment => {
                "A1: Kiro takes up to $20 off a first payment; nobody knows yet how, and one report says it didn't"
                    .to_owned()
            }
            About::Packs => {
                let left = |current: &person::Current| amount(current.credits.left_in_packs());
                let (kept, back) = (left(&self.before), left(&self.after));
                format!("A2: {back} left in packs if what the larger plan covers goes back to them, {kept} if not")
            }
            About::Overage(_) => of_overage(assumption),
            About::Kilo => of_team(assumption).to_owned(),
        }
    }
}

/// What waiting for the next cycle saves, or that it isn't known; nothing where it saves nothing.
fn waiting(next: &person::NextCycle, plan: &str) -> Option<String> {
    let begins_at = next.begins_at;
    if next.waiting_saves.is_none() {
        let now = bounded(next.taken_now, next.taken_now_at_least);
        let then = bounded(next.taken_then, next.taken_then_at_least);
        return Some(format!("not known what it saves until {begins_at}: {then} instead of {now}"));
    }
    let saves = amount(next.saved_by_waiting()?);
    let (now, then) = (amount(next.taken_now), amount(next.taken_then));
    Some(format!(
        "until {begins_at} saves {saves}, without {plan} until then: {then} instead of {now}, the next cycle included"
    ))
}

impl Readable for person::Preview {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&format!("{} instead of {} at {}", self.plan, self.before.plan, self.at))?;
        outcome(page, self.refused, self.effective_at, self.charge_range, &self.assumptions)?;
        if let Some(avoided) = self.overage_avoided.filter(|avoided| avoided.is_positive()) {
            page.row("Overage", &format!("{} less", amount(avoided)))?;
        }
        for assumption in &self.assumptions {
            page.row("Assumption", &self.assumed(*assumption))?;
        }
        if let Some(next) = &self.next_cycle
            && let Some(text) = waiting(next, self.plan)
        {
            page.row("Waiting", &text)?;
        }
        charged(page, self.charge_now.as_ref())?;
        page.invoices("Next charge", &self.after.next_charge.iter().collect::<Vec<_>>())?;
        page.heading("Afterwards")?;
        self.after.write(page)
    }
}

impl Readable for organisation::Preview {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        let before = self.before.as_ref().map_or("no subscription", |before| before.plan);
        page.heading(&format!("{} instead of {before} at {}", self.plan, self.at))?;
        outcome(page, self.refused, self.effective_at, None, &[])?;
        page.row("Month's end", &format!("{} more, before tax", amount(self.month_difference)))?;
        if self.overage_avoided.is_positive() {
            page.row("Overage", &format!("{} less", amount(self.overage_avoided)))?;
        }
        Ok(())
    }
}

impl Readable for team::Preview {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&format!("The team at {}", self.at))?;
        outcome(page, self.refused, self.effective_at, self.charge_range, &[])?;
        charged(page, self.charge_now.as_ref())?;
        let after = &self.after.assumptions;
        let of_charge: Vec<_> = self.assumptions.iter().filter(|one| !after.contains(one)).copied().collect();
        rest_on(page, &of_charge)?;
        page.heading("Afterwards")?;
        self.after.write(page)
    }
}

impl Readable for person::Replay {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&format!("Closed months until {} on every paid plan", self.as_of))?;
        let mut rows = vec![cells(["month", "used"])];
        if let Some(head) = rows.first_mut() {
            head.extend(self.plans.iter().map(|plan| plan.plan.to_owned()));
        }
        let months = self.plans.first().map(|plan| plan.months.as_slice()).unwrap_or_default();
        for (index, month) in months.iter().enumerate() {
            let mut row = vec![month.month.to_string(), amount(month.used)];
            let costs = self.plans.iter().filter_map(|plan| plan.months.get(index));
            row.extend(costs.map(|month| amount_or_dash(month.cost)));
            rows.push(row);
        }
        let mut total = cells(["total", ""]);
        total.extend(self.plans.iter().map(|plan| amount_or_dash(plan.total)));
        rows.push(total);
        let columns = [&[Align::Left][..], &vec![Align::Right; self.plans.len() + 1]].concat();
        page.table(&columns, &rows)?;
        page.row("Cheapest", &or_dash(self.cheapest.as_ref()))
    }
}

impl Readable for organisation::Replay {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&format!("Closed months until {} on every tier", self.as_of))?;
        let mut rows = vec![cells(["profile", "user"])];
        if let Some(head) = rows.first_mut() {
            head.extend(self.plans.iter().map(|plan| plan.plan.to_owned()));
            head.push("cheapest".to_owned());
        }
        for user in &self.subscriptions {
            let mut row = cells([user.profile.as_str(), user.user.as_str()]);
            row.extend(user.plans.iter().map(|plan| amount_or_dash(plan.total)));
            row.push(or_dash(user.cheapest.as_ref()));
            rows.push(row);
        }
        let mut total = cells(["everyone", ""]);
        total.extend(self.plans.iter().map(|plan| amount_or_dash(plan.total)));
        total.push(amount(self.each_on_cheapest));
        rows.push(total);
        let (left, right) = (Align::Left, Align::Right);
        let columns = [&[left, left][..], &vec![right; self.plans.len()], &[right]].concat();
        page.table(&columns, &rows)
    }
}

impl Readable for team::Replay {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&format!("Closed cycles until {} under every price list", self.as_of))?;
        let mut rows = vec![cells(["price list", "seat", "cycles", "total"])];
        for price in &self.prices {
            let cycles = amount(price.cycles.len());
            rows.push(cells([price.edition, price.seat, &cycles, &amount(price.total)]));
        }
        page.table(&[Align::Left, Align::Left, Align::Right, Align::Right], &rows)
    }
}
