//! An organisation's reports as people have them: every spelling, every header, and what they say of overage (F4, F5).

use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, ChargeNote, ImportKind, Kind, OrganisationView, UsageAsked, UsageRange, UserRisk,
};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

const NOW: &str = "2026-11-21T10:30:00Z";
const HEADER: &str = "Date,UserId,Client_Type,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Usage_Limit";

/// An organisation that imported these reports, in this order.
fn imported(desk: &Desk, reports: &[(&str, String)]) -> AccountNumber {
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    for (name, text) in reports {
        let file = desk.home().join(name);
        std::fs::write(&file, text).expect("written");
        let view = desk.import(ImportKind::KiroActivity, Some(&file)).expect("imported");
        assert_eq!(view.bad, 0, "{:?}", view.bad_rows);
    }
    account
}

fn report(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn organisation(rows: &[&str]) -> OrganisationView {
    let desk = Desk::at(NOW);
    let account = imported(&desk, &[("report.csv", report(rows))]);
    desk.organisation(account)
}

/// A user's id, used, allowance, overage and cost.
type UserRow<'v> = (&'v str, Option<&'v str>, Option<&'v str>, Option<&'v str>, Option<&'v str>);

/// By id.
fn users(view: &OrganisationView) -> Vec<UserRow<'_>> {
    let mut users: Vec<_> = view
        .users
        .iter()
        .map(|user| {
            (
                user.id.as_str(),
                user.used.as_deref(),
                user.allowance.as_deref(),
                user.overage.as_deref(),
                user.cost.as_deref(),
            )
        })
        .collect();
    users.sort_unstable();
    users
}

/// But for the days that these few rows leave out.
fn notes(view: &OrganisationView) -> Value {
    let is_of_rows = |note: &&ChargeNote| !matches!(note, ChargeNote::ReportsCover { .. });
    serde_json::to_value(view.notes.iter().filter(is_of_rows).collect::<Vec<_>>()).expect("JSON")
}

/// Found in November 2026: rows rounded one by one came to 1,000.06 for 1,000.36.
#[test]
fn credits_of_many_small_rows_are_summed_exactly_and_rounded_once() {
    let desk = Desk::at(NOW);
    let mut rows = Vec::new();
    for day in 1..=30 {
        for client in ["KIRO_IDE", "KIRO_CLI", "PLUGIN"] {
            rows.push(format!("2026-09-{day:02},u1,{client},22.2249,,,true,p/A,PRO_PLUS,"));
        }
    }
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let account = imported(&desk, &[("report.csv", report(&rows))]);
    let view = desk.organisation(account);
    // 90 × 22.2249 = 2,000.241; rounded row by row it is 1,999.80 and no overage.
    assert_eq!(users(&view), [("u1", Some("2000.24"), Some("2000.00"), Some("0.24"), Some("40.01"))]);
    assert_eq!((view.used.as_deref(), view.month_to_date.as_deref()), (Some("2000.24"), Some("40.01")));
    let asked = UsageAsked { range: UsageRange::Running, split: None, only: Vec::new() };
    let usage = desk.headroom.usage(account, &asked).expect("usage");
    let usage = serde_json::to_value(&usage).expect("JSON");
    assert!(usage.to_string().contains("\"2000.24\""), "the chart's sum is the same: {usage}");
}

#[test]
fn a_users_own_rows_have_the_switch_and_the_others_pay_nothing_for_it() {
    let view = organisation(&[
        "2026-09-01,ann,IDE,1900,5000.0,0.0,true,p/A,PRO_PLUS,",
        "2026-09-01,bob,IDE,950,5000.0,0.0,false,p/A,PRO,",
        "2026-09-02,ann,IDE,350,5000.0,250.0,true,p/A,PRO_PLUS,",
        "2026-09-02,bob,IDE,50,5000.0,0.0,false,p/A,PRO,",
        "2026-09-03,bob,IDE,5,5000.0,0.0,false,p/A,PRO,",
    ]);
    assert_eq!(
        users(&view),
        [
            ("ann", Some("2250.00"), Some("2000.00"), Some("250.00"), Some("50.00")),
            ("bob", Some("1005.00"), Some("1000.00"), Some("0.00"), Some("20.00")),
        ]
    );
    let ann = view.users.iter().find(|user| user.id == "ann").expect("ann");
    assert_eq!((ann.overage_enabled, ann.overage_cap.as_deref()), (Some(true), Some("5000.00")));
    let kinds: Vec<_> =
        notes(&view).as_array().into_iter().flatten().map(|note| note["kind"].clone()).collect();
    assert_eq!(kinds, ["beyond-limit"], "bob's last five were used and are in no cost");
    assert_eq!((view.used.as_deref(), view.used_at_least), (Some("3255.00"), false));
}

