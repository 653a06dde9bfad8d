//! What changes the records, brings something in or out, or asks somebody outside. Each use case is what it is called with,
//! and the place where it is done.

use crate::answers::{
    AccountNumber, AccountSummary, AlertKey, ArrivedView, Choice, FactsChange, FactsSaved, ImportKind,
    ImportView, Kind, LoginsView, NoticedView, PoolStated, ProgressView, RecordNumber, Recorded, RefreshView,
    TeamFacts, WhatIf,
};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::imports::{How, arrived, followed};
use crate::kinds::person::{describe, repriced, stating};
use crate::kinds::team;
use crate::machine::clock::Clock;
use crate::machine::paths::Paths;
use crate::machine::room::{self, Kept};
use crate::machine::secrets::Secrets;
use crate::place::Place;
use crate::{accounts, clock_behind, data, refreshing, samples, settings, standings, vendors, what_if};
use headroom_sources::Patience;
use headroom_sources::files::given::Given;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How it is opened.
impl Headroom {
    /// Opens the data where `paths` says.
    ///
    /// # Errors
    ///
    /// Where it can't be opened: it is damaged, another program's or a newer version's, or nothing can be read there.
    pub fn open(paths: Paths, clock: Box<dyn Clock>) -> Result<Self, AppError> {
        Place::new(paths, clock).open()
    }

    /// The same with a keyring.
    #[must_use]
    pub fn with_secrets(self, secrets: Box<dyn Secrets>) -> Self {
        Self { secrets, ..self }
    }

    /// How patient this Headroom is with the vendors; for tests.
    pub const fn set_patience(&mut self, patience: Patience) {
        self.way_out.set_patience(patience);
    }
}

/// Which accounts there are.
impl Headroom {
    /// Adds an account, so that there are several of a kind.
    pub fn add_account(&self, kind: Kind, called: Option<&str>) -> Result<AccountSummary, AppError> {
        accounts::add(&mut self.store(), kind, called, self.now())
    }

    /// Opens the sample of a kind, made anew if it isn't there.
    pub fn open_sample(&self, kind: Kind) -> Result<AccountSummary, AppError> {
        samples::open(&mut self.store(), kind, self.now())
    }

    /// Gives an account another name.
    pub fn rename_account(&self, account: AccountNumber, to: &str) -> Result<(), AppError> {
        accounts::rename(&mut self.store(), account, to)
    }

    /// Keeps an account out of the list, or no longer. Its records stay; nobody is asked about it meanwhile.
    pub fn hide_account(&self, account: AccountNumber, hidden: bool) -> Result<(), AppError> {
        accounts::hide(&mut self.store(), account, hidden)
    }

    /// Removes an account with everything recorded about it. For an hour that can be taken back; then, when Headroom is
    /// opened, it is deleted.
    pub fn remove_account(&self, account: AccountNumber) -> Result<(), AppError> {
        accounts::remove(&mut self.store(), account, self.now())
    }

    /// Takes back that an account was removed.
    pub fn restore_account(&self, account: AccountNumber) -> Result<(), AppError> {
        accounts::restore(&mut self.store(), account)
    }

    /// Removes an account for good.
    pub fn delete_account(&self, account: AccountNumber) -> Result<(), AppError> {
        accounts::delete(&mut self.store(), account, self.now())
    }
}

/// What owners state and record of theirs.
impl Headroom {
    /// States facts of an account of one person, of the first one without a number, which is made if it isn't there.
    /// What isn't stated stays as it is. Nothing is recorded when the facts can't be true.
    pub fn save_facts(
        &self,
        account: Option<AccountNumber>,
        change: &FactsChange,
    ) -> Result<FactsSaved, AppError> {
        describe::save_facts(&mut self.store(), account, change, self.now())
    }

