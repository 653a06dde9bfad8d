//! Texts drawn at random for tests: the same each time.

/// What a random choice is made by.
pub(crate) struct Chances(pub u64);

impl Chances {
    /// A number below that.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let drawn = (self.0 >> 33) * u64::try_from(most).expect("it fits");
        usize::try_from(drawn >> 31).expect("it fits")
    }

    /// One of those.
    pub fn of<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices[self.below(choices.len())]
    }

    /// At most so many of those, one behind the other.
    pub fn text(&mut self, most: usize, choices: &[&str]) -> String {
        (0..=self.below(most)).map(|_| self.of(choices)).collect()
    }
}
