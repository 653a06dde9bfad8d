//! Kiro's and Kilo's services, played on this machine on top of the billing engine, with faults on demand.
//!
//! Plain HTTP by hand: half an answer, an endless one or none at all is what a library would not send.

pub use crate::faults::Fault;
pub use crate::kilo_emulator::Team;
pub use crate::own_kilo::OwnKilo;

use crate::faults::faulty;
use crate::written::write;
use headroom_app::{Clock, SystemClock};
use headroom_billing::person::{Account, Current};
use headroom_billing::{AccountKind, Ledger, Scenario};
use headroom_exact::{Moment, Month};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// Which questions go wrong.
pub type Which = fn(&str) -> bool;

/// What a request held.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Method and path with query, the host in front.
    pub line: String,
    /// The whole head.
    pub head: String,
    /// The body.
    pub body: String,
}

struct State {
    scenario: Value,
    now: String,
    user: String,
    /// What is answered to a token, in place of what it plays.
    answers: HashMap<String, String>,
    plan_title: &'static str,
    team: Option<Team>,
    own: Option<OwnKilo>,
    /// Tokens of Kilo's that are somebody else's.
    strangers: Vec<String>,
    fault: Option<(Fault, Which)>,
    hold: Hold,
    seen: Vec<Seen>,
}

/// Whether the next answer is held back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    Nothing,
    TheNext,
    Held,
}

/// A running emulator. It ends with the process.
#[derive(Clone)]
pub struct Emulator {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    changed: Arc<Condvar>,
}

impl Emulator {
    /// Plays Kiro for somebody who has been on Pro for three months and used 612.40 credits in this one, by the machine's
    /// clock: the window reads it. Also gives the first paid day.
    pub fn on_pro_for_months() -> (Self, String) {
        let now = SystemClock.now();
        let month = Month::of(now);
        let first_paid = month.plus(-3);
        let scenario = json!({"account": "kiro-individual", "events": [
            {"at": first_paid.start().to_string(), "type": "sign_up", "trial": false},
            {"at": first_paid.start().to_string(), "type": "change_plan", "plan": "pro"},
            {"at": month.start().to_string(), "type": "usage", "credits": "612.40"}]});
        (Self::of(scenario, &now.to_string(), 0), first_paid.first_date().to_string())
    }

