//! The days of rows while they are read, and which of them lack a row.

use crate::files::written;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::str;

/// Days that were read last: most rows have the day of the row before.
#[derive(Default)]
pub(super) struct Days {
    text: Vec<u8>,
    date: Option<NaiveDate>,
    /// Of the last row that says any.
    pub(super) last: Option<NaiveDate>,
    /// Of rows that could not be read. One that doesn't say its day counts to that of the row before it; the first of a
    /// file to that of the row after.
    pub(super) lost: BTreeSet<NaiveDate>,
    is_first_lost: bool,
}

impl Days {
    pub(super) fn read(&mut self, text: &[u8]) -> Option<NaiveDate> {
        if self.date.is_none() || self.text != text {
            self.date = written::day(str::from_utf8(text).ok()?);
            self.text.clear();
            self.text.extend_from_slice(text);
            self.last = self.date.or(self.last);
            if let Some(date) = self.date.filter(|_| self.is_first_lost) {
                self.is_first_lost = false;
                self.lost.insert(date);
            }
        }
        self.date
    }

    /// Whether this is the day that was read last.
    pub(super) fn is_last(&self, text: &[u8]) -> bool {
        self.date.is_some() && self.text == text
    }

    /// The row that was looked at last could not be read.
    pub(super) fn lose(&mut self) {
        match self.last {
            Some(day) => {
                self.lost.insert(day);
            }
            None => self.is_first_lost = true,
        }
    }
}
