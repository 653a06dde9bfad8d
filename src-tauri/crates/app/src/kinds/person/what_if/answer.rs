//! The table of choices at a pace that is supposed, with the verdict on it and the receipt of the one that is looked at.

use super::base::Base;
use super::receipt::receipt;
use crate::answers::{
    BreakEvenMark, ChoiceAsked, ChoiceView, Course, CoversView, SavedWhatIf, UnfitView, WhatIf, WhatIfPlan,
    WhatIfView, WhyView, text,
};
use crate::error::AppError;
use crate::kinds::person::deciding::Decided;
use headroom_billing::person::Rate;
use headroom_billing::person::course::{self, Choice, Covers, Need, Over, Start, Supposed, Unfit};
use headroom_billing::{AccountKind, Plan, advice};
use headroom_exact::{Credits, Month};

impl Base {
    /// Where what is supposed leads, beside every choice that could be made now.
    pub fn answer(&self, question: &WhatIf, saved: Vec<SavedWhatIf>) -> Result<WhatIfView, AppError> {
        let asked = self.understand(question)?;
        let start = self.start();
        let current = self.ledger.account.current(self.at);
        let decided = Decided::of(&self.grounds, &start, &asked, question.a_day.is_some());
        let choices = &decided.advised.choices;
        let standing = choices.iter().find(|choice| choice.unchanged);
        let is_known = self.use_is_known || decided.asked.is_some();
        let best = decided.verdict.filter(|_| is_known);
        let cheapest = best.and_then(|verdict| course::best_of(choices, verdict.best()));
        let looked_at = looked_at(choices, question.choice.as_ref()).or(cheapest).or(standing);
        let looked_at = looked_at.or(choices.first());
        let receipt =
            looked_at.zip(standing).and_then(|(choice, standing)| receipt(self, &asked, choice, standing));
        let most_a_day = course::most_a_day(&self.ledger, self.at, self.usual_rate(), asked.rate);
        let rows = choices.iter().map(|choice| {
            let row = self.row(&start, &decided, choice);
            let is = |other: Option<&Choice>| other == Some(choice);
            ChoiceView { cheapest: is(cheapest), looked_at: is(looked_at), ..row }
        });
        let edition = self.timeline.edition();
        Ok(WhatIfView {
            of: self.of.clone(),
            opened: self.opened,
            as_of: self.at.to_string(),
            verdict: self.grounds.say(&decided),
            why: self.why(&decided),
            until: asked.until.to_string(),
            earliest: self.today().to_string(),
            latest: self.latest().to_string(),
            bill_at: current.cycle.end.to_string(),
            total_at: Month::of_date(asked.until).period().end.to_string(),
            a_day: asked.rate.in_a_day().to_string(),
            a_month: decided.need.month.to_string(),
            pace: text(self.pace.map(Rate::in_a_day)),
            most_a_day: most_a_day.to_string(),
            marks: self.marks(&decided.need, &asked, most_a_day),
            plan: self.naming.plan(current.plan),
            overage: current.credits.overage.enabled,
            plans: edition.plans().iter().map(|plan| self.plan(plan)).collect(),
            use_is_known: self.use_is_known,
            chosen: self.view(&start.course(&asked, true), asked.packs),
            choices: rows.collect(),
            receipt,
            saved,
        })
    }

    fn why(&self, decided: &Decided) -> Option<WhyView> {
        let list = self.timeline.edition().list.title.clone();
        self.grounds.why(WhyView::new(self.from), list, decided.asked, decided.verdict.as_ref())
    }

    fn plan(&self, plan: &Plan) -> WhatIfPlan {
        let account = &self.ledger.account;
        WhatIfPlan {
            id: plan.id.clone(),
            name: plan.name.clone(),
            overage: account.can_have_overage(plan),
            packs: plan.is_paid() && !account.has_overage() && self.timeline.edition().has_packs(),
        }
    }

    fn row(&self, start: &Start<'_>, decided: &Decided, choice: &Choice) -> ChoiceView {
        let (account, need) = (&self.ledger.account, &decided.need);
        let (own, current) = (account.plan(), account.current(self.at));
        let plan = account.edition().plan_named(choice.plan);
        let is_own_plan = plan.is_some_and(|plan| plan.rank == own.rank);
        let has_overage = plan.is_some_and(|plan| account.can_have_overage(plan));
        let fits = choice.course.refused.is_none() && choice.unfit.is_none();
        // On the plan one is on, what covers a part of the month beside it costs nothing.
        let cost = || match &decided.verdict {
            Some(verdict) if is_own_plan => verdict.staying,
            Some(verdict) => plan.and_then(|plan| need.costs.month_cost(plan, verdict.month)),
            None => None,
        };
        let is_known = self.use_is_known || decided.asked.is_some();
        ChoiceView {
            course: Course {
                overage: choice.overage,
                plan: choice.plan.to_owned(),
                plan_name: self.naming.plan(choice.plan),
                ..self.view(&choice.course, choice.packs)
            },
            own: is_own_plan
                && !choice.packs
                && (!has_overage || choice.overage == current.credits.overage.enabled),
            unchanged: choice.unchanged,
            allowance: text(plan.and_then(|plan| need.costs.allowance(plan).credits())),
            a_month: text(cost().filter(|_| fits && is_known)),
            begins_at: text(choice.begins_at(start)),
            today: self.charge_at(&choice.course, self.at),
            next_bill: self.charge_at(&choice.course, current.cycle.end),
            covers: choice.covers(start, need).map(covers_view),
            unfit: choice.unfit.filter(|_| choice.course.refused.is_none()).map(unfit_view),
            cheapest: false,
            looked_at: false,
        }
    }

    /// Where on the way to the most a day larger plans begin to cost less, as far as that is offered.
    fn marks(&self, need: &Need, supposed: &Supposed, most_a_day: Credits) -> Vec<BreakEvenMark> {
        let most =
            Need::of(&self.start(), &Supposed { rate: Rate::a_day(most_a_day), ..supposed.clone() }).month;
        let pairs = advice::break_evens_with_the_next(&need.costs).into_iter();
        pairs
            .filter(|pair| pair.used <= most)
            .map(|pair| BreakEvenMark {
                plan: self.naming.plan(pair.to),
                a_month: pair.used.to_string(),
                permille: advice::permille(pair.used, most),
            })
            .collect()
    }
}

/// The choice that is asked about: where overage or packs make no difference, the one that its plan has.
fn looked_at<'c>(choices: &'c [Choice], asked: Option<&ChoiceAsked>) -> Option<&'c Choice> {
    let asked = asked?;
    let of_plan = || choices.iter().filter(|choice| choice.plan == asked.plan);
    let exactly = of_plan().find(|choice| choice.overage == asked.overage && choice.packs == asked.packs);
    exactly.or_else(|| of_plan().next())
}

fn covers_view((covers, over): (Covers, Over)) -> CoversView {
    let monthly = over == Over::Month;
    match covers {
        Covers::NoLimit => CoversView::NoLimit,
        Covers::Left(credits) => CoversView::Left { credits: credits.to_string(), monthly },
        Covers::Overage(credits) => CoversView::Overage { credits: credits.to_string(), monthly },
        Covers::Packs(credits) => CoversView::Packs { credits: credits.to_string(), monthly },
    }
}

fn unfit_view(unfit: Unfit) -> UnfitView {
    match unfit {
        Unfit::Pauses { on } => UnfitView::Pauses { on: on.to_string() },
        Unfit::TooSmall { allowance, needs } => {
            UnfitView::TooSmall { allowance: allowance.to_string(), needs: needs.to_string() }
        }
    }
}
