//! `packs` and `grants`: what the owner of one person's account bought or was granted, stated and taken back.

use crate::{Console, Failure, live, scenario};
use clap::{Args, Subcommand};
use headroom_app::answers::{
    AccountSummary, GrantStated, PackStated, PoolState, PoolStated, RecordNumber, StatedPool, StatedPools,
};
use headroom_app::{Headroom, words};
use serde::Serialize;

/// An account, and what to do.
#[derive(Args)]
pub(crate) struct Packs {
    /// The account's number or name; the first one when not given.
    #[arg(long, global = true)]
    account: Option<String>,
    #[command(subcommand)]
    what: Option<WithPacks>,
}

#[derive(Subcommand)]
enum WithPacks {
    /// The packs you added, the newest first.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a pack that you bought: the dollars, or the credits.
    Add {
        /// Dollars that you paid, such as 10.
        #[arg(required_unless_present = "credits")]
        amount: Option<String>,
        /// The credits that you bought, in place of the dollars.
        #[arg(long, conflicts_with = "amount")]
        credits: Option<String>,
        /// The day you bought it: YYYY-MM-DD; today when not given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// The day from which it is gone: YYYY-MM-DD; it stays when not given.
        #[arg(long, value_name = "DATE")]
        ends: Option<String>,
    },
    /// Take a pack back, or take that back: the number is the list's, or the one that was said.
    Undo {
        /// Which.
        number: i64,
    },
}

/// An account, and what to do.
#[derive(Args)]
pub(crate) struct Grants {
    /// The account's number or name; the first one when not given.
    #[arg(long, global = true)]
    account: Option<String>,
    #[command(subcommand)]
    what: Option<WithGrants>,
}

#[derive(Subcommand)]
enum WithGrants {
    /// The grants you added, the newest first.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add credits that you were granted beside the plan.
    Add {
        /// What Kiro's page calls them.
        name: String,
        /// How many.
        credits: String,
        /// The day you got them: YYYY-MM-DD; today when not given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// The day from which they are gone: YYYY-MM-DD; they stay when not given.
        #[arg(long, value_name = "DATE")]
        ends: Option<String>,
    },
    /// Take a grant back, or take that back: the number is the list's, or the one that was said.
    Undo {
        /// Which.
        number: i64,
    },
}

impl Packs {
    /// Whether nothing is changed by it.
    pub(crate) const fn reads(&self) -> bool {
        matches!(self.what, None | Some(WithPacks::List { .. }))
    }
}

impl Grants {
    /// Whether nothing is changed by it.
    pub(crate) const fn reads(&self) -> bool {
        matches!(self.what, None | Some(WithGrants::List { .. }))
    }
}

/// A list as JSON, with whose it is.
#[derive(Serialize)]
struct Listed<'l> {
    account: &'l AccountSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    packs: Option<&'l [StatedPool]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grants: Option<&'l [StatedPool]>,
}

pub(crate) fn packs(
    headroom: &Headroom,
    arguments: &Packs,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = live::chosen(headroom, arguments.account.as_deref())?;
    match &arguments.what {
        None => list(headroom, &account, Which::Packs, false, console),
        Some(WithPacks::List { json }) => list(headroom, &account, Which::Packs, *json, console),
        Some(WithPacks::Add { amount, credits, on, ends }) => {
            let today = headroom.pools(account.id)?.today;
            let pack = PackStated {
                amount: amount.clone(),
                credits: credits.clone(),
                on: crate::input::date("on", on.as_ref().unwrap_or(&today))?,
                ends_on: ends.as_deref().map(|text| crate::input::date("ends", text)).transpose()?,
            };
            add(headroom, &account, &PoolStated::Pack(pack), Which::Packs, console)
        }
        Some(WithPacks::Undo { number }) => undo(headroom, &account, *number, Which::Packs, console),
    }
}

