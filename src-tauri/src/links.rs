//! The only pages the window can open: a fixed list, all https.

use headroom_app::billing::Catalog;
use headroom_app::views::Link;

/// Where a plan is bought and the switch is turned: the address Kiro's own command line prints.
const KIRO_ACCOUNT: &str = "https://app.kiro.dev/account/usage";

/// The address of a link; none for a source the price list doesn't have.
pub fn address(link: &Link) -> Option<&'static str> {
    match link {
        Link::KiroAccount => Some(KIRO_ACCOUNT),
        Link::Source { index } => {
            let sources = &Catalog::built_in().default_edition().list.sources;
            sources.get(usize::try_from(*index).ok()?).map(|source| source.url.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_https() {
        let sources = Catalog::built_in().default_edition().list.sources.len();
        let links = (0..u32::try_from(sources).unwrap()).map(|index| Link::Source { index });
        for link in links.chain([Link::KiroAccount]) {
            assert!(address(&link).is_some_and(|url| url.starts_with("https://")), "{link:?}");
        }
        assert_eq!(address(&Link::Source { index: u32::MAX }), None);
    }
}
