//! That this machine's clock is before what was recorded by it, which is said once: either it is wrong now, or it was then.

use crate::error::AppError;
use crate::machine::clock;
use headroom_exact::{Heard, Moment, Saying, say};
use headroom_store::{Store, Writing};

/// The setting that says of which record it was said last.
const SAID: &str = "clock-said-behind";

/// That it is so, unless it was said before.
pub(crate) fn saying(store: &Store, now: Moment) -> Result<Option<Saying>, AppError> {
    let Some(recorded) = clock::behind(store.last_recorded()?, now).map(Heard::as_kept) else {
        return Ok(None);
    };
    // A record of a later moment can be gone by now: what comes before the one that it was said of isn't news.
    let said = store.setting(SAID)?.and_then(|said| said.parse().ok());
    let is_news = said.is_none_or(|said: Moment| recorded > said);
    Ok(is_news.then(|| say!("clock-behind", now, recorded)))
}

/// Remembers that it was said.
pub(crate) fn remember(store: &mut Store, now: Moment) -> Result<(), AppError> {
    let Some(recorded) = clock::behind(store.last_recorded()?, now) else { return Ok(()) };
    let recorded = recorded.as_kept().to_string();
    store.write(|writing: &Writing<'_>| writing.set_setting(SAID, &recorded).map_err(AppError::from))
}
