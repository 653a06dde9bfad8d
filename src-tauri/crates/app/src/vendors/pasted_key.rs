//! A key that somebody pasted for a vendor. It is kept in the system's keyring and goes to that vendor alone.

use crate::error::AppError;
use crate::vendors::asking::Around;
use headroom_exact::Saying;
use headroom_sources::wire::secret::Secret;
use headroom_store::Store;

/// The longest key; real ones have a few hundred letters.
const LONGEST: usize = 4_096;

/// A vendor's key.
pub(crate) struct PastedKey {
    /// Its name in the keyring, and that of the setting that says there is one.
    pub name: &'static str,
    /// What is said of something that is no such key.
    pub wrong: fn() -> Saying,
}

impl PastedKey {
    /// Whether there is one: the keyring itself is asked only when it is needed, for that can take long.
    pub(crate) fn is_kept(&self, store: &Store) -> Result<bool, AppError> {
        Ok(store.setting(self.name)?.is_some_and(|value| !value.is_empty()))
    }

    /// The key, if there is one.
    pub(crate) fn read(&self, around: &Around<'_>) -> Result<Option<Secret>, AppError> {
        let kept = self.is_kept(&around.store())?;
        Ok(if kept { around.secrets.read(self.name)? } else { None })
    }

    /// Keeps a key, in the place of an older one; without one forgets it.
    pub(crate) fn set(&self, around: &Around<'_>, key: Option<&str>) -> Result<(), AppError> {
        let key = key.map(str::trim);
        if key
            .is_some_and(|key| key.is_empty() || key.len() > LONGEST || key.chars().any(char::is_whitespace))
        {
            return Err(AppError::input((self.wrong)()));
        }
        match key {
            Some(key) => around.secrets.keep(self.name, &Secret::new(key.to_owned()))?,
            None => around.secrets.forget(self.name)?,
        }
        around.store().write(|writing| {
            let value = if key.is_some() { "keyring" } else { "" };
            writing.set_setting(self.name, value).map_err(AppError::from)
        })
    }
}
