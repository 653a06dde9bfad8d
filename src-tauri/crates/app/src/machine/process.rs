//! What every process of ours begins with.

/// Keeps what this process creates and holds to its owner: its files are readable for nobody else, and its memory, in
/// which a login may be, is written to no file when the process crashes. What it starts inherits both.
pub fn guard() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit, umask};
        umask(rustix::fs::Mode::from_raw_mode(0o077));
        // Lowering a limit is everybody's right; a system that refuses it all the same keeps nobody from their figures.
        _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// The system that this runs on, for a report: its kind, its processor, and on Linux which one by its own short name.
pub(super) fn system() -> String {
    let kind = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let field = |name: &str| {
        let value = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
        let value = value.trim_matches('"');
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        (!value.is_empty() && value.len() <= 20 && value.chars().all(plain)).then_some(value)
    };
    [Some(kind.as_str()), field("ID"), field("VERSION_ID")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The language of the person at this machine, as its settings have it; for what is said before there is a window.
pub fn language() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    // In the order in which the system's own programs ask for it.
    set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"))
}

/// Panics where a test wants it: the place that `HEADROOM_PLANTED` names. No program that ships can be told to.
pub(crate) fn planted(place: &str) {
    #[cfg(debug_assertions)]
    let is_here = std::env::var("HEADROOM_PLANTED").is_ok_and(|planted| planted == place);
    #[cfg(debug_assertions)]
    assert!(!is_here, "a planted fault");
    #[cfg(not(debug_assertions))]
    let _ = place;
}

/// Where this process was started to read a file for another of ours, does that: its exit status. `main` begins with it.
pub fn works() -> Option<std::process::ExitCode> {
    headroom_sources::worker::serve::serve(std::env::args_os())
}
