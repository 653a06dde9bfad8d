//! `facts`: what the owner of an account of one person states of it.

use crate::{Console, Failure, live};
use chrono::NaiveDate;
use clap::{ArgGroup, Args, ValueEnum};
use headroom_app::answers::{FactsChange, RecordNumber, Standing};
use headroom_app::{Headroom, words};

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

impl Switch {
    pub(crate) const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }
}

/// What can be stated, piece by piece.
#[derive(Args)]
#[command(group = ArgGroup::new("stated").multiple(true).required(true).args([
    "plan", "plan_since", "first_paid", "signed_up", "country", "overage", "price_list", "limit", "tax",
    "first_payment_credit", "undo",
]))]
pub(crate) struct Arguments {
    /// Its number or name; the first one when not given.
    #[arg(long)]
    account: Option<String>,
    /// The plan as it is now: free, pro, pro-plus, pro-max or power. Without one, Kiro's answer decides.
    #[arg(long)]
    plan: Option<String>,
    /// The day since which you are on it, if that isn't the first paid day: YYYY-MM-DD, or "none". The plan before
    /// holds until then; without one, what was charged before isn't known. With Free it is the day on which a paid plan
    /// ended.
    #[arg(long, value_name = "DATE")]
    plan_since: Option<String>,
    /// The day of the first payment ever: YYYY-MM-DD, or "none".
    #[arg(long, value_name = "DATE")]
    first_paid: Option<String>,
    /// The sign-up day, if its bonus credits are to be counted: YYYY-MM-DD, or "none".
    #[arg(long, value_name = "DATE")]
    signed_up: Option<String>,
    /// The billing address: two letters; US for a new account.
    #[arg(long)]
    country: Option<String>,
    /// The overage switch when the account became paid.
    #[arg(long)]
    overage: Option<Switch>,
    /// One price list for all months, such as kiro-2026-07, or "in-force" for prices as they were each month.
    #[arg(long, value_name = "ID")]
    price_list: Option<String>,
    /// Your own limit: the plan's credits a month as Kiro's page shows them, or "none" for the list's.
    #[arg(long, value_name = "CREDITS")]
    limit: Option<String>,
    /// Tax in percent, as your invoices have it, such as 8.25; "none" leaves it out, or to the country.
    #[arg(long, value_name = "PERCENT")]
    tax: Option<String>,
    /// Dollars that Kiro takes off your first payment, if you know that it does; or "none".
    #[arg(long, value_name = "AMOUNT")]
    first_payment_credit: Option<String>,
    /// Undo the latest change; its number was printed when it was saved.
    #[arg(long, value_name = "NUMBER", exclusive = false)]
    undo: Option<i64>,
}

/// "none" says that there is none.
fn unless_none(text: &str) -> Option<&str> {
    (text != "none").then_some(text)
}

#[expect(
    clippy::option_option,
    reason = "an option that isn't given, one that says none, and one that says something"
)]
fn day(name: &str, text: Option<&String>) -> Result<Option<Option<NaiveDate>>, Failure> {
    let read = |text: &String| unless_none(text).map(|text| crate::input::date(name, text)).transpose();
    text.map(read).transpose()
}

#[expect(
    clippy::option_option,
    reason = "an option that isn't given, one that says none, and one that says something"
)]
fn said(text: Option<&String>) -> Option<Option<String>> {
    text.map(|text| unless_none(text).map(str::to_owned))
}

impl Arguments {
    fn change(&self) -> Result<FactsChange, Failure> {
        Ok(FactsChange {
            plan: self.plan.clone(),
            plan_since: day("plan-since", self.plan_since.as_ref())?,
            first_paid_on: day("first-paid", self.first_paid.as_ref())?,
            signed_up_on: day("signed-up", self.signed_up.as_ref())?,
            country: self.country.clone(),
            overage_enabled: self.overage.map(Switch::is_on),
            price_list: said(self.price_list.as_ref()),
            own_limit: said(self.limit.as_ref()),
            tax_percent: said(self.tax.as_ref()),
            first_payment_credit: said(self.first_payment_credit.as_ref()),
        })
    }
}

/// States facts, and says what came of it: also which recorded plan changes count no more, how it is taken back, and once
/// what past months are charged otherwise.
pub(crate) fn state(
    headroom: &Headroom,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = arguments.account.as_deref();
    let change = arguments.change()?;
    if let Some(record) = arguments.undo {
        if change != FactsChange::default() {
            return Err(Failure::bad_input("--undo: stands alone, beside --account"));
        }
        let account = live::chosen(headroom, account)?;
        headroom.undo_record(account.id, RecordNumber(record))?;
        return Ok(writeln!(console.output, "Undone. {} has its earlier details again.", account.name)?);
    }
    let account = account.map(|wanted| live::chosen(headroom, Some(wanted))).transpose()?;
    let saved = headroom.save_facts(account.map(|account| account.id), &change)?;
    let name = &saved.account.name;
    if !saved.changed {
        return Ok(writeln!(console.output, "Nothing changed: {name} has these details already.")?);
    }
    writeln!(console.output, "The details of {name} are saved.")?;
    for change in &saved.replaced {
        let day = words::date(&change.on);
        writeln!(console.output, "The change to {} of {day} no longer counts.", change.plan)?;
    }
    if saved.since_is_missing {
        let plan = saved.account.facts.as_ref().and_then(|facts| facts.plan.as_deref()).unwrap_or_default();
        writeln!(
            console.output,
            "Since when are you on {}? It wasn't sold when you first paid: headroom facts --plan-since DATE. What was \
             charged before that day isn't computed.",
            Headroom::plan_name(plan)
        )?;
    }
    if let Ok(Standing::KiroIndividual(overview)) = headroom.standing(saved.account.id)
        && let Some(repriced) = overview.repriced.as_ref().filter(|repriced| !repriced.told)
    {
        for line in words::repriced(repriced) {
            writeln!(console.output, "{line}")?;
        }
        if console.terminal {
            headroom.told_repriced(saved.account.id)?;
        }
    }
    if let Some(record) = saved.record.filter(|_| console.terminal) {
        writeln!(console.output, "To undo it: headroom facts --undo {}", record.0)?;
    }
    Ok(())
}
