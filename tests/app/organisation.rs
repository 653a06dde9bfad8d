//! An organisation's month: the same wherever it stands, and what it leaves out said beside it.

use acceptance::{Desk, fixture, pdf_text};
use headroom_app::answers::{AccountNumber, ExportForm, ImportKind, InvoicesView, Kind, QuotedOf, UserRisk};
use serde_json::Value;
use std::fmt::Write as _;

const NOW: &str = "2026-11-21T10:30:00Z";

fn invoices(desk: &Desk, account: AccountNumber) -> InvoicesView {
    desk.headroom.invoices(account).expect("charges")
}

/// An organisation whose report has these rows: day, user, client, credits.
fn reported(desk: &Desk, rows: impl Iterator<Item = String>) -> AccountNumber {
    reported_on_tiers(desk, rows.map(|row| (row, "PRO")))
}

/// The same with each row's tier.
fn reported_on_tiers<'t>(desk: &Desk, rows: impl Iterator<Item = (String, &'t str)>) -> AccountNumber {
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let mut report =
        "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier\n".to_owned();
    for (row, tier) in rows {
        _ = writeln!(report, "{row},true,arn:p/ONE,{tier}");
    }
    let path = desk.home().join("report.csv");
    std::fs::write(&path, report).expect("written");
    desk.import(ImportKind::KiroActivity, Some(&path)).expect("imported");
    account
}

#[test]
fn an_organisations_month_stands_beside_its_bill() {
    let desk = Desk::at(NOW);
    let users = ["u1,KIRO_IDE,50.00", "u2,KIRO_IDE,1.00"];
    let days = (1..=30).flat_map(|day| users.map(|user| format!("2026-09-{day:02},{user}")));
    let account = reported(&desk, days);
    desk.import(ImportKind::AwsCost, Some(&fixture("aws-cost/cur2.csv"))).expect("imported");
    let view = invoices(&desk, account);
    let september = view.periods.iter().find(|period| period.id == "2026-09-01").expect("a month");
    let invoice = &september.invoices[0];
    assert_eq!(invoice.subtotal, "60.00", "two on Pro, and 500 credits beyond it");
    let lines: Vec<_> =
        invoice.lines.iter().map(|line| (line.quantity.as_deref(), line.amount.as_str())).collect();
    assert_eq!(lines, [(Some("2"), "40.00"), (Some("500.00"), "20.00")], "in sum");
    assert!(september.notes.is_empty(), "the reports cover it whole");
    let billed: Vec<_> = view.periods.iter().filter_map(|period| period.quoted.as_ref()).collect();
    assert!(!billed.is_empty() && billed.iter().all(|quoted| quoted.of == QuotedOf::Bill));
    // In the export each user has a line.
    let table = desk.headroom.export(account, Some("2026-09"), ExportForm::Csv, false).expect("a table");
    let table = String::from_utf8(table.bytes).expect("text");
    assert_eq!(table.lines().filter(|line| line.contains(",u1,")).count(), 2, "{table}");
}

#[test]
fn a_statement_of_many_lines_goes_on_over_pages() {
    let desk = Desk::at(NOW);
    let users = (0..120).map(|user| format!("2026-10-01,user-{user:03},KIRO_IDE,1.00"));
    let account = reported(&desk, users);
    let export = desk.headroom.export(account, Some("2026-10"), ExportForm::Pdf, false).expect("a PDF");
    let text = pdf_text(&export.bytes);
    assert_eq!(text.matches("user-").count(), 120, "every user once");
    assert!(text.contains("$2,400.00") && text.contains("Page 4 of 4"), "{text}");
}

/// A month's charges in every form they leave Headroom in.
struct Forms {
    terminal: String,
    json: Value,
    pdf: String,
    csv: String,
}

fn forms(desk: &Desk, account: AccountNumber, month: &str) -> Forms {
    let export = |form| desk.headroom.export(account, Some(month), form, false).expect("a file").bytes;
    let json: Value = serde_json::from_slice(&export(ExportForm::Json)).expect("JSON");
    Forms {
        terminal: desk.run(&["invoices", "--period", month]).output,
        json: json["periods"][0].clone(),
        pdf: pdf_text(&export(ExportForm::Pdf)),
        csv: String::from_utf8(export(ExportForm::Csv)).expect("text"),
    }
}

