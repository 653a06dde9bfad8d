//! What a vendor's answer about the running month is worth (V4–V7, V10).

use super::Rules;
use super::beside::{amount, rows};
use super::pools::Covered;
use crate::model::calendar::{Time, month_around};
use crate::model::{Exact, Happening, decimal, rounded};
use num_traits::{Signed, Zero};
use serde_json::{Value, json};

/// What an answer says covered what was used, and what is charged for it.
pub(super) struct Split {
    pub(super) covered: Covered,
    /// Credits that are charged although the plan has room for them.
    pub(super) within: Exact,
    /// None where it isn't in dollars.
    pub(super) charge: Option<Exact>,
}

impl Split {
    /// The credits of overage.
    fn credits(&self) -> Exact {
        self.covered.overage + self.within
    }

    /// Whether overage is charged, in credits or in dollars alone.
    fn is_charged(&self) -> bool {
        self.credits().is_positive() || self.charge.as_ref().is_some_and(Signed::is_positive)
    }
}

/// The price of credits beyond the plan.
pub(super) fn priced(credits: &Exact) -> Exact {
    rounded(&(credits * decimal("0.04")), 2)
}

impl Rules {
    /// The answer at that place. What is beyond the plan and isn't charged was paid for by packs, where there are some.
    pub(super) fn split(&self, past: &[Happening], place: usize) -> Split {
        let (answer, before) = (&past[place], &past[..place]);
        let says = &answer.event;
        let start = month_around(answer.at).0;
        let plan = Self::plans(before, answer.at).0;
        let used = amount(&says["used"]).expect("it says so");
        let beyond_plan = amount(&says["overage"]);
        // What is left of the plan is its limit less what is used, whatever is charged beside it (V4).
        let from_plan = match Self::allowance(&past[..=place], plan, answer.at) {
            Some(limit) => used.min(limit),
            None => used,
        };
        let beyond = used - from_plan;
        let stated = self.month(before, start, plan).packs;
        let mut stated = stated.iter().filter(|(pack, _)| !pack.is_told);
        let has_packs = rows(says, "pack").next().is_some() || stated.any(|(pack, _)| !pack.has_ended(start));
        let told_charge = says["overage_charge"].as_str();
        // A charge without credits is for what lies beyond the plan, as far as anything does.
        let is_charge = told_charge.is_some_and(|charge| charge != "unknown" && !decimal(charge).is_zero());
        let is_told = beyond_plan.as_ref().is_some_and(|credits| !credits.is_zero() || !is_charge);
        let credits = if is_told || told_charge.is_none() { beyond_plan } else { Some(beyond) };
        let (charged, charge) = match (&credits, told_charge) {
            (None, _) => {
                let is_on =
                    says["enabled"].as_bool().unwrap_or_else(|| self.overage_is_on(before, answer.at));
                let runs = is_on && self.can_have_overage(&past[..=place], answer.at);
                // What the price list charges is never more than the vendor's cap allows.
                let most = amount(&says["overage_cap"]).map_or(beyond, |cap| cap.min(beyond));
                let charged = if runs && !has_packs { most } else { Exact::zero() };
                let charge = Some(priced(&charged));
                (charged, charge)
            }
            (Some(credits), Some("unknown")) => (*credits, None),
            (Some(credits), _) if credits.is_zero() && !is_charge => (Exact::zero(), Some(Exact::zero())),
            (Some(credits), None) if !has_packs => (*credits, Some(priced(credits))),
            (Some(_), None) => (Exact::zero(), Some(Exact::zero())),
            (Some(credits), Some(charge)) => {
                let charge = decimal(charge);
                if charge.is_zero() {
                    (Exact::zero(), Some(charge))
                } else if has_packs && charge < priced(credits) {
                    let bought = rounded(&(charge / decimal("0.04")), 2);
                    (bought.min(*credits), Some(charge))
                } else {
                    (*credits, Some(charge))
                }
            }
        };
        let overage = charged.min(beyond);
        let (rest, within) = (beyond - overage, charged - overage);
        let (packs, uncovered) = if has_packs { (rest, Exact::zero()) } else { (Exact::zero(), rest) };
        Split { covered: Covered { plan: from_plan, packs, overage, uncovered }, within, charge }
    }

    /// The last answer in the month around a moment.
    pub(super) fn last_answer(past: &[Happening], at: Time) -> Option<usize> {
        let (start, end) = month_around(at);
        past.iter()
            .rposition(|event| event.kind() == "opening_balance" && event.at >= start && event.at < end)
    }

    /// Whether an answer ever said that it is an organisation's user.
    fn is_of_organisation(past: &[Happening]) -> bool {
        past.iter().any(|event| event.event["of_organisation"] == true)
    }

    /// Whether there is overage at all: under a list that has it, on a paid plan; for an organisation's user always.
    pub(super) fn can_have_overage(&self, past: &[Happening], at: Time) -> bool {
        let sold = Self::plans(past, at).0 > 0 && !self.lists.at(at).packs;
        sold || Self::is_of_organisation(past)
    }

