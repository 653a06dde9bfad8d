//! Kiro: asked about an account of one person with the login of its IDE or its command line.

mod ask;
mod doctor;
mod ide;
mod logins;
mod models;
mod switch;

use crate::answers::{Found, Kind, LoginsView, SourceView, UnreadableRecord, Vendor as Name, shown};
use crate::error::AppError;
use crate::machine::paths::Paths;
use crate::quoted::{
    COMMAND, COMMAND_ODD, IDE_LOG, IDE_STATE, MODELS, PLAN_CHANGE, Quoted, SERVICE, SERVICE_ODD, lost,
};
use crate::vendors::asking::Around;
use crate::vendors::evidence::{self, Worth};
use crate::vendors::vendor::{About, Ask, OtherCycle, Shown, Source, Vendor};
use crate::weighed::EVIDENCE;
use headroom_exact::{Moment, Month};
use headroom_sources::kiro::models::ModelRate;
use headroom_sources::kiro::{self, command, ide_state, limits, token};
use headroom_sources::observation::LimitsSnapshot;
use headroom_sources::wire::kept;
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::LiveState;

/// Where a plan is bought and the switch is turned: the address Kiro's own command line prints.
const ACCOUNT_PAGE: &str = "https://app.kiro.dev/account/usage";

const SOURCES: &[Source] = &[
    Source { name: SERVICE, is_answer: true, rewritten: limits },
    Source { name: COMMAND, is_answer: true, rewritten: command_limits },
    Source { name: SERVICE_ODD, is_answer: false, rewritten: limits },
    Source { name: COMMAND_ODD, is_answer: false, rewritten: command_limits },
    Source {
        name: IDE_STATE,
        is_answer: false,
        rewritten: |text| kept::write(&ide_state::parse(text)?.1).ok(),
    },
    Source { name: IDE_LOG, is_answer: false, rewritten: limits },
    // No older version kept any of these two.
    Source { name: PLAN_CHANGE, is_answer: false, rewritten: |_| None },
    Source { name: EVIDENCE, is_answer: false, rewritten: |_| None },
    Source {
        name: MODELS,
        is_answer: false,
        rewritten: |text| kept::write(&kiro::models::parse(text).ok()?).ok(),
    },
];

fn limits(text: &str) -> Option<String> {
    kept::write(&limits::parse(text).ok()?).ok()
}

fn command_limits(text: &str) -> Option<String> {
    kept::write(&command::parse(text).ok()?).ok()
}

pub(crate) struct Kiro;

impl Vendor for Kiro {
    fn name(&self) -> Name {
        Name::Kiro
    }

    fn called(&self) -> &'static str {
        "Kiro"
    }

    fn asked_about(&self) -> &'static [(Kind, Ask)] {
        &[(Kind::KiroIndividual, |around, about| Ok(ask::ask(around, about)))]
    }

    fn setting(&self) -> &'static str {
        "ask-kiro"
    }

    fn sources(&self) -> &'static [Source] {
        SOURCES
    }

    fn account_page(&self) -> &'static str {
        ACCOUNT_PAGE
    }

    fn find(&self, paths: &Paths, _: bool, found: &mut Found) {
        found.kiro_login = paths.kiro().and_then(token::found_in).map(|path| shown(&path));
        found.kiro_command = match command::program(paths.programs()) {
            command::Program::There(program) => Some(shown(&program)),
            command::Program::Anybodys(_) | command::Program::Missing => None,
        };
    }

    fn doctor(&self, around: &Around<'_>) -> Vec<Result<SourceView, AppError>> {
        doctor::sources(around.paths, around.now()).into_iter().map(Ok).collect()
    }

    fn unreadable(
        &self,
        store: &Store,
        account: AccountId,
        now: Moment,
    ) -> Result<Vec<UnreadableRecord>, AppError> {
        let figures = lost::<LimitsSnapshot>(store, account, &[SERVICE, COMMAND, IDE_STATE, IDE_LOG], now)?;
        let figures = figures.map(|at| UnreadableRecord::Figures { vendor: self.name(), at: at.to_string() });
        let models = lost::<Vec<ModelRate>>(store, account, &[MODELS], now)?;
        let models = models.map(|at| UnreadableRecord::Models { at: at.to_string() });
        Ok(figures.into_iter().chain(models).collect())
    }

    fn leads_since(
        &self,
        store: &Store,
        account: AccountId,
        now: Moment,
    ) -> Result<Option<Moment>, AppError> {
        let quoted = Quoted::newest(store, account, now, now)?;
        Ok(quoted.filter(|quoted| quoted.is_of(Month::of(now).period())).map(|quoted| quoted.said_at))
    }

    fn of_another_cycle(
        &self,
        store: &Store,
        account: AccountId,
        now: Moment,
    ) -> Result<Option<OtherCycle>, AppError> {
        let quoted = Quoted::newest(store, account, now, now)?;
        let worth = quoted.map(|quoted| evidence::of_limits(&quoted.limits, quoted.said_at, true));
        Ok(match worth {
            Some(Worth::LastWord(ended)) => Some(OtherCycle::Ended(ended)),
            Some(Worth::Ahead(_)) => Some(OtherCycle::Ahead),
            Some(Worth::Leads | Worth::Odd(_) | Worth::NotOurs(_)) | None => None,
        })
    }

    fn shown_here(&self, around: &Around<'_>, about: &About<'_>) -> Result<Shown, AppError> {
        Ok(ide::shown(around, about))
    }

    fn logins(&self, around: &Around<'_>, account: &Account) -> Result<LoginsView, AppError> {
        logins::view(around, account)
    }

    fn choose_login(
        &self,
        around: &Around<'_>,
        account: &Account,
        state: &LiveState,
        key: &str,
    ) -> Result<(), AppError> {
        logins::choose(around, account, state, key)
    }

    fn turn_overage(
        &self,
        around: &Around<'_>,
        account: &Account,
        state: &LiveState,
        enabled: bool,
    ) -> Result<(), AppError> {
        switch::turn(around, account, state, enabled)
    }
}
