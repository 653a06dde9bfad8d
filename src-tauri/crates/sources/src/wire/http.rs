//! The one way out: a few hosts, no redirects, bounded time and size.
//!
//! A token goes to the host it belongs to and nowhere else: a host is a value of [`Host`], an answer that
//! points elsewhere is not followed, and the developer's emulator is only ever on this machine. Where a server repeats
//! a token, it is struck out before anybody reads the answer.
//!
//! Everything that is asked for one purpose is an errand ([`Http`]): it has one deadline, and no question of it goes to a
//! host that wants to be left alone.

pub use super::fetch_error::{FetchError, RetryAfter};
pub use super::host::{Host, KiroRegion};
pub use super::patience::{Deadline, Patience, pause, seed_of};

use crate::wire::asked::{Asked, Marked, Outcome, lost};
use crate::wire::refusal::Refusal;
use crate::wire::secret::Secret;
use crate::wire::struck::Struck;
use headroom_exact::{Moment, Saying, Wait, say, says};
use reqwest::header::IF_NONE_MATCH;
use reqwest::{Client, Method, Request, redirect};
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Runtime;

/// The largest answer that is remembered with its mark, and how many are.
const LARGEST_REMEMBERED: usize = 1024 * 1024;
const MOST_REMEMBERED: usize = 64;

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

/// The way out, as long as the program runs: what servers marked, and what they want.
pub struct Network {
    emulator: Option<SocketAddr>,
    patience: Patience,
    /// Answers with the mark (`ETag`) under which the server knows them, by their question.
    remembered: Mutex<HashMap<String, Marked>>,
    /// What hosts wanted when they were last asked.
    wanted: Mutex<BTreeMap<Host, Wanted>>,
}

/// That a host wants to be left alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// For how long.
    pub wait: Wait,
    /// How often in a row it wanted that.
    pub times: u32,
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

impl Network {
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
        Ok(Self { emulator, patience, remembered: Mutex::default(), wanted: Mutex::default() })
    }

    /// A client, and where its answers are waited for: of one errand, so that a server which keeps them busy keeps nothing
    /// else.
    fn client(&self) -> Result<(Client, Runtime), HttpError> {
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(self.patience.connect)
            .read_timeout(self.patience.quiet)
            .https_only(self.emulator.is_none())
            .user_agent(concat!("Headroom/", env!("CARGO_PKG_VERSION")));
        if self.emulator.is_some() {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|_| HttpError::Unusable)?;
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).thread_name("errand").enable_all().build();
        Ok((client, runtime.map_err(|_| HttpError::Unusable)?))
    }

    /// Begins an errand at a moment: all its questions together have one deadline, from now on. `kept` is what hosts wanted
    /// when they were last asked, by whichever process.
    pub fn errand(
        self: &Arc<Self>,
        now: Moment,
        kept: impl IntoIterator<Item = (Host, Wanted)>,
    ) -> Result<Http, HttpError> {
        let mut wanted = locked(&self.wanted);
        for (host, kept) in kept {
            let later = |known: &Wanted| known.wait.left(now) > kept.wait.left(now);
            if !wanted.get(&host).is_some_and(later) {
                wanted.insert(host, kept);
            }
        }
        drop(wanted);
        let (client, runtime) = self.client()?;
        let deadline = Deadline::after(self.patience);
        let network = Arc::clone(self);
        Ok(Http { network, client, runtime: Some(runtime), now, deadline, met: Mutex::default() })
    }

    fn remembered(&self, key: &str) -> Option<Marked> {
        locked(&self.remembered).get(key).cloned()
    }

    fn remember(&self, key: String, marked: Marked) {
        let mut remembered = locked(&self.remembered);
        if remembered.len() >= MOST_REMEMBERED && !remembered.contains_key(&key) {
            remembered.clear();
        }
        if marked.body.len() <= LARGEST_REMEMBERED {
            remembered.insert(key, marked);
        }
    }
}

/// An errand: questions that are asked for one purpose and have one deadline.
pub struct Http {
    network: Arc<Network>,
    client: Client,
    /// Where answers are waited for; none only while it ends.
    runtime: Option<Runtime>,
    now: Moment,
    deadline: Deadline,
    /// The hosts that were asked, the last one last, and what each wanted then.
    met: Mutex<Vec<(Host, Option<Wanted>)>>,
}

impl Http {
    /// By when everything has to be there: of whoever is asked on this errand.
    pub const fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// The hosts that this errand went to, the last one last, and what each wants: none where it answers.
    pub fn met(&self) -> Vec<(Host, Option<Wanted>)> {
        locked(&self.met).clone()
    }

