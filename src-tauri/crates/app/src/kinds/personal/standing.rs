//! How somebody's own account at Kilo stands: what Kilo says it has, how fast that is spent, what Kilo Pass charges next.

use crate::account::{self, Stated};
use crate::answers::{AccountSummary, ChargeNote, SpendSource};
use crate::catalog;
use crate::days::DAYS_SHOWN;
use crate::error::AppError;
use crate::kinds::ended_credits;
use crate::kinds::left::{Expiring, Machine, Remaining, TOP_UPS_AHEAD, balance_differs};
use crate::kinds::month_before::MonthBefore;
use crate::kinds::spending::{self, Spent};
use crate::quoted::own::QuotedOwn;
use chrono::{Days, NaiveDate};
use headroom_billing::Assumption;
use headroom_billing::advice::Part;
use headroom_billing::catalog::TeamEdition;
use headroom_billing::personal::{NextCharge, PassState, ToldPass};
use headroom_billing::team::{AutomaticTopUp, Outlook, Terms, ToldBalance, TopUpCurrent};
use headroom_exact::{Balance, Moment, Money, Month};
use headroom_sources::observation::{OwnPass, PassSubscription};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};

/// Who knows all of what somebody spends of their own credits. This machine may have spent a team's too.
pub(super) const KNOW_ALL: [SpendSource; 2] = [SpendSource::Own, SpendSource::Export];

/// The price list that Kilo Pass is in: the newest that has it, else the usual one.
pub(super) fn price_list() -> &'static TeamEdition {
    let catalog = catalog::in_use();
    let with_pass = catalog.team_editions().iter().rev().find(|edition| edition.pass.is_some());
    with_pass.unwrap_or_else(|| catalog.default_team_edition())
}

/// A subscription as the engine reads it.
pub(super) fn told(subscription: &PassSubscription) -> ToldPass<'_> {
    ToldPass {
        tier: &subscription.tier,
        state: PassState::told(&subscription.status, subscription.ends),
        cadence: subscription.cadence.as_deref(),
        provider: subscription.provider.as_deref(),
        started_at: subscription.started_at,
        next_billing_at: subscription.next_billing_at,
        next_issue_at: subscription.next_issue_at,
        base: subscription.base,
        used: subscription.used,
        // A bonus that came is there.
        unlocked: subscription
            .bonus
            .filter(|bonus| bonus.is_positive())
            .map(|_| true)
            .or(subscription.unlocked),
    }
}

/// What Kilo Pass charges next; none while Kilo hasn't said whether there is one.
pub(super) fn next_charge(quoted: &QuotedOwn, now: Moment) -> NextCharge {
    let Some(said) = &quoted.pass else { return NextCharge::Unknown };
    let Some(subscription) = &said.told.subscription else { return NextCharge::Nothing };
    told(subscription).next_charge(price_list(), now)
}

/// What is to be known about it: what Kilo says of Kilo Pass and doesn't belong together, and what it rests on.
pub(super) fn notes(quoted: &QuotedOwn, next: &NextCharge, now: Moment) -> Vec<ChargeNote> {
    let subscription = quoted.pass.as_ref().and_then(|said| said.told.subscription.as_ref());
    let differs = subscription.and_then(|subscription| told(subscription).contradiction(price_list(), now));
    let differs = differs.map(|(tier, base)| ChargeNote::PassDiffers {
        tier: tier.name.clone(),
        listed: tier.terms.price.to_string(),
        told: base.whole_cents().map_or_else(|| base.to_string(), |cents| cents.to_string()),
    });
    let assumptions: &[Assumption] = match next {
        NextCharge::Charge { assumptions, .. } => assumptions,
        NextCharge::Nothing | NextCharge::AmountUnknown(_) | NextCharge::Unknown => &[],
    };
    let assumed = assumptions.iter().map(|assumption| ChargeNote::Assumed { assumption: *assumption });
    differs.into_iter().chain(assumed).collect()
}

