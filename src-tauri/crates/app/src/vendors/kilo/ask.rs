//! What Kilo's service says of a team: what it has, and what was spent of it.

use super::logins::{self, NoLogin};
use crate::error::{AppError, ErrorCode};
use crate::quoted::{QuotedTeam, TEAM, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_OWN};
use crate::vendors::asking::Around;
use crate::vendors::evidence::{Worth, kilo};
use crate::vendors::vendor::{About, Answer, Figures, Spend, written};
use crate::weighed::{Verdict, Weighed};
use chrono::Days;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::FetchError;
use headroom_sources::kilo::token::KiloLogin;
use headroom_sources::kilo::usage::Scope;
use headroom_sources::kilo::{team, usage};
use headroom_sources::observation::TeamSnapshot;
use headroom_sources::wire::missing::{Missing, TeamPart};
use headroom_store::Store;

/// Asks for a team's figures with the first login that is good.
pub(super) fn ask(around: &Around<'_>, about: &About<'_>) -> Result<Answer, AppError> {
    let now = around.now();
    let Some(organisation) = &about.state.identity else {
        return Ok(Answer::Nobody(say!("not-from-kilo", account = &about.account.name)));
    };
    let logins = match logins::all(around) {
        Err(error) if error.code == ErrorCode::Outside => return Ok(Answer::Nobody(error.saying)),
        logins => logins?,
    };
    match logins::good(&logins, now) {
        Ok(_) => {}
        Err(NoLogin::Nobody(saying)) => return Ok(Answer::Nobody(saying)),
        Err(NoLogin::Expired(error)) => return Ok(Answer::Failed(error)),
    }
    let http = about.http;
    let good: Vec<_> = logins.iter().filter(|login| login.is_good_at(now)).collect();
    let (login, mut team, mut weighed) = match seen_by(about, organisation, &good) {
        Ok(Seen { login, team, others }) => (login, team, others),
        Err(answer) => return Ok(*answer),
    };
    let to = now.date();
    let from = to.checked_sub_days(Days::new(reported::KILO_DAYS_ASKED)).unwrap_or(to);
    let usage = match usage::fetch(http, &login.token, organisation, from, to) {
        Ok(usage) => Some(usage),
        // What a team has is known all the same where nobody may see what is spent.
        Err(FetchError::Refused { .. }) => None,
        Err(error @ (FetchError::SignInAgain(_) | FetchError::Suspended(_))) => {
            return Ok(Answer::Failed(error));
        }
        Err(error) => {
            team.missing.push(Missing::because(TeamPart::Spending, &error));
            None
        }
    };
    team.keep_addresses_of(usage.as_ref().map(|usage| usage.rows.as_slice()));
    let body = match written("Kilo", &team) {
        Ok(body) => body,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    weighed.extend(of_questions(&around.store(), about, &team, now)?);
    let evidence = match logins::evidence(weighed) {
        Ok(evidence) => evidence,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    let mut figures = Figures {
        kept: vec![(TEAM, body), evidence],
        identity: Some(organisation.clone()),
        spend: None,
        then: None,
    };
    if let Some(usage) = usage {
        let everyone = usage.scope == Scope::Everyone;
        figures.kept.push((TOLD, serde_json::to_string(&Told::of(&usage, to))?));
        let source = if everyone { KILO_EVERYONE } else { KILO_OWN };
        figures.spend = Some(Spend { source, days: reported::of_each(&usage.rows, &now.to_string())? });
    }
    Ok(match lacking(&team.missing) {
        Some(lacking) => Answer::InPart(figures, lacking),
        None => Answer::Good(figures),
    })
}

/// A login that sees the team, what it is told, and those that don't see it.
struct Seen<'l> {
    login: &'l KiloLogin,
    team: TeamSnapshot,
    others: Vec<Weighed>,
}

/// Asks with one login after the other until one may see the team (V1): somebody may be in it with another one than the
/// first.
fn seen_by<'l>(
    about: &About<'_>,
    organisation: &str,
    logins: &[&'l KiloLogin],
) -> Result<Seen<'l>, Box<Answer>> {
    let account = &about.account.name;
    let (mut others, mut first) = (Vec::new(), None);
    for login in logins {
        let error = match team::fetch(about.http, &login.token, organisation) {
            Ok(team) => return leading((account, organisation), Seen { login, team, others }),
            Err(error) => error,
        };
        let reason = Saying::from(&error);
        let why = match &error {
            FetchError::Refused { .. } => say!("team-not-seen", vendor = "Kilo", account, reason),
            FetchError::SignInAgain(_) | FetchError::LoginEnded { .. } => reason,
            // Another login wouldn't be answered either.
            FetchError::Offline(_)
            | FetchError::NotTrusted { .. }
            | FetchError::TimedOut(_)
            | FetchError::Throttled { .. }
            | FetchError::Unavailable { .. }
            | FetchError::LeftAlone { .. }
            | FetchError::Suspended(_)
            | FetchError::NotSupported(_)
            | FetchError::Server { .. }
            | FetchError::Redirected(_)
            | FetchError::TooLarge { .. }
            | FetchError::CutOff(_)
            | FetchError::Unreadable { .. } => return Err(Box::new(Answer::Failed(error))),
        };
        others.push(logins::weighed(login, None, Verdict::NotOurs(why.clone())));
        first = first.or(Some((error, why)));
    }
    Err(Box::new(match first {
        Some((FetchError::Refused { .. }, why)) => logins::not_leading(others, why),
        Some((error, _)) => Answer::Failed(error),
        None => Answer::Nobody(say!("no-login", vendor = "Kilo")),
    }))
}

