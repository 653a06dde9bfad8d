//! Catalogues that are imported, signed with a key made here.

use super::*;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use tempfile::TempDir;

const BUILT_IN: &str = include_str!("../../../billing/data/catalog.toml");

/// Who issues catalogues.
struct Issuer(Ed25519KeyPair);

impl Issuer {
    fn new() -> Self {
        let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Self(Ed25519KeyPair::from_pkcs8(pair.as_ref()).expect("a key"))
    }

    fn key(&self) -> Key {
        Key::new(self.0.public_key().as_ref().try_into().expect("32 bytes"))
    }

    fn signed(&self, text: &str) -> Vec<u8> {
        let signature = self.0.sign(&signed::message(text.as_bytes()));
        signed::file(text.as_bytes(), signature.as_ref())
    }
}

/// The first such text replaced; what isn't there can't be.
fn with(text: &str, before: &str, after: &str) -> String {
    assert!(text.contains(before), "{before}");
    text.replacen(before, after, 1)
}

/// The build's own, so many numbers later and checked on another day.
fn later(by: u32) -> String {
    let serial = Catalog::built_in().serial;
    let text = with(BUILT_IN, &format!("serial = {serial}"), &format!("serial = {}", serial + by));
    let (before, july) = text.split_once("id = \"kiro-2026-07\"").expect("it is there");
    let july = with(july, "checked_on = \"2026-08-30\"", &format!("checked_on = \"2031-01-0{by}\""));
    format!("{before}id = \"kiro-2026-07\"{july}")
}

struct Desk {
    folder: TempDir,
    issuer: Issuer,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), issuer: Issuer::new() }
    }

    fn shelf(&self) -> Shelf {
        let paths = Paths::new(self.folder.path().join("data"), None);
        Shelf::of(&paths).with_key(Some(self.issuer.key()))
    }

    fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("file");
        std::fs::write(&path, bytes).expect("written");
        path
    }

    /// What is said of a file that is refused; nothing of it is kept.
    fn refused(&self, bytes: &[u8]) -> String {
        let before = std::fs::read(&self.shelf().kept).ok();
        let path = self.file(bytes);
        let error = self.shelf().import(&path).expect_err("refused");
        assert_eq!(self.shelf().check(&path).expect_err("refused"), error, "checking says the same");
        assert_eq!(std::fs::read(&self.shelf().kept).ok(), before, "nothing of it is kept");
        error.to_string().replace(&path.display().to_string(), "FILE")
    }

    fn import(&self, text: &str) {
        self.shelf().import(&self.file(&self.issuer.signed(text))).expect("imported");
    }
}

#[test]
fn a_newer_signed_file_is_used_from_the_next_opening_on() {
    let desk = Desk::new();
    let opened = desk.shelf().open();
    assert!(!opened.imported && opened.problem.is_none(), "nothing was imported");
    let path = desk.file(&desk.issuer.signed(&later(1)));
    let check = desk.shelf().check(&path).expect("it would be taken");
    assert_eq!((check.serial, check.instead_of), (opened.catalog.serial + 1, opened.catalog.serial));
    assert!(!desk.shelf().open().imported, "checking keeps nothing");
    assert_eq!(desk.shelf().import(&path).expect("imported"), check);
    let opened = desk.shelf().open();
    assert_eq!((opened.imported, opened.problem), (true, None));
    let july = opened.catalog.edition("kiro-2026-07").expect("a list");
    assert_eq!(july.list.checked_on.to_string(), "2031-01-01");
    desk.import(&later(3));
    assert_eq!(desk.shelf().open().catalog.serial, Catalog::built_in().serial + 3);
}

