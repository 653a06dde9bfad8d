//! Imports end to end: files of every kind, right ones and wrong ones, through the app and the command line.

mod anywhere;
mod behind;
mod besides;
mod bills;
#[cfg(target_os = "linux")]
mod bombs;
#[cfg(target_os = "linux")]
mod caged;
mod conversations;
mod cut_sessions;
mod damaged;
mod decided;
mod followed;
mod growing;
mod issues;
mod kilo_accounts;
mod kilo_copies;
mod kilo_cut_tasks;
mod kilo_databases;
mod kilo_exports;
mod kilo_kept_out;
mod kilo_left_out;
mod kilo_midnight;
mod kilo_older;
mod kilo_taken_over;
mod kilo_tasks;
mod kilo_totals;
mod left_out;
mod letters;
mod listed;
mod lost;
mod manifests;
mod named;
mod october;
mod one_user;
mod orders;
mod packed;
#[cfg(target_os = "linux")]
mod packed_bombs;
#[cfg(target_os = "linux")]
mod parquet_bombs;
mod payers;
mod results;
mod saved;
mod session_usage;
mod sessions;
mod unread;
#[cfg(target_os = "linux")]
mod workers;
mod written_last;
mod zipped;

use acceptance::{Desk, fixture};
use headroom_app::ErrorCode;
use headroom_app::answers::{AccountNumber, BillPart, ImportKind, Kind, SpendSource, Unit, UserRisk};
use october::october;
use rusqlite::Connection;
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

const NOW: &str = "2026-11-21T10:30:00Z";
const HEADER: &str =
    "Date,UserId,Client_Type,Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,User_Email";
const P1: &str = "arn:aws:codewhisperer:us-east-1:111:profile/ONE";
const P2: &str = "arn:aws:codewhisperer:eu-central-1:222:profile/TWO";

fn write(desk: &Desk, name: &str, text: &str) -> PathBuf {
    let file = desk.home().join(name);
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(&file, text).expect("written");
    file
}

fn row(date: &str, user: &str, credits: &str, profile: &str, tier: &str) -> String {
    format!("{date},{user},KIRO_IDE,{credits},true,\"{profile}\",{tier},{user}@example.com\n")
}

fn imported(desk: &Desk, kind: ImportKind, path: &Path) -> AccountNumber {
    desk.import(kind, Some(path)).expect("an import").account
}

#[test]
fn reports_and_the_bill_of_an_organisation_are_joined_by_user() {
    let desk = Desk::at(NOW);
    let reports = write(&desk, "KIRO_IDE_111_user_report_202611010200.csv", &october());
    let account = imported(&desk, ImportKind::KiroActivity, &reports);
    let first = desk.organisation(account);
    assert_eq!(first.account.billing, Kind::KiroEnterprise);
    assert_eq!(
        (first.month.start.as_str(), first.as_of.as_str()),
        ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z")
    );
    // 40 + 20 + 20 + 200 in fees, 125.50 credits of overage at 0.04.
    assert_eq!(first.month_to_date.as_deref(), Some("285.02"));
    assert_eq!((first.used.as_deref(), first.overage.as_deref()), (Some("3085.50"), Some("125.50")));
    assert!(first.bill.is_none(), "nothing is known of a bill");
    assert_eq!(
        imported(&desk, ImportKind::AwsCost, &fixture("aws-cost/cur2.csv")),
        account,
        "the same organisation"
    );

    let view = desk.organisation(account);
    let bill = view.bill.expect("a bill");
    assert_eq!((bill.month.as_str(), bill.users, bill.tax.as_str()), ("2026-10", 3, "2.50"));
    let parts: Vec<_> = bill.parts.iter().map(|part| (part.kind, part.amount.as_str())).collect();
    assert_eq!(
        parts,
        [(BillPart::Subscriptions, "273.70"), (BillPart::Credits, "5.02"), (BillPart::Discounts, "-14.95")]
    );
    assert_eq!(
        (bill.total.as_deref(), bill.computed.as_deref()),
        (Some("263.77"), Some("285.02")),
        "both are shown"
    );
    let users: Vec<_> = view
        .users
        .iter()
        .map(|user| (&*user.id, &*user.tier, user.cost.as_deref(), user.billed.as_deref(), user.risk))
        .collect();
    assert_eq!(
        users,
        [
            ("cem-3", "Power", Some("200.00"), Some("200.00"), None),
            ("ada-1", "Pro+", Some("45.02"), Some("65.02"), Some(UserRisk::InOverage)),
            ("bob-2", "Pro", Some("20.00"), Some("0.00"), None),
            // A bill names users and no profiles: what it has for her stands in her first row.
            ("ada-1", "Pro", Some("20.00"), None, None),
        ]
    );
    let cem = &view.users[0];
    assert_eq!((cem.email.as_deref(), cem.profile.as_str()), (Some("cem-3@example.com"), "ONE"));
    assert_eq!(cem.cheaper_tier, None, "four days of reports tell nobody's pace");
    assert_eq!((view.paid_twice.len(), view.paid_twice[0].id.as_str()), (1, "ada-1"));
    assert_eq!(view.paid_twice[0].accounts, ["111 USE1", "222 EUC1"]);
    assert_eq!(view.paid_twice[0].profiles, ["TWO", "ONE"], "in the order of their ARNs");
}

