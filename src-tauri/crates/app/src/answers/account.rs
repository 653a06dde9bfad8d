//! An account in a list, what it is billed by, and who can be asked about it.

use super::{Facts, TeamFacts};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An account's number, as it crosses to the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct AccountNumber(pub i64);

/// A way of billing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Kiro for one person.
    KiroIndividual,
    /// Kiro for an organisation.
    KiroEnterprise,
    /// Kilo for Teams.
    KiloTeams,
    /// Kilo for one person.
    KiloPersonal,
}

/// Who can be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    /// Kiro.
    Kiro,
    /// Kilo.
    Kilo,
}

/// An account in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AccountSummary {
    /// Its number.
    pub id: AccountNumber,
    /// Its name.
    pub name: String,
    /// How it is billed.
    pub billing: Kind,
    /// Whether it is the sample.
    pub sample: bool,
    /// Whether it is kept out of the list.
    pub hidden: bool,
    /// Whether there is anything to show of it: an account of one person needs its facts.
    pub ready: bool,
    /// The facts of an account of one person as they hold now, once they are known.
    pub facts: Option<Facts>,
    /// The plan that the owner stated; where it is none, the plan in the facts is the vendor's word.
    pub stated_plan: Option<String>,
    /// The facts of a team, once they are known.
    pub team: Option<TeamFacts>,
}

/// A plan to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PlanChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Dollars a month.
    pub monthly_price: String,
    /// Credits a month.
    pub allowance: String,
    /// Whether it costs anything.
    pub paid: bool,
}
