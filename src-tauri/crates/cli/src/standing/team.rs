//! How a team stands, for people.

use super::{
    Shown, ago, asking, at_most, expires, left_out, next_called, row, spending, unreadable, verdict,
};
use crate::Console;
use headroom_app::answers::{DunningView, SpendSource, TeamView};
use headroom_app::words;
use headroom_billing::team::Status;

/// How a team is served whose payment failed, and what settles that.
fn payment(dunning: &DunningView) -> String {
    let day = |moment: &str| words::date(moment);
    let pay = |what: &str| match &dunning.owed {
        Some(owed) => format!("pay {} {what}", words::dollars(owed)),
        None => format!("pay what is owed {what}"),
    };
    match dunning.status {
        Status::Active => "everything is paid".to_owned(),
        Status::PastDue => {
            format!("failed: {} by {}", pay("or the team is suspended"), day(&dunning.grace_ends_at))
        }
        Status::Suspended => {
            format!(
                "suspended: {}; its data is kept until {}",
                pay("to restore it"),
                day(&dunning.data_deleted_at)
            )
        }
        Status::DataDeleted => {
            format!("the team is closed; its data went on {}", day(&dunning.data_deleted_at))
        }
    }
}

pub(crate) fn team(view: &TeamView, console: &mut Console<'_>) -> std::io::Result<()> {
    verdict(&view.account.name, &view.verdict, console)?;
    row(console, "Account", "Kilo for Teams")?;
    if let Some(dunning) = &view.dunning {
        row(console, "Payment", &payment(dunning))?;
    }
    let expiring = view.expiring.iter().map(|part| (part.left.as_str(), part.free, part.at.as_str()));
    expires(expiring, console)?;
    match (&view.balance, view.balance_at) {
        (Some(balance), Some(at)) => {
            let most = at_most(&view.notes);
            row(
                console,
                "Balance",
                &format!("{most}{}, from Kilo {}", words::dollars(balance), ago(at, view.as_of)),
            )?;
        }
        _ => row(console, "Balance", "not known: headroom refresh asks Kilo")?,
    }
    if let Some(burn) = &view.burn {
        spending::spent(burn, true, console)?;
        if let Some(top_up) = &burn.top_up {
            row(
                console,
                "Top-up",
                &format!("{} lasts another 30 days at this pace", words::dollars(top_up)),
            )?;
        }
    }
    team_credits(view, console)?;
    if let Some(spend) = &view.spend {
        let source = match spend.source {
            SpendSource::Everyone | SpendSource::Own => "as Kilo says",
            SpendSource::OwnOnly => "your own part, as Kilo says",
            SpendSource::Export => "by the usage export",
            SpendSource::Machine => "by the requests of this machine",
        };
        spending::this_month(spend, source, console)?;
    }
    if let Some(machine) = &view.machine {
        row(console, "This machine", &spending::of_machine(machine))?;
        // Where this machine is all that is known, it stands above.
        let is_above = view.spend.as_ref().is_some_and(|spend| spend.source == SpendSource::Machine);
        if !is_above {
            spending::missing(&machine.missing, console)?;
        }
    }
    if let Some(seats) = &view.seats {
        let taken = seats.taken.map(|taken| format!(", {taken} taken"));
        let unused = (seats.unused > 0).then(|| format!(", {} unused", seats.unused));
        let saves = seats.saves.as_ref().map(|saves| format!(" ({} a cycle)", words::dollars(saves)));
        row(
            console,
            "Seats",
            &[
                format!("{} paid", seats.paid),
                taken.unwrap_or_default(),
                unused.unwrap_or_default(),
                saves.unwrap_or_default(),
            ]
            .concat(),
        )?;
    }
    let otherwise = "nothing from Kilo yet";
    let from = view.balance_at;
    asking(&view.refresh, &Shown { vendor: "Kilo", from, otherwise, now: view.as_of }, console)?;
    unreadable(&view.unreadable, console)?;
    next_charge(view, console)?;
    for note in &view.notes {
        row(console, "Note", &words::note(note))?;
    }
    Ok(())
}

/// What the next cycle's start charges, line by line.
fn next_charge(view: &TeamView, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(none) = &view.next_charge_none {
        return row(console, "Next charge", &words::say(none));
    }
    match (&view.next_charge, &view.next_charge_at) {
        (Some(charge), Some(at)) => {
            let total = words::sum(Some(&charge.total), charge.at_least);
            let beside = left_out(view.next_charge_left_out.as_ref());
            let called = next_called(view.next_charge_left_out.as_ref());
            row(console, called, &format!("{total} on {}{beside}", words::moment(at)))?;
            for line in charge.lines.iter().filter(|_| charge.lines.len() > 1) {
                row(console, "", &format!("{} {}", words::dollars(&line.amount), words::line_title(line)))?;
            }
        }
        _ => row(console, "Next charge", "not known: headroom team-facts says when the team began")?,
    }
    Ok(())
}

/// Kilo Pass and the automatic top-up.
fn team_credits(view: &TeamView, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(pass) = &view.pass {
        let who = if pass.stated { "as you entered" } else { "as Kilo says" };
        let passes = pass.passes.map(|passes| format!("{passes} × ")).unwrap_or_default();
        let end = if pass.ends { ", ends with the cycle" } else { "" };
        row(
            console,
            "Kilo Pass",
            &format!("{passes}{} a month, {}{end}, {who}", words::dollars(&pass.price), pass.name),
        )?;
        if let Some(month) = &pass.month {
            let text = format!(
                "{} of {} is there; {} of {} spent, until {}",
                words::dollars(&month.unlocked),
                words::dollars(&month.bonus),
                words::dollars(&month.spent),
                words::dollars(&month.target),
                words::moment(&month.ends_at)
            );
            row(console, "Bonus", &text)?;
        }
    }
    match (&view.top_up, view.auto_top_up) {
        (Some(top_up), _) => {
            let who = if top_up.stated { "as you entered" } else { "as Kilo says" };
            let due = spending::due(top_up.due);
            let (amount, below) = (words::dollars(&top_up.amount), words::dollars(&top_up.threshold));
            let text = format!("{amount} once less than {below} is left{due}, {who}");
            row(console, "Automatic", &text)?;
        }
        (None, Some(true)) => row(console, "Automatic", "credits are topped up; by how much isn't known")?,
        (None, Some(false) | None) => {}
    }
    if let Some(top_ups) = view.burn.as_ref().and_then(|burn| burn.automatic.as_ref()) {
        let has_tax = view.account.team.as_ref().is_some_and(|facts| facts.tax_percent.is_some());
        let with = if has_tax { "with fee and tax" } else { "with the fee, before tax" };
        row(console, "Tops up", &format!("{} in all, {with}", spending::tops_up(top_ups)))?;
    }
    Ok(())
}
