//! Credits of Kilo's by purchase (`interfaces.md` §4.2, `interfaces-2026.md` §5.1): what is left of each and when it goes,
//! what was bought and when.
//!
//! It is money: an amount or a moment in it that can't be read is an error, never nothing and never "never".

use crate::files::bounded::at_most;
use crate::kilo::parts::another_kind;
use crate::observation::{CreditBlock, CreditPurchase};
use crate::wire::json::name;
use crate::wire::number::Number;
use headroom_exact::{Balance, Moment, Saying, say};
use serde::{Deserialize, Deserializer};

/// The most purchases and gifts.
const MOST_BLOCKS: usize = 10_000;

#[derive(Deserialize)]
pub(crate) struct Blocks<'a> {
    #[serde(borrow, rename = "creditBlocks", deserialize_with = "at_most::<MOST_BLOCKS, _, _>")]
    blocks: Option<Vec<Block<'a>>>,
    #[serde(borrow, default, rename = "totalBalance_mUsd")]
    total: Option<Number<'a>>,
}

#[derive(Deserialize)]
struct Block<'a> {
    #[serde(borrow, default)]
    expiry_date: End<'a>,
    #[serde(borrow, rename = "balance_mUsd")]
    balance: Option<Number<'a>>,
    #[serde(borrow, rename = "amount_mUsd")]
    amount: Option<Number<'a>>,
    #[serde(borrow)]
    effective_date: Option<Number<'a>>,
    #[serde(default, deserialize_with = "name")]
    id: Option<String>,
    is_free: Option<bool>,
}

/// When credits go.
#[derive(Clone, Copy, Default)]
enum End<'a> {
    /// It isn't there.
    #[default]
    NotSaid,
    /// It is null.
    Never,
    /// What stands there.
    At(Number<'a>),
}

impl<'de: 'a, 'a> Deserialize<'de> for End<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(from)?.map_or(Self::Never, Self::At))
    }
}

/// What they come to; none where the login may not see them.
#[derive(Default)]
pub(crate) struct ReadBlocks {
    pub left: Option<Vec<CreditBlock>>,
    pub purchases: Option<Vec<CreditPurchase>>,
    pub total: Option<Balance>,
}

/// Millionths of a dollar, where something stands there; an error where that is no amount.
pub(crate) fn amount(number: Option<Number<'_>>) -> Result<Option<Balance>, Saying> {
    number.map(|number| number.unquoted().microdollars().ok_or_else(another_kind)).transpose()
}

/// A moment, where something stands there; an error where that is none.
fn moment(field: &'static str, number: Option<Number<'_>>) -> Result<Option<Moment>, Saying> {
    number.map(|number| number.moment().ok_or_else(|| say!("moment-unreadable", field))).transpose()
}

fn missing(field: &'static str) -> Saying {
    say!("field-missing", field)
}

impl Blocks<'_> {
    /// All of them, or why one can't be read.
    pub(crate) fn read(self) -> Result<ReadBlocks, Saying> {
        let total = amount(self.total)?;
        let Some(blocks) = self.blocks else { return Ok(ReadBlocks { total, ..ReadBlocks::default() }) };
        let (mut left, mut purchases) = (Vec::new(), Vec::new());
        for block in blocks {
            left.extend(block.left()?);
            purchases.extend(block.purchase()?);
        }
        Ok(ReadBlocks { left: Some(left), purchases: Some(purchases), total })
    }
}

