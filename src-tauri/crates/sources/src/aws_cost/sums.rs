//! Kiro's rows, summed by month, account, user and kind.

use super::form::{Cells, LineKind};
use crate::kiro_user;
use crate::moments;
use crate::number;
use chrono::{Datelike, NaiveDate};
use headroom_exact::{Saying, say};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::mem;

/// A line's month, account, region, user and kind, and its payer (empty where it isn't told).
pub(super) type Key = (NaiveDate, String, String, String, LineKind, String);

/// A line as it goes from a worker to whoever started it.
#[derive(Serialize, Deserialize)]
pub(super) struct Line {
    key: Key,
    quantity: Decimal,
    cost: Decimal,
}

impl Line {
    /// How many bytes its texts have.
    pub fn texts(&self) -> usize {
        let (_, account, region, user, kind, payer) = &self.key;
        [account, region, user, kind.text(), payer].iter().map(|text| text.len()).sum()
    }
}

/// What is summed: months of a tier or credits, and dollars.
#[derive(Default)]
pub(super) struct Sum {
    pub quantity: Decimal,
    pub cost: Decimal,
}

impl Sum {
    fn add(&mut self, quantity: Decimal, cost: Decimal) -> Result<(), Saying> {
        let too_large = || say!("sums-too-large");
        let quantity = self.quantity.checked_add(quantity).ok_or_else(too_large)?;
        let cost = self.cost.checked_add(cost).ok_or_else(too_large)?;
        *self = Self { quantity, cost };
        Ok(())
    }
}

/// Sums of a folder's files.
#[derive(Default)]
pub(super) struct Sums {
    pub lines: Vec<(Key, Sum)>,
    /// Where a key's sum is.
    places: HashMap<Key, usize>,
    /// The texts of a row that was seen and where its sum is, if it has one: most rows repeat them.
    seen: HashMap<String, Option<usize>>,
    /// Bytes of those texts.
    seen_bytes: usize,
    /// Bytes that the lines take which came since somebody asked.
    more: usize,
}

/// The most combinations of texts that are remembered, and the most bytes of them.
const MOST_SEEN: usize = 1 << 17;
const MOST_SEEN_BYTES: usize = 32 << 20;
/// What a line takes beside its texts: it stands in two places, one of which may have just grown to twice its size, and
/// each text is a piece of memory of its own.
const BYTES_A_LINE: usize = 3 * size_of::<(Key, Sum)>() + 192;

impl Sums {
    /// Adds one of Kiro's rows. `text` is room to work in.
    pub fn add(&mut self, cells: &Cells<'_>, text: &mut String) -> Result<(), Saying> {
        let [
            _,
            period,
            account,
            resource,
            usage_type,
            operation,
            kind,
            quantity,
            cost,
            currency,
            unit,
            payer,
        ] = cells;
        text.clear();
        for part in [period, account, resource, usage_type, operation, kind, currency, unit, payer] {
            text.push_str(part);
            text.push('\0');
        }
        let known = self.seen.get(text.as_str()).copied();
        let place = known.map_or_else(|| self.learn(cells, text), Ok)?;
        let Some((key, sum)) = place.and_then(|place| self.lines.get_mut(place)) else { return Ok(()) };
        let read =
            |field: &str, text: &str| number::exact(text).ok_or_else(|| say!("not-a-number", field, text));
        let quantity = read("usage_amount", quantity)?;
        let cost = read("unblended_cost", cost)?;
        // The same credits can come under two units; a fee's and a discount's own amount says nothing.
        let counts = match key.4 {
            LineKind::Subscription(_) => true,
            LineKind::Credits => unit.is_empty() || unit.eq_ignore_ascii_case("credits"),
            LineKind::Discount | LineKind::Tax | LineKind::Other(_) => false,
        };
        sum.add(if counts { quantity } else { Decimal::ZERO }, cost)
    }

    /// Adds what was summed elsewhere.
    pub fn merge(&mut self, line: Line) -> Result<(), Saying> {
        let texts = line.texts();
        let Line { key, quantity, cost } = line;
        let place = self.place(key, texts);
        self.lines.get_mut(place).map_or(Ok(()), |(_, sum)| sum.add(quantity, cost))
    }

    /// Where the sum of a key is; its texts are so many bytes long.
    fn place(&mut self, key: Key, texts: usize) -> usize {
        let lines = self.lines.len();
        let place = *self.places.entry(key).or_insert_with_key(|key| {
            self.lines.push((key.clone(), Sum::default()));
            lines
        });
        if self.lines.len() > lines {
            self.more = self.more.saturating_add(BYTES_A_LINE).saturating_add(texts.saturating_mul(2));
        }
        place
    }

    /// Finds out where rows with these texts belong.
    fn learn(&mut self, cells: &Cells<'_>, text: &str) -> Result<Option<usize>, Saying> {
        let texts = text.len();
        let place = key(cells)?.map(|key| self.place(key, texts));
        if self.seen.len() >= MOST_SEEN || self.seen_bytes >= MOST_SEEN_BYTES {
            self.seen = HashMap::new();
            self.seen_bytes = 0;
        }
        self.seen_bytes = self.seen_bytes.saturating_add(texts);
        self.seen.insert(text.to_owned(), place);
        Ok(place)
    }

    /// Its lines, which it begins anew without.
    pub fn take(&mut self) -> impl Iterator<Item = Line> + use<> {
        let lines = mem::take(self).lines.into_iter();
        lines.map(|(key, Sum { quantity, cost })| Line { key, quantity, cost })
    }

    /// Whether more is taken than when that was asked last.
    pub const fn grew(&self) -> bool {
        self.more > 0
    }

    /// How many bytes more are taken than when this was asked last.
    pub fn more(&mut self) -> usize {
        mem::take(&mut self.more)
    }
}

/// What a row's texts mean; none for what is no charge.
fn key(cells: &Cells<'_>) -> Result<Option<Key>, Saying> {
    let [_, period, account, resource, usage_type, operation, kind, _, _, currency, _, payer] = cells;
    if *operation == "q-developer-snapshot" {
        return Ok(None);
    }
    if *currency != "USD" && !currency.is_empty() {
        return Err(say!("not-us-dollars", field = "currency_code", text = *currency));
    }
    let month = moments::day_of(period)
        .and_then(|date| date.with_day(1))
        .ok_or_else(|| say!("not-a-date", field = "billing_period_start_date", text = *period))?;
    let (region, tier) = usage_type.split_once('-').unwrap_or(("", usage_type));
    let tier = tier.rsplit('-').next().unwrap_or_default();
    let kind = match *kind {
        "Tax" => LineKind::Tax,
        "Credit" | "Refund" => LineKind::Discount,
        kind if kind.ends_with("Discount") => LineKind::Discount,
        _ if operation.eq_ignore_ascii_case("credits") => LineKind::Credits,
        _ if *operation == "monthly-subscription" || *operation == "number-q-dev-subscriptions" => {
            LineKind::Subscription(hyphenated(tier))
        }
        _ => LineKind::Other((*operation).to_owned()),
    };
    let user = kiro_user::key(resource).to_owned();
    Ok(Some((month, (*account).to_owned(), region.to_owned(), user, kind, (*payer).to_owned())))
}

/// `ProPlus` as price lists have it: `pro-plus`.
fn hyphenated(tier: &str) -> String {
    let mut name = String::new();
    for letter in tier.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name.replace(['_', ' '], "")
}
