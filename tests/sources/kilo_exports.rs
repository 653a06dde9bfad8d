//! Of which days Kilo's exports tell, and which of two that tell of a day counts.

use super::{NOW, write};
use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, ImportKind, ImportView, SpendView, UsageAsked, UsageQuery, UsageRange, UsageSort,
    UsageView,
};

const HEADER: &str = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n";

fn import(desk: &Desk, name: &str, rows: &str) -> ImportView {
    let file = write(desk, name, &format!("{HEADER}{rows}"));
    desk.import(ImportKind::KiloUsage, Some(&file)).expect("an import")
}

fn spend(desk: &Desk, account: AccountNumber) -> SpendView {
    desk.team(account).spend.into_iter().next().expect("spending")
}

/// Dollars this month, whether that is a part, and from when on the month is told.
fn month(desk: &Desk, account: AccountNumber) -> (Option<String>, bool, Option<String>) {
    let spend = spend(desk, account);
    (spend.this_month, spend.this_month_at_least, spend.told_since)
}

fn known(amount: &str, at_least: bool, since: Option<&str>) -> (Option<String>, bool, Option<String>) {
    (Some(amount.to_owned()), at_least, since.map(str::to_owned))
}

fn usage(desk: &Desk, account: AccountNumber, range: UsageRange) -> UsageView {
    let asked = UsageAsked { range, split: None, only: Vec::new() };
    desk.headroom.usage(account, &asked).expect("usage")
}

/// Found in November 2026: "This month $1.00" of an export of one day.
#[test]
fn an_export_of_one_day_is_not_the_whole_month() {
    for name in ["usage-today-2026-11-20.csv", "usage-7d-2026-11-20.csv", "export.csv"] {
        let desk = Desk::at(NOW);
        let account = import(&desk, name, "2026-11-20,ada,m,1,1,1,1\n").account;
        let since = if name.contains("7d") { "2026-11-14" } else { "2026-11-20" };
        assert_eq!(month(&desk, account), known("1.000000", true, Some(since)), "{name}");
        let status = desk.run(&["status"]).output;
        assert!(
            status.contains("at least $1.00 spent, by the usage export: the last day told of is "),
            "{status}"
        );
        assert!(status.contains("No export tells all of "), "{status}");
        let json = desk.run(&["status", "--json"]).output;
        assert!(json.contains("\"this_month_at_least\": true"), "{json}");
        assert_eq!(
            usage(&desk, account, UsageRange::Running).verdict.sentence.to_string(),
            "verdict-usage-at-least(used: usage-dollars(amount: 1.00))"
        );
        let query = UsageQuery {
            range: UsageRange::Running,
            only: Vec::new(),
            search: String::new(),
            sort: UsageSort::Time,
            descending: true,
            page: 0,
        };
        let rows = desk.headroom.usage_rows(account, &query).expect("rows");
        assert_eq!((rows.total.as_deref(), rows.at_least), (Some("1.000000"), true), "and so its table");
        let why = desk.team(account).why.spent.expect("a reason");
        assert!(why.says.iter().any(|said| said.to_string().starts_with("why-spent-untold")), "{why:?}");
    }
}

#[test]
fn an_export_of_thirty_days_is_the_whole_month() {
    let desk = Desk::at(NOW);
    let account = import(&desk, "usage-30d-by-user-2026-11-20.csv", "2026-11-20,ada,m,1,1,1,1\n").account;
    assert_eq!(month(&desk, account), known("1.000000", false, None));
    let days = spend(&desk, account).days;
    let on = |date: &str| days.iter().find(|day| day.date == date).and_then(|day| day.amount.as_deref());
    assert_eq!((on("2026-11-02"), on("2026-11-20")), (Some("0.000000"), Some("1.000000")));
}

/// Found in November 2026: "This month $0.00" of an export of a day to come.
#[test]
fn an_export_of_a_day_to_come_says_nothing_of_this_month() {
    let desk = Desk::at(NOW);
    let account = import(&desk, "usage-7d-2027-01-05.csv", "2027-01-05,ada,m,1,1,1,1\n").account;
    let spend = spend(&desk, account);
    assert_eq!((spend.this_month.as_deref(), spend.last_day.as_deref()), (None, Some("2027-01-05")));
    assert!(spend.days.iter().all(|day| day.amount.is_none()), "{:?}", spend.days);
    let status = desk.run(&["status"]).output;
    assert!(!status.contains("$0.00"), "{status}");
    let none = usage(&desk, account, UsageRange::Running).verdict.sentence.to_string();
    assert_eq!(none, "verdict-usage-unknown");
}

