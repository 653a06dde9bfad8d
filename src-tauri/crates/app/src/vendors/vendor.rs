//! What a vendor has to answer, and what can come of asking it.

use crate::answers::{Found, Kind, SourceView, UnreadableRecord, Vendor as Name};
use crate::error::{AppError, ErrorCode};
use crate::machine::paths::Paths;
use crate::vendors::asking::Around;
use crate::vendors::pasted_key::PastedKey;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::{FetchError, Http, kept};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::LiveState;
use headroom_store::table::reports::Reported;
use headroom_store::table::snapshots::Snapshot;
use serde::Serialize;

/// Whoever can be asked about accounts. Each stands in the one list of [`crate::vendors`].
pub(crate) trait Vendor: Sync {
    /// Its name as it crosses to the window.
    fn name(&self) -> Name;

    /// Its name as people say it.
    fn called(&self) -> &'static str;

    /// Whether it is asked about accounts that are billed so. A kind has one vendor at most.
    fn is_asked_about(&self, kind: Kind) -> bool;

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

    /// That its newest answer is about another cycle than the running one, if it is (rule V2).
    fn of_another_cycle(&self, _: &Store, _: AccountId, _: Moment) -> Result<Option<Saying>, AppError> {
        Ok(None)
    }

    /// Asks for an account's figures, once.
    fn ask(&self, around: &Around<'_>, about: &About<'_>) -> Result<Answer, AppError>;

    /// What its own programs show of the account, if that is newer than what is known: looked for when it gave no
    /// answer itself.
    fn shown_here(&self, _: &Around<'_>, _: &About<'_>) -> Result<Option<Snapshot>, AppError> {
        Ok(None)
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

/// That there is no switch to be turned.
pub(crate) fn no_switch(account: &Account) -> AppError {
    AppError::new(ErrorCode::Refused, say!("no-switch", account = &account.name))
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
    /// The way out, for all of its questions together.
    pub http: &'a Http,
    /// Whether this machine's clock can be right.
    pub clock_is_plausible: bool,
}

/// What came of asking.
pub(crate) enum Answer {
    /// Figures that lead, or the last word on a cycle that has ended.
    Good(Figures),
    /// Figures that lead, and what is missing of them because a question of several was not answered.
    InPart(Figures, Saying),
    /// Figures that can't be right, and why: kept under a name of their own, beside the last good ones.
    Odd(Figures, Saying),
    /// There was nobody to ask: what helps.
    Nobody(Saying),
    /// Asking failed.
    Failed(FetchError),
}

/// What a vendor said of an account, on its way into the store.
pub(crate) struct Figures {
    /// What is kept, each under its name.
    pub kept: Vec<(&'static str, String)>,
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