/// Found in November 2026: whoever had a row without credits was shown with none used, and advised a smaller tier.
#[test]
fn whose_use_is_not_known_whole_is_told_no_tier() {
    let desk = Desk::at(NOW);
    let text = format!(
        "{HEADER}\n{}{}{}",
        row("2026-10-20", "ada-1", "", P1, "PRO_PLUS"),
        row("2026-10-20", "bob-2", "", P1, "POWER"),
        row("2026-10-21", "bob-2", "12.5", P1, "POWER"),
    );
    let account = imported(&desk, ImportKind::KiroActivity, &write(&desk, "report.csv", &text));
    let view = desk.organisation(account);
    let users: Vec<_> =
        view.users.iter().map(|user| (user.id.as_str(), user.used.as_deref(), user.used_at_least)).collect();
    assert_eq!(users, [("bob-2", Some("12.50"), true), ("ada-1", None, false)], "unknown is not zero");
    assert!(view.users.iter().all(|user| user.unknown_rows == 1), "{:?}", view.users);
    assert!(view.users.iter().all(|user| user.cheaper_tier.is_none()), "{:?}", view.users);
    assert_eq!(view.saves, None);
}

#[test]
fn free_is_a_tier_that_nobody_is_charged_for_and_an_account_goes_with_its_reports() {
    let desk = Desk::at(NOW);
    let text = format!("{}{}", october(), row("2026-10-07", "dee-4", "20", P1, "FREE"));
    let reports = write(&desk, "KIRO_IDE_111_user_report_202611010200.csv", &text);
    let account = imported(&desk, ImportKind::KiroActivity, &reports);
    let view = desk.organisation(account);
    assert_eq!((view.source.unknown_tier, view.month_to_date.as_deref()), (0, Some("285.02")));
    desk.headroom.remove_account(account).expect("removed");
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty());
    let again = imported(&desk, ImportKind::KiroActivity, &reports);
    assert_eq!(desk.organisation(again).used, view.used, "what was removed is new again");
}

