//! What a vendor has to answer, and what can come of asking it.

use crate::answers::{Found, Kind, LoginsView, SourceView, UnreadableRecord, Vendor as Name};
use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use crate::quoted::Quoted;
use crate::vendors::asking::Around;
use crate::vendors::evidence::whose::{self, OtherUser};
use crate::vendors::pasted_key::PastedKey;
use crate::weighed::Weighed;
use crate::whose::{Whose, is_same_user};
use headroom_exact::{Moment, Saying, say};
use headroom_sources::wire::kept;
use headroom_sources::{FetchError, Http};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::LiveState;
use headroom_store::table::reports::Reported;
use headroom_store::table::snapshots::Snapshot;
use serde::Serialize;

/// Another cycle than the running one, of which an answer is (rule V2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OtherCycle {
    /// It ended then: the answer is its last word.
    Ended(Moment),
    /// It hasn't begun.
    Ahead,
}

impl OtherCycle {
    /// That a vendor speaks of it.
    pub(crate) fn saying(self, vendor: &'static str) -> Saying {
        match self {
            Self::Ended(ended) => say!("last-word", vendor, ended),
            Self::Ahead => say!("cycle-ahead", vendor),
        }
    }
}

/// Whoever can be asked about accounts. Each stands in the one list of [`crate::vendors`].
pub(crate) trait Vendor: Sync {
    /// Its name as it crosses to the window.
    fn name(&self) -> Name;

    /// Its name as people say it.
    fn called(&self) -> &'static str;

    /// About accounts of which kinds it is asked, and how. A kind has one vendor at most.
    fn asked_about(&self) -> &'static [(Kind, Ask)];

    /// The setting that says whether it may be asked: nothing is sent to it before somebody agreed.
    fn setting(&self) -> &'static str;

    /// Under which names it is kept what was read of its answers.
    fn sources(&self) -> &'static [Source];

    /// The page where its accounts are looked after.
    fn account_page(&self) -> &'static str;

    /// The key that somebody can paste for it, where there is one.
    fn pasted_key(&self) -> Option<&'static PastedKey> {
        None
    }

    /// Adds what lies of it on this machine, where a key was `pasted` or none. Nothing of it is read for that.
    fn find(&self, paths: &Paths, pasted: bool, found: &mut Found);

    /// What can be read of it on this machine, and what helps where it can't. Nobody is asked, and no token is looked
    /// at closer than whether it is there and for how long it is good.
    fn doctor(&self, around: &Around<'_>) -> Vec<Result<SourceView, AppError>>;

    /// What is kept of its answers about an account and can't be read any more.
    fn unreadable(
        &self,
        store: &Store,
        account: AccountId,
        now: Moment,
    ) -> Result<Vec<UnreadableRecord>, AppError>;

    /// When it said what leads now of an account; none where nothing of it does.
    fn leads_since(&self, store: &Store, account: AccountId, now: Moment)
    -> Result<Option<Moment>, AppError>;

    /// That its newest answer is about another cycle than the running one, if it is (rule V2).
    fn of_another_cycle(&self, _: &Store, _: AccountId, _: Moment) -> Result<Option<OtherCycle>, AppError> {
        Ok(None)
    }

    /// What its own programs show of the account, if that is newer than what is known: looked for when it gave no
    /// answer itself.
    fn shown_here(&self, _: &Around<'_>, _: &About<'_>) -> Result<Shown, AppError> {
        Ok(Shown::default())
    }

    /// The logins that an account may go by, and what each would give. Nobody is asked.
    fn logins(&self, _: &Around<'_>, account: &Account) -> Result<LoginsView, AppError> {
        Err(no_logins(account))
    }

    /// Has an account go by a login, whatever it went by before.
    fn choose_login(
        &self,
        _: &Around<'_>,
        account: &Account,
        _: &LiveState,
        _: &str,
    ) -> Result<(), AppError> {
        Err(no_logins(account))
    }

    /// Asks, once, for the overage switch to be turned. Whether it was is what the figures say afterwards.
    fn turn_overage(
        &self,
        _: &Around<'_>,
        account: &Account,
        _: &LiveState,
        _: bool,
    ) -> Result<(), AppError> {
        Err(no_switch(account))
    }
}

/// Asks for an account's figures, once.
pub(crate) type Ask = fn(&Around<'_>, &About<'_>) -> Result<Answer, AppError>;

/// That there is no switch to be turned.
pub(crate) fn no_switch(account: &Account) -> AppError {
    AppError::new(ErrorCode::Refused, say!("no-switch", account = &account.name))
}

