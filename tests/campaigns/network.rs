//! A server that does whatever a server can do wrong: nobody waits for it longer than the deadline, nothing it sends fills
//! the memory or takes the place of good figures, what it wants is obeyed by every account, and nobody goes where it
//! points.

use crate::Found;
use crate::vendor::{LEFT, NOW, TOKEN, asked, by_hand, holds, kiro, moment, overview, signed_in};
use acceptance::Desk;
use acceptance::chance::Chance;
use headroom_app::answers::{AccountNumber, Kind};
use headroom_app::words;
use headroom_exact::Moment;
use headroom_sources::Patience;
use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};
use tools::emulator::{Emulator, Fault};

/// How patient it is with a server that never ends, and what this machine may need on top of that.
const SHORT: Patience = Patience {
    connect: Duration::from_millis(500),
    quiet: Duration::from_millis(200),
    whole: Duration::from_millis(400),
};
const SLACK: Duration = Duration::from_secs(10);
/// What all of it together may take of memory, KiB.
const MOST_MEMORY: u64 = 64 << 10;
/// When it goes wrong: a minute after the good answer.
const WRONG: &str = "2026-11-21T10:01:00Z";

/// How long the host is to be left alone then, in seconds: from, to.
type Alone = Option<(i64, i64)>;

/// What the server does.
#[derive(Clone, Copy)]
enum Does {
    /// Something that ends.
    Ends(Fault, Alone),
    /// Something that doesn't.
    GoesOn(Fault),
    /// It points elsewhere.
    Points,
    /// It says figures that can't be right.
    IsOdd,
}

const DAY: Alone = Some((86_400, 86_400));
const PAUSE: Alone = Some((15, 60));
const NAMED: Alone = Some((120, 120));

const BEHAVIOURS: [Does; 48] = [
    Does::GoesOn(Fault::Silence),
    Does::GoesOn(Fault::Trickle(Duration::from_millis(20))),
    Does::GoesOn(Fault::HeadTrickle(Duration::from_millis(20))),
    Does::GoesOn(Fault::GoesOn),
    Does::Ends(Fault::EndlessHead, None),
    Does::GoesOn(Fault::EndlessChunks),
    Does::Ends(Fault::GiantBody, None),
    Does::Ends(Fault::GzipBomb, None),
    Does::Ends(Fault::Refuse, None),
    Does::Ends(Fault::Reset, None),
    Does::Ends(Fault::Garbage, None),
    Does::Ends(Fault::HalfBody, None),
    Does::Ends(Fault::TooShort, None),
    Does::Ends(Fault::TooLong, None),
    Does::Ends(Fault::CutGzip, None),
    Does::Ends(Fault::BadChunks, None),
    Does::Ends(Fault::Empty, None),
    Does::Ends(Fault::WrongType, None),
    Does::Ends(Fault::ChangedSchema, None),
    Does::Ends(Fault::Unauthorized, None),
    Does::Ends(Fault::BearerInvalid, None),
    Does::Ends(Fault::NotSupported, None),
    Does::Ends(Fault::NotFound, None),
    Does::Ends(Fault::Server, None),
    Does::Ends(Fault::Says("502 Bad Gateway", "<html>"), None),
    Does::Ends(Fault::Suspended, DAY),
    Does::Ends(Fault::Throttled(None), PAUSE),
    Does::Ends(Fault::Throttled(Some("0")), PAUSE),
    Does::Ends(Fault::Throttled(Some("120")), NAMED),
    Does::Ends(Fault::Throttled(Some(" 120 ")), NAMED),
    Does::Ends(Fault::Throttled(Some("Sat, 21 Nov 2026 10:03:00 GMT")), NAMED),
    Does::Ends(Fault::Throttled(Some("Saturday, 21-Nov-26 10:03:00 GMT")), NAMED),
    Does::Ends(Fault::Throttled(Some("Sat, 21 Nov 2026 09:00:00 GMT")), PAUSE),
    Does::Ends(Fault::Throttled(Some("soon")), PAUSE),
    Does::Ends(Fault::Throttled(Some("-120")), PAUSE),
    Does::Ends(Fault::Throttled(Some("99999999999999999999")), DAY),
    Does::Ends(Fault::Throttled(Some("Thu, 01 Jan 2099 00:00:00 GMT")), DAY),
    Does::Ends(Fault::ThrottlingException, PAUSE),
    Does::Ends(Fault::Says("503 Service Unavailable", ""), PAUSE),
    Does::Ends(Fault::Says("503 Service Unavailable\r\nretry-after: 120", ""), NAMED),
    Does::Ends(
        Fault::Says("503 Service Unavailable\r\nretry-after: Sat, 21 Nov 2026 10:03:00 GMT", ""),
        NAMED,
    ),
    Does::Ends(Fault::Says("503 Service Unavailable\r\nretry-after: 86401", "{}"), DAY),
    Does::Ends(Fault::Says("500 Internal Server Error\r\nretry-after: 120", "{}"), NAMED),
    Does::Ends(Fault::Says("403 Forbidden\r\nretry-after: 120", "{}"), NAMED),
    Does::Points,
    Does::IsOdd,
    Does::IsOdd,
    Does::IsOdd,
];

