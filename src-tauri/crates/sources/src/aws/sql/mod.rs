//! A bill that is too large to fetch: one statement that sums Kiro's lines where they lie, for an engine that the
//! organisation has. It counts as [`super::read`] does, and [`super::result`] reads what it gives.
//!
//! Everything that isn't ours in it (names of tables and files) is quoted as the engine quotes it.

mod dialect;

pub use dialect::Engine;

use super::form::{
    ADJUSTMENT, CLASS, COLUMNS, CORRECTED, CORRECTION, ID, INTERVAL, LINE_TYPE, MAY_LACK, Names, PERIOD,
    REFUND, START, name_in,
};
use super::issue::Layout;
use super::key::{ENDING, OF_CREDITS, OF_FEES};
use super::manifest::{self, Listed, Manifest};
use crate::files::bounded::{self, LARGEST_NOTE, size};
use crate::files::given::Files;
use crate::files::table_file::ReadError;
use chrono::NaiveDate;
use headroom_exact::{Saying, say};
use std::collections::BTreeSet;
use std::path::Path;

/// The statement, with places for what differs.
const STATEMENT: &str = include_str!("statement.sql");

/// Columns in which lines without an id differ that are alike in all that is read, as two credits that differ in what they are for:
/// importing tells them apart by every column. FOCUS demands these of every export (SKUs where there are any, as AWS has).
const APART: [Names; 3] = [
    ["line_item_line_item_description", "lineItem/LineItemDescription", "ChargeDescription"],
    ["", "", "SkuId"],
    ["", "", "SkuPriceId"],
];

/// The names of a column: of those that are read, then of [`APART`].
fn names(index: usize) -> Option<&'static Names> {
    COLUMNS.get(index).or_else(|| APART.get(index.checked_sub(COLUMNS.len())?))
}

/// Whether an export can be without a column: then somebody says so.
fn may_lack(index: usize) -> bool {
    MAY_LACK.contains(&index) || index >= COLUMNS.len()
}

/// How the place is divided, so that an engine can pass over what is too old.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Partition {
    /// By a column `billing_period`, such as `2026-11`: as 2.0 is.
    BillingPeriod,
    /// By the columns `year` and `month`: as the legacy report's Parquet is.
    YearAndMonth,
}

/// What a statement is asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Who runs it.
    pub engine: Engine,
    /// A table, as `database.table`; or files, where the engine reads them.
    pub place: &'a str,
    /// How the columns are named there.
    pub layout: Layout,
    /// The first month, by its first day.
    pub from: Option<NaiveDate>,
    /// The columns that aren't there.
    pub lacks: &'a [String],
    /// How the place is divided.
    pub partition: Option<Partition>,
    /// Where manifests of it lie on this machine.
    pub manifests: Option<&'a Path>,
}

/// A text with this, however it is asked: as files.
const OF_FILES: [char; 3] = ['/', '\\', '*'];

