//! Files that are dragged onto the window. Where they lie comes from the system and stays here: the page is told how many
//! there are, and asks for what came of them.

use headroom_app::answers::DropView;
use headroom_app::commands::Told;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use tauri::DragDropEvent;

/// What was dropped last, and who hears of it.
#[derive(Default)]
pub struct Drops {
    heard: Mutex<Option<Told<DropView>>>,
    dropped: Mutex<Vec<PathBuf>>,
}

impl Drops {
    /// Whoever asked last is told.
    pub fn watch(&self, heard: Told<DropView>) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(heard);
    }

    /// What was dropped last, once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.dropped.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the system says of a drag.
    pub fn on_event(&self, event: &DragDropEvent) {
        let count = |paths: &[PathBuf]| u32::try_from(paths.len()).unwrap_or(u32::MAX);
        let view = if let DragDropEvent::Enter { paths, .. } = event {
            DropView::Over { files: count(paths) }
        } else if let DragDropEvent::Drop { paths, .. } = event {
            self.dropped.lock().unwrap_or_else(PoisonError::into_inner).clone_from(paths);
            if paths.is_empty() { DropView::Gone } else { DropView::Dropped { files: count(paths) } }
        } else if let DragDropEvent::Leave = event {
            DropView::Gone
        } else {
            return;
        };
        if let Some(heard) = &*self.heard.lock().unwrap_or_else(PoisonError::into_inner) {
            heard.tell(&view);
        }
    }
}