    /// Asks once and reads the answer whole. What the server marked is asked for conditionally the next time.
    pub fn ask(&self, question: &Question<'_>) -> Result<Vec<u8>, FetchError> {
        let host = question.host;
        if let Some(until) = self.left_alone_until(host) {
            return Err(FetchError::LeftAlone { vendor: host.vendor(), until });
        }
        let left = self.deadline.left().ok_or(FetchError::TimedOut(host.vendor()))?;
        let address = match self.network.emulator {
            None => format!("https://{}{}", host.name(), question.path),
            Some(emulator) => format!("http://{emulator}/{}{}", host.name(), question.path),
        };
        let key = format!("{} {address} {:?}", question.method, question.headers);
        let is_get = question.method == Method::GET;
        let known = is_get.then(|| self.network.remembered(&key)).flatten();
        let mut request = self.client.request(question.method.clone(), address).timeout(left);
        for (name, value) in question.headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = &question.body {
            request = request.body(body.clone());
        }
        if let Some(known) = &known {
            request = request.header(IF_NONE_MATCH, &known.mark);
        }
        let request = request.bearer_auth(question.token.expose()).build();
        let request = request.map_err(|error| lost(host.vendor(), &error))?;
        let struck = Struck::new(question.token);
        match self.outcome(request, Asked { host, struck, known }) {
            Outcome::Answered { mark, body } => {
                self.meet(host, None);
                if let Some(mark) = mark.filter(|_| is_get) {
                    self.network.remember(key, Marked { mark, body: body.clone() });
                }
                Ok(body)
            }
            Outcome::Refused(refusal) => Err(self.refused(host, refusal)),
            // A host that can't be reached says nothing of what it wants.
            Outcome::Lost(error) => Err(error),
        }
    }

    /// What comes of a request, waited for on a thread of its own: whoever asks may be on a thread of another runtime, on
    /// which waiting is refused; and a server can send so much at once that nobody there gets to look at the time.
    fn outcome(&self, request: Request, question: Asked) -> Outcome {
        let vendor = question.host.vendor();
        let (Some(runtime), Some(left)) = (&self.runtime, self.deadline.left()) else {
            return Outcome::Lost(FetchError::TimedOut(vendor));
        };
        let (sender, receiver) = mpsc::sync_channel(1);
        let client = self.client.clone();
        runtime.spawn(async move {
            // Nobody listens any more where it took too long.
            _ = sender.send(question.outcome(client.execute(request).await).await);
        });
        receiver.recv_timeout(left).unwrap_or_else(|error| {
            Outcome::Lost(match error {
                RecvTimeoutError::Timeout => FetchError::TimedOut(vendor),
                RecvTimeoutError::Disconnected => FetchError::CutOff(vendor),
            })
        })
    }

    /// Until when a host wants to be left alone, if it does.
    fn left_alone_until(&self, host: Host) -> Option<Moment> {
        let wanted = locked(&self.network.wanted).get(&host).copied()?;
        let until = wanted.wait.left(self.now)?;
        self.meet(host, Some(wanted));
        Some(until)
    }

    /// Notes what a host wants.
    fn meet(&self, host: Host, wanted: Option<Wanted>) {
        let mut known = locked(&self.network.wanted);
        match wanted {
            Some(wanted) => known.insert(host, wanted),
            None => known.remove(&host),
        };
        drop(known);
        let mut met = locked(&self.met);
        met.retain(|(other, _)| *other != host);
        met.push((host, wanted));
    }

    /// Why there is no answer; what the host wants is noted.
    fn refused(&self, host: Host, refusal: Refusal) -> FetchError {
        let vendor = host.vendor();
        match refusal {
            Refusal::Failed(error) => {
                self.meet(host, None);
                error
            }
            Refusal::FailedUntil(error, after) => {
                self.wait(host, Some(after));
                error
            }
            Refusal::TooMany(after) => FetchError::Throttled { vendor, until: self.wait(host, after) },
            Refusal::Unavailable(after) => FetchError::Unavailable { vendor, until: self.wait(host, after) },
        }
    }

    /// Leaves a host alone: as long as it says, at most a day; where it doesn't say, for a pause that grows.
    fn wait(&self, host: Host, after: Option<RetryAfter>) -> Moment {
        let before = locked(&self.network.wanted).get(&host).copied();
        let times = before.map_or(0, |wanted| wanted.times).saturating_add(1);
        let end = after.and_then(|after| after.end(self.now));
        let wait = end.map_or_else(
            || Wait::of_seconds(self.now, pause(times, seed_of(self.now))),
            |end| Wait::until(self.now, end),
        );
        self.meet(host, Some(Wanted { wait, times }));
        wait.end_as_kept()
    }
}

impl Drop for Http {
    fn drop(&mut self) {
        // Whoever ends it may be on a thread of another runtime, on which this one can't be waited for; and what a server
        // still sends is of no use to anybody.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A text as it may stand in an address; bytes of `keep` stay as they are.
pub(crate) fn escaped(text: &str, keep: &[u8]) -> String {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte);
    text.bytes()
        .map(|byte| if stays(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_host_is_found_by_its_name_and_no_other_is() {
        for host in [Host::Kiro(KiroRegion::UsEast1), Host::Kiro(KiroRegion::UsGovWest1), Host::Kilo] {
            assert_eq!(Host::named(host.name()), Some(host));
        }
        assert_eq!(Host::named("evil.example"), None);
    }

    #[test]
    fn the_emulator_is_only_ever_on_this_machine() {
        let at =
            |address: &str| Network::new(Some(address.parse().expect("an address")), Patience::default());
        assert!(at("127.0.0.1:9").is_ok() && at("[::1]:9").is_ok());
        assert!(at("192.168.0.7:9").is_err());
    }
}
