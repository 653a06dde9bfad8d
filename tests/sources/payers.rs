//! Bills of several payers, and of none that is named.

use super::bills::{import, later, news, old_bill, paid_by, with_old_rows};
use super::issues::{billed, export, line};
use super::{NOW, imported, write};
use acceptance::{Desk, fixture};
use headroom_app::answers::{BillNews, ImportKind};
use std::fs;

fn replaced(payer: Option<&str>, before: &str, amount: &str) -> BillNews {
    BillNews::Replaced {
        month: "2026-10".to_owned(),
        payer: payer.map(str::to_owned),
        unreadable: false,
        before: Some(before.to_owned()),
        amount: Some(amount.to_owned()),
        from: String::new(),
    }
}

/// Reported in November 2026: an export without its payer took every payer's bill of the month away, without a word.
#[test]
fn a_bill_without_a_payer_replaces_the_only_one_and_is_refused_beside_several() {
    let without = |cost: &str| {
        let text = fs::read_to_string(fixture("aws-cost/cur2.csv")).expect("the fixture");
        text.replace(",125.5,5.02,", &format!(",125.5,{cost},"))
    };
    let desk = Desk::at(NOW);
    let total = |account| desk.organisation(account).bill.expect("a bill").total.expect("in dollars");
    let account = import(&desk, "a.csv", &paid_by("999", "5.02")).account;
    let newer = import(&desk, "a-newer.csv", &without("6.02"));
    assert_eq!(news(&newer), [replaced(Some("999"), "263.77", "264.77")]);
    assert_eq!(total(account), "264.77");
    // The payer is told again, and it is a newer issue; then another payer's stands beside it.
    let again = import(&desk, "a-again.csv", &paid_by("999", "5.02"));
    assert_eq!(news(&again), [replaced(Some("999"), "264.77", "263.77")]);
    assert_eq!(news(&import(&desk, "b.csv", &paid_by("888", "5.02"))), []);
    assert_eq!(total(account), "527.54");
    let refused = import(&desk, "a-newest.csv", &without("6.02"));
    let left_out = BillNews::Refused {
        month: "2026-10".to_owned(),
        payers: vec!["888".to_owned(), "999".to_owned()],
        amount: Some("264.77".to_owned()),
    };
    assert_eq!((refused.added, refused.known, refused.bills), (0, 0, vec![left_out]));
    assert_eq!(total(account), "527.54", "nothing is lost");
    let file = write(&desk, "a-newest.csv", &without("6.02"));
    let run = desk.run(&["import", "aws-cost", file.to_str().expect("a path")]);
    let line = "headroom: the bill of 2026-10 over $264.77 names no payer, and that month is billed to 888, 999: it was left out; export it with the column bill_payer_account_id";
    assert!(run.errors.contains(line), "{}", run.errors);
    // In one file, too.
    let mut both = paid_by("777", "5.02").replace("2026-10-01", "2026-08-01");
    both += &both.lines().nth(1).expect("a row").replacen("777", "", 1);
    let report = import(&desk, "both.csv", &both);
    assert!(
        matches!(&news(&report)[..], [BillNews::Refused { payers, .. }] if *payers == ["777"]),
        "{report:?}"
    );
    assert_eq!(report.added, 1);
}

#[test]
fn a_month_that_an_older_version_kept_without_a_payer_is_replaced_by_the_first_import_of_it() {
    let (desk, account) = with_old_rows(&[("aws-cost:2026-10", &old_bill("2026-10", "487.54"))]);
    let report = import(&desk, "a.csv", &paid_by("999", "5.02"));
    assert_eq!(news(&report), [replaced(Some("999"), "527.54", "263.77")]);
    assert_eq!(desk.organisation(account).bill.expect("a bill").total.as_deref(), Some("263.77"));
    let file = later(&desk, "a-newer.csv", &paid_by("999", "6.02"));
    let run = desk.run(&["import", "aws-cost", file.to_str().expect("a path")]);
    let line = "The bill of 2026-10, payer 999, was replaced: $263.77 before, now $264.77 (";
    assert!(run.output.contains(line), "{}", run.output);
    import(&desk, "b.csv", &paid_by("888", "5.02"));
    assert_eq!(desk.organisation(account).bill.expect("a bill").total.as_deref(), Some("528.54"));
}

