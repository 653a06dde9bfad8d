//! The window's language, as far as something is kept in it: a name.

use crate::documents::language::Language;
use crate::error::AppError;
use headroom_exact::{Saying, say};
use headroom_store::Writing;

/// The setting that keeps it.
pub(crate) const SETTING: &str = "language";

/// A language or a locale by its tag, such as `de` or `de-CH`.
pub(crate) fn tag(text: &str) -> Result<&str, AppError> {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if text.len() <= 35 && text.split('-').all(is_part) {
        Ok(text)
    } else {
        Err(AppError::input(say!("language-wrong", text)))
    }
}

/// What something is called that is made now, in the language that is chosen, else in the machine's.
pub(crate) fn name(writing: &Writing<'_>, of: &Saying) -> Result<String, AppError> {
    let chosen = writing.setting(SETTING)?;
    Ok(Language::chosen(chosen.as_deref().filter(|chosen| tag(chosen).is_ok())).reader().say(of))
}