/// The automatic top-up as Kilo tells it, up to what Kilo Pass charges next; none where it is off or how much it buys isn't
/// known.
fn automatic(quoted: &QuotedOwn, next: &NextCharge, now: Moment) -> Option<AutomaticTopUp> {
    let is_on = is_topped_up(quoted) == Some(true);
    let amount = quoted.top_up.as_ref().filter(|_| is_on)?.told.amount?.whole_cents()?;
    let threshold = price_list().top_up.as_ref()?.personal_threshold?;
    let until = match next {
        NextCharge::Charge { charge, .. } => charge.invoice.issued_at,
        NextCharge::AmountUnknown(at) => *at,
        NextCharge::Nothing | NextCharge::Unknown => now.plus_days(TOP_UPS_AHEAD),
    };
    Some(AutomaticTopUp { switch: TopUpCurrent { amount, threshold, paused: false }, until })
}

/// What top-ups that come by themselves rest on.
fn of_top_ups(outlook: Option<&Outlook>) -> Vec<ChargeNote> {
    let is_topped_up = outlook.is_some_and(|outlook| outlook.automatic.is_some());
    let assumptions = [Assumption::OwnPurchases, Assumption::AutomaticTopUp];
    let notes = assumptions.map(|assumption| ChargeNote::Assumed { assumption });
    notes.into_iter().filter(|_| is_topped_up).collect()
}

/// How it stands.
pub(crate) struct Standing {
    pub(super) account: AccountSummary,
    pub(super) as_of: Moment,
    pub(super) quoted: QuotedOwn,
    /// What is left at most, and when Kilo said so.
    pub(super) balance: Option<(Moment, Balance)>,
    /// What goes before it is spent, the next first.
    pub(super) expiring: Vec<Expiring>,
    /// What went in this month.
    pub(super) ended: Vec<Expiring>,
    /// When Kilo Pass ends or ended, where it does.
    pub(super) pass_ends: Option<Moment>,
    /// How fast it is spent, and when nothing is left of it.
    pub(super) outlook: Option<Outlook>,
    pub(super) spent: Option<Spent>,
    /// What is told of the month before.
    pub(super) before: MonthBefore,
    /// The first of the days that charts show.
    pub(super) first_day: NaiveDate,
    /// Whether credits are bought by themselves; none where Kilo doesn't say.
    pub(super) is_topped_up: Option<bool>,
    /// Less than that is little: below it credits are bought by themselves, where that is on.
    pub(super) little: Option<Money>,
    pub(super) next_charge: NextCharge,
    pub(super) notes: Vec<ChargeNote>,
    pub(super) machine: Option<Machine>,
}

impl Standing {
    /// Of an account, now.
    pub(super) fn of(store: &Store, account: &Account, now: Moment) -> Result<Self, AppError> {
        let id = account.id;
        let quoted = QuotedOwn::newest(store, id, now)?;
        let today = now.date();
        let first_day = today.checked_sub_days(Days::new(DAYS_SHOWN.saturating_sub(1))).unwrap_or(today);
        // The month's first day can be earlier than the days shown by one.
        let from = first_day.min(Month::of(now).first_date());
        let spent = spending::of_ones_own(store, id, (from, today), now)?;
        let before = (Month::of(now).plus(-1), now);
        let before =
            spent.as_ref().map(|spent| MonthBefore::of(store, id, spent.source, before)).transpose()?;
        let before = before.unwrap_or_default();
        let told = quoted.left();
        let remaining = told.map(|told| remaining(told, &quoted, now));
        let balance = told.zip(remaining.as_ref()).and_then(|((at, _), left)| Some((at, left.balance?)));
        let next_charge = next_charge(&quoted, now);
        // Where less is left than triggers it, one is due by now: when it comes, and from then on, isn't known.
        let is_due = |of: &AutomaticTopUp| balance.is_some_and(|(_, left)| of.switch.is_due(left));
        let automatic = automatic(&quoted, &next_charge, now).filter(|of| !is_due(of));
        let outlook = spent.as_ref().and_then(|spent| {
            // Where what is left isn't known, neither is until when it lasts.
            let told = told.filter(|_| balance.is_some()).map(|told| told_balance(told, &quoted));
            let terms = Terms::of_list(price_list());
            let spending = spent.of_all(&KNOW_ALL)?;
            Outlook::of_what_is_left(&spending, told.as_ref(), automatic.map(|switch| (switch, &terms)), now)
        });
        let listed = quoted.blocks.as_ref().map(|said| (said.at, said.told.left.as_slice()));
        let differs = told.zip(listed).and_then(|(told, listed)| balance_differs(told, listed));
        let ended = remaining.into_iter().flat_map(|remaining| remaining.notes);
        Ok(Self {
            as_of: now,
            expiring: Expiring::of(listed.map(|(_, left)| left).unwrap_or_default(), now),
            ended: ended_credits::in_this_month(now, |by| {
                let said = QuotedOwn::blocks_by(store, id, by)?;
                Ok(said.map(|said| (said.at, said.told.left)))
            })?,
            pass_ends: pass_ends(store, id, &quoted, now)?,
            outlook,
            spent,
            first_day,
            before,
            is_topped_up: is_topped_up(&quoted),
            little: price_list().top_up.as_ref().and_then(|offer| offer.personal_threshold),
            notes: ended
                .chain(differs)
                .chain(notes(&quoted, &next_charge, now))
                .chain(of_top_ups(outlook.as_ref()))
                .collect(),
            next_charge,
            machine: Machine::of(store, id, now)?,
            balance,
            quoted,
            account: account::summary(account, Stated { ready: true, plan: None, facts: None, team: None })?,
        })
    }

