//! A scenario file that is opened, so that things can be supposed of it.

use super::base::Base;
use crate::answers::{Naming, WhyFrom};
use crate::catalog;
use crate::error::{AppError, ErrorCode};
use crate::kinds::person::deciding::Grounds;
use headroom_billing::person::course;
use headroom_billing::person::{Action, Event, Ledger, Timeline};
use headroom_billing::{Scenario, ScenarioError};
use headroom_exact::{Saying, say};
use headroom_sources::files::bounded::{self, LARGEST_WHOLE};
use std::path::Path;

/// The same event without a tie to the text it was read from.
fn owned(event: &Event<'_>) -> Event<'static> {
    let action = match &event.action {
        Action::SignUp { trial } => Action::SignUp { trial: *trial },
        Action::ChangePlan(rank) => Action::ChangePlan(*rank),
        Action::SetOverage { enabled } => Action::SetOverage { enabled: *enabled },
        Action::Usage { credits, on_auto, id } => Action::Usage {
            credits: *credits,
            on_auto: *on_auto,
            id: id.as_ref().map(|id| id.clone().into_owned().into()),
        },
        Action::Grant(pool) => Action::Grant(*pool),
        Action::OpeningBalance(opening) => Action::OpeningBalance(opening.clone()),
        Action::OwnLimit { plan, credits } => Action::OwnLimit { plan: *plan, credits: *credits },
        Action::FirstPaymentCredit { amount } => Action::FirstPaymentCredit { amount: *amount },
        Action::BuyCredits { amount, expires_at } => {
            Action::BuyCredits { amount: *amount, expires_at: *expires_at }
        }
    };
    Event { at: event.at, position: event.position, action }
}

/// A scenario file of one person, to suppose things of it as of its own moment.
pub(super) fn read(path: &Path) -> Result<Base, AppError> {
    let outside = |reason: Saying| AppError::new(ErrorCode::Outside, say!("file-because", path, reason));
    let no_scenario = |error: ScenarioError| outside(say!("no-scenario", reason = Saying::from(error)));
    let json = bounded::read(path, LARGEST_WHOLE).map_err(|error| outside(error.into()))?;
    let scenario = match Scenario::parse_by(&json, catalog::in_use()).map_err(no_scenario)? {
        Scenario::Individual(sourced) if sourced.events_from.is_none() => sourced.timeline,
        Scenario::Individual(_) => {
            return Err(outside(say!("scenario-of-lines")));
        }
        Scenario::Organisation(_) | Scenario::Team(_) => {
            return Err(outside(say!("scenario-of-others")));
        }
    };
    let terms = scenario.terms;
    let events = scenario.events().iter().map(owned).collect();
    let timeline: Timeline<'static> = Timeline::new(scenario.as_of, terms, events);
    let ledger = Ledger::fold(&timeline, timeline.as_of).map_err(|error| no_scenario(error.into()))?;
    let tax = terms.catalog.tax(terms.country);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Base {
        of: name,
        opened: true,
        from: WhyFrom::Estimate,
        at: timeline.as_of,
        pace: course::rate_so_far(&ledger, timeline.as_of),
        use_is_known: true,
        use_is_left_out: false,
        grounds: Grounds::of_file(&ledger, timeline.as_of),
        naming: Naming {
            edition: Some(timeline.edition()),
            tax_name: tax.filter(|_| terms.tax_rate.is_none()).map(|tax| tax.name.clone()),
            tax_percent: terms
                .tax_rate
                .and_then(headroom_exact::Decimal::in_percent)
                .map(|rate| rate.to_string()),
        },
        ledger,
        timeline,
    })
}
