//! The running month of an account of Kilo's on an axis of days: what was spent by each, where that leads, what was spent by
//! the same day of the month before, and what happens to the balance in it.

use super::left::Expiring;
use super::month_before::MonthBefore;
use super::spending::Spent;
use crate::answers::{
    AheadView, RunsOutView, SpentAxisDay, SpentAxisView, SpentMark, SpentMarkKind, span, text,
};
use headroom_billing::team::{Outlook, Spending, SpentAhead, SpentAxis, ToldSpending};
use headroom_exact::{Balance, Moment, Month};
use headroom_sources::observation::CreditPurchase;

/// What is known of it.
pub(super) struct OnAxis<'k> {
    pub spent: Option<&'k Spent>,
    /// What is told of the month before.
    pub before: &'k MonthBefore,
    /// All that is spent, where it goes on as so far.
    pub goes_on: Option<Spending>,
    pub outlook: Option<&'k Outlook>,
    /// What is left; none where that isn't known.
    pub balance: Option<Balance>,
    /// Whether credits are bought by themselves: then it doesn't run out.
    pub is_topped_up: bool,
    /// What Kilo listed last of what was bought.
    pub purchases: &'k [CreditPurchase],
    /// What goes before it is spent.
    pub expiring: &'k [Expiring],
    /// What went in this month, each with the most that was left of it.
    pub ended: &'k [Expiring],
    /// When Kilo Pass ends, where it does.
    pub pass_ends: Option<Moment>,
    /// What renews and when, with what is charged then where that is known.
    pub renewals: Vec<(Moment, Option<String>)>,
    pub now: Moment,
}

impl OnAxis<'_> {
    /// As the window draws it; none where nothing of the month is known, or sums are too low.
    pub(super) fn view(self) -> Option<SpentAxisView> {
        let spent = self.spent.filter(|spent| !spent.is_cut())?;
        let rows: Vec<_> = spent.rows.iter().map(|row| (row.date, row.cost)).collect();
        let first_day = rows.iter().map(|(date, _)| *date).min()?;
        // What began within the month is drawn from there on; with days missing in between no sum is known.
        let first_drawn = first_day.max(Month::of(self.now).first_date());
        let is_whole = spent.untold((first_drawn, self.now.date())).is_none();
        if !is_whole || spent.apart_this_month(self.now).is_part() {
            return None;
        }
        let told = ToldSpending { rows: &rows, first_day, until: spent.until, before: self.before.told() };
        let runs_out_at = self.outlook.and_then(|outlook| outlook.run_out_at).filter(|_| !self.is_topped_up);
        // With nothing left nothing is served (T3), and nothing goes on.
        let is_served = self.is_topped_up || self.balance.is_none_or(Balance::is_positive);
        let goes_on = self.goes_on.as_ref().filter(|_| is_served);
        let SpentAxis { days, as_of, ahead, runs_out } = SpentAxis::of(told, goes_on, runs_out_at, self.now);
        if days.iter().all(|day| day.spent.is_none()) {
            return None;
        }
        let month = Month::of(self.now);
        let is_compared = days.iter().any(|day| day.before.is_some());
        Some(SpentAxisView {
            period: span(month.start(), month.period().end),
            as_of: as_of.to_string(),
            days: days
                .iter()
                .map(|day| SpentAxisDay {
                    date: day.date.to_string(),
                    until: day.until.to_string(),
                    spent: text(day.spent),
                    ahead: day.ahead.map(ahead_view),
                    before: text(day.before),
                })
                .collect(),
            ahead: ahead.map(ahead_view),
            runs_out: runs_out.map(|(at, used)| RunsOutView { at: at.to_string(), used: used.to_string() }),
            before: is_compared.then(|| month.plus(-1).first_date().to_string()),
            marks: self.marks(),
        })
    }

    /// What happens in the month, in order.
    fn marks(self) -> Vec<SpentMark> {
        let month = Month::of(self.now).period();
        let bought = self
            .purchases
            .iter()
            .map(|bought| (bought.at, SpentMarkKind::Bought, Some(bought.amount.to_string())));
        let of_parts = |parts: &[Expiring], kind| {
            let mark = |part: &Expiring| (part.at, kind, Some(part.left.to_string()));
            parts.iter().map(mark).collect::<Vec<_>>()
        };
        let to_come = of_parts(self.expiring, SpentMarkKind::Expires);
        let gone = of_parts(self.ended, SpentMarkKind::Expired);
        let pass_ends = self.pass_ends.map(|at| (at, SpentMarkKind::PassEnds, None));
        let tops_up = self.outlook.and_then(|outlook| outlook.automatic.as_ref());
        let tops_up = tops_up
            .map(|top_ups| (top_ups.first_at, SpentMarkKind::TopsUp, Some(top_ups.amount.to_string())));
        let renews = self.renewals.into_iter().map(|(at, charge)| (at, SpentMarkKind::Renews, charge));
        let all = bought.chain(to_come).chain(gone).chain(tops_up).chain(renews).chain(pass_ends);
        let mut marks: Vec<_> = all.filter(|(at, ..)| month.contains(*at)).collect();
        marks.sort();
        let mark = |(at, kind, amount): (Moment, _, _)| SpentMark { kind, at: at.to_string(), amount };
        marks.into_iter().map(mark).collect()
    }
}

fn ahead_view(ahead: SpentAhead) -> AheadView {
    AheadView {
        even: ahead.even.to_string(),
        low: text(ahead.range.map(|(low, _)| low)),
        high: text(ahead.range.map(|(_, high)| high)),
    }
}
