//! What covers a person's tasks: what is beside the plan, the plan, packs, overage (K2, K5, K6, K10, N4–N6), from an
//! answer of the vendor's on if there is one (V10).

use super::Rules;
use super::beside::{end_of, in_order, rows, told};
use super::opening::Split;
use crate::model::calendar::{DAY, Time, month_around};
use crate::model::{Exact, Happening, PLANS, decimal, rank, whole};
use num_traits::{Signed, Zero};

/// How the tasks of one month are covered, but for what is beside the plan.
#[derive(Clone, PartialEq)]
pub(super) struct Covered {
    pub(super) plan: Exact,
    pub(super) packs: Exact,
    pub(super) overage: Exact,
    pub(super) uncovered: Exact,
}

impl Covered {
    pub(super) fn nothing() -> Self {
        let nothing = Exact::zero;
        Self { plan: nothing(), packs: nothing(), overage: nothing(), uncovered: nothing() }
    }

    /// All of it.
    pub(super) fn sum(&self) -> Exact {
        self.plan + self.packs + self.overage + self.uncovered
    }
}

/// A pack (N4), or a grant (N7).
#[derive(Clone)]
pub(super) struct Pack {
    pub(super) bought_at: Time,
    pub(super) ends: Option<Time>,
    pub(super) granted: Exact,
    /// Used of it before the month, or when it was stated.
    pub(super) before: Exact,
    /// Whether the vendor says that it can be used.
    pub(super) counts: bool,
    /// Whether it is as the vendor said it.
    pub(super) is_told: bool,
}

impl Pack {
    pub(super) fn has_ended(&self, at: Time) -> bool {
        self.ends.is_some_and(|end| end <= at)
    }
}

/// Where a month stands: what covers its tasks, and every pack with what it gave.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) covered: Covered,
    pub(super) packs: Vec<(Pack, Exact)>,
    /// Credits of overage at most; none without a cap.
    pub(super) cap: Option<Exact>,
}

/// What becomes of credits that neither the plan nor packs cover.
#[derive(Clone, Copy)]
pub(super) enum Rest {
    Charged,
    Uncovered,
    Packs,
}

impl Standing {
    fn add(&mut self, pack: Pack) {
        let given = pack.before;
        self.packs.push((pack, given));
        self.packs = in_order(std::mem::take(&mut self.packs));
    }

    /// Covers credits: the plan, then the packs if they are asked for, then the rest.
    pub(super) fn cover(&mut self, credits: &Exact, limit: Option<&Exact>, packs: Option<Time>, rest: Rest) {
        let from_plan = match limit {
            Some(limit) => (*credits).min((limit - self.covered.plan).max(Exact::zero())),
            None => *credits,
        };
        let mut beyond = credits - from_plan;
        self.covered.plan += from_plan;
        if let Some(at) = packs {
            for (pack, given) in &mut self.packs {
                let taken = beyond.min(Rules::left_of(pack, given, at));
                *given += &taken;
                beyond -= &taken;
                self.covered.packs += taken;
            }
        }
        match rest {
            Rest::Charged => {
                let room = self.cap.as_ref().map(|cap| (cap - self.covered.overage).max(Exact::zero()));
                let charged = room.map_or(beyond, |room| room.min(beyond));
                self.covered.uncovered += beyond - charged;
                self.covered.overage += charged;
            }
            Rest::Uncovered => self.covered.uncovered += beyond,
            Rest::Packs => self.covered.packs += beyond,
        }
    }
}

impl Rules {
    pub(super) fn bonus_expires(&self) -> Time {
        self.signed_up + 30 * DAY
    }

