//! The system's keyring, for keys that somebody pasted. Logins of other programs never come here.

use headroom_exact::{Saying, say};
use headroom_sources::wire::secret::Secret;
use keyring_core::{CredentialStore, Entry, Error};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// What keeps secrets. Tests bring their own.
pub trait Secrets: Send + Sync {
    /// The secret of a name, if there is one.
    fn read(&self, name: &str) -> Result<Option<Secret>, SecretsError>;
    /// Keeps a secret, in the place of an older one.
    fn keep(&self, name: &str, secret: &Secret) -> Result<(), SecretsError>;
    /// Forgets a secret. One that isn't there is forgotten already.
    fn forget(&self, name: &str) -> Result<(), SecretsError>;
}

/// Why the keyring could not be used. The secret is in nothing that is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SecretsError(pub Saying);

/// The keyring of the system: Secret Service, Keychain or Credential Manager.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeyring;

/// The name under which everything of ours is kept there.
const SERVICE: &str = "Headroom";

/// How long the keyring is waited for: it may have to ask somebody who isn't there.
const PATIENCE: Duration = Duration::from_secs(5);

/// The keyring of this system. It is opened anew for every use: one that couldn't be reached, or went away, is tried again.
fn opened() -> Result<Arc<CredentialStore>, Error> {
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new()?;
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new()?;
    #[cfg(all(unix, not(target_os = "macos")))]
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

/// On a thread of its own: whoever asks may be on one of an async runtime, on which waiting is refused, and a keyring that
/// doesn't answer is given up. Its thread goes when it answers after all.
fn entry<T: Send + 'static>(
    name: &str,
    work: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
) -> Result<Option<T>, SecretsError> {
    let name = name.to_owned();
    let used =
        move || opened().and_then(|store| store.build(SERVICE, &name, None)).and_then(|entry| work(&entry));
    match within(PATIENCE, used) {
        Ok(Ok(done)) => Ok(Some(done)),
        Ok(Err(Error::NoEntry)) => Ok(None),
        Ok(Err(error)) => Err(SecretsError(refused(&error))),
        Err(RecvTimeoutError::Timeout) => Err(SecretsError(say!("keyring-silent"))),
        Err(RecvTimeoutError::Disconnected) => Err(SecretsError(say!("keyring-broke-off"))),
    }
}

/// What comes of work on a thread of its own, if it comes within that time.
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, RecvTimeoutError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    // Whoever gave it up doesn't listen any more.
    thread::spawn(move || _ = sender.send(work()));
    receiver.recv_timeout(patience)
}

/// What the keyring's own words come to.
fn refused(error: &Error) -> Saying {
    if matches!(error, Error::NoStorageAccess(_)) { say!("keyring-locked") } else { say!("keyring-refused") }
}

impl Secrets for SystemKeyring {
    fn read(&self, name: &str) -> Result<Option<Secret>, SecretsError> {
        Ok(entry(name, Entry::get_password)?.map(Secret::new))
    }

    fn keep(&self, name: &str, secret: &Secret) -> Result<(), SecretsError> {
        let secret = Secret::new(secret.expose().to_owned());
        entry(name, move |entry| entry.set_password(secret.expose())).map(drop)
    }

    fn forget(&self, name: &str) -> Result<(), SecretsError> {
        entry(name, Entry::delete_credential).map(drop)
    }
}

/// No keyring at all: nothing is ever in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoKeyring;

impl Secrets for NoKeyring {
    fn read(&self, _: &str) -> Result<Option<Secret>, SecretsError> {
        Ok(None)
    }

    fn keep(&self, _: &str, _: &Secret) -> Result<(), SecretsError> {
        Err(SecretsError(say!("keyring-missing")))
    }

    fn forget(&self, _: &str) -> Result<(), SecretsError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_does_not_answer_is_given_up() {
        let (answer, silence) = mpsc::channel::<()>();
        let silent = within(Duration::from_millis(1), move || silence.recv());
        assert_eq!(silent.err(), Some(RecvTimeoutError::Timeout));
        drop(answer);
        assert_eq!(within(PATIENCE, || 7), Ok(7));
        assert_eq!(within(PATIENCE, || -> u8 { panic!("it broke") }), Err(RecvTimeoutError::Disconnected));
    }
}
