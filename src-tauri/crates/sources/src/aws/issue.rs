//! Which issue of a month an export is, and what tells it from another.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// How an export names its columns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// As CUR 2.0 does; so do the legacy report's Parquet and Athena's tables.
    Underscores,
    /// As the legacy report does in text.
    Slashes,
    /// As FOCUS does, with AWS's own columns.
    Focus,
}

/// What tells an issue of a payer's month from another (rule F3). It is kept with the bill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Issue {
    /// Where it was read: a file, or the folder that holds its parts.
    pub from: String,
    /// How its columns are named.
    pub layout: Layout,
    /// The export it is of, where a manifest or the folders around it name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<String>,
    /// Where issues of the same export lie side by side.
    #[serde(default)]
    pub family: String,
    /// Files of which this is equal are of one issue.
    #[serde(default)]
    pub label: String,
    /// Which parts of it were read, in order, where its files are numbered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<u32>,
    /// How many parts it has at least, by a manifest or by the numbers of those that were read; 0 where nothing tells.
    #[serde(default, skip_serializing_if = "is_none")]
    pub listed: u32,
    /// When it was issued, where its folder or its file says so: seconds since 1970 and nanoseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(i64, u32)>,
    /// What the manifest that names the current issue says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<bool>,
    /// Whether all of its lines have an id and an interval.
    #[serde(default)]
    pub ids: bool,
    /// When the usage of its newest line began, of whatever product.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub newest: String,
    /// Whether each line has an invoice: then it is final.
    #[serde(default)]
    pub invoiced: bool,
    /// Rows of it that couldn't be read: they are in no sum.
    #[serde(default)]
    pub unread: u64,
    /// Whether the owner chose it over those that were known.
    #[serde(default)]
    pub chosen: bool,
    /// When a later issue of its export's month was issued that lay there and that nobody could read. It says nothing of which of two
    /// counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outdone: Option<(i64, u32)>,
    /// When a statement read it where it lies: a second, as `2026-11-26 07:30:00`; empty where files were read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub read_at: String,
    /// What lay beside it, of its month as far as anything tells, and is damaged: of whom that is and what it comes to nobody knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<LostIssue>,
}

/// An issue of which nothing could be read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct LostIssue {
    /// As those are labelled that can be read.
    pub label: String,
    /// Where issues of the same export lie side by side.
    pub family: String,
    /// The month that the folders around it name: what an export delivers at once of several months is labelled as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<NaiveDate>,
}

impl LostIssue {
    /// Whether this is it, read whole, or another issue of its export's month.
    pub fn is_told_by(&self, issue: &Issue, of: NaiveDate) -> bool {
        let is_of_it = self.label == issue.label || (!self.family.is_empty() && self.family == issue.family);
        is_of_it && self.month.is_none_or(|month| month == of)
    }
}

/// Whether no manifest names any: then it isn't kept. (serde asks with a reference.)
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_none(listed: &u32) -> bool {
    *listed == 0
}

impl Layout {
    /// As it is kept and asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Underscores => "underscores",
            Self::Slashes => "slashes",
            Self::Focus => "focus",
        }
    }
}

impl Issue {
    /// Whether two are issues of one export, as far as can be told.
    pub fn is_of_the_same_export(&self, other: &Self) -> bool {
        self.layout == other.layout
            && match (&self.export, &other.export) {
                (Some(one), Some(another)) => one == another,
                _ => !self.family.is_empty() && self.family == other.family,
            }
    }

    /// Whether both are parts of one issue, none of which is in both: they are added.
    pub fn is_another_part_of(&self, other: &Self) -> bool {
        let are_numbered = !self.parts.is_empty() && !other.parts.is_empty();
        are_numbered && self.label == other.label && !self.parts.iter().any(|part| other.parts.contains(part))
    }

    /// Whether it is the same issue with more of its parts.
    fn is_more_of(&self, other: &Self) -> bool {
        self.label == other.label
            && self.parts.len() > other.parts.len()
            && other.parts.iter().all(|part| self.parts.contains(part))
    }

