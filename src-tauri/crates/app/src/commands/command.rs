//! What a command is.

use super::host::{Given, Host};
use super::lanes::Lane;
use crate::error::AppError;

/// One command: how it is called and where it runs.
pub(super) struct Command {
    pub name: &'static str,
    pub lane: Lane,
    pub call: fn(&dyn Host, &mut Given<'_>) -> Result<String, AppError>,
}
