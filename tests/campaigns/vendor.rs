//! An account whose vendor is played, to try a network and a clock on.

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, Choice, OverviewView, RefreshView, Vendor};
use headroom_exact::Moment;
use serde_json::json;
use tools::emulator::Emulator;

/// When it begins, by a clock that is right.
pub const NOW: &str = "2026-11-21T10:00:00Z";
/// What is left by the vendor's good answer.
pub const LEFT: &str = "387.60";
pub const TOKEN: &str = "a-token-that-must-not-leak";

pub fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

/// Kiro, for somebody on Pro who has used 612.40 of 1,000 credits.
pub fn kiro() -> Emulator {
    let scenario = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-08-15T09:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-04T10:00:00Z", "type": "usage", "credits": "612.40"},
    ]});
    Emulator::of(scenario, NOW, 0)
}

/// Somebody who is signed in there, at a moment.
pub fn signed_in(emulator: &Emulator, now: &str) -> (Desk, AccountNumber) {
    let desk = Desk::at(now).with_kiro(emulator.address(), TOKEN, "2099-01-01T00:00:00Z");
    let facts =
        r#"{"plan": "pro", "first_paid_on": "2026-01-15", "country": "US", "overage_enabled": false}"#;
    let account = desk.facts(facts);
    desk.headroom.choose(&Choice::Ask { vendor: Vendor::Kiro, agreed: true }).expect("agreed");
    (desk, account)
}

/// How many times it was asked.
pub fn asked(emulator: &Emulator) -> usize {
    emulator.seen().len()
}

pub fn by_hand(desk: &Desk, account: AccountNumber) -> Result<RefreshView, String> {
    desk.headroom.refresh(account, true, false).map_err(|error| error.to_string())
}

pub fn overview(desk: &Desk, account: AccountNumber) -> Result<OverviewView, String> {
    desk.headroom.overview(account).map_err(|error| error.to_string())
}

/// That something holds.
pub fn holds(is_so: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(otherwise()) }
}
