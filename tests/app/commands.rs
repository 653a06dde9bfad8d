//! Commands: each is answered in a lane of its kind, whatever the others wait for.

use acceptance::Desk;
use headroom_app::answers::{
    AccountNumber, DropView, ImportFrom, Kind, Link, NoticedView, Offers, RestoredView, TrayChoice, TrayWords,
};
use headroom_app::commands::{Commands, Host, Question, Told};
use headroom_app::secrets::{Secrets, SecretsError};
use headroom_app::{AppError, ErrorCode, Headroom, Paths, Place, clock::FixedClock};
use headroom_exact::say;
use headroom_sources::wire::secret::Secret;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A door that somebody keeps closed.
#[derive(Clone, Default)]
struct Door(Arc<(Mutex<(usize, bool)>, Condvar)>);

impl Door {
    /// Waits before it until it is opened.
    fn pass(&self) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().expect("one at a time");
        state.0 += 1;
        changed.notify_all();
        drop(changed.wait_while(state, |(_, open)| !*open).expect("one at a time"));
    }

    /// Waits until so many stand before it.
    fn wait_for(&self, waiting: usize) {
        let (state, changed) = &*self.0;
        let state = state.lock().expect("one at a time");
        drop(changed.wait_while(state, |(came, _)| *came < waiting).expect("one at a time"));
    }

    fn open(&self) {
        self.0.0.lock().expect("one at a time").1 = true;
        self.0.1.notify_all();
    }
}

/// A keyring that doesn't answer.
struct SilentKeyring(Door);

impl Secrets for SilentKeyring {
    fn read(&self, _: &str) -> Result<Option<Secret>, SecretsError> {
        self.0.pass();
        Ok(None)
    }

    fn keep(&self, _: &str, _: &Secret) -> Result<(), SecretsError> {
        self.0.pass();
        Ok(())
    }

    fn forget(&self, _: &str) -> Result<(), SecretsError> {
        self.0.pass();
        Ok(())
    }
}

/// A program whose person, keyring and browser keep everybody waiting.
#[derive(Clone)]
struct Waiting {
    headroom: Arc<Headroom>,
    person: Door,
    desktop: Door,
    /// What the person was asked, and whether they agree.
    asked: Arc<Mutex<Vec<Question>>>,
    agrees: Arc<AtomicBool>,
}

impl Host for Waiting {
    fn headroom(&self) -> Result<Arc<Headroom>, AppError> {
        Ok(Arc::clone(&self.headroom))
    }

    fn first_account(&self) -> Result<Option<AccountNumber>, AppError> {
        Ok(None)
    }

    fn reveal(&self) {
        panic!("there is no window");
    }

    fn painted(&self, _: &str) {}

    fn choose_source(&self) -> Result<Option<PathBuf>, AppError> {
        self.person.pass();
        Ok(None)
    }

    fn sources(&self, _: ImportFrom) -> Result<Vec<PathBuf>, AppError> {
        self.person.pass();
        Ok(Vec::new())
    }

    fn watch_drops(&self, _: Told<DropView>) {
        panic!("there is no window");
    }

    fn watch_sessions(&self, _: Told<NoticedView>) {
        panic!("there is no window");
    }

    fn choose_place(&self, _: &str) -> Result<Option<PathBuf>, AppError> {
        self.person.pass();
        Ok(None)
    }

    fn consents(&self, question: &Question) -> Result<bool, AppError> {
        self.asked.lock().expect("one at a time").push(question.clone());
        Ok(self.agrees.load(Ordering::Relaxed))
    }

    fn open_page(&self, _: &Link) -> Result<(), AppError> {
        self.desktop.pass();
        Ok(())
    }

    fn show_data_folder(&self) -> Result<(), AppError> {
        Ok(())
    }

    fn place(&self) -> Place {
        Place::new(self.headroom.paths().clone(), Box::new(headroom_app::SystemClock))
    }

