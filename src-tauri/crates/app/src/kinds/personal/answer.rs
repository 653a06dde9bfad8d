//! The first view of somebody's own account at Kilo, written from how it stands.

use super::standing::{KNOW_ALL, Standing, price_list, told};
use crate::answers::{
    BlockView, InvoiceView, Naming, NextChargeView, OwnPassState, OwnPassView, OwnTopUpView, PersonalView,
    Remaining, SpentAxisView, text,
};
use crate::charges;
use crate::kinds::balance_why::Known;
use crate::kinds::kind::{self, Beside};
use crate::kinds::left::{Machine, burn};
use crate::kinds::next_charge::LeftOut;
use crate::kinds::spent_axis::OnAxis;
use crate::quoted::own::Said;
use headroom_billing::LineKind;
use headroom_billing::personal::{NextCharge, PassState, ToldPass};
use headroom_exact::{Balance, Moment};
use headroom_sources::observation::{CreditBlock, OwnBlocks, OwnPass, PassSubscription};

fn blocks(said: &Said<OwnBlocks>, now: Moment) -> Vec<BlockView> {
    let is_there = |block: &&CreditBlock| block.expires_at.is_none_or(|end| end > now);
    let mut left: Vec<_> = said.told.left.iter().filter(is_there).collect();
    left.sort_by_key(|block| (block.expires_at.is_none(), block.expires_at));
    let view = |block: &CreditBlock| BlockView {
        left: block.left.to_string(),
        expires_at: text(block.expires_at),
        free: block.free,
    };
    left.into_iter().map(view).collect()
}

fn top_up(standing: &Standing) -> Option<OwnTopUpView> {
    let said = standing.quoted.top_up.as_ref();
    let in_blocks = standing.quoted.blocks.as_ref().filter(|said| said.told.auto_top_up.is_some());
    let at = said.map(|said| said.at).max(in_blocks.map(|said| said.at))?;
    let is_on = standing.is_topped_up == Some(true);
    let amount = said.and_then(|said| said.told.amount).filter(|_| is_on);
    let threshold = standing.little.filter(|_| is_on);
    let left = standing.balance.map(|(_, left)| left);
    Some(OwnTopUpView {
        enabled: standing.is_topped_up,
        amount: text(amount),
        threshold: text(threshold),
        due: left.zip(threshold).is_some_and(|(left, threshold)| left < Balance::of_money(threshold)),
        at,
    })
}

const fn state(state: PassState) -> OwnPassState {
    match state {
        PassState::Runs => OwnPassState::Runs,
        PassState::Ends => OwnPassState::Ends,
        PassState::Fails => OwnPassState::Fails,
        PassState::Paused => OwnPassState::Paused,
        PassState::Pending => OwnPassState::Pending,
        PassState::Over => OwnPassState::Over,
        PassState::Unknown => OwnPassState::Unknown,
    }
}

/// Of a subscription; of none, that there is none.
fn pass(said: &Said<OwnPass>, next: &NextCharge, now: Moment) -> OwnPassView {
    let nothing = PassSubscription::default();
    let subscription = said.told.subscription.as_ref();
    let of = subscription.unwrap_or(&nothing);
    let pass = told(of);
    let tier = pass.tier_of(price_list());
    let name = tier.map_or_else(|| of.tier.clone(), |tier| tier.name.clone());
    OwnPassView {
        at: said.at,
        state: subscription.map_or(OwnPassState::None, |_| state(pass.state)),
        name: subscription.map(|_| name),
        tier_known: tier.is_some(),
        status: subscription.map(|subscription| subscription.status.clone()),
        yearly: match of.cadence.as_deref() {
            Some("monthly") => Some(false),
            Some("yearly") => Some(true),
            _ => None,
        },
        streak: of.streak,
        of_this_month: subscription.is_some() && pass.is_of_the_running_month(now),
        month_ends_at: text(pass.month_ends_at()),
        base: text(of.base),
        used: text(of.used),
        bonus: text(of.bonus),
        bonus_ahead: text(of.bonus_ahead.filter(|_| of.bonus.is_none())),
        unlocks_after: text(pass.unlocks_after(now)),
        next_bonus: text(of.next_bonus),
        next_charge: own_charge(next),
        next_charge_at: text(next_at(next)),
        ends_at: text(ends_at(&pass)),
        resumes_at: text(of.resumes_at.filter(|at| pass.state == PassState::Paused && *at > now)),
    }
}

