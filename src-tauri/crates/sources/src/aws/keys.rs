//! Which lines of an issue were there before. Only Kiro's are kept, eight bytes each.

/// So many lists: each is looked through from its beginning, so that it takes no room beside its lines.
const LISTS: usize = 1 << 16;
/// So many bits of a number say what stands in the line beside its key.
const CONTENT: u32 = 16;

/// What is known of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    /// It wasn't there.
    New,
    /// It was, the same.
    Same,
    /// It was, with another content.
    Different,
}

/// The keys of lines: 64 bits of each (16 say in which list it stands, 48 stand in it), beside 16 bits of its content. Of
/// a million lines two different ones are taken for the same once in thirty million issues.
#[derive(Default)]
pub(super) struct Keys {
    lists: Vec<Vec<u64>>,
}

impl Keys {
    /// Whether a line is there already; it is from now on.
    pub fn add(&mut self, key: u64, content: u64) -> Seen {
        if self.lists.is_empty() {
            self.lists.resize_with(LISTS, Vec::new);
        }
        let list = usize::try_from(key >> 48).unwrap_or_default();
        let Some(list) = self.lists.get_mut(list) else { return Seen::New };
        let entry = (key << CONTENT) | (content >> 48);
        match list.iter().find(|known| **known >> CONTENT == entry >> CONTENT) {
            Some(known) if *known == entry => Seen::Same,
            Some(_) => Seen::Different,
            None => {
                if list.len() == list.capacity() {
                    // Twice the room would leave half of it empty.
                    list.reserve_exact(list.len().div_euclid(4).max(2));
                }
                list.push(entry);
                Seen::New
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_new_once() {
        let mut keys = Keys::default();
        let spread = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for number in 0..100_000 {
            assert_eq!(keys.add(spread(number), spread(number + 1)), Seen::New, "{number}");
        }
        for number in 0..100_000 {
            assert_eq!(keys.add(spread(number), spread(number + 1)), Seen::Same, "{number}");
            assert_eq!(keys.add(spread(number), spread(number + 2)), Seen::Different, "{number}");
        }
    }
}
