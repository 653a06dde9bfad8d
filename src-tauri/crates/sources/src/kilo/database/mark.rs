//! By what a request is known again in every copy of it (F6).

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

/// 96 bits of what a request is one by. They are kept beside what was counted, so that they are made the same way by every
/// version, on every machine. The first part of them is all that the legacy extension knows of a request, which names neither its
/// provider nor when it ended: by that alone a request of its tasks is told again that a newer program took over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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

/// By what a message is known again whose times or tokens a newer program wrote anew: its id and when it began. Forks have ids of
/// their own, so that copies of them are known by their marks alone.
pub(super) type Same = [u8; 8];

/// The message with this id that began then. Whoever writes ids that fall together does so in their own record.
pub(super) fn same(id: &[u8], began: i64) -> Same {
    mixed(mixed(0, &began.to_le_bytes()), id).to_le_bytes()
}

/// Mixes bytes into a number, the same way on every machine.
fn mixed(mut state: u64, bytes: &[u8]) -> u64 {
    const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];
    state = state.wrapping_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    for some in bytes.chunks(size_of::<u64>()) {
        let mut word = [0; size_of::<u64>()];
        for (to, from) in word.iter_mut().zip(some) {
            *to = *from;
        }
        let added = state ^ u64::from_le_bytes(word) ^ ODD[1];
        let wide = u128::from(added).wrapping_mul(ODD[0].into());
        let bytes = wide.to_le_bytes();
        let half = |half: Option<&[u8; 8]>| half.map_or(0, |half| u64::from_le_bytes(*half));
        let (low, high) = (half(bytes.first_chunk()), half(bytes.last_chunk()));
        state = (low ^ high).rotate_left(29).wrapping_add(ODD[1]);
    }
    state
}

/// Maps by marks and what is like them: their bytes are as good as drawn, so that they need no hashing of their own. A key keeps
/// whoever writes a database from choosing what falls together.
#[derive(Clone)]
pub(super) struct ByMark(u64);

impl Default for ByMark {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0_u64))
    }
}

/// See [`ByMark`].
pub(super) struct MarkHasher(u64);

impl BuildHasher for ByMark {
    type Hasher = MarkHasher;

    fn build_hasher(&self) -> MarkHasher {
        MarkHasher(self.0)
    }
}

impl Hasher for MarkHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = mixed(self.0, bytes);
    }

    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map by marks.
pub(super) type MarkMap<K, V> = HashMap<K, V, ByMark>;

/// A set of marks.
pub(super) type MarkSet<K> = HashSet<K, ByMark>;

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

impl Hash for Mark {
    /// In one piece.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(&self.bytes());
    }
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

    /// All of it.
    pub(super) fn bytes(self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let (origin, rest) = bytes.split_at_mut(size_of::<Origin>());
        origin.copy_from_slice(&self.origin);
        rest.copy_from_slice(&self.rest);
        bytes
    }

    pub(super) fn of_bytes(bytes: [u8; BYTES]) -> Self {
        let (origin, rest) = bytes.split_at(size_of::<Origin>());
        Self { origin: first(origin), rest: first(rest) }
    }

    pub(super) const fn origin(self) -> Origin {
        self.origin
    }

    pub(super) fn is_of_a_task(self) -> bool {
        self.rest == OF_A_TASK
    }
}
