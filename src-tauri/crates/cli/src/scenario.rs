//! `simulate`, `preview`, `replay` and `advise`: the engine on a scenario file (`scenario.md`).

use crate::input::Input;
use crate::page::{Page, Readable};
use crate::{Console, Failure, input, printable};
use clap::{Args, Subcommand};
use headroom_billing::catalog::TeamEdition;
use headroom_billing::organisation::OrganisationAdvice;
use headroom_billing::organisation::Seat;
use headroom_billing::person::PersonAdvice;
use headroom_billing::scenario::{self, Sourced};
use headroom_billing::team::TeamAdvice;
use headroom_billing::{Edition, Plan, Scenario, Statement, organisation, person, team};
use headroom_exact::{Credits, Decimal, Moment, Money};
use serde::Serialize;

#[derive(Args)]
pub(crate) struct Source {
    /// A scenario file, or - for standard input.
    file: String,
    /// JSON also on a terminal; piped it always is.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The statement: everything the rules make of a scenario.
    Simulate(Source),
    /// What a change would do: a plan, an organisation's user, a team's seats or credits.
    Preview(PreviewArguments),
    /// What each paid plan (of a team: each price list) would have cost over the closed months.
    Replay(Source),
    /// What to do: how the cycle will end, the cheapest plan, whether waiting costs anything.
    Advise {
        #[command(flatten)]
        source: Source,
        /// Of one person: compare the plans for a month of this use instead of the forecast's.
        #[arg(long, value_name = "CREDITS", value_parser = input::given::<Decimal>)]
        usage: Option<Decimal>,
    },
}

#[derive(Args)]
pub(crate) struct PreviewArguments {
    #[command(flatten)]
    source: Source,
    /// The plan to change to; for an organisation's user also none.
    #[arg(long)]
    plan: Option<String>,
    /// When, instead of the scenario's own moment (2026-04-15T09:00:00Z).
    #[arg(long, value_name = "MOMENT", value_parser = input::given::<Moment>)]
    at: Option<Moment>,
    /// Of an organisation: the profile.
    #[arg(long)]
    profile: Option<String>,
    /// Of an organisation: the user.
    #[arg(long)]
    user: Option<String>,
    /// Of an organisation: the group, if any.
    #[arg(long, default_value = "")]
    group: String,
    /// Of a team: seats more.
    #[arg(long, value_name = "COUNT")]
    add_seats: Option<u64>,
    /// Of a team: seats less.
    #[arg(long, value_name = "COUNT")]
    remove_seats: Option<u64>,
    /// Of a team: credits, in dollars.
    #[arg(long, value_name = "AMOUNT", value_parser = input::given::<Decimal>)]
    buy_credits: Option<Decimal>,
    /// Of a team: Kilo Pass for every paid seat: starter, pro or expert.
    #[arg(long, value_name = "TIER")]
    start_pass: Option<String>,
    /// Of a team: no Kilo Pass from the next cycle on.
    #[arg(long)]
    cancel_pass: bool,
    /// Of a team: credits bought by themselves, in dollars, or "off".
    #[arg(long, value_name = "AMOUNT")]
    auto_top_up: Option<String>,
}

impl Command {
    const fn source(&self) -> &Source {
        match self {
            Self::Simulate(source) | Self::Replay(source) | Self::Advise { source, .. } => source,
            Self::Preview(arguments) => &arguments.source,
        }
    }
}

/// Where an answer goes, and in which form.
struct Answers<'c, 'o> {
    console: &'c mut Console<'o>,
    json: bool,
}

impl Answers<'_, '_> {
    fn print(self, answer: &(impl Serialize + Readable)) -> Result<(), Failure> {
        if self.json {
            return print(answer, self.console);
        }
        // Written at once: a terminal that is slow doesn't see half a table.
        let mut text = Vec::new();
        answer.write(&mut Page::new(&mut text))?;
        Ok(self.console.output.write_all(&text)?)
    }
}