pub(crate) fn grants(
    headroom: &Headroom,
    arguments: &Grants,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let account = live::chosen(headroom, arguments.account.as_deref())?;
    match &arguments.what {
        None => list(headroom, &account, Which::Grants, false, console),
        Some(WithGrants::List { json }) => list(headroom, &account, Which::Grants, *json, console),
        Some(WithGrants::Add { name, credits, on, ends }) => {
            let today = headroom.pools(account.id)?.today;
            let grant = GrantStated {
                name: name.clone(),
                credits: credits.clone(),
                on: crate::input::date("on", on.as_ref().unwrap_or(&today))?,
                ends_on: ends.as_deref().map(|text| crate::input::date("ends", text)).transpose()?,
            };
            add(headroom, &account, &PoolStated::Grant(grant), Which::Grants, console)
        }
        Some(WithGrants::Undo { number }) => undo(headroom, &account, *number, Which::Grants, console),
    }
}

/// What is listed, added to or taken back from.
#[derive(Clone, Copy)]
enum Which {
    Packs,
    Grants,
}

impl Which {
    const fn of(self, pools: &StatedPools) -> &Vec<StatedPool> {
        match self {
            Self::Packs => &pools.packs,
            Self::Grants => &pools.grants,
        }
    }

    const fn command(self) -> &'static str {
        match self {
            Self::Packs => "packs",
            Self::Grants => "grants",
        }
    }
}

fn list(
    headroom: &Headroom,
    account: &AccountSummary,
    which: Which,
    json: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let pools = headroom.pools(account.id)?;
    if json {
        let listed = match which {
            Which::Packs => Listed { account, packs: Some(&pools.packs), grants: None },
            Which::Grants => Listed { account, packs: None, grants: Some(&pools.grants) },
        };
        return scenario::print(&listed, console);
    }
    if which.of(&pools).is_empty() {
        let command = which.command();
        writeln!(console.output, "{} has no {command}.", account.name)?;
    }
    for pool in which.of(&pools) {
        writeln!(console.output, "{}  {}", pool.record.0, line(pool))?;
    }
    Ok(())
}

/// A pack or a grant for people.
fn line(pool: &StatedPool) -> String {
    let credits = words::credits(&pool.credits);
    let what = match (&pool.name, &pool.amount) {
        (Some(name), _) => format!("{name}: {credits} credits"),
        (None, Some(amount)) => format!("{credits} credits for {}", words::dollars(amount)),
        (None, None) => format!("{credits} credits"),
    };
    let end = pool
        .ends_on
        .as_deref()
        .map_or("without an end".to_owned(), |end| format!("gone from {}", words::date(end)));
    let state = match pool.state {
        PoolState::Counts => match &pool.left {
            Some(left) => format!("{} left", words::credits(left)),
            None => "how much is left isn't known".to_owned(),
        },
        PoolState::GaveWay => "Kiro says itself what there is: that counts".to_owned(),
        PoolState::Ended => "it has ended".to_owned(),
        PoolState::Refused => {
            format!("not counted: {}", pool.refused.as_ref().map(words::say).unwrap_or_default())
        }
    };
    format!("{what}, from {}, {end}; {state}", words::date(&pool.on))
}

fn add(
    headroom: &Headroom,
    account: &AccountSummary,
    pool: &PoolStated,
    which: Which,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let recorded = headroom.state_pool(account.id, pool)?;
    let pools = headroom.pools(account.id)?;
    let name = &account.name;
    match which.of(&pools).iter().find(|pool| pool.record == recorded.record) {
        Some(pool) => writeln!(console.output, "Saved for {name}: {}.", line(pool))?,
        None => writeln!(console.output, "Saved for {name}.")?,
    }
    Ok(writeln!(
        console.output,
        "To take that back: headroom {} undo {}",
        which.command(),
        recorded.record.0
    )?)
}

fn undo(
    headroom: &Headroom,
    account: &AccountSummary,
    number: i64,
    which: Which,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let recorded = headroom.undo_record(account.id, RecordNumber(number))?;
    writeln!(console.output, "Taken back: record {number} of {}.", account.name)?;
    Ok(writeln!(
        console.output,
        "To make it count again: headroom {} undo {}",
        which.command(),
        recorded.record.0
    )?)
}
