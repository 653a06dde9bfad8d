//! Scenarios of any size, for measuring.

use headroom_exact::Moment;
use std::fmt::Write as _;
use std::io;

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
