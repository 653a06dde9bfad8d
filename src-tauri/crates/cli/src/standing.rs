//! How an account of each kind stands, for people.

mod organisation;
mod personal;
mod pools;
mod row;
mod spending;
mod team;

pub(crate) use organisation::organisation;
pub(crate) use personal::personal;
pub(crate) use team::team;

use crate::Console;
use crate::many::many;
use headroom_app::answers::{
    Bound, ChargeLeftOut, ChargeNote, InvoiceView, Judgement, LeftOutCharge, OverviewView, PaceView,
    PlanChangeView, QuotedAllowance, RefreshView, Standing, TimeLeft, UnreadableRecord, VerdictView,
};
use headroom_app::words;
use headroom_exact::{Moment, Saying};
use row::row;
use std::collections::BTreeSet;

/// So much of a cycle, in tenths of a percent, tells a pace.
const SEEN_ENOUGH: u32 = 40;

/// What an account comes to, before its figures: the sentence that decides, why where nothing can be said, and how it can go
/// on.
fn verdict(name: &str, verdict: &VerdictView, console: &mut Console<'_>) -> std::io::Result<()> {
    writeln!(console.output, "{name}: {}", words::say(&verdict.sentence))?;
    let why = verdict.reasons.first().filter(|_| verdict.judgement == Judgement::Unknown);
    why.map_or(Ok(()), |why| row(console, "Why", &words::say(why)))?;
    for (place, way) in verdict.ways.iter().enumerate() {
        row(console, if place == 0 { "To go on" } else { "" }, &words::say(way))?;
    }
    Ok(())
}

/// What is recorded and can't be read: never passed over.
fn unreadable(records: &[UnreadableRecord], console: &mut Console<'_>) -> std::io::Result<()> {
    records.iter().try_for_each(|record| row(console, "Check", &words::say(&record.into())))
}

/// What stands before a balance of which credits have ended since it was told.
fn at_most(notes: &[ChargeNote]) -> &'static str {
    let ended = notes.iter().any(|note| matches!(note, ChargeNote::CreditsEnded { .. }));
    if ended { "at most " } else { "" }
}

/// How credits came.
const fn came(free: bool) -> &'static str {
    if free { "given" } else { "bought" }
}

/// What of a balance goes before it is spent, the next first: it stands before all of it. Each with dollars left, whether
/// they were given, and when they are gone.
fn expires<'e>(
    parts: impl Iterator<Item = (&'e str, bool, &'e str)>,
    console: &mut Console<'_>,
) -> std::io::Result<()> {
    for (place, (left, free, at)) in parts.enumerate() {
        let heading = if place == 0 { "Goes first" } else { "Goes next" };
        row(
            console,
            heading,
            &format!(
                "{} of the balance, {}, gone on {}",
                words::dollars(left),
                came(free),
                words::moment(at)
            ),
        )?;
    }
    Ok(())
}

/// That what an account has left is too old to act on unseen, if it is (V8).
pub(crate) fn too_old(standing: Option<&Standing>) -> Option<&Saying> {
    match standing? {
        Standing::KiroIndividual(overview) => overview.refresh.too_old.as_ref(),
        Standing::KiloTeams(team) => team.refresh.too_old.as_ref(),
        Standing::KiloPersonal(own) => own.refresh.too_old.as_ref(),
        Standing::KiroEnterprise(_) => None,
    }
}

