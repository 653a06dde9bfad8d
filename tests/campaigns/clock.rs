//! Clocks that were wrong for a while: nothing that they told leads or silences anybody once they are right.

use crate::Found;
use crate::vendor::{LEFT, NOW, asked, by_hand, holds, kiro, moment, overview, signed_in};
use acceptance::chance::Chance;
use tools::emulator::Fault;

const HOUR: i64 = 3_600;
const YEAR: i64 = 366 * 86_400;

/// What happened while the clock was wrong; a good answer with none.
const MEANWHILE: [Option<Fault>; 8] = [
    None,
    Some(Fault::Server),
    Some(Fault::Throttled(None)),
    Some(Fault::Throttled(Some("86400"))),
    Some(Fault::Says("503 Service Unavailable\r\nretry-after: Fri, 01 Jan 2100 00:00:00 GMT", "")),
    Some(Fault::Suspended),
    Some(Fault::Unauthorized),
    Some(Fault::Empty),
];

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    for index in 0..count {
        let meanwhile = MEANWHILE[usize::try_from(index).expect("few") % MEANWHILE.len()];
        let off = offset(chance);
        let outcome = if chance.below(4) == 0 {
            set_back(chance, -off, meanwhile)
        } else {
            was_ahead(chance, off, meanwhile)
        };
        found.tried(outcome.map_err(|failure| format!("{off} s off, {meanwhile:?}: {failure}")));
    }
    found
}

/// An hour to a year.
fn offset(chance: &mut Chance) -> i64 {
    let longest = chance.of(&[HOUR, 86_400, 40 * 86_400, YEAR]);
    HOUR + i64::try_from(chance.below(usize::try_from(longest).expect("small"))).expect("small")
}

/// The clock is ahead at one to three refreshes, then right.
fn was_ahead(chance: &mut Chance, off: i64, meanwhile: Option<Fault>) -> Result<(), String> {
    let emulator = kiro();
    let wrong = moment(NOW).plus_seconds(off);
    let known_before = chance.below(2) == 0;
    let begins = if known_before { NOW.to_owned() } else { wrong.to_string() };
    let (mut desk, account) = signed_in(&emulator, &begins);
    if known_before {
        by_hand(&desk, account)?;
    }
    emulator.fail(meanwhile);
    for attempt in 0..=chance.below(3) {
        let then = wrong.plus_seconds(i64::try_from(attempt).expect("few") * 600);
        desk = desk.later(&then.to_string());
        emulator.at(&then.to_string());
        by_hand(&desk, account)?;
    }
    emulator.fail(None);
    let right = moment(NOW).plus_seconds(60).to_string();
    emulator.at(&right);
    let desk = desk.later(&right);
    let behind = desk.headroom.clock_behind().map_err(|error| error.to_string())?;
    holds(behind.is_some(), || "nobody says that the clock was ahead".to_owned())?;
    let due = desk.headroom.due(false).map_err(|error| error.to_string())?.accounts;
    holds(known_before || due == [account], || "it isn't asked by itself".to_owned())?;
    let before = asked(&emulator);
    let refreshed = by_hand(&desk, account)?;
    holds(asked(&emulator) > before, || format!("nobody was asked: {:?}", refreshed.not_asked))?;
    let answered = refreshed.failure.is_none()
        && refreshed.last_success.map(|at| at.to_string()).as_deref() == Some(right.as_str());
    holds(answered, || format!("{refreshed:?}"))?;
    let view = overview(&desk, account)?;
    holds(view.left.as_deref() == Some(LEFT), || format!("{:?} are left", view.left))?;
    let behind = desk.headroom.clock_behind().map_err(|error| error.to_string())?;
    holds(behind.is_none(), || "it is said more than once".to_owned())
}

/// The clock is set back behind a good answer, then right again: that answer leads as if nothing had been.
fn set_back(chance: &mut Chance, off: i64, meanwhile: Option<Fault>) -> Result<(), String> {
    let emulator = kiro();
    let (desk, account) = signed_in(&emulator, NOW);
    by_hand(&desk, account)?;
    emulator.fail(meanwhile);
    let wrong = moment(NOW).plus_seconds(off);
    let mut desk = desk.later(&wrong.to_string());
    let behind = desk.headroom.clock_behind().map_err(|error| error.to_string())?;
    holds(behind.is_some(), || "nobody says that the clock is behind".to_owned())?;
    for attempt in 0..=chance.below(3) {
        let before = asked(&emulator);
        let then = wrong.plus_seconds(i64::try_from(attempt).expect("few") * 2 * 86_400);
        desk = desk.later(&then.to_string());
        let refreshed = by_hand(&desk, account)?;
        holds(asked(&emulator) > before, || format!("nobody was asked: {:?}", refreshed.not_asked))?;
    }
    emulator.fail(None);
    let right = moment(NOW).plus_seconds(3 * 86_400).to_string();
    let desk = desk.later(&right);
    let view = overview(&desk, account)?;
    holds(view.left.as_deref() == Some(LEFT), || format!("{:?} are left", view.left))?;
    emulator.at(&right);
    let refreshed = by_hand(&desk, account)?;
    let answered = refreshed.failure.is_none()
        && refreshed.last_success.map(|at| at.to_string()).as_deref() == Some(right.as_str());
    holds(answered, || format!("{refreshed:?}"))
}
