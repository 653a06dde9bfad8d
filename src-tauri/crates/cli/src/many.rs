//! Counts as people say them.

use headroom_app::words;

/// "1 row", "2 rows", "1,200 rows".
pub(crate) fn many(count: impl Into<u64>, one: &str, other: &str) -> String {
    let count = count.into();
    format!("{} {}", words::number(&count.to_string()), if count == 1 { one } else { other })
}

#[cfg(test)]
mod tests {
    use super::many;

    #[test]
    fn one_is_one() {
        let said = [0_u32, 1, 2, 1_200].map(|count| many(count, "row", "rows"));
        assert_eq!(said, ["0 rows", "1 row", "2 rows", "1,200 rows"]);
    }
}