    /// States the facts of a team. Nothing is recorded when they can't be true.
    pub fn save_team_facts(
        &self,
        account: AccountNumber,
        facts: &TeamFacts,
    ) -> Result<AccountSummary, AppError> {
        team::describe::save_facts(&mut self.store(), account, facts, self.now())
    }

    /// Records that the overage switch is turned, if the rules allow it (K5). The vendor is not told.
    pub fn set_overage(&self, account: AccountNumber, enabled: bool) -> Result<Option<Recorded>, AppError> {
        describe::set_overage(&mut self.store(), account, enabled, self.now())
    }

    /// Records that the plan was changed at the vendor, if the rules allow it (K7, K12).
    pub fn change_plan(&self, account: AccountNumber, plan: &str) -> Result<Recorded, AppError> {
        describe::change_plan(&mut self.store(), account, plan, self.now())
    }

    /// States a pack or a grant.
    pub fn state_pool(&self, account: AccountNumber, pool: &PoolStated) -> Result<Recorded, AppError> {
        stating::state(&mut self.store(), account, pool, self.now())
    }

    /// Takes back what was recorded of one person's account under a number; taking that back makes it count again.
    pub fn undo_record(&self, account: AccountNumber, record: RecordNumber) -> Result<Recorded, AppError> {
        stating::undo(&mut self.store(), account, record, self.now())
    }

    /// Keeps a question under a name; one of the same name is replaced.
    pub fn save_what_if(
        &self,
        account: AccountNumber,
        name: &str,
        question: &WhatIf,
    ) -> Result<(), AppError> {
        what_if::save(self, account, name, question)
    }

    /// Forgets a question that was kept.
    pub fn forget_what_if(&self, account: AccountNumber, name: &str) -> Result<(), AppError> {
        what_if::forget(&mut self.store(), account, name)
    }

    /// Opens a scenario file of one person, to suppose things of it as of its own moment.
    pub fn open_what_if(&self, path: &Path) -> Result<(), AppError> {
        self.supposing.open(path)
    }

    /// Makes a choice.
    pub fn choose(&self, choice: &Choice) -> Result<(), AppError> {
        settings::choose(&mut self.store(), choice)
    }
}

/// What was told is remembered, so that it is told once.
impl Headroom {
    /// Remembers that an alert is told, and with it the lower ones of its kind. False when it was told before.
    pub fn remember_alert(&self, key: &AlertKey) -> Result<bool, AppError> {
        standings::remember_alert(&mut self.store(), key, self.now())
    }

    /// Doesn't tell again what past months are charged otherwise by the price lists in force.
    pub fn put_away_repriced(&self, account: AccountNumber) -> Result<(), AppError> {
        repriced::put_away(&mut self.store(), account, repriced::Place::Window, self.now())
    }

    /// Remembers that the command line told it.
    pub fn told_repriced(&self, account: AccountNumber) -> Result<(), AppError> {
        repriced::put_away(&mut self.store(), account, repriced::Place::Terminal, self.now())
    }

    /// Remembers that it was said that this machine's clock is behind.
    pub fn clock_behind_is_said(&self) -> Result<(), AppError> {
        clock_behind::remember(&mut self.store(), self.now())
    }
}

/// Vendors, who are asked.
impl Headroom {
    /// Asks the vendor for an account's figures: by hand not too soon after the last time, by itself only if somebody
    /// agreed to that once and it is due. A failure is kept beside the last good answer, and is no error.
    pub fn refresh(
        &self,
        account: AccountNumber,
        by_hand: bool,
        hidden: bool,
    ) -> Result<RefreshView, AppError> {
        refreshing::refresh(self, account, by_hand, hidden)
    }

    /// Asks once about every account whose vendor may be asked by itself and is due: what comes after a restore.
    pub fn ask_everybody(&self) -> Result<Vec<(String, RefreshView)>, AppError> {
        refreshing::everybody(self)
    }

    /// Has an account go by a login of its list, by its key, whatever it went by before.
    pub fn choose_login(&self, account: AccountNumber, key: &str) -> Result<LoginsView, AppError> {
        refreshing::choose_login(self, account, key)
    }

