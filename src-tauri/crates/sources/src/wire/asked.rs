//! A question on its way: what comes of it, read whole and within bounds.

use crate::wire::fetch_error::{Distrust, FetchError};
use crate::wire::host::Host;
use crate::wire::refusal::{self, Refusal};
use crate::wire::struck::Struck;
use reqwest::header::{ETAG, HeaderMap};
use reqwest::{Response, StatusCode};
use std::error::Error;
use std::io;

/// An answer that need not come again while its mark is the same.
#[derive(Clone)]
pub(crate) struct Marked {
    pub mark: String,
    pub body: Vec<u8>,
}

/// What is known of a question while it is on its way.
pub(crate) struct Asked {
    pub host: Host,
    pub struck: Struck,
    pub known: Option<Marked>,
}

/// What came of a question.
pub(crate) enum Outcome {
    /// An answer, and the mark under which the server knows it.
    Answered { mark: Option<String>, body: Vec<u8> },
    /// The server said why there is none.
    Refused(Refusal),
    /// Nothing that could be read whole.
    Lost(FetchError),
}

impl Asked {
    /// The answer, or why there is none; the token stands in neither.
    pub(crate) async fn outcome(self, response: Result<Response, reqwest::Error>) -> Outcome {
        let vendor = self.host.vendor();
        let response = match response {
            Ok(response) => response,
            Err(error) => return Outcome::Lost(lost(vendor, &error)),
        };
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED
            && let Some(Marked { body, .. }) = self.known
        {
            return Outcome::Answered { mark: None, body };
        }
        if status.is_redirection() {
            return Outcome::Refused(Refusal::Failed(FetchError::Redirected(vendor)));
        }
        let headers: HeaderMap = response.headers().clone();
        let body = match read(self.host, response).await {
            Ok(body) => self.struck.out_of(body),
            // A refusal is one, however long it goes on about it.
            Err(_) if !status.is_success() => Vec::new(),
            Err(error) => return Outcome::Lost(error),
        };
        if status.is_success() {
            let mark = headers.get(ETAG).and_then(|mark| mark.to_str().ok()).map(str::to_owned);
            return Outcome::Answered { mark, body };
        }
        Outcome::Refused(refusal::of(self.host, status, &headers, &body))
    }
}

async fn read(host: Host, mut response: Response) -> Result<Vec<u8>, FetchError> {
    let most = host.most_mebibytes();
    let largest = usize::try_from(most << 20).unwrap_or(usize::MAX);
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > largest => {
                return Err(FetchError::TooLarge { vendor: host.vendor(), most });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) => return Err(lost(host.vendor(), &error)),
        }
    }
}

/// Why a connection failed. The error's own text is not passed on: it may hold the address asked for.
pub(crate) fn lost(vendor: &'static str, error: &reqwest::Error) -> FetchError {
    if error.is_timeout() {
        FetchError::TimedOut(vendor)
    } else if let Some(fault) = of_safety(error) {
        FetchError::NotTrusted { vendor, why: Distrust::of(fault) }
    } else if error.is_connect() {
        FetchError::Offline(vendor)
    } else {
        FetchError::CutOff(vendor)
    }
}

/// What is wrong with the safety of a connection, where that is why it failed.
fn of_safety(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut at: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = at {
        if let Some(fault) = error.downcast_ref() {
            return Some(fault);
        }
        // What an error of the system's is made of isn't its source.
        let within = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        at = within.map_or_else(|| error.source(), |within| Some(within));
    }
    None
}
