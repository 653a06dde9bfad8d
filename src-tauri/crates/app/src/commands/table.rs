//! Every command, in the order in which the window meets them. The work is done elsewhere.

#![expect(clippy::unnecessary_wraps, reason = "commands that can't fail are called as the others are")]

use super::asked::{done_if, save_where_asked, write_where_asked};
use super::command::Command;
use super::consent;
use super::host::{FromWindow, Host, Told};
use super::lanes::Lane;
use super::signature::{self, Argument, Signature};
use crate::answers::{
    AccountNumber, AccountSummary, AlertKey, AlertView, ArrivedView, ChargedNext, Choice, DropView, Due,
    ExportForm, FactsChange, FactsSaved, HistoryEntry, ImportFrom, ImportKind, ImportView, InvoicesView,
    Kind, Link, LoginsView, NoticedView, Offers, Phrases, PlansView, PoolStated, ProgressView, RecordNumber,
    Recorded, RefreshView, ReportView, RestoredView, SeatChange, SeatReceipt, ShownTable, Standing,
    StartView, StatedPools, TeamFacts, TopUpReceipt, TrayChoice, TrayWords, UsageAsked, UsageQuery,
    UsageRows, UsageView, UserNamed, WhatIf, WhatIfView,
};
use crate::documents::language::Language;
use crate::documents::shown_table;
use crate::error::AppError;
use ts_rs::{Config, ExportError, TS};

