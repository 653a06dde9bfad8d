//! The window's questions on their way to `headroom_app::commands`, and what those need of the shell.

use crate::backend::Backend;
use crate::background::in_background;
use crate::desktop::{self, Desktop};
use crate::sessions::Sessions;
use crate::{dialogs, window};
use headroom_app::answers::{
    AccountNumber, DropView, ImportFrom, Link, NoticedView, Offers, RestoredView, TrayChoice, TrayWords,
};
use headroom_app::commands::{Commands, Host, HostError, Question, Told};
use headroom_app::log::Line;
use headroom_app::reports::guarded;
use headroom_app::{AppError, Headroom, Place};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::ipc::{Channel, Invoke, InvokeBody, InvokeResponseBody, JavaScriptChannelId};
use tauri::{AppHandle, Manager, Webview, Wry};
use tauri_plugin_opener::OpenerExt;

/// Answers every command there is. None is waited for here, on the thread that draws, nor on Tauri's workers.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let commands = Commands::default();
    move |Invoke { message, resolver, .. }| {
        let InvokeBody::Json(Value::Object(arguments)) = message.payload() else { return false };
        let page = Page(message.webview());
        let asked = guarded("window", "question", || {
            commands.ask(message.command(), arguments.clone(), Box::new(page), |answer| match answer {
                Ok(json) => resolver.resolve(InvokeResponseBody::Json(json)),
                Err(error) => resolver.reject(error),
            })
        });
        asked.unwrap_or(false)
    }
}

/// The page that asks, in the window around it.
struct Page(Webview<Wry>);

impl Page {
    fn app(&self) -> &AppHandle {
        self.0.app_handle()
    }
}

impl Host for Page {
    fn headroom(&self) -> Result<Arc<Headroom>, AppError> {
        self.app().state::<Backend>().headroom()
    }

    fn first_account(&self) -> Result<Option<AccountNumber>, AppError> {
        self.app().state::<Backend>().first_account()
    }

    fn reveal(&self) {
        window::reveal(self.app());
    }

    fn painted(&self, summary: &str) {
        window::painted(self.app(), summary);
        // Nothing of the desktop delays the first figures.
        let app = self.app().clone();
        in_background("tray", move || app.state::<Desktop>().find_tray(&app));
    }

    fn choose_source(&self) -> Result<Option<PathBuf>, AppError> {
        dialogs::pick(self.app())
    }

    fn sources(&self, from: ImportFrom) -> Result<Vec<PathBuf>, AppError> {
        match from {
            ImportFrom::Folder => dialogs::pick_folders(self.app()),
            ImportFrom::File => dialogs::pick_files(self.app()),
            ImportFrom::Dropped => Ok(self.app().state::<Desktop>().drops.take()),
        }
    }

    fn watch_drops(&self, heard: Told<DropView>) {
        self.app().state::<Desktop>().drops.watch(heard);
    }

    fn watch_sessions(&self, heard: Told<NoticedView>) {
        self.app().state::<Sessions>().watch(heard);
    }

    fn choose_place(&self, name: &str) -> Result<Option<PathBuf>, AppError> {
        dialogs::place(self.app(), name)
    }

    fn consents(&self, question: &Question) -> Result<bool, AppError> {
        self.app().state::<Desktop>().consents(self.app(), question.clone())
    }

    fn open_page(&self, link: &Link) -> Result<(), AppError> {
        let address = headroom_app::links::address(link).ok_or(HostError::NoSuchPage)?;
        let opened = self.app().opener().open_url(address, None::<&str>);
        opened.map_err(|_| not_opened(address))
    }

    fn show_data_folder(&self) -> Result<(), AppError> {
        let folder = self.app().state::<Backend>().data_folder().display().to_string();
        let opened = self.app().opener().open_path(&folder, None::<&str>);
        opened.map_err(|_| not_opened(&folder))
    }

    fn place(&self) -> Place {
        self.app().state::<Backend>().place()
    }

    fn restore_data(&self) -> Result<RestoredView, AppError> {
        self.app().state::<Backend>().restore()
    }

    fn notify(&self, title: &str, body: &str) {
        desktop::notify(self.app(), title, body);
    }

    fn offers(&self) -> Offers {
        self.app().state::<Desktop>().offers(self.app())
    }

    fn set_autostart(&self, on: bool) -> Result<(), AppError> {
        desktop::set_autostart(self.app(), on)
    }

    fn stay_in_tray(&self, stays: bool) {
        self.app().state::<Desktop>().stay_in_tray(stays);
    }

    fn zoom(&self, percent: u16) {
        window::zoom(self.app(), percent);
    }

    fn write_tray(&self, words: TrayWords, chosen: Told<TrayChoice>) {
        self.app().state::<Desktop>().write_tray(words, chosen);
    }

    fn way_back(&self, name: &str) -> Option<Box<dyn Fn(Value) + Send + Sync>> {
        let channel: Channel<Value> = name.parse::<JavaScriptChannelId>().ok()?.channel_on(self.0.clone());
        // A window that is gone needs to hear nothing more.
        Some(Box::new(move |what| _ = channel.send(what)))
    }
}

fn not_opened(place: &str) -> AppError {
    Line::warn("not-opened").note();
    HostError::NotOpened(place.to_owned()).into()
}
