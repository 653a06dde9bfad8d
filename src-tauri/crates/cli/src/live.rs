//! `accounts`, `refresh`, `overage` and `doctor`: what stands between this machine and the vendors.

use crate::{Console, Failure, asked, scenario};
use clap::{Subcommand, ValueEnum};
use headroom_app::answers::{
    AccountNumber, AccountSummary, Kind, LoginsView, RequestState, SourceState, SourceView,
};
use headroom_app::{EachAccount, Headroom, words};
use headroom_sources::files::bounded::{self, FileError, LARGEST_NOTE};
use serde::Serialize;
use std::sync::mpsc;
use std::time::Duration;

/// How often the switch is looked for, and how many times: a minute in all.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const LOOKS: u32 = 12;

pub(crate) fn accounts(headroom: &Headroom, json: bool, console: &mut Console<'_>) -> Result<(), Failure> {
    let mut accounts = Vec::new();
    let mut faults = Vec::new();
    for each in headroom.each_account()? {
        match each.summary {
            Ok(summary) => accounts.push(summary),
            Err(error) => faults.push(format!("{} can't be shown: {error}", each.name)),
        }
    }
    if json {
        scenario::print(&accounts, console)?;
    } else {
        list(accounts, console)?;
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::fault(faults.join(" "))) }
}

fn list(accounts: Vec<AccountSummary>, console: &mut Console<'_>) -> std::io::Result<()> {
    for account in accounts {
        let sample = if account.sample { " (made-up numbers)" } else { "" };
        let hidden = if account.hidden { " (hidden)" } else { "" };
        let kind = account.billing.name();
        writeln!(console.output, "{}  {}  {kind}{sample}{hidden}", account.id.0, account.name)?;
    }
    Ok(())
}

