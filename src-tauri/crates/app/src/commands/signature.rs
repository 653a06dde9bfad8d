//! Commands as the window's TypeScript has them; for `make generate`.

use super::host::FromWindow;
use ts_rs::{Config, ExportError, TS, TypeVisitor};

/// A command as it is declared.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Its name.
    pub name: &'static str,
    /// What its declaration says of it, line by line.
    pub documentation: &'static [&'static str],
    /// What it may have to wait for.
    pub lane: &'static str,
    /// What it is given.
    pub arguments: Vec<Argument>,
    /// The TypeScript of what it answers.
    pub answer: String,
}

/// One thing that a command is given.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// Its TypeScript: of the thing itself, or of what is told.
    pub of: String,
    /// Whether it is somebody to be told such things, not a thing.
    pub is_told: bool,
}

impl Argument {
    pub(super) fn of<T: FromWindow>(name: &'static str, config: &Config) -> Self {
        Self { name, of: T::Crosses::name(config), is_told: T::IS_TOLD }
    }
}

/// Writes a type and all that it is made of.
pub(super) fn export<T: TS + 'static>(config: &Config) -> Result<(), ExportError> {
    let mut exporting = Exporting { config, outcome: Ok(()) };
    exporting.visit::<T>();
    exporting.outcome
}

struct Exporting<'c> {
    config: &'c Config,
    outcome: Result<(), ExportError>,
}

impl TypeVisitor for Exporting<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.outcome.is_err() {
            return;
        }
        // Texts, numbers, lists and "or nothing" have no file of their own; what they hold may.
        if T::output_path().is_some() {
            self.outcome = T::export_all(self.config);
        }
        T::visit_generics(self);
    }
}
