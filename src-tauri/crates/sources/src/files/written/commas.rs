//! What the commas and points in a file's amounts are (rule F7).

use crate::files::bounded::Separator;
use crate::files::table_file::ReadError;
use headroom_exact::{Saying, say};
use std::cell::Cell;
use std::path::Path;

/// What a comma before exactly three digits is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Comma {
    /// It separates thousands: `1,234` is more than a thousand.
    Thousands,
    /// It separates decimals: where the columns are separated by semicolons, the comma has that part.
    Decimals,
    /// Nothing tells.
    Unclear,
}

/// What the marks in a file's amounts are, as far as what was read of them tells.
#[derive(Debug)]
pub(crate) struct Commas {
    before_three: Comma,
    /// Which marks were seen.
    seen: Seen,
}

#[derive(Debug, Default)]
struct Seen {
    /// A comma that separates decimals.
    decimal_comma: Cell<bool>,
    /// A comma that separates thousands, or before three digits was taken for such.
    grouping_comma: Cell<bool>,
    /// A point that can only separate decimals.
    decimal_point: Cell<bool>,
    /// A point that can only separate thousands: `1.234.567`.
    grouping_point: Cell<bool>,
    /// A point before exactly three digits that was taken for decimals': `1.234`.
    point_before_three: Cell<bool>,
}

impl<C: Into<Comma>> From<C> for Commas {
    fn from(before_three: C) -> Self {
        Self { before_three: before_three.into(), seen: Seen::default() }
    }
}

impl Commas {
    /// One stands before exactly three digits, or before others; what it is if it does.
    pub fn saw(&self, before_three: bool) -> Comma {
        if !before_three || self.before_three == Comma::Decimals {
            self.seen.decimal_comma.set(true);
        } else if self.before_three == Comma::Thousands {
            self.seen.grouping_comma.set(true);
        }
        self.before_three
    }

    /// A mark separates thousands, or is taken to.
    pub fn saw_grouping(&self, mark: char) {
        let seen = if mark == ',' { &self.seen.grouping_comma } else { &self.seen.grouping_point };
        seen.set(true);
    }

    /// A mark separates decimals and nothing else: thousands have the other.
    pub fn saw_decimal(&self, mark: char) {
        let seen = if mark == ',' { &self.seen.decimal_comma } else { &self.seen.decimal_point };
        seen.set(true);
    }

    /// A number has no other mark than a point, if that.
    pub fn saw_point(&self, number: &[u8]) {
        let number = number.strip_prefix(b"-").unwrap_or(number);
        let Some((whole, decimals)) = memchr::memchr(b'.', number).and_then(|at| number.split_at_checked(at))
        else {
            return;
        };
        // What begins with a zero has no thousands.
        let can_group = (1..=3).contains(&whole.len()) && !whole.starts_with(b"0");
        let before_three =
            matches!(decimals, [_, rest @ ..] if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit));
        let seen =
            if can_group && before_three { &self.seen.point_before_three } else { &self.seen.decimal_point };
        seen.set(true);
    }

    /// Why a file that was read to its end can't be trusted: `6,125` was taken for thousands, and beside it stands `4,25`; or `1.234` for
    /// decimals, and beside it stands `4,25`, or nothing that tells where semicolons separate columns.
    pub fn refused(&self, path: &Path) -> Result<(), ReadError> {
        let Seen { decimal_comma, grouping_comma, decimal_point, grouping_point, point_before_three } =
            &self.seen;
        let unreadable = |reason: Saying| Err(ReadError::unreadable(path, reason));
        if decimal_comma.get() && grouping_comma.get() {
            return unreadable(say!("commas-of-two-kinds"));
        }
        let groups = decimal_comma.get() || grouping_point.get();
        let nothing_tells = self.before_three == Comma::Decimals && !decimal_point.get();
        if point_before_three.get() && (groups || nothing_tells) {
            return unreadable(say!("points-of-two-kinds"));
        }
        Ok(())
    }
}

impl From<Separator> for Comma {
    fn from(separator: Separator) -> Self {
        match separator {
            Separator::Comma => Self::Thousands,
            Separator::Semicolon => Self::Decimals,
            Separator::Tab => Self::Unclear,
        }
    }
}
