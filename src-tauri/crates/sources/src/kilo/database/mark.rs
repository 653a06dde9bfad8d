//! By what a request is known again in every copy of it (F6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

/// 96 bits of what a request is one by. They are kept beside what was counted, so that they are made the same way by every
/// version, on every machine. The first part of them is all that the legacy extension knows of a request, which names neither its
/// provider nor when it ended: by that alone a request of its tasks is told again that a newer program took over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Mark {
    origin: Origin,
    rest: [u8; 4],
}

/// The part of a mark that a task of the legacy extension has too.
pub(super) type Origin = [u8; 8];

/// What a mark takes.
const BYTES: usize = size_of::<Mark>();

/// What stands in place of the rest of a mark where a task is all that tells of the request.
const OF_A_TASK: [u8; 4] = [0; 4];

/// When a request was made; the tokens that went in and came out, and were read from and written to the cache.
type Made = (i64, [u64; 4]);

fn hash(what: &str, values: impl Serialize) -> [u8; 32] {
    // Two values never have the same text: what stands in it is told apart by JSON.
    let text = serde_json::to_vec(&(what, values)).unwrap_or_default();
    Sha256::digest(text).into()
}

/// The first bytes.
fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    bytes.first_chunk().copied().unwrap_or([0; N])
}

/// What tells it from a task.
fn rest(bytes: &[u8]) -> [u8; 4] {
    let rest = first(bytes);
    if rest == OF_A_TASK { [0, 0, 0, 1] } else { rest }
}

impl Mark {
    pub(super) fn of_a_task(made: Made) -> Self {
        Self { origin: first(&hash("request", made)), rest: OF_A_TASK }
    }

    /// Of a message of a database, with when it ended, its tokens of reasoning, whether it is Kilo's, and its model.
    pub(super) fn of_a_message(made: Made, more: (Option<i64>, u64, bool, &str)) -> Self {
        Self { origin: first(&hash("request", made)), rest: rest(&hash("message", more)) }
    }

    /// Of one that doesn't say when it was made: with the moment it goes by, all its tokens, whether it is Kilo's, its model, and
    /// which it is of those that say the same.
    pub(super) fn of_a_row(at: Option<i64>, tokens: [u64; 5], of: (bool, &str), which: u32) -> Self {
        let hash = hash("row", (at, tokens, of, which));
        let (origin, more) = hash.split_at(size_of::<Origin>());
        Self { origin: first(origin), rest: rest(more) }
    }

    pub(super) const fn origin(self) -> Origin {
        self.origin
    }

    pub(super) fn is_of_a_task(self) -> bool {
        self.rest == OF_A_TASK
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = [0; BYTES];
        let (origin, rest) = bytes.split_at_mut(size_of::<Origin>());
        origin.copy_from_slice(&self.origin);
        rest.copy_from_slice(&self.rest);
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let mut bytes = [0; BYTES];
        let read = URL_SAFE_NO_PAD.decode_slice(text.as_ref(), &mut bytes);
        if read != Ok(bytes.len()) {
            return Err(D::Error::custom("no mark"));
        }
        let (origin, rest) = bytes.split_at(size_of::<Origin>());
        Ok(Self { origin: first(origin), rest: first(rest) })
    }
}
