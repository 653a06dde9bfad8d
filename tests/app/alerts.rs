//! Alerts: each once for its account, kind, threshold and cycle. And the data as a whole: copied, written out, deleted.

use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, AlertChoices, AlertKey, AlertSays, AlertView, Choice, Kind, PaceView, Pool, PoolKind,
};
use headroom_app::words;
use headroom_app::{ErrorCode, Headroom, Paths};
use headroom_store::Store;
use serde_json::Value;

const NOW: &str = "2026-11-21T10:30:00Z";

fn pro(desk: &Desk, overage: bool) -> AccountNumber {
    desk.facts(&format!(
        r#"{{"plan": "pro", "first_paid_on": "2026-08-15", "country": "US", "overage_enabled": {overage}}}"#
    ))
}

fn kinds(alerts: &[AlertView]) -> Vec<(&str, i64)> {
    alerts.iter().map(|alert| (alert.key.kind.as_str(), alert.key.threshold)).collect()
}

fn tell_all(desk: &Desk) -> Vec<AlertView> {
    let alerts = desk.headroom.alerts().expect("alerts");
    for alert in &alerts {
        assert!(desk.headroom.remember_alert(&alert.key).expect("remembered"));
        assert!(!desk.headroom.remember_alert(&alert.key).expect("known"), "never twice");
    }
    alerts
}

#[test]
fn the_highest_threshold_is_told_once_and_the_lower_ones_with_it() {
    let desk = Desk::at(NOW);
    pro(&desk, false);
    assert!(desk.headroom.alerts().expect("alerts").is_empty(), "nothing is known, nothing is told");
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00")]);
    assert_eq!(kinds(&tell_all(&desk)), [("plan-used", 50)]);
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00"), ("2026-11-20T09:00:00Z", "320.00")]);
    let alerts = tell_all(&desk);
    assert_eq!(kinds(&alerts), [("plan-used", 95), ("run-out", 0)], "80 was passed on the way");
    assert!(matches!(&alerts[0].says, AlertSays::Used { percent: 95, left, .. } if left == "40.00"));
    assert!(tell_all(&desk).is_empty(), "nothing is due any more");
    let desk = desk.later("2026-12-05T10:30:00Z");
    assert!(tell_all(&desk).is_empty(), "a new cycle, with nothing used");
    desk.usage(&[
        ("2026-11-05T09:00:00Z", "640.00"),
        ("2026-11-20T09:00:00Z", "320.00"),
        ("2026-12-02T09:00:00Z", "505.00"),
    ]);
    assert_eq!(kinds(&tell_all(&desk)), [("plan-used", 50), ("run-out", 0)], "each cycle anew");
}

/// Found in November 2026: a page could have any alert told, 200 of 200 made up.
#[test]
fn an_alert_that_is_not_due_is_not_told_whoever_asks() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, false);
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00")]);
    let due = desk.headroom.alerts().expect("alerts").remove(0).key;
    let made_up = |change: &dyn Fn(&mut AlertKey)| {
        let mut key = due.clone();
        change(&mut key);
        desk.headroom.remember_alert(&key).expect("an answer")
    };
    assert!(!made_up(&|key| key.threshold = 95), "only 64 % are used");
    assert!(!made_up(&|key| key.kind = "run-out".to_owned()));
    assert!(!made_up(&|key| key.kind = "anything".to_owned()));
    assert!(!made_up(&|key| key.cycle_start = "2026-10-01T00:00:00Z".to_owned()));
    desk.headroom.hide_account(account, true).expect("hidden");
    assert!(!made_up(&|_| {}), "of a hidden account nothing is told");
    desk.headroom.hide_account(account, false).expect("shown");
    assert!(made_up(&|_| {}), "what is due is told");
}

#[test]
fn overage_and_the_guard_are_told_when_they_are_reached_and_not_before() {
    let desk = Desk::at(NOW);
    pro(&desk, true);
    let guard = |dollars: &str| {
        let alerts = AlertChoices {
            used: false,
            run_out: false,
            guard: Some(dollars.to_owned()),
            ..AlertChoices::default()
        };
        desk.headroom.choose(&Choice::Alerts(alerts)).map_err(|error| error.to_string())
    };
    assert!(guard("ten").expect_err("no amount").starts_with("Guard: \"ten\""));
    guard("10.00").expect("chosen");
    desk.usage(&[("2026-11-05T09:00:00Z", "1249.85")]);
    assert_eq!(kinds(&tell_all(&desk)), [("overage-begun", 0)], "249.85 × 0.04 is 9.99");
    desk.usage(&[("2026-11-05T09:00:00Z", "1249.85"), ("2026-11-20T09:00:00Z", "0.65")]);
    let alerts = tell_all(&desk);
    assert_eq!(kinds(&alerts), [("spend-guard", 1000)]);
    assert!(
        matches!(&alerts[0].says, AlertSays::Guard { charge, guard } if charge == "10.02" && guard == "10.00")
    );
}

