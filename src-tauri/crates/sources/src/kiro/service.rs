//! What every question to Kiro's service has in common: its host, its headers, its profile (`interfaces.md` §1.1).

use crate::kiro::token::KiroLogin;
use crate::wire::http::{FetchError, Host, Http, Question, escaped};
use headroom_exact::{Saying, say};
use reqwest::Method;
use serde_json::Value;

/// The host of the account that a login is of. None is asked for a region that isn't known.
fn host(login: &KiroLogin) -> Result<Host, FetchError> {
    login
        .region()
        .map(Host::Kiro)
        .ok_or(FetchError::Unreadable { vendor: "Kiro", reason: say!("region-unknown") })
}

const fn headers(login: &KiroLogin) -> &'static [(&'static str, &'static str)] {
    if login.external {
        &[("accept", "application/json"), ("content-type", "application/json"), ("tokentype", "EXTERNAL_IDP")]
    } else {
        &[("accept", "application/json"), ("content-type", "application/json")]
    }
}

/// Asks for something, by its path with a query: what `parse` makes of the answer.
pub(crate) fn ask<T, E: Into<Saying>>(
    http: &Http,
    login: &KiroLogin,
    path: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<T, FetchError> {
    let host = host(login)?;
    let profile = login.profile_arn.as_deref().map(|arn| format!("&profileArn={}", escaped(arn, b"")));
    let path = format!("{path}{}", profile.unwrap_or_default());
    let question = Question {
        host,
        method: Method::GET,
        path: &path,
        headers: headers(login),
        body: None,
        token: &login.token,
    };
    let body = http.ask(&question)?;
    let unreadable = |reason: Saying| FetchError::Unreadable { vendor: host.vendor(), reason };
    let text = String::from_utf8(body).map_err(|_| unreadable(say!("not-text")))?;
    parse(&text).map_err(|error| unreadable(error.into()))
}

/// Tells it something, once.
pub(crate) fn tell(http: &Http, login: &KiroLogin, path: &str, mut body: Value) -> Result<(), FetchError> {
    let host = host(login)?;
    if let Some(arn) = &login.profile_arn {
        body["profileArn"] = arn.as_str().into();
    }
    let question = Question {
        host,
        method: Method::POST,
        path,
        headers: headers(login),
        body: Some(body.to_string()),
        token: &login.token,
    };
    http.ask(&question).map(drop)
}
