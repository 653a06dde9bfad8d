//! Sums that spreadsheets add to what Kilo exports: what they hold stands in the other rows, and counts once.

use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::{ImportKind, ImportView};

const BY_USER: &str = "Date,User,Cost (USD),Requests,Input Tokens,Output Tokens\n";
const BY_BOTH: &str = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n";
const BY_FEATURE: &str = "Date,Feature,Cost (USD),Requests,Input Tokens,Output Tokens\n";
const FEBRUARY: &str = "Date,User Name,User Email,Cost,Requests,Input Tokens,Output Tokens,Total Tokens\n";
const ROWS: &str = "2026-11-19,ada@x.io,1.250000,2,100,20\n2026-11-19,bob@x.io,0.500000,1,70,10\n\
                    2026-11-20,ada@x.io,2.125000,3,300,40\n2026-11-20,bob@x.io,4.000000,5,500,60\n";

fn import(desk: &Desk, text: &str) -> ImportView {
    let file = write(desk, "usage-30d-by-user-2026-11-21.csv", text);
    desk.import(ImportKind::KiloUsage, Some(&file)).expect("an import")
}

/// Dollars this month, whether that is a part, rows that couldn't be read, and what is said of totals.
fn told(text: &str) -> (Option<String>, bool, u64, Option<String>) {
    let desk = Desk::at(NOW);
    let view = import(&desk, text);
    let spend = desk.team(view.account).spend.expect("spending");
    let said = view.notes.iter().find(|note| note.code() == "rows-of-totals");
    (spend.this_month, spend.this_month_at_least, view.bad, said.map(ToString::to_string))
}

fn once(amount: &str, totals: u64) -> (Option<String>, bool, u64, Option<String>) {
    let said = (totals > 0).then(|| format!("rows-of-totals(count: {totals})"));
    (Some(amount.to_owned()), false, 0, said)
}

/// Found in November 2026: $15.75 of an export of $7.88 to which a spreadsheet had added a sum of each day.
#[test]
fn a_sum_of_each_day_counts_nothing_twice() {
    for (of_the_19th, of_the_20th) in [
        ("2026-11-19,Total,1.75,3,170,30", "2026-11-20,Total,6.125,8,800,100"),
        ("2026-11-19,Summe:,1.750000,3,170,30", "2026-11-20,SUMME,6.125000,8,800,100"),
        ("2026-11-19,,1.750000,3,170,30", "2026-11-20,,6.125000,8,800,100"),
        // Of the cost alone, as far as it is shown.
        ("2026-11-19,Grand Total,1.75,,,", "2026-11-20,Total,6.13,,,"),
        ("2026-11-19,Gesamtergebnis,1.75,3,,", "2026-11-20,Gesamt,6.1,8,,"),
        // In the cell of the day, as a spreadsheet's subtotals are.
        ("19.11.2026 Ergebnis,,1.75,3,170,30", "20.11.2026 Ergebnis,,6.125,8,800,100"),
        ("2026-11-19 Total,,1.75,3,170,30", "2026-11-20 Total,,6.125,8,800,100"),
        ("Subtotal,,1.75,3,170,30", "Subtotal,,6.125,8,800,100"),
        (",,1.75,3,170,30", ",,6.125,8,800,100"),
    ] {
        let rows: Vec<_> = ROWS.lines().collect();
        let below = [rows[0], rows[1], of_the_19th, rows[2], rows[3], of_the_20th].join("\n");
        assert_eq!(told(&format!("{BY_USER}{below}\n")), once("7.875000", 2), "{of_the_19th}");
        if of_the_19th.starts_with("2026-11-19,") {
            let above = [of_the_20th, of_the_19th, rows[3], rows[1], rows[2], rows[0]].join("\n");
            assert_eq!(told(&format!("{BY_USER}{above}\n")), once("7.875000", 2), "{of_the_19th}");
        }
    }
}