pub fn run(chance: &mut Chance, count: u64) -> Found {
    let mut found = Found::default();
    let before = peak();
    let mut longest = Duration::ZERO;
    for index in 0..count {
        let turn = usize::try_from(index).expect("few") % BEHAVIOURS.len();
        let outcome = once(chance, BEHAVIOURS[turn], &mut longest);
        found.tried(outcome.map_err(|failure| format!("behaviour {turn}: {failure}")));
    }
    let grown = peak().saturating_sub(before);
    if grown > MOST_MEMORY {
        found.failed.push(format!("{grown} KiB of memory"));
    }
    found.notes.push(format!(
        "{} behaviours; the longest refresh took {longest:?}, {grown} KiB more memory at most",
        BEHAVIOURS.len()
    ));
    found
}

/// The most memory that this process ever held, KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.and_then(|peak| peak.parse().ok()).unwrap_or(0)
}

/// Figures of one kind that can't be right.
fn odd(chance: &mut Chance) -> String {
    let bad = |chance: &mut Chance| {
        let number = chance.below(1_000_000);
        let forms = ["-N.5", "\"N\"", "\"NaN\"", "NE300", "[N]", "{}", "true", "-1E9", "1N0000000000"];
        chance.of(&forms).replace('N', &number.to_string())
    };
    let (used, limit) = (chance.below(900), 1_000);
    let row = |used: String, limit: String, more: &str| {
        format!(r#"{{"resourceType":"CREDIT","currentUsage":{used},"usageLimit":{limit}{more}}}"#)
    };
    let good = row(used.to_string(), limit.to_string(), "");
    let rows = match chance.below(6) {
        0 => row(bad(chance), limit.to_string(), ""),
        1 => row(used.to_string(), bad(chance), ""),
        2 => row(used.to_string(), limit.to_string(), &format!(r#","currentOverages":{}"#, used + 1)),
        3 => format!("{good},{}", row((used + 1).to_string(), limit.to_string(), "")),
        4 => good.replace("CREDIT", chance.of(&["VIBE", "SPEC", "AGENTIC_REQUEST", "TOKENS"])),
        _ => row("null".to_owned(), limit.to_string(), ""),
    };
    format!(
        r#"{{"nextDateReset":1796083200,"usageBreakdownList":[{rows}],"userInfo":{{"userId":"d-1234567890.ada"}}}}"#
    )
}

fn once(chance: &mut Chance, does: Does, longest: &mut Duration) -> Result<(), String> {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    elsewhere.set_nonblocking(true).expect("a listener");
    let (fault, alone, patience) = match does {
        Does::Ends(fault, alone) => (fault, alone, Patience::default()),
        Does::GoesOn(fault) => (fault, None, SHORT),
        Does::Points => {
            (Fault::Redirect(elsewhere.local_addr().expect("an address").port()), None, Patience::default())
        }
        Does::IsOdd => (Fault::Says("200 OK", odd(chance).leak()), None, Patience::default()),
    };
    let emulator = kiro();
    let (desk, account) = signed_in(&emulator, NOW);
    let other = desk.headroom.add_account(Kind::KiroIndividual, Some("Work")).expect("added").id;
    by_hand(&desk, account)?.failure.map_or(Ok(()), |failure| Err(format!("at first: {failure}")))?;
    emulator.fail(Some(fault));
    let mut desk = desk.later(WRONG);
    desk.headroom.set_patience(patience);
    let began = Instant::now();
    let refreshed = by_hand(&desk, account)?;
    let took = began.elapsed();
    *longest = took.max(*longest);
    holds(took < SHORT.whole + SLACK, || format!("{fault:?}: it took {took:?}"))?;
    let failure = refreshed.failure.as_ref().map(words::say).unwrap_or_default();
    holds(!failure.is_empty(), || format!("{fault:?}: nothing is said"))?;
    holds(!failure.contains(TOKEN) && !failure.contains("127.0.0.1"), || format!("{fault:?}: {failure}"))?;
    the_good_ones_lead(&desk, account).map_err(|left| format!("{fault:?}: {left}"))?;
    holds(elsewhere.accept().is_err(), || format!("{fault:?}: somebody went elsewhere"))?;
    let until = refreshed.waits.as_ref().and_then(|waits| waits.until.clone()).map(|until| moment(&until));
    let waits = until.map(|until| until.seconds_since(moment(WRONG)));
    let expected = match (waits, alone) {
        (None, None) => true,
        (Some(waits), Some((from, to))) => (from..=to).contains(&waits),
        _ => false,
    };
    holds(expected, || format!("{fault:?}: it waits {waits:?} seconds"))?;
    let accounts = if fault == Fault::Suspended { vec![account] } else { vec![account, other] };
    afterwards(desk, &emulator, &accounts, until).map_err(|failure| format!("{fault:?}: {failure}"))
}

fn the_good_ones_lead(desk: &Desk, account: AccountNumber) -> Result<(), String> {
    let view = overview(desk, account)?;
    let at = view.quoted.map(|quoted| quoted.at.to_string());
    holds(view.left.as_deref() == Some(LEFT) && at.as_deref() == Some(NOW), || {
        format!("{:?} are left, as of {at:?}", view.left)
    })
}

/// Nobody is asked before the host wants it, whichever account is asked about; then it answers again.
fn afterwards(
    desk: Desk,
    emulator: &Emulator,
    accounts: &[AccountNumber],
    until: Option<Moment>,
) -> Result<(), String> {
    let before = asked(emulator);
    let mut desk = desk;
    if let Some(until) = until {
        desk = desk.later(&until.plus_seconds(-1).to_string());
        for account in accounts {
            let not_asked = by_hand(&desk, *account)?.not_asked.and_then(|not_asked| not_asked.until);
            holds(not_asked == Some(until.to_string()), || format!("it says {not_asked:?}, not {until}"))?;
        }
        holds(asked(emulator) == before, || "it was asked too early".to_owned())?;
    }
    emulator.fail(None);
    let again = until.unwrap_or(moment(WRONG).plus_seconds(60)).to_string();
    emulator.at(&again);
    let desk = desk.later(&again);
    let refreshed = by_hand(&desk, accounts[0])?;
    let answered = refreshed.failure.is_none()
        && refreshed.last_success.map(|at| at.to_string()).as_deref() == Some(again.as_str());
    holds(answered, || format!("afterwards: {refreshed:?}"))
}
