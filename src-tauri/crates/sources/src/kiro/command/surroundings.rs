//! What the program is given of our environment: what it finds its own login, its language and the way out by. Keys and
//! whatever else lies there are none of its business.

use std::env;
use std::ffi::{OsStr, OsString};

/// The variables that it is given, where they are set.
const GIVEN: [&str; 40] = [
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LANGUAGE",
    "TZ",
    "TMPDIR",
    "KIRO_HOME",
    "KIRO_CLI_HOME",
    "KIRO_DATA_DIR",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    // Of Windows, where programs don't even begin without some of them.
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "PATHEXT",
    "TEMP",
    "TMP",
    "USERNAME",
    "USERPROFILE",
    "HOMEDRIVE",
    "HOMEPATH",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
];

/// And those that begin so: how dates and numbers are written.
const BEGINNING: &str = "LC_";

/// Those that it is given out of all there are. Of the folders where programs are, the absolute ones.
pub(super) fn of(
    all: impl IntoIterator<Item = (OsString, OsString)>,
) -> impl Iterator<Item = (OsString, OsString)> {
    all.into_iter().filter_map(|(name, value)| {
        if is(&name, "PATH") {
            let absolute = env::split_paths(&value).filter(|folder| folder.is_absolute());
            return env::join_paths(absolute).ok().map(|value| (name, value));
        }
        let given = GIVEN.iter().any(|given| is(&name, given));
        let begins = name.to_str().is_some_and(|name| name.starts_with(BEGINNING));
        (given || begins).then_some((name, value))
    })
}

/// Whether it is called so; Windows knows no difference between small letters and capitals.
fn is(name: &OsStr, called: &str) -> bool {
    if cfg!(windows) { name.eq_ignore_ascii_case(called) } else { name == called }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_and_no_relative_folder_is_handed_on() {
        let all = [
            ("HOME", "/home/ada"),
            ("LC_TIME", "de_DE.UTF-8"),
            ("https_proxy", "http://127.0.0.1:3128"),
            ("KILO_API_KEY", "secret"),
            ("KILO_AUTH_CONTENT", "secret"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("HEADROOM_EMULATOR", "127.0.0.1:1"),
            ("LD_PRELOAD", "/tmp/x.so"),
            ("home", "x"),
            ("BASH_ENV", "/tmp/x"),
        ];
        let given = of(all.map(|(name, value)| (name.into(), value.into())));
        let names: Vec<_> = given.map(|(name, _)| name).collect();
        assert_eq!(names, ["HOME", "LC_TIME", "https_proxy"]);
        #[cfg(unix)]
        for (path, expected) in [("/usr/bin::.:bin:/bin", "/usr/bin:/bin"), ("", ""), (".", "")] {
            let given: Vec<_> = of([("PATH".into(), path.into())]).collect();
            assert_eq!(given, [("PATH".into(), expected.into())]);
        }
    }
}
