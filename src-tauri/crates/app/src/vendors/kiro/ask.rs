//! With which login or program Kiro is asked about an account of one person.

use super::models;
use crate::error::AppError;
use crate::quoted::{COMMAND, SERVICE};
use crate::vendors::asking::Around;
use crate::vendors::vendor::{About, Answer, Figures, written};
use headroom_exact::say;
use headroom_sources::kiro_token::{self, KiroLogin};
use headroom_sources::observation::LimitsSnapshot;
use headroom_sources::{FetchError, kiro_command, kiro_limits};

/// The id by which Kiro knows the account.
pub(super) fn identity(login: &KiroLogin, limits: &LimitsSnapshot) -> Option<String> {
    limits.user_id.clone().or_else(|| login.profile_arn.clone())
}

/// Asks with each login there is, until one is of this account; without a good one Kiro's own command
/// line, which has a login of its own.
pub(super) fn ask(around: &Around<'_>, about: &About<'_>) -> Result<Answer, AppError> {
    let now = around.now();
    let logins = around.paths.kiro().map(|places| kiro_token::logins(places, now)).unwrap_or_default();
    let none = logins.is_empty();
    let mut others = false;
    for login in logins.into_iter().filter(|login| login.is_good_at(now)) {
        match kiro_limits::fetch(around.way_out.http()?, &login) {
            Ok(limits) => {
                let identity = identity(&login, &limits);
                if about.state.identity.is_none() || about.state.identity == identity {
                    return Ok(answer(login, identity, &limits));
                }
                others = true;
            }
            Err(error) => return Ok(Answer::Failed(error)),
        }
    }
    if others {
        return Ok(Answer::Nobody(say!("another-login", account = &about.account.name)));
    }
    if let Some(answer) = ask_command(around, about) {
        return Ok(answer);
    }
    Ok(if around.paths.kiro().is_none() {
        Answer::Nobody(say!("no-home-for-login", vendor = "Kiro"))
    } else if none {
        Answer::Nobody(say!("no-login", vendor = "Kiro"))
    } else {
        Answer::Failed(FetchError::SignInAgain("Kiro"))
    })
}

fn answer(login: KiroLogin, identity: Option<String>, limits: &LimitsSnapshot) -> Answer {
    match written("Kiro", limits) {
        Ok(body) => Answer::Good(Figures {
            kept: vec![(SERVICE, body)],
            identity,
            spend: None,
            then: Some(Box::new(move |around, account| models::renew(around, &login, account))),
        }),
        Err(error) => Answer::Failed(error),
    }
}

/// Asks Kiro's command line, if it is there. It doesn't say whose figures they are, so it is asked only
/// where there is one account that they can be of.
fn ask_command(around: &Around<'_>, about: &About<'_>) -> Option<Answer> {
    let program = kiro_command::program(around.paths.programs())?;
    if !about.is_the_only_one {
        return None;
    }
    let limits = match kiro_command::fetch(&program, around.way_out.patience().whole) {
        Ok(limits) => limits,
        Err(error) => return Some(Answer::Nobody(error.into())),
    };
    Some(match written("kiro-cli", &limits) {
        Ok(body) => Answer::Good(Figures {
            kept: vec![(COMMAND, body)],
            identity: about.state.identity.clone(),
            spend: None,
            then: None,
        }),
        Err(error) => Answer::Failed(error),
    })
}
