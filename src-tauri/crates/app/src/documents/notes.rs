//! What is to be known about charges, in the reader's language: what is left out of them, and what no source settles.

use super::language::Reader;
use super::phrases::{Counted, Phrase};
use crate::answers::ChargeNote;
use headroom_billing::Assumption;

fn parts_missing(words: &Counted, parts: u32) -> String {
    words.of(parts.into()).with(&[("parts", &parts.to_string())])
}

impl Reader {
    /// What is to be known about a period's figures.
    pub(super) fn note(self, note: &ChargeNote) -> String {
        let words = &self.phrases().note;
        let (month, date) = (|of: &str| self.month(of), |of: &str| self.date(of));
        let dollars = |amount: &str| self.dollars(amount);
        let of_rows = |words: &Counted, rows: &u32, users: &u32| self.rows_of(words, *rows, *users, "");
        match note {
            ChargeNote::OtherCurrency { month: of } => words.other_currency.with(&[("month", &month(of))]),
            ChargeNote::EndNotSeen { month: of, at } => {
                words.end_not_seen.with(&[("month", &month(of)), ("on", &date(at))])
            }
            ChargeNote::UsageUnknown { month: of } => words.usage_unknown.with(&[("month", &month(of))]),
            ChargeNote::Unmetered { tasks, month } => self.unmetered(*tasks, month),
            ChargeNote::TierUnknown { rows, users, tiers } => {
                self.rows_of(&words.tier_unknown, *rows, *users, &tiers.join(", "))
            }
            ChargeNote::TierMissing { rows, users } => of_rows(&words.tier_missing, rows, users),
            ChargeNote::ProfileMissing { rows, users } => of_rows(&words.profile_missing, rows, users),
            ChargeNote::CreditsUnknown { rows, users } => of_rows(&words.credits_unknown, rows, users),
            ChargeNote::OverageUnknown { rows, users } => of_rows(&words.overage_unknown, rows, users),
            ChargeNote::BeyondLimit { rows } => self.rows_alone(&words.beyond_limit, *rows),
            ChargeNote::SwitchUnknown { users } => self.switch_unknown(*users),
            ChargeNote::OverageDiffers { users, stated, computed } => {
                self.overage_differs(*users, stated, computed)
            }
            ChargeNote::ReportsUnread { rows } => self.rows_alone(&words.reports_unread, *rows),
            ChargeNote::RowsRounded { rows } => self.rows_alone(&words.rows_rounded, *rows),
            ChargeNote::ReportsCover { first, last } => {
                words.reports_cover.with(&[("first", &date(first)), ("last", &date(last))])
            }
            ChargeNote::NoReports => words.no_reports.plain().to_owned(),
            ChargeNote::BillUnreadable { months } => self.bill_unreadable(months),
            ChargeNote::BillUndecided => words.bill_undecided.plain().to_owned(),
            ChargeNote::BillInCurrency { currency, amount } => self.in_currency(currency, amount),
            ChargeNote::BillUnread { rows } => self.rows_alone(&words.bill_unread, *rows),
            ChargeNote::BillPartsMissing { parts } => parts_missing(&words.bill_parts_missing, *parts),
            ChargeNote::BillBesideDamaged { bills } => parts_missing(&words.bill_beside_damaged, *bills),
            ChargeNote::BillOutdated => words.bill_outdated.plain().to_owned(),
            ChargeNote::PlanUnknown { until } => words.plan_unknown.with(&[("until", &date(until))]),
            ChargeNote::PlanUnlisted { plan: Some(plan) } => words.plan_unlisted.with(&[("plan", plan)]),
            ChargeNote::PlanUnlisted { plan: None } => words.plan_unnamed.plain().to_owned(),
            ChargeNote::EndedWithin { on } => words.ended_within.with(&[("on", &date(on))]),
            ChargeNote::FirstPaidUnknown => words.first_paid_unknown.plain().to_owned(),
            ChargeNote::FirstPayment => words.first_payment.plain().to_owned(),
            ChargeNote::SeatsUnknown => words.seats_unknown.plain().to_owned(),
            ChargeNote::SeatsChanged { from, to } => self.between(&words.seats_changed, *from, *to),
            ChargeNote::FewerSeatsNext { from, to } => self.between(&words.fewer_seats_next, *from, *to),
            ChargeNote::NoSubscription => words.no_subscription.plain().to_owned(),
            ChargeNote::PaymentFailing => words.payment_failing.plain().to_owned(),
            ChargeNote::SeatPriceDiffers { told, stated } => self.seat_price_differs(told, stated),
            ChargeNote::SeatsByTheYear => words.seats_by_the_year.plain().to_owned(),
            ChargeNote::SeatsByTheMonth => words.seats_by_the_month.plain().to_owned(),
            ChargeNote::CycleEndsOtherwise { told, stated } => self.cycle_ends_otherwise(told, stated),
            ChargeNote::PassBegan { on } => words.pass_began.with(&[("on", &date(on))]),
            ChargeNote::PassSinceUnknown => words.pass_since_unknown.plain().to_owned(),
            ChargeNote::PassNotKnown => words.pass_not_known.plain().to_owned(),
            ChargeNote::SeatPlanDiffers { told, stated } => {
                words.seat_plan_differs.with(&[("told", told), ("stated", stated)])
            }
            ChargeNote::PassDiffers { tier, listed, told } => self.pass_differs(tier, listed, told),
            ChargeNote::Assumed { assumption } => self.assumed(*assumption).to_owned(),
            ChargeNote::EarlierPurchasesUnknown => words.earlier_purchases_unknown.plain().to_owned(),
            ChargeNote::LaterPurchasesUnknown { since } => {
                words.later_purchases_unknown.with(&[("since", &date(since))])
            }
            ChargeNote::CreditsEnded { gone, on, left } => self.credits_ended(gone, on, left),
            ChargeNote::BalanceDiffers { listed, told } => self.balance_differs(listed, told),
            ChargeNote::PurchasesUnknown => words.purchases_unknown.plain().to_owned(),
            ChargeNote::PurchaseNotOffered { amount } => {
                words.purchase_not_offered.with(&[("amount", &dollars(amount))])
            }
        }
    }

