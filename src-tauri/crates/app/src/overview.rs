//! The first view: how much is left and until when, what is charged next, the overage switch.

use crate::Headroom;
use crate::account::{kind_of, summary};
use crate::days::DAYS_SHOWN;
use crate::error::AppError;
use crate::invoices::notes;
use crate::ledger::Loaded;
use crate::unreadable;
use crate::vendors::{refresh, switch};
use crate::views::{
    AccountNumber, BonusPool, DayView, EstimatedView, GrantView, InvoiceView, Kind, Naming, OverageSwitch,
    OverageView, OverviewView, PaceView, PackOfferView, Pool, Pools, Provenance, QuotedView, Standing,
    TimeLeft, span, text,
};
use chrono::Days;
use headroom_billing::catalog::PackOffer;
use headroom_billing::person::{Current, Ledger};
use headroom_billing::person::{Outcome, Pace};
use headroom_billing::{AccountKind, Catalog};
use headroom_exact::division::permille;
use headroom_exact::{Credits, Moment};
use headroom_sources::observation::{Allowance, GrantSnapshot};
use headroom_store::Store;
use headroom_store::table::rollups::{Day, UsageTotals};

impl Loaded {
    pub(crate) fn naming(&self) -> Naming {
        let tax = Catalog::built_in().tax(self.timeline.terms.country);
        Naming { edition: Some(self.timeline.terms.edition), tax_name: tax.map(|tax| tax.name.clone()) }
    }

    /// Whether anything is known of the usage: a task was recorded, or Kiro said what was used this cycle.
    pub(crate) fn usage_is_known(&self, totals: &UsageTotals) -> bool {
        totals.tasks > 0 || self.followed_until.is_some()
    }

    /// An amount that follows from usage: not known while nothing is. Unknown is not zero.
    pub(crate) fn known(&self, totals: &UsageTotals, credits: Credits) -> Option<String> {
        self.usage_is_known(totals).then(|| credits.to_string())
    }

    /// The pace; none while nothing is known of the usage.
    pub(crate) fn pace(&self, totals: &UsageTotals, current: &Current) -> Option<Pace> {
        if !self.usage_is_known(totals) {
            return None;
        }
        Pace::at(current, self.timeline.as_of)
    }

    /// What Kiro says, beside what is recorded here.
    fn quoted_view(&self, current: &Current, naming: &Naming) -> Option<QuotedView> {
        let quoted = self.quoted.as_ref()?;
        let limits = &quoted.limits;
        let own_plan = naming.plan(current.plan);
        let named = limits.plan_title.as_deref().map(|title| title.trim_start_matches("KIRO ").to_owned());
        let allowance = limits.allowance.map(|allowance| match allowance {
            Allowance::Credits(credits) => credits.to_string(),
            Allowance::NoLimit => "no limit".to_owned(),
        });
        let of_this_cycle = current.cycle.contains(quoted.at);
        let recorded_more =
            limits.used.map_or(Credits::ZERO, |used| self.recorded_by_then.less_at_most_all(used));
        Some(QuotedView {
            at: quoted.at.to_string(),
            of_this_cycle,
            followed: self.followed_until.is_some(),
            plan_title: limits.plan_title.clone(),
            plan_differs: named.is_some_and(|named| !named.eq_ignore_ascii_case(&own_plan)),
            used: text(limits.used),
            left: text(limits.left()),
            allowance,
            overage: text(limits.overage),
            overage_charges: text(limits.overage_charges),
            overage_enabled: limits.overage_enabled,
            resets_at: text(limits.resets_at),
            grants: limits.grants.iter().chain(&limits.packs).map(grant).collect(),
            recorded: self.recorded_by_then.to_string(),
            elsewhere: self.elsewhere.is_positive().then(|| self.elsewhere.to_string()),
            recorded_more: (of_this_cycle && recorded_more.is_positive()).then(|| recorded_more.to_string()),
        })
    }
}

fn pool(allowance: Credits, used: Credits, left: Credits) -> Pool {
    Pool {
        allowance: allowance.to_string(),
        used: used.to_string(),
        left: left.to_string(),
        used_permille: permille(used.hundredths(), allowance.hundredths()),
    }
}

