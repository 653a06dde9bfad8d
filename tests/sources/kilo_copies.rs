//! Copies of Kilo's databases that lie elsewhere: an older backup, another machine's that began as a copy. A request counts once,
//! in whatever order they come (F6).

use super::NOW;
use acceptance::Desk;
use acceptance::chance::Chance;
use headroom_app::How;
use headroom_app::answers::{ImportKind, ImportView, UsageQuery, UsageRange, UsageSort};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub(super) const AT: i64 = 1_795_219_200_000; // 2026-11-21T00:00:00Z
const DAY: i64 = 86_400_000;
/// When a request began that ended on the next day.
pub(super) const OVER_MIDNIGHT: i64 = -200;

/// A request that began so many milliseconds after [`AT`], and thousandths of a dollar; none where they aren't said.
pub(super) type Request = (i64, Option<i64>);

fn model(began: i64) -> &'static str {
    if began % 2 == 0 { "m" } else { "n" }
}

/// A request of half a second, whose model follows from when it began.
fn message((began, cost): Request) -> String {
    let created = AT + began;
    let mut message = json!({"role": "assistant", "providerID": "kilo", "modelID": model(began),
        "tokens": {"input": 5, "output": 2, "reasoning": 0, "cache": {"read": 0, "write": 0}},
        "time": {"created": created, "completed": created + 500}});
    if let Some(cost) = cost {
        let cost = format!("{}.{:03}", cost / 1000, cost % 1000);
        message["cost"] = serde_json::from_str(&cost).expect("a number");
    }
    message.to_string()
}

fn write_rows(path: &Path, rows: &[(i64, String)]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    let connection = Connection::open(path).expect("a database");
    connection
        .execute_batch("DROP TABLE IF EXISTS message; CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT)")
        .expect("a table");
    for (place, (created, data)) in rows.iter().enumerate() {
        connection
            .execute("INSERT INTO message VALUES (?1, 's', ?2, 0, ?3)", (place.to_string(), created, data))
            .expect("a row");
    }
}

/// A database with these requests, in a folder of this name.
pub(super) fn database(desk: &Desk, name: &str, requests: &[Request]) -> PathBuf {
    let path = desk.home().join(name).join("kilo.db");
    let rows: Vec<_> = requests.iter().map(|request| (AT + request.0, message(*request))).collect();
    write_rows(&path, &rows);
    path
}

fn import_with(desk: &Desk, paths: &[&PathBuf], how: How<'_>) -> ImportView {
    let given: Vec<_> = paths.iter().map(|path| path.as_path().into()).collect();
    desk.headroom.import_given(ImportKind::KiloDatabase, &given, how, &|_| {}).expect("an import")
}

pub(super) fn import(desk: &Desk, paths: &[&PathBuf]) -> ImportView {
    import_with(desk, paths, How::default())
}

/// Dollars this month.
pub(super) fn spent(desk: &Desk, view: &ImportView) -> String {
    let machine = desk.team(view.account).machine.expect("this machine");
    machine.this_month.expect("known")
}

/// What counts by day and model: millionths of a dollar, requests, those whose cost isn't known.
pub(super) type Sums = BTreeMap<(String, String), (i64, u64, u64)>;

pub(super) fn counted(desk: &Desk, view: &ImportView) -> Sums {
    let mut sums = Sums::new();
    for page in 0.. {
        let range = UsageRange::Own { from: "2026-11-01".to_owned(), to: "2026-11-30".to_owned() };
        let (only, search, sort) = (Vec::new(), String::new(), UsageSort::Time);
        let query = UsageQuery { range, only, search, sort, descending: false, page };
        let told = desk.headroom.usage_rows(view.account, &query).expect("rows");
        for row in told.rows {
            let sum = sums.entry((row.at, row.model.expect("a model"))).or_default();
            let (amount, count) = (row.amount, row.count.expect("counted"));
            sum.0 += amount.as_ref().map_or(0, |amount| amount.replace('.', "").parse().expect("a number"));
            sum.1 += count;
            sum.2 += if amount.is_none() { count } else { 0 };
        }
        if page + 1 >= told.pages {
            return sums;
        }
    }
    unreachable!("there is a last page")
}

/// Requests read, dollars, new days, known days, copies.
pub(super) fn came(view: &ImportView) -> (u64, &str, u64, u64, u64) {
    let amount = view.amount.as_ref().map_or("", |amount| amount.value.as_str());
    (view.read, amount, view.added, view.known, view.copies)
}

