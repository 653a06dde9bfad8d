//! Why a file wasn't read, and how much that tells beside what the file is.

use crate::files::bounded::FileError;
use headroom_exact::printable::plain;
use headroom_exact::{Saying, say, says};
use serde::{Deserialize, Serialize};
use std::io;

/// How much a reason tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    /// What is wrong with the file.
    #[default]
    Fault,
    /// No more than that it isn't what it should be: what it is instead tells more.
    Lack,
    /// Of a line or a row that goes on and on, where it stands: of a table that is damaged, nothing else is known.
    Endless,
    /// That it is JSON, and of nothing that is read.
    Json,
}

/// Why a file wasn't read, as it is said, with how much that tells: nobody has to look into what is said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// As it is said.
    pub saying: Saying,
    /// How much that tells.
    pub tells: Tells,
}

impl Reason {
    /// That the file isn't what it should be, and no more.
    pub(crate) const fn lack(saying: Saying) -> Self {
        Self { saying, tells: Tells::Lack }
    }

    /// That it is JSON of something else.
    pub(crate) const fn json(saying: Saying) -> Self {
        Self { saying, tells: Tells::Json }
    }
}

says!(Reason);

impl From<&Reason> for Saying {
    fn from(reason: &Reason) -> Self {
        reason.saying.clone()
    }
}

impl From<Saying> for Reason {
    fn from(saying: Saying) -> Self {
        Self { saying, tells: Tells::Fault }
    }
}

impl From<&FileError> for Reason {
    fn from(error: &FileError) -> Self {
        let tells = match error {
            FileError::NotText => Tells::Lack,
            FileError::LongLine { .. } | FileError::ManyFields { .. } => Tells::Endless,
            FileError::NotAFile(_)
            | FileError::TooLarge(_)
            | FileError::ManyFiles(_)
            | FileError::TooMuchPacked(_)
            | FileError::NotPacked
            | FileError::OtherPacking(_)
            | FileError::Workbook
            | FileError::DamagedPacking
            | FileError::OpenQuote { .. }
            | FileError::Unreadable(_) => Tells::Fault,
        };
        Self { saying: error.into(), tells }
    }
}

impl From<FileError> for Reason {
    fn from(error: FileError) -> Self {
        Self::from(&error)
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        Saying::from(&error).into()
    }
}

/// Why a table with this header isn't read, where it lacks a column: it isn't text, such as a picture; with one column alone
/// it has another separator, or is no table at all.
pub(crate) fn lacks(header: &csv::ByteRecord, reason: Reason) -> Reason {
    /// Letters that are said of it.
    const MOST: usize = 60;
    if header.iter().any(|text| std::str::from_utf8(text).is_err()) {
        return Reason::lack(say!("not-text"));
    }
    let alone = header.get(0).filter(|text| header.len() == 1 && !text.trim_ascii().is_empty());
    match alone.map(String::from_utf8_lossy) {
        _ if header.is_empty() => say!("is-empty").into(),
        Some(text) => {
            let text: String = plain(&text).chars().take(MOST).collect();
            Reason::lack(say!("one-column", text))
        }
        None => reason,
    }
}
