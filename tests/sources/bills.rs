//! Bills: kept by payer and month, exactly; and told where they can't be read, never absent.

use super::{NOW, imported, write};
use acceptance::{Desk, fixture};
use headroom_app::views::{AccountNumber, ChargeNote, ImportKind, Kind, SourceState, UnreadableRecord};
use rusqlite::Connection;
use std::fs;

/// A month's bill as older versions kept it: a JSON text.
fn old_bill(month: &str, cost: &str) -> String {
    format!(
        r#"{{"month":"{month}-01","lines":[{{"account":"111","region":"USE1","user":"ada-1","kind":{{"subscription":"pro-plus"}},"quantity":"1","cost":"40"}},{{"account":"111","region":"USE1","user":"","kind":"credits","quantity":"25377.5","cost":"{cost}"}}]}}"#
    )
}

/// A desk whose organisation's bills were kept by an older version, opened by this one.
fn with_old_rows(rows: &[(&str, &str)]) -> (Desk, AccountNumber) {
    let desk = Desk::at(NOW);
    let account = desk.headroom.add_account(Kind::KiroEnterprise, None).expect("added").id;
    let connection = Connection::open(desk.headroom.paths().database()).expect("the database");
    for (source, body) in rows {
        let sql = "INSERT INTO vendor_snapshots (account_id, fetched_at, source, body) VALUES (?1, 1795000000, ?2, ?3)";
        connection.execute(sql, (account.0, source, body)).expect("a row");
    }
    drop(connection);
    (desk.later(NOW), account)
}