    /// Asks the vendor, once, to turn the overage switch. Whether it did is what its figures say afterwards.
    pub fn request_overage(&self, account: AccountNumber, enabled: bool) -> Result<(), AppError> {
        refreshing::request_overage(self, account, enabled)
    }

    /// Adds an account for each team of the login on this machine that isn't there yet; all that are known then.
    pub fn connect_kilo(&self) -> Result<Vec<AccountSummary>, AppError> {
        refreshing::connect_kilo(self)
    }

    /// Keeps a key of Kilo's that somebody pasted in the system's keyring, or forgets it. It goes to Kilo
    /// alone, and into no file of ours.
    pub fn set_kilo_key(&self, key: Option<&str>) -> Result<(), AppError> {
        vendors::kilo::connect::set_key(&self.around(), key)
    }
}

/// Files, which are imported.
impl Headroom {
    /// Imports what lies at `path`, a file or a folder, else where it usually lies, into `account`, else into
    /// the first account that it belongs to. Rows that can't be read are named and left out; a file of
    /// another kind is refused; what is there already is not added again. `told` hears how far it is.
    pub fn import(
        &self,
        kind: ImportKind,
        path: Option<&Path>,
        account: Option<AccountNumber>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        arrived::at_path(self, kind, path, account, told)
    }

    /// The same of several files and folders, and as somebody wants it done.
    pub fn import_given(
        &self,
        kind: ImportKind,
        given: &[Given],
        how: How<'_>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        arrived::as_kind(self, kind, given, how, told)
    }

    /// Imports what was given as what it is, each kind of file for itself: one that fails keeps no other out. What is
    /// nothing that is imported is named.
    pub fn import_as_it_is(
        &self,
        given: &[Given],
        how: How<'_>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ArrivedView, AppError> {
        arrived::as_it_is(self, (given, None), how, told)
    }

    /// Says what importing these files and folders would do; they are kept for [`Headroom::bring`].
    pub fn look(
        &self,
        paths: &[PathBuf],
        account: Option<AccountNumber>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ArrivedView, AppError> {
        arrived::look(self, paths, account, told)
    }

    /// Imports one kind of what was looked at last; of the issues that nothing tells apart, in their order, those in these
    /// places count, each of its month and payer.
    pub fn bring(
        &self,
        looked_at: (u32, ImportKind),
        places: &[u32],
        account: Option<AccountNumber>,
        told: &dyn Fn(ProgressView),
    ) -> Result<ImportView, AppError> {
        arrived::bring(self, looked_at, places, account, told)
    }

    /// Keeps what can be read once alone, such as standard input, under that name for as long as it is imported.
    pub fn keep_input(&self, input: &mut dyn Read, called: &str) -> Result<Kept, AppError> {
        room::keep(input, called, &self.paths)
    }

    /// Stops an import that runs: nothing of it is kept.
    pub fn stop_import(&self) {
        self.importing.stop();
    }

    /// Looks once for sessions that are new or were written to, and imports them where it is time. What came of it, if
    /// anything did: whose figures are new, or why there are none, which is told once.
    pub fn notice_sessions(&self) -> Option<NoticedView> {
        followed::notice(self)
    }
}

/// All of it at once.
impl Headroom {
    /// Writes a copy of the database: opened in its place, everything is as it was.
    pub fn back_up(&self, path: &Path) -> Result<(), AppError> {
        data::back_up(&self.paths.database(), path)
    }

    /// Writes every record as a line of JSON. How many lines.
    pub fn export_all(&self, path: &Path) -> Result<u64, AppError> {
        data::export_all(&self.paths.database(), path)
    }

    /// Deletes everything Headroom knows: accounts, records, choices, and the pasted key in the system's keyring.
    pub fn delete_all(&self) -> Result<(), AppError> {
        data::delete_all(self)
    }
}
