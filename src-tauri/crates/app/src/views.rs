//! The answers that the window and the command line show, ready to be formatted.
//!
//! Amounts are decimal strings as the engine writes them, moments are RFC 3339 in UTC. Nobody who
//! receives these computes money, credits or dates.

pub use crate::facts::Facts;
use headroom_billing::{Edition, Invoice, Line, LineKind, Moment};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// The window as a whole: what it needs before it shows a view.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StartView {
    /// All accounts, real ones first.
    pub accounts: Vec<AccountSummary>,
    /// How the account to show first stands; none when there is none, or its facts are missing.
    pub overview: Option<OverviewView>,
    /// Choices.
    pub settings: Settings,
    /// What the user should know, such as a setting that had to be replaced.
    pub notices: Vec<String>,
    /// What was found on this machine.
    pub found: Found,
    /// The form's choices and defaults for describing an account.
    pub form: FactsForm,
    /// About this app and its rules.
    pub about: About,
}

/// An account's number, as it crosses to the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct AccountNumber(pub i64);

/// An account in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct AccountSummary {
    /// Its number.
    pub id: AccountNumber,
    /// Its name.
    pub name: String,
    /// Whether it is the sample.
    pub sample: bool,
    /// Its facts, once they are known.
    pub facts: Option<Facts>,
}

/// What was found on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Found {
    /// Sessions of Kiro's command line: their folder and how many files are in it.
    pub kiro_sessions: Option<FoundSessions>,
    /// A login of Kiro's: the file it is in.
    pub kiro_login: Option<String>,
}

/// A folder of sessions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct FoundSessions {
    /// The folder.
    pub folder: String,
    /// How many session files it has.
    pub files: u32,
}

/// What the facts form offers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct FactsForm {
    /// The price lists to choose from, with their plans; the first is the usual one.
    pub price_lists: Vec<PriceListChoice>,
    /// The countries to choose from.
    pub countries: Vec<CountryChoice>,
    /// What it starts with.
    pub defaults: Facts,
    /// Today's date in UTC: no day may be later.
    pub today: String,
}

/// A price list to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PriceListChoice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its plans, smallest first.
    pub plans: Vec<PlanChoice>,
    /// Whether it has overage; else it has add-on packs.
    pub overage: bool,
    /// Bonus credits of a sign-up, and the days they last (K2).
    pub bonus_credits: String,
    /// See `bonus_credits`.
    pub bonus_days: u32,
}

/// A plan to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PlanChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Dollars a month.
    pub monthly_price: String,
    /// Credits a month.
    pub allowance: String,
    /// Whether it costs anything.
    pub paid: bool,
}

/// A country to choose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct CountryChoice {
    /// Two letters.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Whether paid plans are sold there (K12).
    pub paid_plans: bool,
}

/// Which colours the window has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the desktop has them.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The user's choices.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, TS)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// Whether Kiro is asked for an account's figures, with the login on this machine.
    pub ask_kiro: bool,
}

/// About this app.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct About {
    /// Its version.
    pub version: String,
    /// Where its data is.
    pub database: String,
    /// The price lists it computes by.
    pub price_lists: Vec<PriceListAbout>,
}

/// Where a price list is from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PriceListAbout {
    /// Its title.
    pub title: String,
    /// When it was last compared with its sources: YYYY-MM-DD.
    pub checked_on: String,
    /// The vendor's pages it comes from.
    pub sources: Vec<SourcePage>,
}

/// A page that figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SourcePage {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The date it gives for itself: YYYY-MM-DD.
    pub updated: Option<String>,
}

/// A page the window can open. The addresses are the shell's fixed list.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, TS)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Link {
    /// Where Kiro's plan and its overage switch are changed.
    KiroAccount,
    /// A page that a price list comes from.
    Source {
        /// The list's position in [`About::price_lists`].
        list: u32,
        /// The page's position there.
        page: u32,
    },
}

/// How an account stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OverviewView {
    /// Whose.
    pub account: AccountSummary,
    /// As of when.
    pub as_of: String,
    /// The plan's name.
    pub plan: String,
    /// The plan from the cycle's end on, when a change is scheduled.
    pub next_plan: Option<String>,
    /// The running cycle.
    pub cycle: Span,
    /// Credits left, plan and bonus; none while no usage was ever recorded: then it is not known.
    pub left: Option<String>,
    /// Credits used in this cycle; none as for `left`.
    pub used: Option<String>,
    /// Used of what this cycle has in all pools, in tenths of a percent.
    pub used_permille: u32,
    /// The pools, apart.
    pub pools: Pools,
    /// Whether requests pause now (K6).
    pub paused: bool,
    /// How long until the credits renew.
    pub reset_in: TimeLeft,
    /// How far the cycle is, in tenths of a percent.
    pub elapsed_permille: u32,
    /// Where an even pace leads; none while too little was seen.
    pub pace: Option<PaceView>,
    /// What the cycle's end charges.
    pub next_charge: Option<InvoiceView>,
    /// The overage switch and what it would do.
    pub overage: OverageView,
    /// The recent days, oldest first, without gaps.
    pub days: Vec<DayView>,
    /// Where the figures come from.
    pub provenance: Provenance,
    /// What Kiro itself says, once it was asked.
    pub quoted: Option<QuotedView>,
    /// How asking Kiro goes.
    pub refresh: RefreshView,
}

