//! What is supposed of an account: asked, kept under a name, and written as a scenario.

use crate::answers::{AccountNumber, SavedWhatIf, WhatIf, WhatIfView};
use crate::documents::file::{Export, file_name};
use crate::error::AppError;
use crate::headroom::Headroom;
use crate::kinds::person::what_if::Base;
use headroom_exact::printable::is_name;
use headroom_exact::say;
use headroom_store::Store;
use headroom_store::table::scenarios::SavedScenario;
use std::sync::Arc;

/// A scenario's name: something to be read, and not too much of it.
fn scenario_name(name: &str) -> Result<&str, AppError> {
    let name = name.trim();
    if !is_name(name, 60) {
        return Err(AppError::input(say!("name-wrong", most = 60_u32)));
    }
    Ok(name)
}

fn base(headroom: &Headroom, account: AccountNumber, opened: bool) -> Result<Arc<Base>, AppError> {
    if opened {
        return headroom.supposing.opened();
    }
    let now = headroom.now();
    headroom.read(|store| headroom.supposing.base_of(store, account, now))
}

/// Where a pace and changes would lead, beside every other choice.
pub(crate) fn view(
    headroom: &Headroom,
    account: AccountNumber,
    question: &WhatIf,
) -> Result<WhatIfView, AppError> {
    let saved = headroom.read(|store| Ok(store.scenarios(account.into())?))?;
    // One that a version before wrote in another way is not shown.
    let saved = saved.into_iter().filter_map(|saved| {
        Some(SavedWhatIf { question: serde_json::from_str(&saved.body).ok()?, name: saved.name })
    });
    base(headroom, account, question.opened)?.answer(question, saved.collect())
}

/// Keeps a question under a name; one of the same name is replaced.
pub(crate) fn save(
    headroom: &Headroom,
    account: AccountNumber,
    name: &str,
    question: &WhatIf,
) -> Result<(), AppError> {
    let name = scenario_name(name)?;
    base(headroom, account, false)?.understand(question)?;
    let body = serde_json::to_string(&WhatIf { opened: false, choice: None, ..question.clone() })?;
    let saved = SavedScenario { name: name.to_owned(), body };
    let now = headroom.now();
    headroom.store().write(|writing| Ok(writing.save_scenario(account.into(), &saved, now)?))
}

/// Forgets a question that was kept.
pub(crate) fn forget(store: &mut Store, account: AccountNumber, name: &str) -> Result<(), AppError> {
    store.write(|writing| Ok(writing.forget_scenario(account.into(), name).map(drop)?))
}

/// The account and what is supposed of it, as a scenario file of the contract.
pub(crate) fn export(
    headroom: &Headroom,
    account: AccountNumber,
    question: &WhatIf,
) -> Result<Export, AppError> {
    let base = base(headroom, account, question.opened)?;
    let asked = base.understand(question)?;
    let bytes = serde_json::to_vec_pretty(&base.scenario(&asked))?;
    Ok(Export { name: file_name(&base.of, Some("scenario"), "json"), bytes })
}
