//! Files as other programs save them again: they come to the same. (Damaged ones are a campaign: `tests/campaigns/files.rs`.)

use super::issues::{billed as months_billed, import, months};
use super::{NOW, write};
use acceptance::Desk;
use acceptance::tables::{activity, bill, billed, export, report, spent};
use headroom_app::answers::{BillNews, ChargeNote};
use std::path::Path;

const FILES: usize = 500;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % most
    }
}

/// The same text as another program saves it.
fn as_saved(text: &str, dice: &mut Dice, points: bool) -> Vec<u8> {
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..rows.len() {
        let (one, other) = (1 + dice.below(rows.len() - 1), 1 + dice.below(rows.len() - 1));
        rows.swap(one, other);
    }
    if dice.below(2) == 0 {
        rows.insert(1 + dice.below(rows.len() - 1), String::new());
    }
    let separator = [",", ";", "\t"][dice.below(3)];
    let quoted = dice.below(2) == 0;
    let field = |field: &str| {
        let is_number =
            field.contains('.') && field.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        let field =
            if is_number && !points && separator == ";" { field.replace('.', ",") } else { field.to_owned() };
        if quoted { format!("\"{field}\"") } else { field }
    };
    let written: Vec<String> =
        rows.iter().map(|row| row.split(',').map(field).collect::<Vec<_>>().join(separator)).collect();
    let mut text = written.join(["\n", "\r\n"][dice.below(2)]);
    text.push('\n');
    match dice.below(4) {
        0 => text.into_bytes(),
        1 => format!("\u{feff}{text}").into_bytes(),
        2 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

fn compare<S: PartialEq + Clone + std::fmt::Debug>(
    name: &str,
    text: &str,
    read: fn(&Path) -> Option<(S, bool)>,
) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(name);
    let read = |bytes: &[u8]| {
        std::fs::write(&file, bytes).expect("written");
        read(&file)
    };
    let (whole, said) = read(text.as_bytes()).expect("readable");
    assert!(!said, "nothing is to be said of the whole");
    let mut dice = Dice(2026);
    for round in 0..FILES {
        let bytes = as_saved(text, &mut dice, round % 2 == 0);
        assert_eq!(read(&bytes), Some((whole.clone(), false)), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_report_comes_to_the_same_however_it_was_saved() {
    compare("x_user_report_202610010200.csv", &report(), activity);
}

#[test]
fn an_export_comes_to_the_same_however_it_was_saved() {
    compare("usage-30d-2026-10-01.csv", &export(), spent);
}

/// Found in November 2026: of a bill that a German spreadsheet saved each row was no number, and $0.00 was added.
#[test]
fn a_bill_comes_to_the_same_however_it_was_saved() {
    compare("cur.csv", &bill(), billed);
}

#[test]
fn a_bill_that_a_spreadsheet_saved_with_its_own_dates_and_empty_columns_is_read() {
    let rows: Vec<_> = bill().lines().map(|row| row.replace(',', ";").replace('.', ",")).collect();
    let text = (rows.join(";;\r\n") + ";;\r\n")
        .replace("2026-10-01", "01.10.2026 00:00")
        .replace("2026-10-04", "04.10.2026 00:00");
    let desk = Desk::at(NOW);
    let report = import(&desk, &write(&desk, "cur.csv", &text.replace("USD", "usd")));
    assert_eq!((report.bad, &report.bad_rows[..]), (0, &[][..]));
    assert_eq!(months_billed(&desk, report.account), months(&[("2026-10", "1485.40")]), "{report:?}");
}

/// A spreadsheet shows long numbers as `7E+11` and saves what it shows. Then nobody knows whose a line is, and before
/// nothing was left of a bill but $0.00.
#[test]
fn shortened_account_numbers_are_refused_and_take_no_bills_place() {
    let desk = Desk::at(NOW);
    let whole = write(&desk, "20261103T040000Z-a/cur.csv", &bill());
    let account = import(&desk, &whole).account;
    let known = months_billed(&desk, account);
    for (number, shortened) in [(",7000,", ",7E+11,"), (",ada8,", ",1.11122E+11,")] {
        let text = bill().replace(number, shortened).replace("bob8", "ada8").replace("cem8", "ada8");
        let text = text.replace(",ada8,", if number == ",7000," { ",ada8," } else { shortened });
        let report = import(&desk, &write(&desk, "20261104T040000Z-b/cur.csv", &text));
        assert_eq!(report.bad, 9, "{report:?}");
        let said = serde_json::to_string(&report.bad_rows).expect("JSON");
        assert!(said.contains("account-shortened"), "{said}");
        assert!(report.bills.is_empty(), "{:?}", report.bills);
        assert_eq!(months_billed(&desk, account), known);
    }
}

/// Found in November 2026: a spreadsheet left out the zeros that an account's number begins with, and what it saved was a
/// second payer's bill beside the one that it was.
#[test]
fn an_account_number_that_lost_its_zeros_is_the_same_account() {
    let whole = bill().replace(",7000,", ",007000000001,").replace(",ada8,", ",000111122223,");
    let shortened = whole.replace(",007000000001,", ",7000000001,").replace(",000111122223,", ",111122223,");
    assert_ne!(whole, shortened);
    for together in [true, false] {
        let desk = Desk::at(NOW);
        let files = [("in/a/cur-00001.csv", &whole), ("in/b/bill.csv", &shortened)];
        let files = files.map(|(name, text)| write(&desk, name, text));
        let account = if together {
            import(&desk, &desk.home().join("in")).account
        } else {
            files.map(|file| import(&desk, &file).account)[0]
        };
        let alone = Desk::at(NOW);
        let right = import(&alone, &write(&alone, "cur-00001.csv", &whole)).account;
        assert_eq!(months_billed(&desk, account), months_billed(&alone, right), "{together}");
    }
}

/// A row that broke off was told by the import, and by nothing that shows the month afterwards.
#[test]
fn a_row_that_breaks_off_is_told_wherever_its_month_stands() {
    let text = bill();
    let cut = &text[..text.len() - 30];
    let desk = Desk::at(NOW);
    let report = import(&desk, &write(&desk, "cur.csv", cut));
    assert_eq!(report.bad, 1);
    let periods = desk.headroom.invoices(report.account).expect("invoices").periods;
    assert!(periods[0].notes.contains(&ChargeNote::BillUnread { rows: 1 }), "{:?}", periods[0].notes);
    let status = desk.run(&["status"]).output;
    assert!(status.contains("1 row of AWS's bill couldn't be read, so no sum includes it"), "{status}");
}

/// A download that broke off, beside the whole of the same name: before, nothing told which of them counts.
#[test]
fn of_a_download_that_broke_off_and_a_whole_one_the_whole_counts() {
    let whole = bill().replace("bob8", "ada8").replace("cem8", "ada8");
    let cut = &whole[..whole.len() - 30];
    for names in [["cur-00001.csv", "cur-00001 (1).csv"], ["cur-00001 (1).csv", "cur-00001.csv"]] {
        for together in [true, false] {
            let desk = Desk::at(NOW);
            let [one, other] = [(names[0], cut), (names[1], &whole)]
                .map(|(name, text)| write(&desk, &format!("in/{name}"), text));
            let account = if together {
                import(&desk, &desk.home().join("in")).account
            } else {
                let first = import(&desk, &one);
                let second = import(&desk, &other);
                assert!(matches!(second.bills[..], [BillNews::Replaced { .. }]), "{second:?}");
                first.account
            };
            assert_eq!(
                months_billed(&desk, account),
                months(&[("2026-10", "1485.40")]),
                "{names:?} {together}"
            );
        }
    }
}
