//! What a vendor says when it refuses (`interfaces.md` §1.4): why there is no answer, and whether it wants to be left
//! alone.

use crate::wire::fetch_error::{FetchError, RetryAfter};
use crate::wire::host::Host;
use headroom_exact::printable::plain;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// Why there is no answer.
pub(crate) enum Refusal {
    /// For this reason, and the host can be asked again.
    Failed(FetchError),
    /// For this reason, and the host said after which time it wants to be asked again.
    FailedUntil(FetchError, RetryAfter),
    /// There were too many questions.
    TooMany(Option<RetryAfter>),
    /// The host can't answer anybody at the moment.
    Unavailable(Option<RetryAfter>),
}

#[derive(serde::Deserialize, Default)]
struct ErrorBody {
    #[serde(rename = "__type", default)]
    kind: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    reason: Option<String>,
    /// Kilo's form: a text, or an object with a message (§4).
    #[serde(default)]
    error: serde_json::Value,
}

impl ErrorBody {
    /// What Kilo says, wherever it stands.
    fn kilo_message(&self) -> Option<&str> {
        let places = ["/json/message", "/message", ""];
        places.iter().find_map(|place| self.error.pointer(place)?.as_str())
    }
}

/// Judged by what it says first, and by the status only then: the same exception comes with several.
pub(crate) fn of(host: Host, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Refusal {
    let error_type = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let said: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    let kilo = said.kilo_message().map(str::to_owned);
    let kind = format!("{} {}", error_type.unwrap_or_default(), said.kind.unwrap_or_default());
    let reason = said.reason.unwrap_or_default();
    let message = said.message.or(kilo).unwrap_or_default();
    let after = retry_after(headers);
    let vendor = host.vendor();
    let failed = if reason == "FEATURE_NOT_SUPPORTED" {
        FetchError::NotSupported(vendor)
    } else if reason == "TEMPORARILY_SUSPENDED" || status.as_u16() == 423 {
        FetchError::Suspended(vendor)
    } else if kind.contains("Throttling") || status == StatusCode::TOO_MANY_REQUESTS {
        return Refusal::TooMany(after);
    } else if status == StatusCode::UNAUTHORIZED || is_of_the_token(&kind, &message) {
        FetchError::SignInAgain(vendor)
    } else if status == StatusCode::SERVICE_UNAVAILABLE {
        return Refusal::Unavailable(after);
    } else if status.is_server_error() {
        FetchError::Server { vendor, status: status.as_u16() }
    } else {
        let said: String = [reason, message].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        // A sentence at most, in one line: what a server says is not ours to format.
        let said = plain(&said).chars().take(120).collect();
        FetchError::Refused { vendor, status: status.as_u16(), said }
    };
    match after {
        Some(after) => Refusal::FailedUntil(failed, after),
        None => Refusal::Failed(failed),
    }
}

/// Whether it is refused because of the token, which has ended or isn't one: some hosts say so with 403.
fn is_of_the_token(kind: &str, message: &str) -> bool {
    let kinds = ["UnrecognizedClient", "ExpiredToken", "InvalidToken", "TokenExpired", "Unauthenticated"];
    let small = message.to_lowercase();
    let words = ["expired", "invalid", "outdated", "revoked", "not valid"];
    kinds.iter().any(|name| kind.contains(name))
        || small.contains("bearer token")
        || (small.contains("token") && words.iter().any(|word| small.contains(word)))
}

/// Seconds, or an HTTP date in one of the three forms that may still be met (RFC 9110 §5.6.7).
fn retry_after(headers: &HeaderMap) -> Option<RetryAfter> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(RetryAfter::Seconds(text.parse().unwrap_or(u64::MAX)));
    }
    let forms = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let read = |form| chrono::NaiveDateTime::parse_from_str(text, form).ok();
    let date = forms.iter().copied().find_map(read)?;
    Some(RetryAfter::At(date.and_utc().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::Moment;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Moment = "2026-11-21T10:00:00Z".parse().expect("a moment");
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("a header"));
            retry_after(&headers).map(|after| after.end(now))
        };
        let some = |end: &str| Some(Some(end.parse::<Moment>().expect("a moment")));
        for (text, expected) in [
            ("90", some("2026-11-21T10:01:30Z")),
            ("Sat, 21 Nov 2026 10:05:00 GMT", some("2026-11-21T10:05:00Z")),
            ("Saturday, 21-Nov-26 10:05:00 GMT", some("2026-11-21T10:05:00Z")),
            ("Sat Nov 21 10:05:00 2026", some("2026-11-21T10:05:00Z")),
            ("0", Some(None)),
            ("Sat, 21 Nov 2026 09:00:00 GMT", Some(None)),
            ("soon", None),
            ("-5", None),
            ("1.5", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in ["99999999999999999999", "Thu, 01 Jan 2099 00:00:00 GMT"] {
            let end = read(text).flatten().expect("an end");
            assert!(end >= "2099-01-01T00:00:00Z".parse().expect("a moment"), "{text}: {end}");
        }
    }
}
