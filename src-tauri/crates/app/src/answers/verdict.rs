//! What decides: one sentence about how an account stands, its reasons, and what can be done about it.

use super::Saying;
use headroom_exact::saying as said;
use serde::Serialize;
use ts_rs::TS;

/// A verdict. Its words are a language's, its figures those of the answer that it stands in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct VerdictView {
    /// How the period is judged.
    pub judgement: Judgement,
    /// The sentence that decides.
    #[ts(as = "Saying")]
    pub sentence: said::Saying,
    /// Whether that says where the pace so far leads: then what it says is an estimate, whoever says the numbers it is made of.
    pub foretells: bool,
    /// What it rests on and what follows, the most important first.
    #[ts(as = "Vec<Saying>")]
    pub reasons: Vec<said::Saying>,
    /// How it can go on, the cheapest way first.
    #[ts(as = "Vec<Saying>")]
    pub ways: Vec<said::Saying>,
    /// What can be done, the best first.
    pub acts: Vec<VerdictAct>,
}

/// Whether the period ends well.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// It does.
    Good,
    /// Not as it goes now.
    Warn,
    /// It is over already.
    Bad,
    /// Nothing is known that it could be judged by.
    Unknown,
}

/// Something that can be done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct VerdictAct {
    /// What.
    #[serde(flatten)]
    pub act: Act,
    /// What it is called.
    #[ts(as = "Saying")]
    pub label: said::Saying,
    /// Whether it is what the verdict comes to: at most one is.
    pub best: bool,
}

/// What can be done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Act {
    /// Overage is allowed.
    AllowOverage,
    /// The vendor's page is opened, where it is paid.
    OpenVendor,
    /// The receipt of a change to a plan is looked at.
    SeePlan {
        /// Its id.
        plan: String,
    },
    /// Everybody is looked at.
    SeeTeam,
}

impl VerdictView {
    /// A sentence alone.
    pub(crate) const fn new(judgement: Judgement, sentence: said::Saying) -> Self {
        Self {
            judgement,
            sentence,
            foretells: false,
            reasons: Vec::new(),
            ways: Vec::new(),
            acts: Vec::new(),
        }
    }

    /// A sentence about where the pace so far leads.
    pub(crate) const fn foretold(judgement: Judgement, sentence: said::Saying) -> Self {
        let mut told = Self::new(judgement, sentence);
        told.foretells = true;
        told
    }

    /// Because of this, where there is something.
    #[must_use]
    pub(crate) fn because(mut self, reason: impl IntoIterator<Item = said::Saying>) -> Self {
        self.reasons.extend(reason);
        self
    }

    /// With something that can be done: the first is the best.
    #[must_use]
    pub(crate) fn doing(mut self, act: Act, label: said::Saying) -> Self {
        let best = self.acts.is_empty();
        self.acts.push(VerdictAct { act, label, best });
        self
    }

    /// With how it can go on.
    #[must_use]
    pub(crate) fn going_on(mut self, way: impl IntoIterator<Item = said::Saying>) -> Self {
        self.ways.extend(way);
        self
    }
}