    /// Whether the switch was on after these events (K5): the last turn counts, or what the vendor said since, unless a
    /// month has begun since without overage.
    pub(super) fn overage_is_on(&self, past: &[Happening], at: Time) -> bool {
        let is_turn = |event: &Happening| ["set_overage", "opening_balance"].contains(&event.kind());
        let Some(place) = past.iter().rposition(is_turn) else { return false };
        let turn = &past[place];
        let is_on = turn.event["enabled"].as_bool().unwrap_or_else(|| {
            // An answer that charges overage and doesn't say how the switch stands.
            self.overage_is_on(&past[..place], turn.at) || self.split(past, place).is_charged()
        });
        if !is_on {
            return false;
        }
        let mut boundary = month_around(turn.at).1;
        while boundary <= at {
            let known: Vec<_> = past.iter().filter(|event| event.at < boundary).cloned().collect();
            if !self.can_have_overage(&known, boundary) {
                return false;
            }
            boundary = month_around(boundary).1;
        }
        true
    }

    /// Whether there is overage at all, also because the vendor charged some in this month (V5).
    pub(super) fn has_overage(&self, past: &[Happening], at: Time) -> bool {
        let charged = || {
            let answer = Self::last_answer(past, at);
            answer
                .is_some_and(|place| Self::says_overage(&past[place]) && self.split(past, place).is_charged())
        };
        self.can_have_overage(past, at) || charged()
    }

    /// Whether what is beyond all credits is charged (V5).
    pub(super) fn is_charged_beyond(&self, past: &[Happening], at: Time) -> bool {
        self.overage_is_on(past, at) && self.has_overage(past, at)
    }

    /// The most overage of the month around a moment, where the vendor says so.
    pub(super) fn cap(past: &[Happening], at: Time) -> Option<Exact> {
        amount(&past[Self::last_answer(past, at)?].event["overage_cap"])
    }

    /// What no source settles of the overage that is charged: whether credits that the vendor names without a charge cost the
    /// list's price (A34), and whether what it charges stays charged where it says that the switch is off (A35).
    pub(super) fn assumptions(&self, past: &[Happening], at: Time, beyond: &Exact) -> Option<Value> {
        let place = Self::last_answer(past, at)?;
        let says = &past[place].event;
        let overage = self.credits_of_overage(past, at, beyond);
        let charge = self.overage_charge(past, month_around(at).0, &overage);
        if charge.is_some_and(|charge| charge.is_zero()) || !self.split(past, place).is_charged() {
            return None;
        }
        let by_price = says["overage_charge"].is_null() && !says["overage"].is_null();
        let all = [(by_price, "A34"), (says["enabled"] == false, "A35")];
        let rests: Vec<_> = all.into_iter().filter(|(rests, _)| *rests).map(|(_, id)| id).collect();
        (!rests.is_empty()).then(|| json!(rests))
    }

    /// Credits of overage that tasks may use in the month around a moment, where there is a cap: what the vendor itself
    /// charges beyond it stays charged.
    pub(super) fn overage_limit(&self, past: &[Happening], at: Time) -> Option<Exact> {
        let cap = Self::cap(past, at)?;
        let answer = Self::last_answer(past, at).filter(|place| Self::says_overage(&past[*place]));
        let Some(place) = answer else { return Some(cap) };
        let split = self.split(past, place);
        Some((cap.max(split.credits()) - split.within).max(Exact::zero()))
    }

    pub(super) fn cap_is_reached(&self, past: &[Happening], at: Time) -> bool {
        let Some(cap) = Self::cap(past, at) else { return false };
        let plan = Self::plans(past, at).0;
        let overage = self.month(past, month_around(at).0, plan).covered.overage;
        self.credits_of_overage(past, at, &overage) >= cap
    }

    /// Whether requests go on beyond all credits.
    pub(super) fn runs_beyond(&self, past: &[Happening], at: Time) -> bool {
        self.is_charged_beyond(past, at) && !self.cap_is_reached(past, at)
    }

    /// What is charged for the overage of the month that starts there: what the vendor says, and the list's price of what
    /// came after (V6). Where a larger plan took some of it away, the list's price at most. None where it isn't known.
    pub(super) fn overage_charge(&self, past: &[Happening], start: Time, overage: &Exact) -> Option<Exact> {
        let by_price = priced(overage);
        let answer = Self::last_answer(past, start).filter(|place| Self::says_overage(&past[*place]));
        let Some(place) = answer else { return Some(by_price) };
        let split = self.split(past, place);
        let told = split.credits();
        if overage.is_zero() && told.is_positive() {
            return Some(by_price);
        }
        let charge = split.charge?;
        if *overage < told { Some(charge.min(by_price)) } else { Some(charge + by_price - priced(&told)) }
    }

    /// Whether an answer says anything of what is charged.
    fn says_overage(answer: &Happening) -> bool {
        !answer.event["overage"].is_null() || !answer.event["overage_charge"].is_null()
    }

    /// The credits of overage of the month around a moment, of which so many are beyond the plan.
    pub(super) fn credits_of_overage(&self, past: &[Happening], at: Time, beyond: &Exact) -> Exact {
        let within = Self::last_answer(past, at).map(|place| self.split(past, place).within);
        beyond + within.unwrap_or_else(Exact::zero)
    }
}
