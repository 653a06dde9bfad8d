//! What is to be done about an organisation's users: a page to hand on, tier by tier and person by person, and a table.

use super::pages::{Ink, MARGIN, Made, Pages, RIGHT, Weight, pdf as document};
use super::table::Table;
use super::words;
use crate::error::AppError;
use serde::Serialize;

/// Somebody to move to another tier, or whose licence is to go.
#[derive(Serialize)]
pub(crate) struct Move {
    pub user: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub profile: String,
    pub tier: String,
    /// None where the licence goes.
    pub to: Option<String>,
    /// Dollars a month, without tax.
    pub saves: String,
}

/// All whom the same is to be done about.
pub(crate) struct Part {
    pub tier: String,
    pub to: Option<String>,
    pub moves: Vec<Move>,
    pub saves: String,
}

/// What is to be done, with what it comes to.
pub(crate) struct Moves {
    pub account: String,
    pub sample: bool,
    /// The month that it was judged by: YYYY-MM.
    pub month: String,
    /// The month from which it counts: YYYY-MM.
    pub from: String,
    /// By tier, the one that saves the most first.
    pub parts: Vec<Part>,
    pub people: String,
    pub saves: String,
    pub made_at: String,
}

impl Moves {
    fn all(&self) -> impl Iterator<Item = &Move> {
        self.parts.iter().flat_map(|part| &part.moves)
    }
}

/// "Power to Pro".
fn step(tier: &str, to: Option<&str>) -> String {
    to.map_or_else(|| format!("{tier}: give up the licence"), |to| format!("{tier} to {to}"))
}

fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", words::grouped(&count.to_string())) }
}

/// "−$180.00", of what is saved.
fn less(saves: &str) -> String {
    words::dollars(&format!("-{saves}"))
}

/// A row a person, and one of all.
pub(crate) fn table(moves: &Moves) -> Vec<u8> {
    let mut table =
        Table::of(&["user", "name", "email", "profile", "tier", "to", "saves_a_month", "from_month"]);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    for of in moves.all() {
        table.row(&[
            of.user.clone(),
            text(&of.name),
            text(&of.email),
            of.profile.clone(),
            of.tier.clone(),
            of.to.clone().unwrap_or_else(|| "none".to_owned()),
            of.saves.clone(),
            moves.from.clone(),
        ]);
    }
    table.row(&["total", "", "", "", "", "", &moves.saves, &moves.from]);
    table.bytes()
}

fn write(pages: &mut Pages<'_>, moves: &Moves) {
    pages.title("Changes of tiers", &format!("From {} on", words::month(&moves.from)));
    let sample = if moves.sample { ", made-up usage" } else { "" };
    let about = format!("{} (Kiro, organisation{sample})", moves.account);
    pages.paragraph(10.5, Ink::Dark, RIGHT - MARGIN, &about);
    let judged = format!(
        "Judged by what each used in {}: what a month like it costs less, without tax.",
        words::month(&moves.month)
    );
    pages.paragraph(9.0, Ink::Soft, RIGHT - MARGIN, &judged);
    pages.heading("By tier");
    for Part { tier, to, moves, saves } in &moves.parts {
        let step = step(tier, to.as_deref());
        pages.row(Weight::Regular, &step, &people(moves.len()), &less(saves));
    }
    pages.rule(10.0);
    pages.row(Weight::Bold, "Together, a month", &moves.people, &less(&moves.saves));
    pages.down(6.0, 0.0);
    let refunds = "A smaller tier counts from the next month on and refunds nothing before. A larger one counts at once.";
    pages.paragraph(9.0, Ink::Soft, RIGHT - MARGIN, refunds);
    for Part { tier, to, moves, .. } in &moves.parts {
        pages.heading(&step(tier, to.as_deref()));
        for of in moves {
            let name = of.name.as_ref().or(of.email.as_ref()).unwrap_or(&of.user);
            let beside =
                [of.email.as_ref(), Some(&of.user)].into_iter().flatten().filter(|text| *text != name);
            let beside = beside.map(String::as_str).collect::<Vec<_>>().join(", ");
            pages.row(Weight::Regular, name, &beside, &less(&of.saves));
        }
    }
}

/// The page to hand on.
pub(crate) fn pdf(moves: &Moves) -> Result<Vec<u8>, AppError> {
    let made = Made {
        title: &format!("Changes of tiers, {}", moves.account),
        at: &moves.made_at,
        version: env!("CARGO_PKG_VERSION"),
        foot: "from the organisation's reports and bills.",
        aside: "Headroom changes nothing at Kiro.",
    };
    document(&made, |pages| write(pages, moves))
}

/// How many people, as the page says it.
pub(crate) fn counted(count: usize) -> String {
    people(count)
}

/// The same as data.
pub(crate) fn json(moves: &Moves) -> Result<Vec<u8>, AppError> {
    #[derive(Serialize)]
    struct Data<'m> {
        month: &'m str,
        from: &'m str,
        saves: &'m str,
        moves: Vec<&'m Move>,
    }
    let Moves { month, from, saves, .. } = moves;
    Ok(serde_json::to_vec_pretty(&Data { month, from, saves, moves: moves.all().collect() })?)
}
