//! What a vendor says itself, and how asking it goes.

use super::{AccountNumber, Bound, Saying};
use headroom_exact::saying as said;
use headroom_exact::{Credits, Moment};
use serde::{Serialize, Serializer};
use ts_rs::TS;

/// What Kiro says of an account. Quoted, never computed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct QuotedView {
    /// When it said so.
    #[ts(as = "String")]
    pub at: Moment,
    /// Whether that was in the running cycle; older figures are of another month.
    pub of_this_cycle: bool,
    /// Whether the account's figures begin with it (V10): not those of another month, nor what was said before the
    /// account began.
    pub followed: bool,
    /// The plan as Kiro writes it.
    pub plan_title: Option<String>,
    /// Whether that is another plan than the facts'.
    pub plan_differs: bool,
    /// Credits used, overage included.
    pub used: Option<String>,
    /// Credits left of the plan.
    pub left: Option<String>,
    /// The plan's credits, or "no limit".
    #[ts(as = "Option<String>")]
    pub allowance: Option<QuotedAllowance>,
    /// Credits beyond the plan.
    pub overage: Option<String>,
    /// Dollars owed for them.
    pub overage_charges: Option<String>,
    /// The overage switch at Kiro.
    pub overage_enabled: Option<bool>,
    /// When the credits renew.
    pub resets_at: Option<String>,
    /// Trial, bonuses and packs.
    pub grants: Vec<GrantView>,
    /// That it names another plan than it did before in this cycle.
    pub plan_change: Option<PlanChangeView>,
    /// What stands in its answer and isn't known all the same, each with what it isn't counted in; and that its cycle ends
    /// at another moment than the month by which charges are computed.
    #[ts(as = "Vec<Saying>")]
    pub gaps: Vec<said::Saying>,
    /// Credits of the tasks recorded here by then.
    #[ts(as = "String")]
    pub recorded: Credits,
    /// That in percent of what Kiro counts, rounded down; none where it counts no more.
    pub recorded_percent: Option<u32>,
    /// Credits used elsewhere, which are part of every figure; none if none were.
    pub elsewhere: Option<String>,
    /// Those in percent of what Kiro counts, rounded down.
    pub elsewhere_percent: Option<u32>,
    /// How exact that is.
    pub elsewhere_bound: Option<Bound>,
    /// Credits recorded here that Kiro doesn't count; none if it counts them all.
    pub recorded_more: Option<String>,
}

/// What a plan gives, as Kiro says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuotedAllowance {
    /// So many credits.
    Credits(Credits),
    /// As many as one likes.
    NoLimit,
}

impl Serialize for QuotedAllowance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Credits(credits) => credits.serialize(serializer),
            Self::NoLimit => serializer.serialize_str("no limit"),
        }
    }
}

/// A plan that changed between two answers: the moment of the change isn't known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PlanChangeView {
    /// The plan that Kiro named before, as it writes it.
    pub before: String,
    /// When it named that last.
    pub until: String,
    /// The plan that it names now.
    pub after: String,
    /// When it named that first.
    pub since: String,
}

/// Credits beside the plan's, as Kiro says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct GrantView {
    /// What Kiro calls them.
    pub name: String,
    /// Used of them.
    pub used: Option<String>,
    /// All of them.
    pub granted: Option<String>,
    /// From when on they are gone.
    pub expires_at: Option<String>,
}

/// Whose vendor is to be asked by itself now, and when that is to be looked at again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Due {
    /// The accounts, in the order of their numbers.
    pub accounts: Vec<AccountNumber>,
    /// When the next may be due, seconds from now: at least a few, at most as long as figures are left alone.
    pub next_in_seconds: u32,
}