impl Asked<'_> {
    /// A name can have every sign but those that nobody sees.
    fn place_read(&self) -> Result<String, Saying> {
        let unreadable = || say!("no-such-place", place = self.place.escape_debug().to_string());
        if self.place.is_empty() || self.place.chars().any(char::is_control) {
            return Err(unreadable());
        }
        let lowered = self.place.to_ascii_lowercase();
        let is_table_of_text = [".csv", ".gz"].iter().any(|ending| lowered.ends_with(ending));
        let is_parquet = lowered.ends_with(".parquet");
        if !(is_table_of_text || is_parquet || self.place.contains(OF_FILES)) {
            let parts: Vec<_> = self.place.split('.').collect();
            if parts.len() > 3 || parts.iter().any(|part| part.trim().is_empty()) {
                return Err(unreadable());
            }
            let named: Vec<_> = parts.iter().map(|part| self.engine.name_of(part)).collect();
            return Ok(named.join("."));
        }
        let divided = if self.partition.is_some() {
            "hive_partitioning = true, hive_types_autocast = false"
        } else {
            "hive_partitioning = false"
        };
        let text = self.engine.text(self.place);
        match self.engine {
            Engine::DuckDb if is_parquet => {
                Ok(format!("read_parquet({text}, filename = true, union_by_name = true, {divided})"))
            }
            Engine::DuckDb => Ok(format!(
                "read_csv({text}, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', filename = true, union_by_name = true, {divided})"
            )),
            Engine::Spark if is_parquet || !is_table_of_text => {
                Ok(format!("parquet.{}", self.engine.name_of(self.place)))
            }
            Engine::Spark | Engine::Athena | Engine::Trino => {
                Err(say!("place-is-no-table", place = self.place, engine = self.engine.name()))
            }
        }
    }

    /// The places of the columns that aren't there.
    fn lacking(&self) -> Result<BTreeSet<usize>, Saying> {
        let all = 0..COLUMNS.len().saturating_add(APART.len());
        let named = |index: usize| {
            let name = names(index).map(|names| name_in(names, self.layout));
            name.filter(|name| !name.is_empty())
        };
        let mut lacking = BTreeSet::new();
        for column in self.lacks {
            let is_it =
                |index: &usize| named(*index).is_some_and(|name| name.eq_ignore_ascii_case(column.trim()));
            let may = || all.clone().filter(|index| may_lack(*index)).filter_map(named).collect::<Vec<_>>();
            match all.clone().find(is_it).filter(|index| may_lack(*index)) {
                Some(index) => _ = lacking.insert(index),
                None => return Err(say!("column-is-needed", column = column.as_str(), known = may())),
            }
        }
        if lacking.contains(&PERIOD) && lacking.contains(&START) {
            let period = named(PERIOD).unwrap_or_default();
            return Err(say!("column-is-needed", column = period, known = Vec::<&str>::new()));
        }
        Ok(lacking)
    }

    /// A column as a text, where it is there. An interval begins with the moment at which the usage of its line began.
    fn column(&self, index: usize, lacking: &BTreeSet<usize>) -> String {
        let index = if index == START && lacking.contains(&START) { INTERVAL } else { index };
        let name = names(index).map(|names| name_in(names, self.layout)).unwrap_or_default();
        if name.is_empty() || lacking.contains(&index) {
            return "''".to_owned();
        }
        let text = self.engine.type_of_text();
        format!("coalesce(CAST({} AS {text}), '')", self.engine.name_of(name))
    }

    /// What tells lines apart that have no id; nothing where they have one. So that other exports needn't have these columns, they
    /// are asked of those alone.
    fn apart(&self, lacking: &BTreeSet<usize>) -> String {
        let is_there = |index: usize| {
            let is_named = names(index).is_some_and(|names| !name_in(names, self.layout).is_empty());
            is_named && !lacking.contains(&index)
        };
        let columns =
            (CLASS..=CLASS).chain((COLUMNS.len()..).take(APART.len())).filter(|index| is_there(*index));
        let columns: Vec<_> = columns.map(|index| self.column(index, lacking)).collect();
        if columns.is_empty() || (is_there(ID) && is_there(INTERVAL)) {
            return "''".to_owned();
        }
        columns.join(" || '|' || ")
    }

    /// What is asked of the parts that the place is divided into.
    fn within(&self) -> String {
        let Some((partition, from)) = self.partition.zip(self.from) else { return String::new() };
        let text = self.engine.type_of_text();
        let column = |name: &str| format!("CAST({} AS {text})", self.engine.name_of(name));
        let period = match partition {
            Partition::BillingPeriod => column("billing_period"),
            Partition::YearAndMonth => {
                format!("{} || '-' || lpad({}, 2, '0')", column("year"), column("month"))
            }
        };
        format!("\n  WHERE {period} >= {}", self.engine.text(&from.format("%Y-%m").to_string()))
    }

    /// These texts, as one of which something has to be; none where there are none.
    fn one_of(&self, texts: &BTreeSet<String>) -> Option<String> {
        let texts: Vec<_> = texts.iter().map(|text| self.engine.text(text)).collect();
        (!texts.is_empty()).then(|| format!("({})", texts.join(", ")))
    }
}