#[test]
fn a_bill_belongs_to_its_payer_and_a_later_issue_replaces_that_payers_alone() {
    let desk = Desk::at(NOW);
    let import = |name: &str, text: &str| {
        let report = import(&desk, name, text);
        (report.account, report.added, report.known)
    };
    let total = |account| desk.organisation(account).bill.expect("a bill").total.expect("in dollars");
    // Without a payer, then the same with one: known, and the payer is kept.
    let account = imported(&desk, ImportKind::AwsCost, &fixture("aws-cost/cur2.csv"));
    assert_eq!(import("one.csv", &paid_by("999", "5.02")), (account, 0, 1));
    assert_eq!(total(account), "263.77");
    // Another payer's month stands beside it.
    assert_eq!(import("two.csv", &paid_by("888", "5.02")), (account, 1, 0));
    assert_eq!(total(account), "527.54");
    assert_eq!(import("two-again.csv", &paid_by("888", "6.02")), (account, 1, 0));
    assert_eq!(total(account), "528.54");
    // What a newer issue says to more digits than a cent is kept to all of them.
    let exact = "5.0212345678901234567";
    assert_eq!(import("exact.csv", &paid_by("888", exact)), (account, 1, 0));
    assert_eq!(import("exact-again.csv", &paid_by("888", exact)), (account, 0, 1));
    assert_eq!(import("other.csv", &paid_by("888", "5.0212345678901234568")), (account, 1, 0));
    assert_eq!(total(account), "527.54");
}

/// Found in November 2026: a member account's own export, which was newer, took the place of the payer's whole bill ($41.00 for
/// $61.00). No later issue forgets an account, so the payer's leads (F2), and the import names both.
#[test]
fn a_later_bill_of_fewer_accounts_takes_nothing_from_one_of_more() {
    let fee = |user: &str, account: &str| line(user, "8", account, "2026-10-01", user, "Pro", "20.0");
    let late = line("late", "8", "700000000002", "2026-10-20", "finn", "Credits", "1.0");
    let of_payer =
        export(&[fee("eva", "700000000001"), fee("finn", "700000000002"), fee("gül", "700000000002")]);
    let of_member = export(&[fee("finn", "700000000002"), fee("gül", "700000000002"), late.clone()]);
    let files = [("payer/cur.csv", &of_payer), ("member/own.csv", &of_member)];
    for order in [[0, 1], [1, 0]] {
        let desk = Desk::at(NOW);
        let of = |place: usize| write(&desk, files[place].0, files[place].1);
        let [_, report] =
            order.map(|place| desk.import(ImportKind::AwsCost, Some(&of(place))).expect("an import"));
        let is_told = match order {
            [0, 1] => matches!(&report.bills[..], [BillNews::Older { .. }]),
            _ => matches!(&report.bills[..], [BillNews::Replaced { .. }]),
        };
        assert!(is_told, "{order:?}: {:?}", report.bills);
        assert_eq!(billed(&desk, report.account)["2026-10"].as_deref(), Some("60.00"), "{order:?}");
    }
    // As new as the payer's it can be an earlier issue of the same export or another: the owner was to choose, though either way
    // the payer's counts.
    let as_new = export(&[fee("finn", "700000000002"), fee("gül", "700000000002")]);
    for order in [[0, 1], [1, 0]] {
        let desk = Desk::at(NOW);
        let files = [write(&desk, "payer/cur.csv", &of_payer), write(&desk, "member/own.csv", &as_new)];
        let [_, report] =
            order.map(|place| desk.import(ImportKind::AwsCost, Some(&files[place])).expect("an import"));
        assert_eq!(
            billed(&desk, report.account)["2026-10"].as_deref(),
            Some("60.00"),
            "{order:?}: {report:?}"
        );
    }
    // One that lies where the other does is a later issue of it, and so is one of all accounts, wherever it lies.
    let whole = export(&[fee("eva", "700000000001"), fee("finn", "700000000002"), late]);
    for (one, two, text, right) in
        [("in/cur.csv", "in/cur (1).csv", &of_member, "41.00"), ("a/cur.csv", "b/own.csv", &whole, "41.00")]
    {
        let desk = Desk::at(NOW);
        let files = [write(&desk, one, &of_payer), write(&desk, two, text)];
        let [_, report] = files.map(|file| desk.import(ImportKind::AwsCost, Some(&file)).expect("an import"));
        assert_eq!(billed(&desk, report.account)["2026-10"].as_deref(), Some(right), "{two}");
    }
}
