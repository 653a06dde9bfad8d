//! A team as Kilo's service describes it: balance, seats, members, credits by purchase
//! (`interfaces.md` §4.1–4.2).
//!
//! Several answers make one snapshot.

use crate::files::bounded::at_most;
use crate::kilo::blocks::{Blocks, amount};
use crate::kilo::parts::{Heard, Parts, another_kind, counted, unreadable};
use crate::kilo::pass::CreditAnswers;
use crate::kilo::subscription::{self, PaidSeats};
use crate::observation::{TeamMember, TeamSnapshot};
use crate::wire::http::{FetchError, Host, Http, Question, escaped};
use crate::wire::json::{differs, name, needed_name};
use crate::wire::missing::TeamPart;
use crate::wire::number::Number;
use crate::wire::secret::Secret;
use headroom_exact::{Balance, Saying, say, says};
use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// The header that says for which team a question is.
const ORGANISATION: &str = "x-kilocode-organizationid";

/// The most teams that a login is a member of.
const MOST_TEAMS: usize = 200;
/// The most members of a team.
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
    #[serde(default)]
    seats: Heard,
    #[serde(default)]
    subscription: Heard,
    #[serde(default)]
    credit_blocks: Heard,
    #[serde(default)]
    balance: Heard,
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

/// Asks for everything about a team. What the login's role may not see is left out; of the lesser questions one that fails
/// takes down only what it alone answers, and that is named.
pub fn fetch(http: &Http, token: &Secret, organisation: &str) -> Result<TeamSnapshot, FetchError> {
    let input = serde_json::json!({ "organizationId": organisation }).to_string();
    let procedure = |name: &str| {
        let body = ask(http, token, &format!("/api/trpc/{name}?input={}", escaped(&input, b"")), None)?;
        result(&body).map_err(|error| another(&error))
    };
    let answers = Answers {
        with_members: procedure("organizations.withMembers")?,
        seats: Heard::of(procedure("organizations.seats"))?,
        subscription: Heard::of(procedure("organizations.subscription.get"))?,
        credit_blocks: Heard::of(procedure("organizations.getCreditBlocks"))?,
        balance: Heard::of(
            ask(http, token, "/api/profile/balance", Some(organisation))
                .and_then(|body| RawValue::from_string(body).map_err(|error| another(&error))),
        )?,
        credits: CreditAnswers::ask(|name| Heard::of(procedure(name)))?,
    };
    snapshot(&answers).map_err(|error| unreadable(error.0))
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
    #[serde(default, deserialize_with = "name")]
    id: Option<String>,
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
struct ToldBalance<'a> {
    #[serde(borrow)]
    balance: Option<Number<'a>>,
}

/// Reads answers that an older version kept together.
pub fn parse(body: &str) -> Result<TeamSnapshot, NotATeam> {
    let answers: Answers = serde_json::from_str(body).map_err(|error| NotATeam(differs(&error)))?;
    let mut team = snapshot(&answers)?;
    // What was spent by then isn't at hand.
    team.keep_addresses_of(None);
    Ok(team)
}

fn snapshot(answers: &Answers) -> Result<TeamSnapshot, NotATeam> {
    let not_a_team = |error| NotATeam(differs(&error));
    let team: WithMembers<'_> = serde_json::from_str(answers.with_members.get()).map_err(not_a_team)?;
    let mut parts = Parts::default();
    let seats = parts.read(TeamPart::Seats, &answers.seats, |told: Seats<'_>| {
        Ok((counted(told.total_seats)?, counted(told.used_seats)?))
    });
    let (all, taken) = seats.unwrap_or_default();
    let seat_count = parts.take(TeamPart::Seats, counted(team.seat_count));
    let subscribed = parts.read(TeamPart::PaidSeats, &answers.subscription, subscription::Told::read);
    let PaidSeats { now: seats_paid, next: seats_paid_next, all_next: seats_next, subscription } =
        subscribed.unwrap_or_default();
    let blocks = parts.read(TeamPart::Credits, &answers.credit_blocks, Blocks::read).unwrap_or_default();
    let balance = balance(&team, blocks.total, &answers.balance, &mut parts);
    let (pass, top_up) = answers.credits.read(&mut parts);
    let members = team.members.unwrap_or_default().into_iter().map(member);
    let (members, amounts): (Vec<_>, Vec<_>) = members.unzip();
    parts.take(TeamPart::Members, amounts.into_iter().collect::<Result<Vec<()>, _>>().map(Some));
    Ok(TeamSnapshot {
        id: team.id.filter(|id| !id.is_empty()),
        name: team.name,
        plan: team.plan,
        balance,
        seats: all.or(seat_count),
        seats_paid,
        seats_next,
        seats_paid_next,
        subscription,
        seats_taken: taken,
        auto_top_up: top_up.and_then(|config| config.enabled).or(team.auto_top_up_enabled),
        top_up_amount: top_up.and_then(|config| config.amount),
        pass,
        purchases: blocks.purchases,
        blocks: blocks.left,
        members,
        missing: parts.missing,
    })
}

/// The team's own books first, then what its purchases come to: what the service calls the balance can be one member's share
/// of it.
fn balance(
    team: &WithMembers<'_>,
    in_blocks: Option<Balance>,
    told: &Heard,
    parts: &mut Parts,
) -> Option<Balance> {
    let not_negative = |number| match amount(number)? {
        Some(amount) if amount < Balance::ZERO => Err(another_kind()),
        amount => Ok(amount),
    };
    let books = not_negative(team.total_microdollars_acquired)
        .and_then(|acquired| Ok(acquired.zip(not_negative(team.microdollars_used)?)));
    let Ok(books) = books else {
        parts.take::<()>(TeamPart::Balance, Err(another_kind()));
        return None;
    };
    let in_the_books = books.map(|(acquired, used)| acquired.minus(used));
    in_the_books.or(in_blocks).or_else(|| {
        parts
            .read(TeamPart::Balance, told, |told: ToldBalance<'_>| match told.balance {
                None => Ok(None),
                Some(dollars) => dollars.dollars().map(Some).ok_or_else(another_kind),
            })
            .flatten()
    })
}

/// Somebody, and whether what they may spend and spent can be read.
fn member(member: Member<'_>) -> (TeamMember, Result<(), Saying>) {
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    let not_negative = |number: Number<'_>| number.dollars().filter(|amount| *amount >= Balance::ZERO);
    let told = [member.daily_usage_limit_usd, member.current_daily_usage_usd];
    let [daily_limit, spent_today] = told.map(|number| number.and_then(not_negative));
    let read = [daily_limit, spent_today].map(|amount| amount.is_some());
    let outcome = if told.map(|number| number.is_some()) == read { Ok(()) } else { Err(another_kind()) };
    let email = text(member.email);
    let told = TeamMember {
        name: text(member.name).or_else(|| email.clone()).unwrap_or_default(),
        role: text(member.role).unwrap_or_default(),
        invited: member.status.as_deref() == Some("invited"),
        daily_limit,
        spent_today,
        email,
        is_compared: false,
    };
    (told, outcome)
}

#[cfg(test)]
mod tests;