/// Found in November 2026: $2.50 stood for $1.50.
#[test]
fn an_older_backup_of_the_database_adds_nothing() {
    for at_once in [true, false] {
        for turned in [false, true] {
            let desk = Desk::at(NOW);
            let old = database(&desk, "backup", &[(0, Some(1000))]);
            let new = database(&desk, "now", &[(0, Some(1000)), (1000, Some(500))]);
            let mut paths = vec![&new, &old];
            if turned {
                paths.reverse();
            }
            if at_once {
                let dry = How { dry_run: true, ..How::default() };
                let foretold = import_with(&desk, &paths, dry);
                let view = import(&desk, &paths);
                assert_eq!(ImportView { dry_run: true, account: foretold.account, ..view.clone() }, foretold);
                assert_eq!((view.read, view.copies, spent(&desk, &view).as_str()), (2, 1, "1.500000"));
                assert_eq!(view.amount.expect("known").value, "1.500000");
                continue;
            }
            let first = import(&desk, &paths[..1]);
            let second = import(&desk, &paths[1..]);
            assert_eq!((first.copies, second.copies), (0, 1));
            assert_eq!(spent(&desk, &second), "1.500000", "turned: {turned}");
            let (new_days, known) = (second.added, second.known);
            assert_eq!((new_days, known), if turned { (1, 0) } else { (0, 1) });
            // Either of them again says nothing new.
            for path in paths {
                let again = import(&desk, &[path]);
                assert_eq!((again.added, again.copies, spent(&desk, &again).as_str()), (0, 1, "1.500000"));
            }
        }
    }
}

#[test]
fn what_a_backup_comes_to_is_said_beside_what_of_it_counts_already() {
    let desk = Desk::at(NOW);
    let old = database(&desk, "backup", &[(0, Some(1000))]);
    let new = database(&desk, "now", &[(0, Some(1000)), (1000, Some(500))]);
    assert_eq!(came(&import(&desk, &[&new])), (2, "1.500000", 1, 0, 0));
    assert_eq!(came(&import(&desk, &[&old])), (1, "1.000000", 0, 1, 1));
    // Both again: which of the two is the copy is told once.
    assert_eq!(came(&import(&desk, &[&old, &new])), (2, "1.500000", 0, 2, 1));
    // One that comes takes nothing from others: a statement of each, and no other.
    let store = Connection::open(desk.headroom.paths().database()).expect("a store");
    let statements: u32 =
        store.query_row("SELECT COUNT(*) FROM reported_usage", [], |row| row.get(0)).expect("counted");
    assert_eq!(statements, 2);
    let path = old.display().to_string();
    let told = desk.run(&["import", "kilo-database", &path]).output;
    assert!(told.contains("1 request is a copy from another file and counts once."), "{told}");
}

#[test]
fn of_copies_in_two_records_the_one_with_a_cost_counts() {
    for turned in [false, true] {
        let desk = Desk::at(NOW);
        // A cost that isn't said, one of none as in a fork, and one that the other record doesn't know.
        let one =
            database(&desk, "one", &[(0, None), (1000, Some(0)), (2000, Some(250)), (DAY / 2, Some(40))]);
        let two = database(&desk, "two", &[(0, Some(1000)), (1000, Some(500)), (2000, None)]);
        let (first, second) = if turned { (&two, &one) } else { (&one, &two) };
        let view = import(&desk, &[first]);
        assert!(counted(&desk, &view).values().any(|(.., unknown)| *unknown > 0));
        let view = import(&desk, &[second]);
        let counted: Vec<_> = counted(&desk, &view).into_values().collect();
        assert_eq!(counted, [(1_790_000, 4, 0)], "turned: {turned}");
    }
}

#[test]
fn a_day_of_fewer_requests_says_nothing_when_some_of_it_count_elsewhere() {
    let desk = Desk::at(NOW);
    let all = [(0, Some(1000)), (1000, Some(500)), (2000, Some(250))];
    let backup = database(&desk, "a-backup", &all[..2]);
    let now = database(&desk, "b-now", &all);
    for path in [&now, &backup] {
        import(&desk, &[path]);
    }
    // Of the three in the newer record two count in the backup: one is left where two sessions were deleted.
    database(&desk, "b-now", &all[..1]);
    let view = import(&desk, &[&now]);
    assert_eq!((view.added, spent(&desk, &view).as_str()), (0, "1.750000"));
    // As many as there were, others: what was deleted was spent all the same.
    database(&desk, "b-now", &[(0, Some(1000)), (3000, Some(4000)), (4000, Some(8000))]);
    let view = import(&desk, &[&now]);
    assert_eq!((view.added, spent(&desk, &view).as_str()), (1, "13.750000"));
    // The backup is another now: what it had stays.
    database(&desk, "a-backup", &[(9000, Some(1))]);
    let view = import(&desk, &[&backup]);
    assert_eq!((view.added, spent(&desk, &view).as_str()), (1, "13.751000"));
}

