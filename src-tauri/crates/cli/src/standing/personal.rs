//! How somebody's own account at Kilo stands, for people.

use super::{
    Shown, ago, asking, at_most, came, expires, left_out, next_called, row, spending, unreadable, verdict,
};
use crate::Console;
use crate::many::many;
use headroom_app::answers::{NextChargeView, OwnPassState, OwnPassView, PersonalView, SpendSource};
use headroom_app::words;
use headroom_exact::Moment;

/// When Kilo said something, and how long ago that was.
fn said(at: Moment, view: &PersonalView) -> String {
    format!("as Kilo said {}", ago(at, view.as_of))
}

pub(crate) fn personal(view: &PersonalView, console: &mut Console<'_>) -> std::io::Result<()> {
    verdict(&view.account.name, &view.verdict, console)?;
    row(console, "Account", "Kilo, one person")?;
    let expiring = view
        .blocks
        .iter()
        .flatten()
        .filter_map(|block| Some((block.left.as_str(), block.free, block.expires_at.as_deref()?)));
    expires(expiring, console)?;
    match (&view.balance, view.balance_at) {
        (Some(balance), Some(at)) => {
            let most = at_most(&view.notes);
            row(console, "Balance", &format!("{most}{}, {}", words::dollars(balance), said(at, view)))?;
        }
        _ => row(console, "Balance", "not known: headroom refresh asks Kilo")?,
    }
    stays(view, console)?;
    if let Some(burn) = &view.burn {
        let is_topped_up = view.top_up.as_ref().is_some_and(|top_up| top_up.enabled == Some(true));
        spending::spent(burn, !is_topped_up, console)?;
    }
    top_up(view, console)?;
    if let Some(top_ups) = view.burn.as_ref().and_then(|burn| burn.automatic.as_ref()) {
        row(console, "Tops up", &format!("{} in all, with the fee, before tax", spending::tops_up(top_ups)))?;
    }
    match &view.pass {
        None => row(console, "Kilo Pass", "not known: Kilo hasn't said")?,
        Some(told) => pass(told, view, console)?,
    }
    spending(view, console)?;
    let (from, otherwise) = (view.balance_at, "nothing from Kilo yet");
    asking(&view.refresh, &Shown { vendor: "Kilo", from, otherwise, now: view.as_of }, console)?;
    unreadable(&view.unreadable, console)?;
    next(view, console)?;
    for note in &view.notes {
        row(console, "Note", &words::note(note))?;
    }
    Ok(())
}

/// What stays until it is spent, by purchase and gift.
fn stays(view: &PersonalView, console: &mut Console<'_>) -> std::io::Result<()> {
    let (Some(blocks), Some(at)) = (&view.blocks, view.blocks_at) else {
        return row(console, "Credits", "not known by purchase: Kilo hasn't said");
    };
    for block in blocks.iter().filter(|block| block.expires_at.is_none()) {
        row(console, "Stays", &format!("{} of it, {}", words::dollars(&block.left), came(block.free)))?;
    }
    // Where it is of another moment than the balance, that is said.
    if view.balance_at != Some(at) {
        row(console, "", &format!("by purchase {}", said(at, view)))?;
    }
    Ok(())
}

fn top_up(view: &PersonalView, console: &mut Console<'_>) -> std::io::Result<()> {
    let Some(top_up) = &view.top_up else {
        return row(console, "Automatic", "whether credits are topped up isn't known");
    };
    let text = match (top_up.enabled, &top_up.amount) {
        (None, _) => "whether credits are topped up isn't known".to_owned(),
        (Some(false), _) => "off".to_owned(),
        (Some(true), None) => "credits are topped up; by how much isn't known".to_owned(),
        (Some(true), Some(amount)) => {
            let below = top_up.threshold.as_deref().map(words::dollars);
            let below = below.map(|below| format!(" once less than {below} is left"));
            let due = spending::due(top_up.due);
            format!("{}{}{due}", words::dollars(amount), below.unwrap_or_default())
        }
    };
    row(console, "Automatic", &format!("{text}, {}", said(top_up.at, view)))
}

/// What a Kilo Pass is like, in a few words.
fn state(pass: &OwnPassView) -> String {
    let status = pass.status.as_deref().unwrap_or_default();
    match pass.state {
        OwnPassState::None => "none".to_owned(),
        OwnPassState::Runs => "runs".to_owned(),
        OwnPassState::Ends => {
            let end = pass.ends_at.as_ref().map(|at| format!(" on {}", words::moment(at)));
            format!("ends{}", end.unwrap_or_default())
        }
        OwnPassState::Fails => "a payment is failing".to_owned(),
        OwnPassState::Paused => {
            let on = pass.resumes_at.as_ref().map(|at| format!(" until {}", words::moment(at)));
            format!("paused{}", on.unwrap_or_default())
        }
        OwnPassState::Pending => "its first payment hasn't been made".to_owned(),
        OwnPassState::Over => "is over".to_owned(),
        OwnPassState::Unknown => format!("Kilo calls it \"{status}\""),
    }
}

