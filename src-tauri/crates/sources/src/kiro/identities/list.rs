//! Users and groups as AWS's command line lists them: `aws identitystore list-users`, `list-groups` and `list-group-memberships`, whole
//! or page by page, several answers in one file or a list that was taken out of one.

use super::people::{BYTES_A_PERSON, Identities, Person, told};
use crate::files::bounded::at_most;
use crate::kiro::user;
use memchr::memmem;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// More of anything than an answer has.
const MOST: usize = 1_000_000;

/// An answer.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Page {
    #[serde(default, deserialize_with = "at_most::<MOST, _, _>")]
    users: Option<Vec<User>>,
    #[serde(default, deserialize_with = "at_most::<MOST, _, _>")]
    groups: Option<Vec<Group>>,
    #[serde(default, deserialize_with = "at_most::<MOST, _, _>")]
    group_memberships: Option<Vec<Membership>>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct User {
    #[serde(rename = "UserId")]
    id: String,
    #[serde(rename = "UserName")]
    login: Option<String>,
    display_name: Option<String>,
    name: Option<Name>,
    #[serde(default, deserialize_with = "at_most::<MOST, _, _>")]
    emails: Option<Vec<Email>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Name {
    formatted: Option<String>,
    #[serde(rename = "GivenName")]
    given: Option<String>,
    #[serde(rename = "FamilyName")]
    family: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Email {
    value: Option<String>,
    primary: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Group {
    group_id: String,
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Membership {
    group_id: String,
    member_id: Member,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Member {
    user_id: String,
}

impl Page {
    /// What stands in a file: an answer, or a list that was taken out of one.
    fn of(text: &str) -> Option<Self> {
        if !text.starts_with('[') {
            let page: Self = serde_json::from_str(text).ok()?;
            let is_one = page.users.is_some() || page.groups.is_some() || page.group_memberships.is_some();
            return is_one.then_some(page);
        }
        let users = || Some(Self { users: list(text), ..Self::default() }).filter(|of| of.users.is_some());
        let memberships = || {
            let of = Self { group_memberships: list(text), ..Self::default() };
            Some(of).filter(|of| of.group_memberships.is_some())
        };
        let groups = || Some(Self { groups: list(text), ..Self::default() }).filter(|of| of.groups.is_some());
        users().or_else(memberships).or_else(groups)
    }
}

/// A list of such entries that has any.
fn list<'t, T: Deserialize<'t>>(text: &'t str) -> Option<Vec<T>> {
    serde_json::from_str::<Vec<T>>(text).ok().filter(|entries| !entries.is_empty())
}

/// One of these stands in every list.
const KEYS: [&str; 5] = ["\"Users\"", "\"Groups\"", "\"GroupMemberships\"", "\"UserId\"", "\"GroupId\""];

/// The pages of a text; none where it is something else. A large one of another kind would be parsed for nothing.
fn pages(text: &[u8]) -> Option<Vec<Page>> {
    KEYS.iter().find(|key| memmem::find(text, key.as_bytes()).is_some())?;
    let each = serde_json::Deserializer::from_slice(text).into_iter::<&RawValue>();
    let pages = each.map(|raw| Page::of(raw.ok()?.get())).collect::<Option<Vec<_>>>()?;
    (!pages.is_empty()).then_some(pages)
}

/// Whether a text in JSON lists users, groups, or who is in which.
pub(crate) fn is_list(text: &[u8]) -> bool {
    pages(text).is_some()
}

/// Who is in which group, by the groups' ids, while files are read: each can name what another has.
#[derive(Default)]
pub(super) struct Groups {
    names: BTreeMap<String, String>,
    members: BTreeMap<String, BTreeSet<String>>,
    /// Pages that name a next one, and pages that are the last.
    followed: u32,
    last: u32,
}

impl Groups {
    /// Whether pages are missing: each that was read names a next one.
    pub fn goes_on(&self) -> bool {
        self.followed > 0 && self.last == 0
    }

    /// Whether anything tells who is in which.
    pub fn tell(&self) -> bool {
        !self.members.is_empty()
    }

    /// Adds everybody's groups, by their names where those are known.
    pub fn join(self, to: &mut Identities) {
        for (group, users) in self.members {
            let name = self.names.get(&group).unwrap_or(&group);
            for user in users {
                to.people.entry(user).or_default().groups.insert(name.clone());
            }
        }
    }
}

/// Adds what a text lists; how many entries it has and how many bytes they take. None where it lists nothing of the kind.
pub(super) fn add(text: &[u8], to: &mut Identities, groups: &mut Groups) -> Option<(u64, usize)> {
    let (mut entries, mut bytes) = (0_u64, 0_usize);
    for Page { users, groups: named, group_memberships, next_token } in pages(text)? {
        let goes_on = next_token.is_some_and(|token| !token.is_empty());
        let count = if goes_on { &mut groups.followed } else { &mut groups.last };
        *count = count.saturating_add(1);
        for user in users.unwrap_or_default() {
            entries = entries.saturating_add(1);
            let id = user::key(user.id.trim()).into_owned();
            if !id.is_empty() {
                bytes = bytes.saturating_add(told(to, id, person(user)));
            }
        }
        for Group { group_id, display_name } in named.unwrap_or_default() {
            entries = entries.saturating_add(1);
            let name = display_name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            bytes = bytes.saturating_add(group_id.len());
            groups.names.extend(name.map(|name| (group_id, name)));
        }
        for Membership { group_id, member_id } in group_memberships.unwrap_or_default() {
            entries = entries.saturating_add(1);
            let id = user::key(member_id.user_id.trim()).into_owned();
            bytes = bytes.saturating_add(group_id.len()).saturating_add(BYTES_A_PERSON);
            if !id.is_empty() {
                groups.members.entry(group_id).or_default().insert(id);
            }
        }
    }
    Some((entries, bytes))
}

/// What is told of a user. A login is less of a name than any other.
fn person(user: User) -> Person {
    let User { id: _, login, display_name, name, emails } = user;
    let said = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (formatted, both) = name.map_or((None, None), |Name { formatted, given, family }| {
        let both: Vec<_> = [said(given), said(family)].into_iter().flatten().collect();
        (said(formatted), said(Some(both.join(" "))))
    });
    let login = said(login);
    let emails = emails.unwrap_or_default();
    let first = emails.iter().find(|email| email.primary == Some(true)).or_else(|| emails.first());
    let email = said(first.and_then(|email| email.value.clone())).or_else(|| login.clone());
    Person {
        name: said(display_name).or(formatted).or(both).or(login),
        email: email.filter(|email| email.contains('@')),
        groups: BTreeSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: &str = r#"{"Users":[{"IdentityStoreId":"d-9067642ac7","UserId":"9067642a-c031-7000-abcd-0000000000ef","UserName":"ada",
        "DisplayName":"Ada Lovelace","Name":{"FamilyName":"Lovelace","GivenName":"Ada"},
        "Emails":[{"Value":"old@x.org"},{"Value":"ada@x.org","Type":"work","Primary":true}]}],"NextToken":null}"#;

    #[test]
    fn a_list_of_the_command_lines_is_known_by_what_stands_in_it() {
        assert!(is_list(USERS.as_bytes()));
        assert!(is_list(format!("{USERS}\n{USERS}").as_bytes()), "page behind page");
        assert!(is_list(br#"[{"UserId":"a","UserName":"ada"}]"#), "as --query Users takes it out");
        for other in
            ["{}", "[]", "[]x", r#"{"Users":3}"#, r#"{"dataFiles":["a"]}"#, r#"[{"ts":1,"type":"say"}]"#, ""]
        {
            assert!(!is_list(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn groups_are_joined_by_their_ids_whichever_comes_first() {
        let (mut read, mut groups) = (Identities::default(), Groups::default());
        let memberships = r#"{"GroupMemberships":[{"GroupId":"g1","MemberId":{"UserId":"9067642A-C031-7000-ABCD-0000000000EF"}},
            {"GroupId":"g2","MemberId":{"UserId":"9067642a-c031-7000-abcd-0000000000ef"}}]}"#;
        for text in [memberships, USERS, r#"{"Groups":[{"GroupId":"g1","DisplayName":"Core"}]}"#] {
            assert!(add(text.as_bytes(), &mut read, &mut groups).is_some(), "{text}");
        }
        groups.join(&mut read);
        let ada = &read.people["9067642a-c031-7000-abcd-0000000000ef"];
        assert_eq!((ada.name.as_deref(), ada.email.as_deref()), (Some("Ada Lovelace"), Some("ada@x.org")));
        assert_eq!(ada.groups.iter().map(String::as_str).collect::<Vec<_>>(), ["Core", "g2"]);
    }

    #[test]
    fn a_page_that_names_a_next_one_isnt_the_last() {
        let (mut read, mut groups) = (Identities::default(), Groups::default());
        let page =
            |token: &str| format!(r#"{{"Users":[{{"UserId":"a","UserName":"x"}}],"NextToken":{token}}}"#);
        add(page("\"more\"").as_bytes(), &mut read, &mut groups);
        assert!(groups.goes_on());
        add(page("null").as_bytes(), &mut read, &mut groups);
        assert!(!groups.goes_on());
    }
}