/// What manifests say, as the statement asks for it.
#[derive(Default)]
struct Named {
    /// Folder and name of each file that one names, and of those of the current issues.
    files: BTreeSet<String>,
    current: BTreeSet<String>,
    /// Folder and export of each that one is about.
    about: BTreeSet<String>,
    /// Month and export of which one names the current issue.
    months: BTreeSet<String>,
}

impl Named {
    fn read(folder: &Path) -> Result<Self, ReadError> {
        let found = Files::all(&[folder.into()])?;
        let found = found.sources.iter().filter(|source| !source.is_in_zip());
        let found = found.filter(|source| source.own_name().to_ascii_lowercase().contains("manifest"));
        // What can't be read is another program's, as it is for an import.
        let manifests = found.filter_map(|source| {
            Manifest::of(&bounded::read(&source.file, LARGEST_NOTE).ok()?, &source.named)
        });
        let mut named = Self::default();
        for manifest in manifest::that_speak(manifests.collect()) {
            for Listed { folder, base, stem, month } in manifest.listed() {
                let file = format!("{folder}/{base}");
                named.about.insert(format!("{folder}/{stem}"));
                if let Some(month) = month {
                    named.current.insert(file.clone());
                    named.months.insert(format!("{month}/{stem}"));
                }
                named.files.insert(file);
            }
        }
        if named.files.is_empty() {
            let reason = say!("no-manifest-there").into();
            return Err(ReadError::Unreadable { path: folder.to_owned(), reason });
        }
        Ok(named)
    }
}

/// A moment in a name, as it stands there; empty where there is none.
fn moment_in(column: &str) -> String {
    format!(
        "coalesce(regexp_extract({column}, '(^|[^0-9])([0-9]{{4}}-?[0-9]{{2}}-?[0-9]{{2}}[Tt_ ][0-9]{{2}}[:._-]?[0-9]{{2}}[:._-]?[0-9]{{2}}([.,_][0-9]{{1,9}})?)', 2), '')"
    )
}

/// The places of the columns in the statement, in the order of [`COLUMNS`].
const PLACES: [&str; COLUMNS.len()] = [
    "product",
    "period",
    "account",
    "resource",
    "usage_type",
    "operation",
    "line_type",
    "quantity",
    "cost",
    "currency",
    "unit",
    "payer",
    "start",
    "end",
    "id",
    "interval",
    "invoice",
    "class",
];

/// What stands in the places of a statement.
struct Filling<'f> {
    asked: &'f Asked<'f>,
    place: String,
    lacking: BTreeSet<usize>,
    has_manifests: bool,
    named: Named,
}

