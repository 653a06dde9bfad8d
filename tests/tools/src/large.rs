//! Scenarios of any size, for measuring.

use headroom_exact::Moment;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// The moment of event `index` of `events`, spread evenly over 2026.
fn moment(index: usize, events: usize) -> Moment {
    let start: Moment = "2026-01-01T00:00:01Z".parse().expect("a moment");
    let year = 365 * 86_400 - 2;
    start.plus_seconds(i64::try_from(year * index / events.max(1)).expect("within a year"))
}

/// Credits of task `index`: never none.
fn credits(index: usize) -> String {
    let (whole, part) = (index % 7, index * 37 % 100);
    if whole + part == 0 { "0.01".to_owned() } else { format!("{whole}.{part:02}") }
}

/// A scenario of one year with that many usage events, each with an id, overage on.
pub fn scenario_json(events: usize) -> String {
    let mut json = String::from(
        r#"{"account":"kiro-individual","as_of":"2027-01-01T00:00:00Z","events":[
{"at":"2026-01-01T00:00:00Z","type":"sign_up"},
{"at":"2026-01-01T00:00:00Z","type":"change_plan","plan":"pro"},
{"at":"2026-01-01T00:00:00Z","type":"set_overage","enabled":true}"#,
    );
    for index in 0..events {
        let (at, credits) = (moment(index, events), credits(index));
        write!(
            json,
            ",\n{{\"at\":\"{at}\",\"type\":\"usage\",\"credits\":\"{credits}\",\"id\":\"task-{index:08}\"}}"
        )
        .expect("written");
    }
    json.push_str("]}\n");
    json
}

/// An organisation whose users are all assigned at the start of 2026; `more` stands after the events.
fn organisation(users: usize, more: &str) -> String {
    let mut json = format!(
        r#"{{"account":"kiro-enterprise","as_of":"2027-01-01T00:00:00Z",{more}"events":[
{{"at":"2026-01-01T00:00:00Z","type":"set_overage","profile":"us-east-1/A","enabled":true}}"#
    );
    for user in 0..users {
        let plan = ["pro", "pro-plus", "power"][user % 3];
        write!(
            json,
            ",\n{{\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"assign\",\"profile\":\"us-east-1/A\",\"user\":\"user-{user:08}\",\"plan\":\"{plan}\"}}"
        )
        .expect("written");
    }
    json
}

/// Usage event `index` of `events` in an organisation, as one line.
fn organisation_usage(index: usize, events: usize, users: usize) -> String {
    let (at, credits) = (moment(index, events), credits(index));
    // A step that is no divisor of the users, so that neighbours are different people.
    let user = index * 7_919 % users;
    format!(
        "{{\"at\":\"{at}\",\"type\":\"usage\",\"profile\":\"us-east-1/A\",\"user\":\"user-{user:08}\",\"credits\":\"{credits}\",\"id\":\"task-{index:08}\"}}"
    )
}

/// An organisation of so many users over one year with that many usage events.
pub fn organisation_json(events: usize, users: usize) -> String {
    let mut json = organisation(users, "");
    for index in 0..events {
        json.push_str(",\n");
        json.push_str(&organisation_usage(index, events, users));
    }
    json.push_str("]}\n");
    json
}

