//! A user is one in reports, bills and the file that names them, however each writes the id (rule F4).

use super::issues::{export, line};
use super::{HEADER, NOW, P1, imported, row, write};
use acceptance::Desk;
use headroom_app::answers::ImportKind;

const UUID: &str = "9067642a-c031-7000-abcd-0000000000ef";

/// Found in November 2026: a second person was charged for, and the first was idle.
#[test]
fn an_id_in_capitals_is_the_same_users() {
    let capitals = UUID.to_ascii_uppercase();
    let ids = [UUID.to_owned(), capitals.clone(), format!("D-9067642AC7.{capitals}")];
    for [in_report, on_bill, in_names] in [[0, 1, 2], [1, 2, 0], [2, 0, 1]].map(|of| of.map(|at| &ids[at])) {
        let desk = Desk::at(NOW);
        let rows = [(in_report, "KIRO_IDE"), (on_bill, "KIRO_CLI")]
            .map(|(user, client)| row("2026-10-04", user, "10", P1, "PRO").replace("KIRO_IDE", client));
        let report = format!("{HEADER}\n{}", rows.concat());
        let bill = export(&[line("a1", "1", "2", "2026-10-01", on_bill, "Pro", "20.0")]);
        let names = format!("UserId,Display Name\n{in_names},Ada Lovelace\n");
        let mut account = None;
        for (kind, name, text) in [
            (ImportKind::KiroActivity, "o_user_report_202611010200.csv", &report),
            (ImportKind::AwsCost, "cur.csv", &bill),
            (ImportKind::Identities, "names.csv", &names),
        ] {
            account = Some(imported(&desk, kind, &write(&desk, name, text)));
        }
        let view = desk.organisation(account.expect("an account"));
        let users: Vec<_> = view.users.iter().map(|user| (user.id.as_str(), user.name.as_deref())).collect();
        assert_eq!(users, [(UUID, Some("Ada Lovelace"))], "{in_report} {on_bill} {in_names}");
        assert_eq!((view.month_to_date.as_deref(), view.used.as_deref()), (Some("20.00"), Some("20.00")));
    }
}