    fn seat_price_differs(self, told: &str, stated: &str) -> String {
        let words = &self.phrases().note.seat_price_differs;
        words.with(&[("told", &self.dollars(told)), ("stated", &self.dollars(stated))])
    }

    fn cycle_ends_otherwise(self, told: &str, stated: &str) -> String {
        let words = &self.phrases().note.cycle_ends_otherwise;
        words.with(&[("told", &self.date(told)), ("stated", &self.date(stated))])
    }

    fn credits_ended(self, gone: &str, on: &str, left: &str) -> String {
        let words = &self.phrases().note.credits_ended;
        words.with(&[("gone", &self.dollars(gone)), ("on", &self.date(on)), ("left", &self.dollars(left))])
    }

    fn balance_differs(self, listed: &str, told: &str) -> String {
        let words = &self.phrases().note.balance_differs;
        words.with(&[("listed", &self.dollars(listed)), ("told", &self.dollars(told))])
    }

    fn unmetered(self, tasks: u32, month: &str) -> String {
        let words = self.phrases();
        let (text, month) = (self.counted(&words.count.tasks, tasks), self.month(month));
        words.note.unmetered.of(tasks.into()).with(&[("tasks", &text), ("month", &month)])
    }

    fn overage_differs(self, users: u32, stated: &str, computed: &str) -> String {
        let words = self.phrases();
        let of = self.counted(&words.count.users, users);
        let (stated, computed) = (self.credits(stated), self.credits(computed));
        let said = [("users", &*of), ("stated", &*stated), ("computed", &*computed)];
        words.note.overage_differs.of(users.into()).with(&said)
    }

    fn bill_unreadable(self, months: &[String]) -> String {
        let named: Vec<_> = months.iter().map(|of| self.month(of)).collect();
        let count = u64::try_from(months.len()).unwrap_or(u64::MAX);
        self.phrases().note.bill_unreadable.of(count).with(&[("months", &named.join(", "))])
    }

    /// What a figure rests on that no source settles. One person's assumptions have their words where they are said.
    fn assumed(self, assumption: Assumption) -> &'static str {
        let words = &self.phrases().note;
        let phrase = match assumption {
            Assumption::FirstPaymentCredit
            | Assumption::PacksGetBack
            | Assumption::OverageByPrice
            | Assumption::ChargedWhileOff => return "",
            Assumption::FeeUnlessExempt => &words.fee_unless_exempt,
            Assumption::EnterpriseSeat => &words.enterprise_seat,
            Assumption::PassFeeFrom => &words.pass_fee_from,
            Assumption::PassForPartOfACycle => &words.pass_for_part_of_a_cycle,
            Assumption::PassByTheYear => &words.pass_by_the_year,
            Assumption::PassCredits => &words.pass_credits,
            Assumption::AutomaticTopUp => &words.automatic_top_up,
            Assumption::OwnPass => &words.own_pass,
            Assumption::OwnPurchases => &words.own_purchases,
        };
        phrase.plain()
    }

    /// How many seats there were at first and at last.
    fn between(self, said: &Phrase, from: u64, to: u64) -> String {
        let written = |seats: u64| self.number(&seats.to_string());
        said.with(&[("from", &written(from)), ("to", &written(to))])
    }

    /// A tier of Kilo Pass by the list, and what Kilo says of its month.
    fn pass_differs(self, tier: &str, listed: &str, told: &str) -> String {
        let said = [("tier", tier), ("listed", &*self.dollars(listed)), ("told", &*self.dollars(told))];
        self.phrases().note.pass_differs.with(&said)
    }

    /// Rows, whosever they are.
    fn rows_alone(self, words: &Counted, rows: u32) -> String {
        words.of(rows.into()).with(&[("rows", &self.counted(&self.phrases().count.rows, rows))])
    }

    fn in_currency(self, currency: &str, amount: &str) -> String {
        let words = &self.phrases().note.bill_in_currency;
        words.with(&[("currency", currency), ("amount", &self.number(amount))])
    }

    /// Users of whom nobody knows whether overage is on.
    fn switch_unknown(self, users: u32) -> String {
        let (words, count) = (&self.phrases().note.switch_unknown, &self.phrases().count.users);
        words.of(users.into()).with(&[("users", &self.counted(count, users))])
    }

    /// Rows that are left out, of how many users and of which tiers.
    fn rows_of(self, words: &Counted, rows: u32, users: u32, tiers: &str) -> String {
        let counts = &self.phrases().count;
        let (text, users) = (self.counted(&counts.rows, rows), self.counted(&counts.users, users));
        words.of(rows.into()).with(&[("rows", &text), ("users", &users), ("tiers", tiers)])
    }
}
