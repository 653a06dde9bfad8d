//! Whose an answer is (rule V1): of several logins, which one an account goes by.

use crate::catalog::plan_titled;
use crate::quoted::Quoted;
use crate::whose::{Whose, is_same_user};
use headroom_exact::{Moment, Month, Saying, say};
use headroom_sources::observation::LimitsSnapshot;

/// A user who has an account here already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct OtherUser {
    /// By which id the vendor knows the user.
    pub user: String,
    /// What the account is called.
    pub account: String,
}

/// What is known of an account when an answer comes that may be of it.
pub(crate) struct Account<'a> {
    /// What it is called.
    pub name: &'a str,
    pub whose: Whose<'a>,
    /// The plan that its owner stated.
    pub stated_plan: Option<&'a str>,
    /// The users of the other accounts.
    pub of_others: &'a [OtherUser],
    /// Whether an answer that names nobody can only be of this account, as far as there are others.
    pub is_the_only_one: bool,
    /// What led last.
    pub known: Option<&'a Quoted>,
}

impl Account<'_> {
    /// That an answer is, or may be, somebody else's; none where it can be this account's.
    pub fn not_ours(&self, limits: &LimitsSnapshot, at: Moment) -> Option<Saying> {
        let user = limits.user_id.as_deref();
        // One user's answer leads one account.
        if let Some(why) = user.and_then(|user| self.taken(user)) {
            return Some(why);
        }
        if !self.whose.can_be_of(user) {
            return Some(say!("another-login", account = self.name));
        }
        if user.is_some() {
            return None;
        }
        if !self.is_the_only_one {
            return Some(say!("names-nobody", account = self.name));
        }
        // The count of a cycle only grows.
        let known = self.known.filter(|known| is_of_one_cycle(known, limits, at))?;
        let (before, now) = (known.limits.used?, limits.used?);
        (now < before).then(|| say!("count-fell", before, now, at = known.said_at))
    }

    fn of_another(&self, user: &str) -> Option<&OtherUser> {
        self.of_others.iter().find(|other| is_same_user(&other.user, user))
    }

    /// That a user's answers are another account's; none where they aren't.
    pub fn taken(&self, user: &str) -> Option<Saying> {
        let other = self.of_another(user)?;
        Some(say!("login-of-account", user, other = &other.account, account = self.name))
    }

    fn fits(&self, limits: &LimitsSnapshot) -> bool {
        let plan = limits.plan_title.as_deref().and_then(plan_titled);
        plan.zip(self.stated_plan).is_some_and(|(plan, stated)| plan.id == stated)
    }
}

fn is_of_one_cycle(known: &Quoted, limits: &LimitsSnapshot, at: Moment) -> bool {
    let of = |quoted: &Quoted| Month::of(quoted.at);
    of(known) == of(&Quoted::of((at, limits.clone())))
}

/// A login that answered.
pub(crate) struct Candidate<'a> {
    /// Which of the logins on this machine.
    pub place: &'a str,
    pub limits: &'a LimitsSnapshot,
}

impl Candidate<'_> {
    fn user(&self) -> Option<&str> {
        self.limits.user_id.as_deref()
    }

    /// Whether two logins are of one account: of one user, or where one doesn't say whose it is, of the same figures.
    fn is_same(&self, other: &Self) -> bool {
        if let Some((one, other)) = self.user().zip(other.user()) {
            return is_same_user(one, other);
        }
        let of_nobody = |limits: &LimitsSnapshot| LimitsSnapshot { user_id: None, ..limits.clone() };
        of_nobody(self.limits) == of_nobody(other.limits)
    }
}

/// Which of the logins an account goes by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Pick {
    /// The one at this position.
    One(usize),
    /// Any of those at these positions: the owner chooses.
    Several(Vec<usize>),
    /// None of them is of the account.
    None,
}

/// Picks one: the known user's; where none is known the one that is left once other accounts have theirs, or whose plan
/// is the stated one. Where other accounts have all of them, none is this one's.
pub(crate) fn pick(account: &Account<'_>, candidates: &[Candidate<'_>]) -> Pick {
    let all = 0..candidates.len();
    let one = |wanted: &dyn Fn(&Candidate<'_>) -> bool| {
        candidates.iter().position(wanted).map_or(Pick::None, Pick::One)
    };
    match account.whose {
        Whose::User(known) => {
            let own = one(&|login| login.user().is_some_and(|user| is_same_user(known, user)));
            let nobodys: Vec<_> = all.filter(|at| candidates[*at].user().is_none()).collect();
            match (own, nobodys.as_slice()) {
                (Pick::None, [nobodys]) => Pick::One(*nobodys),
                (Pick::None, [_, ..]) => several(candidates, nobodys),
                (own, _) => own,
            }
        }
        Whose::Login(place) => one(&|login| login.place == place),
        Whose::Unknown => {
            let free =
                |at: &usize| candidates[*at].user().is_none_or(|user| account.of_another(user).is_none());
            let free: Vec<_> = all.filter(free).collect();
            let left = distinct(candidates, free);
            let fitting: Vec<_> =
                left.iter().copied().filter(|at| account.fits(candidates[*at].limits)).collect();
            match (left.as_slice(), fitting.as_slice()) {
                ([], _) => Pick::None,
                ([only], _) | (_, [only]) => Pick::One(*only),
                _ => Pick::Several(left),
            }
        }
    }
}

fn several(candidates: &[Candidate<'_>], at: Vec<usize>) -> Pick {
    match distinct(candidates, at).as_slice() {
        [] => Pick::None,
        [only] => Pick::One(*only),
        several => Pick::Several(several.to_vec()),
    }
}

/// Of those at these positions the first of each account; of one account, one that says whose it is comes first.
fn distinct(candidates: &[Candidate<'_>], mut at: Vec<usize>) -> Vec<usize> {
    at.sort_by_key(|at| candidates[*at].user().is_none());
    let mut distinct: Vec<usize> = Vec::new();
    for at in at {
        if !distinct.iter().any(|known| candidates[*known].is_same(&candidates[at])) {
            distinct.push(at);
        }
    }
    distinct.sort_unstable();
    distinct
}

#[cfg(test)]
mod tests;
