//! The proof of the engine: properties, the independent model, bugs reported elsewhere.

mod advice;
mod amounts;
mod catalogue;
mod charges;
mod counted_days;
mod course;
mod credits_axis;
mod every_kind;
mod explained;
mod kilo_personal;
mod lists;
mod models;
mod needed;
mod opening;
mod organisation_advice;
mod outlook;
mod packs;
mod properties;
mod reference;
mod renewal;
mod reported_bugs;
mod spent_axis;
mod team_advice;
mod team_of_2026;
mod told;
mod verdict;

/// A scenario of one kind, folded: its ledger and its moment.
macro_rules! ledger {
    ($scenario:expr, $kind:ident) => {{
        let text = $scenario.to_string();
        let Ok(Scenario::$kind(sourced)) = Scenario::parse(text.as_bytes()) else {
            panic!("a scenario of that kind: {text}");
        };
        let at = sourced.timeline.as_of;
        (Ledger::fold(&sourced.timeline, at).expect("a ledger"), at)
    }};
}
pub(crate) use ledger;
