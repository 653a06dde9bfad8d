//! A team as Kilo's service describes it: balance, seats, members, credits by purchase
//! (`interfaces.md` §4.1–4.2).
//!
//! Several answers make one snapshot.

use crate::bounded::at_most;
use crate::http::{FetchError, Host, Http, Question, escaped};
use crate::json::{differs, lesser, name, needed_name};
use crate::kilo_pass::{CreditAnswers, TopUpConfig};
use crate::number::Number;
use crate::observation::{CreditBlock, CreditPurchase, TeamMember, TeamSnapshot};
use crate::secret::Secret;
use headroom_exact::{Saying, say, says};
use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// The header that says for which team a question is.
const ORGANISATION: &str = "x-kilocode-organizationid";

/// The most teams that a login is a member of.
const MOST_TEAMS: usize = 200;
/// The most members of a team, and the most purchases and gifts.
const MOST_ENTRIES: usize = 10_000;

/// A team that a login is a member of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KiloOrganisation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `owner`, `member` or `billing_manager`.
    pub role: String,
}

#[derive(Deserialize)]
struct Profile {
    #[serde(default, deserialize_with = "at_most::<MOST_TEAMS, _, _>")]
    organizations: Option<Vec<Membership>>,
}

#[derive(Deserialize)]
struct Membership {
    #[serde(deserialize_with = "needed_name")]
    id: String,
    #[serde(deserialize_with = "needed_name")]
    name: String,
    #[serde(default, deserialize_with = "name")]
    role: Option<String>,
}

/// Why an answer is none: where it differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotATeam(Saying);

says!(NotATeam);

impl From<&NotATeam> for Saying {
    fn from(error: &NotATeam) -> Self {
        error.0.clone()
    }
}

/// The answers that make a snapshot, as they came. Older versions kept them so.
#[derive(Deserialize)]
struct Answers {
    with_members: Box<RawValue>,
    seats: Option<Box<RawValue>>,
    credit_blocks: Option<Box<RawValue>>,
    balance: Option<Box<RawValue>>,
    #[serde(skip)]
    credits: CreditAnswers,
}

/// The teams that a login is a member of, in the answer that says whose it is.
pub(crate) fn parse_profile(body: &str) -> Result<Vec<KiloOrganisation>, serde_json::Error> {
    let profile: Profile = serde_json::from_str(body)?;
    let team = |team: Membership| KiloOrganisation {
        id: team.id,
        name: team.name,
        role: team.role.unwrap_or_default(),
    };
    Ok(profile.organizations.unwrap_or_default().into_iter().map(team).collect())
}

/// Asks for everything about a team. What the login's role may not see is left out.
pub fn fetch(http: &Http, token: &Secret, organisation: &str) -> Result<TeamSnapshot, FetchError> {
    let input = serde_json::json!({ "organizationId": organisation }).to_string();
    let procedure = |name: &str| {
        let body = ask(http, token, &format!("/api/trpc/{name}?input={}", escaped(&input, b"")), None)?;
        result(&body).map_err(|error| another(&error))
    };
    let answers = Answers {
        with_members: procedure("organizations.withMembers")?,
        seats: permitted(procedure("organizations.seats"))?,
        credit_blocks: permitted(procedure("organizations.getCreditBlocks"))?,
        balance: permitted(
            ask(http, token, "/api/profile/balance", Some(organisation))
                .and_then(|body| RawValue::from_string(body).map_err(|error| another(&error))),
        )?,
        credits: CreditAnswers::ask(|name| permitted(procedure(name)))?,
    };
    snapshot(&answers).map_err(|error| unreadable(error.0))
}

/// What a role is not shown, or a version of the service doesn't have, is none.
fn permitted<T>(answer: Result<T, FetchError>) -> Result<Option<T>, FetchError> {
    match answer {
        Err(FetchError::Refused { .. }) => Ok(None),
        answer => answer.map(Some),
    }
}

pub(crate) fn unreadable(reason: Saying) -> FetchError {
    FetchError::Unreadable { vendor: Host::Kilo.vendor(), reason }
}

/// It is JSON of another form, or none.
pub(crate) fn another(error: &serde_json::Error) -> FetchError {
    unreadable(differs(error))
}