impl Filling<'_> {
    fn value(&self, place: &str) -> String {
        let engine = self.asked.engine;
        match place {
            "place" => self.place.clone(),
            "path" => engine.path().to_owned(),
            "where" => self.asked.within(),
            "months" => self.asked.from.map_or_else(String::new, |from| {
                format!("\n  WHERE bill_month >= {}", engine.text(&from.format("%Y-%m").to_string()))
            }),
            // FOCUS counts nothing of what is bought.
            "no_quantity" if self.asked.layout == Layout::Focus => "'0'".to_owned(),
            // Nor does any bill of what is taken off, or of a tax.
            "no_quantity" => "CASE WHEN lower(line_type) IN ('tax', 'credit', 'refund', 'adjustment') OR lower(line_type) LIKE '%discount' THEN '0' ELSE '' END".to_owned(),
            "folder_time" => moment_in("folder"),
            "file_time" => moment_in("file_name"),
            "apart" => self.asked.apart(&self.lacking),
            "global" => engine.everywhere().to_owned(),
            "text" => engine.type_of_text().to_owned(),
            "zero" => "CAST(0 AS decimal(38, 18))".to_owned(),
            "now" => engine.now().to_owned(),
            "layout" => self.asked.layout.name().to_owned(),
            "has_manifests" => u8::from(self.has_manifests).to_string(),
            "line_type" if self.asked.layout == Layout::Focus => self.line_type(),
            "paid_back" => paid_back(),
            "current" => self.current(),
            "said_current" => "CASE is_current WHEN 2 THEN 'true' WHEN 0 THEN 'false' ELSE '' END".to_owned(),
            "named_files" => self.named_files(),
            other => {
                let index = PLACES.iter().position(|known| *known == other);
                index.map(|index| self.asked.column(index, &self.lacking)).unwrap_or_default()
            }
        }
    }

    /// What a line of FOCUS is for, as an import reads it.
    fn line_type(&self) -> String {
        let [class, of] = [CLASS, LINE_TYPE].map(|index| self.asked.column(index, &self.lacking));
        let corrected = CORRECTED.map(|of| format!("'{}'", of.to_ascii_lowercase())).join(", ");
        let correction = CORRECTION.to_ascii_lowercase();
        format!(
            "CASE WHEN lower({class}) = '{correction}' AND lower({of}) IN ({corrected}) THEN '{ADJUSTMENT}' ELSE {of} END"
        )
    }

    /// Whether a file is of the issue that a manifest names as current (2), of an earlier one (0), or nothing is said (1).
    fn current(&self) -> String {
        let known = self.asked.one_of(&self.named.current).zip(self.asked.one_of(&self.named.months));
        known.map_or_else(|| "1".to_owned(), |(files, months)| {
            format!(
                "CASE WHEN {FILE} IN {files} THEN 2 WHEN way IN ('time', 'assembly') AND above || '/' || stem IN {months} THEN 0 ELSE 1 END"
            )
        })
    }

    /// Files that a manifest of their issue doesn't name are left out.
    fn named_files(&self) -> String {
        let known = self.asked.one_of(&self.named.about).zip(self.asked.one_of(&self.named.files));
        known.map_or_else(String::new, |(about, files)| {
            format!("\n  WHERE {ABOUT} NOT IN {about} OR {FILE} IN {files}")
        })
    }
}

/// A line's type, as an import reads it: one of a tier or of credits that comes to less than nothing pays back.
fn paid_back() -> String {
    let quoted = |texts: &[&str]| {
        texts.iter().map(|text| format!("'{}'", text.to_ascii_lowercase())).collect::<Vec<_>>().join(", ")
    };
    let fees = quoted(&[&[OF_CREDITS], &OF_FEES[..]].concat());
    let others = quoted(&["Tax", "Credit", REFUND, ADJUSTMENT]);
    format!(
        "CASE WHEN cost < 0 AND lower(operation) IN ({fees}) AND lower(line_type) NOT IN ({others}) AND lower(line_type) NOT LIKE '%{ENDING}' THEN '{REFUND}' ELSE line_type END"
    )
}

/// What a manifest's file and export are compared with.
const FILE: &str = "lower(folder) || '/' || base";
const ABOUT: &str = "lower(folder) || '/' || stem";

/// Writes the statement. What can't be asked for so is said.
pub fn statement(asked: &Asked<'_>) -> Result<String, Saying> {
    let named = asked.manifests.map(Named::read).transpose().map_err(|error| Saying::from(&error))?;
    let filling = Filling {
        asked,
        lacking: asked.lacking()?,
        place: asked.place_read()?,
        has_manifests: named.is_some(),
        named: named.unwrap_or_default(),
    };
    let text = filled(&|name| filling.value(name));
    match asked.engine.most_bytes().filter(|most| text.len() > *most) {
        Some(most) => {
            let most = size(u64::try_from(most).unwrap_or(u64::MAX));
            Err(say!("statement-too-long", engine = asked.engine.name(), most))
        }
        None => Ok(text),
    }
}

/// The statement with its places filled, each once: what stands in one is never looked through again.
fn filled(value: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (index, part) in STATEMENT.split("${").enumerate() {
        match part.split_once('}').filter(|_| index > 0) {
            Some((name, after)) => {
                text.push_str(&value(name));
                text.push_str(after);
            }
            None => text.push_str(part),
        }
    }
    text
}

#[cfg(test)]
mod tests;
