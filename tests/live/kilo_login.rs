//! Logins and keys of Kilo's: where they are kept, where they go, and what is said where they don't work.

use super::NOW;
use super::kilo::{TOKEN, desk, emulator};
use acceptance::{Desk, files_in};
use headroom_app::secrets::{Secrets, SecretsError};
use headroom_exact::say;
use headroom_sources::Patience;
use headroom_sources::wire::secret::Secret;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tools::emulator::{Fault, Team};

/// A keyring that lies open, to look into.
#[derive(Clone, Default)]
pub(crate) struct Drawer(Arc<Mutex<HashMap<String, String>>>);

impl Secrets for Drawer {
    fn read(&self, name: &str) -> Result<Option<Secret>, SecretsError> {
        Ok(self.0.lock().expect("a drawer").get(name).cloned().map(Secret::new))
    }
    fn keep(&self, name: &str, secret: &Secret) -> Result<(), SecretsError> {
        self.0.lock().expect("a drawer").insert(name.to_owned(), secret.expose().to_owned());
        Ok(())
    }
    fn forget(&self, name: &str) -> Result<(), SecretsError> {
        self.0.lock().expect("a drawer").remove(name);
        Ok(())
    }
}

#[test]
fn a_pasted_key_is_kept_in_the_keyring_alone_and_leads() {
    let emulator = emulator(Team::of_three(NOW));
    let drawer = Drawer::default();
    let mut desk = Desk::at(NOW).with_kilo(emulator.address(), "the-file's-token");
    let refused = desk.headroom.set_kilo_key(Some("key")).expect_err("no keyring");
    assert_eq!(refused.to_string(), "The system's keyring can't be used: there is none.");
    desk.headroom = desk.headroom.with_secrets(Box::new(drawer.clone()));
    for wrong in ["", "  ", "two words"] {
        let error = desk.headroom.set_kilo_key(Some(wrong)).expect_err("no key");
        assert!(error.to_string().starts_with("Key: it is one word"), "{error}");
    }
    desk.headroom.set_kilo_key(Some(&format!(" {TOKEN}\n"))).expect("kept");
    let start = desk.headroom.start(None).expect("it starts");
    assert_eq!((start.found.kilo_login, start.found.kilo_key), (Some(say!("system-keyring").into()), true));
    desk.headroom.connect_kilo().expect("a team");
    let sent =
        |token: &str| emulator.seen().iter().all(|seen| seen.head.contains(&format!("Bearer {token}")));
    assert!(sent(TOKEN), "the pasted key, and no other");
    for (_, bytes) in files_in(desk.headroom.paths().data()) {
        assert!(!bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()));
    }
    desk.headroom.set_kilo_key(None).expect("forgotten");
    assert!(drawer.0.lock().expect("a drawer").is_empty());
    assert!(!desk.headroom.start(None).expect("it starts").found.kilo_key);
}

#[test]
fn connecting_fails_in_a_sentence() {
    let emulator = emulator(Team::of_three(NOW));
    let desk = Desk::at(NOW);
    let nobody = desk.headroom.connect_kilo().expect_err("no login");
    assert_eq!(nobody.to_string(), "No login of Kilo was found on this machine. Sign in to Kilo.");
    let mut desk = desk.with_kilo(emulator.address(), TOKEN);
    let faults = [
        (Fault::Refuse, "Kilo's answer broke off half-way."),
        (Fault::HalfBody, "Kilo's answer broke off half-way."),
        (Fault::WrongType, "Kilo answered in a form that Headroom does not know: "),
        (Fault::Unauthorized, "Open Kilo to sign in again."),
        (
            Fault::Throttled(Some("120")),
            "Kilo asks to wait until 21 November 2026, 14:02 UTC before the next question.",
        ),
        (Fault::Server, "Kilo failed with 500."),
        (Fault::Redirect(9), "Kilo pointed to another address, which Headroom does not follow."),
        (Fault::GzipBomb, "Kilo sent more than 16 MiB, which is no such answer."),
        (Fault::GiantBody, "Kilo sent more than 16 MiB, which is no such answer."),
        (Fault::Suspended, "Kilo has suspended this account."),
        (Fault::Throttled(None), "Kilo asks to wait until 21 November 2026, 20:0"),
        (Fault::Silence, "Kilo did not answer in time."),
    ];
    for (hour, (fault, expected)) in faults.into_iter().enumerate() {
        let whole = Duration::from_millis(if fault == Fault::Silence { 2_000 } else { 60_000 });
        // An hour later each, so that nobody is left alone any more.
        desk = desk.later(&format!("2026-11-21T{:02}:00:00Z", 10 + hour));
        desk.headroom.set_patience(Patience::of(whole));
        emulator.fail(Some(fault));
        let error = desk.headroom.connect_kilo().expect_err("refused");
        assert!(error.to_string().starts_with(expected), "{fault:?}: {error}");
    }
    assert_eq!(desk.headroom.start(None).expect("it starts").settings.asks, [], "nothing was agreed to");
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty());
}

#[test]
fn kilos_token_goes_to_its_host_alone_and_is_kept_nowhere() {
    let emulator = emulator(Team::of_three(NOW));
    let (desk, account) = desk(&emulator, TOKEN);
    desk.headroom.refresh(account, true, false).expect("a refresh");
    for seen in emulator.seen() {
        assert!(seen.line.starts_with("GET /api.kilo.ai/"), "{}", seen.line);
        assert!(seen.head.contains(&format!("authorization: Bearer {TOKEN}")), "{}", seen.line);
        assert!(!seen.line.contains(TOKEN));
    }
    for (path, bytes) in files_in(desk.headroom.paths().data()) {
        assert!(!bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes()), "{}", path.display());
    }
}