/// How long ago a moment was, as people say it.
fn ago(at: Moment, now: Moment) -> String {
    let minutes = now.seconds_since(at).max(0) / 60;
    match minutes {
        0 => "just now".to_owned(),
        1..=119 => format!("{minutes} min ago"),
        120..=2_879 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

/// What is shown of a vendor's while it couldn't be asked.
struct Shown<'s> {
    vendor: &'s str,
    /// When the figures that are shown are from; none where none of them are its own.
    from: Option<Moment>,
    /// What is shown without.
    otherwise: &'s str,
    now: Moment,
}

/// What went wrong when the vendor was asked last, when that was, and what is shown meanwhile; that it wants to be left
/// alone; and that it spoke of another cycle.
fn asking(refresh: &RefreshView, shown: &Shown<'_>, console: &mut Console<'_>) -> std::io::Result<()> {
    // What was answered in part is of the moment at which the rest failed: nothing older is shown in its place.
    let in_part = shown.from.is_some() && shown.from == refresh.failed_at;
    if let Some(why) = refresh.failure.as_ref().filter(|_| in_part) {
        row(console, "Refresh", &words::say(why))?;
    } else if let Some(why) = &refresh.failure {
        let when = refresh.failed_at.map(|at| format!(" {}", ago(at, shown.now)));
        let when = when.unwrap_or_default();
        row(console, "Refresh", &format!("failed{when}: {}", words::say(why)))?;
        let meanwhile = match shown.from {
            Some(at) => format!("from {}, {}", shown.vendor, ago(at, shown.now)),
            None => shown.otherwise.to_owned(),
        };
        row(console, "Shown", &meanwhile)?;
    }
    let waits = refresh.waits.as_ref().map(|waits| &waits.why);
    let said = [waits, refresh.other_cycle.as_ref()].into_iter().flatten();
    for said in said.chain(&refresh.beside).map(words::say).collect::<BTreeSet<_>>() {
        row(console, "Check", &said)?;
    }
    Ok(())
}

/// What is paid by the next charge beside its amount, as it goes on after that.
fn left_out(of: Option<&LeftOutCharge>) -> String {
    of.map(|of| format!(", {}", words::say(&of.says))).unwrap_or_default()
}

/// What is charged at a moment that is known; it isn't what is charged next where credits are bought by themselves before.
fn next_called(of: Option<&LeftOutCharge>) -> &'static str {
    let tops_up = of.is_some_and(|of| of.what == ChargeLeftOut::TopUps);
    if tops_up { "Next renewal" } else { "Next charge" }
}

pub(crate) fn person(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    let sample = if overview.account.sample { " (made-up numbers)" } else { "" };
    let next = overview
        .next_plan
        .as_ref()
        .map(|plan| format!(", {plan} from {}", words::moment(&overview.cycle.end)));
    let name = format!("{}{sample}", overview.account.name);
    verdict(&name, &overview.verdict, console)?;
    row(console, "Plan", &format!("Kiro {}{}", overview.plan, next.unwrap_or_default()))?;
    row(console, "Left", &pools::left(overview))?;
    pools::rows(overview, console)?;
    row(console, "Pace", &pace(overview))?;
    row(console, "Overage", &overage(overview))?;
    if let Some(uncovered) = overview.pools.uncovered.filter(|uncovered| !uncovered.is_zero()) {
        row(
            console,
            "Not charged",
            &format!("{} credits beyond the plan", words::credits(&uncovered.to_string())),
        )?;
    }
    let beside = left_out(overview.next_charge_left_out.as_ref());
    let next = match (&overview.next_charge, &overview.next_charge_unknown) {
        (Some(next), _) => charge(next) + &beside,
        (None, Some(why)) => format!("not known: {}", words::say(why)),
        (None, None) => format!("nothing{beside}"),
    };
    row(console, "Next charge", &next)?;
    let from = overview.quoted.as_ref().filter(|quoted| quoted.followed).map(|quoted| quoted.at);
    let otherwise = "Headroom's calculation from the tasks on this computer";
    asking(&overview.refresh, &Shown { vendor: "Kiro", from, otherwise, now: overview.as_of }, console)?;
    quoted(overview, console)?;
    told(overview, console)?;
    computed(overview, console)?;
    unreadable(&overview.unreadable, console)
}

