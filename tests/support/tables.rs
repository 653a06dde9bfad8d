//! Tables of text that are right, and what they come to, for tests that change them.

use headroom_app::Headroom;
use headroom_exact::Balance;
use headroom_sources::files::given::Files;
use headroom_sources::files::table_file::{FileKind, unwatched};
use headroom_sources::kilo::usage_csv;
use headroom_sources::{Worker, aws};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// In a report.
const USERS: usize = 3;

/// A report of users within and beyond their tiers.
pub fn report() -> String {
    let mut text =
        "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages\n"
            .to_owned();
    for day in 1..=12 {
        for (user, tier, used) in
            [("ada", "PRO", "96.345"), ("bob", "PRO_PLUS", "12.5"), ("cem", "POWER", "1234.125")]
        {
            _ = writeln!(text, "2026-09-{day:02},{user}-{tier},KIRO_IDE,{used},true,arn:p/A,{tier},17");
        }
    }
    text
}

/// An export of three people's spending.
pub fn export() -> String {
    let mut text = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n".to_owned();
    for day in 1..=12 {
        for (user, cost) in
            [("ada@example.com", "1.250000"), ("bob@example.com", "1234.125001"), ("cem", "-0.500000")]
        {
            _ = writeln!(text, "2026-09-{day:02},{user},m,{cost},12,1200,34");
        }
    }
    text
}

/// A bill of three people's licences and credits of two payers.
pub fn bill() -> String {
    let mut text = "identity_line_item_id,identity_time_interval,bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_operation,line_item_resource_id,line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_currency_code,line_item_usage_start_date\n".to_owned();
    for (user, tier, fee, beyond) in [
        ("ada", "Pro", "20.0", "4.2500000001"),
        ("bob", "ProPlus", "27.4", "0.0"),
        ("cem", "Power", "200.0", "1234.125"),
    ] {
        for (kind, operation, usage, cost) in [
            ("FlatRateSubscription", "monthly-subscription", tier, fee),
            ("Usage", "Credits", "Credits", beyond),
            ("EdpDiscount", "", tier, "-0.125"),
        ] {
            _ = writeln!(
                text,
                "{user}-{kind},2026-10-04,{user}8,2026-10-01,7000,{kind},Kiro,USE1-KiroEnterprise-{usage},{operation},user/{user},1.5,Credits,{cost},USD,2026-10-04"
            );
        }
    }
    text
}

/// What a bill comes to, line by line, and whether something is said of it; none where it is refused.
pub fn billed(file: &Path) -> Option<(Vec<String>, bool)> {
    let files = Files::of_kind(FileKind::AwsCostExport, &[file.into()]).ok()?;
    let export = aws::read_files(&Worker::of_this_program(), &files, &unwatched).ok()?;
    let lines = export.bills.iter().flat_map(|bill| &bill.lines);
    let lines = lines.map(|line| format!("{:?} {} {}", line.place(), line.quantity, line.cost));
    Some((lines.collect(), export.bad.count > 0 || export.copies > 0))
}

/// What a report comes to, and whether something is said of it; none where it is refused.
pub fn activity(file: &Path) -> Option<(Value, bool)> {
    let answer = serde_json::to_value(Headroom::activity(file, "US").ok()?).expect("JSON");
    let is_none = |key: &str| {
        answer[key].as_array().is_none_or(Vec::is_empty) && answer[key].as_u64().unwrap_or(0) == 0
    };
    let said = !["bad_rows", "notes", "replaced", "unknown_credits"].into_iter().all(is_none);
    // Who is named is shown: a letter more makes somebody else of a user, whom nobody can tell from a new one.
    let held = answer["current"]["subscriptions"].as_array().into_iter().flatten();
    let named: Vec<_> = held.map(|held| [held["profile"].clone(), held["user"].clone()]).collect();
    let said = said || named.len() != USERS;
    Some((serde_json::json!([answer["used"], answer["current"]["month_to_date"]]), said))
}

/// What an export comes to, and whether something is said of it; none where it is refused.
pub fn spent(file: &Path) -> Option<(Option<Balance>, bool)> {
    let export = usage_csv::read(&Worker::of_this_program(), file, &unwatched).ok()?;
    let cost = export.days.iter().flat_map(|day| &day.rows).map(|row| row.cost).sum();
    Some((cost, export.bad.count > 0))
}
