//! What tables and lists say of an organisation's users, together.

use crate::files::reason::Reason;
use crate::files::table_file::BadRows;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What somebody takes beside their texts.
pub(super) const BYTES_A_PERSON: usize = 2 * size_of::<(String, Person)>() + 64;

/// Somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Person {
    /// What they are called.
    pub name: Option<String>,
    /// Their address.
    pub email: Option<String>,
    /// The groups they are in.
    pub groups: BTreeSet<String>,
}

/// What tables say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Identities {
    /// Everybody, by the key that reports and bills have too.
    pub people: BTreeMap<String, Person>,
    /// Files that were read.
    pub files: u32,
    /// Of whom rows say different names or addresses: what the last one says counts.
    pub differing: BTreeSet<String>,
    /// Rows that were read.
    pub read: u64,
    /// Rows that could not be read.
    pub bad: BadRows,
    /// Whether any file tells of groups.
    pub tells_groups: bool,
    /// Whether all pages of a list name a next one, so that some are missing.
    pub goes_on: bool,
    /// Files of another kind in the folder.
    pub other_files: Vec<(PathBuf, Reason)>,
    /// Files that were found and are damaged, and how.
    pub damaged: Vec<(PathBuf, Reason)>,
}

/// Adds what is told of somebody to what is known; how many bytes it takes.
pub(super) fn told(to: &mut Identities, id: String, of: Person) -> usize {
    let Person { name, email, mut groups } = of;
    let texts = [&name, &email].into_iter().flatten().chain(&groups).map(String::len).sum::<usize>();
    let bytes = BYTES_A_PERSON.saturating_add(texts).saturating_add(id.len());
    let person = to.people.entry(id.clone()).or_default();
    let differs = |known: &Option<String>, told: &Option<String>| {
        known.as_ref().zip(told.as_ref()).is_some_and(|(known, told)| known != told)
    };
    if differs(&person.name, &name) || differs(&person.email, &email) {
        to.differing.insert(id);
    }
    person.name = name.or_else(|| person.name.take());
    person.email = email.or_else(|| person.email.take());
    person.groups.append(&mut groups);
    bytes
}
