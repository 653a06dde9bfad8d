//! With which login or program Kiro is asked about an account of one person.

use super::models;
use crate::quoted::{COMMAND, COMMAND_ODD, SERVICE, SERVICE_ODD};
use crate::vendors::asking::Around;
use crate::vendors::evidence::{self, Worth};
use crate::vendors::vendor::{About, Answer, Figures, Then, written};
use headroom_exact::{Moment, say};
use headroom_sources::kiro_token::{self, KiroLogin};
use headroom_sources::observation::LimitsSnapshot;
use headroom_sources::{FetchError, kiro_command, kiro_limits};

/// The id by which Kiro knows the account.
pub(super) fn identity(login: &KiroLogin, limits: &LimitsSnapshot) -> Option<String> {
    limits.user_id.clone().or_else(|| login.profile_arn.clone())
}

/// Asks with each login there is, until one is of this account; without a good one Kiro's own command
/// line, which has a login of its own.
pub(super) fn ask(around: &Around<'_>, about: &About<'_>) -> Answer {
    let now = around.now();
    let logins = around.paths.kiro().map(|places| kiro_token::logins(places, now)).unwrap_or_default();
    let none = logins.is_empty();
    let ended = ended(&logins, now);
    let mut others = false;
    for login in logins.into_iter().filter(|login| login.is_good_at(now)) {
        match kiro_limits::fetch(about.http, &login) {
            Ok(limits) => {
                let identity = identity(&login, &limits);
                if about.state.identity.is_none() || about.state.identity == identity {
                    let from = ("Kiro", SERVICE, SERVICE_ODD);
                    let then: Box<Then> =
                        Box::new(move |around, http, account| models::renew(around, http, &login, account));
                    return answer(from, about, &limits, now, identity, Some(then));
                }
                others = true;
            }
            Err(error) => return Answer::Failed(error),
        }
    }
    if others {
        return Answer::Nobody(say!("another-login", account = &about.account.name));
    }
    if let Some(answer) = ask_command(around, about) {
        return answer;
    }
    if around.paths.kiro().is_none() {
        Answer::Nobody(say!("no-home-for-login", vendor = "Kiro"))
    } else if none {
        Answer::Nobody(say!("no-login", vendor = "Kiro"))
    } else {
        Answer::Failed(ended)
    }
}

/// That none of the logins is good any more; since when, where they say so.
fn ended(logins: &[KiroLogin], now: Moment) -> FetchError {
    let last = logins.iter().map(|login| login.expires_at).max().flatten().filter(|end| *end <= now);
    last.map_or(FetchError::SignInAgain("Kiro"), |at| FetchError::LoginEnded { vendor: "Kiro", at })
}

/// What an answer comes to, by what it is worth. `from` is who gave it, and under which names it is kept where it is
/// sound and where it is odd.
fn answer(
    (vendor, sound, odd): (&'static str, &'static str, &'static str),
    about: &About<'_>,
    limits: &LimitsSnapshot,
    at: Moment,
    identity: Option<String>,
    then: Option<Box<Then>>,
) -> Answer {
    let worth = evidence::of_limits(limits, at, about.clock_is_plausible);
    let body = match (written(vendor, limits), &worth) {
        (Ok(body), _) => Some(body),
        // Figures beyond all that can be kept: why they are odd is kept.
        (Err(_), Worth::Odd(_)) => None,
        (Err(error), Worth::Leads | Worth::LastWord(_) | Worth::Ahead(_)) => return Answer::Failed(error),
    };
    let kept = |source| body.map(|body| (source, body)).into_iter().collect();
    match worth {
        Worth::Odd(why) => {
            let figures = Figures { kept: kept(odd), identity, spend: None, then: None };
            Answer::Odd(figures, say!("answer-odd", vendor, reason = why))
        }
        Worth::Leads | Worth::LastWord(_) | Worth::Ahead(_) => {
            Answer::Good(Figures { kept: kept(sound), identity, spend: None, then })
        }
    }
}

/// Asks Kiro's command line, if it is there. It doesn't say whose figures they are, so it is asked only
/// where there is one account that they can be of.
fn ask_command(around: &Around<'_>, about: &About<'_>) -> Option<Answer> {
    let program = kiro_command::program(around.paths.programs())?;
    if !about.is_the_only_one {
        return None;
    }
    Some(match kiro_command::fetch(&program, around.paths.data(), about.http.deadline()) {
        Ok(limits) => {
            let from = ("kiro-cli", COMMAND, COMMAND_ODD);
            answer(from, about, &limits, around.now(), about.state.identity.clone(), None)
        }
        Err(error) => Answer::Nobody(error.into()),
    })
}
