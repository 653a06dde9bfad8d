//! The one bounded reader under every reader of files, and what tables of text are for all of them (rule F7).

pub mod bounded;
pub mod given;
pub mod left_out;
pub mod reason;
pub mod table_file;

pub(crate) mod database_file;
pub(crate) mod names;
pub(crate) mod packed_table;
pub(crate) mod words;
pub(crate) mod written;

mod rooms;
