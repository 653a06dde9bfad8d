//! Places in the program as a report has them: of a path only what lies in a source.

/// So many callers are named.
const MOST_CALLERS: usize = 60;
/// A caller's name is no longer than this; generic code has names of any length.
const LONGEST_NAME: usize = 160;

/// A line and a column take no more letters.
const LONGEST_POSITION: usize = 12;

/// Where the sources of a program begin in the path of one of its files. What stands before may be somebody's home.
const BEGIN: [&str; 4] = ["/registry/src/", "/library/", "src-tauri/", "tests/"];

/// A place such as `/home/ada/.cargo/registry/src/index/csv-1.4.0/src/reader.rs:40:9`, from where its source begins.
pub(super) fn of(place: &str) -> String {
    let (path, at) = split(place);
    let path = path.replace('\\', "/");
    let begun = BEGIN.iter().find_map(|begin| {
        let from = path.find(begin)?;
        let rest = path.get(from..)?;
        // Of a registry's package its own name and version; the folder before is the registry's.
        let of_package = rest.strip_prefix("/registry/src/").and_then(|rest| rest.split_once('/'));
        Some(of_package.map_or(rest, |(_, package)| package).trim_start_matches('/'))
    });
    let file = || path.rsplit('/').next().unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+".contains(letter);
    let path: String =
        begun.unwrap_or_else(file).chars().filter(|letter| plain(*letter)).take(LONGEST_NAME).collect();
    let at: String = at.chars().take(LONGEST_POSITION).collect();
    if at.is_empty() { path } else { format!("{path}:{at}") }
}

/// The path, and the line with the column.
fn split(place: &str) -> (&str, &str) {
    let digits_after = |text: &str| {
        let (before, after) = text.rsplit_once(':')?;
        (!after.is_empty() && after.bytes().all(|byte| byte.is_ascii_digit())).then_some(before.len())
    };
    let mut end = place.len();
    for _ in 0..2 {
        match place.get(..end).and_then(digits_after) {
            Some(shorter) => end = shorter,
            None => break,
        }
    }
    let path = place.get(..end).unwrap_or_default();
    (path, place.get(end..).unwrap_or_default().trim_start_matches(':'))
}

/// Who called, a line each, of a backtrace as the standard library writes it.
pub(super) fn called_from(backtrace: &str) -> String {
    let mut callers: Vec<String> = Vec::new();
    for line in backtrace.lines() {
        let line = line.trim_start();
        if let Some(place) = line.strip_prefix("at ") {
            if let Some(caller) = callers.last_mut() {
                *caller = format!("{caller}  {}", of(place));
            }
        } else if let Some((_, name)) = line.split_once(": ") {
            let plain =
                |letter: &char| letter.is_ascii_alphanumeric() || "_:<>{}()&#,; $*[]-+='.".contains(*letter);
            callers.push(name.chars().filter(plain).take(LONGEST_NAME).collect());
        }
    }
    // What wrote the report stands first, and nobody looks for a mistake there. Further down the same names are those who
    // catch it.
    let begins = |caller: &String| ["begin_unwind", "begin_panic"].iter().any(|name| caller.contains(name));
    let from = callers.iter().position(begins).map_or(0, |at| at + 1);
    let panicking =
        |caller: &String| ["core::panicking", "std::panicking"].iter().any(|name| caller.contains(name));
    let callers = callers.into_iter().skip(from).skip_while(panicking).take(MOST_CALLERS);
    callers.fold(String::new(), |list, caller| list + "  " + &caller + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_path_only_what_lies_in_a_source_is_kept() {
        for (place, kept) in [
            ("src-tauri/crates/app/src/lib.rs:12:5", "src-tauri/crates/app/src/lib.rs:12:5"),
            ("/home/ada/headroom/src-tauri/src/lib.rs:12:5", "src-tauri/src/lib.rs:12:5"),
            (
                "/home/ada/.cargo/registry/src/index.crates.io-1949/csv-1.4.0/src/reader.rs:40:9",
                "csv-1.4.0/src/reader.rs:40:9",
            ),
            ("/rustc/59807616/library/core/src/slice/mod.rs:7:1", "library/core/src/slice/mod.rs:7:1"),
            (r"C:\Users\Ada\headroom\src-tauri\src\lib.rs:1:2", "src-tauri/src/lib.rs:1:2"),
            ("/home/ada lovelace/ada.rs:1:2", "ada.rs:1:2"),
            ("", ""),
        ] {
            assert_eq!(of(place), kept, "{place}");
        }
    }

    #[test]
    fn callers_are_named_from_where_it_went_wrong() {
        let backtrace = "   0: std::backtrace::Backtrace::create
             at /rustc/5980/library/std/src/backtrace.rs:331:13
   1: __rustc::rust_begin_unwind
             at /rustc/5980/library/std/src/panicking.rs:689:5
   2: core::panicking::panic_fmt
             at /rustc/5980/library/core/src/panicking.rs:80:14
   3: headroom_app::commands::table::overview
             at /home/ada/headroom/src-tauri/crates/app/src/commands/table.rs:40:9
   4: std::panicking::catch_unwind
             at /rustc/5980/library/std/src/panicking.rs:544:19
   5: <alloc::boxed::Box<F,A> as core::ops::function::FnOnce<Args>>::call_once
";
        assert_eq!(
            called_from(backtrace),
            "  headroom_app::commands::table::overview  src-tauri/crates/app/src/commands/table.rs:40:9
  std::panicking::catch_unwind  library/std/src/panicking.rs:544:19
  <alloc::boxed::Box<F,A> as core::ops::function::FnOnce<Args>>::call_once
"
        );
        let deep = "9: f\n".repeat(500);
        assert_eq!(called_from(&deep).lines().count(), MOST_CALLERS);
    }
}
