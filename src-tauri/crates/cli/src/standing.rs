//! How an account of each kind stands, for people.

use crate::Console;
use headroom_app::answers::{
    ChargeNote, ExtraPool, InvoiceView, OrganisationView, OverviewView, PaceView, PoolSource, RefreshView,
    SpendSource, Standing, TeamView, TimeLeft, UnreadableRecord, UserRisk,
};
use headroom_app::words;
use headroom_exact::Moment;

/// How many users are named; the window and `--json` have all.
const NAMED: usize = 20;

/// One row of the human form.
fn row(console: &mut Console<'_>, name: &str, value: &str) -> std::io::Result<()> {
    writeln!(console.output, "  {name:<12}  {value}")
}

/// What is recorded and can't be read: never passed over.
fn unreadable(records: &[UnreadableRecord], console: &mut Console<'_>) -> std::io::Result<()> {
    records.iter().try_for_each(|record| row(console, "Check", &words::say(&record.into())))
}

/// Figures are old after so many seconds: a day.
const OLD: i64 = 86_400;

/// How old figures of a moment are, where that is more than a day.
fn age(at: &str, now: &str) -> Option<String> {
    let moment = |text: &str| text.parse::<Moment>().ok();
    let seconds = moment(now)?.seconds_since(moment(at)?);
    let days = seconds / OLD;
    (seconds > OLD).then(|| if days == 1 { "1 day".to_owned() } else { format!("{days} days") })
}

/// How old what an account has left is, where its vendor said so more than a day ago.
pub(crate) fn days_old(standing: Option<&Standing>) -> Option<String> {
    match standing? {
        Standing::KiroIndividual(overview) => {
            let quoted = overview.quoted.as_ref().filter(|quoted| quoted.followed)?;
            age(&quoted.at, &overview.as_of)
        }
        Standing::KiloTeams(team) => age(team.balance_at.as_ref()?, &team.as_of),
        Standing::KiroEnterprise(_) => None,
    }
}

/// What went wrong when the vendor was asked last, if something did, and whether it wants to be left alone.
fn asking(refresh: &RefreshView, console: &mut Console<'_>) -> std::io::Result<()> {
    let waits = refresh.waits.as_ref().map(|waits| &waits.why);
    for trouble in [refresh.failure.as_ref().or(waits), refresh.other_cycle.as_ref()].into_iter().flatten() {
        row(console, "Check", &words::say(trouble))?;
    }
    Ok(())
}

pub(crate) fn person(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    let sample = if overview.account.sample { " (made-up figures)" } else { "" };
    let next = overview.next_plan.as_ref().map(|plan| format!(", {plan} from {}", overview.cycle.end));
    writeln!(
        console.output,
        "{}{sample}: Kiro {}{}",
        overview.account.name,
        overview.plan,
        next.unwrap_or_default()
    )?;
    let plan = &overview.pools.plan;
    match &overview.left {
        Some(left) => {
            row(console, "Left", &format!("{left} credits until {}", overview.cycle.end))?;
            row(console, "Plan", &format!("{} of {} used", plan.used, plan.allowance))?;
        }
        None => row(
            console,
            "Left",
            &format!("not known: no usage is recorded; the plan has {} a month", plan.allowance),
        )?,
    }
    if let Some(bonus) = &overview.pools.bonus {
        let pool = &bonus.pool;
        let used = match overview.used {
            Some(_) => format!("{} of {} used", pool.used, pool.allowance),
            None => format!("how much of {} is used isn't known", pool.allowance),
        };
        row(console, "Bonus", &format!("{used}, gone at {}", bonus.expires_at))?;
    }
    extra_pools(overview, console)?;
    row(console, "Pace", &pace(overview))?;
    row(console, "Overage", &overage(overview))?;
    if overview.pools.uncovered != "0.00" {
        row(console, "Not charged", &format!("{} credits beyond the plan", overview.pools.uncovered))?;
    }
    row(console, "Next charge", &overview.next_charge.as_ref().map_or("nothing".to_owned(), charge))?;
    asking(&overview.refresh, console)?;
    quoted(overview, console)?;
    told(overview, console)?;
    computed(overview, console)?;
    unreadable(&overview.unreadable, console)
}

