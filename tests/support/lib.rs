//! What the acceptance tests share. Nothing here knows Tauri.

pub mod chance;
pub mod hostile;
mod older;
pub mod spoilt;
pub mod tables;

pub use older::AS_THE_SEVENTH_FORMAT_WAS;

use headroom_app::answers::{
    AccountNumber, ChoiceAsked, FactsChange, ImportKind, ImportView, OrganisationView, PersonalView,
    ReceiptView, Standing, TeamView, WhatIf,
};
use headroom_app::clock::Clock;
use headroom_app::{AppError, Headroom, Paths, Place};
use headroom_exact::Moment;
use headroom_sources::kilo::token::KiloPlaces;
use headroom_sources::kiro::token::KiroPlaces;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A file or folder under `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// `headroom` as a program of its own: what reads foreign files starts one.
fn program() -> PathBuf {
    tools::programs::built("measured-headroom")
}

/// Every file in a folder and in those in it: its place and its bytes.
pub fn files_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            let bytes = fs::read(&path).expect("readable");
            files.push((path, bytes));
        }
    }
    files
}

/// What a run of `headroom` left behind.
#[derive(Debug)]
pub struct Run {
    /// Its exit status.
    pub status: u8,
    /// What it wrote on standard output.
    pub output: String,
    /// What it wrote on standard error.
    pub errors: String,
}

/// Runs `headroom` in process with `arguments` and `input`, without any store.
pub fn headroom(arguments: &[&str], input: &[u8]) -> Run {
    run(arguments, input, &|| panic!("{arguments:?} opened a store"), false)
}

/// The same as somebody sees it who runs it on a terminal.
pub fn headroom_on_a_terminal(arguments: &[&str]) -> Run {
    run(arguments, b"", &|| panic!("{arguments:?} opened a store"), true)
}

fn run(arguments: &[&str], input: &[u8], open: headroom_cli::Open<'_>, terminal: bool) -> Run {
    let mut output = Vec::new();
    let mut errors = Vec::new();
    let words = std::iter::once("headroom").chain(arguments.iter().copied()).map(Into::into);
    let mut reader = input;
    let status = headroom_cli::run(
        words,
        open,
        &mut headroom_cli::Console {
            input: &mut reader,
            output: &mut output,
            errors: &mut errors,
            terminal,
            progress: None,
        },
    );
    Run {
        status,
        output: String::from_utf8_lossy(&output).into_owned(),
        errors: String::from_utf8_lossy(&errors).into_owned(),
    }
}

/// A clock that stands still until a test sets it.
#[derive(Clone)]
struct SetClock(Arc<Mutex<Moment>>);

impl SetClock {
    fn at(now: &str) -> Self {
        Self(Arc::new(Mutex::new(now.parse().expect("a moment"))))
    }

    fn set(&self, now: Moment) {
        *self.0.lock().expect("nobody panicked with it") = now;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Moment {
        *self.0.lock().expect("nobody panicked with it")
    }
}

/// A Headroom of its own: its data in a temporary folder, its clock standing still.
pub struct Desk {
    /// The open Headroom.
    pub headroom: Headroom,
    clock: SetClock,
    folder: TempDir,
}

impl Desk {
    /// What changing to a plan now would do, with the switch as it is; at the pace so far, or at so many credits a day.
    pub fn receipt(&self, account: AccountNumber, plan: &str, a_day: Option<&str>) -> ReceiptView {
        let a_day = a_day.map(str::to_owned);
        let question = WhatIf { a_day, ..WhatIf::default() };
        let overage = self.headroom.what_if(account, &question).expect("an answer").overage;
        let choice = ChoiceAsked { plan: plan.to_owned(), overage, packs: false };
        let question = WhatIf { choice: Some(choice), ..question };
        self.headroom.what_if(account, &question).expect("an answer").receipt.expect("a receipt")
    }

    /// At a moment, with nothing on the machine.
    pub fn at(now: &str) -> Self {
        Self::open(now, None)
    }

    /// The same, with a fixture's folder of sessions on the machine.
    #[must_use]
    pub fn with_sessions(self, name: &str) -> Self {
        Self::open(&self.clock.now().to_string(), Some(fixture(name)))
    }

    /// With a login of Kiro's that is good until then, and Kiro's service at that address.
    #[must_use]
    pub fn with_kiro(self, emulator: SocketAddr, token: &str, expires_at: &str) -> Self {
        let home = self.home();
        let ide_token = home.join("kiro-auth-token.json");
        let login = serde_json::json!({"accessToken": token, "refreshToken": "never-used",
            "expiresAt": expires_at, "authMethod": "social", "provider": "Github"});
        fs::write(&ide_token, login.to_string()).expect("written");
        let places =
            KiroPlaces { ide_token, ide: home.join("Kiro"), cli_database: home.join("data.sqlite3") };
        self.opened_with(|paths| paths.with_kiro(places, emulator))
    }

    /// With a login of Kilo's, and Kilo's service at that address.
    #[must_use]
    pub fn with_kilo(self, emulator: SocketAddr, token: &str) -> Self {
        let home = self.home();
        let auth = home.join("auth.json");
        let login = serde_json::json!({"kilo": {"type": "oauth", "access": token, "refresh": "never-used",
            "expires": 0}});
        fs::write(&auth, login.to_string()).expect("written");
        let places = KiloPlaces { auth, database: home.join("kilo.db"), environment: false };
        self.opened_with(|paths| paths.with_kilo(places, emulator))
    }

    /// The folder where other programs keep their things.
    pub fn home(&self) -> PathBuf {
        let home = self.folder.path().join("home");
        fs::create_dir_all(&home).expect("a folder");
        home
    }

    /// The same with other places.
    #[must_use]
    pub fn opened_with(self, change: impl FnOnce(Paths) -> Paths) -> Self {
        let paths = change(self.headroom.paths().clone());
        drop(self.headroom);
        let headroom = Headroom::open(paths, Box::new(self.clock.clone())).expect("it opens again");
        Self { headroom, clock: self.clock, folder: self.folder }
    }

    /// Closes it and has something happen to its files: what follows is run on the command line.
    #[must_use]
    pub fn damaged_by(self, damage: impl FnOnce()) -> ClosedDesk {
        let paths = self.headroom.paths().clone();
        drop(self.headroom);
        damage();
        ClosedDesk { paths, clock: self.clock, _folder: self.folder }
    }

    fn open(now: &str, sessions: Option<PathBuf>) -> Self {
        let clock = SetClock::at(now);
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths::new(folder.path().join("data"), sessions).with_worker(program());
        let headroom = Headroom::open(paths, Box::new(clock.clone())).expect("it opens");
        Self { headroom, clock, folder }
    }

    /// Opens the same data at another moment.
    #[must_use]
    pub fn later(self, now: &str) -> Self {
        let paths = self.headroom.paths().clone();
        drop(self.headroom);
        let clock = SetClock::at(now);
        let headroom = Headroom::open(paths, Box::new(clock.clone())).expect("it opens again");
        Self { headroom, clock, folder: self.folder }
    }

    /// Lets time pass in the Headroom that is open.
    pub fn wait_until(&self, now: &str) {
        self.clock.set(now.parse().expect("a moment"));
    }

    /// Where its data lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs `headroom` in process on this data at this moment.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_at(self.headroom.paths(), &self.clock, arguments)
    }

    /// The same with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Run {
        run_at_with(self.headroom.paths(), &self.clock, arguments, input)
    }

    /// States facts of the first account, given as JSON; keys left out stay as they are. Where a plan is stated and no
    /// price list, null for each month's own included, it is the contract's first: it has the overage that most tests are
    /// about.
    pub fn facts(&self, json: &str) -> AccountNumber {
        let mut facts: FactsChange = serde_json::from_str(json).expect("facts");
        if facts.plan.is_some() && facts.price_list.is_none() {
            facts.price_list = Some(Some("kiro-2025-12".to_owned()));
        }
        self.headroom.save_facts(None, &facts).expect("they can be true").account.id
    }

    /// Imports a session with one turn for each moment and its credits.
    pub fn usage(&self, turns: &[(&str, &str)]) {
        let file = self.folder.path().join("session.json");
        fs::write(&file, session("one", turns)).expect("the file can be written");
        self.import(ImportKind::KiroSessions, Some(&file)).expect("it is a session");
    }

    /// Imports into the first account that it belongs to.
    ///
    /// # Errors
    ///
    /// What the import was refused for.
    pub fn import(&self, kind: ImportKind, path: Option<&Path>) -> Result<ImportView, AppError> {
        self.headroom.import(kind, path, None, &|_| {})
    }

    /// How somebody's own account at Kilo stands.
    pub fn own_kilo(&self, account: AccountNumber) -> PersonalView {
        let standing = self.headroom.standing(account).expect("it stands somehow");
        let Standing::KiloPersonal(own) = standing else {
            panic!("somebody's own account at Kilo, not {standing:?}")
        };
        *own
    }

    /// How a team stands.
    pub fn team(&self, account: AccountNumber) -> TeamView {
        let standing = self.headroom.standing(account).expect("it stands somehow");
        let Standing::KiloTeams(team) = standing else { panic!("a team, not {standing:?}") };
        *team
    }

    /// How an organisation stands.
    pub fn organisation(&self, account: AccountNumber) -> OrganisationView {
        let standing = self.headroom.standing(account).expect("it stands somehow");
        let Standing::KiroEnterprise(organisation) = standing else {
            panic!("an organisation, not {standing:?}")
        };
        *organisation
    }
}

fn run_at(paths: &Paths, clock: &SetClock, arguments: &[&str]) -> Run {
    run_at_with(paths, clock, arguments, b"")
}

fn run_at_with(paths: &Paths, clock: &SetClock, arguments: &[&str], input: &[u8]) -> Run {
    run(arguments, input, &|| Ok(Place::new(paths.clone(), Box::new(clock.clone()))), false)
}

/// The data of a [`Desk`] that nobody has open.
pub struct ClosedDesk {
    paths: Paths,
    clock: SetClock,
    _folder: TempDir,
}

impl ClosedDesk {
    /// Opens it as the window does.
    ///
    /// # Errors
    ///
    /// What stands against opening it.
    pub fn open(&self) -> Result<Headroom, AppError> {
        Headroom::open(self.paths.clone(), Box::new(self.clock.clone()))
    }

    /// Runs `headroom` in process on this data at the desk's moment.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_at(&self.paths, &self.clock, arguments)
    }
}

/// The text of a PDF as it stands on its pages.
pub fn pdf_text(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.pdf");
    fs::write(&path, bytes).expect("written");
    let run = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().expect("pdftotext runs");
    String::from_utf8(run.stdout).expect("text")
}

/// A session of Kiro's command line as it lies on disk: one turn for each moment and its credits.
pub fn session(id: &str, turns: &[(&str, &str)]) -> String {
    let turns: Vec<_> = turns
        .iter()
        .enumerate()
        .map(|(index, (at, credits))| {
            format!(
                r#"{{"loop_id":{{"agent_id":{{"name":"kiro_default","parent_id":null,"rand":null}},"rand":{index}}},
                "result":{{"Ok":{{"id":"{id}-{index}","role":"assistant","content":[]}}}},"total_request_count":1,
                "end_reason":"UserTurnEnd","end_timestamp":"{at}","input_token_count":0,"output_token_count":0,
                "metering_usage":[{{"value":{credits},"unit":"credit","unitPlural":"credits"}}]}}"#
            )
        })
        .collect();
    format!(
        r#"{{"session_id":"{id}","cwd":"/repo","session_state":{{"version":"v1","conversation_metadata":
        {{"user_turn_metadatas":[{}]}},"rts_model_state":{{"conversation_id":"{id}","model_info":{{"model_id":"auto"}}}}}}}}"#,
        turns.join(",")
    )
}