/// What Kiro said, where that leads, how old it is, and what contradicts it.
fn quoted(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    let Some(quoted) = &overview.quoted else { return Ok(()) };
    let plan = quoted.plan_title.as_ref().map(|title| format!(", plan {title}")).unwrap_or_default();
    let switch = quoted.overage_enabled.map_or("", |on| if on { ", overage on" } else { ", overage off" });
    let used = quoted.used.as_deref().map_or_else(|| "an unknown number of".to_owned(), words::credits);
    let limit = match quoted.allowance {
        Some(QuotedAllowance::NoLimit) => format!("{used} credits used, no limit"),
        Some(QuotedAllowance::Credits(all)) => {
            format!("{used} of {} credits used", words::credits(&all.to_string()))
        }
        None => format!("{used} credits used"),
    };
    let ago = ago(quoted.at, overview.as_of);
    let of_another = match (quoted.of_this_cycle, overview.refresh.is_ahead) {
        (true, _) => "",
        (false, true) => ", of a cycle that hasn't begun",
        (false, false) => ", of the cycle that ended",
    };
    row(console, "From Kiro", &format!("{ago}{of_another}: {limit}{plan}{switch}"))?;
    if let Some(changed) = &quoted.plan_change {
        row(console, "Plan change", &plan_change(changed))?;
    }
    if quoted.plan_differs {
        let title = quoted.plan_title.as_deref().unwrap_or_default();
        let own = &overview.plan;
        let text = format!("Kiro says {title}, your details say {own}: headroom facts --plan corrects them");
        row(console, "Check", &text)?;
    }
    if let Some(more) = &quoted.recorded_more {
        let more = words::credits(more);
        let text = format!(
            "the tasks on this computer add up to {more} credits more than Kiro counts: a second account?"
        );
        row(console, "Check", &text)?;
    }
    if quoted.followed && !quoted.recorded.is_zero() {
        let share = quoted
            .recorded_percent
            .map(|percent| format!(", {percent} % of Kiro's count"))
            .unwrap_or_default();
        row(
            console,
            "Recorded",
            &format!("{} credits on this computer{share}", words::credits(&quoted.recorded.to_string())),
        )?;
    }
    if let (Some(bound), Some(credits), Some(percent)) =
        (quoted.elsewhere_bound, &quoted.elsewhere, quoted.elsewhere_percent)
    {
        row(console, "Elsewhere", &elsewhere(bound, credits, percent))?;
    }
    let gaps = overview.quoted.iter().flat_map(|quoted| &quoted.gaps);
    gaps.into_iter().try_for_each(|gap| row(console, "Check", &words::say(gap)))
}

/// What was used elsewhere, and what that may be.
pub(crate) fn elsewhere(bound: Bound, credits: &str, percent: u32) -> String {
    let bound = match bound {
        Bound::Exactly => "",
        Bound::AtMost => "at most ",
        Bound::AtLeast => "at least ",
        Bound::About => "about ",
    };
    let credits = words::credits(credits);
    format!(
        "{bound}{credits} credits, {percent} % of Kiro's count, in Kiro's IDE or on the web, on a phone or another computer"
    )
}

/// A plan that changed between two answers, with both moments.
fn plan_change(changed: &PlanChangeView) -> String {
    let PlanChangeView { before, until, after, since } = changed;
    let (until, since) = (words::moment(until), words::moment(since));
    format!(
        "{before} until {until} at least, {after} since {since} at the latest; this charges nothing by itself"
    )
}

