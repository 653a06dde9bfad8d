//! Kiro's own command line, asked for its figures: `kiro-cli acp`, JSON-RPC over its input and output
//! (`interfaces.md` §1.6). No token is touched: the program uses its own login.

use crate::json::differs;
use crate::number::Number;
use crate::observation::{Allowance, GrantSnapshot, GrantStatus, LimitsSnapshot};
use chrono::NaiveDate;
use headroom_exact::{Credits, Moment, Saying, say, says};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// The longest line that is read of it.
const LONGEST_LINE: u64 = 8 * 1024 * 1024;
/// "No such method" of JSON-RPC.
const NO_SUCH_METHOD: i64 = -32601;

/// Why it gave no figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommandError {
    /// It could not be started.
    NotStarted {
        /// The program.
        program: PathBuf,
        /// Why.
        reason: Saying,
    },
    /// It ended or closed its output.
    Ended,
    /// It took too long.
    TimedOut,
    /// It refused, in its own words, shortened; empty where it has none.
    Refused(String),
    /// The plan is managed elsewhere.
    NotSupported,
    /// It isn't what it was.
    Unreadable(Saying),
}

says!(CommandError);

/// What the program is called, for people too.
const NAME: &str = "kiro-cli";

impl From<&CommandError> for Saying {
    fn from(error: &CommandError) -> Self {
        match error {
            CommandError::NotStarted { program, reason } => {
                say!("program-not-started", program, reason = reason.clone())
            }
            CommandError::Ended => say!("program-ended", program = NAME),
            CommandError::TimedOut => say!("timed-out", vendor = NAME),
            CommandError::Refused(said) if said.is_empty() => say!("question-not-known", program = NAME),
            CommandError::Refused(said) => say!("program-refused", program = NAME, said),
            CommandError::NotSupported => say!("managed-elsewhere", vendor = NAME),
            CommandError::Unreadable(reason) => {
                say!("answer-unreadable", vendor = NAME, reason = reason.clone())
            }
        }
    }
}

/// Where the program is: the first `kiro-cli` in the folders where programs are.
pub fn program(folders: &[PathBuf]) -> Option<PathBuf> {
    let name = if cfg!(windows) { "kiro-cli.exe" } else { "kiro-cli" };
    folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Asks the program for the figures of the account that it is signed in to. `patience` is for everything.
pub fn fetch(program: &Path, patience: Duration) -> Result<LimitsSnapshot, CommandError> {
    let not_started = |error: std::io::Error| CommandError::NotStarted {
        program: program.to_owned(),
        reason: error.into(),
    };
    let mut child = Command::new(program)
        .arg("acp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(not_started)?;
    let outcome = converse(&mut child, patience);
    // It waits for more questions; whatever came of this one, it is not needed any longer.
    _ = child.kill();
    _ = child.wait();
    parse(&outcome?)
}

/// One side of the conversation.
struct Conversation {
    input: ChildStdin,
    lines: Receiver<String>,
    until: Instant,
    asked: i64,
}

#[derive(Deserialize)]
struct Reply<'a> {
    id: Option<i64>,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error: Option<ReplyError>,
}

#[derive(Deserialize)]
struct ReplyError {
    code: i64,
    #[serde(default)]
    message: String,
}

fn converse(child: &mut Child, patience: Duration) -> Result<String, CommandError> {
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(CommandError::Ended);
    };
    let (sender, lines) = mpsc::channel();
    // It ends with the program's output, at the latest when the program is killed.
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        loop {
            let mut line = String::new();
            match output.by_ref().take(LONGEST_LINE).read_line(&mut line) {
                Ok(length) if length > 0 && sender.send(line).is_ok() => {}
                _ => return,
            }
        }
    });
    // How long to wait, not what time it is.
    let until = Instant::now().checked_add(patience).ok_or(CommandError::TimedOut)?;
    let mut conversation = Conversation { input, lines, until, asked: 0 };
    let capabilities = json!({"fs": {"readTextFile": false, "writeTextFile": false}});
    conversation.ask("initialize", &json!({"protocolVersion": 1, "clientCapabilities": capabilities}))??;
    match conversation.ask("_kiro/account/getUsage", &json!({}))? {
        Err(CommandError::Refused(_)) => {}
        answer => return answer,
    }
    // The older engine answers inside a session.
    let folder = std::env::temp_dir();
    let session = conversation.ask("session/new", &json!({"cwd": folder, "mcpServers": []}))??;
    let session: Value =
        serde_json::from_str(&session).map_err(|error| CommandError::Unreadable(differs(&error)))?;
    let command = json!({"command": "usage", "args": {}});
    let question = json!({"sessionId": session["sessionId"], "command": command});
    conversation.ask("_kiro.dev/commands/execute", &question)?
}

