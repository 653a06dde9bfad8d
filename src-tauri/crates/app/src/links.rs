//! The only pages the window can open: a fixed list, all https.

use crate::answers::Link;
use headroom_billing::Catalog;

/// Where a plan is bought and the switch is turned: the address Kiro's own command line prints.
const KIRO_ACCOUNT: &str = "https://app.kiro.dev/account/usage";

/// Where a team's seats and credits are bought.
const KILO_ACCOUNT: &str = "https://app.kilo.ai";

/// The address of a link; none for a source the price list doesn't have.
pub fn address(link: &Link) -> Option<&'static str> {
    match link {
        Link::KiroAccount => Some(KIRO_ACCOUNT),
        Link::KiloAccount => Some(KILO_ACCOUNT),
        Link::Source { list, page } => {
            let list = Catalog::built_in().price_lists().nth(usize::try_from(*list).ok()?)?;
            list.sources.get(usize::try_from(*page).ok()?).map(|source| source.url.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_https() {
        let pages = Catalog::built_in().price_lists().zip(0u32..).flat_map(|(prices, list)| {
            (0u32..).take(prices.sources.len()).map(move |page| Link::Source { list, page })
        });
        for link in pages.chain([Link::KiroAccount, Link::KiloAccount]) {
            assert!(address(&link).is_some_and(|url| url.starts_with("https://")), "{link:?}");
        }
        assert_eq!(address(&Link::Source { list: 0, page: u32::MAX }), None);
    }
}
