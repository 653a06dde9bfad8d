//! A scenario parsed by `serde_json` into plain typed structs: what reading the same file costs
//! anybody, and the measure of `headroom simulate`.

use serde::Deserialize;

/// A scenario as anybody would type it.
#[derive(Deserialize)]
pub struct Scenario {
    /// The kind of account.
    pub account: String,
    /// The moment of the statement.
    pub as_of: String,
    /// What happened.
    pub events: Vec<Event>,
}

/// An event as anybody would type it.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Event {
    /// When.
    pub at: String,
    /// What.
    #[serde(rename = "type")]
    pub kind: String,
    /// The plan asked for.
    pub plan: Option<String>,
    /// The switch.
    pub enabled: Option<bool>,
    /// Metered credits.
    pub credits: Option<String>,
    /// Credits as they would be on Auto.
    pub auto_credits: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The metering's id.
    pub id: Option<String>,
}

/// The number of events of a scenario, parsed whole.
pub fn parse(json: &[u8]) -> usize {
    let scenario: Scenario = serde_json::from_slice(json).expect("a scenario");
    scenario.events.len()
}
