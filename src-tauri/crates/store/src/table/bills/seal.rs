//! What proves that a bill is as it was written: its seal, and its subject written a second time.
//!
//! The seal is the SHA-256, in small hexadecimal letters, of these values one after the other: account, id, month,
//! payer, issue, unreadable, `recorded_at`; how many lines there are; of each line, in order, its position,
//! `usage_account`, region, user, kind, name, quantity, `quantity_fine`, cost and `cost_fine`. An integer is written as
//! `i`, its decimal digits and `;`, a text as `t`, its length in bytes, `:` and the bytes, and NULL as `n`: no two bills
//! are written the same.
//!
//! The subject is account, id, month and payer once more, as `account id month payer`, without the last where there is
//! no payer. If one of the two is damaged, the other still says whose month can't be read.

use rusqlite::types::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A line as it stands in the table: from its position to `cost_fine`.
pub(super) type LineValues = [Value; 10];

/// What a bill is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Subject {
    pub account: i64,
    pub id: i64,
    pub month: String,
    pub payer: Option<String>,
}

impl Subject {
    /// As it is written the second time.
    pub fn written(&self) -> String {
        let Self { account, id, month, payer } = self;
        let subject = format!("{account} {id} {month}");
        payer.iter().fold(subject, |subject, payer| format!("{subject} {payer}"))
    }

    /// Read from that; none where it is damaged.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, ' ');
        Some(Self {
            account: parts.next()?.parse().ok()?,
            id: parts.next()?.parse().ok()?,
            month: parts.next()?.to_owned(),
            payer: parts.next().map(str::to_owned),
        })
    }
}

/// The other columns of a bill that are sealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Rest {
    pub issue: Option<String>,
    pub unreadable: Option<String>,
    pub recorded_at: i64,
}

/// Values in the form in which they are sealed.
fn write(form: &mut String, values: &[Value]) {
    for value in values {
        _ = match value {
            Value::Integer(number) => write!(form, "i{number};"),
            Value::Text(text) => write!(form, "t{}:{text}", text.len()),
            // The tables have no others: they are STRICT.
            Value::Null | Value::Real(_) | Value::Blob(_) => form.write_str("n"),
        };
    }
}

/// The seal of a bill.
pub(super) fn seal(subject: &Subject, rest: &Rest, lines: &[LineValues]) -> String {
    let optional = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let head = [
        Value::Integer(subject.account),
        Value::Integer(subject.id),
        Value::Text(subject.month.clone()),
        optional(&subject.payer),
        optional(&rest.issue),
        optional(&rest.unreadable),
        Value::Integer(rest.recorded_at),
        Value::Integer(count),
    ];
    let mut hash = Sha256::new();
    let mut form = String::new();
    write(&mut form, &head);
    for line in lines {
        hash.update(&form);
        form.clear();
        write(&mut form, line);
    }
    hash.update(&form);
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form is kept in files: it may never change.
    #[test]
    fn the_seal_is_the_sha_256_of_the_documented_form() {
        let subject =
            Subject { account: 3, id: 17, month: "2026-10".to_owned(), payer: Some("999".to_owned()) };
        let rest = Rest { issue: None, unreadable: None, recorded_at: 1_795_000_000 };
        let text = |text: &str| Value::Text(text.to_owned());
        let line = [
            Value::Integer(0),
            text("111"),
            text(""),
            text("ada-1"),
            text("credits"),
            text(""),
            Value::Integer(7),
            Value::Integer(0),
            Value::Integer(-5),
            Value::Integer(1),
        ];
        // By sha256sum of i3;i17;t7:2026-10t3:999nni1795000000;i1;i0;t3:111t0:t5:ada-1t7:creditst0:i7;i0;i-5;i1;
        let expected = "67268708382cf32b9cd71c5a87db6a6c7641f4d8446a231d0e51106095b892c8";
        assert_eq!(seal(&subject, &rest, &[line]), expected);
        assert_eq!(Subject::read(&subject.written()), Some(subject.clone()));
        let without = Subject { payer: None, ..subject };
        assert_eq!(Subject::read(&without.written()), Some(without));
    }
}
