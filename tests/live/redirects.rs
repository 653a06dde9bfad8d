//! An answer that points elsewhere is followed by nobody, however it points: no byte reaches another address, and no
//! question goes to the address it came from that nobody meant to ask.

use super::kilo::{desk as kilo_desk, emulator as kilo_emulator};
use super::{NOW, account_at_kiro, desk as kiro_desk};
use acceptance::Desk;
use headroom_app::answers::AccountNumber;
use std::net::TcpListener;
use tools::emulator::{Emulator, Fault, Team};

const STATUSES: [&str; 7] = [
    "300 Multiple Choices",
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "305 Use Proxy",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
];

/// What else says where something is, or asks for a login.
const POINTERS: [&str; 6] = [
    "200 OK\r\nrefresh: 0; url=TARGET",
    "200 OK\r\nalt-svc: h2=\"TARGET\"; ma=60",
    "401 Unauthorized\r\nwww-authenticate: Bearer realm=\"TARGET\"\r\nlocation: TARGET",
    "407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"TARGET\"\r\nlocation: TARGET",
    "201 Created\r\nlocation: TARGET\r\ncontent-location: TARGET",
    "503 Service Unavailable\r\nretry-after: 0\r\nlocation: TARGET",
];

/// Somebody who waits elsewhere for a question, on both kinds of loopback.
struct Elsewhere([TcpListener; 2]);

impl Elsewhere {
    fn new() -> Self {
        Self(["127.0.0.1:0", "[::1]:0"].map(|address| {
            let listener = TcpListener::bind(address).expect("a port");
            listener.set_nonblocking(true).expect("a listener");
            listener
        }))
    }

    fn targets(&self) -> [String; 8] {
        let [four, six] = self.0.each_ref().map(|listener| listener.local_addr().expect("an address").port());
        let http = "http:";
        [
            format!("{http}//127.0.0.1:{four}/elsewhere"),
            format!("{http}//api.kilo.ai@127.0.0.1:{four}/elsewhere"),
            format!("{http}//localhost:{four}/elsewhere"),
            format!("//127.0.0.1:{four}/elsewhere"),
            format!("https:{}", format_args!("//127.0.0.1:{four}/elsewhere")),
            // 127.0.0.1 as one number.
            format!("{http}//2130706433:{four}/elsewhere"),
            format!("{http}//[::1]:{six}/elsewhere"),
            format!("{http}//127.0.0.1:{four}/elsewhere#@api.kilo.ai"),
        ]
    }

    fn was_asked(&self) -> bool {
        self.0.iter().any(|listener| listener.accept().is_ok())
    }
}

/// Whoever asks, of one vendor.
struct Asking {
    emulator: Emulator,
    desk: Desk,
    account: AccountNumber,
    host: &'static str,
    minutes: u32,
}

impl Asking {
    fn kiro() -> Self {
        let emulator = Emulator::of(account_at_kiro(), NOW, 0);
        let (desk, account) = kiro_desk(&emulator);
        Self { emulator, desk, account, host: "/q.us-east-1.amazonaws.com/", minutes: 0 }
    }

    fn kilo() -> Self {
        let emulator = kilo_emulator(Team::of_three(NOW));
        let (desk, account) = kilo_desk(&emulator, "kilo-made-up-token");
        Self { emulator, desk, account, host: "/api.kilo.ai/", minutes: 0 }
    }

    /// Asks once while everything is answered so; nobody goes where it points, and nothing is sent back that it set.
    fn once(&mut self, head: &str, elsewhere: &Elsewhere) {
        let head = format!("{head}\r\nset-cookie: made=up; Path=/");
        self.emulator.fail(Some(Fault::Says(head.clone().leak(), "{}")));
        self.minutes += 5;
        let (hour, minute) = (10 + self.minutes / 60, self.minutes % 60);
        self.desk.wait_until(&format!("2026-11-21T{hour}:{minute:02}:00Z"));
        let before = self.emulator.seen().len();
        self.desk.headroom.refresh(self.account, true, false).expect("a failure is no error");
        self.is_asked_alone(before, &head, elsewhere);
    }

    fn is_asked_alone(&self, before: usize, head: &str, elsewhere: &Elsewhere) {
        let seen = self.emulator.seen().split_off(before);
        assert!(!seen.is_empty(), "{head}: nobody was asked");
        for seen in seen {
            assert!(
                seen.line.contains(self.host) && !seen.line.contains("elsewhere"),
                "{head}: {}",
                seen.line
            );
            assert!(!seen.head.to_lowercase().contains("cookie"), "{head}: {}", seen.head);
        }
        assert!(!elsewhere.was_asked(), "{head}: somebody went there");
    }
}

#[test]
fn nobody_goes_where_an_answer_points() {
    let elsewhere = Elsewhere::new();
    let mut tried = 0;
    for asking in [Asking::kiro, Asking::kilo] {
        for status in STATUSES {
            // Of its own: a host that fails again and again is asked less often.
            let mut asking = asking();
            for target in elsewhere.targets() {
                asking.once(&format!("{status}\r\nlocation: {target}"), &elsewhere);
                tried += 1;
            }
        }
        for (pointer, target) in POINTERS.iter().zip(elsewhere.targets()) {
            asking().once(&pointer.replace("TARGET", &target), &elsewhere);
            tried += 1;
        }
    }
    assert_eq!(tried, 124);
}

#[test]
fn a_turn_of_the_switch_is_sent_where_it_belongs_and_nowhere_else() {
    let elsewhere = Elsewhere::new();
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let asking = Asking::kiro();
        asking.desk.headroom.refresh(asking.account, true, false).expect("figures");
        asking.desk.wait_until("2026-11-21T10:05:00Z");
        let head = format!("{status}\r\nlocation: {}", elsewhere.targets()[0]);
        asking
            .emulator
            .fail_at(|line| line.contains("setUserPreference"), Fault::Says(head.clone().leak(), "{}"));
        let before = asking.emulator.seen().len();
        _ = asking.desk.headroom.request_overage(asking.account, true);
        asking.is_asked_alone(before, &head, &elsewhere);
        let turns = asking.emulator.seen().iter().filter(|seen| seen.line.starts_with("POST")).count();
        assert_eq!(turns, 1, "{head}: it is sent once");
    }
}
