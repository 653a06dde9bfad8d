//! Clients and profiles, which files write differently (rule F4).

use std::borrow::Cow;

/// A client as Kiro writes it, `KIRO_IDE`: whatever its letters are and what stands between its words.
pub fn client(text: &str) -> Cow<'_, str> {
    let is_other = |letter: char| letter.is_ascii_lowercase() || matches!(letter, ' ' | '-');
    if !text.contains(is_other) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_ascii_uppercase().replace([' ', '-'], "_"))
}

/// The id of a profile, which ends its ARN.
pub(super) fn id(profile: &str) -> &str {
    profile.rsplit('/').next().unwrap_or(profile)
}

/// Whether a profile is told by its id alone.
pub(super) fn is_bare(profile: &str) -> bool {
    !profile.contains(['/', ':'])
}

/// Whether two names can be of one profile, or of one client: in other letters, or one of them without what stands before its id.
pub(super) fn can_be_one(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (is_bare(one) != is_bare(other) && id(one).eq_ignore_ascii_case(id(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_its_letters() {
        for text in ["KIRO_IDE", "kiro_ide", "Kiro-IDE", "Kiro IDE"] {
            assert_eq!(client(text), "KIRO_IDE", "{text}");
        }
    }

    #[test]
    fn a_profile_may_be_told_by_its_id() {
        let (one, two) = ("arn:a:1:profile/X", "arn:a:2:profile/X");
        assert!(can_be_one("x", two) && can_be_one("ARN:a:2:profile/x", two) && !can_be_one(one, two));
    }
}
