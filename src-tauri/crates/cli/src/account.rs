//! `status`, `facts` and their like: what the store holds, and how it gets there.

use crate::team_facts::{self, TeamFactsArguments};
use crate::{Console, Failure, Open, facts, import, input, live, packs, scenario, standing};
use clap::Subcommand;
use headroom_app::answers::{AccountSummary, LoginsView, Remaining, Standing};
use headroom_app::words;
use headroom_app::{AppError, EachAccount, Headroom, Place};
use headroom_exact::Decimal;
use serde::Serialize;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// How every account stands now.
    Status {
        /// Only this account: its number or name.
        #[arg(long)]
        account: Option<String>,
        /// As JSON: a list of accounts, amounts as decimal strings.
        #[arg(long)]
        json: bool,
        /// Exit with status 3 if an account of one person or a team has fewer credits left.
        #[arg(long, value_name = "CREDITS", value_parser = input::given::<Decimal>)]
        min_remaining: Option<Decimal>,
    },
    /// Set one person's account details: plan, first paid day, country, limit, tax. What you leave out stays as
    /// it is.
    Facts(facts::Arguments),
    /// The packs you bought: list them, add one, remove one.
    Packs(packs::Packs),
    /// The credits you were granted beside the plan: list them, add some, remove them.
    Grants(packs::Grants),
    /// Set a team's details: when it began, what a seat costs, how many there are.
    TeamFacts(TeamFactsArguments),
    /// All accounts; with a further word, add, rename, hide, show or remove one.
    Accounts {
        /// What to do.
        #[command(subcommand)]
        change: Option<live::Change>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ask the vendor what is left and what was used, with the login on this computer.
    Refresh {
        /// Its number or name; the first one when not given.
        #[arg(long)]
        account: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ask Kiro to turn the overage switch, then look whether it shows.
    Overage {
        /// The position.
        position: facts::Switch,
        /// The account's number or name.
        #[arg(long)]
        account: String,
        /// That it is meant: overage is charged.
        #[arg(long)]
        yes: bool,
    },
    /// What can be read on this machine, and what helps where it can't.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Import usage and bills from files, folders and ZIPs: headroom import bill.csv reports/ recognises what they are.
    ///
    /// With a kind first (headroom import aws-cost bill.csv) they are read as that, and anything else is refused; a kind
    /// alone reads what lies in its usual place. "-" is standard input.
    Import(import::Arguments),
}

pub(crate) fn run(command: &Command, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let reads = match command {
        Command::Status { .. } | Command::Accounts { change: None, .. } | Command::Doctor { .. } => true,
        Command::Packs(packs) => packs.reads(),
        Command::Grants(grants) => grants.reads(),
        Command::Accounts { change: Some(_), .. }
        | Command::Facts(_)
        | Command::TeamFacts(_)
        | Command::Refresh { .. }
        | Command::Overage { .. }
        | Command::Import(_) => false,
    };
    let headroom = if reads { open()?.open_to_read()? } else { open()?.open()? };
    if let Some(why) = headroom.not_writable() {
        writeln!(console.errors, "headroom: {}", words::say(&why))?;
    }
    if let Some(behind) = headroom.clock_behind()? {
        writeln!(console.errors, "headroom: {}", words::say(&behind))?;
        if !reads && headroom.not_writable().is_none() {
            headroom.clock_behind_is_said()?;
        }
    }
    match command {
        Command::Status { account, json, min_remaining } => {
            status(&headroom, account.as_deref(), *json, *min_remaining, open, console)
        }
        Command::Accounts { change: Some(change), .. } => live::change(&headroom, change, console),
        Command::Accounts { change: None, json } => live::accounts(&headroom, *json, console),
        Command::Refresh { account, json } => live::refresh(&headroom, account.as_deref(), *json, console),
        Command::Overage { position, account, yes } => {
            live::overage(&headroom, account, matches!(position, facts::Switch::On), *yes, console)
        }
        Command::Doctor { json } => live::doctor(&headroom, *json, console),
        Command::Facts(arguments) => facts::state(&headroom, arguments, console),
        Command::Packs(arguments) => packs::packs(&headroom, arguments, console),
        Command::Grants(arguments) => packs::grants(&headroom, arguments, console),
        Command::TeamFacts(arguments) => team_facts::save(&headroom, arguments, console),
        Command::Import(arguments) => import::run(&headroom, arguments, console),
    }
}

/// An account and how it stands; without facts there is nothing to say about it yet.
#[derive(Serialize)]
struct AccountStatus {
    account: Option<AccountSummary>,
    overview: Option<Standing>,
    /// The logins of an account that nothing is known of yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    logins: Option<LoginsView>,
    /// Why it can't be shown, with its name.
    fault: Option<String>,
}

/// An account's status: what is wrong with it stays with it.
fn status_of(headroom: &Headroom, each: EachAccount) -> AccountStatus {
    let fault = |error: AppError| Some(format!("{} can't be shown: {error}", each.name));
    match each.summary {
        Err(error) => AccountStatus { account: None, overview: None, logins: None, fault: fault(error) },
        Ok(account) => {
            let logins = if account.ready { None } else { headroom.logins(account.id).ok() };
            let standing = account.ready.then(|| headroom.standing(account.id)).transpose();
            let (overview, fault) = match standing {
                Ok(overview) => (overview, None),
                Err(error) => (None, fault(error)),
            };
            AccountStatus { account: Some(account), overview, logins, fault }
        }
    }
}

fn status(
    headroom: &Headroom,
    wanted: Option<&str>,
    json: bool,
    min_remaining: Option<Decimal>,
    open: Open<'_>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let shown = if wanted.is_some() {
        vec![live::one_of(headroom.each_account()?, wanted)?]
    } else {
        headroom.each_account()?.into_iter().filter(|account| !account.hidden).collect()
    };
    let accounts: Vec<_> = shown.into_iter().map(|each| status_of(headroom, each)).collect();
    if json {
        scenario::print(&accounts, console)?;
    } else {
        print(&accounts, console)?;
        if console.terminal {
            remember_told(&accounts, open);
        }
    }
    let mut faults = accounts.iter().filter_map(|status| status.fault.as_ref());
    match faults.next() {
        // What is the matter was said before: also what can be read is of damaged data.
        None if headroom.is_in_safe_mode() => Err(Failure::fault("")),
        Some(fault) => Err(Failure::fault(faults.fold(fault.clone(), |all, fault| format!("{all} {fault}")))),
        None => enough(&accounts, min_remaining),
    }
}