    fn restore_data(&self) -> Result<RestoredView, AppError> {
        panic!("nothing is damaged");
    }

    fn notify(&self, _: &str, _: &str) {}

    fn offers(&self) -> Offers {
        Offers { tray: false, autostart: None }
    }

    fn set_autostart(&self, _: bool) -> Result<(), AppError> {
        Ok(())
    }

    fn stay_in_tray(&self, _: bool) {}

    fn zoom(&self, _: u16) {}

    fn write_tray(&self, _: TrayWords, chosen: Told<TrayChoice>) {
        chosen.tell(&TrayChoice::Account(AccountNumber(7)));
    }

    fn way_back(&self, name: &str) -> Option<Box<dyn Fn(Value) + Send + Sync>> {
        let name = name.strip_prefix("back:")?.to_owned();
        let account = json!({"kind": "account", "account": 7});
        Some(Box::new(move |told| assert_eq!((name.as_str(), &told), ("tray", &account))))
    }
}

type Answer = Result<String, AppError>;

struct Asking {
    commands: Commands,
    host: Waiting,
    keyring: Door,
    sample: AccountNumber,
    _desk: Desk,
}

impl Asking {
    fn new() -> Self {
        let desk = Desk::at("2026-11-21T10:30:00Z");
        let sample = desk.headroom.open_sample(Kind::KiroIndividual).expect("the sample").id;
        let paths: Paths = desk.headroom.paths().clone();
        let clock = FixedClock("2026-11-21T10:30:00Z".parse().expect("a moment"));
        let keyring = Door::default();
        let headroom = Headroom::open(paths, Box::new(clock)).expect("it opens");
        let headroom = Arc::new(headroom.with_secrets(Box::new(SilentKeyring(keyring.clone()))));
        let host = Waiting {
            headroom,
            person: Door::default(),
            desktop: Door::default(),
            asked: Arc::default(),
            agrees: Arc::new(AtomicBool::new(true)),
        };
        Self { commands: Commands::default(), host, keyring, sample, _desk: desk }
    }

    fn ask(&self, name: &str, arguments: &Value) -> Receiver<Answer> {
        let (answered, answer) = channel();
        let arguments = arguments.as_object().cloned().unwrap_or_else(Map::new);
        let reply = move |answer| _ = answered.send(answer);
        assert!(self.commands.ask(name, arguments, Box::new(self.host.clone()), reply), "{name}");
        answer
    }

    fn answer(&self, name: &str, arguments: &Value) -> Answer {
        let patience = Duration::from_secs(30);
        self.ask(name, arguments).recv_timeout(patience).unwrap_or_else(|_| panic!("{name} isn't answered"))
    }
}

