//! Usage in detail, of whatever kind of account: what its kind read, written as the window shows it.

mod bars;
pub(crate) mod calendar;
pub(crate) mod pieces;
pub(crate) mod rows;
mod verdict;
mod why;

use crate::answers::{
    AccountSummary, CountedView, ElsewhereView, EstimatedView, SpendSource, Unit, UsageAhead, UsageAsked,
    UsageBy, UsageChange, UsageGroup, UsageMost, UsageRange, UsageStep, UsageView, WhyView,
};
use bars::Over;
use calendar::Asked;
use chrono::NaiveDate;
use headroom_billing::pieces::Sum;
use headroom_exact::Moment;
use headroom_store::table::events::EstimatedTotals;
use pieces::{Group, Piece, hours, sum_of};
use std::collections::BTreeSet;

/// What tells pieces apart, in the order in which it is shown.
const BY: [UsageBy; 5] = [UsageBy::Model, UsageBy::Project, UsageBy::Session, UsageBy::User, UsageBy::Client];

/// What was used in some days.
pub(crate) struct Used {
    pub unit: Unit,
    pub pieces: Vec<Piece>,
    /// Who says it, and up to when.
    pub said: WhyView,
    /// What it was used for, where that is told of all of it.
    pub kinds: Option<Group>,
    /// From where a team's spending is known.
    pub source: Option<SpendSource>,
    /// What sessions estimate in these days, which is in no piece.
    pub estimated: EstimatedTotals,
    /// Whether the source knows a part alone of what the account uses.
    pub is_part: bool,
    /// Days of which more was used than their pieces tell.
    pub partly_told: BTreeSet<NaiveDate>,
}

impl Used {
    /// Nothing but these pieces.
    pub fn of(unit: Unit, said: WhyView, pieces: Vec<Piece>) -> Self {
        Self {
            unit,
            pieces,
            said,
            kinds: None,
            source: None,
            estimated: EstimatedTotals::default(),
            is_part: false,
            partly_told: BTreeSet::new(),
        }
    }

    /// Those that are looked at.
    fn among(mut self, asked: &UsageAsked) -> Self {
        self.pieces.retain(|piece| piece.is_among(&asked.only));
        self.kinds = self.kinds.filter(|_| asked.only.is_empty());
        self
    }
}

/// What the vendor's own count says beside what is recorded here.
#[derive(Default)]
pub(crate) struct VendorsCount {
    /// Of days.
    pub days: Option<CountedView>,
    /// Of the running cycle, beyond what is recorded.
    pub elsewhere: Option<ElsewhereView>,
    /// Credits recorded in the running cycle beyond the vendor's count.
    pub recorded_more: Option<String>,
}

/// Everything that an answer is written from.
pub(crate) struct Answer<'a> {
    pub account: AccountSummary,
    pub asked: &'a UsageAsked,
    pub days: Asked,
    pub months: Vec<String>,
    pub used: Used,
    /// In the same days of the month before, where these are a month's.
    pub before: Option<Used>,
    pub count: VendorsCount,
    /// Of the running billing month, what is to come.
    pub ahead: Option<UsageAhead>,
}

/// How it compares with the month before.
fn change(sum: &Sum, before: Option<&Used>, days: Asked) -> Option<UsageChange> {
    let before = before?;
    let known = sum_of(&before.pieces).amount.filter(|amount| amount.is_positive())?;
    let month = days.month_before()?.month?;
    let (percent, more) = sum.amount?.beside(known);
    Some(UsageChange {
        percent,
        more,
        month: month.first_date().format("%Y-%m").to_string(),
        amount: before.unit.written(known),
    })
}

