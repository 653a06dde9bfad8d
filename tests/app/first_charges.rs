//! What is said of charges before any period has ended.

use acceptance::Desk;
use headroom_app::answers::Kind;

/// Found in November 2026: "Nothing has been charged yet" stood above what was charged in the first paid month, and above
/// "Nothing is known of any charge yet".
#[test]
fn what_was_charged_in_the_first_month_is_told_and_what_nobody_knows_is_not_nothing() {
    let said = |desk: &Desk| {
        let run = desk.run(&["invoices"]);
        run.output
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty())
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.run(&["facts", "--plan", "pro", "--first-paid", "2026-11-05"]);
    desk.run(&["packs", "add", "10", "--on", "2026-11-16"]);
    // 25 of 30 days of $20.00, and $10.00.
    assert_eq!(said(&desk), "Next charge: $20.00 on 1 December. Since 1 November: $26.67 charged.");
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.run(&["facts", "--plan", "free"]);
    assert_eq!(said(&desk), "Nothing is charged next. Nothing has been charged yet.");
    let desk = Desk::at("2026-11-21T10:00:00Z");
    desk.headroom.add_account(Kind::KiloTeams, None).expect("added");
    assert_eq!(said(&desk), "Nothing is known of any charge yet.");
}
