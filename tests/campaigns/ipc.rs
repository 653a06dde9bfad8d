//! Commands with whatever a page that was taken over would ask: every one is answered in time and breaks nothing off, and
//! what costs money or can't be undone isn't done, since nobody agrees.

mod host;

use crate::Found;
use crate::vendor::{NOW, holds, kiro, signed_in};
use acceptance::Desk;
use acceptance::chance::Chance;
use acceptance::spoilt::Asker;
use headroom_app::answers::{AccountNumber, Kind};
use headroom_app::commands::{Commands, Signature, signatures};
use headroom_app::{AppError, Headroom, clock::FixedClock};
use host::{Nothing, Unasked};
use serde_json::{Map, Value};
use std::sync::mpsc::channel;
use std::time::Duration;
use tools::emulator::Emulator;
use ts_rs::Config;

/// Whoever isn't answered by then hangs.
const PATIENCE: Duration = Duration::from_mins(1);
/// So many questions to one Headroom: what some of them add makes others slower.
const QUESTIONS: u64 = 200;
/// What nobody may do without agreeing to it outside the page.
const AGREED: [&str; 5] = ["request_overage", "remove_account", "set_kilo_key", "delete_all", "restore_data"];

/// A Headroom that a page asks.
struct Asked {
    commands: Commands,
    host: Unasked,
    emulator: Emulator,
    mine: AccountNumber,
    sample: AccountNumber,
    _desk: Desk,
}

impl Asked {
    fn new() -> Self {
        let emulator = kiro();
        let (desk, mine) = signed_in(&emulator, NOW);
        let sample = desk.headroom.open_sample(Kind::KiroIndividual).expect("the sample").id;
        let clock = FixedClock(NOW.parse().expect("a moment"));
        let headroom = Headroom::open(desk.headroom.paths().clone(), Box::new(clock)).expect("it opens");
        let host = Unasked::new(headroom.with_secrets(Box::new(Nothing)));
        Self { commands: Commands::default(), host, emulator, mine, sample, _desk: desk }
    }

    const fn asker(&self) -> Asker<'static> {
        Asker { accounts: [self.mine, self.sample], told: "back:x", besides: &[] }
    }

    fn answer(&self, name: &str, arguments: Map<String, Value>) -> Result<Result<String, AppError>, String> {
        let (answered, answer) = channel();
        let reply = move |answer| _ = answered.send(answer);
        let known = self.commands.ask(name, arguments, Box::new(self.host.clone()), reply);
        holds(known, || "there is no such command".to_owned())?;
        answer.recv_timeout(PATIENCE).map_err(|_| "it isn't answered".to_owned())
    }

    /// Asks once; counts what was taken.
    fn once(&self, command: &Signature, chance: &mut Chance, taken: &mut u64) -> Result<(), String> {
        // Whoever asks with anything but names and what belongs to them is turned away before this, by the window.
        let given = match self.asker().gives(command, chance) {
            Value::Object(given) => given,
            other
            @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                Map::from_iter([("0".to_owned(), other)])
            }
        };
        let shown: String = Value::Object(given.clone()).to_string().chars().take(300).collect();
        let of_sample = given.get("account").is_some_and(|account| *account == self.sample.0);
        let forgets = given.get("key").is_none_or(Value::is_null);
        let answer = self.answer(command.name, given)?;
        *taken += u64::from(answer.is_ok());
        self.is_harmless(command.name, &answer, (of_sample, forgets)).map_err(|why| format!("{why}: {shown}"))
    }

    /// Asks with what belongs there; it may be refused, and not for what is given.
    fn as_it_should_be(&self, command: &Signature, chance: &mut Chance) -> Result<(), String> {
        let given = self.asker().owes(command, chance);
        let shown = Value::Object(given.clone()).to_string();
        let answer = self.answer(command.name, given)?;
        let is_understood = answer.as_ref().err().is_none_or(|error| error.saying.code() != "question-wrong");
        holds(is_understood, || format!("what belongs there isn't understood: {shown}"))
    }

    fn is_harmless(
        &self,
        name: &str,
        answer: &Result<String, AppError>,
        (of_sample, forgets): (bool, bool),
    ) -> Result<(), String> {
        match answer {
            Ok(json) => {
                let is_json = serde_json::from_str::<Value>(json).is_ok();
                holds(is_json, || format!("{name} answers what is no JSON"))?;
                // The sample can be opened again, and forgetting a key costs nothing.
                let is_free = (name == "remove_account" && of_sample) || (name == "set_kilo_key" && forgets);
                let is_undone = ["false", "null"].contains(&json.as_str());
                holds(!AGREED.contains(&name) || is_free || is_undone, || format!("{name} was done"))?;
            }
            Err(error) => {
                let code = error.saying.code();
                holds(!code.starts_with("broke-off"), || format!("{name}: {error}"))?;
            }
        }
        if AGREED.contains(&name) {
            let accounts = self.host.headroom.accounts().map_err(|error| error.to_string())?;
            let is_there = accounts.iter().any(|account| account.id == self.mine);
            holds(is_there, || format!("{name}: the account is gone"))?;
            let turned = self.emulator.seen().iter().any(|seen| seen.line.starts_with("POST"));
            holds(!turned, || format!("{name}: the switch was turned"))?;
        }
        Ok(())
    }
}

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let commands = signatures(&Config::new());
    let mut found = Found::default();
    let mut taken = 0_u64;
    let each = count.div_ceil(u64::try_from(commands.len()).expect("few"));
    for command in &commands {
        let mut asked = Asked::new();
        for index in 0..each.min(count - found.tried) {
            if index % QUESTIONS == QUESTIONS - 1 {
                asked = Asked::new();
            }
            let outcome = if index == 0 {
                asked.as_it_should_be(command, chance)
            } else {
                asked.once(command, chance, &mut taken)
            };
            found.tried(outcome.map_err(|why| format!("{}: {why}", command.name)));
        }
    }
    found.notes.push(format!("{} commands, {taken} questions taken as they were", commands.len()));
    found
}
