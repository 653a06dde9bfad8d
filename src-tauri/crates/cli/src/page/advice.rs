//! Advice.

use super::{Align, Page, Readable, amount, amount_or_dash, bounded, cells, code, or_dash, rest_on, titled};
use crate::many::many;
use headroom_app::ActivityAnswer;
use headroom_app::words;
use headroom_billing::organisation::OrganisationAdvice;
use headroom_billing::person::{OwnLimit, PacksAhead, PersonAdvice};
use headroom_billing::team::TeamAdvice;
use headroom_billing::{AccountKind, organisation, person, team};
use headroom_exact::Money;
use std::io;

impl Readable for PersonAdvice {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&titled(person::Account::NAME, self.as_of))?;
        if let Some((verdict, advised)) = &self.verdict {
            let decided = headroom_app::plan_verdict(verdict, advised, false);
            page.row("Verdict", &words::say(&decided.sentence))?;
        }
        page.row("Used so far", &amount(self.used))?;
        match &self.forecast {
            Some(forecast) => {
                let work = forecast.work_days.map(|work| format!(", {} by working days", amount(work)));
                let text = format!(
                    "{} at an even pace{}; between {} and {}",
                    amount(forecast.even),
                    work.unwrap_or_default(),
                    amount(forecast.low),
                    amount(forecast.high)
                );
                page.row("By the end", &text)?;
            }
            None => page.row("By the end", &"too early to say")?,
        }
        if let Some(moment) = self.run_out_at {
            page.row("Used up", &format!("about {moment}"))?;
        }
        if let Some(packs) = &self.packs_ahead {
            page.row("Packs", &packs_ahead(packs))?;
        }
        if let Some(own) = &self.own_limit {
            page.row("Compared", &compared(self.plan, own))?;
        }
        if let Some(cap) = self.overage_cap {
            let text = format!("{} credits: a plan that needs more has no cost here", amount(cap));
            page.row("Overage's cap", &text)?;
        }
        if let Some(cheapest) = &self.cheapest {
            page.row("Cheapest", &cheapest.reason)?;
        }
        if let Some(auto) = &self.auto {
            page.row("On Auto", &format!("{} instead of {}", amount(auto.on_auto), amount(auto.cost)))?;
        }
        if let Some(month) = self.month {
            page.heading(&format!("A month of {} credits", amount(month)))?;
            let mut rows = vec![cells(["plan", "cost"])];
            rows.extend(self.plans.iter().map(|plan| vec![plan.plan.to_owned(), amount_or_dash(plan.cost)]));
            page.table(&[Align::Left, Align::Right], &rows)?;
        }
        page.heading("Break-even")?;
        let mut rows = vec![cells(["from", "to", "extra", "used"])];
        rows.extend(
            self.break_evens
                .iter()
                .map(|pair| cells([pair.from, pair.to, &amount(pair.extra), &amount(pair.used)])),
        );
        page.table(&[Align::Left, Align::Left, Align::Right, Align::Right], &rows)?;
        waiting(&self.waiting, page)
    }
}

/// Whether waiting costs anything, now and with what the next cycle charges.
fn waiting(waiting: &[person::Waiting], page: &mut Page<'_>) -> io::Result<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    page.heading("Does waiting cost?")?;
    let mut rows = vec![cells(["plan", "now", "at the last second", "waiting costs"])];
    rows.extend(
        waiting
            .iter()
            .map(|wait| cells([wait.plan, &amount(wait.now), &amount(wait.then), &amount(wait.costs)])),
    );
    page.table(&[Align::Left, Align::Right, Align::Right, Align::Right], &rows)?;
    page.heading("Charged until the next cycle has begun")?;
    let mut rows = vec![cells(["plan", "taken now", "taken then", "waiting saves"])];
    rows.extend(waiting.iter().map(|wait| {
        let next = wait.with_the_next;
        let now = bounded(next.taken_now, next.taken_now_at_least);
        let then = bounded(next.taken_then, next.taken_then_at_least);
        let saves = next.waiting_saves.map_or(words::not_known().to_owned(), amount);
        cells([wait.plan, &now, &then, &saves])
    }));
    page.table(&[Align::Left, Align::Right, Align::Right, Align::Right], &rows)?;
    Ok(())
}

