//! Accounts: what the window starts with, describing one, the sample, removing one.

use crate::account::summary_of;
use crate::acts::{ChangePlan, KeptFacts, SetOverage, StatedFacts};
use crate::error::{AppError, ErrorCode};
use crate::facts::{Facts, FactsChange};
use crate::forms::{default_facts, form, team_form};
use crate::settings::settings;
use crate::team_facts::TeamFacts;
use crate::views::{AccountNumber, AccountSummary, FactsSaved, Kind, RecordedChange, StartView};
use crate::words::plan_refusal;
use crate::{Headroom, found, sample, vendors};
use headroom_billing::{AccountKind, Plan};
use headroom_exact::Moment;
use headroom_store::copies::Before;
use headroom_store::table::accounts::{Account, AccountId, Wanted};
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::{Store, Writing};
use serde::Serialize;

/// What new accounts are called until somebody names them.
const NAME: &str = "Kiro";
const ORGANISATION_NAME: &str = "Kiro organisation";
const TEAM_NAME: &str = "Kilo team";
/// The longest name of an account.
const LONGEST_NAME: usize = 60;

/// What a new account of a kind is called.
const fn default_name(kind: Kind) -> &'static str {
    match kind {
        Kind::KiroIndividual => NAME,
        Kind::KiroEnterprise => ORGANISATION_NAME,
        Kind::KiloTeams => TEAM_NAME,
    }
}

/// An account's first facts: its plan has to be stated, the rest is as a new account's form has it.
fn first_facts(change: &FactsChange) -> Result<Facts, AppError> {
    if change.plan.is_none() {
        return Err(AppError::input("Plan: state it first; nothing is known of this account yet."));
    }
    Ok(change.clone().applied_to(default_facts()))
}

/// A name that an account can have.
fn name(text: &str) -> Result<&str, AppError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control) {
        return Err(AppError::input(format!("Name: it needs 1 to {LONGEST_NAME} letters on one line.")));
    }
    Ok(text)
}

fn another(account: &Account) -> AppError {
    let message = format!("{} is no account that this belongs to; choose another.", account.name);
    AppError::new(ErrorCode::Refused, message)
}

/// Records an act of the user at this moment. What is done twice within one tick of the clock is two acts:
/// only what is imported can be known already.
fn record(
    writing: &Writing<'_>,
    account: AccountId,
    kind: EventKind,
    body: &impl Serialize,
    now: Moment,
) -> Result<(), AppError> {
    let key = format!("{}:{}.{:09}", kind.name(), now.unix_seconds(), now.nanoseconds());
    let mut event = NewEvent {
        at: now,
        kind,
        key: key.clone(),
        credits: None,
        model: None,
        session: None,
        source: "user",
        body: serde_json::to_string(body)?,
    };
    let mut acts = 1;
    while !writing.append(account, &event, now)? {
        acts += 1;
        event.key = format!("{key}#{acts}");
    }
    Ok(())
}

/// An account, or what is wrong with it.
#[derive(Clone, Debug)]
pub struct EachAccount {
    /// Its number.
    pub id: AccountNumber,
    /// Its name.
    pub name: String,
    /// Whether it is the sample.
    pub sample: bool,
    /// Whether it is kept out of sight.
    pub hidden: bool,
    /// As lists have it, or why that can't be read.
    pub summary: Result<AccountSummary, AppError>,
}

impl Headroom {
    fn summaries(store: &Store, now: Moment) -> Result<Vec<AccountSummary>, AppError> {
        let accounts = store.accounts()?;
        accounts.iter().map(|account| summary_of(store, account, now)).collect()
    }

    /// All accounts, real ones first, without how they stand.
    pub fn accounts(&self) -> Result<Vec<AccountSummary>, AppError> {
        self.read(|store| Self::summaries(store, self.now()))
    }

    /// Every account, real ones first: what is wrong with one keeps no other from being shown.
    pub fn each_account(&self) -> Result<Vec<EachAccount>, AppError> {
        let now = self.now();
        self.read(|store| {
            let each = |account: Account| EachAccount {
                summary: summary_of(store, &account, now),
                id: AccountNumber(account.id.0),
                name: account.name,
                sample: account.sample,
                hidden: account.hidden,
            };
            Ok(store.accounts()?.into_iter().map(each).collect())
        })
    }