/// A half-open time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Span {
    /// From.
    pub start: String,
    /// Up to, not included.
    pub end: String,
}

/// Plan, bonus and what neither covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Pools {
    /// The plan's.
    pub plan: Pool,
    /// The bonus, until it expires or is used up.
    pub bonus: Option<BonusPool>,
    /// Credits beyond the plan that are charged.
    pub overage: String,
    /// Their price so far.
    pub overage_charge: String,
    /// Credits beyond the plan that are not charged (K6).
    pub uncovered: String,
}

/// A pool of credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Pool {
    /// Its size.
    pub allowance: String,
    /// Used of it.
    pub used: String,
    /// Left of it.
    pub left: String,
    /// Used of it, in tenths of a percent.
    pub used_permille: u32,
}

/// Bonus credits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BonusPool {
    /// The credits.
    pub pool: Pool,
    /// From then on they are gone.
    pub expires_at: String,
}

/// How long until something, rounded down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
pub struct TimeLeft {
    /// Whole days.
    pub days: u32,
    /// Whole hours, days included.
    pub hours: u32,
}

/// Where an even pace leads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PaceView {
    /// Something is left when the credits renew.
    LeftAtReset {
        /// Its share, in percent.
        percent: u32,
        /// How much.
        credits: String,
    },
    /// The credits end before that.
    LimitAt {
        /// When.
        at: String,
        /// How long until then.
        time_left: TimeLeft,
    },
    /// They have ended.
    AtLimit,
}

/// Credits that can be bought ahead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PackOfferView {
    /// Dollars of the smallest purchase.
    pub smallest: String,
    /// The credits it buys.
    pub credits: String,
    /// Dollars a credit.
    pub unit_price: String,
}

/// The overage switch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OverageView {
    /// Which switch is turned from here.
    pub switch: OverageSwitch,
    /// What was last asked of the switch at Kiro, and whether Kiro shows it.
    pub request: Option<OverageRequestView>,
    /// The add-on packs that a paid plan of this price list has instead; none where there is overage.
    pub packs: Option<PackOfferView>,
    /// Its recorded position.
    pub enabled: bool,
    /// When it was turned here; none when its position comes from the account's facts.
    pub set_at: Option<String>,
    /// Whether the plan has overage at all (K5).
    pub available: bool,
    /// Whether the plan after this cycle has it: if not, it goes off then (K5).
    pub goes_off_with_plan: bool,
    /// Dollars a credit.
    pub unit_price: String,
    /// The plan's credits, where requests stop without it.
    pub allowance: String,
    /// Credits beyond the plan by the cycle's end, at an even pace, if it is on.
    pub credits_at_this_pace: Option<String>,
    /// Their price, with what is charged already.
    pub charge_at_this_pace: Option<String>,
}

/// A day's usage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct DayView {
    /// The UTC date: YYYY-MM-DD.
    pub date: String,
    /// Credits; none when nothing is recorded for the day.
    pub credits: Option<String>,
    /// Tasks with metering.
    pub tasks: u32,
    /// Tasks of unknown cost.
    pub unmetered: u32,
}

/// Where the figures come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Provenance {
    /// Tasks with metering that are known.
    pub tasks: u32,
    /// Tasks of unknown cost: they are in no figure.
    pub unmetered: u32,
    /// The last day with usage: YYYY-MM-DD.
    pub last_day: Option<String>,
    /// Tasks that ran while, by the facts, requests were paused.
    pub while_paused: u32,
    /// Tasks before the sign-up day, left out.
    pub before_sign_up: u32,
}

/// A charge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct InvoiceView {
    /// When.
    pub issued_at: String,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Their sum.
    pub subtotal: String,
    /// Tax on it.
    pub tax: String,
    /// The tax's name; none where the total is without tax.
    pub tax_name: Option<String>,
    /// With tax.
    pub total: String,
}

/// A line of a charge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct LineView {
    /// What it is for.
    #[ts(
        type = "\"subscription\" | \"discount\" | \"refund\" | \"overage\" | \"seats\" | \"credits\" | \"fee\""
    )]
    pub kind: LineKind,
    /// Dollars.
    pub amount: String,
    /// The plan's name, on a line about one.
    pub plan: Option<String>,
    /// Credits of overage or of a pack, seats of a team.
    pub quantity: Option<String>,
    /// Dollars for one of them.
    pub unit_price: Option<String>,
    /// The time it is for.
    pub period: Option<Span>,
    /// The plan's full price, on a line charged by days.
    pub full_price: Option<String>,
    /// Days charged.
    pub days: Option<u32>,
    /// Days of the cycle.
    pub days_of: Option<u32>,
}

