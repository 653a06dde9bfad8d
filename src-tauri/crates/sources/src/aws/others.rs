//! What a row says in the columns that nobody sums: a line without an id is one by all of its columns (rule F1), in whatever
//! order they stand and in whatever form the file is.

use super::form::Places;
use super::moment::second;
use super::reading::hashed;
use crate::wire::number;
use csv::ByteRecord;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The columns of a table of text that nobody sums: where each stands, and a number for its name.
pub(super) struct Others(Vec<(usize, u64)>);

/// A number for a column's name, however its letters are.
pub(super) fn name(of: &str) -> u64 {
    hashed(of.trim().to_ascii_lowercase())
}

impl Others {
    /// Of a table with this header, of which these are read.
    pub fn of(header: &ByteRecord, read: &Places) -> Self {
        let others = header.iter().enumerate().filter(|(place, _)| !read.contains(&Some(*place)));
        Self(others.map(|(place, column)| (place, name(&String::from_utf8_lossy(column)))).collect())
    }

    /// A number for what a row says in them: of no order, so that columns may have any.
    pub fn in_row(&self, row: &ByteRecord) -> u64 {
        let said = self.0.iter().map(|(place, name)| cell(*name, row.get(*place).unwrap_or_default()));
        said.fold(0, u64::wrapping_add)
    }
}

/// A number for what stands in a column; 0 for nothing, as where there is no such column.
pub(super) fn cell(name: u64, bytes: &[u8]) -> u64 {
    let bytes = bytes.trim_ascii();
    let Some(first) = bytes.first() else { return 0 };
    let Ok(text) = str::from_utf8(bytes) else { return hashed((name, bytes)) };
    match first {
        b'{' => map(name, text),
        b'0'..=b'9' | b'-' | b'+' | b'.' | b',' => plain(name, text),
        _ => hashed((name, text)),
    }
}

/// A number for one entry of a column that is a map.
pub(super) fn entry(name: u64, key: &str, value: &str) -> u64 {
    hashed((name, key, value))
}

/// Numbers and moments are the same however they are written.
fn plain(name: u64, text: &str) -> u64 {
    let is_one_comma = text.matches(',').count() == 1 && !text.contains('.');
    let pointed = if is_one_comma { Cow::Owned(text.replace(',', ".")) } else { Cow::Borrowed(text) };
    if let Some(number) = number::exact(&pointed) {
        return hashed((name, number.normalize().to_string()));
    }
    moment(text).map_or_else(|| hashed((name, text)), |moment| hashed((name, moment)))
}

/// A moment as it is written elsewhere; none where it is more than that.
fn moment(text: &str) -> Option<String> {
    let whole = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00")).unwrap_or(text);
    let whole = match whole.split_once('.') {
        Some((before, fraction)) if before.len() == 19 && fraction.bytes().all(|byte| byte == b'0') => before,
        _ => whole,
    };
    let moment = second(whole);
    let is_one = moment.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        10 => byte == b' ',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    (is_one && moment.len() == 19 && whole.len() <= 19).then_some(moment)
}

/// A map as tables of text write it: of no order, either. What isn't one is a text.
fn map(name: u64, text: &str) -> u64 {
    let Ok(entries) = serde_json::from_str::<BTreeMap<String, Value>>(text) else {
        return hashed((name, text));
    };
    let entries = entries.iter().map(|(key, value)| match value {
        Value::String(value) => entry(name, key, value),
        Value::Null => entry(name, key, ""),
        value @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            entry(name, key, &value.to_string())
        }
    });
    entries.fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests;
