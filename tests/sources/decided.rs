//! Months of which nothing tells which issue is the later: what is said once that is decided, for each payer's month by itself.

use super::issues::{billed, export, import, line, months};
use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::{AccountNumber, BillNews, ImportKind, UnreadableRecord};
use std::collections::BTreeMap;
use std::path::PathBuf;

const ACME: &str = "811111111111";
const BETA: &str = "822222222222";

/// Two issues of which nothing tells the later, of these payers' October and November: the first one bills each $20.00 a month,
/// the second one $40.00.
fn both_issues(desk: &Desk) -> [PathBuf; 2] {
    let of = |tier: &str, cost: &str| {
        let payers = [(ACME, "700000000001"), (BETA, "700000000002")];
        let lines = payers.into_iter().flat_map(|(payer, account)| {
            ["2026-10-01", "2026-11-01"]
                .map(|day| line(&format!("{payer}{day}"), payer, account, day, "eva", tier, cost))
        });
        export(&lines.collect::<Vec<_>>())
    };
    [write(desk, "one/cur.csv", &of("Pro", "20.0")), write(desk, "two/cur.csv", &of("ProPlus", "40.0"))]
}

fn undecided(desk: &Desk, account: AccountNumber) -> Vec<(String, Option<String>)> {
    let of = |record: UnreadableRecord| {
        let UnreadableRecord::BillUndecided { month, payer, issues } = record else { return None };
        assert_eq!(issues.len(), 2, "{issues:?}");
        Some((month, payer))
    };
    desk.organisation(account).unreadable.into_iter().filter_map(of).collect()
}

/// Found in November 2026: what had been imported before, and was chosen now, "was added".
#[test]
fn the_issue_that_the_owner_chose_is_said_to_be_decided_beside_those_that_do_not_count() {
    let desk = Desk::at(NOW);
    let day = "2026-10-01";
    let of = |tier: &str, cost: &str| export(&[line("a", ACME, "7", day, "eva", tier, cost)]);
    let (one, two) = (
        write(&desk, "one/cur.csv", &of("Pro", "20.0")),
        write(&desk, "two/cur.csv", &of("ProPlus", "40.0")),
    );
    import(&desk, &one);
    import(&desk, &two);
    let (path, other) = (one.to_str().expect("text"), two.to_str().expect("text"));
    let said = format!(
        "decided which issue of the bill of 2026-10, payer {ACME}, counts: $20.00 from {path}. Not counted: $40.00 from {other}."
    );
    let run = desk.run(&["import", "aws-cost", path, "--issue", path, "--dry-run"]);
    assert!(run.output.contains(&format!("It would be {said}")), "{run:?}");
    let run = desk.run(&["import", "aws-cost", path, "--issue", path]);
    assert!(run.output.contains(&format!("It is {said}")) && !run.output.contains("was added"), "{run:?}");
    assert!(run.output.contains("0 new months, 1 known already."), "nothing of it is new: {run:?}");
    // Once it is decided, another choice takes its place.
    let run = desk.run(&["import", "aws-cost", path, "--issue", other]);
    assert!(run.output.contains("was replaced: $20.00 before, now $40.00"), "{run:?}");
    // What comes and is later than all of them decides it, too.
    let desk = Desk::at(NOW);
    let [one, two, last] = ["one/cur.csv", "two/cur.csv", "last/cur.csv"];
    import(&desk, &write(&desk, one, &of("Pro", "20.0")));
    import(&desk, &write(&desk, two, &of("ProPlus", "40.0")));
    let lines = [
        line("a", ACME, "7", day, "eva", "Power", "200.0"),
        line("b", ACME, "7", "2026-10-09", "eva", "Credits", "1.0"),
    ];
    let report = import(&desk, &write(&desk, last, &export(&lines)));
    let [BillNews::Decided { amount, others, .. }] = &report.bills[..] else { panic!("{report:?}") };
    assert_eq!((report.added, amount.as_deref(), others.len()), (1, Some("201.00"), 2), "{report:?}");
}

/// Found in November 2026: what is open of several payers stood in one row, and could only be decided for all of them.
#[test]
fn each_payers_month_is_named_and_decided_by_itself() {
    let desk = Desk::at(NOW);
    let [one, two] = both_issues(&desk);
    let account = import(&desk, &one).account;
    import(&desk, &two);
    let of = |month: &str, payer: &str| (month.to_owned(), Some(payer.to_owned()));
    let all = [of("2026-10", ACME), of("2026-10", BETA), of("2026-11", ACME), of("2026-11", BETA)];
    assert_eq!(undecided(&desk, account), all);
    let status = desk.run(&["status"]).output;
    for payer in [ACME, BETA] {
        let said = format!("Of the bill of October 2026, payer {payer}, there are several issues");
        assert!(status.contains(&said), "{status}");
    }
    let [one, two] = [&one, &two].map(|path| path.to_str().expect("text"));
    let choose = |issue: &str, of: &[&str]| {
        let run = desk.run(&[&["import", "aws-cost", one, two, "--issue", issue], of].concat());
        assert_eq!(run.status, 0, "{run:?}");
    };
    choose(two, &["--month", "2026-10", "--payer", ACME]);
    assert_eq!(undecided(&desk, account), all[1..]);
    choose(one, &["--month", "2026-10", "--payer", BETA]);
    assert_eq!(undecided(&desk, account), all[2..]);
    choose(one, &["--month", "2026-11"]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "60.00"), ("2026-11", "40.00")]));
    // Without either all that it bills is chosen.
    choose(two, &[]);
    assert_eq!(billed(&desk, account), months(&[("2026-10", "80.00"), ("2026-11", "80.00")]));
    // What isn't there can't be chosen.
    for (of, said) in [
        (["--month", "2026-09"], "--month and --payer"),
        (["--payer", "8"], "--month and --payer"),
        (["--month", "9"], "is no month such as"),
    ] {
        let run = desk.run(&[&["import", "aws-cost", one, "--issue", one], &of[..]].concat());
        assert!(run.status == 2 && run.errors.contains(said), "{of:?}: {run:?}");
    }
    assert_ne!(desk.run(&["import", "aws-cost", one, "--month", "2026-10"]).status, 0, "of which issue?");
}