/// What the report itself says is beyond the tier leads, and the difference is said (V6).
#[test]
fn the_reports_own_overage_leads_and_the_difference_is_said() {
    let view = organisation(&[
        "2026-09-01,ann,IDE,1200,,150.5,true,p/A,PRO,",
        "2026-09-02,ann,IDE,10,,10.25,true,p/A,PRO,",
    ]);
    assert_eq!(users(&view), [("ann", Some("1210.00"), Some("1000.00"), Some("160.75"), Some("26.43"))]);
    assert_eq!(
        notes(&view),
        serde_json::json!([{"kind": "overage-differs", "users": 1, "stated": "160.75", "computed": "210.00"}])
    );
    // Where they name none, those by the rules stand, and that is said too.
    let view = organisation(&["2026-09-01,ann,IDE,1200,,0.0,true,p/A,PRO,"]);
    assert_eq!(users(&view), [("ann", Some("1200.00"), Some("1000.00"), Some("200.00"), Some("28.00"))]);
    assert_eq!(notes(&view)[0]["stated"], "0.00");
    // An upgrade rates the month again: what was beyond the lower tier isn't any more (E4).
    let view = organisation(&[
        "2026-09-01,ann,IDE,1200,,200.0,true,p/A,PRO,",
        "2026-09-02,ann,IDE,10,,0.0,true,p/A,PRO_PLUS,",
    ]);
    assert_eq!(users(&view), [("ann", Some("1210.00"), Some("2000.00"), Some("0.00"), Some("40.00"))]);
    assert_eq!(notes(&view), serde_json::json!([]));
}

/// Found in November 2026: what reports said of overage was passed over once they named a lower tier again, which takes
/// nothing back (E5, V6).
#[test]
fn overage_that_is_reported_after_a_downgrade_leads_too() {
    let view = organisation(&[
        "2026-09-01,ann,IDE,100,,0.0,true,p/A,PRO_PLUS,",
        "2026-09-15,ann,IDE,1200,,300.0,true,p/A,PRO,",
        "2026-09-16,ann,IDE,50,,50.0,true,p/A,PRO,",
    ]);
    assert_eq!(users(&view), [("ann", Some("1350.00"), Some("2000.00"), Some("350.00"), Some("54.00"))]);
    assert_eq!(
        notes(&view),
        serde_json::json!([{"kind": "overage-differs", "users": 1, "stated": "350.00", "computed": "0.00"}])
    );
    // On the day of an upgrade a client may still be told on the lower tier: that was before it.
    let view = organisation(&[
        "2026-09-01,ann,CLI,600,,0.0,true,p/A,PRO,",
        "2026-09-02,ann,CLI,10,,0.0,true,p/A,PRO_PLUS,",
        "2026-09-02,ann,IDE,500,,100.0,true,p/A,PRO,",
    ]);
    assert_eq!(users(&view), [("ann", Some("1110.00"), Some("2000.00"), Some("0.00"), Some("40.00"))]);
    assert_eq!(notes(&view), serde_json::json!([]));
}

