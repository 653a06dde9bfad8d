//! Bills in every order, and files that were changed in any place.

use super::NOW;
use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use acceptance::Desk;
use headroom_app::How;
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
    for user in 0..60 {
        for month in ["2026-09", "2026-10"] {
            let payer = if user % 3 == 0 { "901" } else { "902" };
            let id = if user % 2 == 0 { format!("d-9067642ac7.u{user}") } else { format!("u{user}") };
            let cents = i64::try_from(chances.below(9_000)).expect("small");
            *total.get_mut(month).expect("a month") += cents;
            let cost = format!("{}.{:02}", cents / 100, cents % 100);
            let day = format!("{month}-{:02}", 1 + user % 28);
            let line = line(&format!("l{user}"), payer, &format!("{payer}7"), &day, &id, "Credits", &cost);
            lines.entry((payer, month)).or_default().push(line);
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
    for _ in 0..24 {
        let desk = Desk::at(NOW);
        let mut order: Vec<_> = files.iter().map(|(name, bytes)| write_bytes(&desk, name, bytes)).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, chances.below(place + 1));
        }
        let account = order.iter().map(|file| import(&desk, file).account).last().expect("one");
        assert_eq!(billed(&desk, account), right, "{order:?}");
    }
    let desk = Desk::at(NOW);
    for (name, bytes) in &files {
        write_bytes(&desk, &format!("in/{name}"), bytes);
    }
    let account = import(&desk, &desk.home().join("in")).account;
    assert_eq!(billed(&desk, account), right, "all at once");
}

/// Of a file that was changed in any place a total never differs without a word of it.
#[test]
fn of_a_thousand_changed_files_no_total_changes_without_a_word() {
    let lines: Vec<_> = (0..6)
        .map(|user| line(&format!("l{user}"), "8", "7", "2026-10-04", &format!("u{user}"), "Pro", "20.00"))
        .collect();
    let text = export(&lines).into_bytes();
    let mut chances = Chances(5);
    let (mut unchanged, mut told, mut refused) = (0, 0, 0);
    let desk = Desk::at(NOW);
    let first = import(&desk, &write_bytes(&desk, "cur.csv", &text)).account;
    assert_eq!(billed(&desk, first), months(&[("2026-10", "120.00")]));
    for round in 0..1_000 {
        let mut changed = text.clone();
        for _ in 0..=chances.below(3) {
            let place = chances.below(changed.len());
            match chances.below(4) {
                0 => changed[place] = u8::try_from(chances.below(256)).expect("a byte"),
                1 => _ = changed.remove(place),
                2 => changed.insert(place, b",\"\n;0-9Zx"[chances.below(9)]),
                _ => changed.truncate(changed.len() - chances.below(changed.len().min(400))),
            }
        }
        let file = write_bytes(&desk, "changed.csv", &changed);
        let dry = How { dry_run: true, ..How::default() };
        match desk.headroom.import_given(ImportKind::AwsCost, &[file.as_path().into()], dry, &|_| {}) {
            Err(_) => refused += 1,
            // The bill that is there stays, and it is said that it is the same.
            Ok(report) if report.known > 0 && report.bills.is_empty() => {
                unchanged += 1;
            }
            Ok(report) => {
                let silent = report.bills.is_empty() && report.bad == 0 && report.skipped.is_empty();
                assert!(!silent, "{round}: {report:?}");
                told += 1;
            }
        }
    }
    assert!(unchanged > 100 && told > 300 && refused > 20, "{unchanged} {told} {refused}");
    assert_eq!(billed(&desk, first), months(&[("2026-10", "120.00")]), "a dry run writes nothing");
}
