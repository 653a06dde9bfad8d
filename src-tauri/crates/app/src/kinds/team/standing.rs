//! How a team stands: what Kilo says it has, how fast it is spent, what its seats cost next.

use super::charges::assumed;
use super::told::{self, RunningPass, TopUp};
use super::{facts, subscribed};
use crate::account::{self, Stated};
use crate::answers::{AccountSummary, ChargeNote, Naming, SpendSource, TeamFacts};
use crate::catalog;
use crate::days::DAYS_SHOWN;
use crate::error::AppError;
use crate::kinds::ended_credits;
use crate::kinds::left::{Expiring, Machine, Remaining, TOP_UPS_AHEAD, balance_differs};
use crate::kinds::month_before::MonthBefore;
use crate::kinds::spending::{self, Spent};
use crate::quoted::QuotedTeam;
use chrono::{Days, NaiveDate};
use headroom_billing::advice::Part;
use headroom_billing::team::{
    AutomaticTopUp, Ledger, Outlook, Status, Terms, ToldBalance, owed, saved_by_removing, unused_seats,
};
use headroom_billing::{AccountKind, Assumption, Invoice};
use headroom_exact::{Balance, Moment, Money, Month, Saying, say};
use headroom_sources::observation::{CreditBlock, TeamSnapshot};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};

/// Seats paid for.
pub(super) struct Seats {
    pub paid: u64,
    pub taken: Option<u64>,
    /// Paid for and not taken; one stays at least.
    pub unused: u64,
    /// What the next charge is lower by without those, with the tax that is stated.
    pub saves: Option<Money>,
}

/// Who knows all of what a team spends.
pub(super) const KNOW_ALL: [SpendSource; 2] = [SpendSource::Everyone, SpendSource::Export];

/// What the next cycle's start charges.
pub(super) struct NextCharge {
    /// When the running cycle began.
    pub since: Moment,
    pub at: Moment,
    pub invoice: Invoice,
    pub naming: Naming,
}

/// What a payment that failed leads to (T5).
pub(super) struct Dunning {
    pub status: Status,
    pub grace_ends_at: Moment,
    pub data_deleted_at: Moment,
    /// What has to be paid, by the rules; none where that isn't known.
    pub owed: Option<Money>,
}

/// How a team stands.
pub(crate) struct Standing {
    pub(super) account: AccountSummary,
    pub(super) as_of: Moment,
    /// What Kilo last said, and when; nothing while it hasn't.
    pub(super) team: TeamSnapshot,
    pub(super) said_at: Option<Moment>,
    /// What is left at most of the balance that it told.
    pub(super) balance: Option<Balance>,
    /// The next to go first.
    pub(super) expiring: Vec<Expiring>,
    /// What went in this month.
    pub(super) ended: Vec<Expiring>,
    /// How fast the balance is spent, and when nothing is left of it.
    pub(super) outlook: Option<Outlook>,
    pub(super) spent: Option<Spent>,
    /// What is told of the month before.
    pub(super) before: MonthBefore,
    /// The first of the days that charts show.
    pub(super) first_day: NaiveDate,
    pub(super) seats: Option<Seats>,
    pub(super) next_charge: Option<NextCharge>,
    /// Why nothing is charged then; none where something is, or that isn't known.
    pub(super) nothing_next: Option<Saying>,
    /// What is to be known about its figures.
    pub(super) notes: Vec<ChargeNote>,
    /// Kilo Pass that runs.
    pub(super) pass: Option<RunningPass>,
    pub(super) top_up: TopUp,
    /// Whether credits are bought by themselves as it stands: it doesn't run out then.
    pub(super) is_topped_up: bool,
    pub(super) dunning: Option<Dunning>,
    pub(super) machine: Option<Machine>,
}

/// The balance that Kilo told, by purchase.
pub(super) fn told_balance(quoted: &QuotedTeam) -> Option<ToldBalance> {
    // By purchase where that was told at the same time.
    let blocks = quoted.team.blocks.iter().filter(|_| quoted.blocks_at == quoted.balance_at).flatten();
    let parts = blocks.map(|block| Part { left: block.left, expires_at: block.expires_at }).collect();
    Some(ToldBalance { at: quoted.balance_at, balance: quoted.team.balance?, parts })
}

/// What is left of the balance that Kilo told.
fn remaining(quoted: &QuotedTeam, now: Moment) -> Option<Remaining> {
    let blocks = quoted.team.blocks.as_deref().unwrap_or_default();
    let month = quoted.team.pass.as_ref().and_then(|pass| pass.month.as_ref());
    let has_renewed = month.is_some_and(|month| quoted.balance_at < month.ends_at && month.ends_at <= now);
    let told = (quoted.balance_at, quoted.team.balance?);
    Some(Remaining::of(told, (quoted.blocks_at, blocks), has_renewed, now))
}

