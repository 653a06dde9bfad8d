//! Why usage is what its sentence says: who says it, what isn't in it, and where its rows are.

use super::calendar::Asked;
use super::verdict;
use crate::answers::{Bound, ElsewhereView, Unit, UsageChange, WhyFrom, WhyView};
use headroom_exact::saying::Value;
use headroom_exact::{Saying, say};
use headroom_store::table::events::EstimatedTotals;

/// What is known of the days that are looked at, and of who says it.
pub(super) struct Known<'k> {
    pub said: WhyView,
    pub verdict: &'k verdict::Known<'k>,
    pub days: Asked,
    pub is_sample: bool,
    /// Whether the vendor counts more in the running cycle than is recorded.
    pub is_elsewhere: bool,
    pub estimated: EstimatedTotals,
}

impl Known<'_> {
    /// What they come to, as the sentence has it.
    fn amount(&self) -> Option<Value> {
        if let Some(counted) = self.verdict.counted {
            return counted.used.clone().map(Value::Credits);
        }
        let amount = self.verdict.unit.shown(self.verdict.sum.amount?);
        Some(match self.verdict.unit {
            Unit::Credits => Value::Credits(amount),
            Unit::Dollars => Value::Dollars(amount),
        })
    }

    /// Beside what of the month before.
    fn before(&self) -> Option<Saying> {
        let UsageChange { month, amount, .. } = self.verdict.change?;
        let amount = match self.verdict.unit {
            Unit::Credits => Value::Credits(amount.clone()),
            Unit::Dollars => Value::Dollars(amount.clone()),
        };
        Some(say!("why-usage-before", month = Value::Month(month.clone()), amount))
    }

    /// None where nothing is known of them.
    pub(super) fn view(self) -> Option<WhyView> {
        let amount = self.amount()?;
        let is_counted = self.verdict.counted.is_some();
        let unknown = Some(self.verdict.sum.unknown).filter(|unknown| *unknown > 0);
        let unknown = unknown.map(|count| say!("why-usage-unknown", count));
        let estimated = (self.estimated.tasks > 0).then(|| {
            say!("why-estimated", credits = self.estimated.credits, count = u64::from(self.estimated.tasks))
        });
        let rows = if is_counted { say!("why-usage-counted") } else { say!("why-usage-rows") };
        let before = self.before();
        let said = match (self.is_sample, is_counted) {
            (true, _) => WhyView::new(WhyFrom::Sample).says([say!("why-sample")]),
            (false, true) => WhyView::new(WhyFrom::Kiro),
            (false, false) => self.said,
        };
        let label = say!("why-usage-days", first = self.days.first, last = self.days.last);
        let why = said.line(label, amount).says(unknown).says(estimated);
        Some(why.says(self.is_elsewhere.then(|| say!("why-usage-elsewhere"))).says(before).says([rows]))
    }
}

/// Why the vendor counts so much more than is recorded: both counts. Where one of them is a bound, what they differ by is
/// said beside it alone.
pub(super) fn elsewhere(of: &ElsewhereView, is_sample: bool) -> WhyView {
    let from = if is_sample { WhyFrom::Sample } else { WhyFrom::Kiro };
    let credits = |amount: &String| Value::Credits(amount.clone());
    let why = WhyView { at: Some(of.at.clone()), ..WhyView::new(from) }
        .line(say!("why-counted-by-kiro"), credits(&of.counted))
        .line(say!("why-recorded-here"), credits(&of.recorded));
    match of.bound {
        Bound::Exactly => why.line(say!("why-used-elsewhere"), credits(&of.credits)),
        Bound::AtMost | Bound::AtLeast | Bound::About => why,
    }
}