/// What Kiro says of an account. Quoted, never computed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct QuotedView {
    /// When it said so.
    pub at: String,
    /// Whether that was in the running cycle; older figures are of another month.
    pub of_this_cycle: bool,
    /// The plan as Kiro writes it.
    pub plan_title: Option<String>,
    /// Whether that is another plan than the facts'.
    pub plan_differs: bool,
    /// Credits used, overage included.
    pub used: Option<String>,
    /// Credits left of the plan.
    pub left: Option<String>,
    /// The plan's credits, or "no limit".
    pub allowance: Option<String>,
    /// Credits beyond the plan.
    pub overage: Option<String>,
    /// Dollars owed for them.
    pub overage_charges: Option<String>,
    /// The overage switch at Kiro.
    pub overage_enabled: Option<bool>,
    /// When the credits renew.
    pub resets_at: Option<String>,
    /// Trial, bonuses and packs.
    pub grants: Vec<GrantView>,
    /// Credits of the tasks recorded here by then.
    pub recorded: String,
    /// Credits used elsewhere, which are part of every figure; none if none were.
    pub elsewhere: Option<String>,
    /// Credits recorded here that Kiro doesn't count; none if it counts them all.
    pub recorded_more: Option<String>,
}

/// Credits beside the plan's, as Kiro says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct GrantView {
    /// What Kiro calls them.
    pub name: String,
    /// Used of them.
    pub used: Option<String>,
    /// All of them.
    pub granted: Option<String>,
    /// From when on they are gone.
    pub expires_at: Option<String>,
}

/// How asking the vendor goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct RefreshView {
    /// Whether the vendor is asked at all.
    pub on: bool,
    /// When it last answered.
    pub last_success: Option<String>,
    /// Why the last attempt failed, in a sentence; none if it didn't.
    pub failure: Option<String>,
    /// When that was.
    pub failed_at: Option<String>,
    /// When to ask again by itself.
    pub next_in_seconds: u32,
}

/// Which overage switch is turned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OverageSwitch {
    /// What Headroom computes with; Kiro's is turned there.
    Recorded,
    /// Kiro's own: the account's figures have been seen.
    AtKiro,
}

/// Whether a source can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceState {
    /// It is there and can be read.
    Readable,
    /// It is there, or was asked, and can't be read.
    Unreadable,
    /// It is not there.
    Missing,
}

/// A source on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SourceView {
    /// What it is.
    pub source: String,
    /// Where it was looked for.
    pub place: Option<String>,
    /// Whether it can be read.
    pub state: SourceState,
    /// When it last answered, where that is kept.
    pub last_success: Option<String>,
    /// What it is like, or what helps.
    pub advice: String,
}

impl SourceView {
    pub(crate) fn missing(source: String, place: Option<String>, advice: &str) -> Self {
        Self { source, place, state: SourceState::Missing, last_success: None, advice: advice.to_owned() }
    }
}

/// The overage switch as it was asked of Kiro.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct OverageRequestView {
    /// On or off.
    pub enabled: bool,
    /// When it was asked.
    pub at: String,
    /// Whether Kiro shows it.
    pub state: RequestState,
}

/// Whether a request is seen at the vendor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    /// Not yet.
    Requested,
    /// It is.
    Confirmed,
    /// Not within a minute.
    NotConfirmed,
}

/// The plans beside each other.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlansView {
    /// Whose.
    pub account: AccountSummary,
    /// As of when.
    pub as_of: String,
    /// The running cycle.
    pub cycle: Span,
    /// Credits used in it; none while no usage was ever recorded.
    pub used: Option<String>,
    /// Credits by its end at an even pace.
    pub projected_use: Option<String>,
    /// Smallest first.
    pub plans: Vec<PlanRow>,
    /// From where on the next larger plan pays off.
    pub break_evens: Vec<BreakEven>,
    /// Dollars for a credit of overage.
    pub unit_price: String,
}

/// A plan as this account sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct PlanRow {
    /// Which.
    pub plan: PlanChoice,
    /// Where it stands to the account's plan.
    pub standing: PlanStanding,
    /// What a full month costs at this month's projected use, with overage; none when not foretold.
    pub month_at_this_pace: Option<String>,
    /// Whether that is the lowest of the paid plans.
    pub cheapest: bool,
}

/// Where a plan stands to the account's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PlanStanding {
    /// Below it.
    Lower,
    /// It is the account's plan.
    Current,
    /// It takes its place when the cycle ends.
    Next,
    /// Above it.
    Higher,
}

