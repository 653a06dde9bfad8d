//! The one way out: a few hosts, no redirects, bounded time and size.
//!
//! A token goes to the host it belongs to and nowhere else: a host is a value of [`Host`], an answer that
//! points elsewhere is not followed, and the developer's emulator is only ever on this machine.

use crate::secret::Secret;
use headroom_billing::Moment;
use reqwest::blocking::{Client, Response};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode, redirect};
use std::io::Read;
use std::net::SocketAddr;
use std::time::Duration;

/// The largest answer that is read, after decoding.
const LARGEST_BODY: u64 = 32 * 1024 * 1024;

/// How long to wait: for a connection, and for the whole answer.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the connection.
    pub connect: Duration,
    /// For everything.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), whole: Duration::from_mins(1) }
    }
}

/// A host that may be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Host {
    /// Kiro's account service in one of its regions (`interfaces.md` §1.1).
    Kiro(KiroRegion),
}

/// Where Kiro keeps accounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum KiroRegion {
    /// N. Virginia.
    #[default]
    UsEast1,
    /// Frankfurt.
    EuCentral1,
    /// The government's, east.
    UsGovEast1,
    /// The government's, west.
    UsGovWest1,
}

impl KiroRegion {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::UsEast1, "us-east-1", "q.us-east-1.amazonaws.com"),
        (Self::EuCentral1, "eu-central-1", "q.eu-central-1.amazonaws.com"),
        (Self::UsGovEast1, "us-gov-east-1", "q.us-gov-east-1.amazonaws.com"),
        (Self::UsGovWest1, "us-gov-west-1", "q.us-gov-west-1.amazonaws.com"),
    ];

    /// The region of a profile: the fourth part of its ARN (`interfaces.md` §1.1). None for a region that
    /// isn't known: nothing is sent to a host that nobody vouched for.
    pub fn of_profile(arn: &str) -> Option<Self> {
        let name = arn.split(':').nth(3)?;
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(region, _, _)| *region)
    }

    fn host(self) -> &'static str {
        Self::ALL.iter().find(|(region, _, _)| *region == self).map_or("", |(_, _, host)| host)
    }
}

impl Host {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kiro(region) => region.host(),
        }
    }
}