pub(crate) fn run(command: &Command, console: &mut Console<'_>) -> Result<(), Failure> {
    let source = command.source();
    let input = Input::read(&source.file, console.input)?;
    let scenario = input.scenario()?;
    let answers = Answers { json: source.json || !console.terminal, console };
    match command {
        Command::Simulate(_) => match scenario {
            Scenario::Individual(sourced) => answers.print(&statement(&input, sourced)?),
            Scenario::Organisation(sourced) => answers.print(&statement(&input, sourced)?),
            Scenario::Team(sourced) => answers.print(&statement(&input, sourced)?),
        },
        Command::Preview(arguments) => preview(&input, scenario, arguments, answers),
        Command::Replay(_) => replay(&input, scenario, answers),
        Command::Advise { usage, .. } => advise(&input, scenario, *usage, answers),
    }
}

fn statement<'a, K: scenario::Readable>(
    input: &'a Input,
    sourced: Sourced<'a, K>,
) -> Result<Statement<K::Current>, Failure> {
    let as_of = sourced.timeline.as_of;
    Ok(Statement::on(input.ledger(sourced, as_of)?, as_of))
}

fn advise<'a>(
    input: &'a Input,
    scenario: Scenario<'a>,
    usage: Option<Decimal>,
    answers: Answers<'_, '_>,
) -> Result<(), Failure> {
    if usage.is_some_and(Decimal::is_negative) {
        return Err(Failure::bad_input("--usage: must not be negative"));
    }
    match scenario {
        Scenario::Individual(sourced) => {
            let at = sourced.timeline.as_of;
            let month = usage.map(Credits::rounded);
            answers.print(&PersonAdvice::on(&input.ledger(sourced, at)?, month, at))
        }
        _ if usage.is_some() => Err(Failure::bad_input("--usage is for one person's account")),
        Scenario::Organisation(sourced) => {
            let at = sourced.timeline.as_of;
            answers.print(&OrganisationAdvice::on(&input.ledger(sourced, at)?, at))
        }
        Scenario::Team(sourced) => {
            let at = sourced.timeline.as_of;
            answers.print(&TeamAdvice::on(&input.ledger(sourced, at)?, at))
        }
    }
}

fn plan_of(edition: &'static Edition, id: &str, also: &str) -> Result<&'static Plan, Failure> {
    edition.plan_named(id).ok_or_else(|| {
        Failure::bad_input(format!("--plan: \"{id}\" is no plan; known: {}{also}", edition.plan_ids()))
    })
}

fn needed<'o>(option: Option<&'o String>, name: &str) -> Result<&'o str, Failure> {
    option.map(String::as_str).ok_or_else(|| Failure::bad_input(format!("--{name} is missing")))
}

fn preview<'a>(
    input: &'a Input,
    scenario: Scenario<'a>,
    arguments: &PreviewArguments,
    answers: Answers<'_, '_>,
) -> Result<(), Failure> {
    match scenario {
        Scenario::Individual(sourced) => {
            let at = arguments.at.unwrap_or(sourced.timeline.as_of);
            let edition = sourced.timeline.terms.lists.at(at);
            let plan = plan_of(edition, needed(arguments.plan.as_ref(), "plan")?, "")?;
            answers.print(&person::Preview::on(&input.ledger(sourced, at)?, plan, at))
        }
        Scenario::Organisation(sourced) => {
            let at = arguments.at.unwrap_or(sourced.timeline.as_of);
            let seat = Seat {
                profile: needed(arguments.profile.as_ref(), "profile")?.into(),
                user: needed(arguments.user.as_ref(), "user")?.into(),
            };
            let plan = match needed(arguments.plan.as_ref(), "plan")? {
                "none" => None,
                id => {
                    let plan = plan_of(sourced.timeline.terms.lists.at(at), id, ", none")?;
                    if !plan.is_paid() {
                        return Err(Failure::bad_input(format!("--plan: {id} is not for organisations")));
                    }
                    Some(plan)
                }
            };
            let request = organisation::Request { seat, group: &arguments.group, plan };
            answers.print(&organisation::Preview::on(&input.ledger(sourced, at)?, &request, at))
        }
        Scenario::Team(sourced) => {
            let at = arguments.at.unwrap_or(sourced.timeline.as_of);
            let request = team_request(arguments, sourced.timeline.terms.edition)?;
            answers.print(&team::Preview::on(&input.ledger(sourced, at)?, &request, at))
        }
    }
}

