//! The only pages the window can open: a fixed list, all https.

use crate::answers::Link;
use crate::{catalog, vendors};

/// Where problems are reported. Whoever builds Headroom says where: a build of nobody's own sends nobody anywhere.
pub(crate) const TRACKER: Option<&str> = option_env!("HEADROOM_TRACKER");

/// The address of a link; none for a source the price list doesn't have, and for what this build doesn't know.
pub fn address(link: &Link) -> Option<&'static str> {
    match link {
        Link::Account { vendor } => Some(vendors::named(*vendor).account_page()),
        Link::Tracker => TRACKER.filter(|address| address.starts_with("https://")),
        Link::Source { list, page } => {
            let list = catalog::in_use().price_lists().nth(usize::try_from(*list).ok()?)?;
            list.sources.get(usize::try_from(*page).ok()?).map(|source| source.url.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_https() {
        let pages = catalog::in_use().price_lists().zip(0u32..).flat_map(|(prices, list)| {
            (0u32..).take(prices.sources.len()).map(move |page| Link::Source { list, page })
        });
        let accounts = vendors::ALL.iter().map(|vendor| Link::Account { vendor: vendor.name() });
        for link in pages.chain(accounts) {
            assert!(address(&link).is_some_and(|url| url.starts_with("https://")), "{link:?}");
        }
        assert_eq!(address(&Link::Source { list: 0, page: u32::MAX }), None);
    }
}
