//! Profiles, of which files write the same one differently (rule F4).

use super::ActivityRow;
use super::names::{id, is_bare};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Gives rows of one profile the same name of it: what differs in letters alone is one, and an id alone is the profile whose ARN ends
/// in it, if that is only one.
pub(super) fn join_profiles(rows: &mut [ActivityRow]) {
    let mut spelled: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut before: Option<&Arc<str>> = None;
    for row in rows.iter() {
        if before.is_none_or(|before| !Arc::ptr_eq(before, &row.profile)) {
            if !row.profile.is_empty() && !spelled.contains(&row.profile) {
                spelled.insert(Arc::clone(&row.profile));
            }
            before = Some(&row.profile);
        }
    }
    let names = names(&spelled);
    if names.is_empty() {
        return;
    }
    for row in rows {
        if let Some(name) = names.get(&row.profile) {
            row.profile = Arc::clone(name);
        }
    }
}

/// What profiles are called that have another name beside the one that they are written with.
fn names(spelled: &BTreeSet<Arc<str>>) -> HashMap<Arc<str>, Arc<str>> {
    let mut names = HashMap::new();
    if spelled.len() < 2 {
        return names;
    }
    let mut of_letters: BTreeMap<String, &Arc<str>> = BTreeMap::new();
    for profile in spelled {
        of_letters.entry(profile.to_ascii_lowercase()).or_insert(profile);
    }
    // The ARN that ends in an id; none where several do.
    let mut of_id: BTreeMap<&str, Option<&Arc<str>>> = BTreeMap::new();
    for (letters, profile) in of_letters.iter().filter(|(letters, _)| !is_bare(letters)) {
        of_id.entry(id(letters)).and_modify(|known| *known = None).or_insert(Some(*profile));
    }
    for profile in spelled {
        let letters = profile.to_ascii_lowercase();
        let with_this_id = of_id.get(&*letters).copied().flatten().filter(|_| is_bare(&letters));
        let name = with_this_id.or_else(|| of_letters.get(&letters).copied()).unwrap_or(profile);
        if name != profile {
            names.insert(Arc::clone(profile), Arc::clone(name));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_has_one_name_however_it_is_written() {
        let of = |texts: &[&str]| {
            let spelled = texts.iter().map(|text| Arc::from(*text)).collect();
            let names = names(&spelled);
            let name = |text: &&str| names.get(*text).map_or((*text).to_owned(), ToString::to_string);
            texts.iter().map(name).collect::<Vec<_>>()
        };
        let arn = "arn:aws:codewhisperer:us-east-1:1:profile/UV4C";
        assert_eq!(of(&[arn, "UV4C", "uv4c", &arn.to_ascii_lowercase()]), [arn; 4]);
        assert_eq!(of(&["uv4c", "UV4C"]), ["UV4C"; 2]);
        let (one, two) = ("arn:a:1:profile/X", "arn:a:2:profile/X");
        assert_eq!(of(&[one, two, "X"]), [one, two, "X"], "nothing tells of which it is");
    }
}
