//! A part of what was used, as a line says it.

use crate::many::many;
use headroom_app::answers::{BreakdownBy, BreakdownPart};
use headroom_app::words;

/// What a part is called where nothing tells it, and in words of ours where it is one of ours.
pub(super) fn called(part: &BreakdownPart, by: BreakdownBy) -> String {
    let name = part.name.as_deref();
    match (by, name) {
        (BreakdownBy::Kind, Some("main")) => "what was asked for".to_owned(),
        (BreakdownBy::Kind, Some("delegated")) => "subagents".to_owned(),
        (BreakdownBy::Kind, Some("main-or-delegated")) => "either, Kiro doesn't say which".to_owned(),
        (BreakdownBy::Kind, Some("auxiliary")) => "besides (compaction and the like)".to_owned(),
        (BreakdownBy::Client, Some("kiro")) => "Kiro's command line 3 or IDE".to_owned(),
        (BreakdownBy::Client, Some("kiro-cli")) => "Kiro's command line, before 3".to_owned(),
        (_, Some(name)) => match part.title.as_deref() {
            Some(title) => format!("{} ({name})", title.trim()),
            None => name.to_owned(),
        },
        (_, None) => "not known".to_owned(),
    }
}

/// A name as it stands in a line: of one that is longer than lines are, its beginning.
pub(super) fn short(name: &str) -> String {
    const MOST: usize = 200;
    let end = name.char_indices().nth(MOST).map(|(end, _)| end);
    let beginning = end.and_then(|end| name.get(..end));
    beginning.map_or_else(|| name.to_owned(), |beginning| format!("{beginning}…"))
}

/// What is metered, at least that where it is the least.
pub(super) fn metered(part: &BreakdownPart) -> String {
    words::bounded(Some(&part.metered), part.at_least)
}

/// What is estimated of a part; none where nothing is.
pub(super) fn estimated(part: &BreakdownPart) -> Option<String> {
    let estimated = part.estimated.filter(|estimated| !estimated.is_zero())?;
    Some(words::credits(&estimated.to_string()))
}

/// What is recorded of a part, as far as it is.
pub(super) fn recorded(part: &BreakdownPart) -> String {
    let estimated = estimated(part).map(|estimated| format!("  and by estimate {estimated}"));
    let estimated = estimated.unwrap_or_default();
    let tasks = part.tasks.map_or_else(String::new, |tasks| format!("  {}", many(tasks, "task", "tasks")));
    format!("{tasks}{estimated}")
}
