//! Where Headroom keeps its own data and where it looks for others'.

use crate::error::{AppError, ErrorCode};
use std::path::{Path, PathBuf};

/// The places of one run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    data: PathBuf,
    kiro_sessions: Option<PathBuf>,
}

impl Paths {
    /// The platform's places, or those the environment names: `HEADROOM_DATA_DIR` for our own data,
    /// `KIRO_TEST_SESSIONS_DIR` (Kiro's own variable) for its sessions (`interfaces.md` §2.3 A).
    pub fn of_this_machine() -> Result<Self, AppError> {
        let named =
            |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let data = named("HEADROOM_DATA_DIR").or_else(|| {
            let project = directories::ProjectDirs::from("app", "Headroom", "Headroom")?;
            Some(project.data_local_dir().to_owned())
        });
        let home = directories::BaseDirs::new().map(|base| base.home_dir().to_owned());
        let kiro_sessions = named("KIRO_TEST_SESSIONS_DIR")
            .or_else(|| Some(home?.join(".kiro").join("sessions").join("cli")));
        let nowhere = || {
            AppError::new(
                ErrorCode::Outside,
                "No home folder was found. Set HEADROOM_DATA_DIR to the folder Headroom may keep its data in.",
            )
        };
        Ok(Self { data: data.ok_or_else(nowhere)?, kiro_sessions })
    }

    /// These places exactly; for tests.
    pub const fn new(data: PathBuf, kiro_sessions: Option<PathBuf>) -> Self {
        Self { data, kiro_sessions }
    }

    /// The folder of our own data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data.join("headroom.db")
    }

    /// Locked while a window is open.
    pub fn lock(&self) -> PathBuf {
        self.data.join("window.lock")
    }

    /// Where Kiro's command line keeps its sessions.
    pub fn kiro_sessions(&self) -> Option<&Path> {
        self.kiro_sessions.as_deref()
    }
}
