//! The system's keyring, for keys that somebody pasted. Logins of other programs never come here.

use headroom_exact::{Saying, say};
use headroom_sources::secret::Secret;

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

/// On a thread of its own: whoever asks may be on one of an async runtime, on which waiting is refused.
fn entry<T: Send>(
    name: &str,
    work: impl FnOnce(&keyring::Entry) -> Result<T, keyring::Error> + Send,
) -> Result<Option<T>, SecretsError> {
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| keyring::Entry::new(SERVICE, name).and_then(|entry| work(&entry))).join()
    });
    match outcome {
        Ok(Ok(done)) => Ok(Some(done)),
        Ok(Err(keyring::Error::NoEntry)) => Ok(None),
        Ok(Err(error)) => Err(SecretsError(refused(&error))),
        Err(_) => Err(SecretsError(say!("keyring-broke-off"))),
    }
}

/// What the keyring's own words come to.
fn refused(error: &keyring::Error) -> Saying {
    if matches!(error, keyring::Error::NoStorageAccess(_)) {
        say!("keyring-locked")
    } else {
        say!("keyring-refused")
    }
}

impl Secrets for SystemKeyring {
    fn read(&self, name: &str) -> Result<Option<Secret>, SecretsError> {
        Ok(entry(name, keyring::Entry::get_password)?.map(Secret::new))
    }

    fn keep(&self, name: &str, secret: &Secret) -> Result<(), SecretsError> {
        entry(name, |entry| entry.set_password(secret.expose())).map(drop)
    }

    fn forget(&self, name: &str) -> Result<(), SecretsError> {
        entry(name, keyring::Entry::delete_credential).map(drop)
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