commands! {
    /// What the window starts with, in one answer.
    Answer fn start(host) -> StartView {
        // First: data that could only be read is opened anew for it, in case it can be written by now.
        let first = host.first_account()?;
        let view = host.headroom()?.start(first)?;
        // Before the page draws its first figures.
        host.zoom(view.settings.zoom);
        Ok(view)
    }

    /// What the engine says too, in a language by its tag.
    Answer fn phrases(_host, language: String) -> Phrases {
        Ok(Language::chosen(Some(&language)).phrases())
    }

    /// The page has its first figures: the window may be seen.
    Answer fn reveal(host) -> () {
        host.reveal();
        Ok(())
    }

    /// They are on the screen.
    Answer fn painted(host, summary: String) -> () {
        host.painted(&summary);
        Ok(())
    }

    /// How an account of any kind stands.
    Answer fn overview(host, account: AccountNumber) -> Standing {
        host.headroom()?.standing(account)
    }

    /// How an account stood in a month.
    Answer fn standing_in(host, account: AccountNumber, month: String) -> Standing {
        host.headroom()?.standing_in(account, &month)
    }

    /// What all accounts are charged next, each and together.
    Answer fn charged_next(host) -> ChargedNext {
        host.headroom()?.charged_next()
    }

    /// The account on every plan, and its last months on them.
    Answer fn plans(host, account: AccountNumber) -> PlansView {
        host.headroom()?.plans(account)
    }

    /// What was charged, period by period.
    Answer fn invoices(host, account: AccountNumber) -> InvoicesView {
        host.headroom()?.invoices(account)
    }

    /// Saves charges where a dialog says; the path, or null when it was cancelled.
    File fn save_invoices(host, account: AccountNumber, period: Option<String>, form: ExportForm, names: bool) -> Option<String> {
        save_where_asked(host, &host.headroom()?.export(account, period.as_deref(), form, names)?)
    }

    /// Saves what is to be done about some users of an organisation where a dialog says; the path, or null when it was
    /// cancelled.
    File fn save_moves(host, account: AccountNumber, month: String, users: Vec<UserNamed>, form: ExportForm) -> Option<String> {
        save_where_asked(host, &host.headroom()?.export_moves(account, &month, &users, form)?)
    }

    /// What was used, by the day, the model and whoever used it.
    Answer fn usage(host, account: AccountNumber, asked: UsageAsked) -> UsageView {
        host.headroom()?.usage(account, &asked)
    }

    /// One page of what was used, task by task.
    Answer fn usage_rows(host, account: AccountNumber, query: UsageQuery) -> UsageRows {
        host.headroom()?.usage_rows(account, &query)
    }

    /// Saves what is selected of the usage as a table where a dialog says; the path, or null when it was cancelled.
    File fn save_usage(host, account: AccountNumber, query: UsageQuery) -> Option<String> {
        save_where_asked(host, &host.headroom()?.export_usage(account, &query)?)
    }

    /// Saves a table that is shown where a dialog says; the path, or null when it was cancelled.
    File fn save_table(host, table: ShownTable) -> Option<String> {
        save_where_asked(host, &shown_table::written(&table)?)
    }

    /// Where a pace and changes would lead, beside every other choice.
    Answer fn what_if(host, account: AccountNumber, question: WhatIf) -> WhatIfView {
        host.headroom()?.what_if(account, &question)
    }

    /// Keeps what is supposed under a name; one of the same name is replaced.
    Change fn save_what_if(host, account: AccountNumber, name: String, question: WhatIf) -> () {
        host.headroom()?.save_what_if(account, &name, &question)
    }

    /// Forgets what was kept under a name.
    Change fn forget_what_if(host, account: AccountNumber, name: String) -> () {
        host.headroom()?.forget_what_if(account, &name)
    }

    /// Saves what is supposed as a scenario file; the path, or null when it was cancelled.
    File fn export_what_if(host, account: AccountNumber, question: WhatIf) -> Option<String> {
        save_where_asked(host, &host.headroom()?.export_what_if(account, &question)?)
    }

    /// Opens a scenario file; false when that was cancelled.
    File fn open_what_if(host) -> bool {
        let headroom = host.headroom()?;
        let Some(path) = host.choose_source()? else { return Ok(false) };
        headroom.open_what_if(&path).map(|()| true)
    }

    /// What adding or removing seats would do.
    Answer fn seat_receipt(host, account: AccountNumber, change: SeatChange) -> SeatReceipt {
        host.headroom()?.seat_receipt(account, change)
    }

    /// What buying credits would charge and how long they would last; none is the least that lasts a month more.
    Answer fn top_up_receipt(host, account: AccountNumber, amount: Option<String>) -> TopUpReceipt {
        host.headroom()?.top_up_receipt(account, amount.as_deref())
    }

    /// Records that the overage switch was turned, unless it is in that position. It turns nothing at the vendor.
    Change fn set_overage(host, account: AccountNumber, enabled: bool) -> Option<Recorded> {
        host.headroom()?.set_overage(account, enabled)
    }

    /// Asks Kiro itself, once, if the person agrees in a dialog of the system's; its figures say later whether it did it.
    Question fn request_overage(host, account: AccountNumber, enabled: bool) -> bool {
        let agreed = consent::to_turn_the_switch(host, account, enabled)?;
        done_if(agreed, || host.headroom()?.request_overage(account, enabled))
    }

    /// Whose vendor is to be asked by itself now, and when to look again.
    Answer fn due(host, hidden: bool) -> Due {
        host.headroom()?.due(hidden)
    }

    /// Asks the vendor for the account's figures: by hand, or because it is due.
    Vendor fn refresh(host, account: AccountNumber, by_hand: bool, hidden: bool) -> RefreshView {
        host.headroom()?.refresh(account, by_hand, hidden)
    }

    /// The logins that the account may go by, and what each would give.
    Answer fn logins(host, account: AccountNumber) -> LoginsView {
        host.headroom()?.logins(account)
    }

    /// Has the account go by one of them.
    Change fn choose_login(host, account: AccountNumber, key: String) -> LoginsView {
        host.headroom()?.choose_login(account, &key)
    }

    /// Changes one of the settings.
    Change fn choose(host, choice: Choice) -> () {
        host.headroom()?.choose(&choice)?;
        if let Choice::CloseToTray(stays) = choice {
            host.stay_in_tray(stays);
        }
        if let Choice::Zoom(percent) = choice {
            host.zoom(percent);
        }
        Ok(())
    }

    /// Asks Kilo which teams its login is in; each becomes an account.
    Vendor fn connect_kilo(host) -> Vec<AccountSummary> {
        host.headroom()?.connect_kilo()
    }

    /// Keeps a pasted key in the system's keyring, if the person agrees; null forgets it. False when the person didn't agree.
    Question fn set_kilo_key(host, key: Option<String>) -> bool {
        let agreed = key.is_none() || consent::to_keep_a_key(host)?;
        done_if(agreed, || host.headroom()?.set_kilo_key(key.as_deref()))
    }

    /// Adds an account of a kind.
    Change fn add_account(host, billing: Kind, called: Option<String>) -> AccountSummary {
        host.headroom()?.add_account(billing, called.as_deref())
    }

    /// Gives an account another name.
    Change fn rename_account(host, account: AccountNumber, name: String) -> () {
        host.headroom()?.rename_account(account, &name)
    }

    /// Hides an account, or shows it again.
    Change fn hide_account(host, account: AccountNumber, hidden: bool) -> () {
        host.headroom()?.hide_account(account, hidden)
    }

    /// Records what the owner of a team says of it.
    Change fn save_team_facts(host, account: AccountNumber, facts: TeamFacts) -> AccountSummary {
        host.headroom()?.save_team_facts(account, &facts)
    }

    /// Records that the plan was changed.
    Change fn change_plan(host, account: AccountNumber, plan: String) -> Recorded {
        host.headroom()?.change_plan(account, &plan)
    }

    /// Records what the owner of an account says of it; with null, of a new one.
    Change fn save_facts(host, account: Option<AccountNumber>, change: FactsChange) -> FactsSaved {
        host.headroom()?.save_facts(account, &change)
    }

    /// The packs and grants that the owner of an account stated.
    Answer fn pools(host, account: AccountNumber) -> StatedPools {
        host.headroom()?.pools(account)
    }

    /// States a pack or a grant.
    Change fn state_pool(host, account: AccountNumber, pool: PoolStated) -> Recorded {
        host.headroom()?.state_pool(account, &pool)
    }

    /// What the owner of an account recorded of it, the newest first.
    Answer fn history(host, account: AccountNumber) -> Vec<HistoryEntry> {
        host.headroom()?.history(account)
    }

    /// Takes back what was recorded under a number; taking that back makes it count again.
    Change fn undo_record(host, account: AccountNumber, record: RecordNumber) -> Recorded {
        host.headroom()?.undo_record(account, record)
    }

    /// Doesn't tell again what past months are charged otherwise.
    Change fn put_away_repriced(host, account: AccountNumber) -> () {
        host.headroom()?.put_away_repriced(account)
    }

    /// Opens the sample of a kind.
    Change fn open_sample(host, kind: Kind) -> AccountSummary {
        host.headroom()?.open_sample(kind)
    }

    /// Removes an account, if the person agrees; for a while that can be taken back. False when the person didn't agree.
    Question fn remove_account(host, account: AccountNumber) -> bool {
        let agreed = consent::to_remove(host, account)?;
        done_if(agreed, || host.headroom()?.remove_account(account))
    }

    /// Takes that back.
    Change fn restore_account(host, account: AccountNumber) -> () {
        host.headroom()?.restore_account(account)
    }

    /// Imports what lies in its usual place.
    File fn import(
        host,
        kind: ImportKind,
        account: Option<AccountNumber>,
        progress: Told<ProgressView>,
    ) -> ImportView {
        host.headroom()?.import(kind, None, account, &|how_far| progress.tell(&how_far))
    }

    /// Says what importing what is chosen in a dialog, or was dropped, would do. Nothing is written. Null when cancelled.
    File fn look(
        host,
        from: ImportFrom,
        account: Option<AccountNumber>,
        progress: Told<ProgressView>,
    ) -> Option<ArrivedView> {
        let headroom = host.headroom()?;
        let paths = host.sources(from)?;
        if paths.is_empty() {
            return Ok(None);
        }
        headroom.look(&paths, account, &|how_far| progress.tell(&how_far)).map(Some)
    }

    /// Imports one kind of what was looked at last, by its number; of bills' undecided issues those in these places.
    File fn bring(
        host,
        number: u32,
        kind: ImportKind,
        issues: Vec<u32>,
        account: Option<AccountNumber>,
        progress: Told<ProgressView>,
    ) -> ImportView {
        host.headroom()?.bring((number, kind), &issues, account, &|how_far| progress.tell(&how_far))
    }

    /// Tells what is held over the window and dropped onto it. The files stay here.
    Desktop fn watch_drops(host, heard: Told<DropView>) -> () {
        host.watch_drops(heard);
        Ok(())
    }

    /// Tells of sessions that came while Headroom runs and were imported by themselves.
    Desktop fn watch_sessions(host, heard: Told<NoticedView>) -> () {
        host.watch_sessions(heard);
        Ok(())
    }

    /// Stops an import that runs; nothing of it is kept.
    Answer fn stop_import(host) -> () {
        host.headroom()?.stop_import();
        Ok(())
    }

    /// Opens a page of a fixed list in the browser.
    Desktop fn open_link(host, link: Link) -> () {
        host.open_page(&link)
    }

    /// Shows the folder of Headroom's own data.
    Desktop fn show_data_folder(host) -> () {
        host.show_data_folder()
    }

    /// Restores data that is damaged or missing from its newest good copy, if the person agrees; null when not.
    Question fn restore_data(host) -> Option<RestoredView> {
        if consent::to_restore(host)? { host.restore_data().map(Some) } else { Ok(None) }
    }

    /// What is kept of Headroom's own mistakes, the newest first.
    Answer fn reports(host) -> Vec<ReportView> {
        Ok(host.place().reports())
    }

    /// Deletes one of them, by its number.
    Change fn delete_report(host, number: String) -> () {
        host.place().delete_report(&number)
    }

    /// Copies the data where a dialog says; the path, or null when it was cancelled.
    File fn back_up(host) -> Option<String> {
        let headroom = host.headroom()?;
        write_where_asked(host, &headroom.data_file_name("db"), |path| headroom.back_up(path))
    }

    /// Writes every record as text; the path, or null when it was cancelled.
    File fn export_all(host) -> Option<String> {
        let headroom = host.headroom()?;
        write_where_asked(host, &headroom.data_file_name("jsonl"), |path| headroom.export_all(path).map(drop))
    }

    /// Deletes everything that Headroom knows, if the person agrees. False when the person didn't.
    Question fn delete_all(host) -> bool {
        let agreed = consent::to_delete_all(host)?;
        done_if(agreed, || host.headroom()?.delete_all())
    }

    /// Alerts that are due and were not told.
    Answer fn alerts(host) -> Vec<AlertView> {
        host.headroom()?.alerts()
    }

    /// Tells one, once, in the window's words.
    Desktop fn tell(host, key: AlertKey, title: String, body: String) -> () {
        if host.headroom()?.remember_alert(&key)? {
            host.notify(&title, &body);
        }
        Ok(())
    }

    /// What this desktop offers.
    Desktop fn desktop(host) -> Offers {
        Ok(host.offers())
    }

    /// Starts Headroom with the session, or no longer.
    Desktop fn set_autostart(host, on: bool) -> () {
        host.set_autostart(on)
    }

    /// Writes the tray's words; what is chosen there is told.
    Desktop fn set_tray(host, words: TrayWords, chosen: Told<TrayChoice>) -> () {
        host.write_tray(words, chosen);
        Ok(())
    }
}
