//! `accounts`, `refresh`, `overage` and `doctor`: what stands between this machine and the vendors.

use crate::{Console, Failure, scenario};
use headroom_app::Headroom;
use headroom_app::views::{AccountNumber, AccountSummary, RequestState, SourceState};
use std::sync::mpsc;
use std::time::Duration;

/// How often the switch is looked for, and how many times: a minute in all.
const LOOK_EVERY: Duration = Duration::from_secs(5);
const LOOKS: u32 = 12;

pub(crate) fn accounts(headroom: &Headroom, json: bool, console: &mut Console<'_>) -> Result<(), Failure> {
    let accounts = headroom.start(None)?.accounts;
    if json {
        return scenario::print(&accounts, console);
    }
    for account in accounts {
        let sample = if account.sample { " (made-up figures)" } else { "" };
        writeln!(console.output, "{}  {}{sample}", account.id.0, account.name)?;
    }
    Ok(())
}

/// The account of that number or name; without one the first that is real.
fn chosen(headroom: &Headroom, wanted: Option<&str>) -> Result<AccountSummary, Failure> {
    let accounts = headroom.start(None)?.accounts;
    let is_it = |account: &AccountSummary| match wanted {
        None => !account.sample,
        Some(wanted) => account.name == wanted || account.id.0.to_string() == wanted,
    };
    let known: Vec<_> = accounts.iter().map(|account| account.name.clone()).collect();
    accounts.into_iter().find(is_it).ok_or_else(|| {
        let wanted = wanted.map(|wanted| format!("--account: \"{wanted}\" is no account; "));
        Failure::bad_input(format!("{}known: {}", wanted.unwrap_or_default(), known.join(", ")))
    })
}

pub(crate) fn refresh(
    headroom: &Headroom,
    account: Option<&str>,
    json: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = chosen(headroom, account)?;
    let refreshed = headroom.refresh(account.id, true, false)?;
    if json {
        scenario::print(&refreshed, console)?;
    } else if let (None, Some(at)) = (&refreshed.failure, &refreshed.last_success) {
        writeln!(console.output, "Kiro's figures of {} are of {at}.", account.name)?;
    }
    refreshed.failure.map_or(Ok(()), |failure| Err(Failure::trouble(failure)))
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
    headroom.request_overage(account.id, on)?;
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

pub(crate) fn doctor(headroom: &Headroom, json: bool, console: &mut Console<'_>) -> Result<(), Failure> {
    let sources = headroom.doctor()?;
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
            writeln!(console.output, "  last answered {at}")?;
        }
        writeln!(console.output, "  {}", source.advice)?;
    }
    Ok(())
}