#[cfg(unix)]
#[test]
fn it_is_kept_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    desk.import(&later(1));
    let mode = std::fs::metadata(&desk.shelf().kept).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_is_older_wrongly_signed_or_malformed_is_refused_with_a_word() {
    let desk = Desk::new();
    let serial = Catalog::built_in().serial;
    let day = words::date(&Catalog::built_in().issued_on.to_string());
    let not_newer = |known: u32, own: u32| {
        format!(
            "FILE: its price lists can't be taken (serial: number {own} of {day} is not newer than number {known} of {day})."
        )
    };
    assert_eq!(desk.refused(&desk.issuer.signed(BUILT_IN)), not_newer(serial, serial));
    desk.import(&later(2));
    assert_eq!(desk.refused(&desk.issuer.signed(&later(1))), not_newer(serial + 2, serial + 1));
    let wrong = "FILE: its signature is wrong: it was changed, or somebody else made it.";
    assert_eq!(desk.refused(&Issuer::new().signed(&later(3))), wrong, "somebody else's");
    let mut changed = desk.issuer.signed(&later(3));
    *changed.last_mut().expect("a byte") ^= 1;
    assert_eq!(desk.refused(&changed), wrong, "changed after it was signed");
    let other_use = signed::file(later(3).as_bytes(), desk.issuer.0.sign(later(3).as_bytes()).as_ref());
    assert_eq!(desk.refused(&other_use), wrong, "signed for something else");
    let unsigned = "FILE: it isn't a price list file that Headroom has signed.";
    for bytes in [later(3).as_bytes(), b"", b"headroom-catalog 1 AAAA", b"headroom-catalog 1 *\n", b"\xff\n"]
    {
        assert_eq!(desk.refused(bytes), unsigned, "{:?}", String::from_utf8_lossy(bytes).get(..20));
    }
    assert_eq!(desk.refused(b"headroom-catalog 1 AAAA\n"), wrong, "a signature of three bytes");
    let dearer = with(&later(3), "monthly_price = \"40\"", "monthly_price = \"45\"");
    assert_eq!(
        desk.refused(&desk.issuer.signed(&dearer)),
        "FILE: its price lists can't be taken (edition kiro-2025-12: plan: has been in force as it was, and can't change)."
    );
    let malformed = desk.refused(&desk.issuer.signed("format = 1\nserial = ["));
    assert!(malformed.starts_with("FILE: its price lists can't be taken (line 2: "), "{malformed}");
    assert!(!malformed.contains('\n'), "one line: {malformed}");
}

#[test]
fn a_file_that_is_none_or_too_large_is_not_read_whole() {
    let desk = Desk::new();
    let large = desk.refused(&vec![b'a'; usize::try_from(LARGEST).expect("a size") + 1]);
    assert_eq!(large, "FILE: it is larger than 1 MiB.");
    let folder = desk.shelf().import(desk.folder.path()).expect_err("a folder").to_string();
    assert!(folder.ends_with(": it is a folder, not a file."), "{folder}");
}

#[test]
fn without_a_key_nothing_is_imported_and_what_is_there_is_not_used() {
    let desk = Desk::new();
    desk.import(&later(1));
    let shelf = desk.shelf().with_key(None);
    let refused = shelf.import(&desk.file(&desk.issuer.signed(&later(2)))).expect_err("refused").to_string();
    assert!(refused.contains("built without the key"), "{refused}");
    let view = shelf.view();
    assert!(!view.can_import && !view.imported && view.problem.is_some());
}

#[test]
fn a_kept_file_that_cannot_be_used_gives_way_to_the_builds_own_and_says_so() {
    let desk = Desk::new();
    desk.import(&later(1));
    let kept = desk.shelf().kept;
    let whole = std::fs::read(&kept).expect("it is there");
    let of_the_build = |bytes: &[u8]| {
        std::fs::write(&kept, bytes).expect("written");
        let view = desk.shelf().view();
        assert_eq!((view.imported, view.serial), (false, Catalog::built_in().serial));
        view.problem
    };
    for damaged in [&whole[..whole.len() / 2], b"", b"something else"] {
        let problem = of_the_build(damaged).expect("it is said");
        let day = " of 26 November 2026.";
        assert!(problem.starts_with("The imported price lists aren't used ("), "{problem}");
        assert!(problem.ends_with(&format!("number {}{day}", Catalog::built_in().serial)), "{problem}");
    }
    // The build's own is the floor: what isn't newer needs no word.
    assert_eq!(of_the_build(&desk.issuer.signed(BUILT_IN)), None);
    let dearer = with(&later(1), "monthly_price = \"40\"", "monthly_price = \"45\"");
    assert!(of_the_build(&desk.issuer.signed(&dearer)).is_some(), "signed, and it prices the past anew");
    // What was damaged is put right by importing again.
    desk.import(&later(1));
    assert!(desk.shelf().open().imported);
}

#[test]
fn a_key_of_the_build_is_read_digit_by_digit() {
    let digits = "00ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1DfE";
    let Key(bytes) = Key::from_hexadecimal(digits);
    assert_eq!((bytes[0], bytes[1], bytes[30], bytes[31]), (0, 0xff, 0x1d, 0xfe));
    assert!(std::panic::catch_unwind(|| Key::from_hexadecimal("12")).is_err());
    assert!(std::panic::catch_unwind(|| Key::from_hexadecimal(&digits.replace("ff", "fg"))).is_err());
}