/// Remembers what was told once. Where nothing can be written now it is told again: that stops no status.
fn remember_told(accounts: &[AccountStatus], open: Open<'_>) {
    let told = accounts.iter().filter_map(|status| match status.overview.as_ref()? {
        Standing::KiroIndividual(overview) => {
            overview.repriced.as_ref().filter(|repriced| !repriced.told)?;
            Some(overview.account.id)
        }
        Standing::KiroEnterprise(_) | Standing::KiloTeams(_) | Standing::KiloPersonal(_) => None,
    });
    let told: Vec<_> = told.collect();
    if told.is_empty() {
        return;
    }
    if let Ok(headroom) = open().and_then(Place::open) {
        for account in told {
            _ = headroom.told_repriced(account);
        }
    }
}

/// The statuses for people.
fn print(accounts: &[AccountStatus], console: &mut Console<'_>) -> std::io::Result<()> {
    if accounts.is_empty() {
        writeln!(console.output, "{}", live::NO_ACCOUNT)?;
    }
    for (index, status) in accounts.iter().enumerate() {
        if index > 0 {
            writeln!(console.output)?;
        }
        if let Some(fault) = &status.fault {
            writeln!(console.output, "{fault}")?;
            continue;
        }
        match &status.overview {
            Some(Standing::KiroIndividual(overview)) => standing::person(overview, console)?,
            Some(Standing::KiroEnterprise(organisation)) => standing::organisation(organisation, console)?,
            Some(Standing::KiloTeams(team)) => standing::team(team, console)?,
            Some(Standing::KiloPersonal(own)) => standing::personal(own, console)?,
            None => not_known(status, console)?,
        }
    }
    Ok(())
}

/// An account of which nothing is known yet: why, and what helps.
fn not_known(status: &AccountStatus, console: &mut Console<'_>) -> std::io::Result<()> {
    let name = status.account.as_ref().map_or("This account", |account| &account.name);
    writeln!(console.output, "{name}")?;
    if let Some(logins) = status.logins.as_ref().filter(|logins| logins.undecided) {
        writeln!(
            console.output,
            "  Several logins may be its own: headroom accounts login \"{name}\" NUMBER chooses one"
        )?;
        return live::each_login(logins, "  ", console);
    }
    writeln!(
        console.output,
        "  Its plan is not known yet: headroom refresh asks, or headroom facts --plan pro sets it"
    )?;
    let failure = status.logins.as_ref().and_then(|logins| logins.failure.as_ref());
    failure.map_or(Ok(()), |why| writeln!(console.output, "  The last refresh failed: {}", words::say(why)))
}

/// What an account has left; an organisation has no one balance.
fn left(status: &AccountStatus) -> Remaining {
    match status.overview.as_ref() {
        Some(Standing::KiroIndividual(overview)) => overview.remaining,
        Some(Standing::KiloTeams(team)) => team.remaining,
        Some(Standing::KiloPersonal(own)) => own.remaining,
        Some(Standing::KiroEnterprise(_)) | None => Remaining::NotKnown,
    }
}

/// Whether every account has that many credits left; one of which it isn't known has not, nor one whose figures are more
/// than a day old (V8). An organisation has no one balance, and is not asked.
fn enough(accounts: &[AccountStatus], min_remaining: Option<Decimal>) -> Result<(), Failure> {
    let Some(wanted) = min_remaining else { return Ok(()) };
    let counts = |account: &AccountSummary| !account.sample && headroom_app::has_balance(account.billing);
    let named = accounts.iter().filter_map(|status| Some((status, status.account.as_ref()?)));
    let mut counted = named.filter(|(_, account)| counts(account)).peekable();
    if counted.peek().is_none() {
        return Err(Failure::too_little("no account is known"));
    }
    for (status, account) in counted {
        let name = &account.name;
        if let Some(too_old) = standing::too_old(status.overview.as_ref()) {
            return Err(Failure::too_little(words::say(too_old)));
        }
        let (is_enough, left) = match left(status) {
            Remaining::NoLimit => continue,
            Remaining::Credits(left) => {
                let credits = words::credits(&left.to_string());
                (left.reaches(wanted), format!("{credits} credits left, fewer"))
            }
            Remaining::Dollars(left) => {
                (left.reaches(wanted), format!("{} left, less", words::dollars(&left.to_string())))
            }
            Remaining::NotKnown => {
                return Err(Failure::too_little(format!("what {name} has left is not known")));
            }
        };
        if !is_enough {
            return Err(Failure::too_little(format!("{name} has {left} than {wanted}")));
        }
    }
    Ok(())
}
