//! Bills: kept by payer and month, exactly; and told where they can't be read, never absent.

use super::{NOW, imported, write};
use acceptance::{Desk, fixture};
use headroom_app::answers::{
    AccountNumber, BillNews, ChargeNote, ExportForm, ImportKind, ImportView, Kind, SourceState,
    UnreadableRecord,
};
use headroom_app::words;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A month's bill as older versions kept it: a JSON text.
pub(super) fn old_bill(month: &str, cost: &str) -> String {
    format!(
        r#"{{"month":"{month}-01","lines":[{{"account":"111","region":"USE1","user":"ada-1","kind":{{"subscription":"pro-plus"}},"quantity":"1","cost":"40"}},{{"account":"111","region":"USE1","user":"","kind":"credits","quantity":"25377.5","cost":"{cost}"}}]}}"#
    )
}

/// A desk whose organisation's bills were kept by an older version, opened by this one.
pub(super) fn with_old_rows(rows: &[(&str, &str)]) -> (Desk, AccountNumber) {
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
    assert_eq!((bill.month.as_str(), bill.total.as_deref()), ("2026-10", Some("1055.08")));
    let both = [("2026-10".to_owned(), "1055.08".to_owned()), ("2026-09".to_owned(), "41.00".to_owned())];
    assert_eq!(quoted(&desk, account), both);
    // Another month's import loses none of them.
    let august = fs::read_to_string(fixture("aws-cost/cur2.csv"))
        .expect("the fixture")
        .replace("2026-10-01", "2026-08-01");
    let august = write(&desk, "august.csv", &august);
    assert_eq!(imported(&desk, ImportKind::AwsCost, &august), account);
    assert_eq!(quoted(&desk, account)[..2], both);
}

/// What `status`, `doctor`, the window and the invoices say of a bill that can't be read.
fn assert_told(desk: &Desk, account: AccountNumber, what: &str) {
    let october = || vec!["2026-10".to_owned()];
    let view = desk.organisation(account);
    assert_eq!(view.unreadable, [UnreadableRecord::Bill { months: october() }], "{what}");
    assert_eq!(view.bill, None, "{what}: and nothing stands for it");
    let told = "The bill of October 2026 can't be read: import it again.";
    let status = desk.run(&["status"]);
    assert!(status.output.contains(told), "{what}: {}", status.output);
    let doctor = desk.headroom.doctor().expect("an answer");
    let source = doctor.iter().find(|source| words::say(&source.advice) == told).expect(what);
    assert_eq!(source.state, SourceState::Unreadable);
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let period = periods.iter().find(|period| period.id == "2026-10-01").expect(what);
    let note = ChargeNote::BillUnreadable { months: october() };
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
        assert_eq!(view.bill.expect("the bill").total.as_deref(), Some("263.77"), "{what}");
    }
}

/// The fixture's bill of October, with its payer told, and what its overage cost.
pub(super) fn paid_by(payer: &str, cost: &str) -> String {
    let text = fs::read_to_string(fixture("aws-cost/cur2.csv")).expect("the fixture");
    let before = |(index, line): (usize, &str)| {
        let payer = if index == 0 { "bill_payer_account_id" } else { payer };
        format!("{payer},{line}\n")
    };
    let export = text.lines().enumerate().map(before).collect::<Vec<_>>().concat();
    export.replace(",125.5,5.02,", &format!(",125.5,{cost},"))
}

/// A file whose name says that it was issued later than those before it.
pub(super) fn later(desk: &Desk, name: &str, text: &str) -> PathBuf {
    static ISSUED: AtomicU32 = AtomicU32::new(0);
    let second = ISSUED.fetch_add(1, Ordering::Relaxed);
    let (minute, second) = (second / 60, second % 60);
    write(desk, &format!("20261101T04{minute:02}{second:02}Z-{name}"), text)
}

