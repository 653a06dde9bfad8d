//! What is kept of vendors' answers: under which names, how it is read back, and what becomes of that which older
//! versions kept as it came.

use crate::bills;
use crate::error::AppError;
use crate::quoted::{COMMAND, IDE_LOG, IDE_STATE, MODELS, SERVICE, TEAM, TOLD, Told};
use chrono::NaiveDate;
use headroom_sources::aws_cost::MonthBill;
use headroom_sources::kept::{self, NotKept};
use headroom_sources::{FetchError, kilo_team, kiro_command, kiro_ide_state, kiro_limits, kiro_models};
use headroom_store::table::bills::KeptBill;
use headroom_store::table::snapshots::{AsItCame, Settled, Snapshot};
use headroom_store::{Store, Writing};
use serde::Serialize;

/// The names under which older versions kept bills (the month follows) and which months were billed.
const OLD_BILL: &str = "aws-cost:";
const OLD_BILLED_MONTHS: &str = "aws-cost-months";

/// What is kept of an answer; a failure where that can't be.
pub(crate) fn written(host: &'static str, observation: &impl Serialize) -> Result<String, FetchError> {
    kept::write(observation).map_err(|error| FetchError::Unreadable { host, what: error.to_string() })
}

/// Rewrites, once, what older versions kept as it came: what was read of it stays, and nothing else. Then what the
/// file still owes is done.
pub(crate) fn settle(store: &mut Store) -> Result<(), AppError> {
    store.settle_snapshots(settled)?;
    // Without room for it, or beside another program of ours, it is done the next time.
    match store.do_chores() {
        Ok(true) => {}
        Ok(false) => {
            tracing::info!("the file's old room is given back the next time: another Headroom reads it");
        }
        Err(error) => tracing::warn!("the file's old room could not be given back: {error}"),
    }
    Ok(())
}

fn settled(writing: &Writing<'_>, came: &AsItCame) -> Result<Settled, AppError> {
    let Snapshot { source, body, .. } = &came.snapshot;
    let rewritten = |observation: Option<Result<String, NotKept>>| {
        observation.and_then(Result::ok).map_or(Settled::Emptied, Settled::Rewritten)
    };
    let body = body.as_str();
    Ok(match source.as_str() {
        SERVICE | IDE_LOG => rewritten(kiro_limits::parse(body).ok().map(|limits| kept::write(&limits))),
        COMMAND => rewritten(kiro_command::parse(body).ok().map(|limits| kept::write(&limits))),
        IDE_STATE => rewritten(kiro_ide_state::parse(body).map(|(_, limits)| kept::write(&limits))),
        MODELS => rewritten(kiro_models::parse(body).ok().map(|models| kept::write(&models))),
        TEAM => rewritten(kilo_team::parse(body).ok().map(|team| kept::write(&team))),
        TOLD => rewritten(kept::read::<Told>(body).map(|told| kept::write(&told))),
        OLD_BILLED_MONTHS => {
            missing_bills(writing, came)?;
            Settled::Moved
        }
        source => match source.strip_prefix(OLD_BILL) {
            Some(month) => {
                move_bill(writing, came, month)?;
                Settled::Moved
            }
            // Nobody knows what it is, so nobody knows what stands in it.
            None => Settled::Emptied,
        },
    })
}

/// A bill gets a row of its own; what can't be read of it is kept as such.
fn move_bill(writing: &Writing<'_>, came: &AsItCame, month: &str) -> Result<(), AppError> {
    let Snapshot { fetched_at, body, .. } = &came.snapshot;
    let named = |bill: &MonthBill| bill.month.format("%Y-%m").to_string();
    let bill = serde_json::from_str::<MonthBill>(body).ok();
    // Where the name is no month any more, its own word says for which it is told.
    let is_month = format!("{month}-01").parse::<NaiveDate>().is_ok();
    let told = bill.as_ref().filter(|_| !is_month).map_or_else(|| month.to_owned(), named);
    let bill = bill.filter(|bill| named(bill) == month);
    match bill.and_then(|bill| bills::kept_bill(&bill).ok()) {
        Some(bill) => writing.append_bill(came.account, &bill, *fetched_at)?,
        None => writing.append_unreadable_bill(came.account, &told, body, *fetched_at)?,
    }
    Ok(())
}

/// A month that was billed and whose bill isn't there was lost: it is kept that there was one. (A list that can't be
/// read says nothing that the bills themselves don't say.)
fn missing_bills(writing: &Writing<'_>, came: &AsItCame) -> Result<(), AppError> {
    let months: Vec<NaiveDate> = kept::read(&came.snapshot.body).unwrap_or_default();
    for month in months {
        let known = writing.bills(came.account)?;
        if !known.iter().any(|bill: &KeptBill| *bill.months() == [month]) {
            let month = month.format("%Y-%m").to_string();
            writing.append_unreadable_bill(came.account, &month, "", came.snapshot.fetched_at)?;
        }
    }
    Ok(())
}
