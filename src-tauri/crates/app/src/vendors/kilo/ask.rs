//! What Kilo's service says of a team: what it has, and what was spent of it.

use super::logins::{self, NoLogin};
use crate::error::{AppError, ErrorCode};
use crate::quoted::{TEAM, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_OWN};
use crate::vendors::asking::Around;
use crate::vendors::vendor::{About, Answer, Figures, Spend, written};
use chrono::Days;
use headroom_exact::{Saying, say};
use headroom_sources::FetchError;
use headroom_sources::kilo::usage::Scope;
use headroom_sources::kilo::{team, usage};
use headroom_sources::wire::missing::{Missing, TeamPart};

/// So many days of what was spent are asked for: a month and the days that charts show.
const DAYS_ASKED: u64 = 31;

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
    let login = match logins::good(&logins, now) {
        Ok(login) => login,
        Err(NoLogin::Nobody(saying)) => return Ok(Answer::Nobody(saying)),
        Err(NoLogin::Expired(error)) => return Ok(Answer::Failed(error)),
    };
    let http = about.http;
    let mut team = match team::fetch(http, &login.token, organisation) {
        Ok(team) => team,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    let to = now.date();
    let from = to.checked_sub_days(Days::new(DAYS_ASKED)).unwrap_or(to);
    let usage = match usage::fetch(http, &login.token, organisation, from, to) {
        Ok(usage) => Some(usage),
        // What a team has is known all the same where nobody may see what is spent.
        Err(FetchError::Refused { .. }) => None,
        Err(error @ (FetchError::SignInAgain(_) | FetchError::Suspended(_))) => {
            return Ok(Answer::Failed(error));
        }
        Err(error) => {
            team.missing.push(Missing { part: TeamPart::Spending, why: error.into() });
            None
        }
    };
    let body = match written("Kilo", &team) {
        Ok(body) => body,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    let mut figures =
        Figures { kept: vec![(TEAM, body)], identity: Some(organisation.clone()), spend: None, then: None };
    if let Some(usage) = usage {
        let everyone = usage.scope == Scope::Everyone;
        figures.kept.push((TOLD, serde_json::to_string(&Told { everyone, cut: usage.cut })?));
        let source = if everyone { KILO_EVERYONE } else { KILO_OWN };
        figures.spend = Some(Spend { source, days: reported::of_each(&usage.rows, &now.to_string())? });
    }
    Ok(match lacking(&team.missing) {
        Some(lacking) => Answer::InPart(figures, lacking),
        None => Answer::Good(figures),
    })
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
        TeamPart::Credits => say!("part-credits"),
        TeamPart::Balance => say!("part-balance"),
        TeamPart::Pass => say!("part-pass"),
        TeamPart::PassMonth => say!("part-pass-month"),
        TeamPart::TopUp => say!("part-top-up"),
        TeamPart::Members => say!("part-members"),
        TeamPart::Spending => say!("part-spending"),
    }
}
