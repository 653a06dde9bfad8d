//! What Kilo's answers are worth: V1 by the id of the user or of the organisation, V2 and V3 question by question, since one
//! that can't be followed takes down only what it alone answers.

use super::Worth;
use headroom_exact::{Balance, Moment, say};
use headroom_sources::observation::{OwnBalance, OwnBlocks, OwnPass, OwnTopUp, TeamSnapshot};

/// The most dollars of credits that anybody can have, have spent or buy.
const MOST: Balance = Balance::of_millionths(1_000_000_000_000_000);
/// And below zero.
const LEAST: Balance = Balance::of_millionths(-1_000_000_000_000_000);

/// A billing so many days ahead, by the month and by the year, isn't one that can be read.
const READABLE_DAYS: i64 = 62;
const READABLE_DAYS_OF_A_YEAR: i64 = 400;

/// Whether a user or an organisation is the account's (V1). Where nobody said yet whose the account is, the only account is
/// that of whoever is signed in.
pub(crate) fn is_ours(known: Option<&str>, named: &str, is_the_only_one: bool) -> bool {
    known.map_or(is_the_only_one, |known| known == named)
}

/// What an answer about a team is worth, as a whole: one that names another organisation is that one's.
pub(crate) fn of_team((account, organisation): (&str, &str), team: &TeamSnapshot) -> Worth {
    if team.id.as_deref().is_some_and(|named| !is_ours(Some(organisation), named, false)) {
        return Worth::NotOurs(say!("team-of-another", vendor = "Kilo", account));
    }
    let pass = team.pass.as_ref();
    let agreement = pass.and_then(|pass| pass.agreement.as_ref());
    let month = pass.and_then(|pass| pass.month.as_ref());
    let of_agreement = agreement.into_iter().flat_map(|of| [of.price, of.base, of.bonus, of.unlock]);
    let of_month = month.into_iter().flat_map(|of| [of.base, of.bonus, of.unlocked, of.spent, of.target]);
    let blocks = team.blocks.iter().flatten().map(|block| block.left);
    let bought = team.purchases.iter().flatten().map(|bought| bought.amount);
    let of_members =
        team.members.iter().flat_map(|member| [member.daily_limit, member.spent_today]).flatten();
    let told = [team.balance, team.top_up_amount].into_iter().flatten();
    let amounts = told.chain(of_agreement).chain(of_month).chain(blocks).chain(bought).chain(of_members);
    sound(amounts)
}

/// What an answer to one of the questions about somebody's own account is worth, said at a moment by a clock that can be right
/// or not.
pub(crate) trait Weigh {
    fn weigh(&self, at: Moment, clock_is_plausible: bool) -> Worth;
}

impl Weigh for OwnBalance {
    fn weigh(&self, _: Moment, _: bool) -> Worth {
        sound([self.left])
    }
}

impl Weigh for OwnTopUp {
    fn weigh(&self, _: Moment, _: bool) -> Worth {
        sound(self.amount)
    }
}

impl Weigh for OwnBlocks {
    fn weigh(&self, at: Moment, clock_is_plausible: bool) -> Worth {
        let left = self.left.iter().map(|block| block.left);
        let bought = self.purchases.iter().map(|bought| bought.amount);
        if self.purchases.iter().any(|bought| clock_is_plausible && bought.at > at.plus_days(1)) {
            return Worth::Odd(say!("odd-bought-ahead"));
        }
        sound(left.chain(bought).chain(self.total))
    }
}

impl Weigh for OwnPass {
    fn weigh(&self, at: Moment, _: bool) -> Worth {
        let Some(pass) = &self.subscription else { return Worth::Leads };
        // Where nobody says how it is paid, a year may be paid at once.
        let most_days =
            if pass.cadence.as_deref() == Some("monthly") { READABLE_DAYS } else { READABLE_DAYS_OF_A_YEAR };
        let is_far = |end: Moment, days: i64| end.seconds_since(at).abs() > days.saturating_mul(86_400);
        if pass.next_billing_at.is_some_and(|end| is_far(end, most_days))
            || pass.next_issue_at.is_some_and(|end| is_far(end, READABLE_DAYS))
        {
            return Worth::Odd(say!("odd-billing-far"));
        }
        let amounts = [pass.base, pass.used, pass.bonus, pass.bonus_ahead, pass.next_bonus];
        let worth = sound(amounts.into_iter().flatten());
        if worth != Worth::Leads {
            return worth;
        }
        let is_yearly = pass.cadence.as_deref() == Some("yearly");
        match pass.next_issue_at.or(pass.next_billing_at.filter(|_| !is_yearly)) {
            Some(end) if end <= at => Worth::LastWord(end),
            Some(_) | None => Worth::Leads,
        }
    }
}

/// Figures lead where they can be right. They are of the moment that they were asked for: a balance has no cycle.
fn sound(amounts: impl IntoIterator<Item = Balance>) -> Worth {
    let is_too_much = amounts.into_iter().any(|amount| amount > MOST || amount < LEAST);
    if is_too_much { Worth::Odd(say!("odd-too-much")) } else { Worth::Leads }
}

#[cfg(test)]
mod tests;
