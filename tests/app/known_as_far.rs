//! What reports and bills say of an organisation is said as far as it is known, in words that say whose knowledge that is.

use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ImportKind, ImportView, Kind};
use serde_json::Value;
use std::fmt::Write as _;

const NOW: &str = "2026-11-21T10:30:00Z";
const BILL: &str = "bill_billing_period_start_date,line_item_usage_account_id,line_item_usage_start_date,line_item_resource_id,line_item_product_code,line_item_operation,line_item_line_item_type,line_item_usage_type,line_item_usage_amount,line_item_unblended_cost,line_item_currency_code,pricing_unit\n";
const REPORT: &str = "Date,UserId,Client_Type,Credits_Used,Overage_Cap,Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Usage_Limit\n";

fn organisation() -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    (desk, account)
}

fn import(desk: &Desk, kind: ImportKind, name: &str, text: &str) -> ImportView {
    let file = desk.home().join(name);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    std::fs::write(&file, text).expect("written");
    desk.import(kind, Some(&file)).expect("imported")
}

/// September's bill: ann and bob on Pro, cem on Pro with credits that stand on it.
fn bill() -> String {
    let fee = |user: &str| {
        format!(
            "2026-09-01,1111,2026-09-01,arn:aws:identitystore:::user/{user},Kiro,monthly-subscription,FlatRateSubscription,USE1-KiroEnterprise-Pro,1,20,USD,Months\n"
        )
    };
    format!(
        "{BILL}{}{}{}2026-09-01,1111,2026-09-07,arn:aws:identitystore:::user/cem,Kiro,Credits,Usage,USE1-KiroEnterprise-Credits,12.5,0,USD,Credits\n",
        fee("ann"),
        fee("bob"),
        fee("cem")
    )
}

fn used(day: &str, user: &str) -> String {
    format!("{day},{user},IDE,3,,,false,p/A,PRO,\n")
}

/// Who is named as idle, and by whom that is known.
fn idle(desk: &Desk, account: AccountNumber) -> (Vec<String>, Value) {
    let view = desk.organisation(account);
    let by = serde_json::to_value(&view).expect("JSON")["idle_by"].clone();
    (view.idle.iter().map(|of| of.id.clone()).collect(), by)
}

/// Found in November 2026: by a bill alone "nothing used" was said of whom it has no credits, which those within a tier
/// needn't have.
#[test]
fn by_the_bill_alone_nobody_is_said_to_have_used_nothing() {
    let (desk, account) = organisation();
    import(&desk, ImportKind::AwsCost, "cur.csv", &bill());
    assert_eq!(idle(&desk, account), (vec!["ann".to_owned(), "bob".to_owned()], "bill".into()));
    let status = desk.run(&["status"]).output;
    assert!(!status.contains("nothing used") && !status.contains("wasn't used"), "{status}");
    assert!(status.contains("ann: $20.00 billed for September 2026, no credits on the bill"), "{status}");
    let view = desk.organisation(account);
    assert!(
        view.users.iter().all(|user| !user.is_idle && user.leaving_saves.is_none()),
        "nobody is to be removed"
    );
    let said = serde_json::to_string(&view.verdict).expect("JSON");
    assert!(
        said.contains("\"verdict-idle-by-bill\"") && !said.contains("\"verdict-idle-licences\""),
        "{said}"
    );
}

/// Found in November 2026: bob's only row couldn't be read, and he had "nothing used".
#[test]
fn beside_rows_that_could_not_be_read_nobody_is_said_to_have_used_nothing() {
    let (desk, account) = organisation();
    import(&desk, ImportKind::AwsCost, "cur.csv", &bill());
    let rows = used("2026-09-05", "ann") + &used("2026-09-05", "");
    let report = import(
        &desk,
        ImportKind::KiroActivity,
        "KIRO_IDE_1_user_report_202609060200.csv",
        &format!("{REPORT}{rows}"),
    );
    assert_eq!(report.bad, 1);
    assert_eq!(idle(&desk, account), (vec!["bob".to_owned()], "read-reports".into()));
    let status = desk.run(&["status"]).output;
    let said = "bob: $20.00 billed for September 2026, not in the report rows that could be read";
    assert!(status.contains(said) && !status.contains("nothing used"), "{status}");
    assert!(desk.organisation(account).users.iter().all(|user| !user.is_idle));
    // Once the report can be read, it is known.
    let rows = used("2026-09-05", "ann") + &used("2026-09-05", "dee");
    import(
        &desk,
        ImportKind::KiroActivity,
        "KIRO_IDE_1_user_report_202609070200.csv",
        &format!("{REPORT}{rows}"),
    );
    assert_eq!(idle(&desk, account), (vec!["bob".to_owned()], "reported-days".into()));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("bob: $20.00 billed for September 2026, nothing used"), "{status}");
}

