//! What a vendor says itself, and how asking it goes.

use super::{AccountNumber, Saying};
use headroom_exact::saying as said;
use serde::Serialize;
use ts_rs::TS;

/// What Kiro says of an account. Quoted, never computed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct QuotedView {
    /// When it said so.
    pub at: String,
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
    pub allowance: Option<String>,
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
    /// What stands in its answer and isn't known all the same, each with what it isn't counted in.
    #[ts(as = "Vec<Saying>")]
    pub gaps: Vec<said::Saying>,
    /// Credits of the tasks recorded here by then.
    pub recorded: String,
    /// That in percent of what Kiro counts, rounded down; none where it counts no more.
    pub recorded_percent: Option<u32>,
    /// Credits used elsewhere, which are part of every figure; none if none were.
    pub elsewhere: Option<String>,
    /// Credits recorded here that Kiro doesn't count; none if it counts them all.
    pub recorded_more: Option<String>,
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
    pub last_success: Option<String>,
    /// Why the last attempt failed; none if it didn't.
    #[ts(as = "Option<Saying>")]
    pub failure: Option<said::Saying>,
    /// When that was.
    pub failed_at: Option<String>,
    /// When to ask again by itself.
    pub next_in_seconds: u32,
    /// That the vendor wants to be left alone, and until when: it isn't asked before that, not even by hand.
    pub waits: Option<NotAsked>,
    /// Of an answer to asking: why the vendor wasn't asked although somebody wanted it.
    pub not_asked: Option<NotAsked>,
    /// That the newest answer is about another cycle than the running one.
    #[ts(as = "Option<Saying>")]
    pub other_cycle: Option<headroom_exact::Saying>,
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
