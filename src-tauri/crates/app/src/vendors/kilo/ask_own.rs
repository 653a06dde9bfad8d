//! What Kilo's service says of somebody's own account: each question by itself, so that one which fails takes down no other.

use super::logins::{self, NoLogin};
use crate::error::{AppError, ErrorCode};
use crate::quoted::own::{BALANCE, BLOCKS, PASS, QuotedOwn, TOP_UP};
use crate::quoted::{TOLD, Told};
use crate::reported::{self, KILO_OWN};
use crate::vendors::asking::Around;
use crate::vendors::evidence::Worth;
use crate::vendors::evidence::kilo::{self, Weigh};
use crate::vendors::vendor::{About, Answer, Figures, Spend, written};
use crate::weighed::{Verdict, Weighed};
use chrono::Days;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::FetchError;
use headroom_sources::kilo::token::KiloLogin;
use headroom_sources::kilo::{personal, usage};
use serde::Serialize;

/// The account's login, by which id Kilo knows it, and what came of those that were asked before it.
struct Ours<'l> {
    login: &'l KiloLogin,
    user: String,
    others: Vec<Weighed>,
}

/// The login whose user is the account's (rule V1). While no user is known yet, the only account takes the first login that
/// Kilo names a user of.
fn whose<'l>(about: &About<'_>, logins: &[&'l KiloLogin]) -> Result<Ours<'l>, Box<Answer>> {
    let identity = about.state.identity.as_deref();
    let account = &about.account.name;
    let (mut failed, mut others) = (None, Vec::new());
    for login in logins {
        match personal::profile(about.http, &login.token) {
            Ok(profile) if kilo::is_ours(identity, &profile.user, about.is_the_only_one) => {
                return Ok(Ours { login, user: profile.user, others });
            }
            Ok(profile) => {
                let why = say!("login-is-of-another", account);
                others.push(logins::weighed(login, Some(profile.user), Verdict::NotOurs(why)));
            }
            Err(error) => {
                let reason = Saying::from(&error);
                let why = if stands_alone(&error) {
                    say!("login-unconfirmed", vendor = "Kilo", account, reason)
                } else {
                    reason
                };
                others.push(logins::weighed(login, None, Verdict::NotOurs(why.clone())));
                failed = failed.or(Some((error, why)));
            }
        }
    }
    Err(Box::new(match failed {
        // Somebody else can have signed in since: a login of whom nothing is known tells nothing of the account.
        Some((error, why)) if stands_alone(&error) => logins::not_leading(others, why),
        Some((error, _)) => Answer::Failed(error),
        None => {
            let why = say!("login-of-another", vendor = "Kilo", account);
            // One sentence says it of all of them.
            for other in &mut others {
                other.verdict = Verdict::NotOurs(why.clone());
            }
            logins::not_leading(others, why)
        }
    }))
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
        | FetchError::NotTrusted { .. }
        | FetchError::Throttled { .. }
        | FetchError::Unavailable { .. }
        | FetchError::LeftAlone { .. }
        | FetchError::Suspended(_)
        | FetchError::Redirected(_) => false,
    }
}

/// About whom is asked, when, and when each question was answered last.
struct Asking<'a> {
    about: &'a About<'a>,
    now: Moment,
    last: &'a dyn Fn(&str) -> Option<Moment>,
}