impl Conversation {
    /// Asks and waits for the answer to it; what else the program says meanwhile is passed over. The outer
    /// error ends the conversation, the inner one is what the program answered.
    fn ask(
        &mut self,
        method: &str,
        parameters: &Value,
    ) -> Result<Result<String, CommandError>, CommandError> {
        self.asked = self.asked.saturating_add(1);
        let question = json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": parameters});
        let sent = writeln!(self.input, "{question}").and_then(|()| self.input.flush());
        sent.map_err(|_| CommandError::Ended)?;
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).map_err(|error| match error {
                mpsc::RecvTimeoutError::Timeout => CommandError::TimedOut,
                mpsc::RecvTimeoutError::Disconnected => CommandError::Ended,
            })?;
            let Ok(reply) = serde_json::from_str::<Reply<'_>>(&line) else { continue };
            if reply.id != Some(self.asked) {
                continue;
            }
            return Ok(match (reply.result, reply.error) {
                (_, Some(error)) => {
                    let said: String =
                        error.message.chars().filter(|letter| !letter.is_control()).take(120).collect();
                    let unknown = error.code == NO_SUCH_METHOD;
                    Err(CommandError::Refused(if unknown { String::new() } else { said }))
                }
                (Some(result), None) => Ok(result.get().to_owned()),
                (None, None) => Err(CommandError::Unreadable(say!("field-missing", field = "result"))),
            });
        }
    }
}

#[derive(Deserialize)]
struct Outcome<'a> {
    success: Option<bool>,
    message: Option<String>,
    #[serde(borrow)]
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    #[serde(borrow)]
    plan_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    billing_cycle_reset: Option<Cow<'a, str>>,
    overages_enabled: Option<bool>,
    overage_capable: Option<bool>,
    #[serde(default)]
    is_enterprise: bool,
    #[serde(borrow, default)]
    usage_breakdowns: Vec<Breakdown<'a>>,
    #[serde(borrow, default)]
    bonus_credits: Vec<Bonus<'a>>,
    #[serde(borrow, default)]
    add_on_credits: Vec<AddOn<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Breakdown<'a> {
    #[serde(borrow)]
    resource_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    limit: Option<Number<'a>>,
    #[serde(borrow)]
    current_overages: Option<Number<'a>>,
    #[serde(borrow)]
    overage_charges: Option<Number<'a>>,
    has_limit: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bonus<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    total: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddOn<'a> {
    #[serde(borrow)]
    used: Option<Number<'a>>,
    #[serde(borrow)]
    total: Option<Number<'a>>,
    #[serde(borrow)]
    expires_at: Option<Cow<'a, str>>,
    is_active: Option<bool>,
}

/// Reads an answer. It names no account.
pub fn parse(body: &str) -> Result<LimitsSnapshot, CommandError> {
    let another = |error: serde_json::Error| CommandError::Unreadable(differs(&error));
    let outcome: Outcome<'_> = serde_json::from_str(body).map_err(another)?;
    if outcome.success == Some(false) {
        let said = outcome.message.unwrap_or_default();
        return Err(CommandError::Refused(
            said.chars().filter(|letter| !letter.is_control()).take(120).collect(),
        ));
    }
    // The newer engine may answer with the figures themselves.
    let data = match outcome.data {
        Some(data) => data,
        None => serde_json::from_str(body).map_err(another)?,
    };
    let mut breakdowns = data.usage_breakdowns;
    let place = breakdowns.iter().position(|entry| entry.resource_type.as_deref() == Some("CREDIT"));
    if breakdowns.is_empty() && data.is_enterprise {
        return Err(CommandError::NotSupported);
    }
    if breakdowns.is_empty() {
        return Err(CommandError::Unreadable(say!("no-credits-named", field = "usageBreakdowns")));
    }
    let entry = breakdowns.swap_remove(place.unwrap_or(0));
    let used = entry.used.and_then(Number::credits);
    let limit = entry.limit.and_then(Number::credits);
    if used.is_none() && limit.is_none() {
        return Err(CommandError::Unreadable(say!("neither-is-a-number", one = "used", other = "limit")));
    }
    let without_limit = entry.has_limit == Some(false);
    let bonuses = data.bonus_credits.into_iter().map(|bonus| {
        let (used, granted) = (bonus.used.and_then(Number::credits), bonus.total.and_then(Number::credits));
        GrantSnapshot {
            name: bonus.name.map_or_else(|| "Bonus".to_owned(), Cow::into_owned),
            status: if used.is_some() && used == granted {
                GrantStatus::Exhausted
            } else {
                GrantStatus::Active
            },
            used,
            granted,
            // It says days, not a moment.
            expires_at: None,
        }
    });
    let packs = data.add_on_credits.into_iter().map(|pack| GrantSnapshot {
        name: "Add-on pack".to_owned(),
        status: if pack.is_active == Some(true) { GrantStatus::Active } else { GrantStatus::Unknown },
        used: pack.used.and_then(Number::credits),
        granted: pack.total.and_then(Number::credits),
        expires_at: pack.expires_at.and_then(|text| midnight(&text, "%b %d, %Y")),
    });
    Ok(LimitsSnapshot {
        plan_title: data.plan_name.map(Cow::into_owned),
        used,
        allowance: if without_limit { Some(Allowance::NoLimit) } else { limit.map(Allowance::Credits) },
        overage: entry.current_overages.and_then(Number::credits).or(Some(Credits::ZERO).filter(|_| {
            // Within the plan there is none, whether it says so or not.
            used.zip(limit).is_some_and(|(used, limit)| used <= limit)
        })),
        overage_charges: entry.overage_charges.and_then(Number::money),
        overage_enabled: data.overages_enabled,
        overage_capable: data.overage_capable,
        resets_at: data.billing_cycle_reset.and_then(|text| midnight(&text, "%Y-%m-%d")),
        grants: bonuses.collect(),
        packs: packs.collect(),
        user_id: None,
    })
}