/// Asks Kilo.
pub(crate) fn ask(
    http: &Http,
    token: &Secret,
    path: &str,
    organisation: Option<&str>,
) -> Result<String, FetchError> {
    let headers: Vec<_> = organisation.map(|id| (ORGANISATION, id)).into_iter().collect();
    let body = http.ask(&Question {
        host: Host::Kilo,
        method: Method::GET,
        path,
        headers: &headers,
        body: None,
        token,
    })?;
    String::from_utf8(body).map_err(|_| unreadable(say!("not-text")))
}

/// What a procedure returned, in either form.
pub(crate) fn result<T: DeserializeOwned>(body: &str) -> Result<T, serde_json::Error> {
    #[derive(Deserialize)]
    struct Outer {
        result: Inner,
    }
    #[derive(Deserialize)]
    struct Inner {
        data: Box<RawValue>,
    }
    #[derive(Deserialize)]
    struct Wrapped {
        json: Box<RawValue>,
    }
    let data = serde_json::from_str::<Outer>(body)?.result.data;
    // A list would be taken for a structure of as many fields.
    let wrapped =
        data.get().starts_with('{').then(|| serde_json::from_str::<Wrapped>(data.get()).ok()).flatten();
    serde_json::from_str(wrapped.map_or(data, |wrapped| wrapped.json).get())
}

#[derive(Deserialize)]
struct WithMembers<'a> {
    #[serde(deserialize_with = "needed_name")]
    name: String,
    #[serde(default, deserialize_with = "name")]
    plan: Option<String>,
    #[serde(borrow)]
    microdollars_used: Option<Number<'a>>,
    #[serde(borrow)]
    total_microdollars_acquired: Option<Number<'a>>,
    #[serde(borrow)]
    seat_count: Option<Number<'a>>,
    auto_top_up_enabled: Option<bool>,
    #[serde(borrow, default, deserialize_with = "at_most::<MOST_ENTRIES, _, _>")]
    members: Option<Vec<Member<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member<'a> {
    #[serde(default, deserialize_with = "name")]
    name: Option<String>,
    #[serde(default, deserialize_with = "name")]
    email: Option<String>,
    #[serde(default, deserialize_with = "name")]
    role: Option<String>,
    #[serde(default, deserialize_with = "name")]
    status: Option<String>,
    #[serde(borrow)]
    daily_usage_limit_usd: Option<Number<'a>>,
    #[serde(borrow)]
    current_daily_usage_usd: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seats<'a> {
    #[serde(borrow)]
    total_seats: Option<Number<'a>>,
    #[serde(borrow)]
    used_seats: Option<Number<'a>>,
}

#[derive(Deserialize)]
struct Blocks<'a> {
    #[serde(borrow, rename = "creditBlocks", deserialize_with = "at_most::<MOST_ENTRIES, _, _>")]
    blocks: Option<Vec<Block<'a>>>,
}

#[derive(Deserialize)]
struct Block<'a> {
    #[serde(borrow)]
    expiry_date: Option<Number<'a>>,
    #[serde(borrow, rename = "balance_mUsd")]
    balance: Option<Number<'a>>,
    #[serde(borrow, rename = "amount_mUsd")]
    amount: Option<Number<'a>>,
    #[serde(borrow)]
    effective_date: Option<Number<'a>>,
    #[serde(default, deserialize_with = "name")]
    id: Option<String>,
    #[serde(default)]
    is_free: bool,
}

#[derive(Deserialize)]
struct Balance<'a> {
    #[serde(borrow)]
    balance: Option<Number<'a>>,
}

/// Reads answers that an older version kept together.
pub fn parse(body: &str) -> Result<TeamSnapshot, NotATeam> {
    let answers: Answers = serde_json::from_str(body).map_err(|error| NotATeam(differs(&error)))?;
    snapshot(&answers)
}