/// That the balance that Kilo told isn't what its purchases and gifts come to.
fn differs(quoted: &QuotedTeam) -> Option<ChargeNote> {
    let listed = (quoted.blocks_at, quoted.team.blocks.as_deref()?);
    balance_differs((quoted.balance_at, quoted.team.balance?), listed)
}

/// The purchases and gifts that Kilo had listed last by then.
fn listed(store: &Store, id: AccountId, by: Moment) -> Result<Option<(Moment, Vec<CreditBlock>)>, AppError> {
    let quoted = QuotedTeam::leading(store, id, by)?;
    Ok(quoted.and_then(|quoted| Some((quoted.blocks_at, quoted.team.blocks?))))
}

impl Seats {
    fn of(
        team: &TeamSnapshot,
        facts: Option<&TeamFacts>,
        ledger: Option<&Ledger>,
        now: Moment,
    ) -> Option<Self> {
        if subscribed::has_ended(team) {
            return None;
        }
        let paid = told::paid_seats(team).or(facts.map(|facts| facts.seats))?;
        let unused = team.seats_taken.map_or(0, |taken| unused_seats(paid, taken));
        let saves = ledger.filter(|_| unused > 0).and_then(|ledger| saved_by_removing(ledger, unused, now));
        Some(Self { paid, taken: team.seats_taken, unused, saves })
    }
}

impl Dunning {
    fn of(ledger: &Ledger, facts: &TeamFacts, now: Moment) -> Option<Self> {
        let current = ledger.account.current(now);
        let (grace_ends_at, data_deleted_at) = current.grace_ends_at.zip(current.data_deleted_at)?;
        let owed = facts.payment_failed_on.and_then(|day| owed(ledger, Moment::on(day, 0)));
        Some(Self { status: current.status, grace_ends_at, data_deleted_at, owed })
    }
}

/// What an account without facts is billed by: what can be bought is taken from it, by the list that has top-ups, as it is
/// they that come now, and the fee on them.
pub(super) fn nothing_stated() -> Terms {
    let catalog = catalog::in_use();
    let with_top_ups = catalog.team_editions().iter().rev().find(|edition| edition.top_up.is_some());
    Terms::of_list(with_top_ups.unwrap_or_else(|| catalog.default_team_edition()))
}

/// What is to be known about what the next cycle charges, which may be more than is known, and about top-ups until then.
fn notes(
    facts: &TeamFacts,
    team: &TeamSnapshot,
    (next_charge, more): (Option<&NextCharge>, bool),
    outlook: Option<&Outlook>,
    (next_at, now): (Option<Moment>, Moment),
) -> Result<Vec<ChargeNote>, AppError> {
    let subscription = facts.subscription()?;
    let stated = subscription.seat_price.plan.as_str();
    let differs = team
        .plan
        .as_deref()
        .filter(|told| *told != stated)
        .map(|told| ChargeNote::SeatPlanDiffers { told: told.to_owned(), stated: stated.to_owned() });
    let lines: Vec<_> = next_charge.iter().flat_map(|next| &next.invoice.lines).collect();
    let fewer = told::fewer_seats(team).filter(|_| next_charge.is_some());
    let mut notes: Vec<_> = differs.into_iter().chain(fewer).collect();
    notes.extend(more.then_some(ChargeNote::PassNotKnown).filter(|_| next_charge.is_some()));
    notes.extend(assumed(&subscription, &lines));
    for note in of_top_ups(outlook) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes.extend(subscribed::differs(team, facts, next_at, now)?);
    Ok(notes)
}

/// Why nothing is charged when the next cycle begins: Kilo says so, or the team is closed by then (T5).
fn nothing_next(team: &TeamSnapshot, ledger: Option<&Ledger>, next_at: Option<Moment>) -> Option<Saying> {
    let is_closed = ledger.is_some_and(|ledger| ledger.account.next_invoice().is_none());
    let closed = is_closed.then(|| say!("team-closed-by-then"));
    subscribed::nothing_follows(team, next_at).or(closed)
}

/// What top-ups that come by themselves rest on.
fn of_top_ups(outlook: Option<&Outlook>) -> impl Iterator<Item = ChargeNote> {
    let is_topped_up = outlook.is_some_and(|outlook| outlook.automatic.is_some());
    let assumptions = [Assumption::FeeUnlessExempt, Assumption::AutomaticTopUp];
    let notes = assumptions.into_iter().map(|assumption| ChargeNote::Assumed { assumption });
    notes.filter(move |_| is_topped_up)
}

/// Until when top-ups are counted: the cycle's end, by what is stated, else by what Kilo says of Kilo Pass.
fn counted_until(ledger: Option<&Ledger>, team: &TeamSnapshot, now: Moment) -> Moment {
    let stated = ledger.map(|ledger| ledger.account.current(now).cycle.end);
    let pass = team.pass.as_ref();
    let paid_through = pass.and_then(|pass| pass.agreement.as_ref()?.paid_through);
    let month_ends = pass.and_then(|pass| Some(pass.month.as_ref()?.ends_at));
    let told = paid_through.or(month_ends).filter(|end| *end > now);
    stated.or(told).unwrap_or_else(|| now.plus_days(TOP_UPS_AHEAD))
}