/// What was told, with what it is worth; as an answer where it doesn't lead.
fn leading<'l>(account: (&str, &str), seen: Seen<'l>) -> Result<Seen<'l>, Box<Answer>> {
    let Seen { login, team, mut others } = seen;
    let worth = kilo::of_team(account, &team);
    others.push(logins::weighed(login, None, worth.verdict("Kilo")));
    let why = match worth {
        Worth::NotOurs(why) => why,
        Worth::Odd(reason) => say!("answer-odd", vendor = "Kilo", reason),
        Worth::Leads | Worth::LastWord(_) | Worth::Ahead(_) => return Ok(Seen { login, team, others }),
    };
    Err(Box::new(logins::not_leading(others, why)))
}

/// What the answer to each question was worth that doesn't lead.
fn of_questions(
    store: &Store,
    about: &About<'_>,
    team: &TeamSnapshot,
    now: Moment,
) -> Result<Vec<Weighed>, AppError> {
    let mut weighed = Vec::new();
    for Missing { part: of, why, is_unreadable } in &team.missing {
        let before = QuotedTeam::answering(store, about.account.id, *of, now)?;
        let stays_from = before.map(|before| before.at.to_string());
        let verdict = logins::unfollowed(why.clone(), *is_unreadable);
        weighed.push(logins::of_question(part(*of), stays_from, verdict));
    }
    let ended = team.pass.as_ref().and_then(|pass| Some(pass.month.as_ref()?.ends_at));
    if let Some(ended) = ended.filter(|ended| *ended <= now) {
        let verdict = Worth::LastWord(ended).verdict("Kilo");
        weighed.push(logins::of_question(part(TeamPart::PassMonth), None, verdict));
    }
    Ok(weighed)
}

/// What Kilo didn't answer, and why the first of it.
fn lacking(missing: &[Missing]) -> Option<Saying> {
    let reason = missing.first()?.why.clone();
    let parts: Vec<Saying> = missing.iter().map(|missing| part(missing.part)).collect();
    Some(say!("answered-in-part", vendor = "Kilo", parts, reason))
}

fn part(part: TeamPart) -> Saying {
    match part {
        TeamPart::Seats => say!("part-seats"),
        TeamPart::PaidSeats => say!("part-paid-seats"),
        TeamPart::Credits => say!("part-credits"),
        TeamPart::Balance => say!("part-balance"),
        TeamPart::Pass => say!("part-pass"),
        TeamPart::PassMonth => say!("part-pass-month"),
        TeamPart::TopUp => say!("part-top-up"),
        TeamPart::Members => say!("part-members"),
        TeamPart::Spending => say!("part-spending"),
    }
}