/// Found in November 2026: of a month of which one day's report was imported, "nothing used" was said of whoever wasn't in it, and
/// that leaving saves $20.00.
#[test]
fn of_days_without_reports_nobody_is_said_to_have_used_nothing() {
    let of = |is_reported: &dyn Fn(u32) -> bool| {
        let (desk, account) = organisation();
        import(&desk, ImportKind::AwsCost, "cur.csv", &bill());
        let days = (1..=30).filter(|day| is_reported(*day));
        let rows =
            days.fold(REPORT.to_owned(), |rows, day| rows + &used(&format!("2026-09-{day:02}"), "ann"));
        import(&desk, ImportKind::KiroActivity, "r.csv", &rows);
        let (who, by) = idle(&desk, account);
        assert_eq!(who, ["bob"], "{rows}");
        let view = desk.organisation(account);
        let is_told_to_leave = view.not_reported.iter().any(|user| user.leaving_saves.is_some());
        (desk, by, is_told_to_leave, serde_json::to_string(&view.verdict).expect("JSON"))
    };
    let is_at_work = |day: u32| ![5, 6, 12, 13, 19, 20, 26, 27].contains(&day);
    for (by, leaves, is_reported) in [
        ("reports", true, &(|_| true) as &dyn Fn(u32) -> bool),
        // Nobody works at a weekend, but it is said.
        ("reported-days", true, &is_at_work),
        ("reported-days", false, &|day| day == 5),
        ("reported-days", false, &|day| day != 15),
        ("reported-days", false, &|day| day > 1),
        ("reported-days", false, &|day| day < 30),
    ] {
        let (desk, told, is_told_to_leave, verdict) = of(is_reported);
        assert_eq!((told, is_told_to_leave), (by.into(), leaves));
        let said = if by == "reports" { "nothing used\n" } else { "nothing used on the days reported\n" };
        let status = desk.run(&["status"]).output;
        assert!(status.contains(&format!("bob: $20.00 billed for September 2026, {said}")), "{status}");
        assert_eq!(verdict.contains("verdict-idle-on-reported-days"), by != "reports", "{verdict}");
    }
}

/// Found in November 2026: who has two profiles and a row on another day without one was charged for a third licence.
#[test]
fn a_row_that_can_be_of_several_profiles_is_no_licence_of_its_own() {
    let row = |day: u32, profile: &str| format!("2026-09-{day:02},ann,IDE,10,,,false,{profile},PRO,\n");
    let (desk, account) = organisation();
    let text = [row(1, "p/A"), row(2, "p/B"), row(3, ""), row(30, "p/A")].concat();
    import(&desk, ImportKind::KiroActivity, "r.csv", &format!("{REPORT}{text}"));
    let view = desk.organisation(account);
    let money = (view.month_to_date.as_deref(), view.at_least, view.used.as_deref());
    assert_eq!(
        money,
        (Some("40.00"), true, Some("40.00")),
        "what it used is known, whose licence it is isn't"
    );
    let notes = serde_json::to_value(&view.notes).expect("JSON");
    assert_eq!(notes, serde_json::json!([{"kind": "profile-missing", "rows": 1, "users": 1}]));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("1 row of 1 user names no profile, though they have several"), "{status}");
    assert!(status.contains("Paid twice    ann: A, B (by the reports)"), "{status}");
    // Beside one alone it is that one's.
    let (desk, account) = organisation();
    let text = [row(1, "p/A"), row(3, ""), row(30, "p/A")].concat();
    import(&desk, ImportKind::KiroActivity, "r.csv", &format!("{REPORT}{text}"));
    let view = desk.organisation(account);
    assert_eq!(
        (view.month_to_date.as_deref(), view.at_least, view.notes),
        (Some("20.00"), false, Vec::new())
    );
}

/// Ann's September on Pro: 50 credits a day, of which the last ten days' are overage.
fn september(overage: impl Fn(u32) -> &'static str) -> String {
    (1..=30).fold(REPORT.to_owned(), |mut text, day| {
        _ = writeln!(text, "2026-09-{day:02},ann,IDE,50,,{},true,p/A,PRO,", overage(day));
        text
    })
}

/// Found in November 2026: one day's overage was empty, counted as none, and the month was $38.00 exactly.
#[test]
fn overage_that_a_row_does_not_say_makes_the_month_the_least() {
    let of = |overage: fn(u32) -> &'static str| {
        let (desk, account) = organisation();
        import(&desk, ImportKind::KiroActivity, "r.csv", &september(overage));
        let view = desk.organisation(account);
        let notes = serde_json::to_value(&view.notes).expect("JSON");
        let told = notes.as_array().expect("a list").iter().any(|note| note["kind"] == "overage-unknown");
        (desk, account, view, told)
    };
    let (.., whole, told) = of(said_of);
    let cost = |view: &headroom_app::answers::OrganisationView| {
        (view.month_to_date.clone(), view.at_least, view.overage.clone(), view.rows_at_least)
    };
    assert_eq!(
        (cost(&whole), told),
        ((Some("40.00".to_owned()), false, Some("500.00".to_owned()), false), false)
    );
    let (desk, account, part, told) = of(|day| if day == 25 { "" } else { said_of(day) });
    assert_eq!(
        (cost(&part), told),
        ((Some("38.00".to_owned()), true, Some("450.00".to_owned()), true), true)
    );
    assert_eq!(part.users.iter().map(|user| user.unknown_rows).collect::<Vec<_>>(), [1]);
    let status = desk.run(&["status"]).output;
    assert!(status.contains("at least $38.00") && status.contains("overage"), "{status}");
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let september = periods.iter().find(|period| period.id == "2026-09-01").expect("a month");
    assert!(
        serde_json::to_string(&september.notes).expect("JSON").contains("overage-unknown"),
        "{september:?}"
    );
    // What no row says is computed, and a day without credits has none.
    let (.., none, told) = of(|_| "");
    assert_eq!((cost(&none).0.as_deref(), told), (Some("40.00"), false));
}

