//! The catalogue of price lists: which is in use, and what a file would bring.

use super::Saying;
use serde::Serialize;
use ts_rs::TS;

/// Which catalogue the command line found to be in use.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CatalogView {
    /// Its number.
    pub serial: u32,
    /// The day it was issued: YYYY-MM-DD.
    pub issued_on: String,
    /// Whether it was imported; else this build carries it.
    pub imported: bool,
    /// Why an imported one isn't used.
    pub problem: Option<String>,
    /// Whether this build can import one.
    pub can_import: bool,
    /// Its price lists, each vendor's oldest first.
    pub lists: Vec<CatalogList>,
}

/// A price list of a catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CatalogList {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The day from which it is in force: YYYY-MM-DD; none where its pages don't say.
    pub in_force_from: Option<String>,
    /// When it was last compared with its sources: YYYY-MM-DD.
    pub checked_on: String,
}

/// What a file brings that can be imported.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CatalogCheck {
    /// Its number.
    pub serial: u32,
    /// The day it was issued: YYYY-MM-DD.
    pub issued_on: String,
    /// The number of the one that it takes the place of.
    pub instead_of: u32,
    /// And its day.
    pub instead_of_day: String,
    /// Price lists that are new.
    pub adds: Vec<CatalogList>,
}

/// Which catalogue the window computes by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CatalogAbout {
    /// Its number.
    pub serial: u32,
    /// The day it was issued: YYYY-MM-DD.
    pub issued_on: String,
    /// Whether it was imported; else this build carries it.
    pub imported: bool,
    /// Why an imported one isn't used; none where it is, or there is none.
    #[ts(as = "Option<Saying>")]
    pub problem: Option<headroom_exact::Saying>,
}
