//! What is asked of the records: nothing here writes, and nobody outside is asked. Each use case is what it is called with,
//! and the place where it is done.

use crate::accounts::{self, EachAccount};
use crate::answers::{
    AccountNumber, AccountSummary, AlertView, Breakdown, BreakdownBy, ChargedNext, Due, ExportForm,
    HistoryEntry, InvoicesView, LoginsView, OverviewView, PlansView, SeatChange, SeatReceipt, SourceView,
    Standing, StartView, StatedPools, TopUpReceipt, UsageAsked, UsageQuery, UsageRows, UsageView, UserNamed,
    WhatIf, WhatIfView,
};
use crate::documents::file::Export;
use crate::documents::language::Reader;
use crate::documents::where_credits_went;
use crate::error::AppError;
use crate::exported::{self, Written};
use crate::headroom::Headroom;
use crate::kinds::organisation::activity::{self, ActivityAnswer};
use crate::kinds::person::{plans, stating};
use crate::kinds::team::{buying, seats};
use crate::machine::paths::Paths;
use crate::{
    breakdown, catalog, charged_next, clock_behind, data, doctor, invoices, kinds, moved, refreshing,
    selected, settings, standings, start, vendors, what_if,
};
use chrono::NaiveDate;
use headroom_exact::Saying;
use std::path::Path;

impl Headroom {
    /// Where this Headroom keeps and looks for things.
    pub const fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Why nothing can be written; none where something can, or nobody tried.
    pub fn not_writable(&self) -> Option<Saying> {
        self.why_not_writable()
    }

