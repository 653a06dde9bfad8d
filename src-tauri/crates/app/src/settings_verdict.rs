//! What the settings come to, in a sentence: whose word the accounts' numbers are, and what is to be settled.

use crate::answers::{AccountSummary, Judgement, Settings, VerdictView};
use crate::vendors;
use headroom_exact::{Saying, say};

/// What they come to.
pub(crate) fn of(accounts: &[AccountSummary], settings: &Settings) -> VerdictView {
    let real = accounts.iter().filter(|account| !account.sample);
    let open = real.clone().filter(|account| !account.ready).count();
    let decided = match (real.clone().count(), open) {
        (0, _) => VerdictView::new(Judgement::Unknown, say!("verdict-settings-none")),
        (_, 0) => VerdictView::new(Judgement::Good, asked(settings)),
        (_, count) => {
            VerdictView::new(Judgement::Warn, say!("verdict-settings-open", count)).because([asked(settings)])
        }
    };
    let hidden = real.filter(|account| account.hidden).count();
    let samples = accounts.iter().filter(|account| account.sample).count();
    let count = |number: usize| (number > 0).then_some(number);
    decided
        .because(count(hidden).map(|count| say!("verdict-settings-hidden", count)))
        .because(count(samples).map(|count| say!("verdict-settings-samples", count)))
}

/// Who is asked for numbers.
fn asked(settings: &Settings) -> Saying {
    let vendors: Vec<_> = settings.asks.iter().map(|vendor| vendors::named(*vendor).called()).collect();
    match vendors.as_slice() {
        [] => say!("verdict-settings-files"),
        [only] => say!("verdict-settings-asks", vendor = *only),
        [first, second, ..] => say!("verdict-settings-asks-both", first = *first, second = *second),
    }
}