/// What the Pass itself is charged, without what comes to it.
fn own_charge(next: &NextCharge) -> Option<String> {
    match next {
        NextCharge::Charge { charge, .. } => Some(charge.invoice.amount_of(LineKind::Pass).to_string()),
        NextCharge::Nothing | NextCharge::AmountUnknown(_) | NextCharge::Unknown => None,
    }
}

fn next_at(next: &NextCharge) -> Option<Moment> {
    match next {
        NextCharge::Charge { charge, .. } => Some(charge.invoice.issued_at),
        NextCharge::AmountUnknown(at) => Some(*at),
        NextCharge::Nothing | NextCharge::Unknown => None,
    }
}

/// When it ends, where it does.
fn ends_at(pass: &ToldPass<'_>) -> Option<Moment> {
    pass.next_billing_at.filter(|_| pass.state == PassState::Ends)
}

fn invoice(standing: &Standing) -> (NextChargeView, Option<InvoiceView>) {
    let naming = Naming { edition: None, tax_name: None, tax_percent: None };
    match &standing.next_charge {
        NextCharge::Charge { charge, .. } => {
            let view = charges::view(charge, |invoice| naming.invoice(invoice));
            (NextChargeView::Known, Some(view))
        }
        NextCharge::AmountUnknown(_) => (NextChargeView::AmountUnknown, None),
        NextCharge::Nothing => match standing.is_topped_up {
            Some(true) => (NextChargeView::TopUp, None),
            Some(false) => (NextChargeView::Nothing, None),
            None => (NextChargeView::NothingForPass, None),
        },
        NextCharge::Unknown => (NextChargeView::Unknown, None),
    }
}

/// The running month by day.
fn axis(standing: &Standing, next_charge: Option<&InvoiceView>) -> Option<SpentAxisView> {
    let purchases = standing.quoted.blocks.as_ref().map(|said| said.told.purchases.as_slice());
    let charge = next_charge.filter(|charge| !charge.at_least).map(|charge| charge.total.clone());
    let on_axis = OnAxis {
        spent: standing.spent.as_ref(),
        before: &standing.before,
        goes_on: standing.spent.as_ref().and_then(|spent| spent.of_all(&KNOW_ALL)),
        outlook: standing.outlook.as_ref(),
        balance: standing.balance.map(|(_, left)| left),
        is_topped_up: standing.is_topped_up == Some(true),
        purchases: purchases.unwrap_or_default(),
        expiring: &standing.expiring,
        ended: &standing.ended,
        pass_ends: standing.pass_ends,
        renewals: next_at(&standing.next_charge).into_iter().map(|at| (at, charge.clone())).collect(),
        now: standing.as_of,
    };
    on_axis.view()
}

/// With what is to be known beside it.
pub(super) fn personal(standing: Standing, beside: Beside) -> PersonalView {
    let now = standing.as_of;
    let quoted = &standing.quoted;
    let (next, next_charge) = invoice(&standing);
    let known = Known {
        balance: standing.balance,
        outlook: standing.outlook.as_ref(),
        is_topped_up: standing.is_topped_up == Some(true),
        is_charged: next_charge.is_some(),
        is_sample: standing.account.sample,
        spent: standing.spent.as_ref(),
        now,
    };
    PersonalView {
        verdict: super::verdict::of(&standing, beside.refresh.too_old.as_ref()),
        unreadable: beside.unreadable,
        as_of: now,
        why: known.why(),
        balance: text(standing.balance.map(|(_, left)| left)),
        remaining: standing.balance.map_or(Remaining::NotKnown, |(_, left)| Remaining::Dollars(left)),
        balance_at: standing.balance.map(|(at, _)| at),
        blocks: quoted.blocks.as_ref().map(|said| blocks(said, now)),
        blocks_at: quoted.blocks.as_ref().map(|said| said.at),
        top_up: top_up(&standing),
        pass: quoted.pass.as_ref().map(|said| pass(said, &standing.next_charge, now)),
        burn: standing
            .outlook
            .as_ref()
            .map(|outlook| burn(outlook, standing.is_topped_up == Some(true), now)),
        spend: standing.spent.as_ref().map(|spent| spent.view(standing.first_day, now)),
        axis: axis(&standing, next_charge.as_ref()),
        next_charge,
        next_charge_left_out: kind::Standing::charged_next(&standing).left_out.map(LeftOut::view),
        next,
        machine: standing.machine.as_ref().map(Machine::view),
        notes: standing.notes,
        refresh: beside.refresh,
        account: standing.account,
    }
}
