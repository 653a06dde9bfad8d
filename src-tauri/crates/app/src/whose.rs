//! Whose account it is, by what is kept as the id by which Kiro knows it (rule V1).

use headroom_sources::kiro::user;

/// In front of the place of a login that was chosen though Kiro doesn't say whose it is.
const LOGIN: &str = "login:";

/// Whose account it is, as far as that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Whose<'i> {
    /// Not known. A profile's ARN, which older versions kept, names an organisation's profile and nobody.
    Unknown,
    /// Kiro's id of a user, with or without the directory in front.
    User(&'i str),
    /// Whoever is signed in there, as the owner chose.
    Login(&'i str),
}

impl<'i> Whose<'i> {
    /// Of what is kept.
    pub fn of(identity: Option<&'i str>) -> Self {
        let Some(identity) = identity.filter(|identity| !identity.is_empty()) else { return Self::Unknown };
        match identity.strip_prefix(LOGIN) {
            Some(place) => Self::Login(place),
            None if names_a_profile(identity) => Self::Unknown,
            None => Self::User(identity),
        }
    }

    /// Whether it is known by Kiro's own word.
    pub const fn is_a_user(self) -> bool {
        matches!(self, Self::User(_))
    }

    /// Whether an answer that names this user, or nobody, can be of the account.
    pub fn can_be_of(self, user: Option<&str>) -> bool {
        match (self, user) {
            (Self::User(known), Some(user)) => is_same_user(known, user),
            (Self::User(_), None) | (Self::Unknown | Self::Login(_), _) => true,
        }
    }
}

/// As the login of a place is kept.
pub(crate) fn identity_of_login(place: &str) -> String {
    format!("{LOGIN}{place}")
}

/// Whether two ids are one user's: with the directory in front or without it.
pub(crate) fn is_same_user(one: &str, other: &str) -> bool {
    user::key(one).eq_ignore_ascii_case(&user::key(other))
}

fn names_a_profile(identity: &str) -> bool {
    identity.starts_with("arn:") && identity.contains(":profile/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_names_nobody_and_a_user_is_one_with_and_without_the_directory() {
        for nobody in [None, Some(""), Some("arn:aws:codewhisperer:us-east-1:1:profile/X")] {
            assert_eq!(Whose::of(nobody), Whose::Unknown, "{nobody:?}");
        }
        for (known, user, same) in [
            ("d-1234567890.ada", "ada", true),
            ("ada", "d-1234567890.ada", true),
            ("D-1234567890.ADA", "D-1234567890.ada", true),
            ("arn:aws:identitystore:::user/d-1234567890.ada", "ada", true),
            ("d-1234567890.ada", "d-1234567890.bob", false),
            ("ada.lovelace", "lovelace", false),
        ] {
            assert_eq!(Whose::of(Some(known)).can_be_of(Some(user)), same, "{known} {user}");
        }
        assert_eq!(Whose::of(Some("login:data.sqlite3")), Whose::Login("data.sqlite3"));
        assert!(Whose::User("ada").can_be_of(None) && Whose::Unknown.can_be_of(Some("bob")));
    }
}
