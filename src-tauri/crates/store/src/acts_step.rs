//! The step of the file's format that finds acts without a list of kinds: [`crate::migrations`].

/// Whether an event is an act: the words of the index that finds them. SQLite makes a list of several a table of its own,
/// anew for each task that is written.
macro_rules! is_an_act {
    () => {
        "kind <> 'usage' AND kind <> 'unmetered' AND kind <> 'estimated' AND kind <> 'auxiliary' AND kind <> 'superseded'"
    };
}
pub(crate) use is_an_act;

/// The index of acts, in those words.
pub(crate) const ACTS: &str = concat!(
    "
DROP INDEX acts_in_time;
CREATE INDEX acts_in_time ON events (account_id, id)
WHERE ",
    is_an_act!(),
    ";
"
);
