//! The program around the commands, and what it hands over.

use crate::answers::{
    AccountNumber, DropView, ImportFrom, Link, NoticedView, Offers, RestoredView, TrayChoice, TrayWords,
};
use crate::error::{AppError, ErrorCode};
use crate::machine::log::Line;
use crate::{Headroom, Place};
use headroom_exact::say;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;
use ts_rs::TS;

/// What commands need of the program they run in, and nothing more: no path, address or file comes from the window.
pub trait Host: Send {
    /// The open Headroom; it is opened again if that failed before.
    fn headroom(&self) -> Result<Arc<Headroom>, AppError>;

    /// The account that the window was asked to open on, the first time somebody wants to know.
    fn first_account(&self) -> Result<Option<AccountNumber>, AppError>;

    /// Lets the window be seen.
    fn reveal(&self);

    /// Notes that the figures are on the screen, described by `summary`.
    fn painted(&self, summary: &str);

    /// Asks the person for a file to read; none when that is cancelled. Waits for the answer.
    fn choose_source(&self) -> Result<Option<PathBuf>, AppError>;

    /// Files and folders to import: those that the person chooses in a dialog, which is waited for, or those that were
    /// dropped onto the window last, which are taken. None when there are none.
    fn sources(&self, from: ImportFrom) -> Result<Vec<PathBuf>, AppError>;

    /// Tells what is held over the window and dropped onto it from now on, and nobody else.
    fn watch_drops(&self, heard: Told<DropView>);

    /// Tells of sessions that are imported by themselves from now on, and nobody else.
    fn watch_sessions(&self, heard: Told<NoticedView>);

    /// Asks the person where a new file of that name is to be; none when that is cancelled. Waits for the answer.
    fn choose_place(&self, name: &str) -> Result<Option<PathBuf>, AppError>;

    /// Asks the person in a dialog of the system's, outside the page, and waits for the answer: whether to do it. One
    /// question is open at a time.
    fn consents(&self, question: &Question) -> Result<bool, AppError>;

    /// Opens a page of the fixed list in the browser.
    fn open_page(&self, link: &Link) -> Result<(), AppError>;

    /// Shows the folder of Headroom's own data.
    fn show_data_folder(&self) -> Result<(), AppError>;

    /// The data before it is open.
    fn place(&self) -> Place;

    /// Restores data that can't be opened from its newest good copy; what comes next opens it again.
    fn restore_data(&self) -> Result<RestoredView, AppError>;

    /// Shows a notification.
    fn notify(&self, title: &str, body: &str);

    /// What this desktop offers.
    fn offers(&self) -> Offers;

    /// Starts Headroom with the session, or no longer.
    fn set_autostart(&self, on: bool) -> Result<(), AppError>;

    /// Whether closing the window leaves Headroom in the tray from now on.
    fn stay_in_tray(&self, stays: bool);

    /// Writes the tray's words; what is chosen there is told.
    fn write_tray(&self, words: TrayWords, chosen: Told<TrayChoice>);

    /// The way back to whoever asked, by the name that the window gave it; none if it is no such name.
    fn way_back(&self, name: &str) -> Option<Box<dyn Fn(Value) + Send + Sync>>;
}

/// A question with two answers, in the language that the window speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// What is asked.
    pub asks: String,
    /// What it would mean, a sentence a line.
    pub means: String,
    /// The button that does it.
    pub does: String,
    /// The button that leaves everything as it is, which is the one that Return presses.
    pub leaves: String,
}

/// Why the program around the commands could not do something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostError {
    /// The fixed list has no such page.
    NoSuchPage,
    /// A page's address, or a folder, could not be opened.
    NotOpened(String),
    /// What was chosen in a dialog is nothing on this machine.
    NoPath,
    /// Another question is still open.
    QuestionOpen,
    /// The desktop doesn't let Headroom start with the session, or stop doing so.
    AutostartUnchanged,
}

impl From<HostError> for AppError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::NoSuchPage => Self::input(say!("no-such-page")),
            HostError::NotOpened(place) => Self::new(ErrorCode::Outside, say!("not-opened", place)),
            HostError::NoPath => Self::new(ErrorCode::Outside, say!("no-path")),
            HostError::QuestionOpen => Self::new(ErrorCode::Refused, say!("question-open")),
            HostError::AutostartUnchanged => Self::new(ErrorCode::Outside, say!("autostart-unchanged")),
        }
    }
}

/// Whoever is told something while a command runs, or after it: a function of the window's.
pub struct Told<T> {
    tell: Box<dyn Fn(Value) + Send + Sync>,
    of: PhantomData<fn(T)>,
}

impl<T: Serialize> Told<T> {
    /// Tells it. A window that is gone hears nothing.
    pub fn tell(&self, what: &T) {
        match serde_json::to_value(what) {
            Ok(value) => (self.tell)(value),
            Err(_) => Line::error("window-not-told").note(),
        }
    }
}

/// What was given with a question.
pub(super) struct Given<'h> {
    command: &'static str,
    arguments: Map<String, Value>,
    host: &'h dyn Host,
}

impl<'h> Given<'h> {
    pub const fn new(command: &'static str, arguments: Map<String, Value>, host: &'h dyn Host) -> Self {
        Self { command, arguments, host }
    }

    /// An argument by its name in the declaration. One that isn't there is null.
    pub fn take<T: FromWindow>(&mut self, name: &str) -> Result<T, AppError> {
        let name = camel_case(name);
        let value = self.arguments.remove(&name).unwrap_or(Value::Null);
        T::from_window(value, self.host).map_err(|_| {
            Line::warn("question-wrong").code("command", self.command).note();
            AppError::input(say!("question-wrong", command = self.command, argument = name))
        })
    }
}

/// What can come from the window.
pub(super) trait FromWindow: Sized {
    /// What crosses: the thing itself, or what is told.
    type Crosses: TS + 'static;
    /// Whether it crosses the other way, whenever there is something to tell.
    const IS_TOLD: bool;

    fn from_window(value: Value, host: &dyn Host) -> Result<Self, serde_json::Error>;
}

impl<T: DeserializeOwned + TS + 'static> FromWindow for T {
    type Crosses = T;
    const IS_TOLD: bool = false;

    fn from_window(value: Value, _: &dyn Host) -> Result<Self, serde_json::Error> {
        serde_json::from_value(value)
    }
}

impl<T: TS + 'static> FromWindow for Told<T> {
    type Crosses = T;
    const IS_TOLD: bool = true;

    fn from_window(value: Value, host: &dyn Host) -> Result<Self, serde_json::Error> {
        let tell = value.as_str().and_then(|name| host.way_back(name));
        let tell = tell.ok_or_else(|| serde::de::Error::custom("this is nobody who could be told"))?;
        Ok(Self { tell, of: PhantomData })
    }
}

/// A name of Rust's as the window writes it.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut written, word| {
        let mut letters = word.chars();
        written.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        written.push_str(letters.as_str());
        written
    })
}