#[test]
fn a_second_import_adds_nothing_and_a_newer_one_replaces() {
    let desk = Desk::at(NOW);
    let reports = write(&desk, "KIRO_IDE_111_user_report_202611010200.csv", &october());
    let first = desk.import(ImportKind::KiroActivity, Some(&reports)).expect("an import");
    assert_eq!((first.read, first.added, first.known), (5, 5, 0));
    let again = desk.import(ImportKind::KiroActivity, Some(&reports)).expect("an import");
    assert_eq!((again.added, again.known), (0, 5));
    let newer = format!("{HEADER}\n{}", row("2026-10-31", "cem-3", "151", P1, "POWER"));
    let newer = write(&desk, "KIRO_IDE_111_user_report_202611020200.csv", &newer);
    let report = desk.import(ImportKind::KiroActivity, Some(&newer)).expect("an import");
    assert_eq!((report.added, report.known), (1, 0));
    assert_eq!(desk.organisation(first.account).used.as_deref(), Some("3086.50"));
    let older = desk.import(ImportKind::KiroActivity, Some(&reports)).expect("an import");
    assert_eq!(older.added, 0, "an older export adds nothing");
    assert_eq!(desk.organisation(first.account).used.as_deref(), Some("3086.50"), "and replaces nothing");

    let bill = fixture("aws-cost/cur2.csv");
    let first = desk.import(ImportKind::AwsCost, Some(&bill)).expect("an import");
    assert_eq!((first.read, first.added), (12, 1));
    for same in ["legacy.csv", "cur2.csv.gz", "cur2.snappy.parquet"] {
        let again =
            desk.import(ImportKind::AwsCost, Some(&fixture("aws-cost").join(same))).expect("an import");
        assert_eq!((again.added, again.known), (0, 1), "{same}");
    }
    let text = fs::read_to_string(&bill).expect("the fixture");
    imported(&desk, ImportKind::AwsCost, &write(&desk, "20261102T040000Z-issued.csv", &text));
    let text = text.replace(",125.5,5.02,", ",225.5,9.02,");
    let reissued = write(&desk, "20261103T040000Z-reissued.csv", &text);
    assert_eq!(desk.import(ImportKind::AwsCost, Some(&reissued)).expect("an import").added, 1);
    let total = desk.organisation(first.account).bill.expect("a bill").total;
    assert_eq!(total.as_deref(), Some("267.77"), "the month is replaced");
}

#[test]
fn kilos_exports_and_this_machines_requests_stand_beside_each_other() {
    let desk = Desk::at(NOW);
    let header = "Date,User,Model,Cost (USD),Requests,Input Tokens,Output Tokens\n";
    let export = write(
        &desk,
        "usage-30d-by-user-model-2026-11-20.csv",
        &format!(
            "{header}2026-11-18,ada,m,2.5,10,1,1\n2026-11-19,bob,n,1.25,5,1,1\n2026-11-20,ada,m,0.25,1,1,1\n"
        ),
    );
    let report = desk.import(ImportKind::KiloUsage, Some(&export)).expect("an import");
    let amount = report.amount.expect("an amount");
    assert_eq!((amount.unit, amount.value.as_str(), report.added), (Unit::Dollars, "4.000000", 3));
    let team = desk.team(report.account);
    let spend = team.spend.expect("spending");
    assert_eq!((spend.source, spend.this_month.as_deref()), (SpendSource::Export, Some("4.000000")));
    assert_eq!(team.burn.expect("a pace").a_day.to_string(), "1.333333", "three whole days");
    assert_eq!(team.balance, None, "an export says nothing of it");

    // The same days told apart by nothing: the newer export counts for all of each.
    let newer = write(
        &desk,
        "usage-7d-2026-11-21.csv",
        "Date,Cost (USD),Requests,Input Tokens,Output Tokens\n2026-11-19,1.25,5,1,1\n2026-11-20,0.75,3,1,1\n",
    );
    desk.import(ImportKind::KiloUsage, Some(&newer)).expect("an import");
    assert_eq!(desk.team(report.account).spend.expect("spending").this_month.as_deref(), Some("4.500000"));

    let database = desk.home().join("kilo.db");
    let connection = Connection::open(&database).expect("a database");
    connection
        .execute_batch(
            r#"CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
            INSERT INTO message VALUES ('a', 's', 1795219200000, 0, '{"role":"assistant","providerID":"kilo","modelID":"m","cost":0.5}');"#,
        )
        .expect("a table");
    let local = desk.import(ImportKind::KiloDatabase, Some(&database)).expect("an import");
    assert_eq!((local.account, local.added), (report.account, 1));
    let team = desk.team(report.account);
    let month = team.spend.expect("spending").this_month;
    assert_eq!(month.as_deref(), Some("4.500000"), "a part of the same spending is not added");
    let machine = team.machine.expect("this machine");
    let told = (machine.this_month.as_deref(), machine.last_day.as_deref());
    assert_eq!(told, (Some("0.500000"), Some("2026-11-21")));
    let again = desk.import(ImportKind::KiloDatabase, Some(&database)).expect("an import");
    assert_eq!((again.added, again.known), (0, 1));

    // One request more that doesn't say its cost: what the others come to is the least it is.
    connection
        .execute_batch(
            r#"INSERT INTO message VALUES ('b', 's', 1795219200001, 0, '{"role":"assistant","providerID":"kilo","modelID":"m"}');"#,
        )
        .expect("a request");
    let path = database.display().to_string();
    let run = desk.run(&["import", "kilo-database", &path]);
    assert!(run.output.contains("at least $0.50 in all"), "{}", run.output);
}

