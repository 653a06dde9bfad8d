//! Bills in every order.

use super::issues::{billed, export, gzip, import, line, write_bytes};
use super::{HEADER, NOW, P1, imported, row};
use acceptance::Desk;
use headroom_app::answers::ImportKind;
use std::collections::BTreeMap;

/// What a random choice is made by: the same each time.
struct Chances(u64);

impl Chances {
    fn shuffle<T>(&mut self, all: &mut [T]) {
        for place in (1..all.len()).rev() {
            all.swap(place, self.below(place + 1));
        }
    }

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
        chances.shuffle(&mut order);
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

/// An export of a month: what it is called, whether its lines have ids, and its issues in the order in which they came to be,
/// each with what it has of which account, in cents.
struct Export {
    name: &'static str,
    has_ids: bool,
    issues: Vec<BTreeMap<usize, i64>>,
}

impl Export {
    fn by_chance(name: &'static str, has_ids: bool, chances: &mut Chances) -> Self {
        let mut accounts: Vec<_> = (1..=4).filter(|_| chances.below(2) == 0).collect();
        accounts.push(6 + chances.below(2));
        let issue = |chances: &mut Chances| {
            let mut costs = BTreeMap::new();
            // A later issue may have lost an account, or have one more. (One without any row of Kiro's says nothing.)
            let last = accounts.len() - 1;
            for (place, account) in accounts.iter().copied().enumerate() {
                if place < last && chances.below(5) == 0 {
                    continue;
                }
                costs.insert(account, i64::try_from(chances.below(9_000)).expect("small"));
            }
            if chances.below(4) == 0 {
                costs.insert(5, 100);
            }
            costs
        };
        let issues = (0..=chances.below(3)).map(|_| issue(&mut *chances)).collect();
        Self { name, has_ids, issues }
    }

    /// Where an issue lies, and its bytes; every second one is packed.
    fn file(&self, number: usize) -> (String, Vec<u8>) {
        let Self { name, has_ids, issues } = self;
        let time = format!("202611{:02}T040000Z-{number}", 3 + number);
        let place = format!("{name}/data/BILLING_PERIOD=2026-10/{time}/{name}-00001.csv");
        let rows = issues[number].iter().map(|(account, cents)| {
            let (account, cost) = (format!("90{account}"), format!("{}.{:02}", cents / 100, cents % 100));
            if *has_ids {
                line(&account, "8", &account, "2026-10-04", "eva", "Credits", &cost)
            } else {
                format!("{cost},8,USD,2026-10-01T00:00:00Z,2026-10-04T00:00:00Z,Usage,1,Credits,user/eva,{account},Kiro,USE1-KiroEnterprise-Credits,Credits\n")
            }
        });
        let rows: Vec<_> = rows.collect();
        let other = "9,8,USD,2026-10-01T00:00:00Z,2026-10-04T00:00:00Z,Usage,1,Hours,i-1,901,AmazonEC2,BoxUsage,RunInstances\n";
        let text = if *has_ids {
            export(&rows)
        } else {
            format!(
                "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ChargeCategory,ConsumedQuantity,ConsumedUnit,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation\n{}{other}",
                rows.concat()
            )
        };
        (place, if number % 2 == 1 { gzip(&text) } else { text.into_bytes() })
    }
}

/// What exports come to by the rules (F2, F3): of each the latest issue; those of the same accounts are not added, and the
/// one with ids leads, then the one with more accounts. None where nothing tells.
fn by_the_rules(exports: &[Export]) -> Option<i64> {
    let latest = exports.iter().filter_map(|export| Some((export.has_ids, export.issues.last()?)));
    let mut latest: Vec<_> = latest.collect();
    latest.sort_by_key(|(has_ids, costs)| (*has_ids, costs.len()));
    let mut counts: Vec<(bool, &BTreeMap<usize, i64>)> = Vec::new();
    while let Some((has_ids, costs)) = latest.pop() {
        let is_same = |other: &BTreeMap<usize, i64>| other.keys().any(|account| costs.contains_key(account));
        let rank = (has_ids, costs.len());
        let mut rivals =
            latest.iter().filter(|(has_ids, other)| (*has_ids, other.len()) == rank && is_same(other));
        if rivals.any(|(_, other)| *other != costs) {
            return None;
        }
        if !counts.iter().any(|(_, other)| is_same(other)) {
            counts.push((has_ids, costs));
        }
    }
    Some(counts.iter().flat_map(|(_, costs)| costs.values()).sum())
}

/// Issues of up to three exports, whatever accounts each has, in random orders, with others between and some a second time:
/// always what the rules say.
#[test]
fn exports_and_their_issues_come_out_right_in_every_order() {
    let mut chances = Chances(18);
    let mut told = 0;
    for _ in 0..8 {
        let exports = [("kiro", true), ("costs", false), ("second", true)]
            .map(|(name, has_ids)| Export::by_chance(name, has_ids, &mut chances));
        let exports = &exports[..2 + chances.below(2)];
        let Some(right) = by_the_rules(exports) else { continue };
        told += 1;
        let right = Some(format!("{}.{:02}", right / 100, right % 100));
        let files =
            || exports.iter().flat_map(|export| (0..export.issues.len()).map(|number| export.file(number)));
        let names: Vec<_> = exports.iter().map(|export| (export.name, &export.issues)).collect();
        for _ in 0..3 {
            let desk = Desk::at(NOW);
            let put =
                |(name, bytes): (String, Vec<u8>)| (ImportKind::AwsCost, write_bytes(&desk, &name, &bytes));
            let mut order: Vec<_> = files().map(put).collect();
            let again = order[chances.below(order.len())].clone();
            order.push(again);
            let report = format!("{HEADER}\n{}", row("2026-10-04", "eva", "2.5", P1, "PRO"));
            order.push((
                ImportKind::KiroActivity,
                super::write(&desk, "x_user_report_202611010200.csv", &report),
            ));
            chances.shuffle(&mut order);
            let account = order.iter().map(|(kind, file)| imported(&desk, *kind, file)).last().expect("one");
            let come = billed(&desk, account).remove("2026-10").flatten();
            assert_eq!(come, right, "{names:?} as {order:?}");
        }
    }
    assert!(told >= 4, "most are told by the rules: {told}");
}
