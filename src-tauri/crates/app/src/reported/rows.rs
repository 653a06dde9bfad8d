//! Rows of activity reports on their way into the store. A day of an organisation is thousands of them, of which most say
//! the same beside the user and the credits: that is written once and then repeated.

use crate::error::AppError;
use headroom_exact::StatedCredits;
use headroom_sources::kiro::activity_report::{ActivityRow, Quoted};
use serde::Serialize;
use serde::ser::Error as _;

/// So many different texts that rows say alike are at hand.
const MOST_AT_HAND: usize = 16;

/// What many rows say alike; credits in billionths. Numbers come first, since they tell two apart the soonest.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
struct Alike<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    overage_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overage: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overage_cap: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<&'r str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    profile: &'r str,
}

impl<'r> Alike<'r> {
    fn of(row: &'r ActivityRow) -> Self {
        let Quoted { overage_enabled, overage, overage_cap, usage_limit } = *row.quoted;
        let billionths = |credits: Option<StatedCredits>| credits.map(StatedCredits::billionths);
        Self {
            overage_enabled,
            overage: billionths(overage),
            overage_cap: billionths(overage_cap),
            usage_limit: billionths(usage_limit),
            tier: row.tier.as_deref(),
            profile: &row.profile,
        }
    }
}

/// The rows as one text: a list of objects, as `ActivityBody` reads them.
pub(super) fn written(rows: &[&ActivityRow]) -> Result<String, AppError> {
    let mut text = vec![b'['];
    let mut at_hand: Vec<(Alike<'_>, Vec<u8>)> = Vec::new();
    for row in rows {
        if text.len() > 1 {
            text.push(b',');
        }
        write_own(&mut text, row)?;
        let alike = Alike::of(row);
        if let Some((_, known)) = at_hand.iter().find(|(known, _)| *known == alike) {
            go_on(&mut text, known);
            continue;
        }
        let new = serde_json::to_vec(&alike)?;
        go_on(&mut text, &new);
        if at_hand.len() >= MOST_AT_HAND {
            at_hand.clear();
        }
        at_hand.push((alike, new));
    }
    text.push(b']');
    Ok(String::from_utf8(text).map_err(serde_json::Error::custom)?)
}

/// What a row says of its user, as an object.
fn write_own(text: &mut Vec<u8>, row: &ActivityRow) -> Result<(), AppError> {
    text.extend_from_slice(br#"{"user":"#);
    write_text(text, &row.user)?;
    if let Some(credits) = row.credits {
        text.extend_from_slice(br#","billionths":"#);
        serde_json::to_writer(&mut *text, &credits.billionths())?;
    }
    if let Some(email) = &row.email {
        text.extend_from_slice(br#","email":"#);
        write_text(text, email)?;
    }
    text.push(b'}');
    Ok(())
}

/// A text in quotes: as it stands, unless something in it has to be written otherwise.
fn write_text(text: &mut Vec<u8>, of: &str) -> Result<(), AppError> {
    let is_escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    if of.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
        return Ok(serde_json::to_writer(text, of)?);
    }
    text.push(b'"');
    text.extend_from_slice(of.as_bytes());
    text.push(b'"');
    Ok(())
}

/// Both are objects, the first of which the text ends in: what is in the second goes on in it.
fn go_on(text: &mut Vec<u8>, object: &[u8]) {
    if let Some(more) = object.strip_prefix(b"{").filter(|more| *more != b"}") {
        text.pop();
        text.push(b',');
        text.extend_from_slice(more);
    }
}