#[test]
fn a_hundred_questions_that_hang_hold_up_no_answer_and_end_once_they_can() {
    let asking = Asking::new();
    let mut hanging = Vec::new();
    for _ in 0..25 {
        hanging.push(asking.ask("back_up", &json!({})));
        hanging.push(asking.ask("open_what_if", &json!({})));
        hanging.push(asking.ask("set_kilo_key", &json!({"key": "made-up"})));
        hanging.push(asking.ask("open_link", &json!({"link": {"to": "account", "vendor": "kiro"}})));
    }
    // Every lane is as full as it gets: 8 dialogs, 16 questions to the keyring, 4 to the desktop.
    asking.host.person.wait_for(8);
    asking.keyring.wait_for(16);
    asking.host.desktop.wait_for(4);
    for _ in 0..20 {
        let overview = asking.answer("overview", &json!({"account": asking.sample})).expect("figures");
        assert!(overview.starts_with(r#"{"kind":"kiro-individual""#), "{overview}");
    }
    assert!(hanging.iter().all(|answer| answer.try_recv().is_err()), "all of them still hang");
    for door in [&asking.host.person, &asking.keyring, &asking.host.desktop] {
        door.open();
    }
    for answer in hanging {
        answer.recv().expect("an answer").expect("nothing failed");
    }
}

#[test]
fn figures_come_while_somebody_waits_to_write_behind_an_import() {
    let asking = Asking::new();
    let account = json!({"account": asking.sample});
    asking.answer("overview", &account).expect("the store is open");
    // An import holds the writer's place for as long as it writes.
    let database = asking.host.headroom.paths().database();
    let import = rusqlite::Connection::open(database).expect("the database");
    import.execute_batch("BEGIN IMMEDIATE").expect("the writer's place");
    let behind = asking.ask("rename_account", &json!({"account": asking.sample, "name": "Ada"}));
    for _ in 0..20 {
        for name in ["overview", "start"] {
            asking.answer(name, &account).expect("figures");
        }
    }
    assert!(behind.try_recv().is_err(), "it still waits");
    import.execute_batch("COMMIT").expect("done");
    behind.recv().expect("an answer").expect("now it is written");
    let start = asking.answer("start", &json!({})).expect("the accounts");
    assert!(start.contains(r#""name":"Ada""#), "what was written is seen: {start}");
}

#[test]
fn a_dialog_that_stays_open_keeps_no_vendor_waiting() {
    let asking = Asking::new();
    let dialogs: Vec<_> = (0..9).map(|_| asking.ask("export_all", &json!({}))).collect();
    asking.host.person.wait_for(8);
    asking.keyring.open();
    assert_eq!(asking.answer("set_kilo_key", &json!({"key": null})), Ok("true".to_owned()));
    asking.host.person.open();
    for answer in dialogs {
        assert_eq!(answer.recv().expect("an answer"), Ok("null".to_owned()), "cancelled");
    }
}

#[test]
fn what_is_asked_wrongly_is_said_and_what_does_not_exist_is_not_answered() {
    let asking = Asking::new();
    let wrong = |name, arguments| {
        let error: AppError = asking.answer(name, &arguments).expect_err("it is wrong");
        assert_eq!(error.code, ErrorCode::Input);
        error.saying
    };
    let question_wrong = |command: &str, argument: &str| say!("question-wrong", command, argument);
    assert_eq!(wrong("overview", json!({"account": "one"})), question_wrong("overview", "account"));
    let refresh = wrong("refresh", json!({"account": 1, "by_hand": true, "hidden": false}));
    assert_eq!(refresh, question_wrong("refresh", "byHand"), "named as the window does");
    let told = wrong(
        "set_tray",
        json!({"words": {"title": "", "verdict": "", "reasons": "", "open": "", "refresh": "", "quit": "",
        "accounts": []}, "chosen": "elsewhere"}),
    );
    assert_eq!(told, question_wrong("set_tray", "chosen"), "this is nobody who could be told");
    let reply = |_| panic!("there is nothing to answer");
    assert!(!asking.commands.ask("__proto__", Map::new(), Box::new(asking.host.clone()), reply));
}

#[test]
fn what_is_told_later_goes_to_whoever_asked() {
    let asking = Asking::new();
    let words = json!({"title": "", "verdict": "", "reasons": "", "open": "", "refresh": "", "quit": "", "accounts": []});
    let told = asking.answer("set_tray", &json!({"words": words, "chosen": "back:tray"}));
    assert_eq!(told, Ok("null".to_owned()));
}

#[test]
fn a_mistake_in_one_command_is_told_and_ends_no_other() {
    let asking = Asking::new();
    for _ in 0..9 {
        let error = asking.answer("reveal", &json!({})).expect_err("it broke off");
        assert!(error.to_string().starts_with("Headroom made a mistake in \"reveal\""), "{error}");
    }
    asking.answer("overview", &json!({"account": asking.sample})).expect("the lane goes on");
}

impl Asking {
    /// Asks while the person agrees, or doesn't; the answer, and what the person was asked.
    fn answered(&self, agrees: bool, name: &str, arguments: &Value) -> (String, Vec<Question>) {
        self.host.agrees.store(agrees, Ordering::Relaxed);
        let answer = self.answer(name, arguments).unwrap_or_else(|error| panic!("{name}: {error}"));
        (answer, std::mem::take(&mut *self.host.asked.lock().expect("one at a time")))
    }
}

/// Whatever the page says of it: what can't be undone is done only if the person agreed, outside the page.
#[test]
fn what_cant_be_undone_is_done_only_if_the_person_agrees() {
    let asking = Asking::new();
    asking.keyring.open();
    let mine = asking.answer("add_account", &json!({"billing": "kiro-individual"})).expect("an account");
    let mine: Value = serde_json::from_str(&mine).expect("JSON");
    asking
        .answer("rename_account", &json!({"account": mine["id"], "name": "Mine {price}"}))
        .expect("renamed");
    let is_there = || {
        let start = asking.answer("start", &json!({})).expect("accounts");
        let start: Value = serde_json::from_str(&start).expect("JSON");
        start["accounts"]
            .as_array()
            .expect("accounts")
            .iter()
            .any(|account| account["name"] == "Mine {price}")
    };
    let account = json!({"account": mine["id"]});
    let facts = json!({"account": mine["id"], "change": {"plan": "pro", "country": "US"}});
    asking.answer("save_facts", &facts).expect("described");
    for (name, arguments, asks) in [
        ("remove_account", &account, "Remove Mine {price}?"),
        ("set_kilo_key", &json!({"key": "made-up"}), "Keep the pasted Kilo key?"),
        ("delete_all", &json!({}), "Delete everything Headroom knows?"),
    ] {
        let (answer, asked) = asking.answered(false, name, arguments);
        assert_eq!((answer.as_str(), asked.len()), ("false", 1), "{name}");
        assert_eq!(asked[0].asks, asks);
        assert!(is_there(), "{name}: nothing was done");
    }
    let (answer, asked) = asking.answered(false, "restore_data", &json!({}));
    assert_eq!((answer.as_str(), asked.len()), ("null", 1), "or the host would have panicked");
    let (answer, asked) = asking.answered(false, "set_kilo_key", &json!({"key": null}));
    assert_eq!((answer.as_str(), asked.len()), ("true", 0), "forgetting it costs nothing");
    let (answer, asked) = asking.answered(false, "remove_account", &json!({"account": asking.sample}));
    assert_eq!((answer.as_str(), asked.len()), ("true", 0), "the sample can be opened again");

    let empty = asking.answer("add_account", &json!({"billing": "kiro-enterprise"})).expect("an account");
    let empty: Value = serde_json::from_str(&empty).expect("JSON");
    let (answer, asked) = asking.answered(false, "remove_account", &json!({"account": empty["id"]}));
    assert_eq!(
        (answer.as_str(), asked.len()),
        ("true", 0),
        "of one that was only just added nothing is lost"
    );

    let (answer, asked) = asking.answered(true, "remove_account", &account);
    assert_eq!((answer.as_str(), asked.len(), is_there()), ("true", 1, false));
    let (answer, asked) = asking.answered(true, "delete_all", &json!({}));
    assert_eq!((answer.as_str(), asked.len()), ("true", 1));
}

#[test]
fn the_person_is_asked_in_the_language_that_was_chosen() {
    let asking = Asking::new();
    asking.answer("choose", &json!({"choice": {"what": "language", "to": "de-AT"}})).expect("chosen");
    let (_, asked) = asking.answered(false, "delete_all", &json!({}));
    let [question] = &asked[..] else { panic!("one question: {asked:?}") };
    assert_eq!(
        (question.asks.as_str(), question.leaves.as_str()),
        ("Alles löschen, was Headroom weiß?", "Abbrechen")
    );
    assert!(question.means.contains("endgültig") && question.does == "Alles löschen", "{question:?}");
}
