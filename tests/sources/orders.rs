//! Bills in every order.

use super::issues::{billed, export, gzip, import, line, write_bytes};
use super::{HEADER, NOW, P1, imported, row};
use acceptance::Desk;
use headroom_app::answers::ImportKind;
use std::collections::BTreeMap;

/// What a random choice is made by: the same each time.
struct Chances(u64);

impl Chances {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("it fits") % most
    }
}

/// Two months of sixty users in both id forms, a bill issued three times, two payers, one file twice, one packed.
#[test]
fn two_months_come_out_right_in_every_order() {
    let mut chances = Chances(17);
    let mut total = BTreeMap::from([("2026-09", 0), ("2026-10", 0)]);
    let mut lines: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let mut reports: BTreeMap<&str, String> = BTreeMap::new();
    for user in 0..60 {
        for month in ["2026-09", "2026-10"] {
            let payer = if user % 3 == 0 { "901" } else { "902" };
            // The other form in the other month, and the other one again in the reports.
            let is_long = |of: usize| (user + usize::from(month == "2026-10") + of).is_multiple_of(2);
            let id = if is_long(0) { format!("d-9067642ac7.u{user}") } else { format!("u{user}") };
            let cents = i64::try_from(chances.below(9_000)).expect("small");
            *total.get_mut(month).expect("a month") += cents;
            let cost = format!("{}.{:02}", cents / 100, cents % 100);
            let day = format!("{month}-{:02}", 1 + user % 28);
            let line = line(&format!("l{user}"), payer, &format!("{payer}7"), &day, &id, "Credits", &cost);
            lines.entry((payer, month)).or_default().push(line);
            let id = if is_long(1) { format!("d-9067642ac7.u{user}") } else { format!("u{user}") };
            reports.entry(month).or_default().push_str(&row(&day, &id, "2.5", P1, "PRO"));
        }
    }
    let right: BTreeMap<_, _> = total
        .iter()
        .map(|(month, cents)| ((*month).to_owned(), Some(format!("{}.{:02}", cents / 100, cents % 100))))
        .collect();
    let of = |payer, month| &lines[&(payer, month)];
    let final_bill = export(of("902", "2026-10"));
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("p1/20261003T040000Z-a/cur-00001.csv", export(of("901", "2026-09")).into_bytes()),
        ("p1/20261103T040000Z-b/cur-00001.csv", export(of("901", "2026-10")).into_bytes()),
        ("p2/20261003T040000Z-c/cur-00001.csv", gzip(&export(of("902", "2026-09")))),
        ("p2/20261020T040000Z-d/cur-00001.csv", export(&of("902", "2026-10")[..9]).into_bytes()),
        ("p2/2026-11-02T04:00:00.000Z-e/cur-00001.csv", {
            let more = [of("902", "2026-10").as_slice(), of("902", "2026-09").as_slice()].concat();
            export(&more).replace(",2026-09-01T00:00:00.000Z,", ",2026-10-01T00:00:00.000Z,").into_bytes()
        }),
        ("p2/20261103T040000Z-f/cur-00001.csv", final_bill.clone().into_bytes()),
        ("downloads/cur-00001 (1).csv", final_bill.into_bytes()),
    ];
    let report = |month: &str| format!("{HEADER}\n{}", reports[month]).into_bytes();
    let reports = [
        ("KIRO_IDE_111_user_report_202610010200.csv", report("2026-09")),
        ("KIRO_IDE_111_user_report_202611010200.csv", report("2026-10")),
        ("KIRO_IDE_111_user_report_202611010200 (1).csv", report("2026-10")),
    ];
    let all = || {
        let bills = files.iter().map(|(name, bytes)| (ImportKind::AwsCost, *name, bytes));
        bills.chain(reports.iter().map(|(name, bytes)| (ImportKind::KiroActivity, *name, bytes)))
    };
    for _ in 0..24 {
        let desk = Desk::at(NOW);
        let mut order: Vec<_> =
            all().map(|(kind, name, bytes)| (kind, write_bytes(&desk, name, bytes))).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, chances.below(place + 1));
        }
        let account = order.iter().map(|(kind, file)| imported(&desk, *kind, file)).last().expect("one");
        assert_eq!(billed(&desk, account), right, "{order:?}");
        let view = desk.organisation(account);
        // Nobody is two people, and of nobody's usage is anything counted twice.
        assert_eq!((view.users.len(), view.used.as_deref()), (60, Some("150.00")), "{order:?}");
    }
    let desk = Desk::at(NOW);
    for (name, bytes) in &files {
        write_bytes(&desk, &format!("in/{name}"), bytes);
    }
    let account = import(&desk, &desk.home().join("in")).account;
    assert_eq!(billed(&desk, account), right, "all at once");
}
