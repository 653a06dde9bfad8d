//! With which login or program Kiro is asked about an account of one person.

use super::models;
use crate::quoted::{COMMAND, COMMAND_ODD, PLAN_CHANGE, PlanChange, SERVICE, SERVICE_ODD};
use crate::vendors::asking::Around;
use crate::vendors::evidence::whose::{self, Candidate, Pick};
use crate::vendors::evidence::{self, Given, Worth};
use crate::vendors::vendor::{About, Answer, Figures, Then, written};
use crate::weighed::{EVIDENCE, Evidence, Origin, Verdict, Weighed};
use crate::whose::{Whose, is_same_user};
use headroom_exact::{Moment, Saying, say};
use headroom_sources::FetchError;
use headroom_sources::kiro::command::Program;
use headroom_sources::kiro::token::{self, KiroLogin};
use headroom_sources::kiro::{command, limits};
use headroom_sources::observation::LimitsSnapshot;

/// A login, which of those on this machine it is, and what Kiro answered to it.
struct Answered {
    login: KiroLogin,
    place: String,
    limits: LimitsSnapshot,
}

impl Answered {
    fn origin(&self) -> Origin {
        Origin::Login { place: self.place.clone(), found_in: self.login.found_in.display().to_string() }
    }
}

/// Which of the logins on this machine each is: the file's name, and where there are several in one file which of them.
pub(super) fn with_places(logins: Vec<KiroLogin>) -> Vec<(String, KiroLogin)> {
    let mut named: Vec<(String, KiroLogin)> = Vec::new();
    for login in logins {
        let file = login.found_in.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let of_the_file = |(_, known): &&(String, KiroLogin)| known.found_in == login.found_in;
        let place = match named.iter().filter(of_the_file).count() {
            0 => file,
            before => format!("{file}#{}", before + 1),
        };
        named.push((place, login));
    }
    named
}

