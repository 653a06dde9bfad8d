//! Somebody's own account as Kilo's service describes it: who is signed in, the balance, credits by purchase, Kilo Pass, the
//! automatic top-up (`interfaces.md` §4.1–4.2, `interfaces-2026.md` §5.1–5.2).
//!
//! Each question stands by itself. It is money: an amount or a moment that can't be read is an error of its answer, never
//! nothing and never "never".

mod wire;

pub use wire::KiloProfile;

use crate::kilo::parts::unreadable;
use crate::kilo::team::{another, ask, result};
use crate::observation::{OwnBalance, OwnBlocks, OwnPass, OwnTopUp};
use crate::wire::http::{FetchError, Http};
use crate::wire::secret::Secret;
use headroom_exact::Saying;
use serde_json::value::RawValue;

/// Asks whose login it is.
pub fn profile(http: &Http, token: &Secret) -> Result<KiloProfile, FetchError> {
    wire::profile(&ask(http, token, "/api/profile", None)?).map_err(unreadable)
}

/// Asks what is left.
pub fn balance(http: &Http, token: &Secret) -> Result<OwnBalance, FetchError> {
    wire::balance(&ask(http, token, "/api/profile/balance", None)?).map_err(unreadable)
}

/// Asks for the credits by purchase.
pub fn blocks(http: &Http, token: &Secret) -> Result<OwnBlocks, FetchError> {
    procedure(http, token, "user.getCreditBlocks?input=%7B%7D", wire::blocks)
}

/// Asks for Kilo Pass.
pub fn pass(http: &Http, token: &Secret) -> Result<OwnPass, FetchError> {
    procedure(http, token, "kiloPass.getState", wire::pass)
}

/// Asks for the automatic top-up.
pub fn top_up(http: &Http, token: &Secret) -> Result<OwnTopUp, FetchError> {
    procedure(http, token, "user.getAutoTopUpPaymentMethod", wire::top_up)
}

fn procedure<T>(
    http: &Http,
    token: &Secret,
    question: &str,
    read: impl Fn(&str) -> Result<T, Saying>,
) -> Result<T, FetchError> {
    let body = ask(http, token, &format!("/api/trpc/{question}"), None)?;
    let told: Box<RawValue> = result(&body).map_err(|error| another(&error))?;
    read(told.get()).map_err(unreadable)
}

/// What is wrong with a text, as each of the answers that there are; for trying their readers on texts that no service gives.
pub fn what_is_wrong(text: &str) -> Vec<Saying> {
    let read = [
        wire::profile(text).err(),
        wire::balance(text).err(),
        wire::blocks(text).err(),
        wire::pass(text).err(),
        wire::top_up(text).err(),
    ];
    read.into_iter().flatten().collect()
}