    /// The credits that a plan has in the month around a moment: what the vendor said in it since the plan was taken or
    /// stated (V4), what its owner stated last in it or before, else the list's (N7, K1). None without a limit.
    pub(super) fn allowance(past: &[Happening], plan: usize, at: Time) -> Option<Exact> {
        let (start, end) = month_around(at);
        let of_month: Vec<_> =
            past.iter().enumerate().filter(|(_, event)| event.at >= start && event.at < end).collect();
        let changed = of_month.iter().rev().find(|(place, _)| Self::rates_again(past, *place));
        let changed = changed.map_or(0, |(place, _)| *place);
        let said = of_month.iter().rev().filter(|(place, _)| *place >= changed);
        let mut said = said.filter(|(_, event)| event.kind() == "opening_balance");
        let says =
            said.find_map(|(_, event)| match (event.event["limit"].as_str(), event.event["plan"].as_str()) {
                (Some("none"), _) => Some(None),
                (Some(limit), _) => Some(Some(decimal(limit))),
                (None, Some(plan)) => Some(Some(whole(PLANS[rank(plan)].2))),
                (None, None) => None,
            });
        says.unwrap_or_else(|| {
            let stated = past.iter().rfind(|event| event.kind() == "own_limit" && event.at < end);
            let own = stated.filter(|event| rank(event.text("plan")) == plan);
            Some(own.map_or_else(|| whole(PLANS[plan].2), |event| decimal(event.text("credits"))))
        })
    }

    /// Whether the month is rated again by what happens at that place (K10, N7).
    pub(super) fn rates_again(past: &[Happening], place: usize) -> bool {
        let event = &past[place];
        match event.kind() {
            "own_limit" => true,
            "change_plan" => rank(event.text("plan")) > Self::plans(&past[..place], event.at).0,
            _ => false,
        }
    }

    /// What a pack still has at a moment: nothing from its end on.
    pub(super) fn left_of(pack: &Pack, given: &Exact, at: Time) -> Exact {
        if pack.has_ended(at) || !pack.counts {
            return Exact::zero();
        }
        (pack.granted - given).max(Exact::zero())
    }

    /// The packs as they stood when the month began that starts there, with what each gave until then (N5).
    fn packs_at_start(&self, past: &[Happening], start: Time) -> Vec<(Pack, Exact)> {
        let known: Vec<_> = past.iter().filter(|event| event.at < start).cloned().collect();
        if known.is_empty() {
            return Vec::new();
        }
        let before = month_around(start - 1).0;
        let plan = Self::plans(&known, start - 1).0;
        let packs = self.month(&known, before, plan).packs;
        packs.into_iter().map(|(pack, given)| (Pack { before: given, ..pack }, given)).collect()
    }

    /// The tasks of the month that starts there, rated under a plan in time order (K10), with the packs as they stood at
    /// its start (N5), or from the last answer on (V10).
    pub(super) fn month(&self, past: &[Happening], start: Time, plan: usize) -> Standing {
        self.month_with(past, start, plan, past.len())
    }

    /// The same, where of the answers those from a place on are taken as agreeing with what was computed.
    fn month_with(&self, past: &[Happening], start: Time, plan: usize, below: usize) -> Standing {
        let end = month_around(start).1;
        let is_answer =
            |event: &Happening| event.kind() == "opening_balance" && event.at >= start && event.at < end;
        if let Some(place) = past[..below].iter().rposition(is_answer) {
            if self.agrees(past, place) {
                return self.month_with(past, start, plan, place);
            }
            let begun = self.begun(past, place, plan);
            return self.go_on(past, place + 1, (start, end), plan, begun);
        }
        let packs = self.packs_at_start(past, start);
        let cap = self.overage_limit(past, start);
        let begins = Standing { covered: Covered::nothing(), packs, cap };
        self.go_on(past, 0, (start, end), plan, begins)
    }

    /// Goes on with what happens in a month from a place on.
    fn go_on(
        &self,
        past: &[Happening],
        from: usize,
        (start, end): (Time, Time),
        plan: usize,
        mut standing: Standing,
    ) -> Standing {
        let beside = self.beside(past);
        let mut shares = beside.shares().iter().filter(|share| share.place >= from);
        let limit = Self::allowance(past, plan, start);
        for (place, event) in past.iter().enumerate().skip(from) {
            if event.at < start || event.at >= end {
                if event.kind() == "usage" {
                    shares.next();
                }
                continue;
            }
            match event.kind() {
                "buy_credits" => {
                    standing.add(Pack {
                        bought_at: event.at,
                        ends: end_of(&event.event),
                        granted: decimal(event.text("amount")) / decimal("0.04"),
                        before: Exact::zero(),
                        counts: true,
                        is_told: false,
                    });
                }
                "usage" => {
                    let share = shares.next().expect("a share of each task");
                    let rest = share.cost - share.taken;
                    // Each task remembers whether overage was on when it ran: what was accepted before it says.
                    let charged = self.is_charged_beyond(&past[..place], event.at);
                    let charged = charged && !self.cap_is_reached(&past[..place], event.at);
                    let beyond = if charged { Rest::Charged } else { Rest::Uncovered };
                    standing.cover(&rest, limit.as_ref(), Some(event.at), beyond);
                }
                _ => {}
            }
        }
        standing
    }

