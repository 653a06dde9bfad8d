//! What belongs to the desktop around the window: its tray, its notifications, starting with its session.

use crate::drops::Drops;
use crate::{tray, window};
use headroom_app::AppError;
use headroom_app::answers::{Offers, TrayChoice, TrayWords};
use headroom_app::commands::{HostError, Question, Told};
use headroom_app::log::Line;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::{AppHandle, Manager, WindowEvent};
use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_notification::NotificationExt;

/// Starts without showing the window: for a start with the session, where there is a tray.
pub const HIDDEN_FLAG: &str = "--hidden";

/// A notification is no longer than this.
const LONGEST: usize = 300;

/// The tray, if there is one, and whether closing the window leaves Headroom there.
#[derive(Default)]
pub struct Desktop {
    tray: Mutex<Option<tray::Tray>>,
    looked_for: AtomicBool,
    /// What was written last, for a tray that is found after it.
    words: Mutex<Option<TrayWords>>,
    stays_in_tray: AtomicBool,
    asks: AtomicBool,
    chosen: Arc<Mutex<Option<Told<TrayChoice>>>>,
    /// Files that are dragged onto the window.
    pub drops: Drops,
}

impl Desktop {
    /// Looks for a tray, once; without one everything else works all the same.
    pub fn find_tray(&self, app: &AppHandle) {
        if self.looked_for.swap(true, Ordering::Relaxed) {
            return;
        }
        let chosen = Arc::clone(&self.chosen);
        let tell = move |choice| {
            if let Some(window) = &*chosen.lock().unwrap_or_else(PoisonError::into_inner) {
                window.tell(&choice);
            }
        };
        let found = tray::find(app, Box::new(tell));
        if found.is_none() {
            Line::info("no-tray").note();
        }
        let mut tray = self.tray.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((found, words)) =
            found.as_ref().zip(self.words.lock().unwrap_or_else(PoisonError::into_inner).take())
        {
            found.write(words);
        }
        *tray = found;
    }

    pub fn has_tray(&self) -> bool {
        self.tray.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    pub fn stay_in_tray(&self, stays: bool) {
        self.stays_in_tray.store(stays, Ordering::Relaxed);
    }

    pub fn write_tray(&self, words: TrayWords, chosen: Told<TrayChoice>) {
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner) = Some(chosen);
        match &*self.tray.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(tray) => tray.write(words),
            None => *self.words.lock().unwrap_or_else(PoisonError::into_inner) = Some(words),
        }
    }

    /// Puts a question to the person and waits for the answer. While one is open, no other is put: a page that asks and
    /// asks opens one dialog.
    pub fn consents(&self, app: &AppHandle, question: Question) -> Result<bool, AppError> {
        if self.asks.swap(true, Ordering::Relaxed) {
            return Err(HostError::QuestionOpen.into());
        }
        let agreed = window::ask(app, question);
        self.asks.store(false, Ordering::Relaxed);
        Line::info(if agreed { "agreed" } else { "not-agreed" }).note();
        Ok(agreed)
    }

    pub fn offers(&self, app: &AppHandle) -> Offers {
        Offers { tray: self.has_tray(), autostart: app.autolaunch().is_enabled().ok() }
    }
}

/// Closing the window leaves Headroom in the tray, if that is chosen and there is one; what is dragged onto it is told.
pub fn on_window_event(app: &AppHandle, event: &WindowEvent) {
    let desktop = app.state::<Desktop>();
    if let WindowEvent::DragDrop(event) = event {
        desktop.drops.on_event(event);
    }
    if let WindowEvent::CloseRequested { api, .. } = event
        && desktop.stays_in_tray.load(Ordering::Relaxed)
        && desktop.has_tray()
    {
        api.prevent_close();
        window::hide(app);
    }
}

/// Shows a notification, without a sound. A desktop without notifications shows none.
pub fn notify(app: &AppHandle, title: &str, body: &str) {
    let plain = |text: &str| {
        text.chars().filter(|character| !character.is_control()).take(LONGEST).collect::<String>()
    };
    let shown = app.notification().builder().title(plain(title)).body(plain(body)).show();
    if shown.is_err() {
        Line::warn("notification-not-shown").note();
    }
}

/// Starts Headroom with the session, or no longer.
pub fn set_autostart(app: &AppHandle, on: bool) -> Result<(), AppError> {
    let manager = app.autolaunch();
    let done = if on { manager.enable() } else { manager.disable() };
    done.map_err(|_| {
        Line::warn("autostart-unchanged").note();
        HostError::AutostartUnchanged.into()
    })
}