/// What Kiro said, where that leads, and how old it is.
fn quoted(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(quoted) = overview.quoted.as_ref().filter(|quoted| quoted.followed) {
        let used = quoted.used.as_deref().unwrap_or("an unknown number of");
        let old = age(&quoted.at, &overview.as_of).map(|old| format!(" ({old} ago)"));
        let old = old.unwrap_or_default();
        let said = format!(
            "by Kiro {}{old}: {used} credits used; tasks recorded here: {}",
            quoted.at, quoted.recorded
        );
        row(console, "Quoted", &said)?;
    }
    let gaps = overview.quoted.iter().flat_map(|quoted| &quoted.gaps);
    gaps.into_iter().try_for_each(|gap| row(console, "Check", &words::say(gap)))
}

/// What the figures are computed from, and what of it is left out.
fn computed(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    let from = &overview.provenance;
    let unknown =
        if from.unmetered > 0 { format!(", {} more of unknown cost", from.unmetered) } else { String::new() };
    row(
        console,
        "Computed",
        &format!("from {} metered tasks{unknown}, as of {}", from.tasks, overview.as_of),
    )?;
    if from.while_paused > 0 {
        row(
            console,
            "Check",
            &format!("{} tasks ran while requests were paused by these facts", from.while_paused),
        )?;
    }
    if from.before_sign_up > 0 {
        row(
            console,
            "Check",
            &format!("{} tasks ran before the sign-up day and are left out", from.before_sign_up),
        )?;
    }
    Ok(())
}

/// Grants and packs, each in a row.
fn extra_pools(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    for (label, pools) in [("Grant", &overview.pools.grants), ("Pack", &overview.pools.packs)] {
        for pool in pools {
            row(console, label, &extra(pool, overview.used.is_some()))?;
        }
    }
    Ok(())
}

/// What past months are charged otherwise, until that was told, and what no source settles.
fn told(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(repriced) = overview.repriced.as_ref().filter(|repriced| !repriced.told) {
        for line in words::repriced(repriced) {
            row(console, "New prices", &line)?;
        }
    }
    for assumption in &overview.assumptions {
        row(console, "Assumption", &words::assumption(assumption))?;
    }
    Ok(())
}

/// A grant or a pack: what is left of it, until when, and who says so.
fn extra(pool: &ExtraPool, known: bool) -> String {
    let name = pool.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    let from_kiro = matches!(pool.from, PoolSource::Kiro);
    let of = &pool.pool;
    let left = if known || from_kiro {
        format!("{} of {} left", of.left, of.allowance)
    } else {
        format!("how much of {} is left isn't known", of.allowance)
    };
    let end =
        pool.expires_at.as_ref().map_or(", without an end".to_owned(), |end| format!(", gone at {end}"));
    format!("{name}{left}{end}, as {}", if from_kiro { "Kiro says" } else { "you stated" })
}

fn time_left(left: TimeLeft) -> String {
    if left.days >= 2 { format!("{} days", left.days) } else { format!("{} hours", left.hours) }
}

fn pace(overview: &OverviewView) -> String {
    if overview.paused {
        return "requests pause".to_owned();
    }
    match &overview.pace {
        None if overview.left.is_none() => "not known".to_owned(),
        None => "too early to say".to_owned(),
        Some(PaceView::LeftAtReset { percent, .. }) => format!("about {percent}% left at the reset"),
        Some(PaceView::LimitAt { time_left: left, .. }) => format!("limit in about {}", time_left(*left)),
        Some(PaceView::AtLimit) => "used up".to_owned(),
    }
}

fn overage(overview: &OverviewView) -> String {
    let overage = &overview.overage;
    let charged = overview.used.is_some() && overview.pools.overage != "0.00";
    if !overage.available && !charged {
        let packs = overage.packs.as_ref().map(|offer| {
            let (price, credits) = (words::dollars(&offer.smallest), words::credits(&offer.credits));
            format!("none; packs are bought ahead, from {price} for {credits} credits")
        });
        return packs.unwrap_or_else(|| "not on this plan".to_owned());
    }
    let state = if overage.enabled { "on" } else { "off" };
    if overview.used.is_none() {
        return format!("{state}, how much so far isn't known");
    }
    let pools = &overview.pools;
    format!("{state}, {} credits, ${} so far", pools.overage, pools.overage_charge)
}

