//! Statements.

use super::{Align, Page, Readable, amount, cells, code, of_overage, or_dash, rest_on, span, titled};
use crate::many::many;
use headroom_app::words;
use headroom_billing::person::OverageCap;
use headroom_billing::{Statement, organisation, person, team};
use std::io;

impl Readable for Statement<person::Current> {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&titled(self.account, self.as_of))?;
        self.current.write(page)?;
        page.invoices("Invoices", &self.invoices.iter().collect::<Vec<_>>())?;
        page.invoices("Next charge", &self.current.next_charge.iter().collect::<Vec<_>>())?;
        page.refusals(&self.refused)
    }
}

/// A cap on overage, and whether it is reached.
fn capped(cap: &OverageCap) -> String {
    let most = cap.charge_at_most.map(|most| format!(", {} in all", amount(most))).unwrap_or_default();
    let left = if cap.is_reached() { "reached".to_owned() } else { format!("{} left", amount(cap.left)) };
    format!("{} credits{most}, {left}", amount(cap.credits))
}

impl Readable for person::Current {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        let next = self.next_plan.map(|next| format!(", then {next}")).unwrap_or_default();
        page.row("Plan", &format!("{}{next}", self.plan))?;
        page.row("Cycle", &span(&self.cycle))?;
        let credits = &self.credits;
        let plan = &credits.plan;
        let pool = |used, of, left| format!("{} of {} used, {} left", amount(used), amount(of), amount(left));
        let of_plan = plan.allowance.zip(plan.remaining);
        let without = || format!("{} used, no limit", amount(plan.used));
        page.row("Plan credits", &of_plan.map_or_else(without, |(of, left)| pool(plan.used, of, left)))?;
        if let Some(bonus) = &credits.bonus {
            let text = pool(bonus.used, bonus.granted, bonus.remaining);
            let end = bonus.expires_at.map(|end| format!(", gone at {end}")).unwrap_or_default();
            page.row("Bonus credits", &format!("{text}{end}"))?;
        }
        for pack in credits.packs.iter().flatten() {
            let end = pack.expires_at.map(|end| format!(", gone at {end}")).unwrap_or_default();
            page.row("Pack", &format!("{}{end}", pool(pack.used, pack.granted, pack.remaining)))?;
        }
        let overage = &credits.overage;
        let switch = if overage.enabled { "on" } else { "off" };
        let charge = overage.charge.map_or("unknown".to_owned(), amount);
        page.row("Overage", &format!("{switch}, {} credits, {charge} so far", amount(overage.credits)))?;
        if let Some(cap) = &overage.cap {
            page.row("Overage's cap", &capped(cap))?;
        }
        for assumption in &self.assumptions {
            page.row("Assumption", &of_overage(*assumption))?;
        }
        if credits.uncovered.is_positive() {
            page.row("Not covered", &format!("{} credits, not charged", amount(credits.uncovered)))?;
        }
        if self.paused {
            let is_capped = overage.enabled && overage.cap.as_ref().is_some_and(OverageCap::is_reached);
            let why = if is_capped { "overage's cap is reached" } else { "overage is off" };
            page.row("Requests", &format!("pause: nothing is left and {why}"))?;
        }
        Ok(())
    }
}

impl Readable for Statement<organisation::Current> {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&titled(self.account, self.as_of))?;
        page.row("Month", &span(&self.current.cycle))?;
        page.row("So far", &amount(self.current.month_to_date))?;
        subscriptions(page, &self.current, &|_, _| false)?;
        page.repeated(&self.current.charged_more_than_once)?;
        page.invoices("Invoices", &self.invoices.iter().collect::<Vec<_>>())?;
        page.refusals(&self.refused)
    }
}

/// An organisation's users. Of those under a profile for whom `is_part` holds more was used than is known.
pub(super) fn subscriptions(
    page: &mut Page<'_>,
    current: &organisation::Current,
    is_part: &dyn Fn(&str, &str) -> bool,
) -> io::Result<()> {
    page.heading("Subscriptions")?;
    let mut rows = vec![cells(["profile", "user", "plan", "next", "used", "left", "overage", "so far"])];
    for subscription in &current.subscriptions {
        let credits = &subscription.credits;
        let is_part = is_part(subscription.profile.as_str(), subscription.user.as_str());
        // Of whom no credits are known nothing is known to be left.
        let left = match (is_part, credits.used.is_zero()) {
            (false, _) => amount(credits.remaining),
            (true, false) => format!("at most {}", amount(credits.remaining)),
            (true, true) => words::not_known().to_owned(),
        };
        let least = |amount: String| words::bounded(Some(&amount), is_part);
        rows.push(vec![
            subscription.profile.as_str().to_owned(),
            subscription.user.as_str().to_owned(),
            subscription.plan.to_owned(),
            subscription.next_plan.unwrap_or_default().to_owned(),
            least(credits.used.to_string()),
            left,
            least(credits.overage.to_string()),
            least(subscription.month_to_date.to_string()),
        ]);
    }
    let (left, right) = (Align::Left, Align::Right);
    page.table(&[left, left, left, left, right, right, right, right], &rows)?;
    Ok(())
}

impl Readable for Statement<team::Current> {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&titled(self.account, self.as_of))?;
        self.current.write(page)?;
        page.invoices("Invoices", &self.invoices.iter().collect::<Vec<_>>())?;
        page.invoices("Open invoice", &self.current.open_invoice.iter().collect::<Vec<_>>())?;
        page.refusals(&self.refused)
    }
}

impl Readable for team::Current {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.row("Status", &code(&self.status))?;
        page.row("Cycle", &span(&self.cycle))?;
        let seats = &self.seats;
        page.row(
            "Seats",
            &format!(
                "{} paid, {} next cycle, {} taken",
                amount(seats.paid),
                amount(seats.next_cycle),
                amount(seats.assigned)
            ),
        )?;
        page.row("Balance", &amount(self.balance))?;
        if let Some(pass) = &self.pass {
            let end = if pass.next_tier.is_none() { ", ends with the cycle" } else { "" };
            let held = if pass.held.is_positive() {
                format!(", {} held back", amount(pass.held))
            } else {
                String::new()
            };
            let passes = many(pass.passes, "pass", "passes");
            page.row("Kilo Pass", &format!("{passes} of {}{end}{held}", pass.tier))?;
            let bonus = &pass.bonus;
            let missing = bonus.unlocks_after.map(|spend| format!(", more after {} is spent", amount(spend)));
            let text = format!(
                "{} of {} there, {} left until {}{}",
                amount(bonus.unlocked),
                amount(bonus.amount),
                amount(bonus.left),
                pass.window.end,
                missing.unwrap_or_default()
            );
            page.row("Bonus", &text)?;
        }
        if let Some(top_up) = &self.auto_top_up {
            let paused = if top_up.paused { ", paused while a payment fails" } else { "" };
            let text = format!(
                "{} once less than {} is left{paused}",
                amount(top_up.amount),
                amount(top_up.threshold)
            );
            page.row("Top-up", &text)?;
        }
        if self.grace_ends_at.is_some() {
            page.row("Grace ends", &or_dash(self.grace_ends_at.as_ref()))?;
            page.row("Data deleted", &or_dash(self.data_deleted_at.as_ref()))?;
        }
        page.row("Next seats", &format!("{} before tax", amount(self.next_charge)))?;
        if let Some(next) = self.next_invoice.as_ref().filter(|next| next.lines.len() > 1) {
            page.row("Next charge", &format!("{} with Kilo Pass, fee and tax", amount(next.total)))?;
        }
        rest_on(page, &self.assumptions)
    }
}