fn snapshot(answers: &Answers) -> Result<TeamSnapshot, NotATeam> {
    let not_a_team = |error| NotATeam(differs(&error));
    let team: WithMembers<'_> = serde_json::from_str(answers.with_members.get()).map_err(not_a_team)?;
    let seats: Option<Seats<'_>> = lesser(answers.seats.as_deref()).map_err(not_a_team)?;
    let blocks: Option<Blocks<'_>> = lesser(answers.credit_blocks.as_deref()).map_err(not_a_team)?;
    let blocks = blocks.and_then(|answer| answer.blocks);
    let balance: Option<Balance<'_>> = lesser(answers.balance.as_deref()).map_err(not_a_team)?;
    let (pass, top_up) = answers.credits.read().map_err(not_a_team)?;
    let microdollars =
        |number: Option<Number<'_>>| number.and_then(|number| number.unquoted().microdollars());
    let acquired = microdollars(team.total_microdollars_acquired);
    let used = microdollars(team.microdollars_used);
    // The team's own books first: what the service calls the balance can be one member's share of it.
    let in_the_books = acquired.zip(used).map(|(acquired, used)| acquired.minus(used));
    let as_said = balance.and_then(|answer| answer.balance).and_then(Number::dollars);
    let count = |number: Option<Number<'_>>| number.and_then(Number::count);
    let snapshot = TeamSnapshot {
        name: team.name,
        plan: team.plan,
        balance: in_the_books.or(as_said),
        seats: seats.as_ref().and_then(|seats| count(seats.total_seats)).or_else(|| count(team.seat_count)),
        seats_taken: seats.as_ref().and_then(|seats| count(seats.used_seats)),
        auto_top_up: top_up.as_ref().and_then(|config| config.enabled).or(team.auto_top_up_enabled),
        top_up_amount: top_up.as_ref().and_then(TopUpConfig::amount),
        pass,
        purchases: blocks.as_ref().map(|blocks| {
            let bought = |block: &Block<'_>| {
                Some(CreditPurchase {
                    id: block.id.as_deref()?.to_owned(),
                    at: block.effective_date.and_then(Number::moment)?,
                    amount: microdollars(block.amount).filter(|amount| amount.is_positive())?,
                })
            };
            blocks.iter().filter(|block| !block.is_free).filter_map(bought).collect()
        }),
        blocks: blocks.map(|blocks| {
            let left = |block: Block<'_>| {
                Some(CreditBlock {
                    left: microdollars(block.balance).filter(|left| left.is_positive())?,
                    expires_at: block.expiry_date.and_then(Number::moment),
                    free: block.is_free,
                })
            };
            blocks.into_iter().filter_map(left).collect()
        }),
        members: team.members.unwrap_or_default().into_iter().map(member).collect(),
    };
    Ok(snapshot)
}

