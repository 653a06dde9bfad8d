//! Kilo: asked about a team, or somebody's own account, with the login of its programs, or with a key that somebody pasted.

mod ask;
mod ask_own;
pub(crate) mod connect;
mod doctor;
mod logins;

use crate::answers::{Found, Kind, SourceView, UnreadableRecord, Vendor as Name};
use crate::error::AppError;
use crate::machine::paths::Paths;
use crate::quoted::own;
use crate::quoted::{QuotedTeam, TEAM, TOLD, Told, lost};
use crate::vendors::asking::Around;
use crate::vendors::kilo::logins::KEY;
use crate::vendors::pasted_key::PastedKey;
use crate::vendors::vendor::{Ask, Source, Vendor};
use crate::weighed::KILO_EVIDENCE;
use headroom_exact::Moment;
use headroom_exact::saying::Value;
use headroom_sources::kilo::{team, token};
use headroom_sources::observation::{OwnBalance, OwnBlocks, OwnPass, OwnTopUp};
use headroom_sources::wire::kept;
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where a team's seats and credits are bought.
const ACCOUNT_PAGE: &str = "https://app.kilo.ai";

const SOURCES: &[Source] = &[
    Source { name: TEAM, is_answer: true, rewritten: |text| kept::write(&team::parse(text).ok()?).ok() },
    Source { name: TOLD, is_answer: false, rewritten: again::<Told> },
    Source { name: own::BALANCE, is_answer: true, rewritten: again::<OwnBalance> },
    Source { name: own::BLOCKS, is_answer: true, rewritten: again::<OwnBlocks> },
    Source { name: own::PASS, is_answer: true, rewritten: again::<OwnPass> },
    Source { name: own::TOP_UP, is_answer: false, rewritten: again::<OwnTopUp> },
    // No older version kept any.
    Source { name: KILO_EVIDENCE, is_answer: false, rewritten: |_| None },
];

/// What was always kept as it is today.
fn again<T: Serialize + DeserializeOwned>(text: &str) -> Option<String> {
    kept::write(&kept::read::<T>(text)?).ok()
}

pub(crate) struct Kilo;

impl Vendor for Kilo {
    fn name(&self) -> Name {
        Name::Kilo
    }

    fn called(&self) -> &'static str {
        "Kilo"
    }

    fn asked_about(&self) -> &'static [(Kind, Ask)] {
        &[(Kind::KiloTeams, ask::ask), (Kind::KiloPersonal, ask_own::ask)]
    }

    fn setting(&self) -> &'static str {
        "ask-kilo"
    }

    fn sources(&self) -> &'static [Source] {
        SOURCES
    }

    fn account_page(&self) -> &'static str {
        ACCOUNT_PAGE
    }

    fn pasted_key(&self) -> Option<&'static PastedKey> {
        Some(&KEY)
    }

    fn find(&self, paths: &Paths, pasted: bool, found: &mut Found) {
        let in_a_file = || paths.kilo().and_then(token::found_in).map(Value::from);
        found.kilo_login = if pasted { Some(logins::in_keyring()) } else { in_a_file() };
        found.kilo_key = pasted;
    }

    fn doctor(&self, around: &Around<'_>) -> Vec<Result<SourceView, AppError>> {
        vec![doctor::login(around), Ok(doctor::database(around.paths))]
    }

    fn leads_since(
        &self,
        store: &Store,
        account: AccountId,
        now: Moment,
    ) -> Result<Option<Moment>, AppError> {
        // A gate asks for the balance.
        let team = QuotedTeam::leading(store, account, now)?.map(|quoted| quoted.balance_at);
        let own = own::QuotedOwn::newest(store, account, now)?.left().map(|(at, _)| at);
        Ok(team.or(own))
    }

    fn unreadable(
        &self,
        store: &Store,
        account: AccountId,
        now: Moment,
    ) -> Result<Vec<UnreadableRecord>, AppError> {
        let team = QuotedTeam::newest(store, account, now)?.1;
        let own = [
            lost::<OwnBalance>(store, account, &[own::BALANCE], now)?,
            lost::<OwnBlocks>(store, account, &[own::BLOCKS], now)?,
            lost::<OwnPass>(store, account, &[own::PASS], now)?,
            lost::<OwnTopUp>(store, account, &[own::TOP_UP], now)?,
        ];
        let team = team.max(own.into_iter().flatten().max());
        let figures = team.map(|at| UnreadableRecord::Figures { vendor: self.name(), at: at.to_string() });
        let told = lost::<Told>(store, account, &[TOLD], now)?;
        let told = told.map(|at| UnreadableRecord::Spending { at: at.to_string() });
        Ok(figures.into_iter().chain(told).collect())
    }
}