    /// Whether two are known to be of two different exports.
    pub fn is_of_another_export(&self, other: &Self) -> bool {
        let both = self.export.as_ref().zip(other.export.as_ref());
        self.layout != other.layout || both.is_some_and(|(one, another)| one != another)
    }

    /// How many parts are missing, by manifests and by numbers: of issues of one month, of which several can be parts of one.
    pub fn missing_parts<'i>(issues: impl Iterator<Item = &'i Self>) -> u32 {
        let mut of: BTreeMap<&str, (u32, BTreeSet<u32>)> = BTreeMap::new();
        for issue in issues.filter(|issue| !issue.parts.is_empty()) {
            let (listed, parts) = of.entry(&issue.label).or_default();
            *listed = (*listed).max(issue.listed);
            parts.extend(&issue.parts);
        }
        let missing = of
            .into_values()
            .map(|(listed, parts)| listed.saturating_sub(u32::try_from(parts.len()).unwrap_or(u32::MAX)));
        missing.fold(0, u32::saturating_add)
    }

    /// Which of two that can't both count is the later or the leading one; equal where nothing tells.
    pub fn compare(&self, accounts: usize, other: &Self, of_other: usize) -> Ordering {
        if self.is_more_of(other) {
            return Ordering::Greater;
        }
        if other.is_more_of(self) {
            return Ordering::Less;
        }
        // The newest line is the month's last word, where both are known; so is an invoice.
        let as_far_as_known = |of: fn(&Self) -> &String| {
            let (one, another) = (of(self), of(other));
            if one.is_empty() || another.is_empty() { Ordering::Equal } else { one.cmp(another) }
        };
        let lines = || as_far_as_known(|issue| &issue.newest).then(self.invoiced.cmp(&other.invoiced));
        if self.is_of_another_export(other) {
            return self.ids.cmp(&other.ids).then(accounts.cmp(&of_other)).then_with(lines);
        }
        let current = |issue: &Self| match issue.current {
            Some(true) => 2,
            None => 1,
            Some(false) => 0,
        };
        // Without a manifest on both sides one only says what isn't current any more.
        let by_manifest = match (self.current, other.current) {
            (Some(true), None) | (None, Some(true)) => Ordering::Equal,
            _ => current(self).cmp(&current(other)),
        };
        let by_time = self.at.zip(other.at).map_or(Ordering::Equal, |(one, another)| one.cmp(&another));
        // Of an export that overwrites itself a later statement saw the later state.
        let by_reading = || as_far_as_known(|issue| &issue.read_at);
        // One that breaks off was not downloaded whole.
        let by_wholeness = || (self.unread == 0).cmp(&(other.unread == 0));
        by_manifest.then(by_time).then_with(lines).then_with(by_reading).then_with(by_wholeness)
    }

    /// Takes over what is known of another that says the same.
    pub fn join(&mut self, other: &Self) {
        self.at = self.at.max(other.at);
        self.current = self.current.max(other.current);
        self.ids |= other.ids;
        self.invoiced |= other.invoiced;
        self.chosen |= other.chosen;
        self.outdone = self.outdone.max(other.outdone);
        self.unread = self.unread.min(other.unread);
        self.listed = self.listed.max(other.listed);
        self.export = self.export.take().or_else(|| other.export.clone());
        for (known, of_other) in [(&mut self.newest, &other.newest), (&mut self.read_at, &other.read_at)] {
            if of_other > known {
                known.clone_from(of_other);
            }
        }
    }

    /// Whether it says something of which issue it is that another doesn't.
    pub fn adds_to(&self, other: &Self) -> bool {
        self.at > other.at
            || self.current > other.current
            || self.listed > other.listed
            || (self.chosen && !other.chosen)
            || self.outdone > other.outdone
            || self.beside.iter().any(|lost| !other.beside.contains(lost))
    }
}