/// By which credits plans are compared.
fn compared(plan: &str, own: &OwnLimit) -> String {
    let credits = own
        .credits
        .map_or("without a limit".to_owned(), |own| format!("by its {} credits here", amount(own)));
    let by_list = amount(own.by_list);
    format!("{plan} {credits}, not by the price list's {by_list}; the other plans by the list")
}

/// What goes on once nothing is left.
fn packs_ahead(packs: &PacksAhead) -> String {
    let lasts = packs.lasts_until.map_or("to the end".to_owned(), |until| format!("until about {until}"));
    format!(
        "then {} for {} credits lasts {lasts}; all {} missing until the end cost {}, without tax",
        amount(packs.smallest),
        amount(packs.credits),
        amount(packs.beyond),
        amount(packs.to_the_end)
    )
}

impl Readable for OrganisationAdvice {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        of_organisation(page, self, false)
    }
}

/// Advice for an organisation; its sums may be the least they can be.
fn of_organisation(page: &mut Page<'_>, advice: &OrganisationAdvice, at_least: bool) -> io::Result<()> {
    page.heading(&titled(organisation::Organisation::NAME, advice.as_of))?;
    page.row("So far", &bounded(advice.month_to_date, at_least))?;
    let saves = match advice.saves {
        Money::ZERO => bounded(advice.saves, at_least),
        saves => format!("{} a month", bounded(saves, at_least)),
    };
    page.row("Could save", &saves)?;
    page.repeated(&advice.charged_more_than_once)?;
    page.heading("Used up before the month ends, or already")?;
    let mut rows = vec![cells(["profile", "user", "", "until", "used", "of"])];
    rows.extend(advice.at_risk.iter().map(|user| {
        let (used, of) = (amount(user.used), amount(user.allowance));
        let until = or_dash(user.runs_out_on.as_ref());
        cells([user.profile.as_str(), user.user.as_str(), &code(&user.risk), &until, &used, &of])
    }));
    page.table(&[Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Right], &rows)?;
    page.heading("Cheaper tiers")?;
    let mut rows = vec![cells(["profile", "user", "now", "cheapest", "saves"])];
    rows.extend(advice.cheaper_tiers.iter().map(|user| {
        let saves = amount(user.saves);
        cells([user.profile.as_str(), user.user.as_str(), user.plan, user.cheapest, &saves])
    }));
    page.table(&[Align::Left, Align::Left, Align::Left, Align::Left, Align::Right], &rows)
}

impl Readable for ActivityAnswer {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&titled("The reports", self.as_of))?;
        let rows = many(u64::try_from(self.rows).unwrap_or(u64::MAX), "row", "rows");
        let files = many(self.files, "file", "files");
        page.row("Read", &format!("{rows} of {files}, {} replaced", amount(self.replaced)))?;
        let is_part = |profile: &str, user: &str| {
            self.unknown_use.iter().any(|of| (of.profile.as_str(), of.user.as_str()) == (profile, user))
        };
        super::standing::subscriptions(page, &self.current, &is_part)?;
        of_organisation(page, &self.advice, self.at_least)
    }
}

impl Readable for TeamAdvice {
    fn write(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.heading(&titled(team::Team::NAME, self.as_of))?;
        page.row("Status", &code(&self.status))?;
        if let Some(payment) = &self.payment {
            page.row("Payment", payment)?;
        }
        page.row("Balance", &amount(self.balance))?;
        page.row("Spent", &amount(self.spent))?;
        page.row("By the end", &self.forecast.map_or("too early to say".to_owned(), amount))?;
        if let Some(moment) = self.run_out_at {
            page.row("Used up", &format!("about {moment}"))?;
        }
        if let Some(top_up) = self.top_up {
            page.row("Buy", &format!("{} lasts to the cycle's end", amount(top_up)))?;
        }
        if let Some(top_ups) = &self.automatic {
            let text = format!(
                "{} about {}, {} more until {}; {} in all with fee and tax",
                amount(top_ups.amount),
                top_ups.first_at,
                amount(top_ups.more),
                top_ups.until,
                amount(top_ups.charges)
            );
            page.row("Tops up", &text)?;
        }
        if let Some(unused) = self.unused_seats {
            page.row("Unused seats", &format!("{}, {} a cycle", amount(unused.count), amount(unused.saves)))?;
        }
        rest_on(page, &self.assumptions)
    }
}