#[test]
fn free_and_unknown_tiers_are_users_whose_credits_count() {
    let view = organisation(&[
        "2026-09-01,ann,IDE,12.5,,,false,p/A,Pro Max,",
        "2026-09-01,bob,IDE,30,,,false,p/A,FREE,",
        "2026-09-01,cem,IDE,7.25,,,false,p/A,PRO_ULTRA,",
        "2026-09-01,dee,IDE,1,,,false,p/A,,",
    ]);
    assert_eq!(
        users(&view),
        [
            ("ann", Some("12.50"), Some("5000.00"), Some("0.00"), Some("100.00")),
            ("bob", Some("30.00"), Some("50.00"), Some("0.00"), Some("0.00")),
            ("cem", Some("7.25"), None, None, None),
            ("dee", Some("1.00"), None, None, None),
        ]
    );
    assert_eq!((view.used.as_deref(), view.month_to_date.as_deref()), (Some("50.75"), Some("100.00")));
    assert!(view.at_least && !view.used_at_least);
    // Who was on Free first pays for what is beyond the tier that followed (K10).
    let view =
        organisation(&["2026-09-01,ann,IDE,45,,,true,p/A,FREE,", "2026-09-02,ann,CLI,1000,,,true,p/A,pro,"]);
    assert_eq!(users(&view), [("ann", Some("1045.00"), Some("1000.00"), Some("45.00"), Some("21.80"))]);
}

#[test]
fn a_limit_that_an_administrator_set_is_quoted() {
    let view = organisation(&[
        "2026-09-01,ann,IDE,700,,,false,p/A,PRO,800.0",
        "2026-09-01,bob,IDE,800,,,false,p/A,PRO,800.0",
        "2026-09-01,cem,IDE,700,,,false,p/A,PRO,",
    ]);
    let risks: Vec<_> =
        view.users.iter().map(|user| (user.allowance.as_deref(), user.limited, user.risk)).collect();
    assert_eq!(
        risks,
        [
            (Some("800.00"), true, Some(UserRisk::AtLimit)),
            (Some("800.00"), true, Some(UserRisk::NearLimit)),
            (Some("1000.00"), false, None),
        ]
    );
    assert_eq!(view.month_to_date.as_deref(), Some("60.00"), "the fee stays the tier's");
}

/// Two of one user under two ids, exported twice, a cell that is empty: in whatever order they come, they are one.
#[test]
fn one_user_stays_one_in_every_order_of_importing() {
    let early = "Date,UserId,Client_Type,Credits_Used,ProfileId,Subscription_Tier\n2026-09-10,77aa,IDE,40,,PRO\n2026-09-11,77aa,IDE,1,p/A,PRO\n";
    let late = "\u{feff}Date;UserId;Client_Type;Credits_Used;ProfileId;Subscription_Tier\r\n10.09.2026;d-90.77aa;IDE;41,125;p/A;PRO\r\n";
    let again = late.replace("41,125", "42,5");
    let reports = [
        ("x_user_report_202609110000.csv", early.to_owned()),
        ("x_user_report_202609120200.csv", late.to_owned()),
        ("x_user_report_202609120200 (1).csv", again),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let desk = Desk::at(NOW);
        let ordered: Vec<_> = order.iter().map(|place| reports[*place].clone()).collect();
        let account = imported(&desk, &ordered);
        let view = desk.organisation(account);
        assert_eq!(
            users(&view),
            [("77aa", Some("43.50"), Some("1000.00"), Some("0.00"), Some("20.00"))],
            "{order:?}"
        );
        assert!(view.paid_twice.is_empty(), "{order:?}");
    }
}

#[test]
fn a_tier_that_changes_in_a_month_costs_the_highest() {
    let view = organisation(&[
        "2026-09-01,ann,IDE,100,,,false,p/A,PRO,",
        "2026-09-02,ann,IDE,100,,,false,p/A,ProMax,",
        "2026-09-03,ann,IDE,100,,,false,p/A,Pro+,",
        "2026-09-04,ann,IDE,1,,,false,p/A,FREE,",
    ]);
    assert_eq!(users(&view), [("ann", Some("301.00"), Some("5000.00"), Some("0.00"), Some("100.00"))]);
}

