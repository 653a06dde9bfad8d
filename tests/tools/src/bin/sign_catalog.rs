//! Issues price lists that a Headroom built with the key can import.
//!
//! ```text
//! sign-catalog key KEY               a new key in that file, for its owner only; says the public half
//! sign-catalog sign KEY CATALOG OUT  a signed file of a catalogue, once it is read as Headroom reads it
//! ```
//!
//! The public half goes into a build as `HEADROOM_CATALOG_KEY`. The key itself stays with whoever issues catalogues.

use headroom_app::catalog::signed;
use headroom_app::{process, save};
use headroom_billing::Catalog;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    process::guard();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match *arguments.as_slice() {
        ["key", key] => new_key(Path::new(key)),
        ["sign", key, catalog, out] => sign(Path::new(key), Path::new(catalog), Path::new(out)),
        _ => Err("sign-catalog key KEY, or sign-catalog sign KEY CATALOG OUT".to_owned()),
    };
    match outcome {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("sign-catalog: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn new_key(path: &Path) -> Result<String, String> {
    if path.exists() {
        return Err(format!("{} is there already: a key is never overwritten", path.display()));
    }
    let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| "no key could be made")?;
    save(path, key.as_ref()).map_err(|error| error.to_string())?;
    let pair = Ed25519KeyPair::from_pkcs8(key.as_ref()).map_err(|error| error.to_string())?;
    let digits = pair.public_key().as_ref().iter().fold(String::new(), |mut digits, byte| {
        _ = write!(digits, "{byte:02x}");
        digits
    });
    Ok(format!("HEADROOM_CATALOG_KEY={digits}"))
}

fn sign(key: &Path, catalog: &Path, out: &Path) -> Result<String, String> {
    let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let pair =
        Ed25519KeyPair::from_pkcs8(&read(key)?).map_err(|error| format!("{}: {error}", key.display()))?;
    let text = read(catalog)?;
    let parsed = std::str::from_utf8(&text).map_err(|error| error.to_string())?;
    let parsed = Catalog::parse(parsed).map_err(|error| format!("{}: {error}", catalog.display()))?;
    let signature = pair.sign(&signed::message(&text));
    save(out, &signed::file(&text, signature.as_ref())).map_err(|error| error.to_string())?;
    Ok(format!("{}: number {} of {}", out.display(), parsed.serial, parsed.issued_on))
}
