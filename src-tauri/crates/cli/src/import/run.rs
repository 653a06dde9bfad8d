//! Importing what is named.

use super::{Arguments, KINDS, Told, arrived};
use crate::{Console, Failure, live, scenario, sql};
use headroom_app::{Headroom, How, IssueChoice};
use std::ffi::OsString;
use std::path::Path;

/// Imports what is named.
pub(crate) fn run(
    headroom: &Headroom,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let Arguments { what, account, issue, month, payer, dry_run, json } = arguments;
    let account = account.as_deref().map(|wanted| live::chosen(headroom, Some(wanted))).transpose()?;
    let account = account.map(|account| account.id);
    let month = month.as_deref().map(|text| sql::month("--month", text)).transpose()?;
    let choice =
        issue.as_deref().map(|path| IssueChoice { path, month, payer: payer.as_deref(), amount: None });
    let how = How { account, issues: choice.as_slice(), dry_run: *dry_run, ..How::default() };
    let first = what.first().and_then(|first| first.to_str());
    let kind = KINDS.iter().map(|(kind, _)| *kind).find(|kind| Some(kind.name()) == first);
    if kind.is_none() {
        not_mistyped(what)?;
    }
    let paths = what.iter().skip(usize::from(kind.is_some()));
    let (mut given, mut kept) = (Vec::new(), None);
    for path in paths.map(Path::new) {
        if path == Path::new("-") {
            // It can be read once.
            if kept.is_none() {
                let input = headroom.keep_input(console.input, "standard input")?;
                given.push(input.given.clone());
                kept = Some(input);
            }
            continue;
        }
        given.push(path.into());
    }
    let told = Told::new(console);
    let tell = |progress| told.tell(progress);
    if let Some(kind) = kind {
        let report = headroom.import_given(kind, &given, how, &tell);
        told.end();
        let report = match report {
            Ok(report) => report,
            Err(error) => return Err(arrived::refused(error, console)?),
        };
        if *json {
            scenario::print(&report, console)?;
        } else {
            super::report(&report, console)?;
        }
        return arrived::whole(&report.skipped, &given);
    }
    let arrived = headroom.import_as_it_is(&given, how, &tell);
    told.end();
    let arrived = arrived?;
    if *json {
        scenario::print(&arrived, console)?;
    } else {
        arrived::each(&arrived, console)?;
    }
    arrived::came_to(&arrived, &given, console)?;
    let skipped = arrived.parts.iter().filter_map(|part| part.report.as_ref()).flat_map(|of| &of.skipped);
    arrived::whole(skipped.chain(&arrived.others), &given)
}

/// Refuses what is neither a file nor a kind, where it may have been meant as one.
fn not_mistyped(what: &[OsString]) -> Result<(), Failure> {
    let Some(first) = what.first().and_then(|first| first.to_str()) else { return Ok(()) };
    let may_be_a_kind =
        first.contains('-') && first.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase());
    if first == "-" || !may_be_a_kind || Path::new(first).exists() {
        return Ok(());
    }
    let names: Vec<_> = KINDS.iter().map(|(kind, _)| kind.name()).collect();
    let names = names.join(", ");
    Err(Failure::bad_input(format!("{first} is no file here, and no kind of file: there are {names}")))
}