/// Found in November 2026: days between two exports that tell of them were shown as unknown.
#[test]
fn exports_whose_names_say_their_days_leave_no_gap() {
    let first = "2026-11-05,ada,m,1,1,1,1\n2026-11-08,ada,m,1,1,1,1\n";
    let second = "2026-11-13,ada,m,2,1,1,1\n2026-11-15,ada,m,1,1,1,1\n";
    for (names, gap) in [
        (["usage-30d-2026-11-10.csv", "usage-7d-2026-11-16.csv"], None),
        (["usage-30d-2026-11-08.csv", "usage-7d-2026-11-16.csv"], Some(("2026-11-08", "2026-11-09", 2))),
        (["one-2026-11-08.csv", "other-2026-11-16.csv"], Some(("2026-11-01", "2026-11-12", 8))),
    ] {
        let desk = Desk::at(NOW);
        import(&desk, names[0], first);
        let account = import(&desk, names[1], second).account;
        let spend = spend(&desk, account);
        assert_eq!(
            (spend.this_month.as_deref(), spend.this_month_at_least),
            (Some("5.000000"), gap.is_some())
        );
        let untold = spend.untold.as_ref().map(|of| (of.from.as_str(), of.to.as_str(), of.days));
        assert_eq!(untold, gap, "{names:?}");
        let day = spend.days.iter().find(|day| day.date == "2026-11-09").expect("a day");
        assert_eq!(day.amount.is_none(), gap.is_some(), "{names:?}");
    }
}

/// What an import did: days that are new, that took another's place, that were known.
fn did(view: &ImportView) -> (u64, u64, u64) {
    (view.added, view.replaced, view.known)
}

/// Found in November 2026: "1 new day" of an export whose day didn't count.
#[test]
fn an_import_says_whether_a_day_is_new_replaced_or_stays() {
    for (dated_first, requests, counts) in
        [(true, 5, "4.000000"), (true, 2, "1.000000"), (false, 5, "4.000000"), (false, 2, "1.000000")]
    {
        let desk = Desk::at(NOW);
        let dated = ("usage-30d-2026-11-20.csv", "2026-11-20,ada,m,1,2,1,1\n".to_owned());
        let undated = ("usage.csv", format!("2026-11-20,ada,m,4,{requests},1,1\n"));
        let (one, other) = if dated_first { (&dated, &undated) } else { (&undated, &dated) };
        assert_eq!(did(&import(&desk, one.0, &one.1)), (1, 0, 0));
        let view = import(&desk, other.0, &other.1);
        let replaces = dated_first == (requests > 2);
        assert_eq!(did(&view), if replaces { (0, 1, 0) } else { (0, 0, 1) }, "{dated_first} {requests}");
        let notes: Vec<_> = view.notes.iter().map(ToString::to_string).collect();
        assert_eq!(notes.contains(&"days-told-otherwise(count: 1)".to_owned()), !replaces, "{notes:?}");
        assert_eq!(month(&desk, view.account).0.as_deref(), Some(counts));
        assert_eq!(did(&import(&desk, dated.0, &dated.1)).0, 0);
        assert_eq!(month(&desk, view.account).0.as_deref(), Some(counts), "nothing comes of it again");
    }
}

/// Found in November 2026: of two exports of one day, each by another dimension, the one whose name comes last in the alphabet
/// counted, though it was the earlier one.
#[test]
fn of_two_exports_of_a_day_the_one_with_more_requests_counts() {
    let desk = Desk::at(NOW);
    write(&desk, "in/usage-7d-by-user-2026-11-20.csv", &format!("{HEADER}2026-11-20,ada,m,1,1,1,1\n"));
    write(&desk, "in/usage-7d-by-model-2026-11-20.csv", &format!("{HEADER}2026-11-20,ada,m,4,3,1,1\n"));
    let view = desk.import(ImportKind::KiloUsage, Some(&desk.home().join("in"))).expect("an import");
    assert_eq!(month(&desk, view.account).0.as_deref(), Some("4.000000"));
}

/// Kilo's page tells of seven days to the hour: the first of them is a part of a day.
#[test]
fn the_first_hours_of_an_export_take_the_place_of_no_whole_day() {
    let desk = Desk::at(NOW);
    import(&desk, "usage-30d-2026-11-15.csv", "2026-11-13,ada,m,5,10,1,1\n2026-11-14,ada,m,1,1,1,1\n");
    let hours = "Hour,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n\
        2026-11-13T15:00:00.000Z,ada,m,2,4,1,1\n2026-11-20T01:00:00.000Z,ada,m,1,1,1,1\n";
    let file = write(&desk, "usage-7d-2026-11-20.csv", hours);
    let account = desk.import(ImportKind::KiloUsage, Some(&file)).expect("an import").account;
    assert_eq!(month(&desk, account), known("7.000000", false, None));
}

/// The page shows a thousand rows at most, and exports what it shows.
#[test]
fn an_export_of_as_many_rows_as_kilo_gives_at_once_may_lack_days() {
    for (rows, is_part) in [(999, false), (1000, true)] {
        let desk = Desk::at(NOW);
        let row = |number: usize| format!("2026-11-{:02},ada,m{number},1,1,1,1\n", 10 + number % 10);
        let text: String = (0..rows).map(row).collect();
        let view = import(&desk, "usage-30d-by-model-2026-11-20.csv", &text);
        let spend = spend(&desk, view.account);
        assert_eq!((spend.this_month, spend.this_month_at_least), (Some(format!("{rows}.000000")), is_part));
        assert_eq!(view.notes.iter().any(|note| note.to_string().starts_with("export-may-be-cut")), is_part);
    }
}

