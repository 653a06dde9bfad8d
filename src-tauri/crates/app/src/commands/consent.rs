//! What the person is asked before something is done that costs money or can't be undone. It is asked here, in a dialog of
//! the system's: what runs in the page can neither answer it nor leave it out.

use super::host::{Host, Question};
use crate::account::find;
use crate::answers::{AccountNumber, OverviewView};
use crate::documents::language::{Language, Reader};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::{settings, vendors};
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};

/// A question before there is a language.
struct Wording {
    asks: Saying,
    means: Vec<Saying>,
    does: Saying,
}

impl Wording {
    fn spoken(&self, reader: Reader) -> Question {
        let lines: Vec<_> = self.means.iter().map(|line| reader.say(line)).collect();
        Question {
            asks: reader.say(&self.asks),
            means: lines.join("\n"),
            does: reader.say(&self.does),
            leaves: reader.say(&say!("cancel")),
        }
    }
}

fn reader(headroom: &Headroom) -> Result<Reader, AppError> {
    headroom.read(settings::reader)
}

fn credits(amount: &str) -> Value {
    Value::Credits(amount.to_owned())
}

fn dollars(amount: &str) -> Value {
    Value::Dollars(amount.to_owned())
}

/// Turning Kiro's switch: of which account, how it stands, and what it costs.
fn turning(overview: &OverviewView, enabled: bool, shows_amounts: bool) -> Wording {
    let (account, overage) = (&overview.account.name, &overview.overage);
    let mut means = vec![if overage.enabled { say!("overage-is-on") } else { say!("overage-is-off") }];
    let does = if enabled {
        let price = dollars(&overage.unit_price);
        means.push(match &overage.allowance {
            Some(allowance) => say!("overage-would-cost", allowance = credits(allowance), price),
            // Kiro names no limit.
            None => say!("overage-would-cost-beyond", price),
        });
        let at_pace = overage.charge_at_this_pace.filter(|charge| shows_amounts && !charge.is_zero());
        means.extend(at_pace.map(|charge| say!("overage-at-pace", charge)));
        say!("allow-overage", price = dollars(&overage.unit_price))
    } else {
        let pools = &overview.pools;
        let allowance = overage.allowance.as_deref().map(credits);
        means.push(match allowance.clone() {
            Some(allowance) => say!("overage-would-stop", allowance),
            None => say!("overage-would-stop-beyond"),
        });
        let beyond = pools.overage.filter(|beyond| shows_amounts && !beyond.is_zero());
        if let Some(extra) = beyond {
            means.push(match &pools.overage_charge {
                Some(charge) => say!("overage-stays-charged", extra, charge = dollars(charge)),
                None => say!("overage-stays", extra),
            });
        }
        match allowance {
            Some(allowance) => say!("stop-overage", allowance),
            None => say!("stop-overage-beyond"),
        }
    };
    means.push(say!("kiro-is-asked-once"));
    let asks = if enabled { say!("allow-overage-of", account) } else { say!("stop-overage-of", account) };
    Wording { asks, means, does }
}

/// Whether the person agrees to have the overage switch turned at the vendor. Refused, without a question, while the last
/// turn is younger than a minute.
pub(super) fn to_turn_the_switch(
    host: &dyn Host,
    account: AccountNumber,
    enabled: bool,
) -> Result<bool, AppError> {
    let headroom = host.headroom()?;
    headroom.refuse_unless_writable()?;
    headroom.read(|store| vendors::switch::refuse_too_soon(store, account.into(), headroom.now()))?;
    let shows_amounts = !headroom.read(settings::hides_numbers)?;
    let wording = turning(&headroom.overview(account)?, enabled, shows_amounts);
    host.consents(&wording.spoken(reader(&headroom)?))
}

/// Whether the person agrees to have an account removed. The sample can be opened again, and of one that was only just
/// added nothing is lost, so nobody is asked.
pub(super) fn to_remove(host: &dyn Host, account: AccountNumber) -> Result<bool, AppError> {
    let headroom = host.headroom()?;
    let (account, is_empty) = headroom.read(|store| {
        let account = find(store, account.into())?;
        let is_empty = !store.is_anything_recorded(account.id)?;
        Ok((account, is_empty))
    })?;
    if account.sample || is_empty {
        return Ok(true);
    }
    let account = account.name;
    let means = vec![say!("removal-goes"), say!("vendors-files-stay")];
    let wording = Wording { asks: say!("remove-account", account), means, does: say!("remove") };
    host.consents(&wording.spoken(reader(&headroom)?))
}

/// Whether the person agrees to have everything deleted.
pub(super) fn to_delete_all(host: &dyn Host) -> Result<bool, AppError> {
    let means = vec![say!("everything-goes"), say!("vendors-files-stay")];
    let wording = Wording { asks: say!("delete-everything"), means, does: say!("delete-for-good") };
    host.consents(&wording.spoken(reader(&*host.headroom()?)?))
}

/// Whether the person agrees to have a key kept that was pasted in the window.
pub(super) fn to_keep_a_key(host: &dyn Host) -> Result<bool, AppError> {
    let wording =
        Wording { asks: say!("keep-key"), means: vec![say!("key-goes-to-kilo")], does: say!("keep") };
    host.consents(&wording.spoken(reader(&*host.headroom()?)?))
}

/// Whether the person agrees to have damaged data restored. Where nothing can be opened, no language is known but the
/// machine's.
pub(super) fn to_restore(host: &dyn Host) -> Result<bool, AppError> {
    let chosen = host.headroom().and_then(|headroom| reader(&headroom));
    let means = vec![say!("restoring-replaces"), say!("damaged-is-kept")];
    let wording = Wording { asks: say!("restore-copy"), means, does: say!("restore") };
    host.consents(&wording.spoken(chosen.unwrap_or_else(|_| Language::chosen(None).reader())))
}