impl Standing {
    /// Of a team, now.
    pub fn of(store: &Store, account: &Account, now: Moment) -> Result<Self, AppError> {
        let id = account.id;
        let facts = facts::newest(store, id)?.map(|(facts, _)| facts);
        let quoted = QuotedTeam::leading(store, id, now)?;
        let nothing = facts::nothing_told();
        let team = quoted.as_ref().map_or(&nothing, |quoted| &quoted.team);
        let today = now.date();
        let first_day = today.checked_sub_days(Days::new(DAYS_SHOWN.saturating_sub(1))).unwrap_or(today);
        // The month's first day can be earlier than the days shown by one.
        let from = first_day.min(Month::of(now).first_date());
        let spent = spending::of_a_team(store, id, (from, today), now)?;
        let before = (Month::of(now).plus(-1), now);
        let before =
            spent.as_ref().map(|spent| MonthBefore::of(store, id, spent.source, before)).transpose()?;
        let before = before.unwrap_or_default();
        let terms = facts.as_ref().map_or_else(|| Ok(nothing_stated()), TeamFacts::terms)?;
        let ledger = facts.as_ref().map(|facts| facts.ledger_now(team, now)).transpose()?;
        let more = told::pass_may_be_charged(team, facts.as_ref())?;
        let cycle_ends = ledger.as_ref().map(|ledger| ledger.account.current(now).cycle.end);
        let nothing_next = nothing_next(team, ledger.as_ref(), cycle_ends);
        let charged = facts.as_ref().zip(ledger.as_ref()).filter(|_| nothing_next.is_none());
        let next_charge = charged.and_then(|(facts, ledger)| {
            let invoice = ledger.account.next_invoice()?;
            let invoice = Invoice { at_least: invoice.at_least || more, ..invoice };
            let cycle = ledger.account.current(now).cycle;
            Some(NextCharge { since: cycle.start, at: cycle.end, invoice, naming: facts.naming() })
        });
        let dunning = facts.as_ref().zip(ledger.as_ref());
        let dunning = dunning.and_then(|(facts, ledger)| Dunning::of(ledger, facts, now));
        let top_up = TopUp::of(team, facts.as_ref())?;
        let automatic = top_up
            .switch(dunning.is_some())
            .map(|switch| AutomaticTopUp { switch, until: counted_until(ledger.as_ref(), team, now) });
        let remaining = quoted.as_ref().and_then(|quoted| remaining(quoted, now));
        let balance = remaining.as_ref().and_then(|remaining| remaining.balance);
        // Where less is left than triggers it, one is due by now: when it comes, and from then on, isn't known.
        let is_due = |of: &AutomaticTopUp| balance.is_some_and(|left| of.switch.is_due(left));
        let automatic = automatic.filter(|of| !is_due(of));
        let outlook = spent.as_ref().and_then(|spent| {
            // Where what is left isn't known, neither is until when it lasts.
            let told = quoted.as_ref().filter(|_| balance.is_some()).and_then(told_balance);
            let outlook = Outlook::on(&spent.of_all(&KNOW_ALL)?, told.as_ref(), automatic, &terms, now)?;
            let is_served = dunning.as_ref().is_none_or(|dunning| dunning.status.is_served());
            Some(if is_served { outlook } else { outlook.at_rest() })
        });
        let ended = remaining.into_iter().flat_map(|remaining| remaining.notes);
        let of_charge = match &facts {
            Some(facts) => {
                notes(facts, team, (next_charge.as_ref(), more), outlook.as_ref(), (cycle_ends, now))?
            }
            None => of_top_ups(outlook.as_ref()).collect(),
        };
        Ok(Self {
            as_of: now,
            expiring: Expiring::of(team.blocks.as_deref().unwrap_or_default(), now),
            notes: ended.chain(quoted.as_ref().and_then(differs)).chain(of_charge).collect(),
            balance,
            ended: ended_credits::in_this_month(now, |by| listed(store, id, by))?,
            pass: told::running_pass(team, facts.as_ref())?,
            is_topped_up: top_up.on == Some(true) && dunning.is_none(),
            top_up,
            outlook,
            spent,
            first_day,
            before,
            seats: Seats::of(team, facts.as_ref(), ledger.as_ref().filter(|_| next_charge.is_some()), now),
            next_charge,
            nothing_next,
            dunning,
            machine: Machine::of(store, id, now)?,
            said_at: quoted.as_ref().map(|quoted| quoted.balance_at),
            team: quoted.map_or(nothing, |quoted| quoted.team),
            account: account::summary(account, Stated { ready: true, team: facts, ..Stated::default() })?,
        })
    }
}
