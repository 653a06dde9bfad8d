//! The usage ids that were accepted: ten million of them in a few hundred megabytes.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// A set of texts. They lie in one buffer, each after its length; the table holds where.
#[derive(Clone, Default, Debug)]
pub(crate) struct Identities {
    buffer: Vec<u8>,
    places: HashTable<usize>,
    hashing: DefaultHashBuilder,
}

/// Where a text that is not in the set would go.
pub(crate) struct Vacancy(u64);

const LENGTH: usize = size_of::<u32>();

/// The text at `place`. What is asked for was always put there, so none is never seen.
fn text_at(buffer: &[u8], place: usize) -> Option<&[u8]> {
    let (length, rest) = buffer.get(place..)?.split_first_chunk::<LENGTH>()?;
    rest.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

impl Identities {
    /// Where `id` would go, or none if it is there already.
    pub(crate) fn vacancy(&self, id: &str) -> Option<Vacancy> {
        let hash = self.hashing.hash_one(id.as_bytes());
        let same = |place: &usize| text_at(&self.buffer, *place) == Some(id.as_bytes());
        self.places.find(hash, same).is_none().then_some(Vacancy(hash))
    }

    /// Puts `id` where it goes.
    pub(crate) fn fill(&mut self, Vacancy(hash): Vacancy, id: &str) {
        let place = self.buffer.len();
        // A text of four gigabytes can't come out of a file that was read; it would only be cut.
        let length = u32::try_from(id.len()).unwrap_or(u32::MAX);
        self.buffer.extend_from_slice(&length.to_le_bytes());
        self.buffer.extend_from_slice(id.as_bytes());
        let (buffer, hashing) = (&self.buffer, &self.hashing);
        let hash_of = |place: &usize| hashing.hash_one(text_at(buffer, *place).unwrap_or_default());
        self.places.insert_unique(hash, place, hash_of);
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
                let vacancy = taken.vacancy(&id);
                assert_eq!(vacancy.is_some(), round == 0, "{id} in round {round}");
                if let Some(vacancy) = vacancy {
                    taken.fill(vacancy, &id);
                }
            }
        }
        assert!(taken.vacancy("").is_some(), "the empty text is a text");
    }
}