/// That no login is to be chosen there.
pub(crate) fn no_logins(account: &Account) -> AppError {
    AppError::new(ErrorCode::Refused, say!("no-logins", account = &account.name))
}

/// Something that is kept of a vendor's answers.
pub(crate) struct Source {
    /// The name it is kept under.
    pub name: &'static str,
    /// Whether it is what the vendor answers when it is asked for figures, which says when it last did.
    pub is_answer: bool,
    /// Of an answer that an older version kept as it came, what is kept today; none where it can't be read.
    pub rewritten: fn(&str) -> Option<String>,
}

/// The account that a vendor is asked about.
pub(crate) struct About<'a> {
    pub account: &'a Account,
    /// How asking went so far, and by which id the vendor knows the account.
    pub state: &'a LiveState,
    /// Whether figures that name nobody can only be this account's.
    pub is_the_only_one: bool,
    /// By which ids the vendor knows the other accounts of the kind.
    pub of_others: &'a [OtherUser],
    /// The plan that its owner stated.
    pub stated_plan: Option<&'a str>,
    /// What led last.
    pub known: Option<&'a Quoted>,
    /// The way out, for all of its questions together.
    pub http: &'a Http,
    /// Whether this machine's clock can be right.
    pub clock_is_plausible: bool,
}

impl<'a> About<'a> {
    /// Whose account it is.
    pub fn whose(&self) -> Whose<'a> {
        Whose::of(self.state.identity.as_deref())
    }

    /// What is known of it when an answer is weighed.
    pub fn evidence(&self) -> whose::Account<'a> {
        whose::Account {
            name: &self.account.name,
            whose: self.whose(),
            stated_plan: self.stated_plan,
            of_others: self.of_others,
            is_the_only_one: self.is_the_only_one,
            known: self.known,
        }
    }

    /// By which id the account is known from now on, once an answer led that names this user or nobody. One user has one
    /// id, written as it was first seen.
    pub fn identity_of(&self, user: Option<String>) -> Option<String> {
        let known = self.state.identity.clone();
        let Some(user) = user else {
            return known.filter(|known| Whose::of(Some(known)) != Whose::Unknown);
        };
        known.filter(|known| is_same_user(known, &user)).or(Some(user))
    }
}

/// What is kept of answers, each under its name.
pub(crate) type Kept = Vec<(&'static str, String)>;

/// What a vendor's own programs show of an account.
#[derive(Default)]
pub(crate) struct Shown {
    /// What leads from now on, if anything does, and what is kept with it.
    pub snapshots: Vec<Snapshot>,
    /// What each of them was worth.
    pub weighed: Vec<Weighed>,
}

/// What came of asking.
pub(crate) enum Answer {
    /// Figures that lead, or the last word on a cycle that has ended.
    Good(Figures),
    /// Figures that lead, and what is missing of them because a question of several was not answered.
    InPart(Figures, Saying),
    /// Figures that can't be right, or aren't the account's, and why: kept beside the last good ones.
    NotLeading(Kept, Saying),
    /// Figures of several logins, any of which may be the account's: nothing leads before its owner chose.
    Undecided(Kept, Saying),
    /// There was nobody to ask: what helps.
    Nobody(Saying),
    /// Asking failed.
    Failed(FetchError),
}

/// What a vendor said of an account, on its way into the store.
pub(crate) struct Figures {
    pub kept: Kept,
    /// By which id the vendor knows the account.
    pub identity: Option<String>,
    /// What was spent, where it says so day by day.
    pub spend: Option<Spend>,
    /// What is asked for once the figures are safe.
    pub then: Option<Box<Then>>,
}

/// Asks for more about the account, with what the figures were asked with.
pub(crate) type Then = dyn FnOnce(&Around<'_>, &Http, AccountId) -> Result<(), AppError>;

/// What was spent, on its way into the store.
pub(crate) struct Spend {
    pub source: &'static str,
    pub days: Vec<Reported>,
}

/// What is kept of an answer that `from` gave; a failure where that can't be.
pub(crate) fn written(from: &'static str, observation: &impl Serialize) -> Result<String, FetchError> {
    let failed = |error: kept::NotKept| FetchError::Unreadable { vendor: from, reason: error.into() };
    kept::write(observation).map_err(failed)
}

/// What was read of an answer as it is kept: under which name, and as of when the vendor said so.
pub(crate) fn snapshot(source: &'static str, fetched_at: Moment, body: String) -> Snapshot {
    Snapshot { fetched_at, source: source.to_owned(), body }
}

/// Why asking failed, as it was kept; what a newer version kept is only said to have failed.
pub(super) fn said(kept: &str) -> Saying {
    serde_json::from_str(kept).unwrap_or(say!("asked-in-vain"))
}
