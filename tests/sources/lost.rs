//! Bills that lie there and can't be read: the months that they are of, or may be of, say so afterwards too, whenever what else is of
//! them was imported.

use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ChargeNote, UnreadableRecord};
use std::fs;

fn bill(payer: &str, day: &str, users: &[&str], cost: &str) -> String {
    let of = |user: &&str| line(user, payer, &format!("70000000000{payer}"), day, user, "Pro", cost);
    export(&users.iter().map(of).collect::<Vec<_>>())
}

fn notes(desk: &Desk, account: AccountNumber, month: &str) -> Vec<ChargeNote> {
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    periods.into_iter().find(|period| period.id.starts_with(month)).expect("a month").notes
}

const BESIDE: ChargeNote = ChargeNote::BillBesideDamaged { bills: 1 };

/// Found in November 2026: a payer's damaged bill was said at the months that came with it alone. Of a month that another payer's bill
/// had been imported for before, nothing was said.
#[test]
fn a_damaged_bill_is_said_at_a_month_that_was_imported_before() {
    let desk = Desk::at(NOW);
    let place = |payer: &str, month: &str| format!("{payer}/kiro/data/BILLING_PERIOD={month}/kiro-00001.csv");
    write(&desk, &place("one", "2026-10"), &bill("8", "2026-10-01", &["ada"], "20.0"));
    let account = import(&desk, &desk.home().join("one")).account;
    assert!(!notes(&desk, account, "2026-10").contains(&BESIDE));
    write(&desk, &place("two", "2026-11"), &bill("9", "2026-11-01", &["bob"], "20.0"));
    let packed = gzip(&bill("9", "2026-10-01", &["bob"], "40.0"));
    let bad = write_bytes(&desk, &format!("{}.gz", place("two", "2026-10")), &packed[..packed.len() - 9]);
    for _ in 0..2 {
        import(&desk, &desk.home().join("two"));
        assert!(notes(&desk, account, "2026-10").contains(&BESIDE));
        assert!(!notes(&desk, account, "2026-11").contains(&BESIDE));
    }
    assert!(desk.run(&["invoices"]).output.contains("is damaged and couldn't be read"));
    // Downloaded again.
    fs::write(bad, packed).expect("written");
    import(&desk, &desk.home().join("two"));
    assert!(!notes(&desk, account, "2026-10").contains(&BESIDE));
    assert_eq!(billed(&desk, account), months(&[("2026-10", "60.00"), ("2026-11", "20.00")]));
}

/// A later issue that is damaged said so of an earlier one in the same import alone; and where an issue was marked as an earlier one by
/// it, another that had come before that counted in its place.
#[test]
fn a_damaged_later_issue_is_said_of_one_that_was_imported_before() {
    let desk = Desk::at(NOW);
    let place = |day: &str, month: &str| {
        format!("kiro/data/BILLING_PERIOD={month}/{day}T04:10:31.120Z-36/kiro-00001.csv")
    };
    let of = |users: &[&str]| bill("8", "2026-10-01", users, "20.0");
    let first = write(&desk, &place("2026-10-20", "2026-10"), &of(&["ada", "bob", "cem"]));
    let account = import(&desk, &desk.home().join("kiro")).account;
    fs::remove_file(first).expect("removed");
    // The second, and a third that is damaged, beside another month.
    let second = write(&desk, &place("2026-11-03", "2026-10"), &of(&["ada", "bob"]));
    let packed = gzip(&of(&["ada"]));
    let third =
        write_bytes(&desk, &format!("{}.gz", place("2026-11-05", "2026-10")), &packed[..packed.len() - 9]);
    import(&desk, &desk.home().join("kiro"));
    assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00")]));
    assert!(notes(&desk, account, "2026-10").contains(&ChargeNote::BillOutdated));
    // The same with what else came only.
    let desk = Desk::at(NOW);
    write(&desk, &place("2026-11-03", "2026-10"), &of(&["ada", "bob"]));
    let account = import(&desk, &desk.home().join("kiro")).account;
    let second_here = desk.home().join(place("2026-11-03", "2026-10"));
    fs::remove_file(second_here).expect("removed");
    write(&desk, &place("2026-11-05", "2026-11"), &bill("8", "2026-11-01", &["ada"], "20.0"));
    let bad =
        write_bytes(&desk, &format!("{}.gz", place("2026-11-05", "2026-10")), &packed[..packed.len() - 9]);
    import(&desk, &desk.home().join("kiro"));
    assert_eq!(billed(&desk, account), months(&[("2026-10", "40.00"), ("2026-11", "20.00")]));
    assert!(notes(&desk, account, "2026-10").contains(&ChargeNote::BillOutdated));
    fs::write(bad, &packed).expect("downloaded again");
    import(&desk, &desk.home().join("kiro"));
    assert_eq!(billed(&desk, account), months(&[("2026-10", "20.00"), ("2026-11", "20.00")]));
    assert!(!notes(&desk, account, "2026-10").contains(&ChargeNote::BillOutdated));
    drop((second, third));
}

/// An issue of which no row could be read was named by its import alone: afterwards its month was as if nothing had been billed.
#[test]
fn a_bill_of_which_no_row_could_be_read_is_said_until_it_is() {
    let said = |desk: &Desk| {
        let run = desk.run(&["status"]);
        let invoices = desk.run(&["invoices"]);
        (run.output + &run.errors, invoices.output + &invoices.errors)
    };
    for other in [false, true] {
        let desk = Desk::at(NOW);
        if other {
            let good = write(&desk, "other.csv", &bill("9", "2026-10-01", &["bob"], "20.0"));
            import(&desk, &good);
        }
        let file = write(&desk, "bill.csv", &bill("8", "2026-10-01", &["ada"], "twenty"));
        let mut account = None;
        for _ in 0..2 {
            account = Some(import(&desk, &file).account);
        }
        let account = account.expect("an account");
        let (status, invoices) = said(&desk);
        if other {
            assert!(notes(&desk, account, "2026-10").contains(&BESIDE));
            assert!(status.contains("couldn't be read") && invoices.contains("couldn't be read"), "{status}");
        } else {
            assert_eq!(
                notes(&desk, account, "2026-10"),
                [ChargeNote::NoReports, ChargeNote::BillUnreadable { months: vec!["2026-10".to_owned()] }]
            );
            let standing = desk.headroom.standing(account).expect("a standing");
            let text = serde_json::to_string(&standing).expect("JSON");
            let lost = UnreadableRecord::Bill { months: vec!["2026-10".to_owned()] };
            assert!(text.contains(&serde_json::to_string(&lost).expect("JSON")), "{text}");
            assert!(status.contains("The bill of October 2026 can't be read: import it again."), "{status}");
            assert!(invoices.contains("can't be read"), "{invoices}");
        }
        // A dry run of the mended one changes nothing; the import does, wherever it lies.
        let mended = write(&desk, "again/mended.csv", &bill("8", "2026-10-01", &["ada"], "40.0"));
        desk.run(&["import", mended.to_str().expect("text"), "--dry-run"]);
        assert_eq!(said(&desk), (status, invoices));
        import(&desk, &mended);
        let sum = if other { "60.00" } else { "40.00" };
        assert_eq!(billed(&desk, account), months(&[("2026-10", sum)]));
        assert!(!notes(&desk, account, "2026-10").contains(&BESIDE));
        let (status, invoices) = said(&desk);
        assert!(!status.contains("be read") && !invoices.contains("be read"), "{status} {invoices}");
    }
}