/// What the figures are computed from, and what of it is left out.
fn computed(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
    let from = &overview.provenance;
    let unknown =
        if from.unmetered > 0 { format!(", {} more of unknown cost", from.unmetered) } else { String::new() };
    let tasks = many(from.tasks, "task", "tasks");
    let text = format!("from {tasks} with a cost{unknown}, as of {}", words::moment(&overview.as_of));
    row(console, "Computed", &text)?;
    if overview.used_at_least {
        let text = "what you use elsewhere, such as in the IDE; headroom refresh asks Kiro itself";
        row(console, "Left out", text)?;
    }
    if from.while_paused > 0 {
        row(
            console,
            "Check",
            &format!(
                "{} ran while your details say that requests were paused",
                many(from.while_paused, "task", "tasks")
            ),
        )?;
    }
    if from.before_sign_up > 0 {
        row(
            console,
            "Check",
            &format!("{} ran before the sign-up day: left out", many(from.before_sign_up, "task", "tasks")),
        )?;
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

fn about(left: TimeLeft) -> String {
    match left {
        TimeLeft { days: 2.., .. } => format!("about {}", many(left.days, "day", "days")),
        TimeLeft { hours: 1.., .. } => format!("about {}", many(left.hours, "hour", "hours")),
        TimeLeft { .. } => "less than an hour".to_owned(),
    }
}

fn pace(overview: &OverviewView) -> String {
    if overview.paused {
        return "requests pause".to_owned();
    }
    match &overview.pace {
        None if overview.left.is_none() => "not known".to_owned(),
        None if overview.elapsed_permille >= SEEN_ENOUGH => {
            "not known: how much of the trial or a grant was used this month".to_owned()
        }
        None => "too early to say".to_owned(),
        Some(PaceView::LeftAtReset { percent, .. }) => format!("about {percent}% left at the reset"),
        Some(PaceView::LimitAt { time_left: left, .. }) => format!("limit in {}", about(*left)),
        Some(PaceView::AtLimit) => "used up".to_owned(),
        Some(PaceView::NoLimit) => "no limit".to_owned(),
    }
}

fn overage(overview: &OverviewView) -> String {
    let overage = &overview.overage;
    let credits = overview.pools.overage;
    let charged = credits.is_some_and(|credits| !credits.is_zero());
    if overview.plan_unlisted && !charged {
        let state = match overview.quoted.as_ref().and_then(|quoted| quoted.overage_enabled) {
            Some(true) => "on, as Kiro says; ",
            Some(false) => "off, as Kiro says; ",
            None => "",
        };
        return format!("{state}whether this plan has any isn't known");
    }
    if !overage.available && !charged {
        let packs = overage.packs.as_ref().map(|offer| {
            let (price, credits) = (words::dollars(&offer.smallest), words::credits(&offer.credits));
            format!("none; packs are bought ahead, from {price} for {credits} credits")
        });
        let none = packs.unwrap_or_else(|| "not on this plan".to_owned());
        let still_on =
            if overage.idle { "; Kiro still shows its switch on, which promises nothing" } else { "" };
        return format!("{none}{still_on}");
    }
    let state = match (overage.enabled, overage.idle) {
        (true, true) => "on, which keeps nothing running",
        (true, false) => "on",
        (false, _) => "off",
    };
    let Some(credits) = credits else { return format!("{state}, how much so far isn't known") };
    let pools = &overview.pools;
    let charge = match &pools.overage_charge {
        Some(charge) => format!("{} so far", words::dollars(charge)),
        None => "what is charged for them isn't known in dollars".to_owned(),
    };
    let by_price = pools.overage_by_price.as_ref().zip(pools.overage_difference.as_ref());
    let by_price = by_price.map(|(price, more)| (words::dollars(price), words::dollars(more)));
    let by_price =
        by_price.map(|(price, more)| format!(" (by the price list {price}, a difference of {more})"));
    let by_price = by_price.unwrap_or_default();
    let cap = overview.overage_cap.as_ref().filter(|_| overage.enabled);
    let cap = cap.zip(overview.overage_cap_left);
    let cap = cap.map(|(cap, left)| {
        let most =
            overview.overage_charge_at_most.as_ref().map(|most| format!(" ({})", words::dollars(most)));
        let most = most.unwrap_or_default();
        let all = words::credits(cap);
        if left.is_zero() {
            format!("; its cap of {all}{most} is reached")
        } else {
            format!("; at most {all}{most}, {} of them left", words::credits(&left.to_string()))
        }
    });
    format!(
        "{state}, {} credits, {charge}{by_price}{}",
        words::credits(&credits.to_string()),
        cap.unwrap_or_default()
    )
}

fn charge(invoice: &InvoiceView) -> String {
    let tax = words::tax_title(invoice);
    let tax = tax.map_or("without tax".to_owned(), |name| format!("with {name}"));
    let total = words::sum(Some(&invoice.total), invoice.at_least);
    format!("{total} on {}, {tax}", words::moment(&invoice.issued_at))
}