/// Everything that is no file of a kind, to every kind: one line that names it, and nothing changes.
#[test]
fn garbage_is_refused_by_name_by_every_reader() {
    let desk = Desk::at(NOW);
    let garbage = [
        ("empty", String::new()),
        ("text.csv", "hello\nthere\n".to_owned()),
        ("bars.csv", "Date|UserId|Credits_Used\n2026-10-01|a|1\n".to_owned()),
        ("list.json", "[1, 2]".to_owned()),
        ("zeros.parquet", "\0".repeat(4096)),
        ("quote.csv", format!("\"{}", "x".repeat(100_000))),
    ];
    for kind in [
        ImportKind::KiroSessions,
        ImportKind::KiroIdeSessions,
        ImportKind::KiroActivity,
        ImportKind::AwsCost,
        ImportKind::KiloUsage,
        ImportKind::KiloDatabase,
    ] {
        for (name, text) in &garbage {
            if kind == ImportKind::KiroIdeSessions && name == &"empty" {
                // A session that nothing was said in yet.
                continue;
            }
            let file = write(&desk, name, text);
            let error = desk.import(kind, Some(&file)).expect_err(name);
            assert_eq!(error.code, ErrorCode::Outside, "{kind:?} {name}");
            assert!(
                error.to_string().contains(name) && !error.to_string().contains('\n'),
                "{kind:?}: {error}"
            );
            assert!(error.to_string().len() < 400, "{kind:?}: {error}");
        }
        let error = desk.import(kind, Some(&desk.home().join("gone"))).expect_err("gone");
        assert!(error.to_string().contains("gone"), "{kind:?}: {error}");
    }
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty());
}

#[test]
fn an_import_that_is_stopped_leaves_nothing_and_says_how_far_it_was() {
    let desk = Desk::at(NOW);
    let mut text = october();
    for user in 0..40_000 {
        text += &row("2026-10-05", &format!("user-{user}"), "1.5", P1, "PRO");
    }
    let reports = write(&desk, "many.csv", &text);
    let told = RefCell::new(Vec::new());
    let stopped = desk.headroom.import(ImportKind::KiroActivity, Some(&reports), None, &|progress| {
        told.borrow_mut().push(progress);
        desk.headroom.stop_import();
    });
    assert_eq!(stopped.expect_err("stopped").code, ErrorCode::Stopped);
    assert!(desk.headroom.start(None).expect("it starts").accounts.is_empty(), "nothing is half done");
    let first = told.borrow()[0];
    assert_eq!(first.rows, 1 << 15);
    assert!(first.permille.is_some_and(|permille| (700..1000).contains(&permille)), "{first:?}");
    let whole = desk.import(ImportKind::KiroActivity, Some(&reports)).expect("an import");
    assert_eq!(whole.added, 40_005, "and it can be done again");
}

#[test]
fn an_import_goes_to_the_account_asked_for_and_to_no_other_kind() {
    let desk = Desk::at(NOW);
    let first = desk.headroom.add_account(Kind::KiroEnterprise, Some("Research")).expect("added").id;
    let second = desk.headroom.add_account(Kind::KiroEnterprise, Some("Sales")).expect("added").id;
    let team = desk.headroom.add_account(Kind::KiloTeams, None).expect("added").id;
    let reports = write(&desk, "report.csv", &october());
    let into =
        |account| desk.headroom.import(ImportKind::KiroActivity, Some(&reports), Some(account), &|_| {});
    assert_eq!(into(second).expect("an import").account, second);
    assert_eq!(desk.organisation(first).users.len(), 0);
    let refused = into(team).expect_err("another kind");
    assert_eq!(refused.to_string(), "That isn't for Kilo team: choose another account.");
    assert_eq!(into(AccountNumber(99)).expect_err("gone").code, ErrorCode::NoAccount);
}

