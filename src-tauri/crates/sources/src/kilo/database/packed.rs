//! Requests as they go from the worker and are kept: a few dozen bytes each, as one text.

use super::entry::Entry;
use super::mark::{Mark, Same};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::marker::PhantomData;

/// What can be packed.
pub(super) trait Pack: Sized {
    fn pack(&self, bytes: &mut Vec<u8>);
    /// Takes one from the front; none where there is no whole one.
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
}

/// Several of a kind, one behind the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Packed<T> {
    bytes: Vec<u8>,
    count: usize,
    of: PhantomData<T>,
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Self { bytes: Vec::new(), count: 0, of: PhantomData }
    }
}

impl<T: Pack> Packed<T> {
    pub fn push(&mut self, one: &T) {
        one.pack(&mut self.bytes);
        self.count = self.count.saturating_add(1);
    }

    /// Puts those behind what is there.
    pub fn append(&mut self, more: &Self) {
        self.bytes.extend_from_slice(&more.bytes);
        self.count = self.count.saturating_add(more.count);
    }

    /// How many they are.
    pub const fn count(&self) -> usize {
        self.count
    }

    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// How many bytes they take.
    pub const fn size(&self) -> usize {
        self.bytes.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = T> + use<'_, T> {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || T::unpack(&mut rest))
    }
}

impl<T: Pack> FromIterator<T> for Packed<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut packed = Self::default();
        for one in all {
            packed.push(&one);
        }
        packed.bytes.shrink_to_fit();
        packed
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD_NO_PAD.encode(&self.bytes))
    }
}

impl<'de, T: Pack> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let bytes = STANDARD_NO_PAD.decode(text.as_ref()).map_err(|_| D::Error::custom("no requests"))?;
        let (mut rest, mut count) = (bytes.as_slice(), 0_usize);
        while !rest.is_empty() {
            T::unpack(&mut rest).ok_or_else(|| D::Error::custom("no requests"))?;
            count = count.saturating_add(1);
        }
        Ok(Self { bytes, count, of: PhantomData })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}

/// Seven bits a byte, the lowest first; every byte but the last has its highest bit set.
fn pack_number(mut number: u128, bytes: &mut Vec<u8>) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            return bytes.push(low & 0x7f);
        }
        bytes.push(low | 0x80);
    }
}

fn unpack_number(bytes: &mut &[u8]) -> Option<u128> {
    // Nearly all are below 128 or a few bytes long.
    let mut short = 0_u64;
    for (place, shift) in (0..u64::BITS.saturating_sub(7)).step_by(7).enumerate() {
        let byte = *bytes.get(place)?;
        short |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            *bytes = bytes.get(place.saturating_add(1)..)?;
            return Some(short.into());
        }
    }
    let mut number = 0_u128;
    for shift in (0..u128::BITS).step_by(7) {
        let [byte] = take(bytes)?;
        number |= u128::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// What of a request is known.
const COST: u8 = 1;
const INPUT: u8 = 2;
const OUTPUT: u8 = 4;
const SAME: u8 = 8;
const GOES_ON: u8 = 16;

impl Pack for Mark {
    fn pack(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).map(Self::of_bytes)
    }
}

impl Pack for Entry {
    fn pack(&self, bytes: &mut Vec<u8>) {
        let is = |known: bool, flag: u8| if known { flag } else { 0 };
        // Below zero is no cost; what doesn't fit was refused where it was read.
        let cost = self.cost.and_then(|cost| Some((cost.scale(), u128::try_from(cost.mantissa()).ok()?)));
        bytes.push(
            is(cost.is_some(), COST)
                | is(self.input.is_some(), INPUT)
                | is(self.output.is_some(), OUTPUT)
                | is(self.same.is_some(), SAME)
                | is(self.goes_on, GOES_ON),
        );
        self.mark.pack(bytes);
        if let Some(same) = self.same {
            bytes.extend_from_slice(&same);
        }
        if let Some((scale, mantissa)) = cost {
            pack_number(scale.into(), bytes);
            pack_number(mantissa, bytes);
        }
        for count in [self.input, self.output].into_iter().flatten() {
            pack_number(count.into(), bytes);
        }
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let [known] = take(bytes)?;
        let is = |flag: u8| known & flag != 0;
        let mark = Mark::unpack(bytes)?;
        let same: Option<Same> = if is(SAME) { Some(take(bytes)?) } else { None };
        let cost = if is(COST) {
            let scale = u32::try_from(unpack_number(bytes)?).ok()?;
            let mantissa = i128::try_from(unpack_number(bytes)?).ok()?;
            Some(Decimal::try_from_i128_with_scale(mantissa, scale).ok()?)
        } else {
            None
        };
        let mut count = |flag: u8| {
            let number = if is(flag) { Some(u64::try_from(unpack_number(bytes)?).ok()?) } else { None };
            Some(number)
        };
        let (input, output) = (count(INPUT)?, count(OUTPUT)?);
        Some(Self { mark, same, cost, input, output, goes_on: is(GOES_ON) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_whole_and_nothing_else_is_read() {
        let costs = ["0", "0.02137", "79228162514264337593543950335", "0.0000000000000000000000000001"];
        let mut entries = Vec::new();
        for cost in costs.map(|cost| cost.parse().ok()).into_iter().chain([None]) {
            for (input, output) in
                [(None, None), (Some(0), Some(127)), (Some(128), None), (None, Some(u64::MAX))]
            {
                for (same, goes_on) in [(None, false), (Some([7; 8]), true)] {
                    let mark = Mark::of_bytes([9; 12]);
                    entries.push(Entry { mark, same, cost, input, output, goes_on });
                }
            }
        }
        let packed: Packed<Entry> = entries.iter().copied().collect();
        let text = serde_json::to_string(&packed).expect("JSON");
        let again: Packed<Entry> = serde_json::from_str(&text).expect("packed");
        assert_eq!(again.iter().collect::<Vec<_>>(), entries);
        for wrong in ["\"A\"", "\"AAAA\"", "\"?\"", "7", &text.replacen(&text[text.len() - 4..], "\"", 1)] {
            assert!(serde_json::from_str::<Packed<Entry>>(wrong).is_err(), "{wrong}");
        }
    }
}