#[test]
fn a_bonus_is_told_of_three_days_before_it_goes_and_a_hidden_account_never() {
    let desk = Desk::at("2026-11-28T10:30:00Z");
    let account = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-11-01", "country": "US", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-05T09:00:00Z", "12.00")]);
    let desk = desk.later("2026-11-27T23:59:59Z");
    assert!(kinds(&desk.headroom.alerts().expect("alerts")).is_empty(), "a second too early");
    let desk = desk.later("2026-11-28T00:00:00Z");
    assert_eq!(kinds(&desk.headroom.alerts().expect("alerts")), [("bonus-expires", 0)]);
    desk.headroom.hide_account(account, true).expect("hidden");
    assert!(desk.headroom.alerts().expect("alerts").is_empty());
    desk.headroom.open_sample(Kind::KiroIndividual).expect("a sample");
    assert!(desk.headroom.alerts().expect("alerts").is_empty(), "nor is the sample's");
}

/// What each alert of the account says is the overview's: how many of them there are.
fn alerts_say_what_the_overview_shows(desk: &Desk, account: AccountNumber) -> usize {
    let overview = desk.headroom.overview(account).expect("an overview");
    let pools = &overview.pools;
    let alerts = desk.headroom.alerts().expect("alerts");
    for AlertView { key, says, .. } in &alerts {
        assert_eq!(key.cycle_start, overview.cycle.start, "{}", key.kind);
        match says {
            AlertSays::Used { percent, left, renews_at } => {
                assert!(pools.plan.used_permille >= Some(percent * 10), "{percent} % are used: {pools:?}");
                assert_eq!((Some(left), renews_at), (overview.left.as_ref(), &overview.cycle.end));
            }
            AlertSays::RunOut { at: told } => {
                let shown = overview.pace.as_ref();
                assert!(matches!(shown, Some(PaceView::LimitAt { at, .. }) if at == told), "{shown:?}");
            }
            AlertSays::Little { .. } => panic!("one person's plan has no balance: {says:?}"),
            AlertSays::Bonus { left, at } => {
                let is_trial = |pool: &&Pool| pool.kind == PoolKind::Trial;
                let bonus = pools.beside.iter().find(is_trial).expect("a trial");
                let end = bonus.expires_at.expect("an end").to_string();
                assert_eq!((left, at), (bonus.left.as_ref().expect("known"), &end));
            }
            AlertSays::Overage { charge } => assert_eq!(Some(charge), pools.overage_charge.as_ref()),
            AlertSays::Guard { charge, guard } => {
                assert_eq!(
                    (charge, guard.as_str()),
                    (pools.overage_charge.as_ref().expect("dollars"), "0.01")
                );
            }
        }
    }
    alerts.len()
}

#[test]
fn an_alert_says_what_the_overview_shows() {
    let desk = Desk::at(NOW);
    let alerts = AlertChoices { guard: Some("0.01".to_owned()), ..AlertChoices::default() };
    desk.headroom.choose(&Choice::Alerts(alerts.clone())).expect("chosen");
    let account = pro(&desk, true);
    desk.usage(&[("2026-11-05T09:00:00Z", "810.37"), ("2026-11-20T09:00:00Z", "120.18")]);
    assert_eq!(alerts_say_what_the_overview_shows(&desk, account), 2, "80 % are used, and it runs out");
    desk.usage(&[
        ("2026-11-05T09:00:00Z", "810.37"),
        ("2026-11-20T09:00:00Z", "120.18"),
        ("2026-11-21T09:00:00Z", "190.00"),
    ]);
    assert_eq!(alerts_say_what_the_overview_shows(&desk, account), 3, "used up, overage, its guard");

    let desk = Desk::at("2026-11-28T10:30:00Z");
    let account = desk.facts(
        r#"{"plan": "free", "signed_up_on": "2026-11-01", "country": "US", "overage_enabled": false}"#,
    );
    desk.usage(&[("2026-11-05T09:00:00Z", "12.34")]);
    assert_eq!(alerts_say_what_the_overview_shows(&desk, account), 1, "the bonus goes");
}

