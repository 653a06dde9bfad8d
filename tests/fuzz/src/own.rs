//! What Headroom itself defines and somebody else may have written: scenarios, price lists, its own data.

use crate::{MOST_SAID, as_file, can_be_said};
use headroom_app::catalog::Shelf;
use headroom_app::catalog::signed::Key;
use headroom_app::{AppError, ErrorCode, Paths};
use headroom_billing::Catalog;
use headroom_cli::Console;
use headroom_exact::say;
use headroom_store::{Opened, Store};
use std::io;

/// A scenario, from its JSON to the statement.
pub fn scenario(bytes: &[u8]) {
    for command in ["simulate", "replay", "advise"] {
        let (mut input, mut output, mut errors) = (bytes, Vec::new(), Vec::new());
        let arguments = ["headroom", command, "-"].map(Into::into);
        let nowhere = || Err(AppError::new(ErrorCode::Outside, say!("nothing-there")));
        let status = headroom_cli::run(
            arguments,
            &nowhere,
            &mut Console {
                input: &mut input,
                output: &mut output,
                errors: &mut errors,
                terminal: false,
                watched: false,
            },
        );
        let said = String::from_utf8_lossy(&errors);
        let is_done = status == 0 && errors.is_empty() && !output.is_empty();
        let is_refused = status == 2 && output.is_empty() && said.lines().count() == 1;
        assert!((is_done || is_refused) && said.len() <= MOST_SAID, "{command}: {status}: {said}");
    }
}

/// A price list that somebody imports: its text, and the signed file.
pub fn price_list(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        match Catalog::parse(text) {
            Ok(catalog) => {
                if let Err(why) = catalog.renews(Catalog::built_in()) {
                    can_be_said(&why);
                }
            }
            Err(why) => can_be_said(&why),
        }
    }
    as_file("prices", bytes, |path| {
        let shelf = Shelf::of(&Paths::new(path.with_file_name("data"), None));
        let taken = shelf.with_key(Some(Key::new([7; 32]))).check(path);
        can_be_said(taken.expect_err("nobody signed it").saying);
    });
}

/// Headroom's own data as somebody may have left it: opened to be read, and written out whole.
pub fn store(bytes: &[u8]) {
    as_file("data/headroom.db", bytes, |path| match Store::open_to_read(path) {
        Opened::Whole(store) | Opened::ReadOnly(store, _) => {
            // What breaks off in the middle of it is told; there is no more of it to be said here.
            _ = store.write_all(&mut io::sink());
        }
        Opened::Closed(closed) => can_be_said(&closed),
    });
}
