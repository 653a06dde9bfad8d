//! Why the numbers of an account of Kilo's are what they are: its balance, how long that lasts, what is charged next.

use super::spending::Spent;
use crate::answers::{BalanceWhy, WhyFrom, WhyView, text};
use headroom_billing::team::Outlook;
use headroom_exact::saying::Value;
use headroom_exact::{Balance, Moment, Month, say};

/// What is known of it.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    /// What is left, and when Kilo said so.
    pub balance: Option<(Moment, Balance)>,
    pub outlook: Option<&'k Outlook>,
    /// Whether credits are bought by themselves: then it doesn't run out.
    pub is_topped_up: bool,
    /// Whether it is known what is charged next.
    pub is_charged: bool,
    pub is_sample: bool,
    /// What was spent, as far as a source tells.
    pub spent: Option<&'k Spent>,
    pub now: Moment,
}

fn dollars(balance: Balance) -> Value {
    Value::Dollars(balance.to_string())
}

impl Known<'_> {
    fn from(self, otherwise: WhyFrom) -> WhyView {
        let sample = self.is_sample.then(|| say!("why-sample"));
        WhyView::new(if self.is_sample { WhyFrom::Sample } else { otherwise }).says(sample)
    }

    fn left(self) -> Option<WhyView> {
        let (at, left) = self.balance?;
        let why = self.from(WhyFrom::Kilo).line(say!("why-left"), dollars(left));
        Some(WhyView { at: text(Some(at)), ..why }.says([say!("why-kilo-says", at)]))
    }

    /// How long it lasts.
    fn pace(self) -> Option<WhyView> {
        let outlook = self.outlook?;
        let left = self.balance.map(|(_, left)| left);
        let mut why = self.from(WhyFrom::Estimate);
        if let Some(left) = left {
            why = why.line(say!("why-left"), dollars(left));
        }
        let why = why.line(say!("why-spent-a-day", count = outlook.days_seen), dollars(outlook.a_day));
        let ends = outlook.run_out_at.filter(|_| !self.is_topped_up).map(|at| say!("why-balance-ends", at));
        Some(why.says([say!("why-spending-goes-on")]).says(ends))
    }

    /// What was spent this month.
    fn spent(self) -> Option<WhyView> {
        let told = self.spent?;
        let spent = told.this_month(self.now);
        let amount = dollars(spent.known()?);
        let month = Month::of(self.now);
        let days = (month.first_date(), self.now.date());
        let said = if self.is_sample { self.from(WhyFrom::Kilo) } else { told.said(days) };
        let why = said.line(say!("why-spent-month", month), amount);
        Some(why.says(spent.is_at_least().then(|| say!("why-cost-is-part"))))
    }

    pub fn why(self) -> BalanceWhy {
        BalanceWhy {
            spent: self.spent(),
            left: self.left(),
            pace: self.pace(),
            next_charge: self
                .is_charged
                .then(|| self.from(WhyFrom::Computed).says([say!("why-next-of-kilo")])),
        }
    }
}
