//! How an organisation stands, for people.

use super::{row, unreadable, verdict};
use crate::Console;
use crate::many::many;
use headroom_app::answers::{ChargeNote, IdleBy, OrganisationView, UserRisk};
use headroom_app::words;

/// How many users are named; the window and `--json` have all.
const NAMED: usize = 20;

pub(crate) fn organisation(view: &OrganisationView, console: &mut Console<'_>) -> std::io::Result<()> {
    verdict(&view.account.name, &view.verdict, console)?;
    row(console, "Account", "Kiro for an organisation")?;
    if view.source.rows == 0 {
        row(console, "This month", "not known: import its reports (headroom import kiro-activity PATH)")?;
    } else {
        let cost = words::sum(view.month_to_date.as_deref(), view.at_least);
        let tax = if view.month_to_date.is_some() { " without tax" } else { "" };
        let said = format!("{cost}{tax}");
        // Reports of a month that has ended tell nothing of the running one.
        match view.month.start.get(..7).filter(|_| view.closed) {
            Some(month) => row(console, "Month", &format!("{}: {said}", words::month(month)))?,
            None => {
                row(console, "This month", &format!("{said}, up to {}", words::moment(&view.as_of)))?;
            }
        }
        let used = used(view.used.as_deref(), view.used_at_least);
        let overage = match &view.overage {
            Some(overage) => format!("overage {}", words::sum_of_credits(Some(overage), view.rows_at_least)),
            None => format!("overage: {}", words::not_known()),
        };
        row(console, "Credits", &format!("{used}, {overage}"))?;
    }
    if let Some(bill) = &view.bill {
        let computed = words::calculation(bill.computed.as_deref(), bill.computed_at_least);
        let billed = words::sum(bill.total.as_deref(), false);
        row(
            console,
            "Billed",
            &format!("{billed} for {} before tax. {computed}", words::month(&bill.month)),
        )?;
        if let Some(payers) = words::payers(&bill.payers) {
            row(console, "", &payers)?;
        }
        let agrees = words::agreement(bill.agrees);
        let differs = bill.difference.as_ref().map(words::difference);
        if let Some(why) = differs.or(agrees.map(str::to_owned)) {
            row(console, "", &why)?;
        }
        for note in &bill.notes {
            row(console, "", &words::note(note))?;
        }
    }
    users(view, console)?;
    groups(view, console)?;
    if let Some(saves) = &view.saves {
        let saves = words::sum(Some(saves), view.saves_at_least);
        row(console, "Cheaper", &format!("{saves} less a month on other tiers"))?;
        for user in view.users.iter().filter(|user| user.cheaper_tier.is_some()).take(NAMED) {
            let who = user.name.as_ref().or(user.email.as_ref()).unwrap_or(&user.id);
            let (tier, saves) = (user.cheaper_tier.as_deref().unwrap_or_default(), user.saves.as_deref());
            row(console, "", &format!("{who}: {} to {tier}, ${}", user.tier, saves.unwrap_or_default()))?;
        }
    }
    for note in &view.notes {
        let is_in_it = matches!(note, ChargeNote::OverageDiffers { .. } | ChargeNote::RowsRounded { .. });
        let heading = if is_in_it { "Note" } else { "Left out" };
        row(console, heading, &words::note(note))?;
    }
    unreadable(&view.unreadable, console)
}

/// What was used, as far as it is known.
fn used(credits: Option<&str>, at_least: bool) -> String {
    match credits {
        Some(_) => format!("{} used", words::sum_of_credits(credits, at_least)),
        None => format!("used: {}", words::not_known()),
    }
}

/// What those in each group come to.
fn groups(view: &OrganisationView, console: &mut Console<'_>) -> std::io::Result<()> {
    for (place, group) in view.groups.iter().take(NAMED).enumerate() {
        let name = group.name.as_deref().unwrap_or("no group");
        let used = used(group.used.as_deref(), group.used_at_least);
        let cost = words::sum(group.cost.as_deref(), group.cost_at_least);
        let billed = group.billed.as_ref().map(|billed| format!(", billed {}", words::dollars(billed)));
        let users = many(group.users, "user", "users");
        let text = format!("{name}: {users}, {used}, {cost}{}", billed.unwrap_or_default());
        row(console, if place == 0 { "Groups" } else { "" }, &text)?;
    }
    let more = view.groups.len().saturating_sub(NAMED);
    if more > 0 {
        row(console, "", &format!("and {more} more"))?;
    }
    Ok(())
}

/// Whom to look after: who is paid for twice or for nothing, and who is near the limit.
fn users(view: &OrganisationView, console: &mut Console<'_>) -> std::io::Result<()> {
    for twice in &view.paid_twice {
        let who = twice.name.as_ref().or(twice.email.as_ref()).unwrap_or(&twice.id);
        let places = [(&twice.accounts, "by the bill"), (&twice.profiles, "by the reports")];
        for (places, by) in places.into_iter().filter(|(places, _)| !places.is_empty()) {
            row(console, "Paid twice", &format!("{who}: {} ({by})", places.join(", ")))?;
        }
    }
    for idle in view.idle.iter().take(NAMED) {
        let who = idle.name.as_ref().or(idle.email.as_ref()).unwrap_or(&idle.id);
        let month = view.bill.as_ref().map(|bill| words::month(&bill.month)).unwrap_or_default();
        let billed = words::sum(idle.billed.as_deref(), false);
        let used = match view.idle_by {
            IdleBy::Reports => "nothing used",
            IdleBy::ReportedDays => "nothing used on the days reported",
            IdleBy::ReadReports => "not in the report rows that could be read",
            IdleBy::Bill => "no credits on the bill",
        };
        row(console, "Idle", &format!("{who}: {billed} billed for {month}, {used}"))?;
    }
    let more = view.idle.len().saturating_sub(NAMED);
    if more > 0 {
        row(console, "", &format!("and {more} more"))?;
    }
    for user in view.users.iter().filter(|user| user.risk.is_some()).take(NAMED) {
        let who = user.name.as_ref().or(user.email.as_ref()).unwrap_or(&user.id);
        let risk = match user.risk {
            Some(UserRisk::InOverage) => {
                let beyond = user.overage.as_deref().map_or_else(|| "some".to_owned(), words::credits);
                let ends = if user.pauses { "; its cap is reached" } else { "" };
                format!("{beyond} beyond the tier, charged{ends}")
            }
            Some(UserRisk::AtLimit) if user.pauses => "all used, overage is off".to_owned(),
            Some(UserRisk::AtLimit) => "all used".to_owned(),
            Some(UserRisk::NearLimit) | None => match &user.runs_out_on {
                Some(day) if view.closed => format!("would have lasted until {}", words::date(day)),
                Some(day) => format!("lasts until {}", words::date(day)),
                None => "most of it already".to_owned(),
            },
        };
        let of =
            user.allowance.as_ref().map(|all| format!(" of {}", words::credits(all))).unwrap_or_default();
        let used = match &user.used {
            Some(used) => format!("{}{of} used", words::sum_of_credits(Some(used), user.used_at_least)),
            None => used(None, false),
        };
        let limited = if user.limited { " (a limit set for them)" } else { "" };
        row(console, "Limit", &format!("{who}: {used}{limited}, {risk}"))?;
    }
    Ok(())
}
