//! What is told of a team: what its view shows.

use crate::kilo::{desk, emulator};
use headroom_app::answers::AlertSays;
use tools::emulator::Team;

const NOW: &str = "2026-11-21T10:00:00Z";

#[test]
fn an_alert_of_a_team_says_what_its_view_shows() {
    let gift = Some((20_000_000, "2026-11-22T00:00:00Z".to_owned()));
    let emulator = emulator(Team { gift, ..Team::of_three(NOW) });
    let (desk, account) = desk(&emulator, "kilo-token");
    desk.headroom.refresh(account, false, false).expect("a refresh");
    let says = |desk: &acceptance::Desk| {
        let alerts = desk.headroom.alerts().expect("alerts");
        alerts.into_iter().map(|alert| (alert.key.kind, alert.says)).collect::<Vec<_>>()
    };
    let team = desk.team(account);
    let [gift] = team.expiring.as_slice() else { panic!("{:?}", team.expiring) };
    let (left, at) = (gift.left.clone(), gift.at.clone());
    assert_eq!(says(&desk), [("bonus-expires".to_owned(), AlertSays::Bonus { left, at })]);

    let run_out = team.burn.and_then(|burn| burn.run_out_at).expect("its end");
    assert_eq!(run_out, "2026-11-27T00:08:00Z");
    let desk = desk.later("2026-11-24T00:07:59Z");
    assert_eq!(says(&desk), [], "a second too early, and the gift is gone");
    let desk = desk.later("2026-11-24T00:08:00Z");
    assert_eq!(desk.team(account).burn.and_then(|burn| burn.run_out_at).as_ref(), Some(&run_out));
    assert_eq!(says(&desk), [("run-out".to_owned(), AlertSays::RunOut { at: run_out })]);
}