    /// Plays Kiro for one person's scenario at a moment, on any free port or a given one.
    pub fn of(scenario: Value, now: &str, port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            scenario,
            now: now.to_owned(),
            user: "d-1234567890.ada".to_owned(),
            answers: HashMap::new(),
            plan_title: "KIRO PRO",
            team: None,
            own: None,
            strangers: Vec::new(),
            fault: None,
            hold: Hold::Nothing,
            seen: Vec::new(),
        }));
        let emulator = Self { address, state, changed: Arc::default() };
        let playing = emulator.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let playing = playing.clone();
                // A client that hangs up is no trouble of ours.
                thread::spawn(move || _ = playing.serve(stream));
            }
        });
        emulator
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().expect("nobody panicked with it"))
    }

    /// What goes wrong from now on; nothing with none.
    pub fn fail(&self, fault: Option<Fault>) {
        self.with(|state| state.fault = fault.map(|fault| (fault, (|_| true) as Which)));
    }

    /// What goes wrong with these questions alone.
    pub fn fail_at(&self, which: Which, fault: Fault) {
        self.with(|state| state.fault = Some((fault, which)));
    }

    /// Plays a team of Kilo's too.
    pub fn team(&self, team: Team) {
        self.with(|state| state.team = Some(team));
    }

    /// Plays somebody's own account at Kilo too.
    pub fn own_kilo(&self, own: OwnKilo) {
        self.with(|state| state.own = Some(own));
    }

    /// Holds the next answer back until [`Emulator::release`]; those after it are given at once.
    pub fn hold(&self) {
        self.with(|state| state.hold = Hold::TheNext);
    }

    /// Waits until an answer is held back.
    pub fn wait_until_held(&self) {
        self.wait_while(|state| state.hold != Hold::Held);
    }

    /// Gives the answer that is held back.
    pub fn release(&self) {
        self.with(|state| state.hold = Hold::Nothing);
        self.changed.notify_all();
    }

    fn wait_while(&self, condition: impl Fn(&State) -> bool) {
        let state = self.state.lock().expect("nobody panicked with it");
        drop(self.changed.wait_while(state, |state| condition(state)).expect("nobody panicked with it"));
    }

    /// Moves its clock.
    pub fn at(&self, now: &str) {
        self.with(|state| now.clone_into(&mut state.now));
    }

    /// Whose account it plays.
    pub fn user(&self, user: &str) {
        self.with(|state| user.clone_into(&mut state.user));
    }

    /// What it answers to the login of a token, in place of the account it plays; null where that login has ended.
    pub fn answers_to(&self, token: &str, limits: &Value) {
        self.with(|state| state.answers.insert(format!("Bearer {token}\r"), limits.to_string()));
    }

    /// The plan as it writes it.
    pub fn plan_title(&self, title: &'static str) {
        self.with(|state| state.plan_title = title);
    }

    /// A token of Kilo's that is somebody else's, who is in no team.
    pub fn stranger(&self, token: &str) {
        self.with(|state| state.strangers.push(format!("Bearer {token}\r")));
    }

    /// Adds an event to the account it plays.
    pub fn happens(&self, event: Value) {
        self.with(|state| state.scenario["events"].as_array_mut().expect("a list").push(event));
    }

    /// Everything it was asked so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.with(|state| state.seen.clone())
    }

    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        if let Some((Fault::Reset, _)) = self.with(|state| state.fault) {
            return stream.read_exact(&mut [0]);
        }
        let Some(seen) = read(&mut stream)? else { return Ok(()) };
        let line = seen.line.clone();
        let body = seen.body.clone();
        let question = seen.head.clone();
        let (fault, held) = self.with(|state| {
            state.seen.push(seen);
            let held = state.hold == Hold::TheNext;
            if held {
                state.hold = Hold::Held;
            }
            (state.fault, held)
        });
        if held {
            self.changed.notify_all();
            self.wait_while(|state| state.hold == Hold::Held);
        }
        if let Some((fault, which)) = fault
            && which(&line)
            && (fault != Fault::IgnoresTheSwitch || line.contains("/setUserPreference"))
        {
            return faulty(&mut stream, fault);
        }
        if line.contains("/api.kilo.ai/") {
            return match self.kilo(&line, &question) {
                Some(Ok(answer)) => marked(&mut stream, &question, &answer.to_string()),
                Some(Err(refused)) => {
                    write(&mut stream, "403 Forbidden", "application/json", refused.as_bytes())
                }
                None => write(
                    &mut stream,
                    "404 Not Found",
                    "application/json",
                    br#"{"error":{"message":"No such procedure"}}"#,
                ),
            };
        }
        let answer = if line.contains("/ListAvailableModels") {
            json!({"models": [
                {"modelId": "auto", "modelName": "Auto", "rateMultiplier": 1.0, "rateUnit": "Credit"},
                {"modelId": "claude-sonnet-4.5", "modelName": "Claude Sonnet 4.5", "rateMultiplier": 1.3, "rateUnit": "Credit"},
            ]}).to_string()
        } else if line.contains("/getUsageLimits") {
            let own = self.with(|state| {
                let asks = |token: &&String| question.contains(token.as_str());
                state.answers.keys().find(asks).and_then(|token| state.answers.get(token)).cloned()
            });
            if own.as_deref() == Some("null") {
                return faulty(&mut stream, Fault::Unauthorized);
            }
            own.unwrap_or_else(|| self.limits().to_string())
        } else if line.contains("/setUserPreference") {
            self.preference(&body);
            "{}".to_owned()
        } else {
            return write(&mut stream, "404 Not Found", "application/json", b"{}");
        };
        write(&mut stream, "200 OK", "application/json", answer.as_bytes())
    }

    /// What Kilo answers: of a team what is asked about one, else of somebody's own account, where there is one.
    fn kilo(&self, line: &str, head: &str) -> Option<Result<Value, String>> {
        let is_strange = self.with(|state| state.strangers.iter().any(|token| head.contains(token.as_str())));
        if is_strange && line.ends_with("/api/profile") {
            return Some(Ok(
                json!({"user": {"id": "u-stranger"}, "organizations": [], "hasPersonalAccount": true}),
            ));
        }
        if is_strange {
            return Some(Err(
                r#"{"error":{"json":{"message":"You do not have access","code":-32003}}}"#.to_owned()
            ));
        }
        let (team, own) = self.with(|state| (state.team.clone(), state.own.clone()));
        let is_of_a_team = head.contains("x-kilocode-organizationid") || line.contains("organizationId");
        if let Some(own) = own.filter(|_| !is_of_a_team) {
            let teams = team.as_ref().map_or(json!([]), |team| json!([team.membership()]));
            return own.answer(line, &teams).map(Ok);
        }
        team.as_ref().and_then(|team| team.answer(line))
    }

    fn current(&self) -> (Current, String, &'static str) {
        let (mut scenario, now, user, title) = self
            .with(|state| (state.scenario.clone(), state.now.clone(), state.user.clone(), state.plan_title));
        scenario["as_of"] = now.as_str().into();
        let text = scenario.to_string();
        let Ok(Scenario::Individual(sourced)) = Scenario::parse(text.as_bytes()) else {
            panic!("a scenario of one person: {text}");
        };
        let at: Moment = now.parse().expect("a moment");
        let ledger: Ledger<Account> = Ledger::fold(&sourced.timeline, at).expect("a ledger");
        (ledger.account.current(at), user, title)
    }

    /// `GetUsageLimits` as it is recorded in `interfaces.md` §1.2.
    fn limits(&self) -> Value {
        let (current, user, title) = self.current();
        let number = |text: String| serde_json::from_str::<Value>(&text).expect("a number");
        let credits = &current.credits;
        let with_overage = credits.plan.used.plus(credits.overage.credits);
        let reset = current.cycle.end.unix_seconds();
        json!({
            "daysUntilReset": 0, "limits": [], "nextDateReset": reset,
            "overageConfiguration": {"__type": "com.amazon.aws.codewhisperer#OverageConfiguration",
                "overageStatus": if credits.overage.enabled { "ENABLED" } else { "DISABLED" }},
            "subscriptionInfo": {"overageCapability": "OVERAGE_CAPABLE", "subscriptionTitle": title},
            "usageBreakdownList": [{"bonuses": [], "currency": "USD", "displayName": "Credit",
                "currentOveragesWithPrecision": number(credits.overage.credits.to_string()),
                "currentUsageWithPrecision": number(with_overage.to_string()),
                "usageLimitWithPrecision": number(credits.plan.allowance.expect("a limit").to_string()),
                "overageCharges": number(credits.overage.charge.expect("a charge").to_string()),
                "overageRate": 0.04, "resourceType": "CREDIT", "unit": "INVOCATIONS", "nextDateReset": reset}],
            "userInfo": {"userId": user, "email": "ada@example.com"}
        })
    }

    fn preference(&self, body: &str) {
        let asked: Value = serde_json::from_str(body).expect("JSON");
        let enabled = asked["overageConfiguration"]["overageStatus"] == "ENABLED";
        self.with(|state| {
            let event = json!({"at": state.now, "type": "set_overage", "enabled": enabled});
            state.scenario["events"].as_array_mut().expect("a list").push(event);
        });
    }
}

/// Reads a request; none from a connection that only opened.
fn read(stream: &mut TcpStream) -> std::io::Result<Option<Seen>> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
    Ok(Some(Seen { line, head, body: String::from_utf8_lossy(&body).into_owned() }))
}

/// The same with a mark, and nothing but the mark if the client knows it.
fn marked(stream: &mut TcpStream, head: &str, body: &str) -> std::io::Result<()> {
    let sum = body.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let mark = format!("\"{sum:x}\"");
    if head.contains(&mark) {
        return write!(stream, "HTTP/1.1 304 Not Modified\r\netag: {mark}\r\nconnection: close\r\n\r\n");
    }
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\netag: {mark}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
