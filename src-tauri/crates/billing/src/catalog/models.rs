//! What models cost beside Auto (K4), by their ids at the vendor's service.
//!
//! An id is compared as it is: `claude-opus-4.8` and `claude-opus-4-8` are two models. A model whose multiplier nobody has
//! seen is known by its name alone: a task on it isn't rated, and never as if it were on Auto. A multiplier that changes
//! within a list changes from a day on, so that tasks before it keep what they cost.

use super::Edition;
use super::amounts::{CatalogError, decimal};
use chrono::NaiveDate;
use headroom_exact::saying::Value;
use headroom_exact::{Credits, Decimal, Moment, say};
use serde::Deserialize;

/// A model and what it costs beside Auto.
#[derive(Debug)]
pub struct Model {
    /// Its id at the vendor's service, such as `claude-sonnet-4.5`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it is called in scenarios, too.
    pub(super) aliases: Vec<String>,
    /// Since the list is in force; none where it isn't known.
    multiplier: Option<Decimal>,
    /// From a day on, in order.
    changes: Vec<(NaiveDate, Decimal)>,
}

/// Why a task that is told by what it would cost on Auto has no cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotRated {
    /// The price list doesn't name the model.
    NoSuchModel,
    /// It does, and what it costs isn't known.
    NoMultiplier,
}

impl Model {
    /// Times the credits of Auto, for a task at that moment; none where it isn't known.
    pub fn multiplier_at(&self, moment: Moment) -> Option<Decimal> {
        let changed = self.changes.iter().rfind(|(from, _)| Moment::on(*from, 0) <= moment);
        changed.map(|(_, multiplier)| *multiplier).or(self.multiplier)
    }

    fn is_called(&self, name: &str) -> bool {
        self.id == name || self.aliases.iter().any(|alias| alias == name)
    }
}

impl Edition {
    /// The models it names.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// What a task at a moment consumes that would cost `auto_credits` on Auto (K4).
    pub fn rated(&self, auto_credits: Decimal, model: &str, at: Moment) -> Result<Credits, NotRated> {
        let model = self.models.iter().find(|entry| entry.is_called(model)).ok_or(NotRated::NoSuchModel)?;
        let multiplier = model.multiplier_at(at).ok_or(NotRated::NoMultiplier)?;
        let hundredths = auto_credits.times_rounded_hundredths(multiplier);
        Ok(Credits::from_hundredths(hundredths).max(Credits::SMALLEST))
    }

    /// What the models are called, for messages.
    pub fn models_called(&self) -> Vec<Value> {
        let called = self.models.iter().map(|model| {
            let id = Value::from(&model.id);
            model
                .aliases
                .iter()
                .fold(id, |called, alias| say!("one-or-other", one = called, other = alias).into())
        });
        called.collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelEntry {
    id: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    multiplier: Option<String>,
    #[serde(default)]
    changes: Vec<ChangeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeEntry {
    from: NaiveDate,
    multiplier: String,
}

/// The models of a list, none of which is called like another.
pub(super) fn read(list: &str, entries: Vec<ModelEntry>) -> Result<Vec<Model>, CatalogError> {
    let mut models: Vec<Model> = Vec::with_capacity(entries.len());
    for entry in entries {
        let place = format!("edition {list}: {}", entry.id);
        let multiplier = |text: &str| match decimal(&place, text) {
            Ok(multiplier) if multiplier.is_positive() => Ok(multiplier),
            Ok(_) => Err(CatalogError::at(&place, say!("must-be-positive", text))),
            Err(error) => Err(error),
        };
        let changes = entry.changes.iter().map(|change| Ok((change.from, multiplier(&change.multiplier)?)));
        let changes = changes.collect::<Result<Vec<_>, CatalogError>>()?;
        if !changes.is_sorted_by(|(one, _), (next, _)| one < next) {
            return Err(CatalogError::at(&place, say!("catalog-changes-not-in-order")));
        }
        let model = Model {
            multiplier: entry.multiplier.as_deref().map(multiplier).transpose()?,
            id: entry.id,
            name: entry.name,
            aliases: entry.aliases,
            changes,
        };
        let called = std::iter::once(&model.id).chain(&model.aliases);
        if called.clone().any(|name| models.iter().any(|known| known.is_called(name))) {
            return Err(CatalogError::at(&place, say!("catalog-called-twice")));
        }
        models.push(model);
    }
    Ok(models)
}