fn charge(invoice: &InvoiceView) -> String {
    let tax = words::tax_title(invoice);
    let tax = tax.map_or("without tax".to_owned(), |name| format!("with {name}"));
    let total = words::sum(Some(&invoice.total), invoice.at_least);
    format!("{total} at {}, {tax}", invoice.issued_at)
}

pub(crate) fn organisation(view: &OrganisationView, console: &mut Console<'_>) -> std::io::Result<()> {
    writeln!(console.output, "{}: Kiro for an organisation", view.account.name)?;
    if view.source.rows == 0 {
        row(console, "This month", "not known: import its reports (headroom import kiro-activity PATH)")?;
    } else {
        let cost = words::sum(view.month_to_date.as_deref(), view.at_least);
        let tax = if view.month_to_date.is_some() { " without tax" } else { "" };
        row(console, "This month", &format!("{cost}{tax}, up to {}", view.as_of))?;
        let used = words::bounded(view.used.clone(), view.used_at_least);
        let overage = words::bounded(view.overage.clone(), view.at_least);
        row(console, "Credits", &format!("{used} used, overage {overage}"))?;
    }
    if let Some(bill) = &view.bill {
        let computed = words::calculation(bill.computed.as_deref(), bill.computed_at_least);
        let billed = words::dollars(&bill.total);
        row(console, "Billed", &format!("{billed} for {} before tax. {computed}", bill.month))?;
        for note in &bill.notes {
            row(console, "", &words::note(note))?;
        }
    }
    for twice in &view.paid_twice {
        let who = twice.email.as_ref().unwrap_or(&twice.id);
        let places = [(&twice.accounts, "by the bill"), (&twice.profiles, "by the reports")];
        for (places, by) in places.into_iter().filter(|(places, _)| !places.is_empty()) {
            row(console, "Paid twice", &format!("{who}: {} ({by})", places.join(", ")))?;
        }
    }
    for idle in view.idle.iter().take(NAMED) {
        let who = idle.email.as_ref().unwrap_or(&idle.id);
        let month = view.bill.as_ref().map(|bill| bill.month.as_str()).unwrap_or_default();
        let billed = words::sum(idle.billed.as_deref(), false);
        row(console, "Idle", &format!("{who}: {billed} billed for {month}, nothing used"))?;
    }
    for user in view.users.iter().filter(|user| user.risk.is_some()).take(NAMED) {
        let who = user.email.as_ref().unwrap_or(&user.id);
        let risk = match user.risk {
            Some(UserRisk::InOverage) => {
                format!("{} beyond the tier, charged", user.overage.as_deref().unwrap_or("some"))
            }
            Some(UserRisk::AtLimit) => "all used, overage is off".to_owned(),
            _ => "near the limit".to_owned(),
        };
        let used = words::bounded(user.used.clone(), user.used_at_least);
        let of = user.allowance.as_deref().unwrap_or_default();
        let limited = if user.limited { " (a limit set for them)" } else { "" };
        row(console, "Limit", &format!("{who}: {used} of {of} used{limited}, {risk}"))?;
    }
    if let Some(saves) = &view.saves {
        let saves = words::sum(Some(saves), view.at_least);
        row(console, "Cheaper", &format!("{saves} less a month on other tiers"))?;
        for user in view.users.iter().filter(|user| user.cheaper_tier.is_some()).take(NAMED) {
            let who = user.email.as_ref().unwrap_or(&user.id);
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

pub(crate) fn team(view: &TeamView, console: &mut Console<'_>) -> std::io::Result<()> {
    writeln!(console.output, "{}: Kilo for Teams", view.account.name)?;
    match (&view.balance, &view.balance_at) {
        (Some(balance), Some(at)) => {
            let old = age(at, &view.as_of).map(|old| format!(" ({old} ago)")).unwrap_or_default();
            row(console, "Balance", &format!("${balance}, as Kilo said {at}{old}"))?;
        }
        _ => row(console, "Balance", "not known: headroom refresh asks Kilo")?,
    }
    for part in &view.expiring {
        row(console, "Expires", &format!("${} of it at {}", part.left, part.at))?;
    }
    if let Some(burn) = &view.burn {
        row(console, "Spent", &format!("${} a day, over {} days", burn.a_day, burn.days_seen))?;
        if let (Some(at), Some(days)) = (&burn.run_out_at, burn.days_left) {
            row(console, "Lasts", &format!("about {days} days, until {at}"))?;
        }
        if let Some(top_up) = &burn.top_up {
            row(console, "Top-up", &format!("${top_up} lasts another 30 days at this pace"))?;
        }
    }
    team_credits(view, console)?;
    if let Some(spend) = &view.spend {
        let source = match spend.source {
            SpendSource::Everyone => "as Kilo says",
            SpendSource::OwnOnly => "your own part, as Kilo says",
            SpendSource::Export => "by the usage export",
            SpendSource::Machine => "by the requests of this machine",
        };
        row(console, "This month", &format!("${} spent, {source}", spend.this_month))?;
    }
    if view.spend.as_ref().is_some_and(|spend| spend.cut || spend.unknown > 0) {
        row(console, "Check", "not everything that was spent is told: the sums are too low")?;
    }
    if let Some(machine) = &view.machine {
        row(console, "This machine", &format!("${} this month", machine.this_month))?;
    }
    if let Some(seats) = &view.seats {
        let taken = seats.taken.map(|taken| format!(", {taken} taken"));
        let unused = (seats.unused > 0).then(|| format!(", {} unused", seats.unused));
        let saves = seats.saves.as_ref().map(|saves| format!(" (${saves} a cycle)"));
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
    asking(&view.refresh, console)?;
    unreadable(&view.unreadable, console)?;
    match (&view.next_charge, &view.next_charge_at) {
        (Some(charge), Some(at)) => {
            row(console, "Next charge", &format!("${} at {at}", charge.total))?;
            for line in charge.lines.iter().filter(|_| charge.lines.len() > 1) {
                row(console, "", &format!("${} {}", line.amount, words::line_title(line)))?;
            }
        }
        _ => row(console, "Next charge", "not known: headroom team-facts says when the team began")?,
    }
    for note in &view.notes {
        row(console, "Note", &words::note(note))?;
    }
    Ok(())
}

/// Kilo Pass and the automatic top-up.
fn team_credits(view: &TeamView, console: &mut Console<'_>) -> std::io::Result<()> {
    if let Some(pass) = &view.pass {
        let who = if pass.stated { "as stated" } else { "as Kilo says" };
        let passes = pass.passes.map(|passes| format!("{passes} × ")).unwrap_or_default();
        let end = if pass.ends { ", ends with the cycle" } else { "" };
        row(console, "Kilo Pass", &format!("{passes}${} a month, {}{end}, {who}", pass.price, pass.name))?;
        if let Some(month) = &pass.month {
            let text = format!(
                "${} of ${} is there; ${} of ${} spent, until {}",
                month.unlocked, month.bonus, month.spent, month.target, month.ends_at
            );
            row(console, "Bonus", &text)?;
        }
    }
    match (&view.top_up, view.auto_top_up) {
        (Some(top_up), _) => {
            let who = if top_up.stated { "as stated" } else { "as Kilo says" };
            let text = format!("${} once less than ${} is left, {who}", top_up.amount, top_up.threshold);
            row(console, "Automatic", &text)?;
        }
        (None, Some(true)) => row(console, "Automatic", "credits are topped up; by how much isn't known")?,
        (None, Some(false) | None) => {}
    }
    if let Some(top_ups) = view.burn.as_ref().and_then(|burn| burn.automatic.as_ref()) {
        let text = format!(
            "at this pace ${} about {}, {} more until {}: ${} in all, with fee and tax",
            top_ups.amount, top_ups.first_at, top_ups.more, top_ups.until, top_ups.charges
        );
        row(console, "Tops up", &text)?;
    }
    Ok(())
}
