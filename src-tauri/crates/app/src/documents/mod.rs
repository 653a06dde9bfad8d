//! What leaves Headroom as a page or a table: charges as PDF, CSV and JSON, and the words they are said in.

pub(crate) mod export;
pub(crate) mod language;
pub(crate) mod moves;
pub(crate) mod shown_table;
pub(crate) mod usage_table;
pub(crate) mod where_credits_went;
pub mod words;

mod difference;
mod notes;
mod pages;
mod phrases;
mod statement;
mod table;
