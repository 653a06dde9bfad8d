//! Tiers as reports and bills spell them.

use super::{Edition, Plan};

impl Edition {
    /// The plan of a tier as reports and bills spell it (rule F4): its letters count, after `+` is read as `plus`, whatever
    /// their case and what stands between them.
    pub fn plan_of_tier(&self, spelled: &str) -> Option<&Plan> {
        let wanted = letters(spelled);
        self.plans().iter().find(|plan| letters(&plan.id) == wanted)
    }
}

/// A tier's letters; the vendor's own name before them says nothing.
fn letters(spelled: &str) -> String {
    let plus = spelled.to_lowercase().replace('+', "plus");
    let letters: String = plus.chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters.strip_prefix("kiro").map(str::to_owned).unwrap_or(letters)
}

#[cfg(test)]
mod tests {
    use crate::Catalog;

    #[test]
    fn a_tier_is_its_letters() {
        let edition = Catalog::built_in().edition("kiro-2026-07").expect("a list");
        for (spelled, plan) in [
            ("PRO", Some("pro")),
            ("PRO_PLUS", Some("pro-plus")),
            ("Pro Plus", Some("pro-plus")),
            ("Pro+", Some("pro-plus")),
            ("KIRO PRO +", Some("pro-plus")),
            ("ProMax", Some("pro-max")),
            ("pro-max", Some("pro-max")),
            ("pOwEr", Some("power")),
            ("Free", Some("free")),
            ("PRO_ULTRA", None),
            ("", None),
        ] {
            assert_eq!(edition.plan_of_tier(spelled).map(|plan| plan.id.as_str()), plan, "{spelled}");
        }
    }
}
