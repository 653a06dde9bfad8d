//! Where Headroom keeps its own data and where it looks for others'.

use crate::error::{AppError, ErrorCode};
use crate::machine::kiro_sessions;
use headroom_exact::{Saying, say};
use headroom_sources::Worker;
use headroom_sources::kilo::token::KiloPlaces;
use headroom_sources::kiro::token::KiroPlaces;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// Where tests ask vendors that nobody plays: nobody listens there, and no other machine is reached.
const NOBODY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 1);

/// The places of one run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    data: PathBuf,
    kiro_sessions: Option<PathBuf>,
    kiro_ide_sessions: Option<PathBuf>,
    other_kiro_sessions: Vec<PathBuf>,
    kiro: Option<KiroPlaces>,
    kilo: Option<KiloPlaces>,
    programs: Vec<PathBuf>,
    power: Option<PathBuf>,
    emulator: Option<SocketAddr>,
    /// Whether the environment names it.
    emulator_is_set: bool,
    worker: Worker,
}

impl Paths {
    /// The platform's places, or those the environment names: `HEADROOM_DATA_DIR` for our own data,
    /// `KIRO_TEST_SESSIONS_DIR`, `KIRO_HOME` and `KIRO_DATA_DIR` (Kiro's own variables) for its sessions and its login
    /// (`interfaces.md` §1.5, §2.3 A, `interfaces-2026.md` §1.2), `KILO_DB` for Kilo's requests (§4.3), `HEADROOM_EMULATOR` (an address on this machine) for developers.
    pub fn of_this_machine() -> Result<Self, AppError> {
        let named =
            |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let data = named("HEADROOM_DATA_DIR").or_else(|| {
            let project = directories::ProjectDirs::from("app", "Headroom", "Headroom")?;
            Some(project.data_local_dir().to_owned())
        });
        let base = directories::BaseDirs::new();
        let home = base.as_ref().map(|base| base.home_dir().to_owned());
        let (kiro_ide_sessions, other_kiro_sessions) =
            kiro_sessions::stores([named("KIRO_HOME"), named("KIRO_CLI_HOME")], home.as_deref());
        let kiro_sessions =
            named("KIRO_TEST_SESSIONS_DIR").or_else(|| Some(kiro_ide_sessions.as_ref()?.join("cli")));
        // Kilo's own programs use this folder on every system.
        let kilo_data = named("XDG_DATA_HOME").or_else(|| Some(home?.join(".local").join("share")));
        let of_kilo = kilo_data.map(|data| KiloPlaces {
            auth: data.join("kilo").join("auth.json"),
            database: named("KILO_DB").unwrap_or_else(|| data.join("kilo").join("kilo.db")),
            environment: true,
        });
        let programs = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect());
        let kiro_places = base.map(|base| KiroPlaces {
            ide_token: base.home_dir().join(".aws/sso/cache/kiro-auth-token.json"),
            ide: base.config_dir().join("Kiro"),
            cli_database: named("KIRO_DATA_DIR")
                .unwrap_or_else(|| base.data_local_dir().join("kiro-cli"))
                .join("data.sqlite3"),
        });
        let emulator = match std::env::var("HEADROOM_EMULATOR") {
            Ok(text) if !text.is_empty() => Some(emulator(&text)?),
            _ => None,
        };
        let nowhere = || AppError::new(ErrorCode::Outside, say!("no-home"));
        Ok(Self {
            data: data.ok_or_else(nowhere)?,
            kiro_sessions,
            kiro_ide_sessions,
            other_kiro_sessions,
            kiro: kiro_places,
            kilo: of_kilo,
            programs: programs.unwrap_or_default(),
            power: cfg!(target_os = "linux").then(|| PathBuf::from("/sys/class/power_supply")),
            emulator,
            emulator_is_set: emulator.is_some(),
            worker: Worker::of_this_program(),
        })
    }

    /// These places exactly and no others, and no vendor; for tests.
    pub fn new(data: PathBuf, kiro_sessions: Option<PathBuf>) -> Self {
        Self {
            data,
            kiro_sessions,
            kiro_ide_sessions: None,
            other_kiro_sessions: Vec::new(),
            kiro: None,
            kilo: None,
            programs: Vec::new(),
            power: None,
            emulator: Some(NOBODY),
            emulator_is_set: false,
            worker: Worker::of_this_program(),
        }
    }

    /// The same with Kiro's login looked for there, and its hosts played by an emulator; for tests.
    #[must_use]
    pub fn with_kiro(self, kiro: KiroPlaces, emulator: SocketAddr) -> Self {
        Self { kiro: Some(kiro), emulator: Some(emulator), ..self }
    }

    /// The same with Kilo's login looked for there, and its host played by an emulator; for tests.
    #[must_use]
    pub fn with_kilo(self, kilo: KiloPlaces, emulator: SocketAddr) -> Self {
        Self { kilo: Some(kilo), emulator: Some(emulator), ..self }
    }

    /// The same with programs looked for in that folder; for tests.
    #[must_use]
    pub fn with_programs(self, folder: PathBuf) -> Self {
        Self { programs: vec![folder], ..self }
    }

    /// The same with sessions of Kiro's IDE in that folder; for tests.
    #[must_use]
    pub fn with_ide_sessions(self, folder: PathBuf) -> Self {
        Self { kiro_ide_sessions: Some(folder), ..self }
    }

    /// The same with the machine's power described in that folder; for tests.
    #[must_use]
    pub fn with_power(self, folder: PathBuf) -> Self {
        Self { power: Some(folder), ..self }
    }

    /// The same with what others pack read by that program, which begins with [`crate::works`]; for tests.
    #[must_use]
    pub fn with_worker(self, program: PathBuf) -> Self {
        Self { worker: Worker::of_program(program), ..self }
    }

    /// Who reads what others pack.
    pub const fn worker(&self) -> &Worker {
        &self.worker
    }

    /// Where Kiro's IDE keeps its sessions.
    pub fn kiro_ide_sessions(&self) -> Option<&Path> {
        self.kiro_ide_sessions.as_deref()
    }

    /// Everywhere that Kiro's programs keep sessions, of every layout.
    pub fn all_kiro_sessions(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = Vec::new();
        let stores = self.kiro_ide_sessions.iter().chain(&self.other_kiro_sessions);
        for store in stores.chain(&self.kiro_sessions) {
            // What lies in another of them is read with that.
            if !all.iter().any(|known| store.starts_with(known)) {
                all.push(store.clone());
            }
        }
        all
    }

    /// Where Kilo's programs keep things.
    pub const fn kilo(&self) -> Option<&KiloPlaces> {
        self.kilo.as_ref()
    }

    /// The folders that programs are in.
    pub fn programs(&self) -> &[PathBuf] {
        &self.programs
    }

    /// Where the system describes the machine's power.
    pub fn power(&self) -> Option<&Path> {
        self.power.as_deref()
    }

    /// Where Kiro's programs keep their login.
    pub const fn kiro(&self) -> Option<&KiroPlaces> {
        self.kiro.as_ref()
    }

    /// The developer's emulator, if the vendors' hosts are played by one.
    pub const fn emulator(&self) -> Option<SocketAddr> {
        self.emulator
    }

    /// That the environment has the vendors played by an emulator, to be said wherever figures are shown; none where it
    /// doesn't.
    pub fn emulator_in_use(&self) -> Option<Saying> {
        let address = self.emulator.filter(|_| self.emulator_is_set)?;
        Some(say!("emulator-in-use", address = address.to_string()))
    }

    /// The folder of our own data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data.join("headroom.db")
    }

    /// The imported price lists.
    pub fn catalog(&self) -> PathBuf {
        self.data.join("catalog.signed")
    }

    /// Locked while a window is open.
    pub fn lock(&self) -> PathBuf {
        self.data.join("window.lock")
    }

    /// What is kept of Headroom's own mistakes.
    pub fn reports(&self) -> PathBuf {
        self.data.join("reports")
    }

    /// What Headroom notes of its own work.
    pub fn log(&self) -> PathBuf {
        self.data.join("log")
    }

    /// Where Kiro's command line keeps its sessions.
    pub fn kiro_sessions(&self) -> Option<&Path> {
        self.kiro_sessions.as_deref()
    }
}

/// The emulator's address: on this machine, or nothing is opened at all.
fn emulator(text: &str) -> Result<SocketAddr, AppError> {
    let address = text.parse::<SocketAddr>().ok().filter(|address| address.ip().is_loopback());
    address.ok_or_else(|| AppError::new(ErrorCode::Outside, say!("emulator-unknown", text)))
}
