//! What readers of every vendor share: one bounded HTTP client, how numbers and moments are written, what is kept of an
//! answer, what is struck out of it, and how a refusal is read.

pub mod http;
pub mod json;
pub mod kept;
pub mod missing;
pub mod secret;

pub(crate) mod asked;
pub(crate) mod fetch_error;
pub(crate) mod host;
pub(crate) mod moments;
pub(crate) mod number;
pub(crate) mod patience;
pub(crate) mod refusal;
pub(crate) mod struck;