    /// Whether an answer says just what was computed until then, so that the tasks before it go on to count.
    fn agrees(&self, past: &[Happening], place: usize) -> bool {
        let (answer, before) = (&past[place], &past[..place]);
        let start = month_around(answer.at).0;
        let known = self.month(before, start, Self::plans(before, answer.at).0);
        let told: Vec<_> = rows(&answer.event, "pack").map(|row| told(row, answer.at)).collect();
        let of = |packs: &[(Pack, Exact)]| -> Vec<_> {
            let of = |(pack, given): &(Pack, Exact)| (pack.granted, pack.ends, *given, pack.counts);
            packs.iter().map(of).collect()
        };
        let packs = if told.is_empty() {
            known.packs.iter().filter(|(pack, _)| !pack.is_told).cloned().collect()
        } else {
            in_order(told)
        };
        // Tasks before another cap than theirs aren't rated again by it.
        let cap = |past: &[Happening]| self.overage_limit(past, answer.at);
        cap(before) == cap(&past[..=place])
            && of(&packs) == of(&known.packs)
            && self.split(past, place).covered == known.covered
    }

    /// Where a month stands with an answer that says something else than was computed; under a larger plan, rated again.
    fn begun(&self, past: &[Happening], place: usize, plan: usize) -> Standing {
        let (answer, before) = (&past[place], &past[..place]);
        let (start, end) = month_around(answer.at);
        let Split { covered, .. } = self.split(past, place);
        let known = self.month(before, start, Self::plans(before, answer.at).0).packs;
        let mut told: Vec<_> = rows(&answer.event, "pack").map(|row| told(row, answer.at)).collect();
        let is_told = !told.is_empty();
        let packs = if is_told {
            let mut known = known;
            for (pack, _) in &mut told {
                if let Some(same) = known.iter().position(|(known, _)| known.is_same(pack)) {
                    pack.bought_at = known.remove(same).0.bought_at;
                }
            }
            let (mut told, mut of_month) = (in_order(told), covered.packs);
            for (pack, given) in &mut told {
                let taken = of_month.min(*given);
                pack.before = *given - taken;
                of_month -= taken;
            }
            told
        } else {
            // What its owner stated; what the month used of it follows from the answer.
            let stated = known.into_iter().filter(|(pack, _)| !pack.is_told);
            stated.map(|(pack, _)| (pack.clone(), pack.before)).collect()
        };
        let cap = self.overage_limit(past, start);
        let mut standing = Standing { covered: Covered::nothing(), packs, cap };
        let later = (place + 1..past.len()).filter(|later| past[*later].at < end);
        let mut later = later;
        if later.any(|later| Self::rates_again(past, later)) {
            let limit = Self::allowance(past, plan, start);
            let charged = self.is_charged_beyond(&past[..=place], answer.at);
            let beyond = if charged { Rest::Charged } else { Rest::Uncovered };
            for (pack, given) in &mut standing.packs {
                *given = pack.before;
            }
            standing.cover(&covered.plan, limit.as_ref(), None, beyond);
            standing.cover(&covered.packs, limit.as_ref(), Some(answer.at), Rest::Packs);
            standing.cover(&covered.uncovered, limit.as_ref(), None, Rest::Uncovered);
            standing.cover(&covered.overage, limit.as_ref(), None, Rest::Charged);
        } else {
            if !is_told {
                standing.cover(&covered.packs, Some(&Exact::zero()), Some(answer.at), Rest::Packs);
            }
            standing.covered = covered;
        }
        standing
    }

    pub(super) fn is_paused(&self, past: &[Happening], at: Time) -> bool {
        let plan = Self::plans(past, at).0;
        let month = self.month(past, month_around(at).0, plan);
        Self::allowance(past, plan, at).is_some_and(|limit| !(limit - month.covered.plan).is_positive())
            && self.nothing_beside(past, at)
            && month.packs.iter().all(|(pack, given)| Self::left_of(pack, given, at).is_zero())
            && !self.runs_beyond(past, at)
    }
}
