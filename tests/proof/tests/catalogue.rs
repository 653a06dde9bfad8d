//! What only shows in a table: the price lists' names, and data that is refused.

use headroom_billing::Catalog;
use headroom_billing::catalog::gives_startup_credits;
use headroom_exact::Country;

#[test]
fn the_catalogue_names_everything_it_has() {
    let catalog = Catalog::built_in();
    let ids: Vec<_> = catalog.price_lists().map(|list| list.id.as_str()).collect();
    assert_eq!(
        ids,
        ["kiro-2025-12", "kiro-2026-05", "kiro-2026-06", "kiro-2026-07", "kilo-2025", "kilo-2026"]
    );
    assert_eq!((catalog.editions().len(), catalog.team_editions().len()), (4, 2));
    let seats: Vec<_> = catalog.team_editions()[1].seats().iter().map(|seat| seat.id.as_str()).collect();
    assert_eq!(seats, ["monthly", "annual", "enterprise", "enterprise-annual"]);
    assert_eq!(
        catalog.default_edition().models_called().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["auto", "one-or-other(one: claude-sonnet-4, other: sonnet-4)"]
    );
    assert_eq!("JP".parse::<Country>().expect("a country").name(), "Japan");
}

#[test]
fn a_catalogue_without_a_vendor_or_without_plans_is_refused() {
    let text = include_str!("../../../src-tauri/crates/billing/data/catalog.toml");
    let refused = |text: &str| Catalog::parse(text).err().map(|error| error.to_string()).unwrap_or_default();
    let from = |start: &str| &text[text.find(start).expect("it is there")..];
    let head = &text[..text.find("[[edition]]").expect("it is there")];
    let without_people = format!("{head}edition = []\n{}", from("[[team_edition]]"));
    assert_eq!(refused(&without_people), "catalog-lists-missing");
    let teams = text.find("[[team_edition]]").expect("it is there");
    let without_teams = format!("team_edition = []\n{}{}", &text[..teams], from("# K11: taxes"));
    assert_eq!(refused(&without_teams), "catalog-lists-missing");
    let unsorted = text.replacen("monthly_price = \"20\"", "monthly_price = \"50\"", 1);
    assert!(refused(&unsorted).contains("catalog-plans-not-in-order"), "{}", refused(&unsorted));
    let free_overage = text.replacen("overage_unit_price = \"0.04\"", "overage_unit_price = \"0\"", 1);
    assert!(refused(&free_overage).contains("overage_unit_price: must-be-positive(text: 0)"));
    let negative = text.replacen("rate = \"0.10\"", "rate = \"-0.10\"", 1);
    assert!(
        refused(&negative).contains("tax JP: must-not-be-negative(text: -0.10)"),
        "{}",
        refused(&negative)
    );
    let narrow = text.replacen("largest = \"100\"", "largest = \"9.99\"", 1);
    assert!(refused(&narrow).contains("packs.largest: must-be-twice-the-smallest"), "{}", refused(&narrow));
    let endless = text.replacen("months = 1", "months = 0", 1);
    assert!(refused(&endless).contains("must-have-a-month"));
}

#[test]
fn k12_startup_credits_leave_13_codes_out() {
    let excluded: Vec<_> = Country::all()
        .filter(|country| !gives_startup_credits(*country))
        .map(|country| country.to_string())
        .collect();
    assert_eq!(excluded.join(" "), "AR BR CU DE ES FR IR IT KP MX RU SD SY");
}
