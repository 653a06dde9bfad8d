//! What AWS's command line lists and what a system's own editor saved: JSON as it is, with a mark before it or in UTF-16.

use super::issues::write_bytes;
use super::zipped::zip;
use super::{HEADER, NOW, P1, imported, row, write};
use acceptance::{Desk, fixture};
use headroom_app::answers::{AccountNumber, ImportKind};
use std::fs;

const ADA: &str = "9067642a-c031-7000-abcd-0000000000ef";

/// In UTF-8 with a mark, and in UTF-16 as Windows saves it and as others do.
fn as_editors_save(text: &str) -> [Vec<u8>; 4] {
    let units = || text.encode_utf16();
    [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        [vec![0xFF, 0xFE], units().flat_map(u16::to_le_bytes).collect()].concat(),
        [vec![0xFE, 0xFF], units().flat_map(u16::to_be_bytes).collect()].concat(),
    ]
}

/// Who is named in the organisation's table, and in which groups.
fn named(desk: &Desk, account: AccountNumber) -> Vec<(Option<String>, Vec<String>)> {
    let users = desk.organisation(account).users.into_iter();
    users.map(|user| (user.name, user.groups)).collect()
}

fn reports(desk: &Desk) -> AccountNumber {
    let text = format!("{HEADER}\n{}", row("2026-11-03", ADA, "40.5", P1, "PRO"));
    imported(desk, ImportKind::KiroActivity, &write(desk, "o_user_report_202611040200.csv", &text))
}

const USERS: &str = r#"{"Users":[{"IdentityStoreId":"d-9067642ac7","UserId":"9067642a-c031-7000-abcd-0000000000ef","UserName":"ada",
"DisplayName":"Ada Lovelace","Emails":[{"Value":"ada@example.org","Primary":true}]}]}"#;
const GROUPS: &str =
    r#"{"Groups":[{"GroupId":"g-1","DisplayName":"Core","IdentityStoreId":"d-9067642ac7"}]}"#;
const MEMBERSHIPS: &str = r#"{"GroupMemberships":[{"IdentityStoreId":"d-9067642ac7","MembershipId":"m","GroupId":"g-1",
"MemberId":{"UserId":"9067642a-c031-7000-abcd-0000000000ef"}}]}"#;

/// Found in November 2026: what `aws identitystore list-users` gives was "no table of users", and nothing said what would be.
#[test]
fn users_are_read_as_awss_command_line_lists_them() {
    for text in as_editors_save(USERS).iter().chain(&as_editors_save(&format!("{USERS}\n{USERS}"))) {
        for words in [vec!["import"], vec!["import", "identities"]] {
            let desk = Desk::at(NOW);
            let account = reports(&desk);
            let file = write_bytes(&desk, "users.json", text);
            let run = desk.run(&[&words[..], &[file.to_str().expect("a path")]].concat());
            assert_eq!(run.status, 0, "{}", run.errors);
            assert_eq!(
                named(&desk, account),
                [(Some("Ada Lovelace".to_owned()), Vec::new())],
                "{}",
                run.output
            );
        }
    }
}

#[test]
fn groups_and_who_is_in_them_are_joined_in_a_folder_and_in_a_zip() {
    let files = [("groups.json", GROUPS), ("memberships.json", MEMBERSHIPS), ("users.json", USERS)];
    let expected = [(Some("Ada Lovelace".to_owned()), vec!["Core".to_owned()])];
    let desk = Desk::at(NOW);
    let account = reports(&desk);
    for (name, text) in files {
        write(&desk, &format!("in/{name}"), text);
    }
    imported(&desk, ImportKind::Identities, &desk.home().join("in"));
    assert_eq!(named(&desk, account), expected);
    let desk = Desk::at(NOW);
    let account = reports(&desk);
    let packed = zip(&files.map(|(name, text)| (name, text.as_bytes())));
    imported(&desk, ImportKind::Identities, &write_bytes(&desk, "in.zip", &packed));
    assert_eq!(named(&desk, account), expected);
}