fn kinds(notes: &Value) -> Vec<&str> {
    notes.as_array().into_iter().flatten().filter_map(|note| note["kind"].as_str()).collect()
}

/// Every day of an October of some users with their tier and what they used; without an amount that isn't said.
fn october(desk: &Desk, users: &[(&str, &str, &str)]) -> AccountNumber {
    let rows = (1..=31).flat_map(|day| {
        users
            .iter()
            .map(move |(user, tier, credits)| (format!("2026-10-{day:02},{user},KIRO_IDE,{credits}"), *tier))
    });
    reported_on_tiers(desk, rows)
}

/// Found in November 2026: reports whose only user is on a tier the price list lacks read "nothing charged", `"total":
/// "0.00"`.
#[test]
fn a_month_on_an_unknown_tier_alone_is_not_known_and_not_nothing() {
    let desk = Desk::at(NOW);
    let account = october(&desk, &[("bob", "PRO_ULTRA", "10.00")]);
    let Forms { terminal, json, pdf, csv } = forms(&desk, account, "2026-10");
    assert_eq!((&json["total"], &json["at_least"]), (&Value::Null, &Value::Bool(false)), "{json}");
    assert_eq!(kinds(&json["notes"]), ["tier-unknown"]);
    let says = "31 rows of 1 user are on a tier that the price list doesn't have (pro-ultra)";
    for (form, text) in [("terminal", &terminal), ("PDF", &pdf), ("CSV", &csv)] {
        assert!(text.replace('\n', " ").contains(says), "{form}: {text}");
        assert!(!text.to_lowercase().contains("nothing") && !text.contains("0.00"), "{form}: {text}");
    }
    assert!(terminal.contains("not known") && pdf.contains("not known"), "{terminal}{pdf}");
    let view = desk.organisation(account);
    assert_eq!((view.month_to_date, view.used.as_deref()), (None, Some("310.00")), "used all the same (F5)");
    let status = desk.run(&["status"]).output;
    assert!(status.contains("Month         October 2026: not known") && status.contains(says), "{status}");
    assert!(!status.contains("import its reports"), "they are imported: {status}");
}

/// Found in November 2026: the Overview said "$40.00" where Invoices said "at least $40.00".
#[test]
fn the_overview_and_the_charges_say_the_same_of_a_month_whatever_days_it_is_known_of() {
    let days = |days: std::ops::RangeInclusive<u32>| {
        let desk = Desk::at(NOW);
        let row = |day| (format!("2026-10-{day:02},ada,KIRO_IDE,10.00"), "PRO");
        let account = reported_on_tiers(&desk, days.map(row));
        (desk, account)
    };
    for (covered, is_whole) in [(1..=31, true), (1..=20, false), (3..=31, false), (5..=6, false)] {
        let (desk, account) = days(covered.clone());
        let overview = desk.organisation(account);
        let month = &desk.headroom.invoices(account).expect("invoices").periods[0];
        assert_eq!(
            (&overview.month_to_date, overview.at_least),
            (&month.total, month.at_least),
            "{covered:?}: one figure"
        );
        assert_eq!((month.total.as_deref(), month.at_least), (Some("20.00"), !is_whole), "{covered:?}");
        let notes = serde_json::to_value(&overview.notes).expect("JSON");
        assert_eq!(kinds(&notes).contains(&"reports-cover"), !is_whole, "{covered:?}: {notes}");
        // What the rows have used and what is charged of it is known up to their last day.
        assert_eq!(
            (overview.overage.as_deref(), overview.rows_at_least),
            (Some("0.00"), false),
            "{covered:?}"
        );
        let status = desk.run(&["status"]).output;
        assert_eq!(
            status.contains("Month         October 2026: at least $20.00"),
            !is_whole,
            "{covered:?}: {status}"
        );
        assert!(status.contains("used, overage 0\n"), "{status}");
    }
    // Nothing is known of a month of Free that may go on otherwise, in neither.
    let desk = Desk::at(NOW);
    let account =
        reported_on_tiers(&desk, [("2026-10-05,ada,KIRO_IDE,10.00".to_owned(), "FREE")].into_iter());
    let month = &desk.headroom.invoices(account).expect("invoices").periods[0];
    assert_eq!((desk.organisation(account).month_to_date, month.total.clone()), (None, None));
}

