//! What the commas in a file's amounts are (rule F7).

use crate::files::bounded::Separator;
use crate::files::table_file::ReadError;
use headroom_exact::say;
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

/// What the commas in a file's amounts are, as far as what was read of them tells.
#[derive(Debug)]
pub(crate) struct Commas {
    before_three: Comma,
    /// Whether one was seen that separates decimals, and one before three digits that was taken for thousands'.
    seen: [Cell<bool>; 2],
}

impl<C: Into<Comma>> From<C> for Commas {
    fn from(before_three: C) -> Self {
        Self { before_three: before_three.into(), seen: Default::default() }
    }
}

impl Commas {
    /// One stands before exactly three digits, or before others; what it is if it does.
    pub fn saw(&self, before_three: bool) -> Comma {
        let [decimals, thousands] = &self.seen;
        if !before_three {
            decimals.set(true);
        } else if self.before_three == Comma::Thousands {
            thousands.set(true);
        }
        self.before_three
    }

    /// Why a file that was read to its end can't be trusted: `6,125` was taken for thousands, and beside it stands `4,25`.
    pub fn refused(&self, path: &Path) -> Result<(), ReadError> {
        let [decimals, thousands] = &self.seen;
        if decimals.get() && thousands.get() {
            return Err(ReadError::Unreadable { path: path.to_owned(), reason: say!("commas-of-two-kinds") });
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