impl Block<'_> {
    fn is_free(&self) -> Result<bool, Saying> {
        self.is_free.ok_or_else(|| missing("is_free"))
    }

    /// What is left of it; none where that is nothing.
    fn left(&self) -> Result<Option<CreditBlock>, Saying> {
        let left = amount(self.balance)?.ok_or_else(|| missing("balance_mUsd"))?;
        let expires_at = match self.expiry_date {
            End::NotSaid => return Err(missing("expiry_date")),
            End::Never => None,
            End::At(told) => moment("expiry_date", Some(told))?,
        };
        let free = self.is_free()?;
        Ok(left.is_positive().then_some(CreditBlock { left, expires_at, free }))
    }

    /// The purchase; none of what was given.
    fn purchase(&self) -> Result<Option<CreditPurchase>, Saying> {
        if self.is_free()? {
            return Ok(None);
        }
        let amount = amount(self.amount)?.ok_or_else(|| missing("amount_mUsd"))?;
        let at = moment("effective_date", self.effective_date)?.ok_or_else(|| missing("effective_date"))?;
        let id = self.id.clone().ok_or_else(|| missing("id"))?;
        Ok(amount.is_positive().then_some(CreditPurchase { id, at, amount }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &str) -> Result<ReadBlocks, String> {
        let text = format!(r#"{{"creditBlocks":[{block}],"totalBalance_mUsd":7000000}}"#);
        let blocks: Blocks<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        blocks.read().map_err(|why| why.to_string())
    }

    const BOUGHT: &str = r#"{"id":"c","effective_date":"2026-11-07 00:00:00+00","expiry_date":null,"balance_mUsd":2000000,"amount_mUsd":50000000,"is_free":false}"#;

    #[test]
    fn a_purchase_and_its_end_are_read_in_every_form_of_a_moment() {
        for (written, at) in [
            ("\"2026-11-07 00:00:00+00\"", "2026-11-07T00:00:00Z"),
            ("\"2026-11-07 15:23:45.458+00\"", "2026-11-07T15:23:45Z"),
            ("\"2026-11-07T00:00:00.000Z\"", "2026-11-07T00:00:00Z"),
            ("\"2026-11-07 02:00:00+0200\"", "2026-11-07T00:00:00Z"),
            ("\"2026-11-07\"", "2026-11-07T00:00:00Z"),
            ("1794009600", "2026-11-07T00:00:00Z"),
            ("1794009600000", "2026-11-07T00:00:00Z"),
        ] {
            let block = BOUGHT.replace("\"2026-11-07 00:00:00+00\"", written).replace("null", written);
            let blocks = read(&block).expect("read");
            let bought = &blocks.purchases.expect("purchases")[0];
            assert_eq!(
                (bought.at.to_string().as_str(), bought.amount.to_string().as_str()),
                (at, "50.000000")
            );
            let left = &blocks.left.expect("what is left")[0];
            assert_eq!(left.expires_at.map(|end| end.to_string()).as_deref(), Some(at), "{written}");
        }
        let stays = read(BOUGHT).expect("read").left.expect("what is left");
        assert_eq!(stays[0].expires_at, None, "null is never");
    }

    #[test]
    fn what_costs_money_and_cant_be_read_is_an_error() {
        for (good, bad, expected) in [
            ("null", "\"soon\"", "moment-unreadable(field: expiry_date)"),
            ("null", "\"2026-12-10 00:00:00\"", "moment-unreadable(field: expiry_date)"),
            ("null", "{}", "moment-unreadable(field: expiry_date)"),
            ("\"2026-11-07 00:00:00+00\"", "\"7 Nov\"", "moment-unreadable(field: effective_date)"),
            ("\"2026-11-07 00:00:00+00\"", "null", "field-missing(field: effective_date)"),
            ("50000000", "\"fifty\"", "value-of-another-kind"),
            ("50000000", "null", "field-missing(field: amount_mUsd)"),
            ("2000000", "[2]", "value-of-another-kind"),
            ("2000000", "null", "field-missing(field: balance_mUsd)"),
            ("\"c\"", "null", "field-missing(field: id)"),
            ("false", "null", "field-missing(field: is_free)"),
            ("expiry_date", "expires", "field-missing(field: expiry_date)"),
        ] {
            let changed = BOUGHT.replacen(good, bad, 1);
            assert_ne!(changed, BOUGHT, "{good}");
            assert_eq!(read(&changed).err().as_deref(), Some(expected), "{changed}");
        }
        let gift = BOUGHT.replace("false", "true").replace("\"2026-11-07 00:00:00+00\"", "null");
        assert_eq!(
            read(&gift).expect("read").purchases.map(|bought| bought.len()),
            Some(0),
            "a gift costs nothing"
        );
    }
}
