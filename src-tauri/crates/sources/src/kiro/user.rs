//! A user of an organisation, who is written differently in reports and on bills (`interfaces.md` §3).

use crate::files::names::is_uuid;
use headroom_exact::printable::plain;
use std::borrow::Cow;

/// The id that both have (rule F4): the end of an ARN, without the directory in front (`d-1234567890.`) and without what nobody sees,
/// which a page that it was copied from leaves. A UUID is one in whichever case its letters are (RFC 9562), and is kept in small ones.
pub fn key(id: &str) -> Cow<'_, str> {
    match plain(id) {
        Cow::Borrowed(id) => end(id),
        Cow::Owned(id) => Cow::Owned(end(&id).into_owned()),
    }
}

fn end(id: &str) -> Cow<'_, str> {
    let slash = memchr::memrchr(b'/', id.as_bytes());
    let end = slash.and_then(|at| id.get(at.saturating_add(1)..)).unwrap_or(id);
    let in_directory = end.strip_prefix(['d', 'D']).and_then(|rest| rest.strip_prefix('-')?.split_once('.'));
    let user = in_directory.map(|(_, user)| user).filter(|user| !user.is_empty()).unwrap_or(end);
    let has_capitals = user.bytes().any(|byte| byte.is_ascii_uppercase());
    if has_capitals && is_users_uuid(user) {
        Cow::Owned(user.to_ascii_lowercase())
    } else {
        Cow::Borrowed(user)
    }
}

/// A UUID, as an identity store gives it: in the older ones with ten digits of the store in front.
fn is_users_uuid(user: &str) -> bool {
    let behind = user
        .split_once('-')
        .filter(|(store, _)| store.len() == 10 && store.bytes().all(|byte| byte.is_ascii_hexdigit()));
    is_uuid(behind.map_or(user, |(_, uuid)| uuid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_user_has_one_key_wherever_they_are_written() {
        for id in [
            "215bb5b0",
            "d-9067642ac7.215bb5b0",
            "D-9067642AC7.215bb5b0",
            "arn:aws:identitystore:::user/215bb5b0",
            "arn:aws:identitystore:::user/d-9067642ac7.215bb5b0",
        ] {
            assert_eq!(key(id), "215bb5b0", "{id}");
        }
        assert_eq!(key("ada.lovelace"), "ada.lovelace");
        assert_eq!(key(""), "");
    }

    /// Found in November 2026: copied from a page, with a blank that isn't ASCII's behind it, somebody was another user.
    #[test]
    fn what_nobody_sees_is_no_part_of_an_id() {
        for id in ["215bb5b0\u{a0}", "\u{200b}215bb5b0", " 215bb5b0\u{feff}", "d-9067642ac7.215bb5b0\u{202f}"]
        {
            assert_eq!(key(id), "215bb5b0", "{id:?}");
        }
    }

    /// Found in November 2026: in capitals, as another program writes ids, somebody was another user.
    #[test]
    fn a_uuid_in_capitals_is_the_same_user() {
        let uuid = "9067642a-c031-7000-abcd-0000000000ef";
        for id in [
            uuid.to_ascii_uppercase(),
            format!("d-9067642ac7.{}", uuid.to_ascii_uppercase()),
            format!("arn:aws:identitystore:::user/D-9067642AC7.{uuid}"),
        ] {
            assert_eq!(key(&id), uuid, "{id}");
        }
        assert_eq!(key(&format!("9067642AC7-{uuid}")), format!("9067642ac7-{uuid}"));
        assert_eq!(key("Ada.Lovelace"), "Ada.Lovelace", "a name is nothing of that kind");
    }
}