    /// What the window starts with: one answer, so that the first figures need no second question.
    pub fn start(&self, first: Option<AccountNumber>) -> Result<StartView, AppError> {
        let now = self.now();
        let (accounts, overview, settings, notices, pasted) = self.read(|store| {
            let accounts = Self::summaries(store, now)?;
            let (settings, notices) = settings(store)?;
            let shown = || accounts.iter().find(|account| !account.hidden).or(accounts.first());
            let first = first.or_else(|| shown().map(|account| account.id));
            let overview = first.map(|id| Self::standing_of(store, id, now)).transpose();
            let overview = match overview {
                Err(error) if error.code == ErrorCode::FactsMissing => None,
                outcome => outcome?,
            };
            Ok((accounts, overview, settings, notices, vendors::with_pasted_key(store)?))
        })?;
        Ok(StartView {
            overview,
            accounts,
            settings,
            notices,
            // Looked for without the store: a folder of the network may keep it waiting.
            found: found::on_this_machine(self.paths(), &pasted),
            form: form(now),
            team_form: team_form(now),
            about: self.about(),
        })
    }

    /// The account of that number, which must be of that kind.
    fn of_kind(writing: &Writing<'_>, number: AccountNumber, kind: Kind) -> Result<Account, AppError> {
        let gone = || AppError::new(ErrorCode::NoAccount, "This account is no longer here.");
        let existing = writing.accounts()?;
        let account = existing.into_iter().find(|account| account.id == number.into()).ok_or_else(gone)?;
        if account.kind == kind.name() { Ok(account) } else { Err(another(&account)) }
    }

    /// The account of a kind that something imported goes to, looked for where it is written: the one asked for, else the
    /// first real one, made when there is none. Nothing goes to the sample.
    pub(crate) fn account_for(
        writing: &Writing<'_>,
        kind: Kind,
        wanted: Option<AccountNumber>,
        now: Moment,
    ) -> Result<AccountId, AppError> {
        if let Some(number) = wanted {
            let account = Self::of_kind(writing, number, kind)?;
            return if account.sample { Err(another(&account)) } else { Ok(account.id) };
        }
        Ok(writing.account(kind.name(), Wanted::First, default_name(kind), now)?.0)
    }

    /// Adds an account, so that there are several of a kind.
    pub fn add_account(&self, kind: Kind, called: Option<&str>) -> Result<AccountSummary, AppError> {
        let now = self.now();
        let called = called.map_or(Ok(default_name(kind)), name)?;
        let mut store = self.store();
        let id = store
            .write(|writing| {
                writing.account(kind.name(), Wanted::Another, called, now).map_err(AppError::from)
            })?
            .0;
        summary_of(&store, &Self::account(&store, id)?, now)
    }

    /// Gives an account another name.
    pub fn rename_account(&self, account: AccountNumber, to: &str) -> Result<(), AppError> {
        let to = name(to)?;
        let mut store = self.store();
        Self::account(&store, account.into())?;
        store.write(|writing| Ok(writing.rename_account(account.into(), to)?))
    }

    /// Keeps an account out of the list, or no longer. What is recorded of it stays, and nobody is asked
    /// about it meanwhile.
    pub fn hide_account(&self, account: AccountNumber, hidden: bool) -> Result<(), AppError> {
        let mut store = self.store();
        Self::account(&store, account.into())?;
        store.write(|writing| Ok(writing.hide_account(account.into(), hidden)?))
    }

    /// States facts of an account of one person, of the first one without a number, which is made if it isn't there.
    /// What isn't stated stays as it is, and what holds already is not stated again: so plan changes that were
    /// recorded go on to count unless another plan is stated. Nothing is recorded when the facts can't be true.
    pub fn save_facts(
        &self,
        account: Option<AccountNumber>,
        change: &FactsChange,
    ) -> Result<FactsSaved, AppError> {
        let now = self.now();
        let mut store = self.store();
        let (id, changed, replaced) = store.write(|writing| {
            let id = Self::stated_of(writing, account, Kind::KiroIndividual, now)?;
            let acts = writing.acts(id)?;
            let stated = match StatedFacts::of(&acts)? {
                Some(stated) => stated.changed(&acts, change, now)?,
                None => Some((KeptFacts { facts: first_facts(change)?, states_plan: true }, Vec::new())),
            };
            let Some((kept, replaced)) = stated else { return Ok((id, false, Vec::new())) };
            kept.facts.check(now)?;
            record(writing, id, EventKind::Facts, &kept, now)?;
            Ok::<_, AppError>((id, true, replaced))
        })?;
        let replaced = replaced
            .into_iter()
            .map(|change| RecordedChange { plan: change.plan.name.clone(), on: change.on.to_string() });
        Ok(FactsSaved {
            account: summary_of(&store, &Self::account(&store, id)?, now)?,
            changed,
            replaced: replaced.collect(),
        })
    }