/// What was answered, and what wasn't.
struct Answers {
    kept: Vec<(&'static str, String)>,
    /// What isn't known, with why.
    missing: Vec<(Saying, Saying)>,
    /// What the answers were worth that don't lead.
    weighed: Vec<Weighed>,
    /// Why the first wasn't told that this version of the service doesn't tell, or not this login.
    untold: Option<FetchError>,
}

impl Answers {
    /// Takes an answer that can be followed; an error that is about the login or the service ends it.
    fn take<T: Serialize + Weigh>(
        &mut self,
        (name, part): (&'static str, Saying),
        answer: Result<T, FetchError>,
        asking: &Asking<'_>,
    ) -> Result<(), FetchError> {
        let (about, now) = (asking.about, asking.now);
        let worth = answer.as_ref().map_or(Worth::Leads, |told| told.weigh(now, about.clock_is_plausible));
        let body = answer.and_then(|told| written("Kilo", &told));
        let (why, verdict) = match (body, worth.verdict("Kilo")) {
            (Ok(body), Verdict::Leads) => {
                self.kept.push((name, body));
                return Ok(());
            }
            (Ok(body), verdict @ Verdict::OtherCycle(_)) => {
                self.kept.push((name, body));
                self.weighed.push(logins::of_question(part, None, verdict));
                return Ok(());
            }
            (Err(error @ FetchError::Refused { .. }), _) => {
                self.untold = self.untold.take().or(Some(error));
                return Ok(());
            }
            // Figures beyond all that can be kept are odd: that is why.
            (_, verdict @ Verdict::Odd(_)) => (verdict.why().cloned().unwrap_or(say!("odd-used")), verdict),
            (Err(error), _) if stands_alone(&error) || !self.kept.is_empty() => {
                let why = Saying::from(&error);
                let is_unreadable = matches!(error, FetchError::Unreadable { .. });
                (why.clone(), logins::unfollowed(why, is_unreadable))
            }
            (Err(error), _) => return Err(error),
            (Ok(_), Verdict::NotOurs(_) | Verdict::Undecided | Verdict::Unanswered(_)) => return Ok(()),
        };
        let stays_from = (asking.last)(name).map(|at| at.to_string());
        self.weighed.push(logins::of_question(part.clone(), stays_from, verdict));
        self.missing.push((part, why));
        Ok(())
    }

    /// Asks for what is left, for credits by purchase, for Kilo Pass and for the automatic top-up.
    fn ask(login: &KiloLogin, asking: &Asking<'_>) -> Result<Self, FetchError> {
        let mut answers = Self { kept: Vec::new(), missing: Vec::new(), weighed: Vec::new(), untold: None };
        let (http, token) = (asking.about.http, &login.token);
        answers.take((BALANCE, say!("part-balance")), personal::balance(http, token), asking)?;
        answers.take((BLOCKS, say!("part-credits")), personal::blocks(http, token), asking)?;
        answers.take((PASS, say!("part-pass")), personal::pass(http, token), asking)?;
        answers.take((TOP_UP, say!("part-top-up")), personal::top_up(http, token), asking)?;
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
    let Ours { login, user: identity, others } = match whose(about, &good) {
        Ok(ours) => ours,
        Err(answer) => return Ok(*answer),
    };
    let known = QuotedOwn::newest(&around.store(), about.account.id, now)?;
    let asking = Asking { about, now, last: &|name| known.last(name) };
    let Answers { mut kept, mut missing, weighed, untold } = match Answers::ask(login, &asking) {
        Ok(answers) => answers,
        Err(error) => return Ok(Answer::Failed(error)),
    };
    if kept.is_empty() {
        match (missing.first(), untold) {
            (Some((_, why)), _) => return Ok(logins::not_leading(weighed, why.clone())),
            (None, Some(error)) => return Ok(Answer::Failed(error)),
            (None, None) => {}
        }
    }
    let mut answers = others;
    answers.push(logins::weighed(login, Some(identity.clone()), Verdict::Leads));
    answers.extend(weighed);
    match logins::evidence(answers) {
        Ok(evidence) => kept.push(evidence),
        Err(error) => return Ok(Answer::Failed(error)),
    }
    let to = now.date();
    let from = to.checked_sub_days(Days::new(reported::KILO_DAYS_ASKED)).unwrap_or(to);
    let mut spend = None;
    match usage::fetch_own(about.http, &login.token, from, to) {
        Ok(usage) => {
            kept.push((TOLD, serde_json::to_string(&Told::of(&usage, to))?));
            let days = reported::of_each(&usage.rows, &now.to_string())?;
            spend = Some(Spend { source: KILO_OWN, days });
        }
        // This version of the service doesn't tell it.
        Err(FetchError::Refused { .. }) => {}
        Err(error) => missing.push((say!("part-spending"), error.into())),
    }
    let figures = Figures { kept, identity: Some(identity), spend, then: None };
    Ok(match missing.first() {
        None => Answer::Good(figures),
        Some((_, reason)) => {
            let reason = reason.clone();
            let parts: Vec<Saying> = missing.iter().map(|(part, _)| part.clone()).collect();
            Answer::InPart(figures, say!("answered-in-part", vendor = "Kilo", parts, reason))
        }
    })
}