fn member(member: Member<'_>) -> TeamMember {
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    TeamMember {
        name: text(member.name).or_else(|| text(member.email)).unwrap_or_default(),
        role: text(member.role).unwrap_or_default(),
        invited: member.status.as_deref() == Some("invited"),
        daily_limit: member.daily_usage_limit_usd.and_then(Number::dollars),
        spent_today: member.current_daily_usage_usd.and_then(Number::dollars),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: &str = r#"{"id":"o-1","name":"Analytical Engines","microdollars_used":137500000,
        "total_microdollars_acquired":"250000000","next_credit_expiration_at":null,"auto_top_up_enabled":false,
        "seat_count":5,"require_seats":true,"plan":"teams","free_trial_end_at":null,"settings":{},
        "members":[{"id":"u-1","name":"Ada","email":"ada@example.com","role":"owner","status":"active",
          "inviteDate":null,"dailyUsageLimitUsd":null,"currentDailyUsageUsd":1.25},
         {"email":"new@example.com","role":"member","status":"invited","dailyUsageLimitUsd":25}]}"#;

    fn kept(parts: &[(&str, &str)]) -> String {
        let parts: Vec<_> = parts.iter().map(|(name, json)| format!("\"{name}\":{json}")).collect();
        format!("{{{}}}", parts.join(","))
    }

    #[test]
    fn the_teams_own_books_lead() {
        let body = kept(&[
            ("with_members", TEAM),
            ("seats", r#"{"totalSeats":6,"usedSeats":2}"#),
            (
                "credit_blocks",
                r#"{"creditBlocks":[
                {"id":"b","effective_date":"2026-09-01T00:00:00Z","expiry_date":null,"balance_mUsd":100000000,"amount_mUsd":250000000,"is_free":false},
                {"id":"g","effective_date":"2026-09-01T00:00:00Z","expiry_date":"2026-12-01T00:00:00.000Z","balance_mUsd":12500000,"amount_mUsd":20000000,"is_free":true},
                {"id":"x","expiry_date":null,"balance_mUsd":0,"is_free":true}],"totalBalance_mUsd":112500000}"#,
            ),
            ("balance", r#"{"balance":25.0,"isDepleted":false}"#),
        ]);
        let team = parse(&body).expect("a team");
        assert_eq!(team.balance.map(|balance| balance.to_string()).as_deref(), Some("112.500000"));
        assert_eq!((team.seats, team.seats_taken, team.auto_top_up), (Some(6), Some(2), Some(false)));
        let blocks = team.blocks.expect("blocks");
        assert_eq!(blocks.len(), 2, "what is used up is no block");
        assert_eq!(blocks[1].expires_at.map(|at| at.to_string()).as_deref(), Some("2026-12-01T00:00:00Z"));
        assert!(blocks[1].free);
        let names: Vec<_> =
            team.members.iter().map(|member| (member.name.as_str(), member.invited)).collect();
        assert_eq!(names, [("Ada", false), ("new@example.com", true)]);
    }

    #[test]
    fn what_is_not_said_is_none_and_never_zero() {
        let team = parse(&kept(&[("with_members", r#"{"name":"T","unheard":[1]}"#)])).expect("a team");
        assert_eq!((team.balance, team.seats, team.seats_taken, team.blocks), (None, None, None, None));
        let body = kept(&[("with_members", r#"{"name":"T"}"#), ("balance", r#"{"balance":-0.25}"#)]);
        let team = parse(&body).expect("a team");
        assert_eq!(team.balance.map(|balance| balance.to_string()).as_deref(), Some("-0.250000"));
        assert!(parse("{}").is_err() && parse(r#"{"with_members":[]}"#).is_err());
    }

    #[test]
    fn more_than_any_team_has_is_refused_and_not_cut() {
        let list = |entry: &str, count: usize| format!("[{}]", vec![entry; count].join(","));
        let refused = |parts: &[(&str, &str)]| parse(&kept(parts)).expect_err("refused").to_string();
        let members = format!(r#"{{"name":"T","members":{}}}"#, list("{}", 10_001));
        assert_eq!(refused(&[("with_members", &members)]), "too-many-entries(most: 10000)");
        let blocks = format!(r#"{{"creditBlocks":{}}}"#, list("{}", 10_001));
        assert_eq!(
            refused(&[("with_members", r#"{"name":"T"}"#), ("credit_blocks", &blocks)]),
            "too-many-entries(most: 10000)"
        );
        let long = "n".repeat(301);
        for team in [
            format!(r#"{{"name":"{long}"}}"#),
            format!(r#"{{"name":"T","plan":"{long}"}}"#),
            format!(r#"{{"name":"T","members":[{{"email":"{long}"}}]}}"#),
        ] {
            assert_eq!(refused(&[("with_members", &team)]), "name-too-long(most: 300)");
        }
        let refused = |body: &str| differs(&parse_profile(body).expect_err("refused")).to_string();
        let teams = format!(r#"{{"organizations":{}}}"#, list(r#"{"id":"o","name":"T"}"#, 201));
        assert_eq!(refused(&teams), "too-many-entries(most: 200)");
        let named = format!(r#"{{"organizations":[{{"id":"o","name":"{long}"}}]}}"#);
        assert_eq!(refused(&named), "name-too-long(most: 300)");
        assert_eq!(parse_profile(r#"{"organizations":null}"#).expect("nobody's"), []);
    }

    #[test]
    fn a_procedures_result_comes_in_two_forms() {
        for body in [r#"{"result":{"data":[1]}}"#, r#"{"result":{"data":{"json":[1],"meta":{}}}}"#] {
            assert_eq!(result::<Vec<u8>>(body).ok(), Some(vec![1]), "{body}");
        }
        assert!(result::<Vec<u8>>(r#"{"error":{"message":"no"}}"#).is_err());
    }
}