/// Found in November 2026: $7.00 stood for $15.00 where two sessions were deleted and another came, and $25.00 for $31.00 after one
/// more.
#[test]
fn what_was_spent_and_deleted_stays_beside_what_came_on_the_same_day() {
    let desk = Desk::at(NOW);
    let path = database(&desk, "now", &[(0, Some(1000)), (1000, Some(2000)), (2000, Some(4000))]);
    import(&desk, &[&path]);
    for (requests, expected) in [
        (vec![(0, Some(1000)), (3000, Some(8000))], "15.000000"),
        (vec![(0, Some(1000)), (3000, Some(8000)), (4000, Some(16_000))], "31.000000"),
    ] {
        database(&desk, "now", &requests);
        let view = import(&desk, &[&path]);
        assert_eq!((view.added, spent(&desk, &view).as_str()), (1, expected));
    }
}

/// Found in November 2026: a request that was read while it went on counted once more when it had ended on the next day.
#[test]
fn a_request_that_was_read_while_it_went_on_counts_as_it_ended() {
    for began in [OVER_MIDNIGHT, 0] {
        let desk = Desk::at(NOW);
        let path = desk.home().join("now/kilo.db");
        let ended = message((began, Some(2000)));
        let mut running: Value = serde_json::from_str(&message((began, Some(1000)))).expect("JSON");
        running["time"].as_object_mut().expect("times").remove("completed");
        let other = message((5000, Some(4000)));
        write_rows(&path, &[(AT + began, running.to_string()), (AT + 5000, other)]);
        let view = import(&desk, &[&path]);
        assert_eq!(spent(&desk, &view), "5.000000");
        // And the other is deleted.
        write_rows(&path, &[(AT + began, ended)]);
        let view = import(&desk, &[&path]);
        assert_eq!(spent(&desk, &view), "6.000000", "{began}");
    }
}

#[test]
fn a_copy_that_costs_nothing_tells_no_cost_of_one_that_doesnt_say_it() {
    let desk = Desk::at(NOW);
    let one = database(&desk, "one", &[(0, None), (1000, Some(500))]);
    let fork = database(&desk, "fork", &[(0, Some(0))]);
    for path in [&one, &fork] {
        import(&desk, &[path]);
    }
    let view = import(&desk, &[&one, &fork]);
    assert_eq!(
        counted(&desk, &view).into_values().map(|sum| sum.2).sum::<u64>(),
        1,
        "one's cost isn't known"
    );
}

/// What a record said of its requests' costs stays, also where the copy that knew it was deleted since.
#[test]
fn a_cost_that_was_known_stays_known() {
    let desk = Desk::at(NOW);
    let path = database(&desk, "now", &[(0, Some(1000)), (1000, Some(500))]);
    import(&desk, &[&path]);
    database(&desk, "now", &[(0, Some(0)), (1000, None), (2000, Some(250))]);
    let view = import(&desk, &[&path]);
    assert_eq!(counted(&desk, &view).into_values().collect::<Vec<_>>(), [(1_750_000, 3, 0)]);
}

#[test]
fn requests_that_dont_say_when_they_were_made_are_as_many_as_one_record_has() {
    let desk = Desk::at(NOW);
    let untimed = |many: usize| {
        let message = json!({"role": "assistant", "providerID": "kilo", "modelID": "m", "cost": 0.5});
        vec![(AT, message.to_string()); many]
    };
    let (backup, now) = (desk.home().join("backup/kilo.db"), desk.home().join("now/kilo.db"));
    write_rows(&backup, &untimed(2));
    write_rows(&now, &untimed(3));
    let view = import(&desk, &[&now, &backup]);
    assert_eq!((view.copies, spent(&desk, &view).as_str()), (2, "1.500000"));
}