/// How asking the vendor goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RefreshView {
    /// Whether the vendor is asked at all.
    pub on: bool,
    /// When it last answered.
    #[ts(as = "Option<String>")]
    pub last_success: Option<Moment>,
    /// Why the last attempt failed; none if it didn't.
    #[ts(as = "Option<Saying>")]
    pub failure: Option<said::Saying>,
    /// When that was.
    #[ts(as = "Option<String>")]
    pub failed_at: Option<Moment>,
    /// When to ask again by itself.
    pub next_in_seconds: u32,
    /// That the vendor wants to be left alone, and until when: it isn't asked before that, not even by hand.
    pub waits: Option<NotAsked>,
    /// Of an answer to asking: why the vendor wasn't asked although somebody wanted it.
    pub not_asked: Option<NotAsked>,
    /// That the newest answer is about another cycle than the running one.
    #[ts(as = "Option<Saying>")]
    pub other_cycle: Option<headroom_exact::Saying>,
    /// Whether that cycle hasn't begun.
    #[serde(skip)]
    #[ts(skip)]
    pub is_ahead: bool,
    /// Whether several logins may be the account's: what is left isn't known before its owner chose one.
    pub undecided: bool,
    /// What was answered and doesn't lead: who said it, and why it doesn't.
    #[ts(as = "Vec<Saying>")]
    pub beside: Vec<headroom_exact::Saying>,
    /// That what leads is too old to act on unseen, and how newer figures are had.
    #[ts(as = "Option<Saying>")]
    pub too_old: Option<headroom_exact::Saying>,
}

/// The logins that an account may go by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LoginsView {
    /// Whether the owner has to choose one.
    pub undecided: bool,
    /// Why asking came to nothing, where it did the last time.
    #[ts(as = "Option<Saying>")]
    pub failure: Option<said::Saying>,
    /// Those that answered when the vendor was asked last, and those that are on this machine and weren't asked yet.
    pub logins: Vec<LoginView>,
}

/// A login on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LoginView {
    /// By what it is chosen.
    pub key: String,
    /// Whose it is by the vendor's word; none where it doesn't say.
    pub user: Option<String>,
    /// The file it is in.
    pub found_in: String,
    /// Whether the account goes by it.
    pub chosen: bool,
    /// The plan that the vendor names to it; none where it wasn't asked.
    pub plan: Option<String>,
    /// Credits used.
    pub used: Option<String>,
    /// Credits left of the plan.
    pub left: Option<String>,
    /// When it said so.
    pub at: Option<String>,
}

/// Why a vendor isn't asked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct NotAsked {
    /// Why.
    #[ts(as = "Saying")]
    pub why: headroom_exact::Saying,
    /// From when on it is asked again; none where that isn't a matter of time.
    pub until: Option<String>,
}

/// Whether a source can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// It is there and can be read.
    Readable,
    /// It is there, or was asked, and can't be read.
    Unreadable,
    /// It is not there.
    Missing,
}

/// A source on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SourceView {
    /// What it is.
    #[ts(as = "Saying")]
    pub source: said::Saying,
    /// Where it was looked for.
    #[ts(as = "Option<super::Value>")]
    pub place: Option<said::Value>,
    /// Whether it can be read.
    pub state: SourceState,
    /// When it last answered, where that is kept.
    pub last_success: Option<String>,
    /// What it is like, or what helps.
    #[ts(as = "Saying")]
    pub advice: said::Saying,
}

impl SourceView {
    pub(crate) const fn readable(
        source: said::Saying,
        place: Option<said::Value>,
        advice: said::Saying,
    ) -> Self {
        Self { source, place, state: SourceState::Readable, last_success: None, advice }
    }

    pub(crate) fn missing(source: said::Saying, place: Option<said::Value>, advice: said::Saying) -> Self {
        Self { state: SourceState::Missing, ..Self::readable(source, place, advice) }
    }

    pub(crate) fn unreadable(source: said::Saying, place: Option<said::Value>, advice: said::Saying) -> Self {
        Self { state: SourceState::Unreadable, ..Self::readable(source, place, advice) }
    }
}
