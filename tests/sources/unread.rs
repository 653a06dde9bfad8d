//! Rows that nobody can read are in no sum, and every sum of their days says so until a later file of them can be read.
//! Found in November 2026: the import told of them, and nothing that showed the month afterwards did.

use super::{HEADER, NOW, P1, P2, imported, row, write};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, ChargeNote, ImportKind, OrganisationView};

fn report(desk: &Desk, stamp: &str, rows: &str) -> AccountNumber {
    let name = format!("reports/{stamp}/o_user_report_{stamp}.csv");
    imported(desk, ImportKind::KiroActivity, &write(desk, &name, &format!("{HEADER}\n{rows}")))
}

/// What is used and whether it is the least, and how many rows the month's notes say couldn't be read.
fn used(view: &OrganisationView) -> (Option<&str>, bool, Option<u32>) {
    let of =
        |note: &ChargeNote| if let ChargeNote::ReportsUnread { rows } = note { Some(*rows) } else { None };
    let unread = view.notes.iter().find_map(of);
    (view.used.as_deref(), view.used_at_least, unread)
}

#[test]
fn what_a_report_says_of_nobody_makes_its_month_the_least_until_it_comes_again() {
    let whole = row("2026-11-03", "ada", "40.5", P1, "PRO") + &row("2026-11-03", "bob", "12.25", P1, "PRO");
    let nobodys = whole.replace("2026-11-03,bob", "2026-11-03,");
    let dateless = whole.replace("2026-11-03,bob", "3rd,bob");
    let torn = &whole[..whole.len() - 60];
    for (lost, unread) in [(nobodys.as_str(), 1), (&dateless, 1), (torn, 1)] {
        let desk = Desk::at(NOW);
        let account = report(&desk, "202611040200", lost);
        assert_eq!(used(&desk.organisation(account)), (Some("40.50"), true, Some(unread)), "{lost}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains("1 row of the activity reports couldn't be read"), "{status}");
        // Found in November 2026: everybody was on the cheapest tier, also of whom nothing could be read.
        assert!(!status.contains("everybody is on the cheapest tier"), "{status}");
        let periods = desk.headroom.invoices(account).expect("invoices").periods;
        assert!(periods[0].notes.contains(&ChargeNote::ReportsUnread { rows: unread }), "{periods:?}");
        // An older export of the day changes nothing of that; a newer one that can be read does.
        report(&desk, "202611040100", &whole);
        assert_eq!(used(&desk.organisation(account)).2, Some(unread), "{lost}");
        report(&desk, "202611050200", &whole);
        assert_eq!(used(&desk.organisation(account)), (Some("52.75"), false, None), "{lost}");
    }
}

#[test]
fn another_months_unread_row_leaves_this_month_whole() {
    let desk = Desk::at(NOW);
    let october = row("2026-10-30", "ada", "7", P1, "PRO") + &row("2026-10-31", "", "7", P1, "PRO");
    let account = report(&desk, "202611010200", &october);
    report(&desk, "202611040200", &row("2026-11-03", "ada", "40.5", P1, "PRO"));
    assert_eq!(used(&desk.organisation(account)), (Some("40.50"), false, None));
    let periods = desk.headroom.invoices(account).expect("invoices").periods;
    let of = |start: &str| periods.iter().find(|period| period.id.starts_with(start)).expect("a month");
    assert!(of("2026-10").notes.contains(&ChargeNote::ReportsUnread { rows: 1 }), "{periods:?}");
    assert!(!of("2026-11").notes.contains(&ChargeNote::ReportsUnread { rows: 1 }), "{periods:?}");
}

/// Before, the row was left out whole: ada was nobody who used anything, and no sum said that it was the least.
#[test]
fn of_whom_the_credits_cant_be_read_they_are_unknown() {
    let desk = Desk::at(NOW);
    let rows = row("2026-11-03", "ada", "40,5,1", P1, "PRO").replace("40,5,1", "\"40,5,1\"");
    let account = report(&desk, "202611040200", &(rows + &row("2026-11-03", "bob", "12.25", P1, "PRO")));
    let view = desk.organisation(account);
    assert_eq!((view.used.as_deref(), view.used_at_least), (Some("12.25"), true));
    let ada = view.users.iter().find(|user| user.id == "ada").expect("she is in the reports");
    assert_eq!(ada.unknown_rows, 1);
}

/// Found in November 2026: "30.00 used", exactly, once the other client's report of the day had come.
#[test]
fn another_clients_or_profiles_report_takes_nothing_back() {
    let others =
        [("KIRO_IDE", "KIRO_CLI", P1, P1), ("KIRO_IDE", "KIRO_IDE", P1, "arn:aws:q:::profile/another")];
    for (one, other, profile, another) in others {
        let desk = Desk::at(NOW);
        let of = |client: &str, user: &str, credits: &str, profile: &str| {
            row("2026-11-03", user, credits, profile, "PRO").replace("KIRO_IDE", client)
        };
        let whole = of(one, "ada", "10", profile) + &of(one, "bob", "12", profile);
        let lost = whole.replace("2026-11-03,bob", "2026-11-03,");
        let account = report(&desk, "202611040200", &lost);
        report(&desk, "202611040201", &of(other, "ada", "20", another));
        assert_eq!(used(&desk.organisation(account)), (Some("30.00"), true, Some(1)), "{other} {another}");
        report(&desk, "202611050200", &whole);
        assert_eq!(used(&desk.organisation(account)), (Some("42.00"), false, None), "{other} {another}");
    }
}

/// Of a file of which no row can be read nobody knows whose it is: a later one of the day takes its place, once they are imported
/// and where they are only looked at.
#[test]
fn a_later_report_takes_the_place_of_one_that_nobody_knows_whose_it_is() {
    let whole = row("2026-11-03", "ada", "40.5", P1, "PRO");
    for (stamp, is_later) in [("202611050200", true), ("202611030200", false)] {
        let desk = Desk::at(NOW);
        report(&desk, "202611040200", &whole.replace("2026-11-03,ada", "2026-11-03,"));
        let account = report(&desk, stamp, &whole);
        let unread = (!is_later).then_some(1);
        assert_eq!(used(&desk.organisation(account)), (Some("40.50"), !is_later, unread));
        let folder = desk.home().join("reports").display().to_string();
        let looked_at = desk.run(&["activity", &folder, "--json"]).output;
        assert_eq!(looked_at.contains("\"at_least\": true"), !is_later, "{looked_at}");
    }
}

/// Found in November 2026: of files that nothing dates, or of which the older came later, the one that was imported last said whether
/// anything couldn't be read.
#[test]
fn whether_rows_could_not_be_read_does_not_go_by_the_order_of_importing() {
    let of = |user: &str, credits: &str| row("2026-11-03", user, credits, P1, "PRO");
    let whole = of("ada", "10") + &of("bob", "12");
    let lost = whole.replace("2026-11-03,bob", "2026-11-03,");
    let others = of("cem", "5") + &of("dan", "5");
    let (mended, still_lost) = ((Some("22.00"), false, None), (Some("20.00"), true, Some(1)));
    for (files, right) in [
        ([("a.csv", &lost), ("b.csv", &whole)], mended),
        ([("a.csv", &lost), ("b.csv", &others)], still_lost),
        ([("o_user_report_202611040200.csv", &lost), ("o_user_report_202611050200.csv", &whole)], mended),
    ] {
        for order in [[0, 1], [1, 0]] {
            let desk = Desk::at(NOW);
            let import = |(name, rows): (&str, &String)| {
                imported(&desk, ImportKind::KiroActivity, &write(&desk, name, &format!("{HEADER}\n{rows}")))
            };
            let [_, account] = order.map(|at| import(files[at]));
            assert_eq!(used(&desk.organisation(account)), right, "{order:?} of {files:?}");
        }
    }
}

/// Found in November 2026: what a row told of a profile that no other row of its file has stayed missing after a whole report came.
#[test]
fn a_later_report_of_more_profiles_tells_of_all_that_an_earlier_one_does() {
    let desk = Desk::at(NOW);
    let whole = row("2026-11-03", "ada", "10", P1, "PRO") + &row("2026-11-03", "bob", "12", P2, "PRO");
    report(&desk, "202611040200", &whole.replace("2026-11-03,bob", "2026-11-03,"));
    let account = report(&desk, "202611050200", &whole);
    assert_eq!(used(&desk.organisation(account)), (Some("22.00"), false, None));
}

const EXPORT: &str = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n";

/// What a team spent this month, and how many rows are in no sum of it.
fn spent(desk: &Desk, account: AccountNumber) -> (Option<String>, u32) {
    let spend = desk.team(account).spend.into_iter().next().expect("spending");
    assert_eq!(spend.this_month_at_least, spend.unknown > 0 && spend.this_month.is_some());
    (spend.this_month, spend.unknown)
}

/// Found in November 2026: "$0.00 spent" of a month of which the export had nothing, or nothing that could be read.
#[test]
fn a_month_of_which_nothing_is_told_or_can_be_read_is_not_known_and_not_nothing() {
    for (row, unknown) in [("2026-10-31,ada,m,2.5,1,1,1\n", 0), ("2026-11-03,ada,m,much,1,1,1\n", 1)] {
        let desk = Desk::at(NOW);
        let file = write(&desk, "usage-30d-by-user-2026-11-04.csv", &format!("{EXPORT}{row}"));
        let account = imported(&desk, ImportKind::KiloUsage, &file);
        assert_eq!(spent(&desk, account), (None, unknown), "{row}");
        let shares = desk.team(account).spend.expect("spending").by_model;
        assert!(shares.iter().all(|share| share.amount.is_some() == (unknown == 0)), "{shares:?}");
        let status = desk.run(&["status"]).output;
        assert!(status.contains("not known, by the usage export: the last day told of is"), "{status}");
        assert!(!status.contains("$0.00"), "{status}");
    }
}

/// Found in November 2026: a day of which one request said its cost and another didn't was shown as whole.
#[test]
fn a_request_without_a_cost_makes_its_day_the_least() {
    let desk = Desk::at(NOW);
    let task = [
        (1, r#"{\"cost\":1.5,\"inferenceProvider\":\"A\",\"tokensIn\":1}"#),
        (2, r#"{\"inferenceProvider\":\"A\",\"tokensIn\":2}"#),
    ];
    let entries = task.map(|(second, text)| {
        let at = 1_795_219_200_000_i64 + second * 1_000; // 2026-11-21T00:00:00Z
        format!(r#"{{"ts":{at},"type":"say","say":"api_req_started","text":"{text}"}}"#)
    });
    let file = write(&desk, "tasks/1/ui_messages.json", &format!("[{}]", entries.join(",")));
    let account = imported(&desk, ImportKind::KiloDatabase, &file);
    assert_eq!(spent(&desk, account), (Some("1.500000".to_owned()), 1));
    let machine = desk.team(account).machine.expect("this machine");
    assert_eq!((machine.this_month, machine.at_least), (Some("1.500000".to_owned()), true));
    let status = desk.run(&["status"]).output;
    assert!(status.contains("at least $1.50 spent, by the requests of this machine"), "{status}");
    assert!(status.contains("The cost of 1 row isn't known"), "{status}");
}

#[test]
fn a_cost_that_cant_be_read_makes_its_day_the_least_until_an_export_can_be_read() {
    let whole = format!("{EXPORT}2026-11-03,ada,m,1.25,1,1,1\n2026-11-03,bob,m,2.5,1,1,1\n");
    for lost in [
        whole.replace(",2.5,", ",2.5.1,"),
        whole.replace("2026-11-03,bob", "3rd,bob"),
        whole.replace("bob,m,", "bob,m,,"),
        format!("{EXPORT}3rd,bob,m,2.5,1,1,1\n2026-11-03,ada,m,1.25,1,1,1\n"),
    ] {
        let desk = Desk::at(NOW);
        let export = |day: &str, text: &str| {
            let name = format!("usage-30d-by-user-{day}.csv");
            imported(&desk, ImportKind::KiloUsage, &write(&desk, &name, text))
        };
        let account = export("2026-11-04", &lost);
        assert_eq!(spent(&desk, account), (Some("1.250000".to_owned()), 1), "{lost}");
        export("2026-11-05", &whole);
        assert_eq!(spent(&desk, account), (Some("3.750000".to_owned()), 0), "{lost}");
        // Of which nothing can be read takes nothing back.
        export("2026-11-06", &format!("{EXPORT}2026-11-03,ada,m,much,1,1,1\n"));
        assert_eq!(spent(&desk, account), (Some("3.750000".to_owned()), 0), "{lost}");
    }
}
