//! Files as other programs save them again: they come to the same. (Damaged ones are a campaign: `tests/campaigns/files.rs`.)

use super::issues::{billed as months_billed, export as bill_of, import, line, months, write_bytes};
use super::{HEADER, NOW, P1, row, write};
use acceptance::Desk;
use acceptance::tables::{activity, bill, billed, export, report, spent};
use headroom_app::answers::{BillNews, ChargeNote, ImportKind};
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

/// Two licences: $60.00.
fn october(account: &str) -> String {
    let of = |id, user, tier, cost| line(id, account, account, "2026-10-02", user, tier, cost);
    bill_of(&[of("a1", "eva", "Pro", "20.0"), of("a2", "finn", "ProPlus", "40.0")])
}

/// What a folder of bills comes to.
fn of_bills(bills: &[(&str, Vec<u8>)]) -> (Desk, headroom_app::answers::ImportView) {
    let desk = Desk::at(NOW);
    for (name, bytes) in bills {
        write_bytes(&desk, &format!("in/{name}"), bytes);
    }
    let view = import(&desk, &desk.home().join("in"));
    (desk, view)
}

#[test]
fn a_product_with_blanks_around_it_is_the_same_product() {
    let saved = october("700000000001").replacen(",Kiro,", ", Kiro,", 1).replacen(",Kiro,", ",Kiro ,", 1);
    let (desk, view) = of_bills(&[("a.csv", saved.into())]);
    assert_eq!(months_billed(&desk, view.account), months(&[("2026-10", "60.00")]));
}

/// Found in November 2026: $120.00 for $60.00, as of two payers.
#[test]
fn an_account_that_was_saved_as_an_amount_is_the_same_account() {
    let whole = october("700000000001");
    for saved in ["700000000001.0", "'700000000001", "7000-0000-0001"] {
        let again = october(saved);
        let (desk, view) = of_bills(&[("a.csv", whole.clone().into()), ("b.csv", again.into())]);
        assert_eq!(months_billed(&desk, view.account), months(&[("2026-10", "60.00")]), "{saved}");
    }
    let (_, view) = of_bills(&[("a.csv", october("7.00000000001E11").into())]);
    assert_eq!((view.read, view.bad), (2, 2), "it is any of many");
}

/// Found in November 2026: the letter that once ended every file was a row that couldn't be read, so that the bill was "without 1 row".
#[test]
fn a_text_may_end_with_the_letter_that_once_ended_files() {
    let (desk, view) =
        of_bills(&[("a.csv", (october("700000000001").replace('\n', "\r\n") + "\u{1a}").into())]);
    assert_eq!(months_billed(&desk, view.account), months(&[("2026-10", "60.00")]));
    assert_eq!((view.read, view.bad), (2, 0));
}

/// Found in November 2026: $92.00 for $26.00, as if the second were a part of the first.
#[test]
fn a_download_with_a_number_of_a_programs_own_is_no_part_of_the_one_before() {
    let later = bill_of(&[
        line("b1", "700000000001", "700000000001", "2026-10-30", "eva", "Pro", "20.0"),
        line("b2", "700000000001", "700000000001", "2026-10-30", "eva", "Credits", "6.0"),
    ]);
    let first = october("700000000001");
    for (name, second, expected) in [("bill-2.csv", &later, "26.00"), ("bill-2.csv", &first, "60.00")] {
        let bills = [("bill.csv", first.clone().into()), (name, second.clone().into())];
        let (desk, view) = of_bills(&bills);
        assert_eq!(months_billed(&desk, view.account), months(&[("2026-10", expected)]));
    }
    // Where every file has one they are parts.
    let other = october("700000000001").replace("a1,", "c1,").replace("a2,", "c2,");
    let (desk, view) = of_bills(&[("bill-1.csv", first.into()), ("bill-2.csv", other.into())]);
    assert_eq!(months_billed(&desk, view.account), months(&[("2026-10", "120.00")]));
}

/// Found in November 2026: of two issues the older one counted, because 30 October was saved as 30.10.2026.
#[test]
fn days_as_a_spreadsheet_saves_them_decide_between_issues() {
    let german = |text: &str| {
        text.replace("2026-10-02T00:00:00Z\n", "02.10.2026 0:00\n")
            .replace("2026-10-30T00:00:00Z\n", "30.10.2026 0:00\n")
    };
    let first = october("700000000001");
    let later = bill_of(&[line("b1", "700000000001", "700000000001", "2026-10-30", "eva", "Pro", "26.0")]);
    let saved =
        [(first.clone(), german(&later)), (german(&first), later.clone()), (german(&first), german(&later))];
    for (one, two) in saved {
        let (desk, view) = of_bills(&[("x.csv", one.into()), ("y.csv", two.into())]);
        assert_eq!(months_billed(&desk, view.account), months(&[("2026-10", "26.00")]));
    }
}

/// Found in November 2026: November's refund of a line of October's was dropped as the same line, and November stood at $0.00.
#[test]
fn an_id_is_one_among_those_of_its_month() {
    let whole = october("700000000001");
    let refund = line("a1", "700000000001", "700000000001", "2026-10-02", "eva", "Pro", "-20.0")
        .replace("2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z")
        .replace("FlatRateSubscription", "Refund");
    let (desk, view) = of_bills(&[("a.csv", format!("{whole}{refund}").into())]);
    let billed = months_billed(&desk, view.account);
    assert_eq!(billed, months(&[("2026-10", "60.00"), ("2026-11", "-20.00")]));
}