fn team_request(
    arguments: &PreviewArguments,
    edition: &'static TeamEdition,
) -> Result<team::Request, Failure> {
    let mut asked = [
        arguments.add_seats.map(|count| seats(count).map(team::Request::AddSeats)),
        arguments.remove_seats.map(|count| seats(count).map(team::Request::RemoveSeats)),
        arguments.buy_credits.map(|amount| dollars("buy-credits", amount).map(team::Request::BuyCredits)),
        arguments.start_pass.as_deref().map(|tier| start_pass(tier, edition)),
        arguments.cancel_pass.then_some(Ok(team::Request::CancelPass)),
        arguments.auto_top_up.as_deref().map(auto_top_up),
    ]
    .into_iter()
    .flatten();
    match (asked.next(), asked.next()) {
        (Some(request), None) => request,
        _ => Err(Failure::bad_input(
            "a team's preview takes one of --add-seats, --remove-seats, --buy-credits, --start-pass, \
             --cancel-pass and --auto-top-up",
        )),
    }
}

fn seats(count: u64) -> Result<u64, Failure> {
    if count == 0 { Err(Failure::bad_input("a number of seats is at least 1")) } else { Ok(count) }
}

fn dollars(option: &str, amount: Decimal) -> Result<Money, Failure> {
    if amount.is_positive() && amount.is_whole_hundredths() {
        return Ok(Money::rounded(amount));
    }
    Err(Failure::bad_input(format!("--{option}: must be above zero, with at most two decimals")))
}

fn start_pass(tier: &str, edition: &TeamEdition) -> Result<team::Request, Failure> {
    let offer = edition
        .pass
        .as_ref()
        .ok_or_else(|| Failure::bad_input("--start-pass: the scenario's price list has no Kilo Pass"))?;
    let known = offer.tier(tier).ok_or_else(|| {
        Failure::bad_input(format!("--start-pass: \"{tier}\" is no tier; known: {}", offer.tier_ids()))
    })?;
    Ok(team::Request::StartPass(known.terms.clone()))
}

fn auto_top_up(text: &str) -> Result<team::Request, Failure> {
    if text == "off" {
        return Ok(team::Request::SetAutoTopUp(None));
    }
    let amount =
        input::given(text).map_err(|what| Failure::bad_input(format!("--auto-top-up: {what}, nor off")))?;
    Ok(team::Request::SetAutoTopUp(Some(dollars("auto-top-up", amount)?)))
}

fn replay<'a>(input: &'a Input, scenario: Scenario<'a>, answers: Answers<'_, '_>) -> Result<(), Failure> {
    match scenario {
        Scenario::Individual(sourced) => {
            let as_of = sourced.timeline.as_of;
            answers.print(&person::Replay::on(&input.ledger(sourced, as_of)?, as_of))
        }
        Scenario::Organisation(sourced) => {
            let as_of = sourced.timeline.as_of;
            answers.print(&organisation::Replay::on(&input.ledger(sourced, as_of)?, as_of))
        }
        Scenario::Team(sourced) => {
            let as_of = sourced.timeline.as_of;
            let ledger = input.ledger(sourced, as_of)?;
            answers.print(&team::Replay::on(&ledger, headroom_app::catalog::in_use(), as_of))
        }
    }
}

pub(crate) fn print(answer: &impl Serialize, console: &mut Console<'_>) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(answer).map_err(Failure::trouble)?;
    Ok(writeln!(console.output, "{}", printable::json(&text))?)
}
