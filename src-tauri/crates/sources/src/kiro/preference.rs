//! Kiro's `SetUserPreference`: the overage switch at the vendor (`interfaces.md` §1.3).

use crate::kiro::service;
use crate::kiro::token::KiroLogin;
use crate::wire::http::{FetchError, Http};
use serde_json::json;

/// Asks Kiro once to turn overage on or off. That it answered is no confirmation: what the limits say
/// afterwards is.
pub fn set_overage(http: &Http, login: &KiroLogin, enabled: bool) -> Result<(), FetchError> {
    let status = if enabled { "ENABLED" } else { "DISABLED" };
    let preference = json!({"overageConfiguration": {"overageStatus": status}});
    service::tell(http, login, "/setUserPreference", preference)
}