    /// Where Kilo Pass stands, where there is one.
    pub(super) fn pass_state(&self) -> Option<PassState> {
        let said = self.quoted.pass.as_ref()?;
        said.told.subscription.as_ref().map(|subscription| told(subscription).state)
    }
}

/// What is left of what was told.
fn remaining(told: (Moment, Balance), quoted: &QuotedOwn, now: Moment) -> Remaining {
    let blocks = quoted.blocks.as_ref().map(|said| (said.at, said.told.left.as_slice()));
    let renews = quoted.pass.as_ref().and_then(|said| said.told.subscription.as_ref());
    let renews = renews.into_iter().flat_map(|pass| [pass.next_billing_at, pass.next_issue_at]).flatten();
    let has_renewed = renews.into_iter().any(|at| told.0 < at && at <= now);
    Remaining::of(told, blocks.unwrap_or((told.0, &[])), has_renewed, now)
}

/// When Kilo Pass ends: as Kilo says while it runs, and once it is over as it last said before.
fn pass_ends(
    store: &Store,
    id: AccountId,
    quoted: &QuotedOwn,
    now: Moment,
) -> Result<Option<Moment>, AppError> {
    let Some(said) = &quoted.pass else { return Ok(None) };
    let state = |pass: &OwnPass| pass.subscription.as_ref().map(|subscription| told(subscription).state);
    let is_over = matches!(state(&said.told), None | Some(PassState::Over));
    let ends = |pass: &OwnPass| {
        let subscription = pass.subscription.as_ref().filter(|_| state(pass) == Some(PassState::Ends));
        subscription.and_then(|subscription| subscription.next_billing_at)
    };
    if !is_over {
        return Ok(ends(&said.told));
    }
    let last = QuotedOwn::last_pass(store, id, now, |pass| state(pass) == Some(PassState::Ends))?;
    Ok(last.and_then(|pass| ends(&pass)).filter(|end| *end <= now))
}

/// With its parts, where they were told at the same time.
fn told_balance((at, balance): (Moment, Balance), quoted: &QuotedOwn) -> ToldBalance {
    let blocks = quoted.blocks.iter().filter(|said| said.at == at).flat_map(|said| &said.told.left);
    let parts = blocks.map(|block| Part { left: block.left, expires_at: block.expires_at }).collect();
    ToldBalance { at, balance, parts }
}

/// Whether credits are bought by themselves, by Kilo's newer word; where it said both at the same time nobody knows.
fn is_topped_up(quoted: &QuotedOwn) -> Option<bool> {
    let in_blocks = quoted.blocks.as_ref().and_then(|said| Some((said.at, said.told.auto_top_up?)));
    let told = quoted.top_up.as_ref().and_then(|said| Some((said.at, said.told.enabled?)));
    match (told, in_blocks) {
        (Some(told), Some(in_blocks)) if in_blocks.0 > told.0 => Some(in_blocks.1),
        (Some(told), Some(in_blocks)) if in_blocks.0 == told.0 && in_blocks.1 != told.1 => None,
        (told, in_blocks) => told.or(in_blocks).map(|(_, enabled)| enabled),
    }
}