/// Found in November 2026: "$40.00" without a word, while `status` said that 31 rows are left out.
#[test]
fn a_month_that_leaves_something_out_is_at_least_so_much_wherever_it_stands() {
    let desk = Desk::at(NOW);
    let users = [("ada", "PRO", "10.00"), ("bob", "PRO_ULTRA", "10.00"), ("cem", "PRO", "")];
    let account = october(&desk, &users);
    desk.import(ImportKind::AwsCost, Some(&fixture("aws-cost/cur2.csv"))).expect("imported");
    let Forms { terminal, json, pdf, csv } = forms(&desk, account, "2026-10");
    assert_eq!((&json["total"], &json["at_least"]), (&Value::from("40.00"), &Value::Bool(true)));
    assert_eq!(kinds(&json["notes"]), ["tier-unknown", "credits-unknown"]);
    assert_eq!(json["quoted"]["at_least"], true, "beside AWS's bill too: {json}");
    let notes = [
        "31 rows of 1 user are on a tier that the price list doesn't have (pro-ultra)",
        "31 rows of 1 user don't say how many credits were used",
    ];
    for (form, text) in [("terminal", &terminal), ("PDF", &pdf), ("CSV", &csv)] {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(notes.iter().all(|note| text.contains(note)), "{form}: {text}");
    }
    for text in [&terminal, &pdf] {
        assert!(text.matches("at least $40.00").count() >= 2, "the total, and beside the bill: {text}");
    }
    let invoice = csv.lines().find(|line| line.contains(",invoice,")).expect("an invoice");
    assert!(invoice.contains(",true,"), "{csv}");
    // Tax isn't computed: it is not 0.00.
    assert!(invoice.contains(",40.00,,40.00,"), "{invoice}");
    assert_eq!(json["invoices"][0]["tax"], Value::Null, "{json}");
    let view = serde_json::to_value(desk.organisation(account)).expect("JSON");
    for (part, amount) in [("month_to_date", "40.00"), ("used", "620.00")] {
        assert_eq!(view[part], amount, "{view}");
    }
    assert_eq!((&view["at_least"], &view["used_at_least"]), (&Value::Bool(true), &Value::Bool(true)));
    let bill = &view["bill"];
    assert_eq!((&bill["computed"], &bill["computed_at_least"]), (&Value::from("40.00"), &Value::Bool(true)));
    let status = desk.run(&["status"]).output;
    for says in [
        "Month         October 2026: at least $40.00",
        "Headroom's calculation: at least $40.00",
        notes[0],
        notes[1],
    ] {
        assert!(status.contains(says), "{says} in {status}");
    }
}

/// Found in November 2026: "Pro: 2 credits at $20.00".
#[test]
fn two_users_are_two_users_not_two_credits() {
    let desk = Desk::at(NOW);
    let account = october(&desk, &[("ada", "PRO", "50.00"), ("bob", "PRO", "1.00")]);
    let terminal = desk.run(&["invoices", "--period", "2026-10"]).output;
    assert!(terminal.contains("Pro: 2 users at $20.00"), "{terminal}");
    assert!(terminal.contains("Overage on Pro: 550 credits at $0.04"), "{terminal}");
    let view = serde_json::to_value(invoices(&desk, account)).expect("JSON");
    let lines = view["periods"][0]["invoices"][0]["lines"].as_array().expect("lines");
    let lines: Vec<_> = lines.iter().map(|line| (&line["quantity"], &line["unit"])).collect();
    let text = |text: &'static str| Value::from(text);
    assert_eq!(
        lines,
        [(&text("2"), &text("users")), (&text("550.00"), &text("credits"))],
        "told, not guessed"
    );
    // Each user has a line of the export, and no line counts a user as a credit.
    let pdf = forms(&desk, account, "2026-10").pdf;
    assert!(pdf.contains("550 credits at $0.04") && !pdf.contains("credits at $20.00"), "{pdf}");
}

#[test]
fn free_alone_is_whole_and_nothing_is_charged() {
    let desk = Desk::at(NOW);
    let account = october(&desk, &[("dee", "FREE", "1.00")]);
    let Forms { terminal, json, .. } = forms(&desk, account, "2026-10");
    assert_eq!((&json["total"], &json["at_least"]), (&Value::from("0.00"), &Value::Bool(false)));
    assert!(terminal.contains("nothing charged") && kinds(&json["notes"]).is_empty(), "{terminal}");
    assert_eq!(desk.organisation(account).month_to_date.as_deref(), Some("0.00"));
}