/// Reported in November 2026: the list of billed months was a text of its own, and whoever had one changed byte in it
/// had no bills, was told nothing, and lost them with the next import.
#[test]
fn a_changed_byte_in_the_list_of_months_hides_no_bill() {
    let (september, october) = (old_bill("2026-09", "1"), old_bill("2026-10", "1015.08"));
    let (desk, account) = with_old_rows(&[
        ("aws-cost:2026-09", &september),
        ("aws-cost:2026-10", &october),
        ("aws-cost-months", r#"["2026-09-01",$2026-10-01"]"#),
    ]);
    let bill = desk.organisation(account).bill.expect("the bill is there");
    assert_eq!((bill.month.as_str(), bill.total.as_str()), ("2026-10", "1055.08"));
    let quoted = |desk: &Desk| {
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        let quoted = periods.into_iter().filter_map(|period| period.quoted);
        quoted.map(|quoted| (quoted.month, quoted.quoted)).collect::<Vec<_>>()
    };
    let both = [("2026-10".to_owned(), "1055.08".to_owned()), ("2026-09".to_owned(), "41.00".to_owned())];
    assert_eq!(quoted(&desk), both);
    // Another month's import loses none of them.
    let august = fs::read_to_string(fixture("aws-cost/cur2.csv"))
        .expect("the fixture")
        .replace("2026-10-01", "2026-08-01");
    let august = write(&desk, "august.csv", &august);
    assert_eq!(imported(&desk, ImportKind::AwsCost, &august), account);
    assert_eq!(quoted(&desk)[..2], both);
}

/// What `status`, `doctor`, the window and the invoices say of a bill that can't be read.
fn assert_told(desk: &Desk, account: AccountNumber, what: &str) {
    let october = || Some("2026-10".to_owned());
    let view = desk.organisation(account);
    assert_eq!(view.unreadable, [UnreadableRecord::Bill { month: october() }], "{what}");
    assert_eq!(view.bill, None, "{what}: and nothing stands for it");
    let told = "The bill of 2026-10 can't be read; import it again.";
    let status = desk.run(&["status"]);
    assert!(status.output.contains(told), "{what}: {}", status.output);
    let doctor = desk.headroom.doctor().expect("an answer");
    let source = doctor.iter().find(|source| source.advice == told).expect(what);
    assert_eq!(source.state, SourceState::Unreadable);
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let period = periods.iter().find(|period| period.id == "2026-10-01").expect(what);
    let note = ChargeNote::BillUnreadable { month: "2026-10".to_owned() };
    assert!(period.notes.contains(&note) && period.quoted.is_none(), "{what}: {period:?}");
}

#[test]
fn an_old_bill_that_can_not_be_read_is_told_until_it_is_imported_again() {
    let whole = old_bill("2026-10", "1015.08");
    let months = r#"["2026-10-01"]"#;
    for (what, rows) in [
        ("a sign", vec![("aws-cost:2026-10", whole.replace("cost\":\"40", "cost\"z\"40"))]),
        ("a digit", vec![("aws-cost:2026-10", whole.replace("1015.08", "1o15.08"))]),
        ("its month", vec![("aws-cost:2026-10", whole.replace("2026-10-01", "2026-11-01"))]),
        ("all of it", vec![("aws-cost-months", months.to_owned())]),
        ("the newer issue", vec![("aws-cost:2026-10", whole.clone()), ("aws-cost:2026-10", "{".to_owned())]),
    ] {
        let mut rows: Vec<_> = rows.iter().map(|(source, body)| (*source, body.as_str())).collect();
        rows.push(("aws-cost-months", months));
        let (desk, account) = with_old_rows(&rows);
        assert_told(&desk, account, what);
        imported(&desk, ImportKind::AwsCost, &fixture("aws-cost/cur2.csv"));
        let view = desk.organisation(account);
        assert_eq!(view.unreadable, [], "{what}");
        assert_eq!(view.bill.expect("the bill").total, "263.77", "{what}");
    }
}

#[test]
fn a_damaged_row_of_a_bill_is_told() {
    for damage in [
        "UPDATE bill_lines SET cost = cost + 1 WHERE position = 3",
        "UPDATE bill_lines SET cost_fine = -1 WHERE position = 3",
        "UPDATE bill_lines SET kind = 'subscriptyon' WHERE position = 2",
        "UPDATE bill_lines SET user = CAST(x'ff' AS TEXT) WHERE position = 2",
        "DELETE FROM bill_lines WHERE position = 5",
        "DELETE FROM bill_lines",
        "UPDATE bills SET cost = 0",
        "UPDATE bills SET issue = CAST(x'ff' AS TEXT)",
    ] {
        let desk = Desk::at(NOW);
        let account = imported(&desk, ImportKind::AwsCost, &fixture("aws-cost/cur2.csv"));
        assert!(desk.organisation(account).bill.is_some());
        let connection = Connection::open(desk.headroom.paths().database()).expect("the database");
        let triggers = [
            "bills_are_not_changed",
            "bills_are_not_removed",
            "bill_lines_are_not_changed",
            "bill_lines_are_not_removed",
        ];
        for trigger in triggers {
            connection.execute(&format!("DROP TRIGGER {trigger}"), []).expect("dropped");
        }
        connection.execute(damage, []).expect(damage);
        drop(connection);
        assert_told(&desk.later(NOW), account, damage);
    }
    let desk = Desk::at(NOW);
    let account = imported(&desk, ImportKind::AwsCost, &fixture("aws-cost/cur2.csv"));
    let connection = Connection::open(desk.headroom.paths().database()).expect("the database");
    connection
        .execute_batch("DROP TRIGGER bills_are_not_changed; UPDATE bills SET month = '2026-1z'")
        .expect("damaged");
    drop(connection);
    let desk = desk.later(NOW);
    assert_eq!(desk.organisation(account).unreadable, [UnreadableRecord::Bill { month: None }]);
    assert!(desk.run(&["status"]).output.contains("A bill can't be read, nor of which month it is"));
}

#[test]
fn a_bill_belongs_to_its_payer_and_a_later_issue_replaces_that_payers_alone() {
    let desk = Desk::at(NOW);
    let of = |payer: &str, cost: &str| {
        let text = fs::read_to_string(fixture("aws-cost/cur2.csv")).expect("the fixture");
        let before = |(index, line): (usize, &str)| {
            let payer = if index == 0 { "bill_payer_account_id" } else { payer };
            format!("{payer},{line}\n")
        };
        let export = text.lines().enumerate().map(before).collect::<Vec<_>>().concat();
        export.replace(",125.5,5.02,", &format!(",125.5,{cost},"))
    };
    let import = |name: &str, text: &str| {
        let report = desk.import(ImportKind::AwsCost, Some(&write(&desk, name, text))).expect("an import");
        (report.account, report.added, report.known)
    };
    let total = |account| desk.organisation(account).bill.expect("a bill").total;
    // Without a payer, then the same with one: known, and the payer is kept.
    let account = imported(&desk, ImportKind::AwsCost, &fixture("aws-cost/cur2.csv"));
    assert_eq!(import("one.csv", &of("999", "5.02")), (account, 0, 1));
    assert_eq!(total(account), "263.77");
    // Another payer's month stands beside it.
    assert_eq!(import("two.csv", &of("888", "5.02")), (account, 1, 0));
    assert_eq!(total(account), "527.54");
    assert_eq!(import("two-again.csv", &of("888", "6.02")), (account, 1, 0));
    assert_eq!(total(account), "528.54");
    // What a newer issue says to more digits than a cent is kept to all of them.
    let exact = "5.0212345678901234567";
    assert_eq!(import("exact.csv", &of("888", exact)), (account, 1, 0));
    assert_eq!(import("exact-again.csv", &of("888", exact)), (account, 0, 1));
    assert_eq!(import("other.csv", &of("888", "5.0212345678901234568")), (account, 1, 0));
    assert_eq!(total(account), "527.54");
}
