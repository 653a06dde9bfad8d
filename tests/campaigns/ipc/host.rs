//! A program around the commands in which nobody agrees, chooses or looks.

use headroom_app::answers::{
    AccountNumber, DropView, ImportFrom, Link, NoticedView, Offers, RestoredView, TrayChoice, TrayWords,
};
use headroom_app::commands::{Host, Question, Told};
use headroom_app::secrets::{Secrets, SecretsError};
use headroom_app::{AppError, ErrorCode, Headroom, Place, SystemClock, links};
use headroom_exact::say;
use headroom_sources::wire::secret::Secret;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

/// A keyring that holds nothing and keeps nothing.
pub struct Nothing;

impl Secrets for Nothing {
    fn read(&self, _: &str) -> Result<Option<Secret>, SecretsError> {
        Ok(None)
    }

    fn keep(&self, _: &str, _: &Secret) -> Result<(), SecretsError> {
        Ok(())
    }

    fn forget(&self, _: &str) -> Result<(), SecretsError> {
        Ok(())
    }
}

/// The program, and nobody before it.
#[derive(Clone)]
pub struct Unasked {
    pub headroom: Arc<Headroom>,
}

impl Unasked {
    pub fn new(headroom: Headroom) -> Self {
        Self { headroom: Arc::new(headroom) }
    }
}

fn nowhere() -> AppError {
    AppError::new(ErrorCode::Outside, say!("nothing-there"))
}

impl Host for Unasked {
    fn headroom(&self) -> Result<Arc<Headroom>, AppError> {
        Ok(Arc::clone(&self.headroom))
    }

    fn first_account(&self) -> Result<Option<AccountNumber>, AppError> {
        Ok(None)
    }

    fn reveal(&self) {}

    fn zoom(&self, _: u16) {}

    fn painted(&self, _: &str) {}

    fn choose_source(&self) -> Result<Option<PathBuf>, AppError> {
        Ok(None)
    }

    fn sources(&self, _: ImportFrom) -> Result<Vec<PathBuf>, AppError> {
        Ok(Vec::new())
    }

    fn watch_drops(&self, _: Told<DropView>) {}

    fn watch_sessions(&self, _: Told<NoticedView>) {}

    fn choose_place(&self, name: &str) -> Result<Option<PathBuf>, AppError> {
        // A name that the page has a say in: it never leads to another folder.
        assert!(!name.contains(['/', '\\', '\0']) && !name.starts_with('.'), "{name}");
        Ok(None)
    }

    fn consents(&self, question: &Question) -> Result<bool, AppError> {
        assert!(!question.asks.is_empty() && question.asks.chars().count() < 1_000, "{question:?}");
        Ok(false)
    }

    fn open_page(&self, link: &Link) -> Result<(), AppError> {
        let is_safe = links::address(link).is_none_or(|address| address.starts_with("https:"));
        assert!(is_safe, "{link:?}");
        Err(nowhere())
    }

    fn show_data_folder(&self) -> Result<(), AppError> {
        Err(nowhere())
    }

    fn place(&self) -> Place {
        Place::new(self.headroom.paths().clone(), Box::new(SystemClock))
    }

    fn restore_data(&self) -> Result<RestoredView, AppError> {
        panic!("nobody agreed");
    }

    fn notify(&self, _: &str, _: &str) {}

    fn offers(&self) -> Offers {
        Offers { tray: false, autostart: None }
    }

    fn set_autostart(&self, _: bool) -> Result<(), AppError> {
        Ok(())
    }

    fn stay_in_tray(&self, _: bool) {}

    fn write_tray(&self, _: TrayWords, _: Told<TrayChoice>) {}

    fn way_back(&self, name: &str) -> Option<Box<dyn Fn(Value) + Send + Sync>> {
        name.starts_with("back:").then(|| Box::new(|_: Value| ()) as Box<dyn Fn(Value) + Send + Sync>)
    }
}