#[test]
fn the_command_line_imports_and_shows_an_organisation() {
    let desk = Desk::at(NOW);
    let spoiled = format!("{}2026-10-32,x,KIRO_IDE,1,true,,PRO,\n", october());
    let reports = write(&desk, "reports/KIRO_IDE_111_user_report_202611010200.csv", &spoiled);
    write(&desk, "reports/other.csv", "a,b\n");
    let folder = reports.parent().expect("a folder").display().to_string();
    let run = desk.run(&["import", "kiro-activity", &folder]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.output.contains("6 rows read, 5 new rows, 0 known already"), "{}", run.output);
    assert!(run.output.contains("1 row couldn't be read and isn't counted."), "{}", run.output);
    assert!(run.errors.contains("line 7: Date: \"2026-10-32\" is no date"), "{}", run.errors);
    assert!(run.errors.contains("other.csv: it is a table without the columns"), "{}", run.errors);
    desk.run(&["import", "aws-cost", &fixture("aws-cost/cur2.csv.gz").display().to_string()]);
    let status = desk.run(&["status"]).output;
    for line in [
        "  Account       Kiro for an organisation",
        "  Month         October 2026: at least $285.02 without tax",
        "  Billed        $263.77 for October 2026 before tax. Headroom's calculation: at least $285.02",
        "  Paid twice    ada-1@example.com: 111 USE1, 222 EUC1 (by the bill)",
        "  Limit         ada-1@example.com: 2,125.50 of 2,000 used, 125.50 beyond the tier, charged",
    ] {
        assert!(status.contains(line), "{line}\n in\n{status}");
    }
    let refused = desk.run(&["refresh", "--account", "Kiro organisation"]);
    assert!(refused.errors.contains("can't be asked: import its reports"), "{}", refused.errors);
    let no_pool = desk.run(&["status", "--min-remaining", "1"]);
    assert_eq!((no_pool.status, no_pool.errors.as_str()), (3, "headroom: no account is known\n"));
}

#[test]
fn accounts_are_added_renamed_hidden_and_removed() {
    let desk = Desk::at(NOW);
    let said = |arguments: &[&str]| {
        let run = desk.run(arguments);
        if run.status == 0 { run.output } else { run.errors }
    };
    assert_eq!(said(&["accounts", "add", "kiro", "Home"]), "Home is account 1.\n");
    assert_eq!(said(&["accounts", "add", "kiro-organisation"]), "Kiro organisation is account 2.\n");
    assert_eq!(said(&["accounts", "rename", "2", "Work"]), "Kiro organisation is called Work now.\n");
    assert_eq!(said(&["accounts", "hide", "Work"]), "Work is hidden.\n");
    assert_eq!(said(&["accounts"]), "1  Home  kiro-individual\n2  Work  kiro-enterprise (hidden)\n");
    assert!(!said(&["status"]).contains("Work"), "out of sight");
    assert!(said(&["accounts", "rename", "2", " "]).contains("Name: it needs 1 to 60 letters"));
    assert!(said(&["accounts", "remove", "Work"]).contains("repeat with --yes"));
    assert_eq!(said(&["accounts", "show", "Work"]), "Work is shown again.\n");
    assert_eq!(
        said(&["accounts", "remove", "Work", "--yes"]),
        "Work is removed. The copies of the data from before still have it, until newer ones take their place: headroom copies\n"
    );
    assert_eq!(said(&["accounts"]), "1  Home  kiro-individual\n");
    assert!(said(&["accounts", "hide", "Work"]).contains("--account: \"Work\" is no account; known: Home"));
}