#[test]
fn the_activity_command_says_that_its_sum_is_a_part() {
    let desk = Desk::at(NOW);
    let report = |tiers: &[(&str, &str)]| {
        let path = desk.home().join("report.csv");
        let rows = tiers.iter().fold(String::new(), |mut rows, (user, tier)| {
            _ = writeln!(rows, "2026-07-02,{user},10,A,{tier}");
            rows
        });
        std::fs::write(&path, format!("Date,UserId,Credits_Used,ProfileId,Subscription_Tier\n{rows}"))
            .expect("written");
        path.to_string_lossy().into_owned()
    };
    let part = report(&[("ada", "PRO"), ("bob", "PRO_ULTRA")]);
    let run = acceptance::headroom(&["activity", &part], b"");
    let answer: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(
        (&answer["current"]["month_to_date"], &answer["at_least"]),
        (&Value::from("20.00"), &Value::Bool(true))
    );
    let page = acceptance::headroom_on_a_terminal(&["activity", &part]);
    assert!(page.output.contains("So far        at least 20.00"), "{}", page.output);
    // Whose use isn't known whole is told no tier, here as in the window.
    let unknown = desk.home().join("unknown.csv");
    let rows: String = (1..=20).fold(String::new(), |mut rows, day| {
        _ = writeln!(rows, "2026-07-{day:02},ada,{},A,POWER", if day == 20 { "" } else { "10" });
        rows
    });
    std::fs::write(&unknown, format!("Date,UserId,Credits_Used,ProfileId,Subscription_Tier\n{rows}"))
        .expect("written");
    let run = acceptance::headroom(&["activity", &unknown.to_string_lossy()], b"");
    let answer: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(answer["advice"]["cheaper_tiers"], serde_json::json!([]), "{answer}");
    assert_eq!((&answer["advice"]["saves"], &answer["at_least"]), (&Value::from("0.00"), &Value::Bool(true)));
    let none = acceptance::headroom(&["activity", &report(&[("bob", "PRO_ULTRA")])], b"");
    assert_eq!((none.status, none.output.as_str()), (2, ""), "no sum at all: {none:?}");
    assert!(
        none.errors.contains("on a tier that the price list doesn't have (pro-ultra)"),
        "{}",
        none.errors
    );
}

/// A bill of October 2026 whose lines are these: type, operation, dollars.
fn billed(desk: &Desk, lines: &[(&str, &str, &str)]) {
    let mut bill = "bill_billing_period_start_date,identity_line_item_id,line_item_product_code,\
         line_item_usage_account_id,line_item_resource_id,line_item_usage_type,line_item_operation,\
         line_item_line_item_type,line_item_usage_amount,line_item_unblended_cost,pricing_unit,\
         line_item_currency_code\n"
        .to_owned();
    for (number, (kind, operation, cost)) in lines.iter().enumerate() {
        _ = writeln!(
            bill,
            "2026-10-01T00:00:00Z,id-{number},Kiro,111,arn:aws:identitystore:::user/bob,\
             USE1-KiroEnterprise-Pro,{operation},{kind},1.0,{cost},Months,USD"
        );
    }
    let path = desk.home().join("bill.csv");
    std::fs::write(&path, bill).expect("written");
    desk.import(ImportKind::AwsCost, Some(&path)).expect("imported");
}