pub(super) fn import(desk: &Desk, name: &str, text: &str) -> ImportView {
    desk.import(ImportKind::AwsCost, Some(&later(desk, name, text))).expect("an import")
}

/// What was said of bills that aren't simply new, without where they were read.
pub(super) fn news(report: &ImportView) -> Vec<BillNews> {
    let said = report.bills.iter().filter(|news| !matches!(news, BillNews::New { .. })).cloned();
    said.map(|news| match news {
        BillNews::Replaced { month, payer, unreadable, before, amount, .. } => {
            BillNews::Replaced { month, payer, unreadable, before, amount, from: String::new() }
        }
        other @ (BillNews::New { .. }
        | BillNews::Older { .. }
        | BillNews::Undecided { .. }
        | BillNews::Currency { .. }
        | BillNews::Decided { .. }
        | BillNews::Refused { .. }) => other,
    })
    .collect()
}

/// The file as somebody can damage it: without what refuses changes.
fn damageable(desk: &Desk) -> Connection {
    let connection = Connection::open(desk.headroom.paths().database()).expect("the database");
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             DROP TRIGGER IF EXISTS bills_are_not_changed; DROP TRIGGER IF EXISTS bills_are_not_removed;
             DROP TRIGGER IF EXISTS bill_lines_are_not_changed; DROP TRIGGER IF EXISTS bill_lines_are_not_removed;",
        )
        .expect("no triggers");
    connection
}

/// Every value that differs from this one in one byte, or in being there.
fn damaged(value: &Value) -> Vec<Value> {
    match value {
        Value::Integer(number) => vec![Value::Integer(number ^ 1), Value::Integer(number ^ (1 << 40))],
        Value::Text(text) if text.is_empty() => vec![Value::Text("x".to_owned())],
        Value::Text(text) => {
            let changed = |(place, letter): (usize, char)| {
                let other = match letter {
                    'z' => 'y',
                    letter if letter.is_ascii_digit() => char::from(letter as u8 ^ 1),
                    _ => 'z',
                };
                let mut changed = text.clone();
                changed.replace_range(place..place + letter.len_utf8(), &other.to_string());
                Value::Text(changed)
            };
            // Of a long one some letters stand for all.
            let every = if text.len() > 100 { 7 } else { 1 };
            text.char_indices().step_by(every).map(changed).collect()
        }
        Value::Null | Value::Real(_) | Value::Blob(_) => vec![Value::Text("2026-11-03".to_owned())],
    }
}

