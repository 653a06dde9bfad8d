//! `team-facts`: what the owner of a team states of it.

use crate::input::date;
use crate::{Console, Failure, live};
use chrono::NaiveDate;
use clap::Args;
use headroom_app::Headroom;
use headroom_app::answers::TeamFacts;

#[derive(Args)]
pub(crate) struct TeamFactsArguments {
    /// The team's number or name.
    #[arg(long)]
    account: String,
    /// The day its first cycle began: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    started: String,
    /// The seat price: monthly, annual, enterprise or enterprise-annual.
    #[arg(long, default_value = "monthly")]
    seat: String,
    /// Seats paid for; where Kilo says so itself, that counts.
    #[arg(long)]
    seats: u64,
    /// Tax in percent.
    #[arg(long, value_name = "PERCENT")]
    tax: Option<String>,
    /// The price list, such as kilo-2026; the one of the sources when not given.
    #[arg(long, value_name = "ID")]
    price_list: Option<String>,
    /// The day a payment first failed that hasn't succeeded since: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    payment_failed: Option<String>,
    /// The tier of Kilo Pass: starter, pro or expert. Where Kilo says so itself, that counts.
    #[arg(long, value_name = "TIER")]
    pass: Option<String>,
    /// The day Kilo Pass began: YYYY-MM-DD.
    #[arg(long, value_name = "DATE", requires = "pass")]
    pass_since: Option<String>,
    /// Dollars of credits that are bought by themselves, if that is on. Where Kilo says so itself, that counts.
    #[arg(long, value_name = "AMOUNT")]
    top_up: Option<String>,
    /// Kilo charges the team no service fee.
    #[arg(long)]
    fee_exempt: bool,
}

fn dated(name: &str, text: Option<&String>) -> Result<Option<NaiveDate>, Failure> {
    text.map(|text| date(name, text)).transpose()
}

/// States them; nothing is recorded when they can't be true.
pub(crate) fn save(
    headroom: &Headroom,
    arguments: &TeamFactsArguments,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let facts = TeamFacts {
        started_on: date("started", &arguments.started)?,
        seat_price: arguments.seat.clone(),
        seats: arguments.seats,
        tax_percent: arguments.tax.clone(),
        price_list: arguments.price_list.clone(),
        payment_failed_on: dated("payment-failed", arguments.payment_failed.as_ref())?,
        pass: arguments.pass.clone(),
        pass_since: dated("pass-since", arguments.pass_since.as_ref())?,
        top_up: arguments.top_up.clone(),
        fee_exempt: arguments.fee_exempt,
    };
    let account = live::chosen(headroom, Some(&arguments.account))?;
    headroom.save_team_facts(account.id, &facts)?;
    Ok(writeln!(console.output, "The details of {} are saved.", account.name)?)
}
