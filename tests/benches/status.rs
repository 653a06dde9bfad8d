//! `headroom status` on the data in a folder: alone, beside somebody who writes all the time, on a full disk and where
//! nothing can be written. Without a folder, of ten accounts of all kinds, which may take 30 ms. Prints the median of each
//! beside that of a program that does nothing.

use headroom_app::answers::{AccountNumber, FactsChange, ImportKind, Kind};
use headroom_app::{Clock as _, Headroom, Paths, SystemClock};
use headroom_exact::Month;
use headroom_sources::kilo::token::KiloPlaces;
use headroom_sources::kiro::token::KiroPlaces;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tools::emulator::{Emulator, OwnKilo, Team};

/// How often each is measured.
const TIMES: usize = 15;

/// No file may grow any more, and whoever tries is told.
const FULL: [&str; 4] = ["sh", "-c", r#"trap "" XFSZ; ulimit -f 0; exec "$@""#, "sh"];
/// The folder, which comes next, can only be read.
const READ_ONLY: [&str; 5] = [
    "unshare",
    "--mount",
    "sh",
    "-c",
    r#"mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@""#,
];

/// The median of some runs; none where it can't be run.
fn median(command: &[&str], data: &Path) -> Option<Duration> {
    let (program, arguments) = command.split_first()?;
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        let status = Command::new(program)
            .args(arguments)
            .env("HEADROOM_DATA_DIR", data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        took.push(began.elapsed());
        if !status.is_ok_and(|status| status.success()) {
            return None;
        }
    }
    took.sort_unstable();
    took.get(TIMES / 2).copied()
}

fn print(name: &str, through: &[&str], data: &Path) {
    let headroom = tools::programs::binary("headroom");
    let headroom = headroom.to_string_lossy();
    let measured = median(&[through, &[&*headroom, "status"]].concat(), data);
    let nothing = median(&[through, &["true"]].concat(), data);
    let milliseconds = |took: Duration| format!("{:.1} ms", took.as_secs_f64() * 1000.0);
    match measured.zip(nothing) {
        Some((status, nothing)) => {
            println!(
                "{name}: {}, a program that does nothing {}",
                milliseconds(status),
                milliseconds(nothing)
            );
        }
        None => println!("{name}: can't be tried here"),
    }
}

/// How many tasks each person has recorded in the running month.
const TASKS: usize = 400;

/// Seven people at Kiro, each with a login, tasks and what Kiro says of them; an organisation with reports and a bill; a team and
/// somebody's own account at Kilo.
fn ten_accounts(folder: &Path) -> PathBuf {
    let (emulator, first_paid) = Emulator::on_pro_for_months();
    let now = SystemClock.now();
    emulator.team(Team::of_three(&now.to_string()));
    emulator.own_kilo(OwnKilo::of_ada());
    let data = folder.join("data");
    let auth = folder.join("auth.json");
    fs::write(&auth, r#"{"kilo":{"type":"api","key":"made-up"}}"#).expect("written");
    let reset = Month::of(now).plus(1).start().unix_seconds();
    let opened = |person: usize| {
        let ide_token = folder.join(format!("login-{person}.json"));
        let login = json!({"accessToken": format!("token-{person}"), "expiresAt": "2099-01-01T00:00:00Z",
            "authMethod": "social"});
        fs::write(&ide_token, login.to_string()).expect("written");
        let kiro =
            KiroPlaces { ide_token, ide: folder.join("Kiro"), cli_database: folder.join("data.sqlite3") };
        let kilo = KiloPlaces { auth: auth.clone(), database: folder.join("kilo.db"), environment: false };
        let paths = Paths::new(data.clone(), None).with_worker(tools::programs::binary("headroom"));
        let paths = paths.with_kiro(kiro, emulator.address()).with_kilo(kilo, emulator.address());
        Headroom::open(paths, Box::new(SystemClock)).expect("it opens")
    };
    let import = |headroom: &Headroom, kind, path: &Path, account: Option<AccountNumber>| {
        headroom.import(kind, Some(path), account, &|_| {}).expect("imported");
    };
    for person in 0..7 {
        emulator.answers_to(&format!("token-{person}"), &json!({"nextDateReset": reset,
            "overageConfiguration": {"overageStatus": "DISABLED"},
            "subscriptionInfo": {"subscriptionTitle": "KIRO PRO"},
            "usageBreakdownList": [{"resourceType": "CREDIT", "currency": "USD", "currentUsageWithPrecision": 612.4,
                "usageLimitWithPrecision": 1000, "currentOveragesWithPrecision": 0, "overageCharges": 0}],
            "userInfo": {"userId": format!("d-1234567890.user-{person}")}}));
        let headroom = opened(person);
        let account = headroom.add_account(Kind::KiroIndividual, None).expect("added").id;
        let facts = json!({"plan": "pro", "first_paid_on": first_paid, "country": "US"});
        let facts: FactsChange = serde_json::from_value(facts).expect("facts");
        headroom.save_facts(Some(account), &facts).expect("they can be true");
        let turns = vec![(Month::of(now).start().to_string(), "1.25"); TASKS];
        let turns: Vec<_> = turns.iter().map(|(at, credits)| (at.as_str(), *credits)).collect();
        let session = folder.join("session.json");
        fs::write(&session, acceptance::session(&format!("of-{person}"), &turns)).expect("written");
        import(&headroom, ImportKind::KiroSessions, &session, Some(account));
        let refreshed = headroom.refresh(account, true, false).expect("a refresh");
        assert_eq!(refreshed.failure, None, "person {person}");
    }
    let headroom = opened(0);
    import(&headroom, ImportKind::KiroActivity, &acceptance::fixture("activity"), None);
    import(&headroom, ImportKind::AwsCost, &acceptance::fixture("aws-cost/cur2.csv"), None);
    for account in headroom.connect_kilo().expect("Kilo's accounts") {
        headroom.refresh(account.id, true, false).expect("a refresh");
    }
    assert_eq!(headroom.accounts().expect("accounts").len(), 10);
    data
}

fn main() {
    let named: Option<PathBuf> =
        std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let Some(data) = named else {
        let folder = tempfile::tempdir().expect("a folder");
        print("status of ten accounts", &[], &ten_accounts(folder.path()));
        return;
    };
    print("status alone", &[], &data);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let headroom =
                Headroom::open(Paths::new(data.clone(), None), Box::new(SystemClock)).expect("a store");
            let account = headroom.accounts().expect("accounts").first().expect("an account").id;
            for index in 0_u64.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                headroom.rename_account(account, &format!("Kiro {index}")).expect("written");
            }
        });
        print("status beside a writer", &[], &data);
        stop.store(true, Ordering::Relaxed);
    });
    print("status on a full disk", &FULL, &data);
    let place = data.to_string_lossy();
    print("status where nothing can be written", &[&READ_ONLY[..], &[&*place]].concat(), &data);
}