#[test]
fn a_guard_that_is_damaged_is_told_and_the_usual_alerts_go_on() {
    let desk = Desk::at(NOW);
    pro(&desk, true);
    desk.usage(&[("2026-11-05T09:00:00Z", "1249.85")]);
    let kept = r#"{"used":false,"run_out":false,"bonus":false,"overage":false,"guard":"ten"}"#;
    Store::open(&desk.headroom.paths().database(), NOW.parse().expect("a moment"))
        .to_write()
        .expect("the file")
        .write(|writing| writing.set_setting("alerts", kept))
        .expect("damaged");
    let start = desk.headroom.start(None).expect("it starts");
    assert_eq!(start.settings.alerts, AlertChoices::default());
    let [notice] = start.notices.as_slice() else { panic!("{:?}", start.notices) };
    assert!(words::say(notice).starts_with("The setting for alerts was damaged"), "{notice}");
    assert_eq!(
        kinds(&tell_all(&desk)),
        [("plan-used", 100), ("overage-begun", 0)],
        "as nobody chose otherwise"
    );
}

#[test]
fn a_removal_is_taken_back_within_the_hour_and_final_after_it() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, false);
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00")]);
    desk.headroom.remove_account(account).expect("removed");
    assert_eq!(desk.headroom.overview(account).expect_err("gone").code, ErrorCode::NoAccount);
    let desk = desk.later("2026-11-21T11:29:00Z");
    desk.headroom.restore_account(account).expect("taken back");
    assert_eq!(desk.headroom.overview(account).expect("back").used.as_deref(), Some("640.00"));
    desk.headroom.remove_account(account).expect("removed again");
    let desk = desk.later("2026-11-21T12:29:00Z");
    assert_eq!(desk.headroom.restore_account(account).expect_err("final").code, ErrorCode::NoAccount);
}

#[test]
fn a_copy_is_the_same_data_and_the_text_has_every_record() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, false);
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00"), ("2026-11-06T09:00:00Z", "1.00")]);
    desk.headroom.rename_account(account, "Ada's \"own\" \\ 数").expect("renamed");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("headroom.db");
    desk.headroom.back_up(&copy).expect("copied");
    desk.headroom.back_up(&copy).expect("copied over it");
    let opened = Headroom::open(
        Paths::new(folder.path().to_owned(), None),
        Box::new(headroom_app::clock::FixedClock(NOW.parse().expect("a moment"))),
    )
    .expect("the copy opens");
    assert_eq!(opened.overview(account).expect("an overview").used.as_deref(), Some("641.00"));

    let text = folder.path().join("all.jsonl");
    let lines = desk.headroom.export_all(&text).expect("written");
    let text = std::fs::read_to_string(&text).expect("there");
    let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(u64::try_from(records.len()).expect("few"), lines);
    let of = |table: &str| records.iter().filter(|record| record["table"] == table).collect::<Vec<_>>();
    assert_eq!(of("accounts")[0]["name"], "Ada's \"own\" \\ 数");
    assert_eq!(of("events").len(), 3, "the facts and two tasks");
    #[cfg(unix)]
    for entry in std::fs::read_dir(folder.path()).expect("there") {
        use std::os::unix::fs::PermissionsExt;
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} is for its owner only", entry.path());
    }
    let error = desk.headroom.back_up(&folder.path().join("no/copy.db")).expect_err("no such folder");
    assert!(error.to_string().contains("No copy could be made"), "{error}");
}

#[test]
fn deleting_everything_leaves_nothing_in_the_file() {
    let desk = Desk::at(NOW);
    let account = pro(&desk, false);
    desk.headroom.rename_account(account, "Unforgettable").expect("renamed");
    desk.usage(&[("2026-11-05T09:00:00Z", "640.00")]);
    desk.headroom.choose(&Choice::HideNumbers(true)).expect("chosen");
    let copies = desk.headroom.paths().data().join("copies");
    desk.usage(&[("2026-11-05T10:00:00Z", "1.00")]);
    assert!(copies.read_dir().expect("a copy was made before the import").count() > 0);
    desk.headroom.delete_all().expect("deleted");
    assert!(!copies.exists(), "nor in a copy");
    let start = desk.headroom.start(None).expect("it starts");
    assert!(start.accounts.is_empty() && !start.settings.hide_numbers);
    for entry in std::fs::read_dir(desk.headroom.paths().data()).expect("there") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("readable");
        assert!(!bytes.windows(13).any(|window| window == b"Unforgettable"), "not even in what was freed");
    }
}
