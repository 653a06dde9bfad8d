//! A file to be written, and its name.

/// A file to be written.
#[derive(Debug)]
pub struct Export {
    /// What it would be called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A name's letters and digits, in small letters and with hyphens between.
pub(crate) fn file_name(account: &str, period: Option<&str>, ending: &str) -> String {
    let letters = account.to_lowercase();
    let words: Vec<_> = letters
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let parts = ["headroom"].into_iter().chain(words).chain(period);
    format!("{}.{ending}", parts.collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_account_and_period() {
        let name = |account, period| file_name(account, period, "pdf");
        assert_eq!(name("Kiro", Some("2026-10-01")), "headroom-kiro-2026-10-01.pdf");
        assert_eq!(name("../Ada's team / 1", None), "headroom-ada-s-team-1.pdf", "no path in it");
        assert_eq!(name("日本", None), "headroom-日本.pdf");
    }
}