/// Found in November 2026: an export of FOCUS that an older version kept without its corrections, known again, "was added".
#[test]
fn an_export_of_focus_that_is_known_again_and_tells_more_is_known() {
    let text = |rows: &[(&str, &str, &str)]| {
        let row = |(user, class, cost): &(&str, &str, &str)| {
            format!(
                "{cost},{ACME},USD,2026-10-01T00:00:00Z,Purchase,{class},1,User-Month,user/{user},2,Kiro,USE1-KiroEnterprise-Pro,monthly-subscription\n"
            )
        };
        let header = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargeClass,ConsumedQuantity,ConsumedUnit,ResourceId,SubAccountId,x_ServiceCode,x_UsageType,x_Operation\n";
        format!("{header}{}", rows.iter().map(row).collect::<String>())
    };
    let desk = Desk::at(NOW);
    // As an older version kept it: what was given back is less of a fee.
    let kept = write(&desk, "focus.csv", &text(&[("ann", "", "20"), ("bob", "", "12.5")]));
    let account = import(&desk, &kept).account;
    let told = write(
        &desk,
        "focus.csv",
        &text(&[("ann", "", "20"), ("bob", "", "20"), ("bob", "Correction", "-7.5")]),
    );
    let report = import(&desk, &told);
    assert_eq!(
        (report.added, report.known, &report.bills[..], &report.amount),
        (0, 1, &[][..], &None),
        "{report:?}"
    );
    assert_eq!(billed(&desk, account), BTreeMap::from([("2026-10".to_owned(), Some("32.50".to_owned()))]));
    let parts = desk.organisation(account).bill.expect("a bill").parts;
    assert!(parts.iter().any(|part| part.amount == "-7.50"), "it tells more than before: {parts:?}");
}

/// Found in November 2026: in the window one choice was of every month and payer that its file bills.
#[test]
fn in_the_window_each_payers_month_is_decided_by_itself() {
    let desk = Desk::at(NOW);
    let files = both_issues(&desk);
    let look = desk.headroom.look(&files, None, &|_| {}).expect("a look");
    let report = look.parts.first().and_then(|part| part.report.as_ref()).expect("bills");
    // Each issue by its place among all of them.
    let mut places = BTreeMap::new();
    for news in &report.bills {
        let BillNews::Undecided { month, payer, issues } = news else { panic!("{news:?}") };
        assert!(payer.is_some() && issues.iter().all(|issue| issue.payer == *payer), "{news:?}");
        for issue in issues {
            let place = u32::try_from(places.len()).expect("few");
            places.insert((month.clone(), issue.payer.clone(), issue.amount.clone()), place);
        }
    }
    assert_eq!(places.len(), 8);
    let place = |month: &str, payer: &str, amount: &str| {
        let text = |text: &str| Some(text.to_owned());
        places[&(month.to_owned(), text(payer), text(amount))]
    };
    let chosen =
        [place("2026-10", ACME, "20.00"), place("2026-10", BETA, "40.00"), place("2026-11", ACME, "40.00")];
    let kind = ImportKind::AwsCost;
    let account = desk.headroom.bring((look.number, kind), &chosen, None, &|_| {}).expect("imported").account;
    assert_eq!(undecided(&desk, account), [("2026-11".to_owned(), Some(BETA.to_owned()))]);
    // One of November's payers is still open, so that nobody knows what November came to.
    let mut expected = months(&[("2026-10", "60.00")]);
    expected.insert("2026-11".to_owned(), None);
    assert_eq!(billed(&desk, account), expected);
}

/// Found in November 2026: of an export that overwrites itself two issues were read in one place, and whichever was chosen in the
/// window, the one that lay there last counted.
#[test]
fn of_two_issues_that_were_read_in_one_place_the_chosen_one_counts() {
    let of = |users: &[(&str, &str)]| {
        let of = |(user, day): &(&str, &str)| line(user, "8", "700000000001", day, user, "Pro", "20.0");
        export(&users.iter().map(of).collect::<Vec<_>>())
    };
    for (chosen, amount) in [("60.00", 0), ("40.00", 1)] {
        let desk = Desk::at(NOW);
        let place = "in/kiro/data/BILLING_PERIOD=2026-10/kiro-00001.csv";
        write(&desk, place, &of(&[("ada", "2026-10-01"), ("bob", "2026-10-01"), ("cem", "2026-10-20")]));
        import(&desk, &desk.home().join("in"));
        write(&desk, place, &of(&[("ada", "2026-10-01"), ("cem", "2026-10-20")]));
        let look = desk.headroom.look(&[desk.home().join("in")], None, &|_| {}).expect("a look");
        let report = look.parts[0].report.as_ref().expect("a report");
        let Some(BillNews::Undecided { issues, .. }) = report.bills.first() else { panic!("{report:?}") };
        let place =
            issues.iter().position(|issue| issue.amount.as_deref() == Some(chosen)).expect("an issue");
        assert_eq!(place, amount, "{issues:?}");
        let places = [u32::try_from(place).expect("few")];
        let of_bills = (look.number, ImportKind::AwsCost);
        let account = desk.headroom.bring(of_bills, &places, None, &|_| {}).expect("imported").account;
        assert_eq!(billed(&desk, account), months(&[("2026-10", chosen)]));
    }
}