/// The beginning of a day.
fn midnight(text: &str, form: &str) -> Option<Moment> {
    NaiveDate::parse_from_str(text, form).ok().map(|date| Moment::on(date, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POWER: &str = r#"{"success":true,"message":"Plan: KIRO POWER | 1 usage breakdowns","data":{
        "planName":"KIRO POWER","billingCycleReset":"2026-10-01","overagesEnabled":false,"isEnterprise":true,
        "usageBreakdowns":[{"resourceType":"CREDIT","displayName":"Credits","used":7609.69,"limit":10000.0,"percentage":76.0969,
          "currentOverages":0.0,"overageRate":0.04,"overageCharges":0.0,"currency":"USD","hasLimit":true}],
        "bonusCredits":[{"name":"Welcome bonus","used":10.0,"total":50.0,"daysUntilExpiry":25}],
        "addOnCredits":[{"used":0,"total":500,"expiresAt":"Oct 01, 2026","isActive":true}],"overageCapable":true}}"#;

    #[test]
    fn the_recorded_answer_is_read_whole() {
        let limits = parse(POWER).expect("figures");
        assert_eq!(limits.used.map(|used| used.to_string()).as_deref(), Some("7609.69"));
        assert_eq!(limits.resets_at.map(|at| at.to_string()).as_deref(), Some("2026-10-01T00:00:00Z"));
        assert_eq!((limits.overage_enabled, limits.grants.len(), limits.packs.len()), (Some(false), 1, 1));
        assert_eq!(limits.packs[0].expires_at, limits.resets_at);
        assert_eq!(limits.user_id, None);
    }

    #[test]
    fn what_it_does_not_say_is_unknown_and_other_answers_are_refused() {
        let older = parse(r#"{"success":true,"data":{"planName":"KIRO PRO","billingCycleReset":"Unknown","overagesEnabled":true,"isEnterprise":false,"usageBreakdowns":[{"resourceType":"CREDIT","used":1200,"limit":1000}],"bonusCredits":[]}}"#)
            .expect("figures");
        assert_eq!((older.resets_at, older.overage, older.overage_capable), (None, None, None));
        for (body, expected) in [
            (
                r#"{"success":false,"message":"not logged in"}"#,
                CommandError::Refused("not logged in".to_owned()),
            ),
            (
                r#"{"success":true,"data":{"planName":"Q Developer Pro","isEnterprise":true,"usageBreakdowns":[]}}"#,
                CommandError::NotSupported,
            ),
            (
                r#"{"success":true,"data":{"usageBreakdowns":[{"used":"12"}]}}"#,
                CommandError::Unreadable(say!("neither-is-a-number", one = "used", other = "limit")),
            ),
            ("{}", CommandError::Unreadable(say!("no-credits-named", field = "usageBreakdowns"))),
            ("[", CommandError::Unreadable(say!("json-cut-off"))),
        ] {
            assert_eq!(parse(body), Err(expected), "{body}");
        }
    }
}
