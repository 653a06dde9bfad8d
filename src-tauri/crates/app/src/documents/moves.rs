//! What is to be done about an organisation's users: a page to hand on, tier by tier and person by person, and a table.

use super::language::Reader;
use super::pages::{Ink, MARGIN, Made, Pages, RIGHT, Weight, pdf as document};
use super::table::Table;
use super::who::Who;
use crate::error::AppError;
use headroom_exact::Saying;
use serde::Serialize;

/// Somebody to move to another tier, or whose licence is to go.
#[derive(Serialize)]
pub(crate) struct Move {
    #[serde(flatten)]
    pub who: Who,
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

/// Who is to move, by tier, and what it saves.
pub(crate) struct Steps {
    /// The month that it is judged by: YYYY-MM.
    pub month: String,
    /// The one that saves the most first.
    pub parts: Vec<Part>,
    pub saves: String,
}

impl Steps {
    fn all(&self) -> impl Iterator<Item = &Move> {
        self.parts.iter().flat_map(|part| &part.moves)
    }
}

/// What is to be done, on a page of its own.
pub(crate) struct Moves {
    pub account: String,
    /// What the account's kind is called.
    pub kind: Saying,
    pub sample: bool,
    /// The month from which it counts: YYYY-MM.
    pub from: String,
    pub steps: Steps,
    pub made_at: String,
}

/// A row a person, and one of all.
pub(crate) fn table(moves: &Moves) -> Vec<u8> {
    let mut table =
        Table::of(&["user", "name", "email", "profile", "tier", "to", "saves_a_month", "from_month"]);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    for of in moves.steps.all() {
        table.row(&[
            of.who.user.clone(),
            text(&of.who.name),
            text(&of.who.email),
            of.profile.clone(),
            of.tier.clone(),
            of.to.clone().unwrap_or_else(|| "none".to_owned()),
            of.saves.clone(),
            moves.from.clone(),
        ]);
    }
    table.row(&["total", "", "", "", "", "", &moves.steps.saves, &moves.from]);
    table.bytes()
}

impl Pages<'_> {
    /// "Power to Pro".
    fn step(&self, part: &Part) -> String {
        let words = &self.reader.phrases().moves;
        let tier = ("tier", &*part.tier);
        part.to
            .as_ref()
            .map_or_else(|| words.give_up.with(&[tier]), |to| words.step.with(&[tier, ("to", to)]))
    }

    fn how_many(&self, people: usize) -> String {
        let count = u32::try_from(people).unwrap_or(u32::MAX);
        self.reader.counted(&self.reader.phrases().moves.people, count)
    }

    /// "−$180.00", of what is saved.
    fn less(&self, saves: &str) -> String {
        self.reader.dollars(&format!("-{saves}"))
    }

    /// How many move from which tier to which, what that saves, and by what it is judged.
    pub(super) fn steps(&mut self, steps: &Steps) {
        let words = &self.reader.phrases().moves;
        for part in &steps.parts {
            let (step, people) = (self.step(part), self.how_many(part.moves.len()));
            self.row(Weight::Regular, &step, &people, &self.less(&part.saves));
        }
        self.rule(10.0);
        let people = self.how_many(steps.all().count());
        self.row(Weight::Bold, words.together.plain(), &people, &self.less(&steps.saves));
        self.down(6.0, 0.0);
        let judged = words.judged.with(&[("month", &self.reader.month(&steps.month))]);
        for said in [&*judged, words.refunds.plain()] {
            self.paragraph(9.0, Ink::Soft, RIGHT - MARGIN, said);
        }
    }

    /// Who they are.
    pub(super) fn movers(&mut self, steps: &Steps) {
        for part in &steps.parts {
            self.heading(&self.step(part));
            for Move { who, saves, .. } in &part.moves {
                let address = who.address().unwrap_or_default();
                self.row(Weight::Regular, who.called(), address, &self.less(saves));
            }
        }
    }
}

fn write(pages: &mut Pages<'_>, moves: &Moves) {
    let reader = pages.reader;
    let words = &reader.phrases().moves;
    pages.title(words.title.plain(), &words.from.with(&[("month", &reader.month(&moves.from))]));
    pages.about(&moves.account, &moves.kind, moves.sample);
    pages.heading(words.by_tier.plain());
    pages.steps(&moves.steps);
    pages.movers(&moves.steps);
}

/// The page to hand on.
pub(crate) fn pdf(moves: &Moves, reader: Reader) -> Result<Vec<u8>, AppError> {
    let words = &reader.phrases().moves;
    let made = Made {
        title: &words.named.with(&[("account", &moves.account)]),
        at: &moves.made_at,
        foot: &words.made,
        aside: words.aside.plain(),
        reader,
    };
    document(&made, |pages| write(pages, moves))
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
    let Steps { month, saves, .. } = &moves.steps;
    let all = moves.steps.all().collect();
    Ok(serde_json::to_vec_pretty(&Data { month, from: &moves.from, saves, moves: all })?)
}