fn pools(current: &Current, now: Moment) -> Pools {
    let credits = &current.credits;
    let bonus = credits.bonus.as_ref().filter(|bonus| now < bonus.expires_at);
    Pools {
        plan: pool(credits.plan.allowance, credits.plan.used, credits.plan.remaining),
        bonus: bonus.map(|bonus| BonusPool {
            pool: pool(bonus.granted, bonus.used, bonus.remaining),
            expires_at: bonus.expires_at.to_string(),
        }),
        overage: credits.overage.credits.to_string(),
        overage_charge: credits.overage.charge.to_string(),
        uncovered: credits.uncovered.to_string(),
    }
}

fn time_left(until: Moment, now: Moment) -> TimeLeft {
    let hours = until.seconds_since(now).max(0) / 3600;
    let whole = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    TimeLeft { days: whole(hours / 24), hours: whole(hours) }
}

fn pace_view(pace: &Pace, now: Moment) -> PaceView {
    match pace.outcome {
        Outcome::LeftAtReset { credits, percent } => {
            PaceView::LeftAtReset { percent, credits: credits.to_string() }
        }
        Outcome::LimitAt(at) => PaceView::LimitAt { at: at.to_string(), time_left: time_left(at, now) },
        Outcome::AtLimit => PaceView::AtLimit,
    }
}

fn grant(grant: &GrantSnapshot) -> GrantView {
    GrantView {
        name: grant.name.clone(),
        used: text(grant.used),
        granted: text(grant.granted),
        expires_at: text(grant.expires_at),
    }
}

fn offer_of(offer: &PackOffer) -> PackOfferView {
    PackOfferView {
        smallest: offer.smallest.to_string(),
        credits: text(offer.credits_for(offer.smallest)).unwrap_or_default(),
        unit_price: offer.unit_price.to_string(),
    }
}

fn overage(loaded: &Loaded, ledger: &Ledger, current: &Current, pace: Option<&Pace>) -> OverageView {
    let edition = loaded.timeline.terms.edition;
    let paid = |id: &str| edition.plan_named(id).is_some_and(headroom_billing::Plan::is_paid);
    let at_this_pace = pace.map(|pace| current.credits.overage.credits.plus(pace.beyond));
    OverageView {
        enabled: current.credits.overage.enabled,
        switch: match loaded.live.identity {
            Some(_) => OverageSwitch::AtKiro,
            None => OverageSwitch::Recorded,
        },
        request: loaded
            .live
            .overage_request
            .map(|request| switch::confirmation(request, loaded.quoted.as_ref(), loaded.timeline.as_of)),
        set_at: text(loaded.overage_set_at),
        available: ledger.account.plan().is_paid() && edition.packs.is_none(),
        packs: edition.packs.filter(|_| ledger.account.plan().is_paid()).map(|offer| offer_of(&offer)),
        goes_off_with_plan: current.next_plan.is_some_and(|next| !paid(next)),
        unit_price: edition.overage_unit_price.to_string(),
        allowance: current.credits.plan.allowance.to_string(),
        credits_at_this_pace: text(at_this_pace),
        charge_at_this_pace: text(at_this_pace.map(|credits| credits.priced(edition.overage_unit_price))),
    }
}

/// The last days up to today, each there whether it has usage or not.
fn days(recorded: &[Day], now: Moment) -> Vec<DayView> {
    let today = now.date();
    (0..DAYS_SHOWN)
        .rev()
        .filter_map(|back| today.checked_sub_days(Days::new(back)))
        .map(|date| {
            let day = recorded.iter().find(|day| day.date == date);
            DayView {
                date: date.to_string(),
                credits: day.filter(|day| day.tasks > 0).map(|day| day.credits.to_string()),
                tasks: day.map_or(0, |day| day.tasks),
                unmetered: day.map_or(0, |day| day.unmetered),
            }
        })
        .collect()
}