/// An older version kept each row rounded: its sums are said to be inexact until the reports are imported again.
#[test]
fn rows_that_were_rounded_one_by_one_are_imported_again_for_exact_sums() {
    let desk = Desk::at(NOW);
    let rows: Vec<_> =
        (1..=30).map(|day| format!("2026-09-{day:02},d-1.u1,IDE,33.3449,,,true,p/A,PRO,")).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let account = imported(&desk, &[("report.csv", report(&rows))]);
    let exact = desk.organisation(account);
    assert_eq!(users(&exact), [("u1", Some("1000.35"), Some("1000.00"), Some("0.35"), Some("20.01"))]);
    as_an_older_version_kept_it(&desk.headroom.paths().database());
    let rounded = desk.organisation(account);
    assert_eq!(users(&rounded), [("u1", Some("1000.20"), Some("1000.00"), Some("0.20"), Some("20.01"))]);
    assert_eq!(notes(&rounded), serde_json::json!([{"kind": "rows-rounded", "rows": 30}]));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("import the reports again for exact sums"), "{status}");
    desk.import(ImportKind::KiroActivity, Some(&desk.home().join("report.csv"))).expect("imported");
    assert_eq!(
        (users(&desk.organisation(account)), notes(&desk.organisation(account))),
        (users(&exact), serde_json::json!([]))
    );
}

/// Rewrites every statement as it was kept before: hundredths, and the user's id as the report wrote it.
fn as_an_older_version_kept_it(database: &Path) {
    let database = rusqlite::Connection::open(database).expect("the store");
    database.execute_batch("DROP TRIGGER reported_usage_is_not_changed;").expect("changeable");
    let mut texts = Vec::new();
    {
        let mut statement = database
            .prepare("SELECT id, body FROM reported_usage WHERE source = 'kiro-activity'")
            .expect("a table");
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            texts.push((row.get::<_, i64>(0).expect("an id"), row.get::<_, String>(1).expect("a text")));
        }
    }
    let mut rewritten = 0;
    for (id, text) in texts {
        let older = text
            .replace("\"billionths\":33344900000", "\"credits\":3334")
            .replace("\"user\":\"u1\"", "\"user\":\"d-1.u1\"");
        rewritten += database
            .execute("UPDATE reported_usage SET body = ?1 WHERE id = ?2", (older, id))
            .expect("written");
    }
    assert_eq!(rewritten, 30);
}

/// The licences of a bill that nobody used are named with what they cost (F8).
#[test]
fn licences_that_nobody_used_are_named() {
    let bill = |rows: &[(&str, &str, &str, &str)]| {
        let header = "bill_billing_period_start_date,line_item_usage_account_id,line_item_usage_start_date,line_item_resource_id,line_item_product_code,line_item_operation,line_item_line_item_type,line_item_usage_type,line_item_usage_amount,line_item_unblended_cost,line_item_currency_code,pricing_unit";
        rows.iter().fold(format!("{header}\n"), |mut text, (user, operation, tier, cost)| {
            let kind = if *operation == "Credits" { "Usage" } else { "FlatRateSubscription" };
            _ = writeln!(text, "2026-09-01,1111,2026-09-01,arn:aws:identitystore:::user/{user},Kiro,{operation},{kind},USE1-KiroEnterprise-{tier},1,{cost},USD,Credits");
            text
        })
    };
    let fee = "monthly-subscription";
    let billed = bill(&[
        ("ann", fee, "Power", "200"),
        ("bob", fee, "Pro", "20"),
        ("cem", fee, "ProPlus", "40"),
        ("cem", "Credits", "Credits", "0"),
    ]);
    let idle = |view: &OrganisationView| -> Vec<(String, Option<String>)> {
        view.idle.iter().map(|idle| (idle.id.clone(), idle.billed.clone())).collect()
    };
    let some = |id: &str, billed: &str| (id.to_owned(), Some(billed.to_owned()));
    let desk = Desk::at(NOW);
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let file = desk.home().join("cur.csv");
    std::fs::write(&file, billed).expect("written");
    desk.import(ImportKind::AwsCost, Some(&file)).expect("imported");
    // By the bill alone: credits of it name who was there.
    let view = desk.organisation(account);
    assert_eq!(idle(&view), [some("ann", "200.00"), some("bob", "20.00")]);
    let named: Vec<_> =
        view.users.iter().map(|user| (user.id.as_str(), user.tier.as_str(), user.used.as_deref())).collect();
    assert_eq!(named, [("ann", "Power", None), ("cem", "Pro+", None), ("bob", "Pro", None)]);
    // With the reports of its month, though a later one has reports too.
    let reports = report(&[
        "2026-09-05,d-9.bob,IDE,3,,,false,p/A,PRO,",
        "2026-09-05,cem,IDE,0,,,false,p/A,PRO_PLUS,",
        "2026-10-05,ann,IDE,3,,,false,p/A,POWER,",
    ]);
    let file = desk.home().join("r.csv");
    std::fs::write(&file, reports).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&file)).expect("imported");
    assert_eq!(idle(&desk.organisation(account)), [some("ann", "200.00")]);
    let status = desk.run(&["status"]).output;
    assert!(status.contains("ann: $200.00 billed for September 2026, nothing used"), "{status}");
}

