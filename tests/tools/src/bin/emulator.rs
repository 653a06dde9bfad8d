//! `make emulator`: Kiro's and Kilo's services on this machine, to point the app at.

use serde_json::json;
use std::io::BufRead;
use tools::emulator::{Emulator, Team};

fn main() {
    let scenario = json!({"account": "kiro-individual", "events": [
        {"at": "2026-08-01T00:00:00Z", "type": "sign_up", "trial": false},
        {"at": "2026-08-15T09:00:00Z", "type": "change_plan", "plan": "pro"},
        {"at": "2026-11-04T10:00:00Z", "type": "usage", "credits": "312.40"},
        {"at": "2026-11-12T10:00:00Z", "type": "usage", "credits": "300.00"},
    ]});
    let emulator = Emulator::of(scenario, "2026-11-21T10:00:00Z", 7878);
    emulator.team(Team::of_three("2026-11-21T10:00:00Z"));
    println!("Kiro and Kilo are played at {}. Run the app with HEADROOM_EMULATOR={0}", emulator.address());
    println!("and HOME on a folder that holds .aws/sso/cache/kiro-auth-token.json:");
    println!(r#"  {{"accessToken":"made-up","expiresAt":"2099-01-01T00:00:00Z","authMethod":"social"}}"#);
    println!("and .local/share/kilo/auth.json:");
    println!(r#"  {{"kilo":{{"type":"api","key":"made-up"}}}}"#);
    println!("Every request is shown here; Enter ends it.");
    let watched = emulator.clone();
    std::thread::spawn(move || {
        let mut shown = 0;
        loop {
            for seen in watched.seen().into_iter().skip(shown) {
                println!("{}", seen.line);
                shown += 1;
            }
            std::thread::park_timeout(std::time::Duration::from_millis(200));
        }
    });
    _ = std::io::stdin().lock().lines().next();
}
