//! What models charge for tokens.

use headroom_exact::{Balance, Decimal};

/// What a model charges for tokens (T3): dollars a million, not negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ModelRate {
    /// For a million tokens that go in.
    pub input_per_million: Decimal,
    /// For a million tokens that come out.
    pub output_per_million: Decimal,
}

impl ModelRate {
    /// What a request costs: tokens in and out, each at the model's rate (T3).
    pub fn cost(&self, input_tokens: u64, output_tokens: u64) -> Balance {
        let (input_whole, input_fine) = self.input_per_million.parts();
        let (output_whole, output_fine) = self.output_per_million.parts();
        let sum = |input: i128, output: i128| {
            let input = i128::from(input_tokens).saturating_mul(input);
            input.saturating_add(i128::from(output_tokens).saturating_mul(output))
        };
        Balance::of_parts(sum(input_whole, output_whole), sum(input_fine, output_fine))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headroom_exact::Money;

    fn rate(input: &str, output: &str) -> ModelRate {
        let parse = |text: &str| text.parse().expect("a decimal");
        ModelRate { input_per_million: parse(input), output_per_million: parse(output) }
    }

    #[test]
    fn the_longest_rates_and_counts_stay_exact() {
        let longest = rate("999999999999.999999999999", "0.000000000001");
        let cost = longest.cost(u64::MAX, u64::MAX);
        // 18446744073709551615 × (10^12 - 10^-12 + 10^-12) / 10^6.
        assert_eq!(cost.to_string(), "18446744073709551615000000.000000");
        assert_eq!(cost.minus(cost), Balance::ZERO);
    }

    #[test]
    fn it_is_rounded_half_away_from_zero_only_when_shown() {
        let half = rate("0.5", "0").cost(1, 0);
        assert_eq!(half.to_string(), "0.000001", "half a millionth");
        assert_eq!(Balance::ZERO.minus(half).to_string(), "-0.000001");
        let less = rate("0.499999999999", "0").cost(1, 0);
        assert_eq!(less.to_string(), "0.000000");
        assert_eq!(Balance::ZERO.minus(less).to_string(), "0.000000", "nothing has no sign");
        assert_eq!(half.plus(half).to_string(), "0.000001", "two halves, not two rounded halves");
        assert!(less.is_positive() && !Balance::ZERO.is_positive());
        assert!(!Balance::ZERO.minus(less).is_positive());
    }

    #[test]
    fn what_is_to_be_bought_is_rounded_up_to_the_cent() {
        let up = |balance: Balance| balance.rounded_up().to_string();
        assert_eq!(up(Balance::of_millionths(1_230_000)), "1.23", "whole cents stay");
        assert_eq!(up(Balance::of_millionths(1_230_001)), "1.24");
        let least = rate("0.000000000001", "0").cost(1, 0);
        assert_eq!(up(least), "0.01", "a trillionth of a millionth is still something");
        assert_eq!(up(Balance::of_millionths(1_229_999).plus(least)), "1.23");
        assert_eq!(up(Balance::of_millionths(1_230_000).plus(least)), "1.24");
    }

    #[test]
    fn the_worked_request_of_t3() {
        // 1,234,567 × 3.00 + 765,433 × 15.00 = 15.185196 (case t3-credits).
        let cost = rate("3.00", "15.00").cost(1_234_567, 765_433);
        assert_eq!(cost.to_string(), "15.185196");
        assert_eq!(Balance::of_money(Money::from_hundredths(5_000)).minus(cost).to_string(), "34.814804");
    }
}