fn pass(pass: &OwnPassView, view: &PersonalView, console: &mut Console<'_>) -> std::io::Result<()> {
    let name = pass.name.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let paid = match pass.yearly {
        Some(true) => ", paid by the year",
        Some(false) | None => "",
    };
    let streak = pass
        .streak
        .map(|months| format!(", {} in a row", many(months, "month", "months")))
        .unwrap_or_default();
    let text = format!("{name}{}{paid}{streak}, {}", state(pass), said(pass.at, view));
    row(console, "Kilo Pass", &text)?;
    match pass.state {
        // Without a month of its own nothing ended.
        OwnPassState::None | OwnPassState::Paused | OwnPassState::Pending | OwnPassState::Over => {
            return Ok(());
        }
        OwnPassState::Runs | OwnPassState::Ends | OwnPassState::Fails | OwnPassState::Unknown => {}
    }
    let amount = |amount: &Option<String>| words::sum(amount.as_deref(), false);
    let until =
        pass.month_ends_at.as_ref().map(|end| format!(" until {}", words::moment(end))).unwrap_or_default();
    if !pass.of_this_month {
        return row(console, "Its month", "has ended: what Kilo said was of that one");
    }
    row(console, "Its month", &format!("{} spent of {}{until}", amount(&pass.used), amount(&pass.base)))?;
    let bonus = match (&pass.bonus, &pass.bonus_ahead, &pass.unlocks_after) {
        (Some(bonus), _, _) => format!("{} is there", words::dollars(bonus)),
        (None, Some(ahead), Some(more)) => {
            format!("{} once {} more are spent", words::dollars(ahead), words::dollars(more))
        }
        (None, Some(ahead), None) => format!("{} ahead", words::dollars(ahead)),
        (None, None, Some(more)) => {
            format!("how much isn't known, once {} more are spent", words::dollars(more))
        }
        (None, None, None) => "not known".to_owned(),
    };
    row(console, "Bonus", &bonus)
}

fn spending(view: &PersonalView, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(spend) = &view.spend {
        let source = match spend.source {
            SpendSource::Everyone | SpendSource::OwnOnly | SpendSource::Own => "as Kilo says",
            SpendSource::Export => "by the usage export",
            SpendSource::Machine => "by the requests of this machine, a team's among them",
        };
        spending::this_month(spend, source, console)?;
    }
    let other = |source| source != SpendSource::Machine;
    let is_beside = view.spend.as_ref().is_some_and(|spend| other(spend.source));
    if let Some(machine) = view.machine.as_ref().filter(|_| is_beside) {
        row(
            console,
            "This machine",
            &format!("{}, a team's requests among them", spending::of_machine(machine)),
        )?;
        spending::missing(&machine.missing, console)?;
    }
    Ok(())
}

fn next(view: &PersonalView, console: &mut Console<'_>) -> std::io::Result<()> {
    let at = view.pass.as_ref().and_then(|pass| pass.next_charge_at.as_ref());
    match (view.next, &view.next_charge, at) {
        (NextChargeView::Known, Some(charge), _) => {
            let total = words::sum(Some(&charge.total), charge.at_least);
            let beside = left_out(view.next_charge_left_out.as_ref());
            let called = next_called(view.next_charge_left_out.as_ref());
            row(console, called, &format!("{total} on {}{beside}", words::moment(&charge.issued_at)))?;
            for line in charge.lines.iter().filter(|_| charge.lines.len() > 1) {
                row(console, "", &format!("{} {}", words::dollars(&line.amount), words::line_title(line)))?;
            }
            Ok(())
        }
        (NextChargeView::AmountUnknown, _, Some(at)) => {
            row(console, "Next charge", &format!("on {}; how much isn't known", words::moment(at)))
        }
        (NextChargeView::Nothing, _, _) => row(console, "Next charge", "nothing by itself"),
        (NextChargeView::TopUp, _, _) => {
            row(console, "Next charge", "a top-up of credits, once little is left")
        }
        (NextChargeView::NothingForPass, _, _) => {
            row(console, "Next charge", "nothing for Kilo Pass; whether credits are topped up isn't known")
        }
        (NextChargeView::Known | NextChargeView::AmountUnknown | NextChargeView::Unknown, _, _) => {
            row(console, "Next charge", "not known")
        }
    }
}
