//! Lists in JSON: three bytes of text make an entry of some hundred in memory, so how many there are is limited too.

use crate::wire::json::TOO_MANY;
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A list of at most so many entries; none for null. For `deserialize_with`, beside `default`.
pub(crate) fn at_most<'de, const MOST: usize, T, D>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let add = |list: &mut Vec<T>, entry| {
        list.push(entry);
        if list.len() > MOST { Err(format!("{TOO_MANY}{MOST} entries")) } else { Ok(()) }
    };
    fold(deserializer, Vec::new(), add)
}

/// Folds a list while it is read, without keeping its entries; none for null.
pub(crate) fn fold<'de, T, S, D>(
    deserializer: D,
    begin: S,
    add: impl Fn(&mut S, T) -> Result<(), String>,
) -> Result<Option<S>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_option(Folding { state: begin, add, entry: PhantomData })
}

struct Folding<T, S, F> {
    state: S,
    add: F,
    entry: PhantomData<T>,
}

impl<'de, T, S, F> Visitor<'de> for Folding<T, S, F>
where
    T: Deserialize<'de>,
    F: Fn(&mut S, T) -> Result<(), String>,
{
    type Value = Option<S>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a sequence")
    }

    fn visit_none<E: Error>(self) -> Result<Option<S>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<S>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<S>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut entries: A) -> Result<Option<S>, A::Error> {
        while let Some(entry) = entries.next_element()? {
            (self.add)(&mut self.state, entry).map_err(Error::custom)?;
        }
        Ok(Some(self.state))
    }
}
