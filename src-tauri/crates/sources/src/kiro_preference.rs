//! Kiro's `SetUserPreference`: the overage switch at the vendor (`interfaces.md` §1.3).

use crate::http::{FetchError, Host, Http, Question};
use crate::kiro_limits::headers;
use crate::kiro_token::KiroLogin;
use reqwest::Method;
use serde_json::json;

/// Asks Kiro once to turn overage on or off. That it answered is no confirmation: what the limits say
/// afterwards is.
pub fn set_overage(http: &Http, login: &KiroLogin, enabled: bool) -> Result<(), FetchError> {
    let region = login.region().ok_or(FetchError::Unreadable {
        host: "Kiro",
        what: "the profile of the login names a region that is not known".to_owned(),
    })?;
    let status = if enabled { "ENABLED" } else { "DISABLED" };
    let mut body = json!({"overageConfiguration": {"overageStatus": status}});
    if let Some(arn) = &login.profile_arn {
        body["profileArn"] = arn.as_str().into();
    }
    http.ask(&Question {
        host: Host::Kiro(region),
        method: Method::POST,
        path: "/setUserPreference",
        headers: headers(login),
        body: Some(body.to_string()),
        token: &login.token,
    })?;
    Ok(())
}