    /// Whether the data is damaged, no copy of it is good, and only what can be read of it is shown.
    pub fn is_in_safe_mode(&self) -> bool {
        self.is_damaged()
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

    /// How an account stood in a month: YYYY-MM.
    pub fn standing_in(&self, account: AccountNumber, month: &str) -> Result<Standing, AppError> {
        self.read(|store| standings::in_month(store, account, month, self.now()))
    }

    /// How an account of one person stands now.
    pub fn overview(&self, account: AccountNumber) -> Result<OverviewView, AppError> {
        self.read(|store| standings::of_person(store, account, self.now()))
    }

    /// What all accounts are charged next, each and together.
    pub fn charged_next(&self) -> Result<ChargedNext, AppError> {
        self.read(|store| charged_next::of_all(store, self.now()))
    }

    /// The alerts that are due and were not told yet. Of an account that is hidden, or the sample, there is none.
    pub fn alerts(&self) -> Result<Vec<AlertView>, AppError> {
        self.read(|store| standings::alerts(store, self.now()))
    }

    /// What an account used.
    pub fn usage(&self, account: AccountNumber, asked: &UsageAsked) -> Result<UsageView, AppError> {
        self.read(|store| kinds::usage(store, account, asked, self.now()))
    }

    /// A page of the rows behind it.
    pub fn usage_rows(&self, account: AccountNumber, query: &UsageQuery) -> Result<UsageRows, AppError> {
        self.read(|store| kinds::usage_rows(store, account, query, self.now()))
    }

    /// Every row of what is selected of the usage, as a table for spreadsheets.
    pub fn export_usage(&self, account: AccountNumber, query: &UsageQuery) -> Result<Export, AppError> {
        self.read(|store| selected::table(store, account, query, self.now()))
    }

    /// Where an account's credits went, or dollars, between two days, both included: none is from the month's first, and up to
    /// today; by what is usual for such an account where nobody says by what.
    pub fn breakdown(
        &self,
        account: AccountNumber,
        by: impl Into<Option<BreakdownBy>>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Breakdown, AppError> {
        self.read(|store| breakdown::of(store, account, by.into(), (from, to), self.now()))
    }

    /// The same as a table for spreadsheets.
    pub fn breakdown_csv(breakdown: &Breakdown) -> Vec<u8> {
        where_credits_went::table(breakdown)
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
        exported::for_the_window(self, account, period, form, names)
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

    /// What is to be done about some users of an organisation, by how it stood in a month, as a file. Who is not told to
    /// move, and holds no licence that nobody uses, is left out.
    pub fn export_moves(
        &self,
        account: AccountNumber,
        month: &str,
        chosen: &[UserNamed],
        form: ExportForm,
    ) -> Result<Export, AppError> {
        moved::export(self, account, month, chosen, form)
    }

    /// The plans beside each other.
    pub fn plans(&self, account: AccountNumber) -> Result<PlansView, AppError> {
        self.read(|store| plans::plans(store, account, self.now()))
    }

    /// What a plan of that id is called; the id itself where no list has it.
    pub fn plan_name(id: &str) -> &str {
        catalog::plan_name(id)
    }

    /// Where a pace and changes would lead, with every choice beside the others and the receipt of one.
    pub fn what_if(&self, account: AccountNumber, question: &WhatIf) -> Result<WhatIfView, AppError> {
        what_if::view(self, account, question)
    }

    /// The account and what is supposed of it, as a scenario file of the contract.
    pub fn export_what_if(&self, account: AccountNumber, question: &WhatIf) -> Result<Export, AppError> {
        what_if::export(self, account, question)
    }

    /// Computes an organisation's month from a report or a folder of them; nothing of it is kept.
    pub fn activity(path: &Path, country: &str) -> Result<ActivityAnswer, AppError> {
        activity::of(path, country)
    }

    /// The packs and grants that the owner of one person's account stated.
    pub fn pools(&self, account: AccountNumber) -> Result<StatedPools, AppError> {
        self.read(|store| stating::pools(store, account, self.now()))
    }

    /// What the owner of an account recorded of it, the newest first.
    pub fn history(&self, account: AccountNumber) -> Result<Vec<HistoryEntry>, AppError> {
        self.read(|store| kinds::history(store, account, self.now()))
    }

    /// What adding or removing seats of a team would do now: the same preview as the contract's.
    pub fn seat_receipt(&self, account: AccountNumber, change: SeatChange) -> Result<SeatReceipt, AppError> {
        self.read(|store| seats::receipt(store, account, change, self.now()))
    }

    /// What buying credits would do now; without an amount the smallest that lasts a month more.
    pub fn top_up_receipt(
        &self,
        account: AccountNumber,
        amount: Option<&str>,
    ) -> Result<TopUpReceipt, AppError> {
        self.read(|store| buying::receipt(store, account, amount, self.now()))
    }

    /// Whose vendor is to be asked by itself now, and when to look again. Nobody is asked about the sample, a hidden
    /// account, an organisation, without consent, nor on battery where that was chosen.
    pub fn due(&self, hidden: bool) -> Result<Due, AppError> {
        refreshing::due(self, hidden)
    }

    /// What whoever is asked about an account is called; none where nobody is.
    pub fn vendor_of(&self, account: AccountNumber) -> Result<Option<&'static str>, AppError> {
        self.read(|store| refreshing::vendor_of(store, account))
    }

    /// The logins that an account may go by, and what each would give. Nobody is asked.
    pub fn logins(&self, account: AccountNumber) -> Result<LoginsView, AppError> {
        vendors::login::list(&self.around(), account)
    }

    /// Every source with its state. Nothing is asked of anybody, and no token is looked at closer than
    /// whether it is there and for how long it is good.
    pub fn doctor(&self) -> Result<Vec<SourceView>, AppError> {
        Ok(doctor::sources(&self.around()))
    }

    /// That this machine's clock is before what was recorded last, if it is by more than a minute and that wasn't said
    /// before.
    pub fn clock_behind(&self) -> Result<Option<Saying>, AppError> {
        self.read(|store| clock_behind::saying(store, self.now()))
    }

    /// Whether closing the window leaves Headroom in the tray.
    pub fn closes_to_tray(&self) -> bool {
        self.read(settings::closes_to_tray).unwrap_or(false)
    }

    /// What a copy of the data would be called.
    pub fn data_file_name(&self, ending: &str) -> String {
        data::file_name(self.now(), ending)
    }
}
