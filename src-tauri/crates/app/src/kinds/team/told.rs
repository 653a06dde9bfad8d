//! What Kilo's word and the owner's come to: paid seats, Kilo Pass, the automatic top-up. Kilo's leads; what neither says isn't
//! known.

use crate::answers::{ChargeNote, TeamFacts};
use crate::catalog;
use crate::error::AppError;
use headroom_billing::catalog::{PassOffer, PassTerms, TopUpOffer};
use headroom_billing::team::TopUpCurrent;
use headroom_exact::{Balance, Moment, Money};
use headroom_sources::observation::{PassAgreement, PassSnapshot, TeamSnapshot};
use headroom_sources::wire::missing::TeamPart;

/// Kilo Pass that runs.
#[derive(Clone)]
pub(super) struct RunningPass {
    pub terms: PassTerms,
    /// Whether it ends with the cycle.
    pub ends: bool,
}

/// The newest price list's offer of Kilo Pass: by it the tiers that Kilo names are known.
fn offer() -> Option<&'static PassOffer> {
    catalog::in_use().team_editions().iter().rev().find_map(|edition| edition.pass.as_ref())
}

fn top_up_offer() -> Option<&'static TopUpOffer> {
    catalog::in_use().team_editions().iter().rev().find_map(|edition| edition.top_up.as_ref())
}

/// Whether an agreement runs, by its state; none where the state isn't one that is known.
fn runs(pass: &PassSnapshot) -> Option<bool> {
    match pass.state.as_str() {
        "active" | "cancel_at_period_end" => Some(true),
        "unavailable" | "pending_payment" | "ended" => Some(false),
        _ => None,
    }
}

/// Its terms as Kilo quotes them: dollars and cents, else they aren't known.
fn quoted_terms(agreement: &PassAgreement) -> Option<PassTerms> {
    let tier = offer().and_then(|offer| offer.told_as(&agreement.tier));
    Some(PassTerms {
        tier: tier.map_or_else(|| agreement.tier.as_str().into(), |tier| tier.id.as_str().into()),
        price: agreement.price.whole_cents()?,
        base: agreement.base.whole_cents()?,
        bonus: agreement.bonus.whole_cents()?,
        unlock: agreement.unlock.whole_cents()?,
        upfront: agreement.upfront,
    })
}

/// What Kilo says of Kilo Pass.
pub(super) enum ToldPass {
    /// There is none.
    Nothing,
    /// It runs.
    Runs(RunningPass),
}

/// What Kilo says of Kilo Pass; none where that isn't known.
pub(super) fn told_pass(team: &TeamSnapshot) -> Option<ToldPass> {
    let pass = team.pass.as_ref()?;
    if !runs(pass)? {
        return Some(ToldPass::Nothing);
    }
    let terms = quoted_terms(pass.agreement.as_ref()?)?;
    Some(ToldPass::Runs(RunningPass { terms, ends: pass.state == "cancel_at_period_end" }))
}

/// Kilo Pass as it runs: as Kilo says, else as it is stated.
pub(super) fn running_pass(
    team: &TeamSnapshot,
    facts: Option<&TeamFacts>,
) -> Result<Option<RunningPass>, AppError> {
    match told_pass(team) {
        Some(ToldPass::Nothing) => return Ok(None),
        Some(ToldPass::Runs(pass)) => return Ok(Some(pass)),
        None => {}
    }
    let stated = facts.map(TeamFacts::stated_pass).transpose()?.flatten();
    Ok(stated.map(|stated| RunningPass { terms: stated.terms, ends: false }))
}

/// Whether Kilo Pass may be charged beside what is known to be: Kilo's word of it can't be followed, and nobody stated it.
pub(super) fn pass_may_be_charged(team: &TeamSnapshot, facts: Option<&TeamFacts>) -> Result<bool, AppError> {
    let is_missing = team.missing.iter().any(|missing| missing.part == TeamPart::Pass);
    let is_open = told_pass(team).is_none() && (team.pass.is_some() || is_missing);
    Ok(is_open && facts.map(TeamFacts::stated_pass).transpose()?.flatten().is_none())
}

/// When Kilo Pass ends or ended, where Kilo says that it does and until when it is paid.
pub(super) fn pass_ends(team: &TeamSnapshot) -> Option<Moment> {
    let pass =
        team.pass.as_ref().filter(|pass| matches!(pass.state.as_str(), "cancel_at_period_end" | "ended"))?;
    pass.agreement.as_ref()?.paid_through
}

/// Seats that are paid for, by the subscription. The count of seats has those that are free of charge in it; passes are one for
/// each paid seat. A team that bought none yet has a count of none: how many it pays for isn't told by that (T2).
pub(super) fn paid_seats(team: &TeamSnapshot) -> Option<u64> {
    let pass = team.pass.as_ref().filter(|pass| runs(pass) == Some(true));
    let passes = pass.and_then(|pass| pass.agreement.as_ref()?.passes);
    let some = |seats: &u64| *seats > 0;
    team.seats_paid.filter(some).or(passes.filter(some)).or(team.seats.filter(some))
}

/// Seats that the next cycle charges where Kilo says that they become fewer (T2). The count has those that are free of charge in
/// it: which of them go isn't said, so that it is followed where there are none of those, or where the subscription says it.
pub(super) fn next_seats(team: &TeamSnapshot) -> Option<u64> {
    let of_subscription = team.seats_paid_next.zip(paid_seats(team)).filter(|(next, paid)| next < paid);
    if let Some((next, _)) = of_subscription {
        return Some(next);
    }
    let (paid, next) = paid_seats(team).zip(team.seats_next)?;
    let has_free_ones = team.seats.is_none_or(|all| all != paid);
    Some(next).filter(|next| (1..paid).contains(next) && !has_free_ones)
}

/// That they become fewer.
pub(super) fn fewer_seats(team: &TeamSnapshot) -> Option<ChargeNote> {
    let (from, to) = paid_seats(team).zip(next_seats(team))?;
    Some(ChargeNote::FewerSeatsNext { from, to })
}

/// The automatic top-up.
#[derive(Clone, Copy)]
pub(super) struct TopUp {
    /// Whether it is on; none where nobody says.
    pub on: Option<bool>,
    /// Dollars at once; none where nobody says.
    pub amount: Option<Money>,
    /// Less than that triggers it, by the price list.
    pub threshold: Option<Money>,
}

impl TopUp {
    /// As Kilo says, else as it is stated.
    pub(super) fn of(team: &TeamSnapshot, facts: Option<&TeamFacts>) -> Result<Self, AppError> {
        let stated = facts.map(TeamFacts::stated_top_up).transpose()?.flatten();
        let on = team.auto_top_up.or(stated.map(|_| true));
        let amount = team.top_up_amount.and_then(Balance::whole_cents).or(stated);
        Ok(Self {
            on,
            amount: amount.filter(|_| on == Some(true)),
            threshold: top_up_offer().map(|offer| offer.threshold),
        })
    }

    /// The switch, where it is known to be on and what it buys is.
    pub(super) fn switch(self, is_failing: bool) -> Option<TopUpCurrent> {
        let (amount, threshold) = (self.amount?, self.threshold?);
        Some(TopUpCurrent { amount, threshold, paused: is_failing })
    }
}
