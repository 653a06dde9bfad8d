//! A user of an organisation, who is written differently in reports and on bills (`interfaces.md` §3).

/// The id that both have: the end of an ARN, without the directory in front (`d-1234567890.`).
pub fn key(id: &str) -> &str {
    let end = id.rsplit('/').next().unwrap_or(id);
    match end.split_once('.') {
        Some((directory, user)) if directory.starts_with("d-") && !user.is_empty() => user,
        _ => end,
    }
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