/// Where overage costs as much as the larger plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BreakEven {
    /// The smaller plan's name.
    pub from: String,
    /// The larger plan's name.
    pub to: String,
    /// Extra credits a month.
    pub credits: String,
}

/// What changing to a plan would do now.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReceiptView {
    /// Whose.
    pub account: AccountSummary,
    /// As of when.
    pub at: String,
    /// The plan left, by name.
    pub from: String,
    /// The plan asked for, by name.
    pub to: String,
    /// Its id.
    pub plan: String,
    /// Why the rules refuse it, in a sentence.
    pub refused: Option<String>,
    /// When it would take effect.
    pub effective_at: Option<String>,
    /// Whether that is now.
    pub at_once: bool,
    /// What is charged today.
    pub charge_now: Option<InvoiceView>,
    /// The lowest and the highest total, where the two ways of counting days differ (K8).
    pub charge_range: Option<ChargeRangeView>,
    /// What the cycle's end charges without the change.
    pub next_charge_before: Option<InvoiceView>,
    /// And with it.
    pub next_charge_after: Option<InvoiceView>,
    /// Plan credits left, before.
    pub left_before: String,
    /// And after.
    pub left_after: String,
    /// Overage charges that disappear (K10).
    pub overage_avoided: String,
    /// Where the change pays off; none for a downgrade or from Free.
    pub break_even: Option<BreakEvenStanding>,
    /// Whether waiting changes today's charge; none without a charge.
    pub waiting: Option<Waiting>,
}

/// The totals of a charge under both ways of counting days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ChargeRangeView {
    /// The lower.
    pub low: String,
    /// The higher.
    pub high: String,
}

/// A break-even and where the account is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct BreakEvenStanding {
    /// Extra credits a month at which overage costs as much.
    pub credits: String,
    /// Extra credits this month so far.
    pub so_far: String,
    /// Extra credits by the cycle's end at an even pace.
    pub at_this_pace: Option<String>,
}

/// What the same change costs later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct Waiting {
    /// The last day of this cycle: YYYY-MM-DD.
    pub last_day: String,
    /// The total on that day.
    pub total_then: String,
    /// How it compares with today's.
    pub then: Comparison,
}

/// How a later charge compares with today's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// It is lower.
    Lower,
    /// It is the same.
    Same,
    /// It is higher.
    Higher,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct ImportView {
    /// The account it went to.
    pub account: AccountNumber,
    /// Where it read.
    pub from: String,
    /// Files read.
    pub files: u32,
    /// Tasks that were new.
    pub added: u32,
    /// Their credits.
    pub credits: String,
    /// Tasks that were there already, or twice in the files.
    pub known: u32,
    /// New tasks of unknown cost.
    pub unmetered: u32,
    /// Tasks without a readable time, left out.
    pub undated: u32,
    /// Files that were not read, and why.
    pub skipped: Vec<SkippedFile>,
}

/// A file that was not read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, TS)]
pub struct SkippedFile {
    /// Which.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// The names a charge is shown with.
pub(crate) struct Naming {
    pub edition: &'static Edition,
    pub tax_name: Option<String>,
}

impl Naming {
    pub(crate) fn invoice(&self, invoice: &Invoice) -> InvoiceView {
        InvoiceView {
            issued_at: invoice.issued_at.to_string(),
            lines: invoice.lines.iter().map(|line| self.line(line)).collect(),
            subtotal: invoice.subtotal.to_string(),
            tax: invoice.tax.to_string(),
            tax_name: self.tax_name.clone(),
            total: invoice.total.to_string(),
        }
    }

    /// The name of the plan with an id.
    pub(crate) fn plan(&self, id: &str) -> String {
        self.edition.plan_named(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone())
    }

    fn line(&self, line: &Line) -> LineView {
        let prorated_plan = line.prorated.and_then(|_| self.edition.plan_named(line.plan?));
        let days = |count: i64| u32::try_from(count).ok();
        LineView {
            kind: line.kind,
            amount: line.amount.to_string(),
            plan: line.plan.map(|plan| self.plan(plan)),
            quantity: text(line.quantity),
            unit_price: text(line.unit_price),
            period: line.period.map(|period| span(period.start, period.end)),
            full_price: prorated_plan.map(|plan| plan.monthly_price.to_string()),
            days: line.prorated.and_then(|prorated| days(prorated.days)),
            days_of: line.prorated.and_then(|prorated| days(prorated.of)),
        }
    }
}

/// A half-open time as the window gets it.
pub(crate) fn span(start: Moment, end: Moment) -> Span {
    Span { start: start.to_string(), end: end.to_string() }
}

/// An amount as the window gets it.
pub(crate) fn text(amount: Option<impl std::fmt::Display>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

/// A path as people read it.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}
