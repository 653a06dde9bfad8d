//! Looks for new sessions while Headroom runs, on a thread of its own, and tells the window of them.

use crate::backend::Backend;
use crate::background::in_background;
use headroom_app::answers::NoticedView;
use headroom_app::commands::Told;
use headroom_app::reports::guarded;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager};

/// How long it rests between two looks at least: a session that came right after one is imported within a minute.
const REST: Duration = Duration::from_secs(15);
/// It rests this many times as long as a look took, where there are so many sessions that one takes long.
const TIMES: u32 = 250;
/// And no longer than this: then two looks and an import are over within a minute.
const LONGEST_REST: Duration = Duration::from_secs(25);

/// Who hears of new sessions, and what ends looking for them.
#[derive(Default)]
pub struct Sessions {
    heard: Mutex<Option<Told<NoticedView>>>,
    ends: Mutex<Option<Sender<()>>>,
}

impl Sessions {
    /// Whoever asked last is told.
    pub fn watch(&self, heard: Told<NoticedView>) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(heard);
    }

    /// Looks for them from now on.
    pub fn begin(app: &AppHandle) {
        let (ends, ended) = mpsc::channel();
        *app.state::<Self>().ends.lock().unwrap_or_else(PoisonError::into_inner) = Some(ends);
        let app = app.clone();
        in_background("sessions", move || look_until(&ended, || app.state::<Self>().look(&app)));
    }

    /// Looks no longer.
    pub fn end(&self) {
        *self.ends.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether anything came of a look.
    fn look(&self, app: &AppHandle) -> bool {
        // Data that couldn't be opened is opened again when somebody asks for it, and not for this.
        let noticed = app.state::<Backend>().if_open().and_then(|headroom| headroom.notice_sessions());
        if let Some(noticed) = &noticed
            && let Some(heard) = &*self.heard.lock().unwrap_or_else(PoisonError::into_inner)
        {
            heard.tell(noticed);
        }
        noticed.is_some()
    }
}

/// Looks now and then, until that ends.
fn look_until(ended: &Receiver<()>, look: impl Fn() -> bool) {
    let mut rest = REST;
    while ended.recv_timeout(rest) == Err(RecvTimeoutError::Timeout) {
        let began = Instant::now();
        // A mistake in one look is reported; the next is another.
        let came = guarded("background", "sessions", &look).unwrap_or(false);
        // An import isn't what a look takes.
        rest = if came { REST } else { began.elapsed().saturating_mul(TIMES).clamp(REST, LONGEST_REST) };
    }
}
