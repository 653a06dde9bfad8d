//! Kiro's logins on this machine as one of them is chosen for an account: what each would give.

use super::ask::with_places;
use crate::account;
use crate::answers::{LoginView, LoginsView, text};
use crate::error::{AppError, ErrorCode};
use crate::quoted::{Quoted, SERVICE, SERVICE_ODD};
use crate::vendors::asking::{Around, outside};
use crate::vendors::evidence::{self, Worth};
use crate::vendors::vendor::{said, snapshot, written};
use crate::weighed::{EVIDENCE, Evidence, Origin, Verdict, Weighed};
use crate::whose::{Whose, identity_of_login, is_same_user};
use headroom_exact::{Moment, say};
use headroom_sources::kiro::token;
use headroom_sources::observation::LimitsSnapshot;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::LiveState;

/// A login as it was asked, or lies here unasked.
struct Login {
    place: String,
    found_in: String,
    user: Option<String>,
    /// None where it wasn't asked.
    verdict: Option<Verdict>,
    limits: Option<LimitsSnapshot>,
}

impl Login {
    /// By what it is chosen.
    fn key(&self) -> &str {
        self.user.as_deref().unwrap_or(&self.place)
    }

    fn is_called(&self, key: &str) -> bool {
        let is_user = self.user.as_deref().is_some_and(|user| is_same_user(user, key));
        is_user || [&self.place, &self.found_in].contains(&&key.to_owned())
    }

    fn leads(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Leads | Verdict::OtherCycle(_)))
    }
}

/// What was asked last, and when; then what lies here beside it.
fn known(
    around: &Around<'_>,
    store: &Store,
    id: AccountId,
) -> Result<(Option<Moment>, Vec<Login>), AppError> {
    let now = around.now();
    let evidence = Evidence::newest(store, id, now)?;
    let at = evidence.as_ref().map(|(at, _)| *at);
    let answers = evidence.map(|(_, evidence)| evidence.answers).unwrap_or_default();
    let mut logins: Vec<_> = answers.into_iter().filter_map(asked).collect();
    // Of what is signed out meanwhile nothing can be asked any more.
    let here = around.paths.kiro().map(|places| token::logins(places, now)).unwrap_or_default();
    let here: Vec<_> = with_places(here).into_iter().collect();
    let order: Vec<_> = here.iter().map(|(place, _)| place.clone()).collect();
    for (place, login) in here {
        if logins.iter().all(|known| known.place != place) {
            let found_in = login.found_in.display().to_string();
            logins.push(Login { place, found_in, user: None, verdict: None, limits: None });
        }
    }
    // As they lie here, so that the number of each stays, whichever leads.
    logins.sort_by_key(|login| order.iter().position(|place| *place == login.place).unwrap_or(usize::MAX));
    Ok((at, logins))
}

fn asked(answer: Weighed) -> Option<Login> {
    let Weighed { from, user, verdict, limits } = answer;
    match from {
        Origin::Login { place, found_in } => {
            Some(Login { place, found_in, user, verdict: Some(verdict), limits })
        }
        Origin::Command
        | Origin::IdeState { .. }
        | Origin::IdeLog { .. }
        | Origin::PastedKey
        | Origin::Question { .. } => None,
    }
}

