//! The sample organisation: reports of three months of a made-up company, the bills of those that have ended, and who its
//! people are. Seeded: the same day gives the same records.

use super::month::{OrganisationMonth, terms};
use crate::bills::kept_bill;
use crate::error::AppError;
use crate::kinds::sample::{Chance, Sample, works};
use crate::reported;
use chrono::NaiveDate;
use headroom_billing::{Line, LineKind as Charged};
use headroom_exact::{Credits, Moment, Month, calendar, say};
use headroom_sources::aws::{BillLine, LineKind, MonthBill};
use headroom_sources::kiro::activity_report::{ActivityRow, Quoted};
use headroom_store::Writing;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::identities::Identity;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::sync::Arc;

pub(super) const SAMPLE: Sample = Sample { name: say!("sample-organisation"), write };

/// Who the people are.
const COMPANY: &str = include_str!("../../../data/sample-organisation.json");
/// The account that pays, and whose profiles these are.
const PAYER: &str = "111122223333";
/// Cents that AWS takes off each bill.
const DISCOUNT: i64 = -9_240;
/// Months of reports, the running one included.
const MONTHS: i32 = 3;

/// The made-up company.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Company {
    /// Most are on a tier that fits, some on one too large or too small; one is under two profiles.
    people: Vec<Somebody>,
    /// Who has a licence and never uses it: of them only the bills tell.
    idle: Vec<Idle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Somebody {
    name: String,
    /// Which is also whose profile the licence is under.
    group: String,
    tier: String,
    /// Hundredths of a credit on a working day, more or less.
    a_day: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Idle {
    name: String,
    group: String,
}

impl Somebody {
    /// What they used on a day.
    fn row(&self, date: NaiveDate, chance: &mut Chance) -> ActivityRow {
        let hundredths = 20 + chance.below(self.a_day) + chance.below(self.a_day);
        ActivityRow {
            date,
            user: id(&self.name).into(),
            client: if chance.below(4) == 0 { "KIRO_CLI" } else { "KIRO_IDE" }.into(),
            profile: format!("arn:aws:codewhisperer:us-east-1:{PAYER}:profile/{}", self.group).into(),
            tier: Some(self.tier.as_str().into()),
            credits: Some(Credits::from_hundredths(hundredths.into()).into()),
            is_rounded: false,
            quoted: Arc::new(Quoted { overage_enabled: Some(true), ..Quoted::default() }),
            email: Some(email(&self.name).into()),
            issued: "".into(),
        }
    }
}

fn id(name: &str) -> String {
    name.to_lowercase().replace(' ', ".")
}

fn email(name: &str) -> String {
    format!("{}@orbit.example", id(name))
}

/// Until yesterday: reports are of days that have ended.
fn rows(people: &[Somebody], now: Moment) -> Vec<ActivityRow> {
    let first = Month::of(now).plus(1 - MONTHS).first_date();
    let last = now.date().pred_opt().unwrap_or(first);
    let mut chance = Chance(0x0012_6A15_A710_4007);
    let mut rows = Vec::new();
    for date in calendar::days_between(first, last) {
        for (place, somebody) in people.iter().enumerate() {
            // One works every day, so that the reports are of whole months.
            if works(date, &mut chance) || place == 0 {
                rows.push(somebody.row(date, &mut chance));
            }
        }
    }
    rows
}

/// A line of the calculation as AWS bills it.
fn billed(line: &Line) -> Option<BillLine> {
    let (kind, quantity) = match line.kind {
        Charged::Subscription => (LineKind::Subscription(line.plan?.to_owned()), Decimal::ONE),
        Charged::Overage => (LineKind::Credits, line.quantity?.to_string().parse().ok()?),
        Charged::Discount
        | Charged::Refund
        | Charged::Seats
        | Charged::Credits
        | Charged::Pass
        | Charged::Fee => return None,
    };
    let cost = line.amount.to_string().parse().ok()?;
    Some(bill_line(line.user.as_ref()?.as_str(), kind, quantity, cost))
}

fn bill_line(user: &str, kind: LineKind, quantity: Decimal, cost: Decimal) -> BillLine {
    BillLine {
        account: PAYER.to_owned(),
        region: "USE1".to_owned(),
        user: user.to_owned(),
        kind,
        quantity,
        cost,
    }
}

/// The bill of a month of these reports: what is computed of them, and what only a bill tells.
fn bill(rows: &[ActivityRow], idle: &[Idle], month: Month) -> Result<Option<MonthBill>, AppError> {
    let of_month: Vec<_> = rows.iter().filter(|row| Month::of_date(row.date) == month).cloned().collect();
    let charge = OrganisationMonth::of(&of_month, &[], terms())?.map(OrganisationMonth::charge);
    let Some(invoice) = charge.and_then(|charge| charge.invoice) else { return Ok(None) };
    let mut lines: Vec<_> = invoice.lines.iter().filter_map(billed).collect();
    let licence = |idle: &Idle| {
        let of_pro = LineKind::Subscription("pro".to_owned());
        bill_line(&id(&idle.name), of_pro, Decimal::ONE, Decimal::from(20))
    };
    lines.extend(idle.iter().map(licence));
    let discount = LineKind::Deduction("edp-discount".to_owned());
    lines.push(bill_line("", discount, Decimal::ONE, Decimal::new(DISCOUNT, 2)));
    Ok(Some(MonthBill { month: month.first_date(), payer: Some(PAYER.to_owned()), lines, issue: None }))
}

fn write(writing: &Writing<'_>, account: AccountId, now: Moment) -> Result<(), AppError> {
    let Company { people, idle } = serde_json::from_str(COMPANY)?;
    let rows = rows(&people, now);
    for day in reported::activity_days(&rows) {
        reported::append_activity(writing, account, &day, now)?;
    }
    for back in 1..MONTHS {
        if let Some(bill) = bill(&rows, &idle, Month::of(now).plus(-back))? {
            writing.append_bill(account, &kept_bill(&bill)?, now)?;
        }
    }
    let known = people.iter().map(|somebody| (&somebody.name, &somebody.group));
    for (name, group) in known.chain(idle.iter().map(|idle| (&idle.name, &idle.group))) {
        let identity = Identity {
            user: id(name),
            name: Some(name.clone()),
            email: Some(email(name)),
            groups: vec![group.clone()],
        };
        writing.save_identity(account, &identity)?;
    }
    Ok(())
}
