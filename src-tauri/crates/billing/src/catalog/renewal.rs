//! Whether a catalogue may take the place of an older one.
//!
//! A newer catalogue adds. What has been in force already stays as it was computed with: a list's prices, what models cost
//! before the day of the older one, taxes. A mistake in these is put right by a build, which says so, and not by a file.

use super::{Catalog, CatalogError};
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use toml::{Table, Value};

/// What may differ in a list that has been in force: it prices nothing, or has days of its own.
const FREE: [&str; 3] = ["checked_on", "sources", "model"];

/// What a catalogue says of itself, before its lists.
const LISTS: [&str; 2] = ["edition", "team_edition"];

impl Catalog {
    /// Checks that it is newer than `older`, and that nothing of the past is priced anew by it.
    ///
    /// # Errors
    ///
    /// Names the entry.
    pub fn renews(&self, older: &Self) -> Result<(), CatalogError> {
        if self.serial <= older.serial || self.issued_on < older.issued_on {
            let (own, others) = (self.called(), older.called());
            return Err(CatalogError::at("serial", say!("catalog-not-newer", own, others)));
        }
        if self.written.get("tax") != older.written.get("tax") {
            return Err(CatalogError::at("tax", say!("catalog-tax-changed")));
        }
        for kind in LISTS {
            let (lists, known) = (lists(&self.written, kind), lists(&older.written, kind));
            for (place, list) in known.iter().enumerate() {
                // In the same place, too: the first of all is the one that is meant where none is named.
                let id = text(list, "id");
                let at = format!("{kind} {id}");
                let same = lists.get(place).filter(|same| text(same, "id") == id);
                let same = same.ok_or_else(|| CatalogError::at(&at, say!("catalog-list-gone")))?;
                self.keeps(&at, list, same)?;
                older_models(&at, list, same, older.issued_on)?;
            }
        }
        Ok(())
    }

    /// Number and day.
    fn called(&self) -> Saying {
        say!("catalog-numbered", number = self.serial.to_string(), day = self.issued_on)
    }

    /// A list that is in force by the day of this catalogue costs what it did.
    fn keeps(&self, at: &str, known: &Table, list: &Table) -> Result<(), CatalogError> {
        let begins = text(known, "in_force_from").parse::<NaiveDate>();
        if begins.is_ok_and(|day| day > self.issued_on) {
            return Ok(());
        }
        let keys = known.keys().chain(list.keys()).filter(|key| !FREE.contains(&key.as_str()));
        for key in keys {
            if known.get(key) != list.get(key) {
                return Err(CatalogError::at(format!("{at}: {key}"), say!("catalog-in-force")));
            }
        }
        Ok(())
    }
}

/// Every model is still there and costs what it did before a day. One that nobody had seen the cost of may have one.
fn older_models(at: &str, known: &Table, list: &Table, day: NaiveDate) -> Result<(), CatalogError> {
    for model in tables(known, "model") {
        let id = text(model, "id");
        let changed = || CatalogError::at(format!("{at}: {id}"), say!("catalog-cost-changed"));
        let same = tables(list, "model").find(|same| text(same, "id") == id).ok_or_else(changed)?;
        let since_then =
            |change: &&Table| text(change, "from").parse().is_ok_and(|from: NaiveDate| from >= day);
        let before = |model| tables(model, "changes").filter(move |change| !since_then(change));
        let aliases = model.get("aliases") == same.get("aliases");
        let first = model.get("multiplier").is_none() || model.get("multiplier") == same.get("multiplier");
        if !aliases || !first || !before(model).eq(before(same)) {
            return Err(changed());
        }
    }
    Ok(())
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn tables<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn lists<'t>(catalog: &'t Table, kind: &str) -> Vec<&'t Table> {
    tables(catalog, kind).collect()
}
