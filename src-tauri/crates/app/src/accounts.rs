//! Accounts: what the window starts with, describing one, the sample, removing one.

use crate::error::{AppError, ErrorCode};
use crate::facts::Facts;
use crate::ledger::{ChangePlan, SetOverage};
use crate::views::{
    About, AccountNumber, AccountSummary, CountryChoice, FactsForm, Found, FoundSessions, PlanChoice,
    PriceListAbout, PriceListChoice, SourcePage, StartView, shown,
};
use crate::{Headroom, sample};
use headroom_billing::catalog::{PriceList, Source};
use headroom_billing::{AccountKind, Catalog, Country, Moment, Plan};
use headroom_sources::{kiro_sessions, kiro_token};
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::events::{EventKind, NewEvent};
use headroom_store::{Store, Writing};
use serde::Serialize;

/// The kind of every account this version has.
const KIND: &str = <headroom_billing::individual::Account as AccountKind>::NAME;
/// What a new account is called.
const NAME: &str = "Kiro";

impl From<AccountNumber> for AccountId {
    fn from(number: AccountNumber) -> Self {
        Self(number.0)
    }
}

pub(crate) fn plan_choice(plan: &Plan) -> PlanChoice {
    PlanChoice {
        id: plan.id.clone(),
        name: plan.name.clone(),
        monthly_price: plan.monthly_price.to_string(),
        allowance: plan.allowance.to_string(),
        paid: plan.is_paid(),
    }
}

pub(crate) fn summary(account: &Account, facts: Option<Facts>) -> AccountSummary {
    AccountSummary {
        id: AccountNumber(account.id.0),
        name: account.name.clone(),
        sample: account.sample,
        facts,
    }
}

fn form(now: Moment) -> FactsForm {
    let catalog = Catalog::built_in();
    let mut countries: Vec<_> = Country::all()
        .map(|country| CountryChoice {
            code: country.to_string(),
            name: country.name().to_owned(),
            paid_plans: country.sells_paid_plans(),
        })
        .collect();
    countries.sort_by(|one, other| one.name.cmp(&other.name));
    FactsForm {
        price_lists: catalog
            .editions()
            .iter()
            .map(|edition| PriceListChoice {
                id: edition.list.id.clone(),
                title: edition.list.title.clone(),
                plans: edition.plans().iter().map(plan_choice).collect(),
                overage: edition.packs.is_none(),
                bonus_credits: edition.bonus.credits.to_string(),
                bonus_days: edition.bonus.days,
            })
            .collect(),
        countries,
        defaults: Facts {
            plan: catalog.default_edition().first_plan().id.clone(),
            first_paid_on: None,
            signed_up_on: None,
            country: Country::UNITED_STATES.to_string(),
            overage_enabled: Some(false),
            price_list: None,
        },
        today: now.date().to_string(),
    }
}

/// An act of the user at this moment.
fn act(
    kind: EventKind,
    body: &impl Serialize,
    now: Moment,
    source: &'static str,
) -> Result<NewEvent, AppError> {
    Ok(NewEvent {
        at: now,
        kind,
        key: format!("{}:{}.{:09}", kind.name(), now.unix_seconds(), now.nanoseconds()),
        credits: None,
        model: None,
        session: None,
        source,
        body: serde_json::to_string(body).map_err(|error| AppError::new(ErrorCode::Store, error))?,
    })
}

impl Headroom {
    fn summaries(store: &Store) -> Result<Vec<AccountSummary>, AppError> {
        let accounts = store.accounts()?;
        accounts.iter().map(|account| Ok(summary(account, Self::facts(store, account.id)?))).collect()
    }

    /// What the window starts with: one answer, so that the first figures need no second question.
    pub fn start(&self, first: Option<AccountNumber>) -> Result<StartView, AppError> {
        let now = self.now();
        let store = self.store();
        let accounts = Self::summaries(&store)?;
        let (settings, notices) = Self::settings(&store)?;
        let first = first.or_else(|| accounts.first().map(|account| account.id));
        let overview = first.map(|id| Self::overview_of(&store, id, now)).transpose();
        let overview = match overview {
            Err(error) if error.code == ErrorCode::FactsMissing => None,
            outcome => outcome?,
        };
        Ok(StartView {
            overview,
            accounts,
            settings,
            notices,
            found: self.found(),
            form: form(now),
            about: self.about(),
        })
    }