#[test]
fn a_sum_of_everything_or_of_one_user_counts_nothing_twice() {
    for total in ["Total,,7.875,11,970,130", ",Total,7.88,11,970,130", "Gesamt,,7.9,,,", ",,7.875,11,970,130"]
    {
        assert_eq!(told(&format!("{BY_USER}{ROWS}{total}\n")), once("7.875000", 1), "{total}");
    }
    let rows = "2026-11-20,ada,m,1,1,1,1\n2026-11-20,ada,n,2,1,1,1\n2026-11-20,ada,Total,3,2,2,2\n2026-11-20,bob,m,5,1,1,1\n\
                2026-11-20,Total,,8,3,3,3\n";
    assert_eq!(told(&format!("{BY_BOTH}{rows}")), once("8.000000", 2));
    let rows = "2026-11-20,VS Code,1,1,1,1\n2026-11-20,CLI,2,1,1,1\n2026-11-20,Total,3,2,2,2\n";
    assert_eq!(told(&format!("{BY_FEATURE}{rows}")), once("3.000000", 1));
    let rows = "\"Nov 20, 2026\",Ada,ada@x.io,$1.5,1,1,1,2\n\"Nov 20, 2026\",Sum,sum@x.io,$1.5,1,1,1,2\n\"Nov 20, 2026\",Total,,$3,2,2,2,4\n";
    assert_eq!(told(&format!("{FEBRUARY}{rows}")), once("3.000000", 1), "Sum is a person's name");
    let by_model = FEBRUARY.replace("Email,", "Email,Model,");
    let rows = "2026-11-20,Ada,ada@x.io,m,$1,1,1,1,2\n2026-11-20,Ada,ada@x.io,n,$2,1,1,1,2\n2026-11-20,Ada,ada@x.io,Total,$3,2,2,2,4\n";
    assert_eq!(told(&format!("{by_model}{rows}")), once("3.000000", 1));
}

/// What nobody can know is said: it may be somebody's of that name.
#[test]
fn what_is_called_a_total_and_isnt_the_sum_is_named_and_its_day_is_the_least() {
    for total in ["2026-11-20,Total,7.00,8,800,100", "2026-11-20,Total,6.125,9,800,100", "Total,,7.0,,,"] {
        let desk = Desk::at(NOW);
        let view = import(&desk, &format!("{BY_USER}{ROWS}{total}\n"));
        let spend = desk.team(view.account).spend.expect("spending");
        let month = (spend.this_month.as_deref(), spend.this_month_at_least);
        assert_eq!((month, view.bad), ((Some("7.875000"), true), 1), "{total}");
        assert_eq!(
            (view.bad_rows[0].line, view.bad_rows[0].reason.code()),
            (6, "total-isnt-the-sum"),
            "{total}"
        );
    }
}

/// No record is taken for a sum: what says nowhere whose it is may be anybody's.
#[test]
fn a_row_without_a_name_that_isnt_the_sum_counts() {
    for (row, amount) in [
        ("2026-11-20,,6.125000,9,800,100", "14.000000"),
        ("2026-11-20,,0.500000,1,70,10", "8.375000"),
        ("2026-11-20,,0.000000,0,0,0", "7.875000"),
        ("2026-11-18,,6.125000,8,800,100", "14.000000"),
    ] {
        assert_eq!(told(&format!("{BY_USER}{ROWS}{row}\n")), once(amount, 0), "{row}");
    }
    // Nobody's name stands in either, and nothing but their cost is alike.
    let hours = "2026-11-20T09:00:00Z,,0.5,1,100,10\n2026-11-20T10:00:00Z,,0.5,1,100,10\n";
    assert_eq!(told(&format!("{BY_USER}{hours}")), once("1.000000", 0));
    let pictures = "2026-11-20,ada,0.04,1,0,0\n2026-11-20,,0.04,1,0,0\n";
    assert_eq!(told(&format!("{BY_USER}{pictures}")), once("0.080000", 0));
    // One that is a day's only one, and where nothing is told apart.
    assert_eq!(told(&format!("{BY_USER}2026-11-20,,2,1,1,1\n")), once("2.000000", 0));
    let alone =
        "Date,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-20,2,1,1,1\n2026-11-20,2,1,1,1\n";
    assert_eq!(told(alone), once("4.000000", 0));
    let two = "2026-11-20,,1,1,1,1\n2026-11-20,,2,1,1,1\n2026-11-20,ada,3,1,1,1\n";
    assert_eq!(told(&format!("{BY_USER}{two}")), once("6.000000", 0));
}