const fn said_of(day: u32) -> &'static str {
    if day > 20 { "50" } else { "0" }
}

/// Found in November 2026: of two reports that don't say when they were exported, or say the same, the one that was read last
/// counted, so that the order of importing decided; where both said the same time nothing was said of it.
#[test]
fn of_reports_that_nothing_tells_apart_the_same_counts_in_every_order() {
    let of = |credits: &str, tier: &str, more: &str| {
        format!("{REPORT}2026-09-05,ann,IDE,{credits},,{more},false,p/A,{tier},\n")
    };
    let texts = [
        of("3", "POWER", ""),
        of("7", "PRO", ""),
        of("7", "PRO_PLUS", ""),
        of("", "PRO", ""),
        of("5", "PRO", "2"),
    ];
    let names = |folder: usize| {
        ["a.csv", "KIRO_IDE_1_user_report_202609060200.csv"].map(|name| format!("in/{folder}/{name}"))
    };
    for stamped in [0, 1] {
        for first in 0..texts.len() {
            let (desk, account) = organisation();
            let mut order: Vec<_> = (0..texts.len()).collect();
            order.rotate_left(first);
            if first % 2 == 1 {
                order.reverse();
            }
            let (mut told, mut come) = (0, Vec::new());
            for place in &order {
                std::fs::create_dir_all(desk.home().join(format!("in/{place}"))).expect("made");
                let report = import(&desk, ImportKind::KiroActivity, &names(*place)[stamped], &texts[*place]);
                told += report.notes.len();
                come.push(report);
            }
            let user = |desk: &Desk, account| {
                let view = desk.organisation(account);
                (view.used.clone(), view.users[0].tier.clone(), view.users.len())
            };
            let right = (Some("7.00".to_owned()), "Pro+".to_owned(), 1);
            assert_eq!(user(&desk, account), right, "{order:?}");
            assert_eq!(told, texts.len() - 1, "each is said: {come:?}");
            // All at once, the same counts.
            let (all, account) = organisation();
            for place in 0..texts.len() {
                let name = &names(if first % 2 == 1 { texts.len() - place } else { place })[stamped];
                let file = all.home().join(name);
                std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
                std::fs::write(file, &texts[place]).expect("written");
            }
            let folder = all.home().join("in");
            let run = all.run(&["import", "kiro-activity", folder.to_str().expect("a path")]);
            assert!(!run.output.contains("newer export"), "{}", run.output);
            let said = "4 rows stand there more than once with different values, and nothing says which were exported later. The ones with more credits count.";
            assert!(run.output.contains(said), "{}", run.output);
            assert_eq!(user(&all, account), right, "{first}");
        }
    }
    // The same again is known, and one that says that it was exported later is the later.
    let (desk, account) = organisation();
    for (name, text, news) in [
        ("a.csv", &texts[1], (1, 0, 0)),
        ("again.csv", &texts[1], (0, 1, 0)),
        ("KIRO_IDE_1_user_report_202609060200.csv", &texts[4], (1, 0, 0)),
        ("b.csv", &texts[2], (0, 1, 0)),
    ] {
        let report = import(&desk, ImportKind::KiroActivity, name, text);
        assert_eq!((report.added, report.known, report.notes.len()), news, "{name}: {report:?}");
    }
    assert_eq!(desk.organisation(account).used.as_deref(), Some("5.00"));
}

/// Found in November 2026: a switch written as 1 wasn't read, and the row's credits weren't either.
#[test]
fn a_switch_is_read_however_it_is_spelled() {
    for (on, off) in
        [("1", "0"), ("yes", "NO"), ("Enabled", "disabled"), ("TRUE", "False"), ("on", "Off"), ("ja", "nein")]
    {
        let (desk, account) = organisation();
        let rows = format!(
            "{REPORT}2026-09-05,ann,IDE,1010,,,{on},p/A,PRO,\n2026-09-05,bob,IDE,1010,,,{off},p/A,PRO,\n"
        );
        let report = import(&desk, ImportKind::KiroActivity, "r.csv", &rows);
        assert_eq!(report.bad, 0, "{on}: {:?}", report.bad_rows);
        let users = desk.organisation(account).users;
        let of = |id: &str| {
            users.iter().find(|user| user.id == id).map(|user| (user.overage_enabled, user.cost.as_deref()))
        };
        assert_eq!(of("ann"), Some((Some(true), Some("20.40"))), "{on}");
        assert_eq!(of("bob"), Some((Some(false), Some("20.00"))), "{off}");
    }
}
