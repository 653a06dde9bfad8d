//! Bytes that were changed by chance.

/// What means something to one reader or another.
const TOKENS: [&[u8]; 30] = [
    b"0",
    b"-1",
    b"1e308",
    b"99999999999999999999",
    b"0.000000000000000001",
    b"NaN",
    b"null",
    b"true",
    b"\"\"",
    b"[]",
    b"{}",
    b"[[[[[[[[",
    b"\\u0000",
    b"\\ud800",
    b"\0",
    b"\x1b[2J",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\n",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"\"",
    b"2026-02-30",
    b"9999-12-31T23:59:59Z",
    b"-262144-01-01",
    b"PK\x03\x04",
    b"\x1f\x8b",
];

/// Chance that follows from a number (`SplitMix64`).
pub struct Changes(u64);

impl Changes {
    pub fn of_round(round: u64) -> Self {
        Self(round.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let limit = u64::try_from(limit).expect("64 bits").max(1);
        usize::try_from((mixed ^ (mixed >> 31)) % limit).expect("small enough")
    }

    /// One of the seeds with up to eight changes.
    pub fn of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(16)).min(bytes.len());
            match self.below(7) {
                0 if at < bytes.len() => bytes[at] = u8::try_from(self.below(256)).expect("a byte"),
                1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                2 if at < end => drop(bytes.drain(at..end)),
                3 => drop(bytes.splice(at..at, TOKENS[self.below(TOKENS.len())].iter().copied())),
                4 if at < end => {
                    drop(bytes.splice(at..end, TOKENS[self.below(TOKENS.len())].iter().copied()));
                }
                5 => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len() + 1);
                    let part = other[from..(from + 64).min(other.len())].to_vec();
                    drop(bytes.splice(at..at, part));
                }
                _ if self.below(8) == 0 => bytes.truncate(at),
                _ => {
                    let part = bytes[at..end.max(at)].to_vec();
                    drop(bytes.splice(at..at, part));
                }
            }
        }
        bytes
    }
}
