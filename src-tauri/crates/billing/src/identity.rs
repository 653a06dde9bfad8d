//! The usage ids that were accepted: ten million of them in a few hundred megabytes.

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// A set of texts. They lie in one buffer, each after its length; the table holds where.
#[derive(Clone, Default, Debug)]
pub(crate) struct Identities {
    buffer: Vec<u8>,
    places: HashTable<usize>,
    hashing: DefaultHashBuilder,
}

const LENGTH: usize = size_of::<u32>();

/// The text at `place`. What is asked for was always put there, so none is never seen.
fn text_at(buffer: &[u8], place: usize) -> Option<&[u8]> {
    let (length, rest) = buffer.get(place..)?.split_first_chunk::<LENGTH>()?;
    rest.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

impl Identities {
    /// Puts `id` in; false if it is there already.
    pub(crate) fn put(&mut self, id: &str) -> bool {
        let hash = self.hashing.hash_one(id.as_bytes());
        let (buffer, hashing) = (&self.buffer, &self.hashing);
        let same = |place: &usize| text_at(buffer, *place) == Some(id.as_bytes());
        let hash_of = |place: &usize| hashing.hash_one(text_at(buffer, *place).unwrap_or_default());
        let Entry::Vacant(vacant) = self.places.entry(hash, same, hash_of) else { return false };
        vacant.insert(self.buffer.len());
        // A text of four gigabytes can't come out of a file that was read; it would only be cut.
        let length = u32::try_from(id.len()).unwrap_or(u32::MAX);
        self.buffer.extend_from_slice(&length.to_le_bytes());
        self.buffer.extend_from_slice(id.as_bytes());
        true
    }

    /// Takes `id` out again, which was put in last.
    pub(crate) fn take_back(&mut self, id: &str) {
        let hash = self.hashing.hash_one(id.as_bytes());
        let buffer = &self.buffer;
        let same = |place: &usize| text_at(buffer, *place) == Some(id.as_bytes());
        if let Ok(found) = self.places.find_entry(hash, same) {
            let (place, _) = found.remove();
            self.buffer.truncate(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_taken_once() {
        let mut taken = Identities::default();
        for round in 0..2 {
            for number in 0..5_000 {
                let id = format!("task-{number}");
                assert_eq!(taken.put(&id), round == 0, "{id} in round {round}");
            }
        }
        assert!(taken.put(""), "the empty text is a text");
        taken.take_back("");
        assert!(taken.put("other") && !taken.put("task-4999"), "nothing else went with it");
        assert!(taken.put("") && !taken.put(""), "what was taken back can come again");
    }
}
