//! Chance that can be repeated.

/// A sequence of numbers that follows from its seed (`SplitMix64`).
pub struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    /// The sequence of a seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed, state: seed }
    }

    /// What it follows from.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 if that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).expect("64 bits").max(1);
        usize::try_from(self.next() % limit).expect("small enough")
    }

    /// One of some choices.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Makes all of these bytes anything.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.next().to_le_bytes()[0];
        }
    }
}