/// Found in November 2026: of exports of one day by user, by model and by project, which say the same sum, the one that was imported
/// last counted: whether anybody's spending was known went by the order of importing.
#[test]
fn of_exports_by_user_and_by_model_the_same_counts_in_every_order() {
    let files = [("user", "ada"), ("model", "glm"), ("project", "shop")];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let desk = Desk::at(NOW);
        let mut account = None;
        for (by, name) in order.map(|place| files[place]) {
            let header = HEADER.replace("User,Model", &(by[..1].to_uppercase() + &by[1..]));
            let text = format!("{header}2026-11-19,{name},2,4,1,1\n");
            let file = write(&desk, &format!("usage-30d-by-{by}-2026-11-20.csv"), &text);
            account = Some(desk.import(ImportKind::KiloUsage, Some(&file)).expect("an import").account);
        }
        let spend = spend(&desk, account.expect("an account"));
        let by_user: Vec<_> = spend.by_user.iter().map(|part| part.name.as_deref()).collect();
        assert_eq!(
            (spend.this_month.as_deref(), by_user),
            (Some("2.000000"), vec![Some("ada")]),
            "{order:?}"
        );
    }
}

/// Found in November 2026: a later export of one member alone took the others' spending from the days that both tell of, and nothing
/// was said of it.
#[test]
fn a_later_export_with_fewer_requests_of_a_day_is_told() {
    let everybody = format!("{HEADER}2026-11-19,ada,m,2,4,1,1\n2026-11-19,bob,m,2,4,1,1\n");
    let of_ada = format!("{HEADER}2026-11-19,ada,m,2,4,1,1\n");
    let said = "1 day has fewer requests now than an earlier export told";
    for together in [false, true] {
        let desk = Desk::at(NOW);
        let files = [("usage-7d-2026-11-20.csv", &everybody), ("usage-7d-2026-11-21.csv", &of_ada)];
        let files = files.map(|(name, text)| write(&desk, &format!("in/{name}"), text));
        let folder = desk.home().join("in");
        let given: Vec<_> = if together { vec![folder] } else { files.to_vec() };
        let runs: Vec<_> = given
            .iter()
            .map(|path| desk.run(&["import", "kilo-usage", path.to_str().expect("a path")]))
            .collect();
        let last = runs.last().expect("a run");
        assert!(last.output.contains(said), "{together}: {last:?}");
        assert!(together || !runs[0].output.contains(said), "{runs:?}");
    }
}

/// Found in November 2026: an export of the 18th stood as what was spent up to the 21st, and nothing said how old it is.
#[test]
fn usage_says_up_to_when_a_file_tells() {
    let desk = Desk::at(NOW);
    let told = |desk: &Desk, to: &[&str]| desk.run(&[&["usage"], to].concat()).output;
    import(&desk, "usage-30d-2026-11-19.csv", "2026-11-18,ada,m,0.60,3,1,1\n");
    let until = "The last day told of is 18 November 2026.";
    let up_to_now = told(&desk, &[]);
    assert!(up_to_now.contains("$0.60") && up_to_now.contains(until), "{up_to_now}");
    let up_to_then = told(&desk, &["--to", "2026-11-18"]);
    assert!(up_to_then.contains("$0.60") && !up_to_then.contains("last day"), "{up_to_then}");
}

/// Found in November 2026: what counts of a day hung on the order in which its exports were imported: one took over the stamp of
/// the one whose place it took, and one that said the same again later kept its first.
#[test]
fn an_export_is_as_old_as_its_own_name_says_in_every_order() {
    let row = |requests: u64| format!("2026-11-10,ada,m,{requests},{requests},1,1\n");
    let unnamed = [("report.csv", 10), ("usage-30d-2026-11-19.csv", 8), ("usage-30d-2026-11-20.csv", 7)];
    let again = [
        ("usage-30d-2026-11-17.csv", 9),
        ("usage-30d-2026-11-20.csv", 9),
        ("usage-30d-by-user-2026-11-18.csv", 4),
    ];
    for (exports, expected) in [(unnamed, "10.000000"), (again, "9.000000")] {
        for [first, second, third] in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let desk = Desk::at(NOW);
            let mut account = None;
            for place in [first, second, third, first] {
                let (name, requests) = exports[place];
                account = Some(import(&desk, name, &row(requests)).account);
            }
            let usage = usage(&desk, account.expect("an account"), UsageRange::Running);
            let order = [first, second, third].map(|place| exports[place].0);
            assert_eq!(usage.total.as_deref(), Some(expected), "{order:?}");
        }
    }
}
