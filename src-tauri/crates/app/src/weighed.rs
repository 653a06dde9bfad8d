//! What each answer was worth that came of asking, as it is kept beside the answers: kinds and vendors read it.

use crate::error::AppError;
use headroom_exact::saying::Value;
use headroom_exact::{Moment, Saying, say};
use headroom_sources::observation::LimitsSnapshot;
use headroom_sources::wire::kept;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::snapshots::Span;
use serde::{Deserialize, Serialize};

/// The names under which it is kept: of Kiro's answers, and of Kilo's.
pub(crate) const EVIDENCE: &str = "kiro-evidence";
pub(crate) const KILO_EVIDENCE: &str = "kilo-evidence";

/// Who gave an answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub(crate) enum Origin {
    /// The vendor's service, to a login.
    Login {
        /// Which of the logins on this machine: the file's name, and which one in it.
        place: String,
        /// The file it is in, for people.
        found_in: String,
    },
    /// Kiro's own command line, with a login of its own.
    Command,
    /// Kiro's IDE, which keeps what it was told.
    IdeState {
        /// When it was told so.
        said_at: String,
    },
    /// Kiro's IDE, which logs what it is told.
    IdeLog {
        /// When it was told so.
        said_at: String,
    },
    /// The vendor's service, to a key that somebody pasted.
    PastedKey,
    /// The vendor's service, to one of several questions.
    Question {
        /// What the question is about.
        part: Saying,
        /// When its answer was said that stays, where there is one.
        stays_from: Option<String>,
    },
}

/// What an answer was worth.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", content = "why", rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// It leads.
    Leads,
    /// It is about another cycle than the running one.
    OtherCycle(Saying),
    /// It is, or may be, somebody else's.
    NotOurs(Saying),
    /// It may be this account's, and so may another: the owner chooses.
    Undecided,
    /// Its figures can't be right, or can't be read.
    Odd(Saying),
    /// There was none.
    Unanswered(Saying),
}

/// An answer and what it was worth.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weighed {
    pub from: Origin,
    /// Whose it is by its own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    pub verdict: Verdict,
    /// What it said, where that is kept nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitsSnapshot>,
}

impl Verdict {
    /// Why it doesn't lead; none where it does, or the owner is asked to choose.
    pub fn why(&self) -> Option<&Saying> {
        match self {
            Self::Leads | Self::Undecided => None,
            Self::OtherCycle(why) | Self::NotOurs(why) | Self::Odd(why) | Self::Unanswered(why) => Some(why),
        }
    }
}

impl Weighed {
    /// The same with who gave the answer.
    fn beside(&self) -> Option<Saying> {
        let why = self.verdict.why()?.clone();
        Some(match &self.from {
            Origin::Login { found_in, .. } => say!("beside-login", found_in, why),
            Origin::Command => say!("beside-command", why),
            Origin::IdeState { said_at } => {
                say!("beside-ide-state", at = Value::Moment(said_at.clone()), why)
            }
            Origin::IdeLog { said_at } => say!("beside-ide-log", at = Value::Moment(said_at.clone()), why),
            Origin::PastedKey => say!("beside-pasted-key", why),
            Origin::Question { part, stays_from } => match (&self.verdict, stays_from) {
                (Verdict::OtherCycle(_), _) => say!("beside-question", part = part.clone(), why),
                (_, Some(at)) => say!("question-stays", part = part.clone(), at = Value::Moment(at.clone())),
                // That it wasn't answered is said of the account.
                (_, None) => return None,
            },
        })
    }
}

/// Everything that came of asking, the last time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evidence {
    pub answers: Vec<Weighed>,
}

impl Evidence {
    /// What came of asking last by then, and when; none where nothing was kept.
    pub fn newest(store: &Store, account: AccountId, by: Moment) -> Result<Option<(Moment, Self)>, AppError> {
        // An account has one vendor.
        for name in [EVIDENCE, KILO_EVIDENCE] {
            let newest = store.newest_readable(account, name, Span::by(by), kept::read, |_, _| true)?;
            if newest.readable.is_some() {
                return Ok(newest.readable);
            }
        }
        Ok(None)
    }

    /// With what other programs showed in the place of what they had shown before; none where that changes nothing.
    pub fn beside(self, shown: Vec<Weighed>) -> Option<Self> {
        let is_shown = |answer: &Weighed| match answer.from {
            Origin::IdeState { .. } | Origin::IdeLog { .. } => true,
            Origin::Login { .. } | Origin::Command | Origin::PastedKey | Origin::Question { .. } => false,
        };
        let before = self.clone();
        let mut answers: Vec<_> = self.answers.into_iter().filter(|answer| !is_shown(answer)).collect();
        answers.extend(shown);
        let now = Self { answers };
        (now != before).then_some(now)
    }

    /// Why answers don't lead, one sentence each, without what is said of the account already: who gave it, and why.
    pub fn not_leading_besides<'e>(
        &'e self,
        said: [Option<&'e Saying>; 2],
    ) -> impl Iterator<Item = Saying> + 'e {
        let is_new = move |answer: &&Weighed| !said.contains(&answer.verdict.why());
        self.answers.iter().filter(is_new).filter_map(Weighed::beside)
    }

    /// Whether the owner has to choose a login before anything leads.
    pub fn is_undecided(&self) -> bool {
        self.answers.iter().any(|answer| answer.verdict == Verdict::Undecided)
    }
}

/// Whether the owner has to choose a login of the account before anything leads (V1).
pub(crate) fn is_undecided(store: &Store, account: AccountId, now: Moment) -> Result<bool, AppError> {
    Ok(Evidence::newest(store, account, now)?.is_some_and(|(_, evidence)| evidence.is_undecided()))
}
