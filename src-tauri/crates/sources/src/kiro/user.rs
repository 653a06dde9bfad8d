//! A user of an organisation, who is written differently in reports and on bills (`interfaces.md` §3).

/// The id that both have: the end of an ARN, without the directory in front (`d-1234567890.`).
pub fn key(id: &str) -> &str {
    let slash = memchr::memrchr(b'/', id.as_bytes());
    let end = slash.and_then(|at| id.get(at.saturating_add(1)..)).unwrap_or(id);
    let in_directory = end.strip_prefix("d-").and_then(|rest| rest.split_once('.'));
    in_directory.map(|(_, user)| user).filter(|user| !user.is_empty()).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_user_has_one_key_wherever_they_are_written() {
        for id in [
            "215bb5b0",
            "d-9067642ac7.215bb5b0",
            "arn:aws:identitystore:::user/215bb5b0",
            "arn:aws:identitystore:::user/d-9067642ac7.215bb5b0",
        ] {
            assert_eq!(key(id), "215bb5b0", "{id}");
        }
        assert_eq!(key("ada.lovelace"), "ada.lovelace");
        assert_eq!(key(""), "");
    }
}
