//! `simulate`, `preview` and `replay`: the engine on a scenario file (`scenario.md`).

use crate::input::Input;
use crate::{Console, Failure};
use clap::{Args, Subcommand};
use headroom_app::billing::organisation::Seat;
use headroom_app::billing::scenario::{Readable, Sourced};
use headroom_app::billing::{
    Decimal, Edition, Moment, Money, Plan, Scenario, Statement, individual, organisation, team,
};
use serde::Serialize;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The statement: everything the rules make of a scenario.
    Simulate {
        /// A scenario file, or - for standard input.
        file: String,
    },
    /// What a change would do: a plan, an organisation's user, a team's seats or credits.
    Preview(PreviewArguments),
    /// What each paid plan (of a team: each price list) would have cost over the closed months.
    Replay {
        /// A scenario file, or - for standard input.
        file: String,
    },
}

#[derive(Args)]
pub(crate) struct PreviewArguments {
    /// A scenario file, or - for standard input.
    file: String,
    /// The plan to change to; for an organisation's user also none.
    #[arg(long)]
    plan: Option<String>,
    /// When, instead of the scenario's own moment (2026-04-15T09:00:00Z).
    #[arg(long, value_name = "MOMENT")]
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
    #[arg(long, value_name = "AMOUNT")]
    buy_credits: Option<Decimal>,
}

impl Command {
    fn file(&self) -> &str {
        match self {
            Self::Simulate { file } | Self::Replay { file } => file,
            Self::Preview(arguments) => &arguments.file,
        }
    }
}

pub(crate) fn run(command: &Command, console: &mut Console<'_>) -> Result<(), Failure> {
    let input = Input::read(command.file(), console.input)?;
    let scenario = input.scenario()?;
    match command {
        Command::Simulate { .. } => match scenario {
            Scenario::Individual(sourced) => statement(&input, sourced, console),
            Scenario::Organisation(sourced) => statement(&input, sourced, console),
            Scenario::Team(sourced) => statement(&input, sourced, console),
        },
        Command::Preview(arguments) => preview(&input, scenario, arguments, console),
        Command::Replay { .. } => replay(&input, scenario, console),
    }
}

fn statement<'a, K: Readable>(
    input: &'a Input,
    sourced: Sourced<'a, K>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let as_of = sourced.timeline.as_of;
    print(&Statement::on(input.ledger(sourced, as_of)?, as_of), console)
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
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match scenario {
        Scenario::Individual(sourced) => {
            let at = arguments.at.unwrap_or(sourced.timeline.as_of);
            let plan = plan_of(sourced.timeline.terms.edition, needed(arguments.plan.as_ref(), "plan")?, "")?;
            print(&individual::Preview::on(&input.ledger(sourced, at)?, plan, at), console)
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
                    let plan = plan_of(sourced.timeline.terms.edition, id, ", none")?;
                    if !plan.is_paid() {
                        return Err(Failure::bad_input(format!("--plan: {id} is not for organisations")));
                    }
                    Some(plan)
                }
            };
            let request = organisation::Request { seat, group: &arguments.group, plan };
            print(&organisation::Preview::on(&input.ledger(sourced, at)?, &request, at), console)
        }
        Scenario::Team(sourced) => {
            let at = arguments.at.unwrap_or(sourced.timeline.as_of);
            let request = team_request(arguments)?;
            print(&team::Preview::on(&input.ledger(sourced, at)?, request, at), console)
        }
    }
}

fn team_request(arguments: &PreviewArguments) -> Result<team::Request, Failure> {
    match (arguments.add_seats, arguments.remove_seats, arguments.buy_credits) {
        (Some(0), None, None) | (None, Some(0), None) => {
            Err(Failure::bad_input("a number of seats is at least 1"))
        }
        (Some(count), None, None) => Ok(team::Request::AddSeats(count)),
        (None, Some(count), None) => Ok(team::Request::RemoveSeats(count)),
        (None, None, Some(amount)) if amount.is_positive() && amount.is_whole_hundredths() => {
            Ok(team::Request::BuyCredits(Money::rounded(amount)))
        }
        (None, None, Some(_)) => {
            Err(Failure::bad_input("--buy-credits: must be above zero, with at most two decimals"))
        }
        _ => Err(Failure::bad_input(
            "a team's preview takes one of --add-seats, --remove-seats and --buy-credits",
        )),
    }
}

fn replay<'a>(input: &'a Input, scenario: Scenario<'a>, console: &mut Console<'_>) -> Result<(), Failure> {
    match scenario {
        Scenario::Individual(sourced) => {
            let as_of = sourced.timeline.as_of;
            print(&individual::Replay::on(&input.ledger(sourced, as_of)?, as_of), console)
        }
        Scenario::Organisation(sourced) => {
            let as_of = sourced.timeline.as_of;
            print(&organisation::Replay::on(&input.ledger(sourced, as_of)?, as_of), console)
        }
        Scenario::Team(sourced) => {
            let timeline = input.timeline(sourced)?;
            print(&team::Replay::of(&timeline).map_err(|error| input.named(&error))?, console)
        }
    }
}

pub(crate) fn print(answer: &impl Serialize, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut text = serde_json::to_vec_pretty(answer).map_err(Failure::trouble)?;
    text.push(b'\n');
    Ok(console.output.write_all(&text)?)
}
