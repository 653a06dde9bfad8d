//! What Kilo's service says of a team: what it has, and what was spent of it.

use super::logins::{self, NoLogin};
use crate::error::{AppError, ErrorCode};
use crate::quoted::{TEAM, TOLD, Told};
use crate::reported::{self, KILO_EVERYONE, KILO_OWN};
use crate::vendors::asking::Around;
use crate::vendors::vendor::{About, Answer, Figures, Spend, written};
use chrono::Days;
use headroom_exact::say;
use headroom_sources::kilo_usage::Scope;
use headroom_sources::{FetchError, kilo_team, kilo_usage};

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
    let team = kilo_team::fetch(http, &login.token, organisation);
    let body = match team.and_then(|team| written("Kilo", &team)) {
        Ok(body) => body,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    let identity = Some(organisation.clone());
    let to = now.date();
    let from = to.checked_sub_days(Days::new(DAYS_ASKED)).unwrap_or(to);
    let usage = match kilo_usage::fetch(http, &login.token, organisation, from, to) {
        Ok(usage) => usage,
        // What a team has is known all the same where nobody may see what is spent.
        Err(FetchError::Refused { .. }) => {
            return Ok(Answer::Good(Figures { kept: vec![(TEAM, body)], identity, spend: None, then: None }));
        }
        Err(error) => return Ok(Answer::Failed(error)),
    };
    let everyone = usage.scope == Scope::Everyone;
    let source = if everyone { KILO_EVERYONE } else { KILO_OWN };
    let told = serde_json::to_string(&Told { everyone, cut: usage.cut })?;
    let days = reported::of_each(&usage.rows, &now.to_string())?;
    Ok(Answer::Good(Figures {
        kept: vec![(TEAM, body), (TOLD, told)],
        identity,
        spend: Some(Spend { source, days }),
        then: None,
    }))
}