/// Found in November 2026: a row of another year was the month that was shown.
#[test]
fn rows_of_days_to_come_are_left_out_and_said() {
    let desk = Desk::at(NOW);
    let today = "2026-11-21,u-1,KIRO_IDE,10,1000,0,false,arn:p/ONE,PRO,1000";
    let rows = [today, &today.replace("2026-11-21", "2026-11-22"), &today.replace("2026", "2062")];
    let account = imported(&desk, &[("now.csv", report(&[today]))]);
    let before = desk.organisation(account);
    let path = desk.home().join("report.csv");
    std::fs::write(&path, report(&rows)).expect("written");
    let view = desk.import(ImportKind::KiroActivity, Some(&path)).expect("imported");
    let notes: Vec<_> = view.notes.iter().map(ToString::to_string).collect();
    assert_eq!((notes, view.added, view.known), (vec!["rows-to-come(count: 2)".to_owned()], 0, 1));
    let after = desk.organisation(account);
    assert_eq!((&after.month, &after.used), (&before.month, &before.used));
    // Tomorrow the first of them is no row to come any more.
    let tomorrow = desk.later("2026-11-22T10:30:00Z");
    let view = tomorrow.import(ImportKind::KiroActivity, Some(&path)).expect("imported");
    assert_eq!((view.added, view.known), (1, 1));
}

/// Found in November 2026: "No usage on these days", while `status` had the month's credits from its reports.
#[test]
fn usage_of_an_organisation_is_what_its_reports_tell() {
    let desk = Desk::at(NOW);
    let rows = [
        "2026-11-03,ann,KIRO_IDE,3,,,false,p/A,PRO,",
        "2026-11-03,ann,KIRO_CLI,4.5,,,false,p/A,PRO,",
        "2026-11-04,bob,KIRO_IDE,100.25,,,false,p/A,PRO,",
    ];
    imported(&desk, &[("report.csv", report(&rows))]);
    let said = |arguments: &[&str]| desk.run(&[&["usage"], arguments].concat()).output;
    let by_user = said(&[]);
    for line in ["credits used from 1 November 2026", "100.25  bob", "7.50  ann", "107.75  in all"] {
        assert!(by_user.contains(line), "{by_user}");
    }
    let by_client = said(&["--by", "client"]);
    assert!(by_client.contains("103.25  KIRO_IDE") && by_client.contains("4.50  KIRO_CLI"), "{by_client}");
    let table = said(&["--by", "day", "--csv"]);
    assert!(table.contains("2026-11-04") && table.contains("107.75"), "{table}");
    let json: Value = serde_json::from_str(&said(&["--json"])).expect("JSON");
    assert_eq!((&json["total"]["metered"], &json["at_least"]), (&"107.75".into(), &false.into()));
    let none = said(&["--from", "2026-10-01", "--to", "2026-10-31"]);
    assert!(none.contains("No activity report tells of these days."), "{none}");
}