/// What most of it went to: the model, else the user, else the client, as long as nothing is chosen of that kind.
fn most(groups: &[Group], sum: &Sum, asked: &UsageAsked) -> Option<UsageMost> {
    let is_open = |group: &&Group| asked.only.iter().all(|chosen| chosen.by != group.by);
    let tells = |group: &&Group| matches!(group.by, UsageBy::Model | UsageBy::User | UsageBy::Client);
    let group = groups.iter().filter(tells).find(is_open).filter(|group| group.parts.len() > 1)?;
    let part = group.parts.iter().find(|part| part.name.is_some() && part.amount.is_positive())?;
    Some(UsageMost {
        by: group.by,
        name: part.name.clone()?,
        permille: part.amount.of(group.all),
        count_permille: part.count.and_then(|count| sum.share_of(count)),
    })
}

/// What sessions estimate; none where they estimate nothing.
fn estimated(of: EstimatedTotals) -> Option<EstimatedView> {
    (of.tasks > 0).then(|| EstimatedView { credits: of.credits.to_string(), tasks: of.tasks })
}

impl Answer<'_> {
    /// As the window shows it.
    pub fn view(self, now: Moment) -> UsageView {
        let Self { account, asked, days, months, used, before, count, ahead } = self;
        let used = used.among(asked);
        let before = before.map(|before| before.among(asked));
        let sum = sum_of(&used.pieces);
        let unit = used.unit;
        let is_counted = sum.amount.is_none() && sum.unknown == 0 && asked.only.is_empty();
        let counted = count.days.filter(|_| asked.only.is_empty());
        let all_counted = counted.as_ref().and_then(|counted| counted.used.clone());
        let is_counted = is_counted && all_counted.is_some();
        let groups: Vec<Group> =
            BY.into_iter().filter_map(|by| Group::by_name(&used.pieces, by)).chain(used.kinds).collect();
        let told = |by: &UsageBy| *by != UsageBy::Kind && groups.iter().any(|group| group.by == *by);
        // What isn't told apart so is split by the first that is.
        let split = asked.split.and_then(|by| [by].into_iter().chain(BY).find(told));
        let (layers, bars) = bars::bars(&Over {
            pieces: &used.pieces,
            asked: days,
            unit,
            split,
            before: before.as_ref().map(|before| before.pieces.as_slice()).unwrap_or_default(),
            counted: counted.as_ref(),
            is_counted,
        });
        let change = change(&sum, before.as_ref(), days);
        // What the vendor counts beyond what is recorded is of the running cycle.
        let is_elsewhere = count.elsewhere.is_some() && asked.range == UsageRange::Running;
        let known = verdict::Known {
            unit,
            sum: &sum,
            // What the vendor counts of all of it is no part.
            is_part: (used.is_part && !is_counted) || is_elsewhere,
            counted: counted.as_ref().filter(|_| is_counted),
            change: change.as_ref(),
        };
        let is_sample = account.sample;
        let why = why::Known {
            said: used.said,
            verdict: &known,
            days,
            is_sample,
            is_elsewhere,
            estimated: used.estimated,
        };
        UsageView {
            why: why.view(),
            verdict: known.verdict(),
            account,
            as_of: now.to_string(),
            unit,
            step: days.step(),
            from: days.first.to_string(),
            to: days.last.to_string(),
            months,
            only: asked.only.clone(),
            total: if is_counted { all_counted } else { sum.amount.map(|amount| unit.written(amount)) },
            is_counted,
            count: sum.counted(),
            unknown: sum.unknown,
            change,
            most: most(&groups, &sum, asked),
            split,
            layers,
            bars,
            hours: hours(&used.pieces, unit),
            groups: groups.into_iter().map(|group| group.answer(unit)).collect::<Vec<UsageGroup>>(),
            source: used.source,
            counted,
            elsewhere_why: count.elsewhere.as_ref().map(|of| why::elsewhere(of, is_sample)),
            elsewhere: count.elsewhere,
            recorded_more: count.recorded_more,
            estimated: estimated(used.estimated).filter(|_| asked.only.is_empty()),
            ahead: ahead.filter(|_| unit == Unit::Credits && days.step() == UsageStep::Day),
        }
    }
}