pub(super) fn view(around: &Around<'_>, account: &Account) -> Result<LoginsView, AppError> {
    let store = around.store();
    let (at, logins) = known(around, &store, account.id)?;
    let LiveState { identity, failure, .. } = store.live_state(account.id)?;
    let failure = failure.map(|failure| said(&failure.reason));
    let quoted = Quoted::newest(&store, account.id, around.now(), around.now())?;
    let chosen = |login: &Login| match Whose::of(identity.as_deref()) {
        Whose::User(known) => login.user.as_deref().is_some_and(|user| is_same_user(known, user)),
        Whose::Login(place) => login.place == place,
        Whose::Unknown => login.leads(),
    };
    let undecided = logins.iter().any(|login| login.verdict == Some(Verdict::Undecided));
    let view = |login: Login| {
        let led = login.leads();
        let limits = login.limits.as_ref().or(quoted.as_ref().filter(|_| led).map(|quoted| &quoted.limits));
        LoginView {
            key: login.key().to_owned(),
            chosen: chosen(&login),
            plan: limits.and_then(|limits| limits.plan_title.clone()),
            used: text(limits.and_then(|limits| limits.used)),
            left: text(limits.and_then(LimitsSnapshot::left)),
            at: text(at.filter(|_| login.verdict.is_some())),
            user: login.user.clone(),
            found_in: login.found_in.clone(),
        }
    };
    Ok(LoginsView { undecided, failure, logins: logins.into_iter().map(view).collect() })
}

/// Has the account go by the login of that key. What it answered when it was asked last leads from now on.
pub(super) fn choose(
    around: &Around<'_>,
    account: &Account,
    state: &LiveState,
    key: &str,
) -> Result<(), AppError> {
    let mut store = around.store();
    let (at, logins) = known(around, &store, account.id)?;
    let Some(chosen) = logins.iter().find(|login| login.is_called(key)) else {
        let known: Vec<_> = logins.iter().map(|login| login.key().to_owned()).collect();
        return Err(AppError::input(say!("no-such-login", text = key, known)));
    };
    let identity = match &chosen.user {
        Some(user) => {
            not_taken(&store, account, user)?;
            let known = state.identity.clone().filter(|known| is_same_user(known, user));
            known.unwrap_or_else(|| user.clone())
        }
        None => identity_of_login(&chosen.place),
    };
    let led = |login: &Login| login.place == chosen.place;
    // What led until now is kept as the account's; from now on only as that login's.
    let quoted = Quoted::newest(&store, account.id, around.now(), around.now())?;
    let said = |login: &Login| {
        let leading = quoted.as_ref().filter(|_| login.leads()).map(|quoted| quoted.limits.clone());
        login.limits.clone().or(leading).filter(|_| !led(login))
    };
    let answers = logins.iter().filter(|login| login.verdict.is_some());
    let answers = answers.map(|login| Weighed {
        from: Origin::Login { place: login.place.clone(), found_in: login.found_in.clone() },
        user: login.user.clone(),
        verdict: if led(login) {
            Verdict::Leads
        } else {
            Verdict::NotOurs(say!("login-is-of-another", account = &account.name))
        },
        limits: said(login),
    });
    let evidence = written("Kiro", &Evidence { answers: answers.collect() }).map_err(outside)?;
    let answered = at.zip(chosen.limits.as_ref());
    let kept = answered.map(|(at, limits)| {
        let odd = matches!(evidence::of_limits(limits, at, true), Worth::Odd(_));
        Ok::<_, AppError>(snapshot(
            if odd { SERVICE_ODD } else { SERVICE },
            at,
            written("Kiro", limits).map_err(outside)?,
        ))
    });
    let kept = kept.transpose()?;
    let now = around.now();
    store.write(|writing| {
        writing.append_snapshot(account.id, &snapshot(EVIDENCE, now, evidence))?;
        if let Some(kept) = &kept {
            writing.append_snapshot(account.id, kept)?;
        }
        // Why nothing led before is settled.
        Ok(writing.set_answer(account.id, Some(&identity), None, None)?)
    })
}

/// One user is one account.
fn not_taken(store: &Store, account: &Account, user: &str) -> Result<(), AppError> {
    for other in store.accounts()?.into_iter().filter(|other| other.kind == account.kind) {
        let known = store.live_state(other.id)?.identity;
        let is_it =
            Whose::of(known.as_deref()).is_a_user() && known.is_some_and(|known| is_same_user(&known, user));
        if is_it && other.id != account.id && account.same_as != Some(other.id) {
            let other = account::find(store, other.id)?.name;
            return Err(AppError::new(ErrorCode::Refused, say!("login-taken", user, other)));
        }
    }
    Ok(())
}
