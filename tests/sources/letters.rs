//! Names that another program saved in other letters are the same names (rules F1 and F4).

use super::issues::{billed, export, gzip, import, line, months, write_bytes};
use super::{HEADER, NOW, P1, imported, row, write};
use acceptance::Desk;
use headroom_app::answers::ImportKind;

/// Two licences, one beyond its credits, a discount, and a tax that is in no sum before tax.
fn bill() -> [String; 5] {
    let of = |id, user, tier, cost| line(id, "8", "700000000001", "2026-10-01", user, tier, cost);
    let lines = [
        of("a", "eva", "ProPlus", "40.0"),
        of("b", "finn", "Pro", "20.0"),
        of("c", "eva", "Pro", "6.25").replace("FlatRateSubscription", "Usage"),
        of("d", "", "Pro", "-2.5").replace("FlatRateSubscription", "EdpDiscount"),
        of("e", "", "Pro", "4.0").replace("FlatRateSubscription", "Tax"),
    ];
    let [fee, other, used, off, tax] = lines;
    [fee, other, used.replace("monthly-subscription", "Credits"), off, tax]
}

/// Found in November 2026: of lines whose product another program had saved as `kiro` nothing was billed, without a word ($6.25 of
/// $46.25); in small letters a tax was a fee.
#[test]
fn a_bill_in_other_letters_is_the_same_bill() {
    let written = export(&bill());
    let (header, rows) = written.split_once('\n').expect("a header");
    let product = |to: &str| rows.replace(",Kiro,", &format!(",{to},"));
    let parts = |text: &str| {
        let desk = Desk::at(NOW);
        let plain = write(&desk, "plain.csv", text);
        let account = import(&desk, &plain).account;
        assert_eq!(billed(&desk, account), months(&[("2026-10", "63.75")]), "{text}");
        let again = Desk::at(NOW);
        let report = import(&again, &write_bytes(&again, "packed.csv.gz", &gzip(text)));
        assert_eq!(billed(&again, report.account), months(&[("2026-10", "63.75")]), "{text}");
        let bill = desk.organisation(account).bill.expect("a bill");
        let parts: Vec<_> = bill.parts.into_iter().map(|part| (part.kind, part.amount)).collect();
        (bill.total, bill.tax, parts)
    };
    let right = parts(&written);
    for rows in [
        product("kiro"),
        product("KIRO"),
        product(" Kiro "),
        product("amazonq"),
        rows.to_ascii_lowercase(),
        rows.to_ascii_uppercase(),
        rows.replace(',', ", "),
        rows.replace("2026-10-01T00:00:00.000Z", "2026-10"),
    ] {
        assert_eq!(parts(&format!("{header}\n{rows}")), right, "{rows}");
    }
}

/// Found in November 2026: `kiro_ide` beside `KIRO_IDE` was another client, whose credits were added; a profile in other letters, or by
/// its id alone, was another profile, under which the same licence was charged once more ($40.00 for $20.00).
#[test]
fn a_client_and_a_profile_are_one_in_whatever_letters() {
    let of = |client: &str, profile: &str, credits: &str| {
        let rows = row("2026-11-03", "ada", credits, profile, "PRO").replace("KIRO_IDE", client);
        format!("{HEADER}\n{rows}")
    };
    let other_letters = P1.to_ascii_uppercase();
    for (client, profile) in [
        ("kiro_ide", P1),
        ("Kiro IDE", P1),
        ("kiro-ide", P1),
        ("KIRO_IDE", &*other_letters),
        ("KIRO_IDE", &*P1.to_ascii_lowercase()),
        ("KIRO_IDE", "ONE"),
        ("KIRO_IDE", "one"),
    ] {
        for order in [[0, 1], [1, 0]] {
            for together in [false, true] {
                let desk = Desk::at(NOW);
                let files = [
                    write(&desk, "in/o_user_report_202611040200.csv", &of("KIRO_IDE", P1, "10")),
                    write(&desk, "in/o_user_report_202611050200.csv", &of(client, profile, "12")),
                ];
                let place = desk.home().join("in");
                let account = if together {
                    imported(&desk, ImportKind::KiroActivity, &place)
                } else {
                    let [_, account] = order.map(|at| imported(&desk, ImportKind::KiroActivity, &files[at]));
                    account
                };
                let view = desk.organisation(account);
                let of = (view.used.as_deref(), view.month_to_date.as_deref(), view.users.len());
                assert_eq!(of, (Some("12.00"), Some("20.00"), 1), "{client} {profile} {order:?} {together}");
            }
        }
    }
}

/// An id that ends two profiles' ARNs can be either: then it stays on its own, as before.
#[test]
fn an_id_that_two_profiles_end_in_is_neither() {
    let elsewhere = P1.replace("us-east-1", "eu-central-1");
    let rows = [P1, &elsewhere, "ONE"].map(|profile| row("2026-11-03", "ada", "10", profile, "PRO")).concat();
    let desk = Desk::at(NOW);
    let file = write(&desk, "o_user_report_202611040200.csv", &format!("{HEADER}\n{rows}"));
    let account = imported(&desk, ImportKind::KiroActivity, &file);
    let view = desk.organisation(account);
    assert_eq!((view.month_to_date.as_deref(), view.used.as_deref()), (Some("60.00"), Some("30.00")));
}

/// What an older version kept of a client in other letters is of the same client.
#[test]
fn a_row_that_a_mended_report_replaces_is_replaced_in_other_letters_too() {
    let desk = Desk::at(NOW);
    let whole = row("2026-11-03", "ada", "10", P1, "PRO") + &row("2026-11-03", "bob", "12", P1, "PRO");
    let lost =
        whole.replace("2026-11-03,bob", "2026-11-03,").replace(P1, "one").replace("KIRO_IDE", "kiro_ide");
    let report = |stamp: &str, rows: &str| {
        let name = format!("o_user_report_{stamp}.csv");
        imported(&desk, ImportKind::KiroActivity, &write(&desk, &name, &format!("{HEADER}\n{rows}")))
    };
    report("202611040200", &lost);
    let account = report("202611050200", &whole);
    let view = desk.organisation(account);
    assert_eq!((view.used.as_deref(), view.used_at_least), (Some("22.00"), false));
}
