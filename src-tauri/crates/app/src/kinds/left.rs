//! What is left of an account of Kilo's and goes before it is spent, and what this machine spent.

use super::spending;
use crate::answers::{
    Act, BurnView, ChargeNote, ExpiringView, Judgement, MachineView, TopUpsView, VerdictView, text,
};
use crate::error::AppError;
use crate::reported::left_out::Apart;
use crate::reported::{KILO_MACHINE, machine};
use chrono::NaiveDate;
use headroom_billing::Total;
use headroom_billing::personal::ended::{contradiction, most_left};
use headroom_billing::team::{Outlook, TopUps};
use headroom_exact::away::days_until;
use headroom_exact::saying::Value;
use headroom_exact::{Balance, Moment, Month, Saying, say};
use headroom_sources::observation::CreditBlock;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;

/// Top-ups that come by themselves are looked for so many days ahead, where nothing else says until when.
pub(crate) const TOP_UPS_AHEAD: u32 = 30;

/// Credits that go before they are spent.
pub(crate) struct Expiring {
    pub left: Balance,
    pub at: Moment,
    /// Whether they were given.
    pub free: bool,
}

impl Expiring {
    /// The purchases and gifts that go, the next first.
    pub(super) fn of(blocks: &[CreditBlock], now: Moment) -> Vec<Self> {
        let goes = |block: &CreditBlock| {
            let at = block.expires_at.filter(|end| *end > now)?;
            Some(Self { left: block.left, at, free: block.free })
        };
        let mut expiring: Vec<_> = blocks.iter().filter_map(goes).collect();
        expiring.sort_by_key(|block| block.at);
        expiring
    }

    /// As it is shown.
    pub(super) fn view(&self) -> ExpiringView {
        let Self { left, at, free } = *self;
        ExpiringView { left: left.to_string(), at: at.to_string(), free }
    }
}

/// That a balance isn't what its purchases and gifts come to, told at the same time; none of an older list.
pub(super) fn balance_differs(
    (told_at, told): (Moment, Balance),
    (blocks_at, blocks): (Moment, &[CreditBlock]),
) -> Option<ChargeNote> {
    let is_there = |block: &&CreditBlock| block.expires_at.is_none_or(|end| end > told_at);
    let left: Vec<_> = blocks.iter().filter(is_there).map(|block| block.left).collect();
    let listed = contradiction(told, &left).filter(|_| blocks_at == told_at)?;
    Some(ChargeNote::BalanceDiffers { listed: listed.to_string(), told: told.to_string() })
}

/// What is left of a balance that was told, once credits of it have ended since.
pub(crate) struct Remaining {
    /// The most that is left; none where that isn't known.
    pub balance: Option<Balance>,
    /// What has ended, the first to end first.
    pub notes: Vec<ChargeNote>,
}

impl Remaining {
    /// Of a balance and of purchases and gifts, each with the moment at which it was told.
    ///
    /// Of a purchase that was told earlier than the balance a part may have been spent in between: how much of the balance
    /// went with it isn't known, nor is it where more ended than the balance was, or where Kilo Pass has brought
    /// new ones since.
    pub(super) fn of(
        (told_at, told): (Moment, Balance),
        (blocks_at, blocks): (Moment, &[CreditBlock]),
        has_renewed: bool,
        now: Moment,
    ) -> Self {
        let has_ended = |end: Moment| told_at < end && end <= now;
        let ended = |block: &CreditBlock| Some((block.expires_at.filter(|end| has_ended(*end))?, block.left));
        let mut ended: Vec<_> =
            blocks.iter().filter_map(ended).filter(|(_, left)| left.is_positive()).collect();
        if ended.is_empty() {
            return Self { balance: Some(told), notes: Vec::new() };
        }
        let gone: Vec<_> = ended.iter().map(|(_, gone)| *gone).collect();
        let is_known = blocks_at == told_at && !has_renewed;
        let left = if is_known { most_left(told, &gone) } else { None };
        let Some(left) = left else { return Self { balance: None, notes: Vec::new() } };
        ended.sort();
        let note = |(end, gone): (Moment, Balance)| ChargeNote::CreditsEnded {
            gone: gone.to_string(),
            on: end.date().to_string(),
            left: left.to_string(),
        };
        Self { balance: Some(left), notes: ended.into_iter().map(note).collect() }
    }
}

/// What the requests of this machine come to.
pub(crate) struct Machine {
    pub this_month: Total<Balance>,
    pub last_day: NaiveDate,
    /// What isn't in it.
    pub apart: Apart,
}