/// Found in November 2026: AWS's $2,876.10 and Headroom's $2,968.50 stood beside each other without a word, although the
/// bill has a discount of exactly their difference.
#[test]
fn what_a_bill_differs_by_is_explained_as_far_as_its_lines_tell() {
    const PRO: (&str, &str, &str) = ("FlatRateSubscription", "monthly-subscription", "20.00");
    let subscription = |cost| ("FlatRateSubscription", "monthly-subscription", cost);
    for (lines, expected, says) in [
        (
            &[PRO, ("EdpDiscount", "monthly-subscription", "-1.25"), ("Tax", "monthly-subscription", "1.88")]
                [..],
            Some((true, "1.25", vec!["-1.25"], None)),
            "$1.25 less than Headroom's calculation. −$1.25 is your AWS discount (Enterprise Discount Program). Nothing is unexplained.",
        ),
        (
            &[PRO, ("Usage", "vibe-snapshot", "3.40"), ("EdpDiscount", "monthly-subscription", "-2.00")][..],
            Some((false, "1.40", vec!["-2.00"], Some("3.40"))),
            "$3.40 isn't explained: $3.40 bob (vibe-snapshot, account 111).",
        ),
        (
            &[subscription("26.00"), ("EdpDiscount", "monthly-subscription", "-1.00")][..],
            Some((false, "5.00", vec!["-1.00"], Some("6.00"))),
            "$6.00 isn't explained: $6.00 bob (Pro, account 111).",
        ),
        (
            &[subscription("17.00")][..],
            Some((true, "3.00", vec!["-3.00"], None)),
            "−$3.00 is a price below the list's for 1 user: −$3.00 bob (Pro, account 111).",
        ),
        (&[PRO][..], None, "Headroom's calculation: $20.00"),
    ] {
        let desk = Desk::at(NOW);
        let account = october(&desk, &[("bob", "PRO", "10.00")]);
        billed(&desk, lines);
        let view = invoices(&desk, account);
        let quoted = view.periods.iter().find_map(|period| period.quoted.clone()).expect("a bill");
        let differs = quoted.difference.as_ref().map(|of| {
            let parts: Vec<_> = of.parts.iter().map(|part| part.of.amount.as_str()).collect();
            (of.lower, of.amount.as_str(), parts, of.unexplained.as_ref().map(|of| of.amount.as_str()))
        });
        assert_eq!(differs, expected, "{lines:?}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains(says), "{lines:?}: {status}");
        let terminal = desk.run(&["invoices", "--period", "2026-10"]).output;
        assert_eq!(terminal.contains("than Headroom's calculation"), expected.is_some(), "{terminal}");
    }
}

/// What isn't known whole is compared as far as it is known, and that it isn't whole is said.
#[test]
fn a_bill_beside_a_part_differs_by_what_is_known() {
    let desk = Desk::at(NOW);
    let account = october(&desk, &[("bob", "PRO", "10.00"), ("eve", "PRO_ULTRA", "10.00")]);
    billed(&desk, &[("FlatRateSubscription", "monthly-subscription", "120.00")]);
    let view = invoices(&desk, account);
    let quoted = view.periods.iter().find_map(|period| period.quoted.clone()).expect("a bill");
    let of = quoted.difference.expect("they differ");
    assert_eq!((quoted.at_least, of.complete, of.amount.as_str()), (true, false, "100.00"));
    assert!(desk.run(&["status"]).output.contains("Headroom's calculation of this month isn't complete."));
}

/// Found in November 2026: 76 % used on the last day was "near the limit", 74 % on the 5th wasn't.
#[test]
fn who_is_at_risk_is_judged_by_the_pace_and_not_by_how_much_is_used() {
    for (days, a_day, expected) in [
        // 740 of 1,000 after five days of November: 260 more last 42 hours at 148 a day.
        (5, "148.00", Some((UserRisk::NearLimit, Some("2026-11-07")))),
        // 760 after all thirty days: nothing is left to run out in.
        (30, "25.33", None),
        // 33.40 a day lasts until the end of the 29th; 33.30 to the month's end.
        (10, "33.40", Some((UserRisk::NearLimit, Some("2026-11-30")))),
        (10, "33.30", None),
        // Too little of the month has passed to judge a pace by.
        (1, "200.00", None),
        (1, "749.90", None),
        // But three quarters on the first day are near the limit at any pace.
        (1, "750.00", Some((UserRisk::NearLimit, None))),
        (2, "1000.00", Some((UserRisk::InOverage, None))),
    ] {
        let desk = Desk::at("2026-12-01T10:30:00Z");
        let rows = (1..=days).map(|day| format!("2026-11-{day:02},bob,KIRO_IDE,{a_day}"));
        let account = reported(&desk, rows);
        let view = desk.organisation(account);
        let user = &view.users[0];
        let risk = user.risk.map(|risk| (risk, user.runs_out_on.as_deref()));
        assert_eq!(risk, expected, "{a_day} a day for {days} days: {user:?}");
        if let Some((UserRisk::NearLimit, Some(on))) = expected {
            let status = desk.run(&["status"]).output;
            assert!(
                status.contains(&format!("would have lasted until {}", headroom_app::words::date(on))),
                "{status}"
            );
        }
    }
}