    /// States the facts of a team. Nothing is recorded when they can't be true.
    pub fn save_team_facts(
        &self,
        account: AccountNumber,
        facts: &TeamFacts,
    ) -> Result<AccountSummary, AppError> {
        let now = self.now();
        facts.check(now)?;
        let mut store = self.store();
        let id = store.write(|writing| {
            let id = Self::stated_of(writing, Some(account), Kind::KiloTeams, now)?;
            record(writing, id, EventKind::Facts, facts, now)?;
            Ok::<_, AppError>(id)
        })?;
        summary_of(&store, &Self::account(&store, id)?, now)
    }

    /// The account that something is stated of. The sample's facts can be changed too.
    fn stated_of(
        writing: &Writing<'_>,
        account: Option<AccountNumber>,
        kind: Kind,
        now: Moment,
    ) -> Result<AccountId, AppError> {
        match account {
            Some(number) => Ok(Self::of_kind(writing, number, kind)?.id),
            None => Self::account_for(writing, kind, None, now),
        }
    }

    /// Records that the overage switch is turned, if the rules allow it (K5). The vendor is not told.
    pub fn set_overage(&self, account: AccountNumber, enabled: bool) -> Result<(), AppError> {
        let now = self.now();
        let mut store = self.store();
        let loaded = Self::load(&store, account.into(), now)?;
        let current = loaded.ledger()?.account.current(now);
        if enabled && !loaded.timeline.terms.edition.plan_named(current.plan).is_some_and(Plan::is_paid) {
            return Err(AppError::new(ErrorCode::Refused, "Overage exists on paid plans only."));
        }
        if current.credits.overage.enabled == enabled {
            return Ok(());
        }
        store.write(|writing| {
            record(writing, account.into(), EventKind::SetOverage, &SetOverage { enabled }, now)
        })
    }

    /// Records that the plan was changed at the vendor, if the rules allow it (K7, K12).
    pub fn change_plan(&self, account: AccountNumber, plan: &str) -> Result<(), AppError> {
        let receipt = self.receipt(account, plan)?;
        if let Some(reason) = receipt.refused {
            return Err(AppError::new(ErrorCode::Refused, plan_refusal(&reason)));
        }
        let now = self.now();
        let change = ChangePlan { plan: plan.to_owned() };
        self.store().write(|writing| record(writing, account.into(), EventKind::ChangePlan, &change, now))
    }

    /// Opens the sample account, made anew if it isn't there.
    pub fn open_sample(&self) -> Result<AccountSummary, AppError> {
        let now = self.now();
        let mut store = self.store();
        let id = store.write(|writing| {
            let kind = Kind::KiroIndividual.name();
            let (id, new) = writing.account(kind, Wanted::Sample, sample::NAME, now)?;
            if new {
                for event in sample::events(now) {
                    writing.append(id, &event, now)?;
                }
            }
            Ok::<_, AppError>(id)
        })?;
        summary_of(&store, &Self::account(&store, id)?, now)
    }

    /// Removes an account with everything recorded about it. For an hour that can be taken back; then, when
    /// Headroom is opened, it is deleted.
    pub fn remove_account(&self, account: AccountNumber) -> Result<(), AppError> {
        let now = self.now();
        let mut store = self.store();
        store.keep_copy(Before::Removal, now)?;
        let removed =
            store.write(|writing| writing.remove_account(account.into(), now).map_err(AppError::from))?;
        if removed {
            Ok(())
        } else {
            Err(AppError::new(ErrorCode::NoAccount, "This account is no longer here."))
        }
    }

    /// Removes an account for good.
    pub fn delete_account(&self, account: AccountNumber) -> Result<(), AppError> {
        self.remove_account(account)?;
        self.purge(self.now())
    }
}