    fn found(&self) -> Found {
        let sessions = self.paths().kiro_sessions().and_then(|folder| {
            let files = kiro_sessions::files(folder).ok()?.len();
            Some(FoundSessions { folder: shown(folder), files: u32::try_from(files).unwrap_or(u32::MAX) })
        });
        let login = self.paths().kiro().and_then(kiro_token::found_in);
        Found { kiro_sessions: sessions, kiro_login: login.map(shown) }
    }

    fn about(&self) -> About {
        let page = |page: &Source| SourcePage {
            title: page.title.clone(),
            url: page.url.clone(),
            updated: page.updated.map(|date| date.to_string()),
        };
        let list = |list: &PriceList| PriceListAbout {
            title: list.title.clone(),
            checked_on: list.checked_on.to_string(),
            sources: list.sources.iter().map(page).collect(),
        };
        About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            database: shown(&self.paths().database()),
            price_lists: Catalog::built_in().price_lists().map(list).collect(),
        }
    }

    /// The real account usage goes to: the first one, made when there is none.
    pub(crate) fn real_account(
        writing: &Writing<'_>,
        existing: &[Account],
        now: Moment,
    ) -> Result<AccountId, AppError> {
        match existing.iter().find(|account| !account.sample) {
            Some(account) => Ok(account.id),
            None => Ok(writing.add_account(KIND, NAME, false, now)?),
        }
    }

    /// States an account's facts; without a number those of the real account, which is made if it
    /// isn't there. Nothing is recorded when they can't be true.
    pub fn save_facts(
        &self,
        account: Option<AccountNumber>,
        facts: &Facts,
    ) -> Result<AccountSummary, AppError> {
        let now = self.now();
        facts.check(now)?;
        let mut store = self.store();
        let existing = store.accounts()?;
        if let Some(number) = account {
            Self::account(&store, number.into())?;
        }
        let id = store.write(|writing| {
            let id = match account {
                Some(number) => number.into(),
                None => Self::real_account(writing, &existing, now)?,
            };
            writing.append(id, &act(EventKind::Facts, facts, now, "user")?, now)?;
            Ok::<_, AppError>(id)
        })?;
        Ok(summary(&Self::account(&store, id)?, Self::facts(&store, id)?))
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
        let event = act(EventKind::SetOverage, &SetOverage { enabled }, now, "user")?;
        store.write(|writing| writing.append(account.into(), &event, now).map_err(AppError::from))?;
        Ok(())
    }

    /// Records that the plan was changed at the vendor, if the rules allow it (K7, K12).
    pub fn change_plan(&self, account: AccountNumber, plan: &str) -> Result<(), AppError> {
        let receipt = self.receipt(account, plan)?;
        if let Some(reason) = receipt.refused {
            return Err(AppError::new(ErrorCode::Refused, reason));
        }
        let now = self.now();
        let event = act(EventKind::ChangePlan, &ChangePlan { plan: plan.to_owned() }, now, "user")?;
        self.store().write(|writing| writing.append(account.into(), &event, now).map_err(AppError::from))?;
        Ok(())
    }

    /// Opens the sample account, made anew if it isn't there.
    pub fn open_sample(&self) -> Result<AccountSummary, AppError> {
        let now = self.now();
        let mut store = self.store();
        let existing = store.accounts()?.into_iter().find(|account| account.sample);
        let id = match existing {
            Some(account) => account.id,
            None => store.write(|writing| {
                let id = writing.add_account(KIND, sample::NAME, true, now)?;
                for event in sample::events(now) {
                    writing.append(id, &event, now)?;
                }
                Ok::<_, AppError>(id)
            })?,
        };
        Ok(summary(&Self::account(&store, id)?, Self::facts(&store, id)?))
    }

    /// Removes an account with everything recorded about it.
    pub fn remove_account(&self, account: AccountNumber) -> Result<(), AppError> {
        let mut store = self.store();
        let removed =
            store.write(|writing| writing.remove_account(account.into()).map_err(AppError::from))?;
        if removed {
            Ok(())
        } else {
            Err(AppError::new(ErrorCode::NoAccount, "This account is no longer here."))
        }
    }
}
