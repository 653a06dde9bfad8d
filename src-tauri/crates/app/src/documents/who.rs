//! Who somebody is on a page: by name where one is known, with the address beside it, else by id.

use serde::Serialize;

/// Somebody whom reports or bills have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Who {
    pub user: String,
    pub name: Option<String>,
    pub email: Option<String>,
}

impl Who {
    /// By what they are called.
    pub fn called(&self) -> &str {
        self.name.as_ref().or(self.email.as_ref()).unwrap_or(&self.user)
    }

    /// Their address, where they are called otherwise.
    pub fn address(&self) -> Option<&str> {
        self.email.as_deref().filter(|email| *email != self.called())
    }

    /// In the order of a list of people.
    pub fn order(&self) -> (String, String) {
        (self.called().to_lowercase(), self.user.clone())
    }
}