/// Found in November 2026: a table of groups alone took everybody's names away.
#[test]
fn what_a_table_of_people_doesnt_tell_stays_as_it_was() {
    let desk = Desk::at(NOW);
    let account = reports(&desk);
    let people = [
        ("names.csv", format!("UserId,Name\n{ADA},Ada Lovelace\n")),
        ("groups.csv", format!("UserId,Group\n{ADA},Core\n")),
        ("names.csv", format!("UserId,Name\n{ADA},Ada L.\n")),
    ];
    for (name, text) in people {
        imported(&desk, ImportKind::Identities, &write(&desk, name, &text));
    }
    assert_eq!(named(&desk, account), [(Some("Ada L.".to_owned()), vec!["Core".to_owned()])]);
    // A table of groups in which somebody is in none any more says so.
    let text = format!("UserId,Name,Group\n{ADA},Ada L.,\n");
    imported(&desk, ImportKind::Identities, &write(&desk, "left.csv", &text));
    assert_eq!(named(&desk, account), [(Some("Ada L.".to_owned()), Vec::new())]);
}

#[test]
fn a_list_that_goes_on_says_so_and_other_json_says_what_is_wanted() {
    let desk = Desk::at(NOW);
    let page = USERS.replace("]}]}", "]}],\"NextToken\":\"AAMA\"}");
    let file = write(&desk, "page.json", &page);
    let run = desk.run(&["import", "identities", file.to_str().expect("a path")]);
    assert!(run.status == 0 && run.output.contains("NextToken"), "{run:?}");
    let file = write(&desk, "other.json", r#"{"Roles":[]}"#);
    let run = desk.run(&["import", "identities", file.to_str().expect("a path")]);
    assert!(run.status == 2 && run.errors.contains("list-users"), "{run:?}");
}

/// Found in November 2026: a session that an editor had saved with a mark before it, or in UTF-16, was skipped.
#[test]
fn sessions_are_read_in_whichever_way_an_editor_saved_them() {
    let plain = fs::read_to_string(fixture("sessions/3f0c-plain.json")).expect("a session");
    let read = |bytes: &[u8], words: &[&str]| {
        let desk = Desk::at(NOW);
        let file = write_bytes(&desk, "3f0c-plain.json", bytes);
        let run = desk.run(&[words, &[file.to_str().expect("a path"), "--json"]].concat());
        assert_eq!(run.status, 0, "{}", run.errors);
        let report: serde_json::Value = serde_json::from_str(&run.output).expect("JSON");
        let report = if report["parts"].is_array() { report["parts"][0]["report"].clone() } else { report };
        (report["added"].clone(), report["amount"]["value"].clone())
    };
    for words in [vec!["import"], vec!["import", "kiro-sessions"]] {
        let right = read(plain.as_bytes(), &words);
        for bytes in as_editors_save(&plain) {
            assert_eq!(read(&bytes, &words), right, "{words:?}");
        }
    }
}

/// Found in November 2026: a manifest with a mark before it was passed by, and with it that a file is missing.
#[test]
fn a_manifest_is_read_in_whichever_way_an_editor_saved_it() {
    let files = r#"{"dataFiles":["b/k/data/BILLING_PERIOD=2026-10/k-00001.csv","b/k/data/BILLING_PERIOD=2026-10/k-00002.csv"]}"#;
    let bill =
        super::issues::export(&[super::issues::line("a", "8", "7", "2026-10-01", "eva", "Pro", "20.0")]);
    for bytes in as_editors_save(files) {
        let desk = Desk::at(NOW);
        write_bytes(&desk, "in/k/metadata/BILLING_PERIOD=2026-10/k-Manifest.json", &bytes);
        write(&desk, "in/k/data/BILLING_PERIOD=2026-10/k-00001.csv", &bill);
        let account = imported(&desk, ImportKind::AwsCost, &desk.home().join("in"));
        assert_eq!(super::manifests::missing(&desk, account), Some(1));
    }
}
