//! The one way out: a few hosts, no redirects, bounded time and size.
//!
//! A token goes to the host it belongs to and nowhere else: a host is a value of [`Host`], an answer that
//! points elsewhere is not followed, and the developer's emulator is only ever on this machine. Where a server repeats
//! a token, it is struck out before anybody reads the answer.

pub use crate::fetch_error::{FetchError, RetryAfter};
pub use crate::host::{Host, KiroRegion};

use crate::secret::Secret;
use crate::struck::Struck;
use headroom_exact::{Saying, say, says};
use reqwest::blocking::{Client, Response};
use reqwest::header::{ETAG, HeaderMap, IF_NONE_MATCH, RETRY_AFTER};
use reqwest::{Method, StatusCode, redirect};
use std::collections::HashMap;
use std::io::Read;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The largest answer that is read, after decoding.
const LARGEST_BODY: u64 = 32 * 1024 * 1024;
/// The largest answer that is remembered with its mark, and how many are.
const LARGEST_REMEMBERED: usize = 1024 * 1024;
const MOST_REMEMBERED: usize = 64;

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
    /// Answers with the mark (`ETag`) under which the server knows them, by their question.
    remembered: Mutex<HashMap<String, Marked>>,
}

/// An answer that need not come again while its mark is the same.
#[derive(Clone)]
struct Marked {
    mark: String,
    body: Vec<u8>,
}

/// Why the way out could not be made ready.
#[derive(Clone, Debug)]
pub enum HttpError {
    /// The emulator is not on this machine.
    EmulatorElsewhere(SocketAddr),
    /// The library that asks refuses to begin.
    Unusable,
}

says!(HttpError);

impl From<&HttpError> for Saying {
    fn from(error: &HttpError) -> Self {
        match error {
            HttpError::EmulatorElsewhere(address) => {
                say!("emulator-elsewhere", address = address.to_string())
            }
            HttpError::Unusable => say!("network-unusable"),
        }
    }
}

impl Http {
    /// The real hosts over TLS; or, with an address, the developer's emulator, which must be on this
    /// machine.
    pub fn new(emulator: Option<SocketAddr>, patience: Patience) -> Result<Self, HttpError> {
        if let Some(address) = emulator
            && !address.ip().is_loopback()
        {
            return Err(HttpError::EmulatorElsewhere(address));
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
        let client = apart(|| builder.build()).map_err(|_| HttpError::Unusable)?;
        Ok(Self { client, emulator, remembered: Mutex::default() })
    }

    /// Asks once and reads the answer whole. What the server marked is asked for conditionally the next time.
    pub fn ask(&self, question: &Question<'_>) -> Result<Vec<u8>, FetchError> {
        let host = question.host;
        let address = match self.emulator {
            None => format!("https://{}{}", host.name(), question.path),
            Some(emulator) => format!("http://{emulator}/{}{}", host.name(), question.path),
        };
        let key = format!("{} {address} {:?}", question.method, question.headers);
        let known = (question.method == Method::GET).then(|| self.remembered(&key)).flatten();
        let mut request = self.client.request(question.method.clone(), address);
        for (name, value) in question.headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = &question.body {
            request = request.body(body.clone());
        }
        if let Some(known) = &known {
            request = request.header(IF_NONE_MATCH, &known.mark);
        }
        let request = request.bearer_auth(question.token.expose());
        let struck = Struck::new(question.token);
        let (mark, body) = apart(|| {
            let response = request.send().map_err(|error| lost(host.vendor(), &error))?;
            if response.status() == StatusCode::NOT_MODIFIED
                && let Some(Marked { body, .. }) = known
            {
                return Ok((None, body));
            }
            let mark = response.headers().get(ETAG).and_then(|mark| mark.to_str().ok()).map(str::to_owned);
            Ok((mark, answer(host, response, &struck)?))
        })?;
        if let Some(mark) = mark
            && question.method == Method::GET
        {
            self.remember(key, Marked { mark, body: body.clone() });
        }
        Ok(body)
    }

    fn remembered(&self, key: &str) -> Option<Marked> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn remember(&self, key: String, marked: Marked) {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MOST_REMEMBERED && !remembered.contains_key(&key) {
            remembered.clear();
        }
        if marked.body.len() <= LARGEST_REMEMBERED {
            remembered.insert(key, marked);
        }
    }
}

/// A text as it may stand in an address; bytes of `keep` stay as they are.
pub(crate) fn escaped(text: &str, keep: &[u8]) -> String {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte);
    text.bytes()
        .map(|byte| if stays(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
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
fn lost(vendor: &'static str, error: &reqwest::Error) -> FetchError {
    if error.is_timeout() {
        FetchError::TimedOut(vendor)
    } else if error.is_connect() {
        FetchError::Offline(vendor)
    } else {
        FetchError::CutOff(vendor)
    }
}

/// The answer, or why there is none; the token stands in neither.
fn answer(host: Host, response: Response, struck: &Struck) -> Result<Vec<u8>, FetchError> {
    let status = response.status();
    if status.is_redirection() {
        return Err(FetchError::Redirected(host.vendor()));
    }
    let until = retry_after(response.headers());
    let error_type = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let error_type = error_type.unwrap_or_default().to_owned();
    let body = struck.out_of(read(host.vendor(), response)?);
    if status.is_success() {
        return Ok(body);
    }
    Err(refusal(host, status, &error_type, &body, until))
}

fn read(vendor: &'static str, response: Response) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    let outcome = response.take(LARGEST_BODY.saturating_add(1)).read_to_end(&mut body);
    match outcome {
        Ok(_) if body.len() as u64 > LARGEST_BODY => Err(FetchError::TooLarge(vendor)),
        Ok(_) => Ok(body),
        Err(error) if error.kind() == std::io::ErrorKind::TimedOut => Err(FetchError::TimedOut(vendor)),
        Err(_) => Err(FetchError::CutOff(vendor)),
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
fn refusal(
    host: Host,
    status: StatusCode,
    error_type: &str,
    body: &[u8],
    until: Option<RetryAfter>,
) -> FetchError {
    let said: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
    let kilo = said.kilo_message().map(str::to_owned);
    let kind = format!("{error_type} {}", said.kind.unwrap_or_default());
    let reason = said.reason.unwrap_or_default();
    let message = said.message.or(kilo).unwrap_or_default();
    let vendor = host.vendor();
    if reason == "FEATURE_NOT_SUPPORTED" {
        return FetchError::NotSupported(vendor);
    }
    if reason == "TEMPORARILY_SUSPENDED" || status.as_u16() == 423 {
        return FetchError::Suspended(vendor);
    }
    if kind.contains("Throttling") || status == StatusCode::TOO_MANY_REQUESTS {
        return FetchError::Throttled { vendor, until };
    }
    if status == StatusCode::UNAUTHORIZED || message.contains("bearer token") {
        return FetchError::SignInAgain(vendor);
    }
    if status.is_server_error() {
        return FetchError::Server { vendor, status: status.as_u16() };
    }
    let said: String = [reason, message].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    // A sentence at most, in one line: what a server says is not ours to format.
    let said = said.chars().filter(|letter| !letter.is_control()).take(120).collect();
    FetchError::Refused { vendor, status: status.as_u16(), said }
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
    use headroom_exact::Moment;

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
