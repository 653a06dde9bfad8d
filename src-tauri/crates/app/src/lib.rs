//! Use cases, and the answers that the window and the command line show.
//!
//! Data goes one way: a source yields observations, the store appends them, a kind of account folds them through the
//! billing engine into a typed standing, and one answer a view is written from it, last. Nothing here knows the window.

pub mod answers;
pub mod catalog;
pub mod commands;
pub mod error;
pub mod links;

#[macro_use]
mod one_list;

mod account;
mod accounts;
mod acts;
mod alert;
mod bills;
mod breakdown;
mod charged_next;
mod charged_verdict;
mod charges;
mod choices;
mod chores;
mod chosen;
mod clock_behind;
mod data;
mod days;
mod difference;
mod doctor;
mod documents;
mod exported;
mod found;
mod headroom;
mod identities;
mod imports;
mod invoices;
mod kept;
mod kinds;
mod language;
mod logins;
mod machine;
mod moved;
mod place;
mod quoted;
mod receipts;
mod reported;
mod samples;
mod selected;
mod settings;
mod settings_verdict;
mod standings;
mod start;
mod stated;
mod unreadable;
mod usage;
mod vendors;
mod weighed;
mod what_if;
mod whose;

pub use accounts::EachAccount;
pub use documents::{file::Export, language::Language, language::Reader, numbers::Numbers, words};
pub use error::{AppError, ErrorCode};
pub use headroom::Headroom;
pub use imports::{How, IssueChoice};
pub use kinds::organisation::activity::ActivityAnswer;
pub use kinds::person::verdict::of_plan as plan_verdict;
pub use machine::clock::{self, Clock, SystemClock};
pub use machine::process::works;
pub use machine::secrets::{self, SystemKeyring};
pub use machine::{
    instance, log, modes, paths::Paths, process, reports, restarts, room::Kept, save::save, zone,
};
pub use place::{CopyView, Place};

use answers::{
    AccountNumber, AccountSummary, AlertKey, AlertView, ChargedNext, Choice, Due, ExportForm, FactsChange,
    FactsSaved, ImportKind, ImportView, InvoicesView, Kind, OverviewView, PlansView, ProgressView, Recorded,
    RefreshView, SourceView, Standing, StartView, TeamFacts, UsageAsked, UsageQuery, UsageRows, UsageView,
    WhatIf, WhatIfView,
};
use exported::Written;
use headroom_sources::Patience;
use headroom_sources::files::given::Given;
use kinds::person::{describe, plans};
use kinds::{organisation, team};
use std::path::Path;

/// Whether an account of a kind has one balance, which can be too low: an organisation's users have one each.
pub fn has_balance(kind: Kind) -> bool {
    kinds::of(kind).has_balance()
}

/// Every use case. Each is what it is called with, and the place where it is done.
impl Headroom {
    /// Opens the data where `paths` says.
    ///
    /// # Errors
    ///
    /// Where it can't be opened: it is damaged, another program's or a newer version's, or nothing can be read there.
    pub fn open(paths: Paths, clock: Box<dyn Clock>) -> Result<Self, AppError> {
        Place::new(paths, clock).open()
    }

    /// What the window starts with: one answer, so that the first figures need no second question.
    pub fn start(&self, first: Option<AccountNumber>) -> Result<StartView, AppError> {
        start::view(self, first)
    }

    /// All accounts, real ones first, without how they stand.
    pub fn accounts(&self) -> Result<Vec<AccountSummary>, AppError> {
        self.read(|store| accounts::list(store, self.now()))
    }

    /// Every account, real ones first: what is wrong with one keeps no other from being shown.
    pub fn each_account(&self) -> Result<Vec<EachAccount>, AppError> {
        self.read(|store| accounts::each(store, self.now()))
    }

    /// How an account of any kind stands now.
    pub fn standing(&self, account: AccountNumber) -> Result<Standing, AppError> {
        self.read(|store| standings::of(store, account, self.now()))
    }