/// Found in November 2026: "20,75" in two fields was read as $20.00, where an empty last column took the place of the second.
#[test]
fn decimals_that_a_comma_cut_off_are_not_lost() {
    let whole = october("700000000001");
    let wider = |text: &str| {
        let mut rows = text.lines().map(str::to_owned).collect::<Vec<_>>();
        rows[0].push_str(",resource_tags");
        rows.iter_mut()
            .skip(1)
            .for_each(|row| *row = row.replace(",20.0,", ",20,75,").replace(",40.0,", ",40,5,") + ",");
        rows.join("\n")
    };
    let (desk, view) = of_bills(&[("a.csv", wider(&whole).into())]);
    assert_eq!(view.bad, 2);
    assert!(months_billed(&desk, view.account).values().all(Option::is_none), "nothing of it is known");
}

/// Found in November 2026: Jürg and Jörg were one "J�rg".
#[test]
fn names_in_letters_of_one_country_are_refused() {
    let rows = "Date;User;Model;Cost (USD);Requests;Input Tokens;Output Tokens\n20.11.2026;J\u{fc}rg;m;1,5;1;1;1\n20.11.2026;J\u{f6}rg;m;2,5;1;1;1\n20.11.2026;Ann;m;0,5;1;1;1\n";
    let latin: Vec<u8> = rows.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin")).collect();
    let desk = Desk::at(NOW);
    let file = write_bytes(&desk, "usage.csv", &latin);
    let view = desk.import(ImportKind::KiloUsage, Some(&file)).expect("an import");
    assert_eq!((view.read, view.bad), (3, 2));
    let eva = october("700000000001").replace("user/eva", "user/J\u{fc}rg");
    let latin: Vec<u8> = eva.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin")).collect();
    let (_, view) = of_bills(&[("a.csv", latin)]);
    assert_eq!((view.read, view.bad), (2, 1));
}

/// Found in November 2026: $6,185.00 for $66.125, of "20,00", "40,00" and "6,125" between commas.
#[test]
fn a_comma_before_three_digits_is_not_read_where_others_stand_before_decimals() {
    let bill = |costs: [&str; 2]| {
        october("700000000001")
            .replace(",20.0,", &format!(",\"{}\",", costs[0]))
            .replace(",40.0,", &format!(",\"{}\",", costs[1]))
    };
    let usage = |costs: [&str; 2]| {
        let rows = costs.map(|cost| format!("2026-11-20,ann,m,\"{cost}\",1,1,1\n"));
        format!("Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n{}", rows.concat())
    };
    let report = |credits: [&str; 2]| {
        let rows = credits.map(|credits| row("2026-11-03", "ada", &format!("\"{credits}\""), P1, "PRO"));
        format!("{}\n{}", HEADER, rows.concat().replacen("ada", "bob", 1))
    };
    for (kind, written) in [
        (ImportKind::AwsCost, &bill as &dyn Fn([&str; 2]) -> String),
        (ImportKind::KiloUsage, &usage),
        (ImportKind::KiroActivity, &report),
    ] {
        for costs in [["20,00", "6,125"], ["6,125", "20,00"]] {
            let desk = Desk::at(NOW);
            let file = write(&desk, "file.csv", &written(costs));
            let refused = desk.import(kind, Some(&file)).expect_err("it can be read in two ways");
            assert!(headroom_app::words::say(&refused.saying).contains("as in 6,125"), "{refused:?}");
        }
        for costs in [["1,000", "6,125"], ["20,00", "6,5"]] {
            let desk = Desk::at(NOW);
            let file = write(&desk, "file.csv", &written(costs));
            assert_eq!(desk.import(kind, Some(&file)).expect("an import").bad, 0, "{costs:?}");
        }
    }
}

/// Found in November 2026: of two columns of one name, as two tables side by side have, the first was read without a word.
#[test]
fn a_column_that_stands_there_twice_is_refused_by_its_name() {
    let bill = bill_of(&[line("a1", "8", "700000000001", "2026-10-01", "eva", "Pro", "20.0")]);
    let report = format!("{HEADER}\n{}", row("2026-10-05", "eva", "2.5", P1, "PRO"));
    let usage =
        "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-18,ada,m,2.5,10,1,1\n";
    for (kind, text, column) in [
        ("aws-cost", bill.as_str(), "line_item_unblended_cost"),
        ("kiro-activity", report.as_str(), "Credits_Used"),
        ("kiro-activity", report.as_str(), "Overage_Enabled"),
        ("kilo-usage", usage, "Cost (USD)"),
    ] {
        let desk = Desk::at(NOW);
        let twice = text.lines().enumerate().map(|(place, line)| {
            format!("{line},{}\n", if place == 0 { column.to_uppercase() } else { "1".to_owned() })
        });
        let file = write(&desk, "x.csv", &twice.collect::<String>());
        for run in [vec!["import"], vec!["import", kind]] {
            let run = desk.run(&[&run[..], &[file.to_str().expect("a path")]].concat());
            assert_eq!(run.status, 2, "{kind} {column}: {}", run.output);
            let said = format!("it has the column {column} twice, and nothing says which is meant");
            assert!(run.errors.contains(&said), "{kind}: {}", run.errors);
        }
    }
}
