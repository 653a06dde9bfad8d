//! Where commands run: a queue for each thing that can be waited for, so that none waits behind another kind.

use crate::machine::log::Line;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What a command may have to wait for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lane {
    /// Nothing but our own data, which is read.
    Answer,
    /// The place of the one who writes to our own data.
    Change,
    /// A vendor's service or program, or the system's keyring.
    Vendor,
    /// The desktop: its browser, its tray, its start-up list.
    Desktop,
    /// A person at a dialog, and then a file or a folder.
    File,
    /// A person who is asked whether it is to be done, and then whatever doing it waits for.
    Question,
}

impl Lane {
    /// So many of a lane run at once; the next ones wait for their turn.
    const fn width(self) -> usize {
        match self {
            // They take turns at the store anyway.
            Self::Change => 1,
            Self::Answer | Self::Desktop => 4,
            Self::File => 8,
            // One account is asked once at a time, so this is how many accounts are asked at once.
            Self::Vendor => 16,
            // One question is open at a time; what else waits here was agreed to.
            Self::Question => 16,
        }
    }
}

/// A piece of work. It doesn't panic: it looks after that itself.
type Work = Box<dyn FnOnce() + Send>;

/// Every lane.
#[derive(Default)]
pub(super) struct Lanes {
    answer: Arc<Queue>,
    change: Arc<Queue>,
    vendor: Arc<Queue>,
    desktop: Arc<Queue>,
    file: Arc<Queue>,
    question: Arc<Queue>,
}

impl Lanes {
    /// Runs `work` in a lane, when it has room.
    pub fn run(&self, lane: Lane, work: Work) {
        let queue = match lane {
            Lane::Answer => &self.answer,
            Lane::Change => &self.change,
            Lane::Vendor => &self.vendor,
            Lane::Desktop => &self.desktop,
            Lane::File => &self.file,
            Lane::Question => &self.question,
        };
        queue.add(lane, work);
    }
}

#[derive(Default)]
struct Queue(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    work: VecDeque<Work>,
    threads: usize,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread lives as long as there is work: an idle Headroom keeps none.
    fn add(self: &Arc<Self>, lane: Lane, work: Work) {
        let mut waiting = self.lock();
        waiting.work.push_back(work);
        if waiting.threads < lane.width() {
            let queue = Arc::clone(self);
            let started = thread::Builder::new().name(format!("{lane:?}")).spawn(move || queue.work_off());
            match started {
                Ok(_) => waiting.threads = waiting.threads.saturating_add(1),
                // It stays in the queue: the lane's other threads, or the one of the next command, will take it.
                Err(error) => Line::error("no-thread-for-a-command").why(error).note(),
            }
        }
    }

    fn work_off(&self) {
        while let Some(work) = self.next() {
            work();
        }
    }

    fn next(&self) -> Option<Work> {
        let mut waiting = self.lock();
        let next = waiting.work.pop_front();
        if next.is_none() {
            waiting.threads = waiting.threads.saturating_sub(1);
        }
        next
    }
}
