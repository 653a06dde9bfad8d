//! What profiles are called: by the last part of their ARNs, and by as much more of them as tells them apart.

use std::collections::{BTreeMap, BTreeSet};

/// The names of some profiles.
#[derive(Default)]
pub(super) struct ProfileNames<'p>(BTreeMap<&'p str, String>);

/// Its own part, that with its region, that with its account too, and all of it.
fn names(arn: &str) -> [String; 4] {
    let own = arn.rsplit('/').next().unwrap_or(arn);
    let part = |place: usize| arn.split(':').nth(place).filter(|part| !part.is_empty());
    let (region, account) = (part(3), part(4));
    let with = |parts: &[Option<&str>]| {
        let parts: Vec<_> = parts.iter().copied().flatten().collect();
        if parts.is_empty() { own.to_owned() } else { format!("{own} ({})", parts.join(", ")) }
    };
    [own.to_owned(), with(&[region]), with(&[region, account]), arn.to_owned()]
}

impl<'p> ProfileNames<'p> {
    pub fn of(profiles: impl IntoIterator<Item = &'p str>) -> Self {
        let profiles: BTreeSet<&str> = profiles.into_iter().collect();
        let mut named = BTreeMap::new();
        let mut open: Vec<_> = profiles.into_iter().map(|arn| (arn, names(arn).into_iter())).collect();
        while !open.is_empty() {
            let mut shorter: BTreeMap<String, Vec<_>> = BTreeMap::new();
            for (arn, mut longer) in open {
                let name = longer.next().unwrap_or_else(|| arn.to_owned());
                shorter.entry(name).or_default().push((arn, longer));
            }
            open = Vec::new();
            for (name, those) in shorter {
                match those.as_slice() {
                    [(arn, _)] => _ = named.insert(*arn, name),
                    _ => open.extend(those),
                }
            }
        }
        Self(named)
    }

    pub fn of_one(&self, arn: &str) -> String {
        let [own, ..] = names(arn);
        self.0.get(arn).cloned().unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found in November 2026: two profiles of one id, of two regions, had one name, so that both were one profile.
    #[test]
    fn profiles_are_called_apart() {
        let arn = |region: &str, account: &str, id: &str| {
            format!("arn:aws:codewhisperer:{region}:{account}:profile/{id}")
        };
        let all = [
            arn("us-east-1", "1", "ONE"),
            arn("us-east-1", "1", "TWO"),
            arn("eu-central-1", "1", "TWO"),
            arn("eu-central-1", "2", "TWO"),
            "THREE".to_owned(),
            "x/THREE".to_owned(),
            String::new(),
        ];
        let names = ProfileNames::of(all.iter().map(String::as_str));
        let called = all.each_ref().map(|arn| names.of_one(arn));
        let expected = [
            "ONE",
            "TWO (us-east-1)",
            "TWO (eu-central-1, 1)",
            "TWO (eu-central-1, 2)",
            "THREE",
            "x/THREE",
            "",
        ];
        assert_eq!(called, expected);
        assert_eq!(names.of_one("a/B"), "B");
    }
}
