//! `status`, `facts` and `import`: what the store holds, and how it gets there.

use crate::{Console, Failure, Open, live, scenario};
use clap::{Subcommand, ValueEnum};
use headroom_app::Headroom;
use headroom_app::billing::{Credits, Decimal};
use headroom_app::views::{AccountSummary, Facts, ImportView, InvoiceView, OverviewView, PaceView, TimeLeft};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// How every account stands now.
    Status {
        /// As JSON: a list of accounts, amounts as decimal strings.
        #[arg(long)]
        json: bool,
        /// Exit with status 3 if an account has fewer credits left.
        #[arg(long, value_name = "CREDITS")]
        min_remaining: Option<Decimal>,
    },
    /// State an account's facts: plan, first paid day, country, overage.
    Facts {
        /// The plan: free, pro, pro-plus or power.
        #[arg(long)]
        plan: String,
        /// The day of the first payment ever: YYYY-MM-DD.
        #[arg(long, value_name = "DATE")]
        first_paid: Option<String>,
        /// The sign-up day, if its bonus credits are to be counted: YYYY-MM-DD.
        #[arg(long, value_name = "DATE")]
        signed_up: Option<String>,
        /// The billing address: two letters.
        #[arg(long, default_value = "US")]
        country: String,
        /// The overage switch; left as it is when not given.
        #[arg(long)]
        overage: Option<Switch>,
        /// The price list, such as kiro-2026-07; the one of the sources when not given.
        #[arg(long, value_name = "ID")]
        price_list: Option<String>,
    },
    /// All accounts.
    Accounts {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ask Kiro for an account's figures, with the login on this machine.
    Refresh {
        /// Its number or name; the first one when not given.
        #[arg(long)]
        account: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ask Kiro to turn the overage switch, then look whether it shows.
    Overage {
        /// The position.
        position: Switch,
        /// The account's number or name.
        #[arg(long)]
        account: String,
        /// That it is meant: overage is charged.
        #[arg(long)]
        yes: bool,
    },
    /// What can be read on this machine, and what helps where it can't.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Import usage that lies on this machine.
    Import {
        /// What to import.
        kind: ImportKind,
        /// A file or a folder, instead of the usual place.
        path: Option<PathBuf>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ImportKind {
    /// Sessions of Kiro's command line.
    KiroSessions,
}

pub(crate) fn run(command: &Command, open: Open<'_>, console: &mut Console<'_>) -> Result<(), Failure> {
    let headroom = open()?;
    match command {
        Command::Status { json, min_remaining } => status(&headroom, *json, *min_remaining, console),
        Command::Accounts { json } => live::accounts(&headroom, *json, console),
        Command::Refresh { account, json } => live::refresh(&headroom, account.as_deref(), *json, console),
        Command::Overage { position, account, yes } => {
            live::overage(&headroom, account, matches!(position, Switch::On), *yes, console)
        }
        Command::Doctor { json } => live::doctor(&headroom, *json, console),
        Command::Facts { plan, first_paid, signed_up, country, overage, price_list } => {
            let date = |name: &str, text: &Option<String>| {
                let parse = |text: &String| {
                    text.parse().map_err(|_| {
                        Failure::bad_input(format!("--{name}: \"{text}\" is no date such as 2026-04-15"))
                    })
                };
                text.as_ref().map(parse).transpose()
            };
            let facts = Facts {
                plan: plan.clone(),
                first_paid_on: date("first-paid", first_paid)?,
                signed_up_on: date("signed-up", signed_up)?,
                country: country.clone(),
                overage_enabled: overage.map(|switch| matches!(switch, Switch::On)),
                price_list: price_list.clone(),
            };
            let account = headroom.save_facts(None, &facts)?;
            writeln!(console.output, "The facts of {} are saved.", account.name)?;
            Ok(())
        }
        Command::Import { kind: ImportKind::KiroSessions, path, json } => {
            let report = headroom.import_kiro_sessions(path.as_deref())?;
            if *json { scenario::print(&report, console) } else { Ok(imported(&report, console)?) }
        }
    }
}

/// An account and how it stands; without facts there is nothing to say about it yet.
#[derive(Serialize)]
struct AccountStatus {
    account: AccountSummary,
    overview: Option<OverviewView>,
}

fn status(
    headroom: &Headroom,
    json: bool,
    min_remaining: Option<Decimal>,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let mut accounts = Vec::new();
    for account in headroom.start(None)?.accounts {
        let known = account.facts.is_some();
        let overview = known.then(|| headroom.overview(account.id)).transpose()?;
        accounts.push(AccountStatus { account, overview });
    }
    if json {
        scenario::print(&accounts, console)?;
        return enough(&accounts, min_remaining);
    }
    if accounts.is_empty() {
        writeln!(
            console.output,
            "No account yet. Begin with: headroom facts --plan pro --first-paid 2026-04-15"
        )?;
    }
    for (index, status) in accounts.iter().enumerate() {
        if index > 0 {
            writeln!(console.output)?;
        }
        match &status.overview {
            Some(overview) => write_overview(overview, console)?,
            None => writeln!(
                console.output,
                "{}\n  Its plan is not known yet: headroom facts --plan pro --first-paid 2026-04-15",
                status.account.name
            )?,
        }
    }
    enough(&accounts, min_remaining)
}

/// Whether every account has that many credits left; one of which it isn't known has not.
fn enough(accounts: &[AccountStatus], min_remaining: Option<Decimal>) -> Result<(), Failure> {
    let Some(wanted) = min_remaining.map(Credits::rounded) else { return Ok(()) };
    let left = |status: &AccountStatus| {
        let left = status.overview.as_ref()?.left.as_ref()?;
        Some(Credits::rounded(left.parse().ok()?))
    };
    let real: Vec<_> = accounts.iter().filter(|status| !status.account.sample).collect();
    if real.is_empty() {
        return Err(Failure::too_little("no account is known"));
    }
    for status in real {
        let name = &status.account.name;
        match left(status) {
            Some(left) if left >= wanted => {}
            Some(left) => {
                return Err(Failure::too_little(format!(
                    "{name} has {left} credits left, fewer than {wanted}"
                )));
            }
            None => return Err(Failure::too_little(format!("what {name} has left is not known"))),
        }
    }
    Ok(())
}

/// One row of the human form.
fn row(console: &mut Console<'_>, name: &str, value: &str) -> std::io::Result<()> {
    writeln!(console.output, "  {name:<12}  {value}")
}

fn write_overview(overview: &OverviewView, console: &mut Console<'_>) -> std::io::Result<()> {
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
        row(
            console,
            "Bonus",
            &format!("{} of {} used, gone at {}", pool.used, pool.allowance, bonus.expires_at),
        )?;
    }
    row(console, "Pace", &pace(overview))?;
    row(console, "Overage", &overage(overview))?;
    if overview.pools.uncovered != "0.00" {
        row(console, "Not charged", &format!("{} credits beyond the plan", overview.pools.uncovered))?;
    }
    row(console, "Next charge", &overview.next_charge.as_ref().map_or("nothing".to_owned(), charge))?;
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
    if !overage.available {
        return "not on this plan".to_owned();
    }
    let state = if overage.enabled { "on" } else { "off" };
    let pools = &overview.pools;
    format!("{state}, {} credits, ${} so far", pools.overage, pools.overage_charge)
}

fn charge(invoice: &InvoiceView) -> String {
    let tax = invoice.tax_name.as_ref().map_or("without tax".to_owned(), |name| format!("with {name}"));
    format!("${} at {}, {tax}", invoice.total, invoice.issued_at)
}

fn imported(report: &ImportView, console: &mut Console<'_>) -> std::io::Result<()> {
    writeln!(
        console.output,
        "{} files of {}: {} new tasks with {} credits, {} known already.",
        report.files, report.from, report.added, report.credits, report.known
    )?;
    if report.unmetered > 0 {
        writeln!(
            console.output,
            "{} new tasks have no metering: what they cost is unknown.",
            report.unmetered
        )?;
    }
    if report.undated > 0 {
        writeln!(console.output, "{} tasks have no readable time and are left out.", report.undated)?;
    }
    for file in &report.skipped {
        writeln!(console.errors, "headroom: skipped {} {}", file.path, file.reason)?;
    }
    Ok(())
}