/// Asks with each login there is, until one is of this account's user; while no user is known, with all of them. Without
/// a good one Kiro's own command line is asked, which has a login of its own.
pub(super) fn ask(around: &Around<'_>, about: &About<'_>) -> Answer {
    let now = around.now();
    let logins = around.paths.kiro().map(|places| token::logins(places, now)).unwrap_or_default();
    let none = logins.is_empty();
    let ended = ended(&logins, now);
    let answered = match each(about, with_places(logins), now) {
        Ok(answered) => answered,
        Err(error) => return Answer::Failed(error),
    };
    if !answered.is_empty() {
        return decided(about, answered, now);
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

/// What Kiro answers to each login that is good. One that was refused keeps no other from being asked, nor does one that
/// failed; but where no answer is the account's own, what was refused or failed leaves open whose figures there are.
fn each(
    about: &About<'_>,
    logins: Vec<(String, KiroLogin)>,
    now: Moment,
) -> Result<Vec<Answered>, FetchError> {
    let mut answered = Vec::new();
    let (mut refused, mut failed) = (None, None);
    for (place, login) in logins.into_iter().filter(|(_, login)| login.is_good_at(now)) {
        match limits::fetch(about.http, &login) {
            Ok(limits) => {
                let user = limits.user_id.as_deref();
                let is_ours = match about.whose() {
                    Whose::User(known) => user.is_some_and(|user| is_same_user(known, user)),
                    Whose::Login(chosen) => chosen == place,
                    Whose::Unknown => false,
                };
                answered.push(Answered { login, place, limits });
                // Whatever became of the others, this is the account's.
                if is_ours {
                    return Ok(answered);
                }
            }
            Err(error) if is_of_the_login(&error) => _ = refused.get_or_insert(error),
            Err(error) => _ = failed.get_or_insert(error),
        }
    }
    // The account's own login may be the one that was refused, or that there was no answer to.
    let is_known = !matches!(about.whose(), Whose::Unknown);
    match failed.or(refused.filter(|_| is_known || answered.is_empty())) {
        Some(error) => Err(error),
        None => Ok(answered),
    }
}

/// Whether it is this login alone that Kiro has nothing for.
const fn is_of_the_login(error: &FetchError) -> bool {
    matches!(
        error,
        FetchError::SignInAgain(_)
            | FetchError::LoginEnded { .. }
            | FetchError::Suspended(_)
            | FetchError::NotSupported(_)
    )
}

/// What the answers come to together (V1), and then the one that is the account's.
fn decided(about: &About<'_>, mut answered: Vec<Answered>, now: Moment) -> Answer {
    let account = about.evidence();
    let candidates: Vec<_> =
        answered.iter().map(|each| Candidate { place: &each.place, limits: &each.limits }).collect();
    let picked = match whose::pick(&account, &candidates) {
        Pick::One(position) => position,
        Pick::Several(several) => return undecided(about, &answered, &several),
        Pick::None => {
            let another = || say!("another-login", account = &about.account.name);
            let why = |each: &Answered| {
                let user = each.limits.user_id.as_deref();
                user.and_then(|user| account.taken(user)).unwrap_or_else(another)
            };
            let weighed = answered.iter().map(|each| weighed(each, Verdict::NotOurs(why(each))));
            return not_leading(Vec::new(), weighed.collect(), answered.first().map_or_else(another, why));
        }
    };
    let ours = answered.swap_remove(picked);
    let user = ours.limits.user_id.as_deref();
    let others = answered.iter().map(|each| {
        let is_the_same =
            user.zip(each.limits.user_id.as_deref()).is_some_and(|(one, other)| is_same_user(one, other));
        let other = || Verdict::NotOurs(say!("login-is-of-another", account = &about.account.name));
        weighed(each, if is_the_same { Verdict::Leads } else { other() })
    });
    let others: Vec<_> = others.collect();
    let (login, limits) = (ours.login, ours.limits);
    let origin = Origin::Login { place: ours.place, found_in: login.found_in.display().to_string() };
    let then: Box<Then> = Box::new(move |around, http, account| models::renew(around, http, &login, account));
    answer(
        about,
        From { vendor: "Kiro", sound: SERVICE, odd: SERVICE_ODD, origin },
        &limits,
        now,
        (others, Some(then)),
    )
}

fn weighed(answered: &Answered, verdict: Verdict) -> Weighed {
    Weighed {
        from: answered.origin(),
        user: answered.limits.user_id.clone(),
        verdict,
        limits: Some(answered.limits.clone()),
    }
}

/// That the owner has to choose, with what each would give.
fn undecided(about: &About<'_>, answered: &[Answered], several: &[usize]) -> Answer {
    let each = |(position, each): (usize, &Answered)| {
        let may_be_ours = several.contains(&position);
        let other = || Verdict::NotOurs(say!("login-is-of-another", account = &about.account.name));
        weighed(each, if may_be_ours { Verdict::Undecided } else { other() })
    };
    let logins: Vec<_> = several.iter().map(|position| gives(&answered[*position])).collect();
    let why = say!("several-logins", account = &about.account.name, logins);
    match evidence_of(answered.iter().enumerate().map(each).collect()) {
        Ok(evidence) => Answer::Undecided(evidence, why),
        Err(error) => Answer::Failed(error),
    }
}

/// What a login would give.
fn gives(answered: &Answered) -> Saying {
    let limits = &answered.limits;
    let login = limits.user_id.clone().unwrap_or_else(|| answered.place.clone());
    let plan = limits.plan_title.clone().unwrap_or_else(|| "–".to_owned());
    match limits.left() {
        Some(left) => say!("login-gives", login, plan, left),
        None => say!("login-gives-unknown", login, plan),
    }
}

fn evidence_of(answers: Vec<Weighed>) -> Result<Vec<(&'static str, String)>, FetchError> {
    Ok(vec![(EVIDENCE, written("Kiro", &Evidence { answers })?)])
}

fn not_leading(mut kept: Vec<(&'static str, String)>, weighed: Vec<Weighed>, why: Saying) -> Answer {
    match evidence_of(weighed) {
        Ok(evidence) => {
            kept.extend(evidence);
            Answer::NotLeading(kept, why)
        }
        Err(error) => Answer::Failed(error),
    }
}

/// Who gave an answer, and under which names it is kept where it is sound and where it is odd.
struct From {
    vendor: &'static str,
    sound: &'static str,
    odd: &'static str,
    origin: Origin,
}

/// What an answer comes to, by what it is worth, beside what `others` were told.
fn answer(
    about: &About<'_>,
    from: From,
    limits: &LimitsSnapshot,
    at: Moment,
    (mut weighed, then): (Vec<Weighed>, Option<Box<Then>>),
) -> Answer {
    let From { vendor, sound, odd, origin } = from;
    let given = Given { limits, at, clock_is_plausible: about.clock_is_plausible };
    let worth = evidence::weigh(&about.evidence(), given);
    let body = match (written(vendor, limits), &worth) {
        (Ok(body), _) => Some(body),
        // Figures beyond all that can be kept: why they are odd is kept.
        (Err(_), Worth::Odd(_)) => None,
        (Err(error), Worth::Leads | Worth::LastWord(_) | Worth::Ahead(_) | Worth::NotOurs(_)) => {
            return Answer::Failed(error);
        }
    };
    let kept = |source| body.map(|body| (source, body)).into_iter().collect::<Vec<_>>();
    let user = limits.user_id.clone();
    let verdict = worth.verdict(vendor);
    let own = |limits| Weighed { from: origin, user: user.clone(), verdict, limits };
    match worth {
        Worth::Odd(why) => {
            weighed.insert(0, own(None));
            not_leading(kept(odd), weighed, say!("answer-odd", vendor, reason = why))
        }
        Worth::NotOurs(why) => {
            weighed.insert(0, own(Some(limits.clone())));
            not_leading(Vec::new(), weighed, why)
        }
        Worth::Leads | Worth::LastWord(_) | Worth::Ahead(_) => {
            weighed.insert(0, own(None));
            let changed = about.known.filter(|_| matches!(worth, Worth::Leads));
            let changed = changed.and_then(|known| PlanChange::between(known, limits, at));
            let mut kept = kept(sound);
            if let Some(changed) = changed {
                match written(vendor, &changed) {
                    Ok(body) => kept.push((PLAN_CHANGE, body)),
                    Err(error) => return Answer::Failed(error),
                }
            }
            match evidence_of(weighed) {
                Ok(evidence) => kept.extend(evidence),
                Err(error) => return Answer::Failed(error),
            }
            Answer::Good(Figures { kept, identity: about.identity_of(user), spend: None, then })
        }
    }
}

/// Asks Kiro's command line, if it is there. It doesn't say whose figures they are, so it is asked only
/// where there is one account that they can be of.
fn ask_command(around: &Around<'_>, about: &About<'_>) -> Option<Answer> {
    if !about.is_the_only_one {
        return None;
    }
    let program = match command::program(around.paths.programs()) {
        Program::There(program) => program,
        Program::Anybodys(program) => {
            return Some(Answer::Nobody(say!("program-anybodys", program = &program)));
        }
        Program::Missing => return None,
    };
    Some(match command::fetch(&program, around.paths.data(), about.http.deadline()) {
        Ok(limits) => {
            let from = From { vendor: "kiro-cli", sound: COMMAND, odd: COMMAND_ODD, origin: Origin::Command };
            answer(about, from, &limits, around.now(), (Vec::new(), None))
        }
        Err(error) => Answer::Nobody(error.into()),
    })
}