/// The same in two parts: the scenario, which names `lines_name`, and the lines.
pub fn organisation_lines(
    events: usize,
    users: usize,
    lines_name: &str,
    lines: &mut dyn io::Write,
) -> String {
    for index in 0..events {
        writeln!(lines, "{}", organisation_usage(index, events, users)).expect("written");
    }
    organisation(users, &format!(r#""events_from":"{lines_name}","#)) + "]}\n"
}

/// A team over one year with that many requests, each with an id.
pub fn team_json(events: usize) -> String {
    let mut json = String::from(
        r#"{"account":"kilo-teams","as_of":"2027-01-01T00:00:00Z",
"model_rates":{"claude-sonnet-4":{"input_per_million":"3.00","output_per_million":"15.00"}},"events":[
{"at":"2026-01-01T00:00:00Z","type":"start_team","seats":5},
{"at":"2026-01-01T00:00:00Z","type":"buy_credits","amount":"900000000"}"#,
    );
    for index in 0..events {
        let at = moment(index, events);
        let (input, output) = (index % 90_000, index % 4_000);
        write!(json, ",\n{{\"at\":\"{at}\",\"type\":\"usage\",\"model\":\"claude-sonnet-4\",\"input_tokens\":{input},\"output_tokens\":{output},\"id\":\"task-{index:08}\"}}")
            .expect("written");
    }
    json.push_str("]}\n");
    json
}

/// What somebody wrote and was answered, of any length.
const WORDS: &str = "lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor invidunt ut \
    labore et dolore magna aliquyam erat sed diam voluptua at vero eos et accusam et justo duo dolores et ea rebum";

/// Lines of Kiro's newer layout: executions of 31 lines each, of which four matter.
fn messages(session: usize, lines: usize) -> String {
    let mut text = String::new();
    for line in 0..lines {
        let (turn, step) = (line / 31, line % 31);
        let at = format!("2026-11-{:02}T08:{:02}:{step:02}.000Z", 1 + turn % 25, turn % 60);
        let execution = format!("x{session}-{turn}");
        let payload = match step {
            0 => format!(r#"{{"type":"turn_start","executionId":"{execution}"}}"#),
            27 => {
                format!(r#"{{"type":"assistant","executionId":"{execution}","reasoningModelId":"qdev::m"}}"#)
            }
            28 => format!(r#"{{"type":"turn_end","executionId":"{execution}"}}"#),
            29 => format!(
                r#"{{"type":"usage_summary","executionId":"{execution}","status":"success","promptTurnSummaries":[{{"unit":"credit","usage":{}}}]}}"#,
                credits(line)
            ),
            30 => format!(
                r#"{{"type":"session_metadata","key":"creditSplit","executionId":"","value":{{"main":1,"delegated":0.1,"auxiliary":0.{turn:04}}}}}"#
            ),
            _ => format!(r#"{{"type":"tool","content":"{}"}}"#, &WORDS[..line * 53 % WORDS.len()]),
        };
        writeln!(text, r#"{{"id":"m{session}-{line}","timestamp":"{at}","payload":{payload}}}"#)
            .expect("written");
    }
    text
}

/// A home's sessions in Kiro's newer layout, so many lines each.
///
/// # Errors
///
/// When a file can't be written.
pub fn session_folders(root: &Path, sessions: usize, lines: usize) -> io::Result<()> {
    for session in 0..sessions {
        let folder = root.join(format!("bucket{}", session % 7)).join(format!("sess_{session:05}"));
        fs::create_dir_all(&folder)?;
        let about =
            format!(r#"{{"id":"sess_{session:05}","createdAt":"2026-11-01T08:00:00Z","modelId":"auto"}}"#);
        fs::write(folder.join("session.json"), about)?;
        fs::write(folder.join("messages.jsonl"), messages(session, lines))?;
    }
    Ok(())
}

/// A home's sessions in the older layout of Kiro's command line, so many turns each: what was said beside what it used.
///
/// # Errors
///
/// When a file can't be written.
pub fn older_sessions(root: &Path, sessions: usize, turns: usize) -> io::Result<()> {
    let folder = root.join("cli");
    fs::create_dir_all(&folder)?;
    for session in 0..sessions {
        let (mut said, mut metered) = (String::new(), Vec::new());
        for turn in 0..turns {
            let words = &WORDS[..(session + turn * 53) % WORDS.len()];
            let text = |kind: &str| {
                format!(
                    r#"{{"version":"v1","kind":"{kind}","data":{{"message_id":"m{session}-{turn}","content":[{{"kind":"text","data":"a {words}"}}]}}}}"#
                )
            };
            for kind in ["Prompt", "AssistantMessage", "ToolResults", "AssistantMessage"] {
                writeln!(said, "{}", text(kind)).expect("written");
            }
            let at = format!(
                "2026-11-{:02}T{:02}:{:02}:00.000000000Z",
                1 + session % 25,
                turn / 60 % 24,
                turn % 60
            );
            metered.push(format!(
                r#"{{"loop_id":{{"rand":{turn}}},"result":{{"Ok":{{"id":"m{session}-{turn}","role":"assistant","content":[]}}}},"end_reason":"UserTurnEnd","end_timestamp":"{at}","metering_usage":[{{"value":{},"unit":"credit","unitPlural":"credits"}}]}}"#,
                credits(session + turn)
            ));
        }
        let about = format!(
            r#"{{"session_id":"s{session}","cwd":"/home/ada/shop","created_at":"2026-11-01T08:00:00Z","updated_at":"2026-11-01T09:00:00Z","session_state":{{"version":"v1","conversation_metadata":{{"user_turn_metadatas":[{}]}},"rts_model_state":{{"conversation_id":"s{session}","model_info":{{"model_id":"auto"}}}}}}}}"#,
            metered.join(",")
        );
        fs::write(folder.join(format!("s{session}.json")), about)?;
        fs::write(folder.join(format!("s{session}.jsonl")), said)?;
    }
    Ok(())
}
