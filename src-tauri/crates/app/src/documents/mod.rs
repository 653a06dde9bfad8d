//! What leaves Headroom as a page or a table: charges as PDF, CSV and JSON, and the words they are said in, in the
//! reader's language.

pub(crate) mod export;
pub(crate) mod file;
pub(crate) mod language;
pub(crate) mod moves;
pub(crate) mod numbers;
pub(crate) mod shown_table;
pub(crate) mod statement;
pub(crate) mod usage_table;
pub(crate) mod where_credits_went;
pub(crate) mod who;
pub mod words;

mod difference;
mod lines;
mod notes;
mod pages;
mod phrases;
mod table;