    /// What all accounts are charged next, each and together.
    pub fn charged_next(&self) -> Result<ChargedNext, AppError> {
        self.read(|store| charged_next::of_all(store, self.now()))
    }

    /// How an account of one person stands now.
    pub fn overview(&self, account: AccountNumber) -> Result<OverviewView, AppError> {
        self.read(|store| standings::of_person(store, account, self.now()))
    }

    /// What an account used.
    pub fn usage(&self, account: AccountNumber, asked: &UsageAsked) -> Result<UsageView, AppError> {
        self.read(|store| kinds::usage(store, account, asked, self.now()))
    }

    /// A page of the rows behind it.
    pub fn usage_rows(&self, account: AccountNumber, query: &UsageQuery) -> Result<UsageRows, AppError> {
        self.read(|store| kinds::usage_rows(store, account, query, self.now()))
    }

    /// The alerts that are due and were not told yet. Of an account that is hidden, or the sample, there is none.
    pub fn alerts(&self) -> Result<Vec<AlertView>, AppError> {
        self.read(|store| standings::alerts(store, self.now()))
    }

    /// Remembers that an alert is told, and with it the lower ones of its kind. False when it was told before.
    pub fn remember_alert(&self, key: &AlertKey) -> Result<bool, AppError> {
        standings::remember_alert(&mut self.store(), key, self.now())
    }

    /// What was charged, period by period, the newest first.
    pub fn invoices(&self, account: AccountNumber) -> Result<InvoicesView, AppError> {
        invoices::of(self, account)
    }

    /// Charges as a file, for the window's reader: of one period (its first day, or its month), or of all. A PDF is of one.
    pub fn export(
        &self,
        account: AccountNumber,
        period: Option<&str>,
        form: ExportForm,
        names: bool,
    ) -> Result<Export, AppError> {
        self.export_in(account, period, form, names, self.read(settings::reader)?)
    }

    /// The same for a reader.
    pub fn export_in(
        &self,
        account: AccountNumber,
        period: Option<&str>,
        form: ExportForm,
        names: bool,
        reader: Reader,
    ) -> Result<Export, AppError> {
        exported::charges(self, account, period, Written { form, names, reader })
    }

    /// The plans beside each other.
    pub fn plans(&self, account: AccountNumber) -> Result<PlansView, AppError> {
        self.read(|store| plans::plans(store, account, self.now()))
    }

    /// Where a pace and changes would lead, with every choice beside the others and the receipt of one.
    pub fn what_if(&self, account: AccountNumber, question: &WhatIf) -> Result<WhatIfView, AppError> {
        what_if::view(self, account, question)
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

    /// The account and what is supposed of it, as a scenario file of the contract.
    pub fn export_what_if(&self, account: AccountNumber, question: &WhatIf) -> Result<Export, AppError> {
        what_if::export(self, account, question)
    }

    /// Opens a scenario file of one person, to suppose things of it as of its own moment.
    pub fn open_what_if(&self, path: &Path) -> Result<(), AppError> {
        self.supposing.open(path)
    }

    /// Computes an organisation's month from a report or a folder of them; nothing of it is kept.
    pub fn activity(path: &Path, country: &str) -> Result<ActivityAnswer, AppError> {
        organisation::activity::of(path, country)
    }

    /// Adds an account, so that there are several of a kind.
    pub fn add_account(&self, kind: Kind, called: Option<&str>) -> Result<AccountSummary, AppError> {
        accounts::add(&mut self.store(), kind, called, self.now())
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

    /// How patient this Headroom is with the vendors; for tests.
    pub const fn set_patience(&mut self, patience: Patience) {
        self.way_out.set_patience(patience);
    }

    /// Whose vendor is to be asked by itself now, and when to look again. Nobody is asked about the sample, a hidden
    /// account, an organisation, without consent, nor on battery where that was chosen.
    pub fn due(&self, hidden: bool) -> Result<Due, AppError> {
        let now = self.now();
        if self.not_writable.is_some() {
            // What a vendor would answer could not be kept.
            return Ok(vendors::schedule::nobody(hidden));
        }
        self.read(|store| vendors::schedule::due(store, &self.paths, &self.way_out, hidden, now))
    }

    /// What whoever is asked about an account is called; none where nobody is.
    pub fn vendor_of(&self, account: AccountNumber) -> Result<Option<&'static str>, AppError> {
        self.read(|store| {
            Ok(vendors::of(&account::find(store, account.into())?)?.map(vendors::vendor::Vendor::called))
        })
    }

    /// Asks the vendor, once, to turn the overage switch. Whether it did is what its figures say afterwards.
    pub fn request_overage(&self, account: AccountNumber, enabled: bool) -> Result<(), AppError> {
        self.refuse_unless_writable()?;
        vendors::switch::request(&self.around(), account.into(), enabled)
    }

    /// Adds an account for each team of the login on this machine that isn't there yet; all that are known then.
    pub fn connect_kilo(&self) -> Result<Vec<AccountSummary>, AppError> {
        self.refuse_unless_writable()?;
        let teams =
            vendors::kilo::connect::connect(&self.around(), &kinds::of(Kind::KiloTeams).called().new)?;
        accounts::named(&self.store(), &teams, self.now())
    }

    /// Keeps a key of Kilo's that somebody pasted in the system's keyring, or forgets it. It goes to Kilo
    /// alone, and into no file of ours.
    pub fn set_kilo_key(&self, key: Option<&str>) -> Result<(), AppError> {
        vendors::kilo::connect::set_key(&self.around(), key)
    }

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
        let given: Vec<_> = path.map(Given::from).into_iter().collect();
        self.import_given(kind, &given, How { account, ..How::default() }, told)
    }