fn provenance(totals: &UsageTotals, loaded: &Loaded, ledger: &Ledger) -> Provenance {
    let count = |tasks: usize| u32::try_from(tasks).unwrap_or(u32::MAX);
    Provenance {
        tasks: totals.tasks,
        unmetered: totals.unmetered,
        last_day: text(totals.last_day),
        while_paused: count(loaded.tasks_while_paused(ledger)),
        before_sign_up: count(loaded.tasks_before_sign_up),
    }
}

/// What the IDE's sessions on this machine come to, which is in no figure.
fn estimated(
    store: &Store,
    loaded: &Loaded,
    from: Moment,
    now: Moment,
) -> Result<Option<EstimatedView>, AppError> {
    let sum = store.estimated(loaded.account.id, from, now)?;
    Ok((sum.tasks > 0).then(|| EstimatedView { credits: sum.credits.to_string(), tasks: sum.tasks }))
}

impl Headroom {
    /// How an account of any kind stands now.
    pub fn standing(&self, account: AccountNumber) -> Result<Standing, AppError> {
        self.read(|store| Self::standing_of(store, account, self.now()))
    }

    pub(crate) fn standing_of(
        store: &Store,
        account: AccountNumber,
        now: Moment,
    ) -> Result<Standing, AppError> {
        Ok(match kind_of(&Self::account(store, account.into())?)? {
            Kind::KiroIndividual => {
                Standing::KiroIndividual(Box::new(Self::overview_of(store, account, now)?))
            }
            Kind::KiroEnterprise => {
                Standing::KiroEnterprise(Box::new(Self::organisation_of(store, account, now)?))
            }
            Kind::KiloTeams => Standing::KiloTeams(Box::new(Self::team_of(store, account, now)?)),
        })
    }

    /// How an account of one person stands now.
    pub fn overview(&self, account: AccountNumber) -> Result<OverviewView, AppError> {
        self.read(|store| Self::overview_of(store, account, self.now()))
    }

    pub(crate) fn overview_of(
        store: &Store,
        account: AccountNumber,
        now: Moment,
    ) -> Result<OverviewView, AppError> {
        let loaded = Self::load(store, account.into(), now)?;
        let ledger = loaded.ledger()?;
        let current = ledger.account.current(now);
        let totals = store.usage_totals(account.into())?;
        let pace = loaded.pace(&totals, &current);
        let first_day = now.date().checked_sub_days(Days::new(DAYS_SHOWN)).unwrap_or_default();
        let recorded = store.days(account.into(), first_day, now.date())?;
        let length = current.cycle.end.seconds_since(current.cycle.start);
        let left = current.credits.left();
        let naming = loaded.naming();
        let is_part = !notes(store, account.into(), &loaded, &ledger, current.cycle)?.is_empty();
        Ok(OverviewView {
            account: summary(&loaded.account, Some(loaded.facts.clone()), None)?,
            unreadable: unreadable::of(store, &loaded.account)?,
            as_of: now.to_string(),
            plan: naming.plan(current.plan),
            next_plan: current.next_plan.map(|next| naming.plan(next)),
            cycle: span(current.cycle.start, current.cycle.end),
            left: loaded.known(&totals, left),
            used: loaded.known(&totals, current.credits.used),
            used_permille: permille(
                current.credits.used.hundredths(),
                current.credits.used.plus(left).hundredths(),
            ),
            pools: pools(&current, now),
            paused: current.paused,
            reset_in: time_left(current.cycle.end, now),
            elapsed_permille: permille(now.seconds_since(current.cycle.start).into(), length.into()),
            pace: pace.as_ref().map(|pace| pace_view(pace, now)),
            next_charge: current
                .next_charge
                .as_ref()
                .map(|invoice| InvoiceView { at_least: is_part, ..naming.invoice(invoice) }),
            overage: overage(&loaded, &ledger, &current, pace.as_ref()),
            days: days(&recorded, now),
            provenance: provenance(&totals, &loaded, &ledger),
            quoted: loaded.quoted_view(&current, &naming),
            estimated: estimated(store, &loaded, current.cycle.start, now)?,
            refresh: refresh::view(store, account.into(), now, false)?,
        })
    }
}
