//! Where sessions come from, and which of two sessions an execution belongs to that stands in both: forks begin with a copy of what they were made of
//! (`interfaces-2026.md` §1.6).

use headroom_exact::Moment;
use std::collections::HashMap;

/// More forks of forks than anybody makes: a circle of them ends here.
const MOST_GENERATIONS: usize = 1_000;

/// What somebody agreed to be kept of a session, or didn't.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// Its title and folder too.
    Read,
    /// Neither is read.
    LeftOut,
}

/// What a session takes beside what ran in it, with where it lies and what is known of it elsewhere.
pub(crate) const BYTES_A_SESSION: usize = 1024;

/// The most letters of a name that are kept.
const LONGEST_NAME: usize = 200;

/// A name that somebody else gave, as it can be shown anywhere: on one line, without letters that are none or turn the
/// others' direction, and not too long. None where nothing is left.
pub(crate) fn plain(name: Option<String>) -> Option<String> {
    let shown = |letter: &char| {
        !letter.is_control()
            && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let name = name?;
    let one_line = name.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    let plain: String = one_line.filter(shown).take(LONGEST_NAME).collect();
    let plain = plain.trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

/// Where a session comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Born {
    /// The session it is a fork of.
    pub parent: Option<String>,
    /// When it was made.
    pub created_at: Option<Moment>,
}

/// Where all sessions come from that are known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lineage(HashMap<String, Born>);

impl Lineage {
    /// One more; of one that is known, what isn't known yet.
    pub fn add(&mut self, session: &str, born: &Born) {
        let known = self.0.entry(session.to_owned()).or_default();
        if known.parent.is_none() {
            known.parent.clone_from(&born.parent);
        }
        // A copy that says an earlier moment is no younger for it.
        known.created_at = match (known.created_at, born.created_at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    fn is_fork_of(&self, fork: &str, of: &str) -> bool {
        let parent = |session: &str| self.0.get(session).and_then(|born| born.parent.as_deref());
        std::iter::successors(parent(fork), |session| parent(session))
            .take(MOST_GENERATIONS)
            .any(|session| session == of)
    }

    /// Whether what stands in both is the first one's: the other is a fork of it; of two forks it is the older.
    pub fn leads(&self, one: &str, other: &str) -> bool {
        if one == other {
            return false;
        }
        if self.is_fork_of(other, one) {
            return true;
        }
        if self.is_fork_of(one, other) {
            return false;
        }
        let age = |session: &str| {
            let created_at = self.0.get(session).and_then(|born| born.created_at);
            (created_at.is_none(), created_at)
        };
        (age(one), one) < (age(other), other)
    }
}