impl Machine {
    pub(super) fn of(store: &Store, id: AccountId, now: Moment) -> Result<Option<Self>, AppError> {
        let Some(last_day) = store.last_reported_day(id, KILO_MACHINE)? else { return Ok(None) };
        let first_day = Month::of(now).first_date();
        let (rows, left_out) = machine::spent(store, id, (first_day, now.date()))?;
        let apart = left_out.of((first_day, now.date()));
        // Requests that came after the record was read aren't known, and are not none.
        let this_month = match spending::told(rows.iter()) {
            _ if last_day < first_day => Total::Unknown,
            Total::Whole(amount) => Total::of(amount, apart.is_part()),
            known @ (Total::AtLeast(_) | Total::Unknown) => known,
        };
        Ok(Some(Self { this_month, last_day, apart }))
    }

    /// As it is shown.
    pub(super) fn view(&self) -> MachineView {
        MachineView {
            this_month: text(self.this_month.known()),
            at_least: self.this_month.is_at_least(),
            last_day: Some(self.last_day.to_string()),
            left_out: spending::left_out_view(self.apart),
            missing: spending::left_out_says(self.apart).collect(),
        }
    }
}

/// So few days are left that something is to be done.
const FEW_DAYS: u32 = 7;

/// That it isn't known what is left: nothing was told, or credits have ended since.
pub(super) fn not_known(was_told: bool) -> VerdictView {
    let sentence = if was_told { say!("verdict-balance-too-old") } else { say!("verdict-balance-unknown") };
    VerdictView::new(Judgement::Unknown, sentence)
}

/// That so much is left, for what goes on after it; at most so much where credits have ended since it was told.
fn left(balance: Balance, notes: &[ChargeNote]) -> Saying {
    let has_ended = notes.iter().any(|note| matches!(note, ChargeNote::CreditsEnded { .. }));
    let balance = balance.rounded();
    if has_ended { say!("balance-left-at-most", balance) } else { say!("balance-left", balance) }
}

/// Until when a balance lasts, in a sentence; `not_known` says why it isn't known how fast it is spent.
pub(super) fn until(
    (balance, notes): (Balance, &[ChargeNote]),
    outlook: Option<&Outlook>,
    is_topped_up: bool,
    (not_known, now): (Saying, Moment),
) -> VerdictView {
    use Judgement::{Bad, Good, Unknown, Warn};
    let left = || left(balance, notes);
    let topped_up = || {
        let (none, some) = (say!("verdict-topped-up"), || say!("verdict-left-topped-up", left = left()));
        VerdictView::new(Good, if balance.is_positive() { some() } else { none })
    };
    let buy = |verdict: VerdictView| verdict.doing(Act::OpenVendor, say!("act-buy-credits"));
    let Some(outlook) = outlook.filter(|_| balance.is_positive() || is_topped_up) else {
        return match () {
            () if is_topped_up => topped_up(),
            () if balance.is_positive() => {
                VerdictView::new(Unknown, say!("verdict-balance-pace-unknown", left = left()))
                    .because([not_known])
            }
            () => buy(VerdictView::new(Bad, say!("verdict-spent"))),
        };
    };
    if let Some(top_ups) = &outlook.automatic {
        let (amount, on) = (top_ups.amount, Value::day(top_ups.first_at));
        let sentence = if balance.is_positive() {
            say!("verdict-left-tops-up", left = left(), amount, on)
        } else {
            say!("verdict-tops-up", amount, on)
        };
        return VerdictView::foretold(Good, sentence);
    }
    if is_topped_up {
        return topped_up();
    }
    let left = left();
    let Some((at, days)) = outlook.run_out_at.zip(outlook.days_left) else {
        return VerdictView::new(Good, say!("verdict-nothing-spent", left));
    };
    let (on, count) = (Value::day(at), days_until(at, now));
    match days {
        0..2 => buy(VerdictView::foretold(Warn, say!("verdict-balance-ends", left, at))),
        2..FEW_DAYS => buy(VerdictView::foretold(Warn, say!("verdict-balance-runs-out", left, on, count))),
        _ => VerdictView::foretold(Good, say!("verdict-balance-lasts", left, on, count)),
    }
}

/// How fast it is spent, and how long it lasts; with credits that are bought by themselves it doesn't run out.
pub(super) fn burn(outlook: &Outlook, is_topped_up: bool, now: Moment) -> BurnView {
    let run_out_at = outlook.run_out_at.filter(|_| !is_topped_up);
    BurnView {
        a_day: outlook.a_day,
        days_seen: outlook.days_seen,
        run_out_at: text(run_out_at),
        days_left: run_out_at.map(|at| days_until(at, now)),
        top_up: text(outlook.top_up),
        automatic: outlook.automatic.as_ref().map(top_ups),
    }
}

fn top_ups(top_ups: &TopUps) -> TopUpsView {
    let TopUps { amount, charge, first_at, more, until, charges } = *top_ups;
    TopUpsView {
        amount: amount.to_string(),
        charge: charge.to_string(),
        first_at: first_at.to_string(),
        more,
        until: until.to_string(),
        charges: charges.to_string(),
    }
}
