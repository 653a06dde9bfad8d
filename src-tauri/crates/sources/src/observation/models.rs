//! Names of models as they are kept while files are read.

use std::sync::Arc;

/// Names of models, of which one after the other is the same as a rule: kept once.
#[derive(Default)]
pub(crate) struct Models(Option<Arc<str>>);

impl Models {
    pub fn named(&mut self, name: &str) -> Arc<str> {
        match &self.0 {
            Some(last) if **last == *name => Arc::clone(last),
            _ => Arc::clone(self.0.insert(name.into())),
        }
    }
}