/// What an older version recorded of a day names no request: it counts as a whole, until the record is read again.
#[test]
fn a_record_of_an_older_version_is_told_from_its_copies_once_it_is_read_again() {
    let desk = Desk::at(NOW);
    let all = [(0, Some(1000)), (1000, Some(500))];
    let (now, backup) = (database(&desk, "now", &all), database(&desk, "backup", &all[..1]));
    let view = import(&desk, &[&now]);
    let store = Connection::open(desk.headroom.paths().database()).expect("a store");
    let older =
        r#"[{"model":"m","cost":1500000,"requests":2,"input_tokens":10,"output_tokens":4,"once":true}]"#;
    store.execute_batch("DROP TRIGGER reported_usage_is_not_changed").expect("changeable");
    store.execute("UPDATE reported_usage SET body = ?1", [older]).expect("changed");
    assert_eq!(spent(&desk, &view), "1.500000");
    let again = import(&desk, &[&now]);
    assert_eq!((again.added, again.known), (0, 1), "nothing else is known than before");
    let view = import(&desk, &[&backup]);
    assert_eq!((view.added, view.copies, spent(&desk, &view).as_str()), (0, 1, "1.500000"));
    // The copy first: it adds up until the record is read again.
    store
        .execute("UPDATE reported_usage SET body = ?1 WHERE client LIKE '%/now/%'", [older])
        .expect("changed");
    let view = import(&desk, &[&backup]);
    assert_eq!(spent(&desk, &view), "2.500000");
    let view = import(&desk, &[&now]);
    assert_eq!(spent(&desk, &view), "1.500000");
}

/// What each of several records holds of one history: backups of different ages, a machine that began as a copy of another and
/// went on by itself, forks whose copies cost nothing, costs that one record alone knows.
fn records(chance: &mut Chance) -> Vec<Vec<Request>> {
    let cost = |began: i64| Some(1 + (began * 7919).rem_euclid(5000));
    let history = |chance: &mut Chance, first: i64| {
        let many = 1 + i64::try_from(chance.below(6)).expect("small");
        (0..many).map(|number| (first + number) * 100_003 - (number % 3) * DAY).collect::<Vec<_>>()
    };
    let (ours, theirs, others) = (history(chance, 0), history(chance, 100), history(chance, 200));
    let as_known = |requests: &[i64], chance: &mut Chance| {
        let known = |began: &i64| (*began, [None, Some(0), cost(*began)][chance.below(5).min(2)]);
        requests.iter().map(known).collect::<Vec<_>>()
    };
    let older = &ours[..=chance.below(ours.len())];
    let went_on = [older, &theirs].concat();
    [&ours, older, &went_on, &others].map(|requests| as_known(requests, chance)).to_vec()
}

/// The distinct requests, each with the cost that anybody knows.
fn sum(records: &[Vec<Request>]) -> Sums {
    let mut known: BTreeMap<i64, Option<i64>> = BTreeMap::new();
    for (began, cost) in records.iter().flatten() {
        // A fork's copy costs nothing, whatever the request cost: where another doesn't say, nobody knows.
        let weight = |cost: &Option<i64>| (*cost != Some(0), *cost);
        let best = known.entry(*began).or_insert(*cost);
        *best = [*best, *cost].into_iter().max_by_key(weight).flatten();
    }
    let mut sums = Sums::new();
    for (began, cost) in known {
        let day = 21 + (began + 500).div_euclid(DAY);
        let sum = sums.entry((format!("2026-11-{day}"), model(began).to_owned())).or_default();
        sum.0 += 1000 * cost.unwrap_or_default();
        sum.1 += 1;
        sum.2 += u64::from(cost.is_none());
    }
    sums
}

#[test]
fn in_whatever_order_records_come_each_request_counts_once() {
    let mut chance = Chance::new(17);
    for case in 0..8 {
        let records = records(&mut chance);
        let expected = sum(&records);
        for _ in 0..3 {
            let desk = Desk::at(NOW);
            let place = |(place, requests): (usize, &Vec<Request>)| {
                database(&desk, &format!("place-{place}"), requests)
            };
            let paths: Vec<_> = records.iter().enumerate().map(place).collect();
            // Each once and one of them again, some of them together.
            let mut order: Vec<_> = (0..paths.len()).chain([chance.below(paths.len())]).collect();
            for place in (1..order.len()).rev() {
                order.swap(place, chance.below(place + 1));
            }
            let (mut rest, mut last) = (order.as_slice(), None);
            while !rest.is_empty() {
                let (some, more) = rest.split_at(1 + chance.below(rest.len()));
                let some: BTreeSet<_> = some.iter().map(|place| &paths[*place]).collect();
                last = Some(import(&desk, &some.into_iter().collect::<Vec<_>>()));
                rest = more;
            }
            let counted = counted(&desk, &last.expect("an import"));
            assert_eq!(counted, expected, "{case}: {order:?} of {records:?}");
        }
    }
}
