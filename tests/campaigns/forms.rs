//! Answers as they come, with something in them changed: no figure becomes another without a reason in what was read of it.
//!
//! A change either says the same in another form, then nothing may change; or it breaks something, then what it breaks is
//! unknown or named; or it takes something away, then that is unknown and nothing else.

mod answers;
mod changes;
mod figures;

use crate::Found;
use crate::vendor::{NOW, by_hand, holds, kiro, overview, signed_in};
use acceptance::chance::Chance;
use answers::{SOURCES, Source};
use changes::{Changed, How};
use tools::emulator::Fault;

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let mut tried = [0_u64; SOURCES.len()];
    let (mut refused, mut with_reason) = (0_u64, 0_u64);
    for index in 0..count {
        let turn = usize::try_from(index).expect("few") % SOURCES.len();
        let source = &SOURCES[turn];
        tried[turn] += 1;
        found.tried(once(chance, source).map(|came| match came {
            Came::Refused => refused += 1,
            Came::WithReason => with_reason += 1,
            Came::Same => {}
        }));
    }
    let each = SOURCES.iter().zip(tried).map(|(source, tried)| format!("{} {tried}", source.name));
    let each: Vec<_> = each.collect();
    found
        .notes
        .push(format!("{}; {refused} refused as a whole, {with_reason} read with a reason", each.join(", ")));
    found
}

/// The same from the wire to the figures: what is left stays, or isn't known, or something is said.
fn through(whole: &str, text: &str, how: How) -> Result<(), String> {
    let emulator = kiro();
    let (desk, account) = signed_in(&emulator, NOW);
    let says = |text: &str| emulator.fail(Some(Fault::Says("200 OK", text.to_owned().leak())));
    says(whole);
    by_hand(&desk, account)?.failure.map_or(Ok(()), |failure| Err(format!("at first: {failure}")))?;
    let before = overview(&desk, account)?;
    says(text);
    let desk = desk.later("2026-11-21T10:05:00Z");
    let refreshed = by_hand(&desk, account)?;
    let after = overview(&desk, account)?;
    let gaps = after.quoted.as_ref().is_some_and(|quoted| !quoted.gaps.is_empty());
    let is_said = refreshed.failure.is_some() || refreshed.other_cycle.is_some() || gaps;
    let fine = after.left == before.left || (how != How::Same && (is_said || after.left.is_none()));
    holds(fine || how == How::Gone, || format!("{:?} were left and {:?} are", before.left, after.left))
}

/// What came of a changed answer.
enum Came {
    Refused,
    WithReason,
    Same,
}

fn once(chance: &mut Chance, source: &Source) -> Result<Came, String> {
    let whole = (source.made)(chance);
    let before = (source.read)(&whole).map_err(|why| format!("{}: {why}: {whole}", source.name))?;
    if !before.reasons.is_empty() {
        return Err(format!("{}: a whole answer has {:?}: {whole}", source.name, before.reasons));
    }
    let Changed { text, how, what } = (source.changed)(chance, &whole);
    if source.name == SOURCES[0].name && chance.below(50) == 0 {
        through(&whole, &text, how).map_err(|why| format!("{why}: {what}: {how:?}\n  {whole}\n  {text}"))?;
    }
    let after = match (source.read)(&text) {
        Ok(after) => after,
        Err(why) if why.is_empty() => return Err(format!("{}: refused without a word: {text}", source.name)),
        Err(_) => return Ok(Came::Refused),
    };
    let told = || format!("{}: {what}: {how:?}\n  {whole}\n  {text}", source.name);
    before.holds(&after, how).map_err(|why| format!("{why}: {}", told()))?;
    Ok(if after.reasons.is_empty() { Came::Same } else { Came::WithReason })
}