/// Why there is no answer. Each is a sentence that says what helps.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FetchError {
    /// The token is missing, expired or refused.
    #[error("Open {0} to sign in again.")]
    SignInAgain(&'static str),
    /// No connection.
    #[error("{0} can't be reached. Check the connection.")]
    Offline(&'static str),
    /// It took too long.
    #[error("{0} did not answer in time.")]
    TimedOut(&'static str),
    /// Too many questions.
    #[error("{host} asks to wait before the next question.")]
    Throttled {
        /// Who.
        host: &'static str,
        /// Until when, if it said so.
        until: Option<RetryAfter>,
    },
    /// The account is managed elsewhere and has no such figures (`FEATURE_NOT_SUPPORTED`).
    #[error("This account is managed by its administrator; {0} gives no figures for it.")]
    NotSupported(&'static str),
    /// The vendor suspended the account (`TEMPORARILY_SUSPENDED`).
    #[error("{0} has suspended this account. Its support can say why.")]
    Suspended(&'static str),
    /// The server failed.
    #[error("{host} failed with {status}. It usually passes; Headroom tries again later.")]
    Server {
        /// Who.
        host: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// It refused for a reason of its own.
    #[error("{host} refused with {status}{reason}.")]
    Refused {
        /// Who.
        host: &'static str,
        /// The HTTP status.
        status: u16,
        /// What it said, shortened; empty or beginning with a colon.
        reason: String,
    },
    /// It pointed elsewhere.
    #[error("{0} pointed to another address, which Headroom does not follow.")]
    Redirected(&'static str),
    /// More than 32 MiB.
    #[error("{0} sent more than 32 MiB, which is no such answer.")]
    TooLarge(&'static str),
    /// It broke off.
    #[error("{0} broke off in the middle of its answer.")]
    CutOff(&'static str),
    /// It isn't what it was.
    #[error("{host} answered in a form that Headroom does not know: {what}.")]
    Unreadable {
        /// Who.
        host: &'static str,
        /// Where it differs.
        what: String,
    },
}

/// When to ask again, as the header has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RetryAfter {
    /// So many seconds from now on.
    Seconds(u64),
    /// Then.
    At(Moment),
}

impl RetryAfter {
    /// The longest that is obeyed: a mistaken header shall not silence an account for ever.
    const LONGEST: i64 = 86_400;

    /// The moment, at most a day from `now` on.
    pub fn moment(self, now: Moment) -> Moment {
        let longest = now.plus_seconds(Self::LONGEST);
        match self {
            Self::Seconds(seconds) => {
                now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX).min(Self::LONGEST))
            }
            Self::At(moment) => moment.clamp(now, longest),
        }
    }
}

/// A question.
pub struct Question<'q> {
    /// To whom.
    pub host: Host,
    /// GET or POST.
    pub method: Method,
    /// The path, with its query.
    pub path: &'q str,
    /// Further headers.
    pub headers: &'q [(&'static str, &'q str)],
    /// Of a POST: JSON.
    pub body: Option<String>,
    /// Whose token.
    pub token: &'q Secret,
}

/// Asks.
pub struct Http {
    client: Client,
    emulator: Option<SocketAddr>,
}

/// Why the way out could not be made ready.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the network can't be used: {0}")]
pub struct HttpError(String);

impl Http {
    /// The real hosts over TLS; or, with an address, the developer's emulator, which must be on this
    /// machine.
    pub fn new(emulator: Option<SocketAddr>, patience: Patience) -> Result<Self, HttpError> {
        if let Some(address) = emulator
            && !address.ip().is_loopback()
        {
            return Err(HttpError(format!("the emulator must be on this machine, not at {address}")));
        }
        // Once a process; a second call finds it done.
        _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(patience.connect)
            .timeout(patience.whole)
            .https_only(emulator.is_none())
            .user_agent(concat!("Headroom/", env!("CARGO_PKG_VERSION")));
        if emulator.is_some() {
            builder = builder.no_proxy();
        }
        let client = apart(|| builder.build()).map_err(|error| HttpError(error.to_string()))?;
        Ok(Self { client, emulator })
    }

    /// Asks once and reads the answer whole.
    pub fn ask(&self, question: &Question<'_>) -> Result<Vec<u8>, FetchError> {
        let host = question.host.name();
        let address = match self.emulator {
            None => format!("https://{host}{}", question.path),
            Some(emulator) => format!("http://{emulator}/{host}{}", question.path),
        };
        let mut request = self.client.request(question.method.clone(), address);
        for (name, value) in question.headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = &question.body {
            request = request.body(body.clone());
        }
        let request = request.bearer_auth(question.token.expose());
        apart(|| {
            let response = request.send().map_err(|error| lost(host, &error))?;
            answer(host, response)
        })
    }
}

/// Does something that waits on a thread of its own: whoever asks may be on a thread of an async runtime,
/// on which this client refuses to wait.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| match scope.spawn(work).join() {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}

/// Why a connection failed. The error's own text is not passed on: it may hold the address asked for.
fn lost(host: &'static str, error: &reqwest::Error) -> FetchError {
    if error.is_timeout() {
        FetchError::TimedOut(host)
    } else if error.is_connect() {
        FetchError::Offline(host)
    } else {
        FetchError::CutOff(host)
    }
}

fn answer(host: &'static str, response: Response) -> Result<Vec<u8>, FetchError> {
    let status = response.status();
    if status.is_redirection() {
        return Err(FetchError::Redirected(host));
    }
    let until = retry_after(response.headers());
    let error_type = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let error_type = error_type.unwrap_or_default().to_owned();
    let body = read(host, response)?;
    if status.is_success() {
        return Ok(body);
    }
    Err(refusal(host, status, &error_type, &body, until))
}

fn read(host: &'static str, response: Response) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    let outcome = response.take(LARGEST_BODY.saturating_add(1)).read_to_end(&mut body);
    match outcome {
        Ok(_) if body.len() as u64 > LARGEST_BODY => Err(FetchError::TooLarge(host)),
        Ok(_) => Ok(body),
        Err(error) if error.kind() == std::io::ErrorKind::TimedOut => Err(FetchError::TimedOut(host)),
        Err(_) => Err(FetchError::CutOff(host)),
    }
}

/// What a vendor says when it refuses (`interfaces.md` §1.4).
#[derive(serde::Deserialize, Default)]
struct ErrorBody {
    #[serde(rename = "__type", default)]
    kind: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// Judged by what it says first, and by the status only then: the same exception comes with several.
fn refusal(
    host: &'static str,
    status: StatusCode,
    error_type: &str,
    body: &[u8],
    until: Option<RetryAfter>,
) -> FetchError {
    let said: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    let kind = format!("{error_type} {}", said.kind.unwrap_or_default());
    let reason = said.reason.unwrap_or_default();
    let message = said.message.unwrap_or_default();
    if reason == "FEATURE_NOT_SUPPORTED" {
        return FetchError::NotSupported(host);
    }
    if reason == "TEMPORARILY_SUSPENDED" || status.as_u16() == 423 {
        return FetchError::Suspended(host);
    }
    if kind.contains("Throttling") || status == StatusCode::TOO_MANY_REQUESTS {
        return FetchError::Throttled { host, until };
    }
    if status == StatusCode::UNAUTHORIZED || message.contains("bearer token") {
        return FetchError::SignInAgain("Kiro");
    }
    if status.is_server_error() {
        return FetchError::Server { host, status: status.as_u16() };
    }
    let said: String = [reason, message].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    // A sentence at most, in one line: what a server says is not ours to format.
    let said: String = said.chars().filter(|letter| !letter.is_control()).take(120).collect();
    let reason = if said.is_empty() { said } else { format!(": {said}") };
    FetchError::Refused { host, status: status.as_u16(), reason }
}

/// Seconds, or an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`).
fn retry_after(headers: &HeaderMap) -> Option<RetryAfter> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(RetryAfter::Seconds(text.parse().unwrap_or(u64::MAX)));
    }
    let date = chrono::NaiveDateTime::parse_from_str(text, "%a, %d %b %Y %H:%M:%S GMT").ok()?;
    Some(RetryAfter::At(date.and_utc().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-21T10:00:00Z";

    fn now() -> Moment {
        NOW.parse().expect("a moment")
    }

    #[test]
    fn the_region_is_the_profiles_and_only_a_known_one() {
        let of = |arn: &str| KiroRegion::of_profile(arn).map(|region| Host::Kiro(region).name());
        assert_eq!(
            of("arn:aws:codewhisperer:eu-central-1:1:profile/X"),
            Some("q.eu-central-1.amazonaws.com")
        );
        assert_eq!(
            of("arn:aws-us-gov:codewhisperer:us-gov-west-1:1:profile/X"),
            Some("q.us-gov-west-1.amazonaws.com")
        );
        for arn in ["", "arn:aws:codewhisperer", "arn:aws:codewhisperer:evil.example/:1:profile/X"] {
            assert_eq!(of(arn), None, "{arn}");
        }
    }

    #[test]
    fn the_emulator_is_only_ever_on_this_machine() {
        let at = |address: &str| Http::new(Some(address.parse().expect("an address")), Patience::default());
        assert!(at("127.0.0.1:9").is_ok() && at("[::1]:9").is_ok());
        assert!(at("192.168.0.7:9").is_err());
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_never_more_than_a_day() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("a header"));
            retry_after(&headers).map(|until| until.moment(now()).to_string())
        };
        for (text, expected) in [
            ("0", Some("2026-11-21T10:00:00Z")),
            ("90", Some("2026-11-21T10:01:30Z")),
            ("Sat, 21 Nov 2026 10:05:00 GMT", Some("2026-11-21T10:05:00Z")),
            ("Sat, 21 Nov 2026 09:00:00 GMT", Some("2026-11-21T10:00:00Z")),
            ("99999999999999999999", Some("2026-11-22T10:00:00Z")),
            ("Thu, 01 Jan 2099 00:00:00 GMT", Some("2026-11-22T10:00:00Z")),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