/// A change of the list of accounts.
#[derive(Subcommand)]
pub(crate) enum Change {
    /// Add an account; of Kilo, what the login on this machine has: every team that it is in, and its own.
    Add {
        /// Which.
        kind: Addable,
        /// Its name.
        name: Option<String>,
    },
    /// Keep a Kilo key in the system's keyring: it is read from standard input, as one line.
    Key {
        /// Forget it instead.
        #[arg(long)]
        forget: bool,
    },
    /// Give an account another name.
    Rename {
        /// Its number or name.
        account: String,
        /// The new name.
        name: String,
    },
    /// Keep an account out of sight; its data stays.
    Hide {
        /// Its number or name.
        account: String,
    },
    /// Show a hidden account again.
    Show {
        /// Its number or name.
        account: String,
    },
    /// By which login an account goes: lists those on this machine with what each gives, or chooses one.
    Login {
        /// The account's number or name.
        account: String,
        /// The login: its number in the list, its user, or its file. The list when not given.
        login: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove an account and everything Headroom has kept for it.
    Remove {
        /// Its number or name.
        account: String,
        /// That it is meant: it can't be undone.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Addable {
    /// Kiro for one person.
    Kiro,
    /// Kiro for an organisation.
    KiroOrganisation,
    /// What Kilo's login on this machine has, its teams and its own account: Kilo is asked.
    Kilo,
    /// Kilo for one person, without asking anybody now.
    KiloPersonal,
}

pub(crate) fn change(headroom: &Headroom, change: &Change, console: &mut Console<'_>) -> Result<(), Failure> {
    let said = match change {
        Change::Add { kind: Addable::Kilo, .. } => {
            let names: Vec<_> =
                headroom.connect_kilo().map_err(asked)?.into_iter().map(|account| account.name).collect();
            format!("Kilo's accounts are here: {}.", names.join(", "))
        }
        Change::Add { kind, name } => {
            let kind = match kind {
                Addable::Kiro => Kind::KiroIndividual,
                Addable::KiroOrganisation => Kind::KiroEnterprise,
                Addable::Kilo | Addable::KiloPersonal => Kind::KiloPersonal,
            };
            let added = headroom.add_account(kind, name.as_deref())?;
            format!("{} is account {}.", added.name, added.id.0)
        }
        Change::Key { forget: true } => {
            headroom.set_kilo_key(None).map_err(asked)?;
            "The key is forgotten.".to_owned()
        }
        Change::Key { forget: false } => {
            let mut key = Vec::new();
            let read = bounded::read_from(&mut console.input, LARGEST_NOTE, &mut key);
            let key = read.and_then(|()| String::from_utf8(key).map_err(|_| FileError::NotText));
            let key = key.map_err(|error| {
                Failure::bad_input(format!("standard input: {}", words::say(&error.into())))
            })?;
            headroom.set_kilo_key(Some(&key)).map_err(asked)?;
            "The key is in the system's keyring; headroom accounts add kilo asks for its accounts.".to_owned()
        }
        Change::Rename { account, name } => {
            let account = chosen(headroom, Some(account))?;
            headroom.rename_account(account.id, name)?;
            format!("{} is called {} now.", account.name, name.trim())
        }
        Change::Hide { account } => {
            let account = chosen(headroom, Some(account))?;
            headroom.hide_account(account.id, true)?;
            format!("{} is hidden.", account.name)
        }
        Change::Show { account } => {
            let account = chosen(headroom, Some(account))?;
            headroom.hide_account(account.id, false)?;
            format!("{} is shown again.", account.name)
        }
        Change::Login { account, login, json } => {
            return logins(headroom, account, login.as_deref(), *json, console);
        }
        Change::Remove { account, yes } => {
            let account = chosen(headroom, Some(account))?;
            if !yes {
                return Err(Failure::bad_input(format!(
                    "accounts remove deletes everything Headroom has kept for {}: repeat with --yes",
                    account.name
                )));
            }
            headroom.delete_account(account.id)?;
            // One was made before the removal.
            format!(
                "{} is removed. The copies of the data from before still have it, until newer ones take their place: \
                 headroom copies",
                account.name
            )
        }
    };
    Ok(writeln!(console.output, "{said}")?)
}

/// The logins that an account may go by; chooses one first, if one is named.
fn logins(
    headroom: &Headroom,
    account: &str,
    wanted: Option<&str>,
    json: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = chosen(headroom, Some(account))?;
    let mut view = headroom.logins(account.id)?;
    if let Some(wanted) = wanted {
        let numbered =
            wanted.parse::<usize>().ok().and_then(|number| view.logins.get(number.checked_sub(1)?));
        let key = numbered.map_or(wanted, |login| login.key.as_str()).to_owned();
        view = headroom.choose_login(account.id, &key)?;
    }
    if json {
        return scenario::print(&view, console);
    }
    if view.logins.is_empty() {
        writeln!(console.output, "No login was found on this machine.")?;
    }
    each_login(&view, "", console)?;
    if view.undecided {
        writeln!(
            console.output,
            "Choose the one that {} is: headroom accounts login {} NUMBER",
            account.name, account.id.0
        )?;
    }
    Ok(())
}

/// Each login with what it gives, in a line.
pub(crate) fn each_login(view: &LoginsView, indent: &str, console: &mut Console<'_>) -> std::io::Result<()> {
    for (index, login) in view.logins.iter().enumerate() {
        let mark = if login.chosen { "*" } else { " " };
        let who = login.user.as_deref().unwrap_or("a user that isn't named");
        let gives = match (&login.plan, &login.left, &login.used) {
            (Some(plan), Some(left), Some(used)) => format!("{plan}, {left} left, {used} used"),
            (Some(plan), None, Some(used)) => format!("{plan}, {used} used"),
            (_, _, _) if login.at.is_some() => "nothing that can be read".to_owned(),
            (_, _, _) => "no answer yet".to_owned(),
        };
        writeln!(console.output, "{indent}{mark} {}  {who}: {gives}  ({})", index + 1, login.found_in)?;
    }
    Ok(())
}

/// What is said where there is no account.
pub(crate) const NO_ACCOUNT: &str = "No account yet. Begin with: headroom facts --plan pro --first-paid 2026-04-15; where Kiro is signed in: headroom accounts add kiro, then headroom refresh";

/// The account of that number or name; without one the first that is real.
pub(crate) fn chosen(headroom: &Headroom, wanted: Option<&str>) -> Result<AccountSummary, Failure> {
    Ok(one_of(headroom.each_account()?, wanted)?.summary?)
}

/// The same of these, whatever is wrong with it or with another.
pub(crate) fn one_of(accounts: Vec<EachAccount>, wanted: Option<&str>) -> Result<EachAccount, Failure> {
    let is_it = |account: &EachAccount| match wanted {
        None => !account.sample && !account.hidden,
        Some(wanted) => account.name == wanted || account.id.0.to_string() == wanted,
    };
    let known: Vec<_> = accounts.iter().map(|account| account.name.clone()).collect();
    accounts.into_iter().find(is_it).ok_or_else(|| {
        Failure::bad_input(match wanted {
            _ if known.is_empty() => NO_ACCOUNT.to_owned(),
            Some(wanted) => format!("--account: \"{wanted}\" is no account; known: {}", known.join(", ")),
            None => {
                format!("--account: name one, since all are hidden or made up; known: {}", known.join(", "))
            }
        })
    })
}

pub(crate) fn refresh(
    headroom: &Headroom,
    account: Option<&str>,
    json: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = chosen(headroom, account)?;
    let Some(vendor) = headroom.vendor_of(account.id)? else {
        return Err(Failure::bad_input(format!(
            "{} can't be asked: import its reports (headroom import kiro-activity PATH)",
            account.name
        )));
    };
    let refreshed = headroom.refresh(account.id, true, false)?;
    if json {
        scenario::print(&refreshed, console)?;
    } else if let Some(at) = refreshed.last_success
        && (refreshed.failure.is_none() || refreshed.failed_at == Some(at))
    {
        // Also where it answered in part: what is missing is said besides.
        writeln!(console.output, "{vendor} answered for {} on {}.", account.name, words::moment(&at))?;
        if let Some(other_cycle) = &refreshed.other_cycle {
            writeln!(console.output, "{}", words::say(other_cycle))?;
        }
    }
    // That it wasn't asked comes first: what failed before isn't news.
    let trouble = refreshed.failure.as_ref().or(refreshed.waits.as_ref().map(|waits| &waits.why));
    match (&refreshed.not_asked, trouble) {
        (None, None) => Ok(()),
        (None, Some(trouble)) => Err(Failure::trouble(words::say(trouble))),
        (Some(not_asked), Some(_)) => Err(Failure::trouble(words::say(&not_asked.why))),
        (Some(not_asked), None) if json => {
            Ok(writeln!(console.errors, "headroom: {}", words::say(&not_asked.why))?)
        }
        (Some(not_asked), None) => Ok(writeln!(console.output, "{}", words::say(&not_asked.why))?),
    }
}

pub(crate) fn overage(
    headroom: &Headroom,
    account: &str,
    on: bool,
    yes: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = chosen(headroom, Some(account))?;
    let position = if on { "on" } else { "off" };
    if !yes {
        let price = headroom.overview(account.id)?.overage.unit_price;
        return Err(Failure::bad_input(format!(
            "overage {position} changes {} at Kiro (${price} a credit beyond the plan); repeat with --yes",
            account.name
        )));
    }
    headroom.request_overage(account.id, on).map_err(asked)?;
    writeln!(console.output, "Asked Kiro to turn overage {position}.")?;
    // Nobody sends on this channel: it only waits, and a signal still ends the process.
    let (_kept, waiting) = mpsc::channel::<()>();
    for look in 0..LOOKS {
        if look > 0 {
            _ = waiting.recv_timeout(LOOK_EVERY);
        }
        if let Some(state) = confirmed(headroom, account.id)? {
            if state == RequestState::Confirmed {
                writeln!(console.output, "Kiro shows it {position}.")?;
                return Ok(());
            }
            break;
        }
    }
    Err(Failure::trouble(format!("Kiro does not show overage {position}: look on its account page.")))
}

/// Looks once; none while it is not decided.
fn confirmed(headroom: &Headroom, account: AccountNumber) -> Result<Option<RequestState>, Failure> {
    headroom.refresh(account, true, false)?;
    let request = headroom.overview(account)?.overage.request;
    Ok(request.map(|request| request.state).filter(|state| *state != RequestState::Requested))
}

/// A source, in English.
#[derive(Serialize)]
struct Told {
    source: String,
    place: Option<String>,
    state: SourceState,
    last_success: Option<String>,
    advice: String,
}

impl From<SourceView> for Told {
    fn from(view: SourceView) -> Self {
        Self {
            source: words::say(&view.source),
            place: view.place.as_ref().map(words::written),
            state: view.state,
            last_success: view.last_success,
            advice: words::say(&view.advice),
        }
    }
}

pub(crate) fn doctor(headroom: &Headroom, json: bool, console: &mut Console<'_>) -> Result<(), Failure> {
    let sources: Vec<_> = headroom.doctor()?.into_iter().map(Told::from).collect();
    if json {
        return scenario::print(&sources, console);
    }
    for source in sources {
        let state = match source.state {
            SourceState::Readable => "readable",
            SourceState::Unreadable => "not readable",
            SourceState::Missing => "not there",
        };
        writeln!(console.output, "{}: {state}", source.source)?;
        if let Some(place) = source.place {
            writeln!(console.output, "  {place}")?;
        }
        if let Some(at) = source.last_success {
            writeln!(console.output, "  last answered on {}", words::moment(&at))?;
        }
        writeln!(console.output, "  {}", source.advice)?;
    }
    Ok(())
}
