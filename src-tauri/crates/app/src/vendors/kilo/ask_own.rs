//! What Kilo's service says of somebody's own account: each question by itself, so that one which fails takes down no other.

use super::logins::{self, NoLogin};
use crate::error::{AppError, ErrorCode};
use crate::quoted::own::{BALANCE, BLOCKS, PASS, TOP_UP};
use crate::quoted::{TOLD, Told};
use crate::reported::{self, KILO_OWN};
use crate::vendors::asking::Around;
use crate::vendors::vendor::{About, Answer, Figures, Spend, written};
use chrono::Days;
use headroom_exact::{Saying, say};
use headroom_sources::kilo::token::KiloLogin;
use headroom_sources::kilo::{personal, usage};
use headroom_sources::{FetchError, Http};
use serde::Serialize;

/// So many days of what was spent are asked for: a month and the days that charts show.
const DAYS_ASKED: u64 = 31;

/// Which login is the account's, and by which id Kilo knows it then.
enum Whose<'l> {
    Login(&'l KiloLogin, String),
    Nobody(Answer),
}

/// The login whose user is the account's (rule V1). While no user is known yet, the only account takes the first login that
/// Kilo names a user of.
fn whose<'l>(about: &About<'_>, logins: &[&'l KiloLogin]) -> Whose<'l> {
    let identity = about.state.identity.as_deref();
    let mut failed = None;
    for login in logins {
        match personal::profile(about.http, &login.token) {
            Ok(profile) => {
                let is_it = identity.map_or(about.is_the_only_one, |identity| identity == profile.user);
                if is_it {
                    return Whose::Login(login, profile.user);
                }
            }
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    let account = &about.account.name;
    Whose::Nobody(match failed {
        // Somebody else can have signed in since: a login of whom nothing is known tells nothing of the account.
        Some(error) if stands_alone(&error) => {
            let reason = Saying::from(&error);
            Answer::Nobody(say!("login-unconfirmed", vendor = "Kilo", account, reason))
        }
        Some(error) => Answer::Failed(error),
        None => Answer::Nobody(say!("login-of-another", vendor = "Kilo", account)),
    })
}

/// Whether a question that failed so says nothing of the others.
const fn stands_alone(error: &FetchError) -> bool {
    match error {
        FetchError::Server { .. }
        | FetchError::Refused { .. }
        | FetchError::NotSupported(_)
        | FetchError::TooLarge { .. }
        | FetchError::CutOff(_)
        | FetchError::TimedOut(_)
        | FetchError::Unreadable { .. } => true,
        FetchError::SignInAgain(_)
        | FetchError::LoginEnded { .. }
        | FetchError::Offline(_)
        | FetchError::Throttled { .. }
        | FetchError::Unavailable { .. }
        | FetchError::LeftAlone { .. }
        | FetchError::Suspended(_)
        | FetchError::Redirected(_) => false,
    }
}

/// What was answered, and what wasn't.
struct Answers {
    kept: Vec<(&'static str, String)>,
    /// What isn't known, with why.
    missing: Vec<(Saying, FetchError)>,
    /// Why the first wasn't told that this version of the service doesn't tell, or not this login.
    untold: Option<FetchError>,
}

impl Answers {
    /// Takes an answer; an error that is about the login or the service ends it.
    fn take<T: Serialize>(
        &mut self,
        (name, part): (&'static str, Saying),
        answer: Result<T, FetchError>,
    ) -> Result<(), FetchError> {
        match answer.and_then(|told| written("Kilo", &told)) {
            Ok(body) => self.kept.push((name, body)),
            Err(error @ FetchError::Refused { .. }) => self.untold = self.untold.take().or(Some(error)),
            Err(error) if stands_alone(&error) || !self.kept.is_empty() => self.missing.push((part, error)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Asks for what is left, for credits by purchase, for Kilo Pass and for the automatic top-up.
    fn ask(http: &Http, login: &KiloLogin) -> Result<Self, FetchError> {
        let mut answers = Self { kept: Vec::new(), missing: Vec::new(), untold: None };
        let token = &login.token;
        answers.take((BALANCE, say!("part-balance")), personal::balance(http, token))?;
        answers.take((BLOCKS, say!("part-credits")), personal::blocks(http, token))?;
        answers.take((PASS, say!("part-pass")), personal::pass(http, token))?;
        answers.take((TOP_UP, say!("part-top-up")), personal::top_up(http, token))?;
        Ok(answers)
    }
}

/// Asks for the account's figures with its login.
pub(super) fn ask(around: &Around<'_>, about: &About<'_>) -> Result<Answer, AppError> {
    let now = around.now();
    let logins = match logins::all(around) {
        Err(error) if error.code == ErrorCode::Outside => return Ok(Answer::Nobody(error.saying)),
        logins => logins?,
    };
    if let Err(none) = logins::good(&logins, now) {
        return Ok(match none {
            NoLogin::Nobody(saying) => Answer::Nobody(saying),
            NoLogin::Expired(error) => Answer::Failed(error),
        });
    }
    let good: Vec<_> = logins.iter().filter(|login| login.is_good_at(now)).collect();
    let (login, identity) = match whose(about, &good) {
        Whose::Login(login, identity) => (login, identity),
        Whose::Nobody(answer) => return Ok(answer),
    };
    let Answers { mut kept, mut missing, untold } = match Answers::ask(about.http, login) {
        Ok(answers) => answers,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    if kept.is_empty()
        && let Some(error) = missing.first().map(|(_, error)| error.clone()).or(untold)
    {
        return Ok(Answer::Failed(error));
    }
    let to = now.date();
    let from = to.checked_sub_days(Days::new(DAYS_ASKED)).unwrap_or(to);
    let mut spend = None;
    match usage::fetch_own(about.http, &login.token, from, to) {
        Ok(usage) => {
            kept.push((TOLD, serde_json::to_string(&Told { everyone: false, cut: usage.cut })?));
            let days = reported::of_each(&usage.rows, &now.to_string())?;
            spend = Some(Spend { source: KILO_OWN, days });
        }
        // This version of the service doesn't tell it.
        Err(FetchError::Refused { .. }) => {}
        Err(error) => missing.push((say!("part-spending"), error)),
    }
    let figures = Figures { kept, identity: Some(identity), spend, then: None };
    Ok(match missing.first() {
        None => Answer::Good(figures),
        Some((_, error)) => {
            let reason = Saying::from(error);
            let parts: Vec<Saying> = missing.iter().map(|(part, _)| part.clone()).collect();
            Answer::InPart(figures, say!("answered-in-part", vendor = "Kilo", parts, reason))
        }
    })
}