    /// Stops an import that runs: nothing of it is kept.
    pub fn stop_import(&self) {
        self.importing.stop();
    }

    /// Asks once about every account whose vendor may be asked by itself and is due: what comes after a restore.
    pub fn ask_everybody(&self) -> Result<Vec<(String, RefreshView)>, AppError> {
        let due = self.due(false)?;
        let named = self.accounts()?.into_iter().filter(|account| due.accounts.contains(&account.id));
        named.map(|account| Ok((account.name, self.refresh(account.id, false, false)?))).collect()
    }

    /// Every source with its state. Nothing is asked of anybody, and no token is looked at closer than
    /// whether it is there and for how long it is good.
    pub fn doctor(&self) -> Result<Vec<SourceView>, AppError> {
        Ok(doctor::sources(&self.around()))
    }

    /// That this machine's clock is before what was recorded last, if it is by more than a minute and that wasn't said
    /// before.
    pub fn clock_behind(&self) -> Result<Option<headroom_exact::Saying>, AppError> {
        self.read(|store| clock_behind::saying(store, self.now()))
    }

    /// Remembers that it was said.
    pub fn clock_behind_is_said(&self) -> Result<(), AppError> {
        clock_behind::remember(&mut self.store(), self.now())
    }

    /// Makes a choice.
    pub fn choose(&self, choice: &Choice) -> Result<(), AppError> {
        settings::choose(&mut self.store(), choice)
    }

    /// Whether closing the window leaves Headroom in the tray.
    pub fn closes_to_tray(&self) -> bool {
        settings::closes_to_tray(&self.store()).unwrap_or(false)
    }

    /// What a copy of the data would be called.
    pub fn data_file_name(&self, ending: &str) -> String {
        data::file_name(self.now(), ending)
    }

    /// Writes a copy of the database: opened in its place, everything is as it was.
    pub fn back_up(&self, path: &Path) -> Result<(), AppError> {
        data::back_up(&self.paths().database(), path)
    }

    /// Writes every record as a line of JSON. How many lines.
    pub fn export_all(&self, path: &Path) -> Result<u64, AppError> {
        data::export_all(&self.paths().database(), path)
    }

    /// Deletes everything Headroom knows: accounts, records, choices, and the pasted key in the system's keyring.
    pub fn delete_all(&self) -> Result<(), AppError> {
        data::delete_all(self)
    }
}