/// Reported in November 2026: one digit of a payer doubled a bill, one of its month moved it, and nothing said so.
#[test]
fn each_changed_byte_of_a_bill_and_of_its_lines_is_told_and_no_figure_changes() {
    let desk = Desk::at(NOW);
    // The bill is an issue after another: where it can't be read, the older one doesn't stand for it.
    let account = import(&desk, "older.csv", &paid_by("992", "1.02")).account;
    import(&desk, "newer.csv", &paid_by("992", "5.02"));
    import(&desk, "another.csv", &paid_by("888", "5.02").replace("2026-10-01", "2026-09-01"));
    assert_eq!(desk.organisation(account).bill.expect("a bill").total.as_deref(), Some("263.77"));
    let connection = damageable(&desk);
    let mut tried = 0;
    for (table, keys, rows) in
        [("bills", ["id", "id"], "id = 2"), ("bill_lines", ["bill_id", "position"], "bill_id = 2")]
    {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} WHERE {rows}")).expect("rows");
        let columns: Vec<_> = statement.column_names().into_iter().map(str::to_owned).collect();
        let width = columns.len();
        let found: Vec<Vec<Value>> = statement
            .query_map([], |row| (0..width).map(|column| row.get(column)).collect())
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("rows");
        // Of the lines the first and the last stand for all.
        for row in [found.first(), found.last()].into_iter().flatten() {
            let key = |of: &str| &row[columns.iter().position(|column| column == of).expect("a key")];
            for (column, value) in columns.iter().zip(row) {
                for other in damaged(value) {
                    let what = format!("{table} {column}: {other:?}");
                    let set = |from: &Value, to: &Value| {
                        let of = keys.map(|of| if of == column { from } else { key(of) });
                        let sql = format!(
                            "UPDATE {table} SET {column} = ?1 WHERE {} = ?2 AND {} = ?3",
                            keys[0], keys[1]
                        );
                        connection.execute(&sql, [to, of[0], of[1]])
                    };
                    // A number that another row has already can't be written.
                    if set(value, &other).is_err() && keys.contains(&column.as_str()) {
                        continue;
                    }
                    assert_told(&desk, account, &what);
                    let others = [("2026-09".to_owned(), "263.77".to_owned())];
                    assert_eq!(quoted(&desk, account), others, "{what}");
                    assert_eq!(set(&other, value).expect("mended"), 1, "{what}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150, "{tried}");
    assert_eq!(desk.organisation(account).bill.expect("mended").total.as_deref(), Some("263.77"));
}

/// What was billed, month by month.
fn quoted(desk: &Desk, account: AccountNumber) -> Vec<(String, String)> {
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let quoted = periods.into_iter().filter_map(|period| period.quoted);
    quoted.map(|quoted| (quoted.month, quoted.quoted.expect("in dollars"))).collect()
}

#[test]
fn a_bill_whose_number_is_damaged_or_whose_lines_are_missing_is_told_and_heals() {
    for damage in [
        "UPDATE bills SET id = 1000 WHERE id = 2",
        "UPDATE bills SET id = 0 WHERE id = 2",
        "UPDATE bill_lines SET bill_id = 7 WHERE bill_id = 2 AND position = 0",
        "UPDATE bill_lines SET user = CAST(x'ff' AS TEXT) WHERE bill_id = 2 AND position = 2",
        "UPDATE bills SET issue = CAST(x'ff' AS TEXT) WHERE id = 2",
        "UPDATE bills SET month = CAST(x'323032362d31ff' AS TEXT) WHERE id = 2",
        "UPDATE bills SET payer = NULL WHERE id = 2",
        "UPDATE bills SET seal = upper(seal) WHERE id = 2",
        "DELETE FROM bill_lines WHERE bill_id = 2 AND position = 5",
        "DELETE FROM bill_lines WHERE bill_id = 2",
    ] {
        let desk = Desk::at(NOW);
        let account = import(&desk, "older.csv", &paid_by("992", "1.02")).account;
        import(&desk, "newer.csv", &paid_by("992", "5.02"));
        damageable(&desk).execute(damage, []).expect(damage);
        let desk = desk.later(NOW);
        assert_told(&desk, account, damage);
        // Another payer's bill doesn't end it.
        import(&desk, "another.csv", &paid_by("888", "5.02"));
        assert_told(&desk, account, damage);
        let report = import(&desk, "again.csv", &paid_by("992", "5.02"));
        let healed = BillNews::Replaced {
            month: "2026-10".to_owned(),
            payer: Some("992".to_owned()),
            unreadable: true,
            before: None,
            amount: Some("263.77".to_owned()),
            from: String::new(),
        };
        assert_eq!(news(&report), [healed], "{damage}");
        assert_eq!(desk.organisation(account).unreadable, [], "{damage}");
        assert_eq!(quoted(&desk, account), [("2026-10".to_owned(), "527.54".to_owned())], "{damage}");
    }
}

/// The account a bill is of is a number too: moved to another organisation it is told where it was, and only there.
#[test]
fn a_bill_that_is_moved_to_another_account_is_told_in_its_own() {
    let desk = Desk::at(NOW);
    let account = import(&desk, "one.csv", &paid_by("992", "5.02")).account;
    let other = desk.headroom.add_account(Kind::KiroEnterprise, Some("Other")).expect("added").id;
    for to in [other.0, 77] {
        damageable(&desk).execute("UPDATE bills SET account_id = ?1", [to]).expect("moved");
        assert_told(&desk, account, "moved");
        let view = desk.organisation(other);
        assert_eq!((view.bill, view.unreadable), (None, Vec::new()));
    }
}

#[test]
fn a_bill_of_which_nobody_knows_the_month_is_told_everywhere_until_each_month_it_can_be_came_again() {
    // Text and name are damaged, so the name alone says what month it can be: of 2026-1z three, of which two have begun.
    let (desk, account) =
        with_old_rows(&[("aws-cost:2026-1z", "{"), ("aws-cost:2026-09", &old_bill("2026-09", "1"))]);
    let october = fs::read_to_string(fixture("aws-cost/cur2.csv")).expect("the fixture");
    let months = ["2026-10".to_owned(), "2026-11".to_owned()];
    assert_eq!(desk.organisation(account).unreadable, [UnreadableRecord::Bill { months: months.to_vec() }]);
    let told = "A bill can't be read, nor of which of these months it is: import each of them again. October 2026, November 2026.";
    assert!(desk.run(&["status"]).output.contains(told), "{}", desk.run(&["status"]).output);
    assert!(desk.run(&["doctor"]).output.contains(told), "{}", desk.run(&["doctor"]).output);
    let note = "import each of them again. October 2026, November 2026.";
    assert!(desk.run(&["invoices"]).output.contains(note), "{}", desk.run(&["invoices"]).output);
    let saved = |form| {
        let bytes = desk.headroom.export(account, None, form, false).expect("an export").bytes;
        String::from_utf8(bytes).expect("text")
    };
    assert_eq!(saved(ExportForm::Csv).matches(note).count(), 2);
    assert_eq!(saved(ExportForm::Json).matches("\"bill-unreadable\"").count(), 2);
    assert_eq!(quoted(&desk, account), [("2026-09".to_owned(), "41.00".to_owned())]);

    import(&desk, "october.csv", &october);
    assert_eq!(
        desk.organisation(account).unreadable,
        [UnreadableRecord::Bill { months: months[1..].to_vec() }],
        "it may still be November's"
    );
    import(&desk, "november.csv", &october.replace("2026-10-01", "2026-11-01"));
    assert_eq!(desk.organisation(account).unreadable, []);
    let all = ["2026-11", "2026-10", "2026-09"].map(str::to_owned);
    assert_eq!(quoted(&desk, account).into_iter().map(|(month, _)| month).collect::<Vec<_>>(), all);
}

/// A month that is known already counts as brought again, too.
#[test]
fn a_known_bill_that_comes_again_heals_one_of_which_nobody_knows_the_month() {
    let desk = Desk::at(NOW);
    let october = paid_by("992", "5.02");
    let account = import(&desk, "october.csv", &october).account;
    let months = import(&desk, "november.csv", &october.replace("2026-10-01", "2026-11-01")).added;
    assert_eq!(months, 1);
    // The third one's month is damaged in both places.
    import(&desk, "newer.csv", &paid_by("992", "6.02"));
    damageable(&desk)
        .execute(
            "UPDATE bills SET month = '2026-1z', subject = account_id || ' 3 2026-1z 992' WHERE id = 3",
            [],
        )
        .expect("damaged");
    let desk = desk.later(NOW);
    let unreadable = |desk: &Desk| desk.organisation(account).unreadable.len();
    assert_eq!(unreadable(&desk), 1);
    assert_eq!(quoted(&desk, account), [], "either may be an older issue");
    assert_eq!(import(&desk, "november.csv", &october.replace("2026-10-01", "2026-11-01")).known, 1);
    assert_eq!(import(&desk, "newer.csv", &paid_by("992", "6.02")).added, 1);
    assert_eq!(unreadable(&desk), 0);
    let billed = [("2026-11", "263.77"), ("2026-10", "264.77")];
    assert_eq!(quoted(&desk, account), billed.map(|(month, sum)| (month.to_owned(), sum.to_owned())));
}
