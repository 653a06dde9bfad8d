//! Files that were changed on their way: what they come to changes only with a word.
//!
//! A report and an export are read as they came and changed. A bill and a statement's result are imported where the whole one
//! is known already: then another figure is a word, too, since it says what it replaces.

mod faults;

use crate::Found;
use acceptance::Desk;
use acceptance::chance::Chance;
use acceptance::tables::{activity, export, report, spent};
use faults::{changed, damaged};
use headroom_app::How;
use headroom_app::answers::{ImportKind, ImportView};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const NOW: &str = "2026-11-21T10:30:00Z";
/// Six licences: $120.00.
fn bill() -> String {
    let mut text = "identity_line_item_id,identity_time_interval,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_operation,line_item_resource_id,line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_currency_code,line_item_usage_start_date\n".to_owned();
    for user in 0..6 {
        _ = writeln!(
            text,
            "l{user},2026-10-04T00:00:00Z/2026-10-04T23:59:59Z,8,2026-10-01T00:00:00.000Z,7,FlatRateSubscription,Kiro,USE1-KiroEnterprise-Pro,monthly-subscription,arn:aws:identitystore:::user/u{user},1.0,User-Month,20.00,USD,2026-10-04T00:00:00Z"
        );
    }
    text
}

/// The same bill as a statement sums it.
fn result() -> String {
    let mut text = "headroom_result,headroom_layout,headroom_manifests,headroom_run_at,headroom_rows,headroom_cost,headroom_quantity,headroom_issue,headroom_current,headroom_newest,headroom_invoiced,headroom_lines,headroom_without_id,headroom_copies,headroom_differing,headroom_unread,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_resource_id,line_item_usage_type,line_item_operation,line_item_line_item_type,line_item_currency_code,pricing_unit,line_item_usage_amount,line_item_unblended_cost\n".to_owned();
    for user in 0..6 {
        _ = writeln!(
            text,
            "1,underscores,0,2026-11-20 08:00:00,6,120.000000000000000000,6.000000000000000000,s3://b/p/kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv.gz,,2026-10-04 00:00:00,0,1,0,0,0,0,8,2026-10,7,u{user},USE1-KiroEnterprise-Pro,monthly-subscription,FlatRateSubscription,USD,User-Month,1.000000000000000000,20.000000000000000000"
        );
    }
    text
}

/// What came of a changed file.
#[derive(Clone, Copy)]
enum Came {
    Refused,
    Told,
    Same,
}

/// A file as it was written, and what it comes to when it is read.
struct Original<S> {
    name: &'static str,
    text: String,
    whole: S,
    read: fn(&Path) -> Option<(S, bool)>,
}

impl<S: PartialEq> Original<S> {
    fn new(folder: &Path, name: &'static str, text: String, read: fn(&Path) -> Option<(S, bool)>) -> Self {
        let file = folder.join(name);
        fs::write(&file, &text).expect("written");
        let (whole, said) = read(&file).expect("readable");
        assert!(!said, "nothing is to be said of the whole");
        Self { name, text, whole, read }
    }

    fn once(&self, chance: &mut Chance, folder: &Path) -> Result<Came, String> {
        let bytes = damaged(&self.text, chance);
        let file = folder.join(self.name);
        fs::write(&file, &bytes).expect("written");
        match (self.read)(&file) {
            None => Ok(Came::Refused),
            Some((_, true)) => Ok(Came::Told),
            Some((sum, false)) if sum == self.whole => Ok(Came::Same),
            Some(_) => {
                Err(format!("{} changed without a word:\n{}", self.name, String::from_utf8_lossy(&bytes)))
            }
        }
    }
}

/// A bill that is known, as it came.
struct Known {
    desk: Desk,
    text: String,
    figure: Vec<Option<String>>,
}

impl Known {
    fn new(text: String) -> Self {
        let desk = Desk::at(NOW);
        let file = desk.home().join("whole.csv");
        fs::write(&file, &text).expect("written");
        desk.import(ImportKind::AwsCost, Some(&file)).expect("an import");
        let figure = Self::billed(&desk);
        assert_eq!(figure, [Some("120.00".to_owned())], "the whole");
        Self { desk, text, figure }
    }

    fn billed(desk: &Desk) -> Vec<Option<String>> {
        let start = desk.headroom.start(None).expect("it starts");
        let accounts = start.accounts.iter().map(|account| account.id);
        let periods = accounts.flat_map(|account| desk.headroom.invoices(account).expect("invoices").periods);
        periods.map(|period| period.quoted.and_then(|quoted| quoted.quoted)).collect()
    }

    /// Whether something of it is told, beside that it is known.
    fn is_told(report: &ImportView) -> bool {
        !report.bills.is_empty() || report.bad > 0 || !report.skipped.is_empty()
    }

    /// As a dry run, and now and then in earnest on data of its own.
    fn once(&self, chance: &mut Chance) -> Result<Came, String> {
        let bytes = changed(self.text.as_bytes(), chance);
        let told = || String::from_utf8_lossy(&bytes).into_owned();
        let file = self.desk.home().join("changed.csv");
        fs::write(&file, &bytes).expect("written");
        let how = How { dry_run: true, ..How::default() };
        let dry =
            self.desk.headroom.import_given(ImportKind::AwsCost, &[file.as_path().into()], how, &|_| {});
        let came = match &dry {
            Err(_) => Came::Refused,
            Ok(report) if Self::is_told(report) => Came::Told,
            Ok(report) if report.known > 0 => Came::Same,
            Ok(report) => return Err(format!("nothing is said: {report:?}\n{}", told())),
        };
        if chance.below(40) == 0 {
            let own = Self::new(self.text.clone());
            let file = own.desk.home().join("changed.csv");
            fs::write(&file, &bytes).expect("written");
            _ = own.desk.import(ImportKind::AwsCost, Some(&file));
            let now = Self::billed(&own.desk);
            if now != own.figure && !matches!(came, Came::Told) {
                return Err(format!("{:?} became {now:?} and nothing was said:\n{}", own.figure, told()));
            }
        }
        Ok(came)
    }
}

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let report = Original::new(folder, "x_user_report_202610010200.csv", report(), activity);
    let export = Original::new(folder, "usage-30d-2026-10-01.csv", export(), spent);
    let (bill, result) = (Known::new(bill()), Known::new(result()));
    let names = ["reports", "exports", "bills", "results"];
    let mut tried = [[0_u64; 3]; 4];
    let mut found = Found::default();
    for index in 0..count {
        let kind = usize::try_from(index % 4).expect("small");
        let came = match kind {
            0 => report.once(chance, folder),
            1 => export.once(chance, folder),
            2 => bill.once(chance),
            _ => result.once(chance),
        };
        found.tried(came.map(|came| tried[kind][came as usize] += 1));
    }
    for known in [&bill, &result] {
        let now = Known::billed(&known.desk);
        found.failed.extend((now != known.figure).then(|| format!("a dry run made it {now:?}")));
    }
    let each = names.into_iter().zip(tried);
    let each = each.map(|(name, [refused, told, same])| {
        format!("{name}: {refused} refused, {told} told, {same} the same")
    });
    found.notes.push(each.collect::<Vec<_>>().join("; "));
    found
}
