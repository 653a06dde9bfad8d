//! What the owner of one person's account states beside its details: packs, grants, and that something is taken back.

use super::acts::StatedFacts;
use super::answer::offer_of;
use super::ledger::{self, Loaded};
use super::pools::Stated;
use super::stated::{credits_of, dollars_of};
use crate::account::find;
use crate::acts::{Undo, content, counting, record};
use crate::answers::{
    AccountNumber, GrantStated, PackStated, PoolState, PoolStated, RecordNumber, Recorded, StatedPool,
    StatedPools, text,
};
use crate::error::{AppError, ErrorCode};
use crate::quoted::Quoted;
use chrono::NaiveDate;
use headroom_billing::{AccountKind, Edition, Pack, RefusalReason};
use headroom_exact::printable::is_name;
use headroom_exact::{Moment, Saying, say};
use headroom_store::Store;
use headroom_store::table::accounts::AccountId;
use headroom_store::table::events::{Act, EventKind};

/// A grant's name: something to be read, and not too much of it.
const LONGEST_NAME: usize = 60;

/// The price list of a day.
fn list_of(loaded: &Loaded, day: NaiveDate) -> &'static Edition {
    loaded.timeline.terms.lists.at(Moment::on(day, 0))
}

/// A pack as it is kept: with the dollars that were paid for it.
fn pack_kept(pack: &PackStated, edition: &Edition) -> Result<PackStated, AppError> {
    let Some(offer) = edition.packs else {
        return Err(AppError::input(say!(
            "packs-not-sold-then",
            date = pack.on,
            list = edition.list.title.clone()
        )));
    };
    let amount = match (&pack.amount, &pack.credits) {
        (Some(amount), None) => Some(dollars_of(say!("pack"), amount)?),
        (None, Some(credits)) => offer.price_of_just(credits_of(say!("pack"), credits)?),
        (Some(_), Some(_)) | (None, None) => return Err(AppError::input(say!("pack-amount-or-credits"))),
    };
    let Some(amount) = amount.filter(|amount| offer.credits_for(*amount).is_some()) else {
        let (smallest, largest) = (offer.smallest, offer.largest);
        return Err(AppError::input(say!("pack-amount-wrong", smallest, largest)));
    };
    Ok(PackStated { amount: Some(amount.to_string()), credits: None, ..pack.clone() })
}

fn grant_kept(grant: &GrantStated) -> Result<GrantStated, AppError> {
    let name = grant.name.trim();
    if !is_name(name, LONGEST_NAME) {
        return Err(AppError::input(say!("name-wrong", most = LONGEST_NAME)));
    }
    let credits = credits_of(say!("grant"), &grant.credits)?.to_string();
    Ok(GrantStated { name: name.to_owned(), credits, ..grant.clone() })
}

/// Whether the days can be: not to come, not before the account, and the end after the beginning.
fn check_days(
    field: Saying,
    on: NaiveDate,
    ends_on: Option<NaiveDate>,
    loaded: &Loaded,
    now: Moment,
) -> Result<(), AppError> {
    let today = now.date();
    if on > today {
        return Err(AppError::input(say!("date-to-come", field, date = on, today)));
    }
    let begins = loaded.timeline.events().first().map_or(now, |sign_up| sign_up.at).date();
    if on < begins {
        return Err(AppError::input(say!("before-the-account", field, date = on, begins)));
    }
    if let Some(end) = ends_on.filter(|end| *end <= on) {
        return Err(AppError::input(say!("ends-before-it-begins", date = end, on)));
    }
    Ok(())
}

/// Records a pack or a grant. Nothing is recorded where it can't be true, or the rules refuse it.
pub(crate) fn state(
    store: &mut Store,
    account: AccountNumber,
    pool: &PoolStated,
    now: Moment,
) -> Result<Recorded, AppError> {
    let id = account.into();
    let loaded = ledger::load(store, id, now)?;
    let kept = match pool {
        PoolStated::Pack(pack) => {
            check_days(say!("bought-on"), pack.on, pack.ends_on, &loaded, now)?;
            PoolStated::Pack(pack_kept(pack, list_of(&loaded, pack.on))?)
        }
        PoolStated::Grant(grant) => {
            check_days(say!("granted-on"), grant.on, grant.ends_on, &loaded, now)?;
            PoolStated::Grant(grant_kept(grant)?)
        }
    };
    store.write(|writing| {
        match &kept {
            PoolStated::Pack(pack) => record(writing, id, EventKind::BuyCredits, pack, now)?,
            PoolStated::Grant(grant) => record(writing, id, EventKind::Grant, grant, now)?,
        }
        let acts = writing.acts(id)?;
        refused(&acts, loaded.quoted.as_ref(), now)?;
        Ok(Recorded { record: newest(&acts) })
    })
}

/// The number of what was recorded last.
fn newest(acts: &[Act]) -> RecordNumber {
    RecordNumber(acts.last().map_or(0, |act| act.id))
}

/// The error where what was recorded last is refused by the rules.
fn refused(acts: &[Act], quoted: Option<&Quoted>, now: Moment) -> Result<(), AppError> {
    let acts = counting(acts.to_vec())?;
    let Some(stated) = StatedFacts::with_vendor(StatedFacts::of(&acts)?, quoted) else { return Ok(()) };
    let (ledger, pools) = stated.folded(&acts, now)?;
    let newest = pools.last().map(|(_, position)| *position);
    let refusal = ledger.refused.iter().find(|refusal| Some(refusal.event) == newest);
    refusal.map_or(Ok(()), |refusal| Err(AppError::new(ErrorCode::Refused, why(refusal.reason))))
}

/// Why a pack doesn't count.
fn why(reason: RefusalReason) -> Saying {
    match reason {
        RefusalReason::PacksNotAvailable => say!("packs-on-paid-plans"),
        RefusalReason::DataDeleted
        | RefusalReason::Duplicate
        | RefusalReason::NotSubscribed
        | RefusalReason::Suspended
        | RefusalReason::PausedAtLimit
        | RefusalReason::InsufficientCredits
        | RefusalReason::AmountNotOffered
        | RefusalReason::OverageNotAvailable
        | RefusalReason::AlreadyPaid
        | RefusalReason::AlreadyGranted
        | RefusalReason::PlanNotOffered
        | RefusalReason::CountryNotSupported
        | RefusalReason::AlreadyOnPlan
        | RefusalReason::NotAssigned
        | RefusalReason::MembersStillAssigned
        | RefusalReason::LastSeat
        | RefusalReason::AlreadyAMember
        | RefusalReason::NoFreeSeat
        | RefusalReason::NotAMember
        | RefusalReason::PassAlreadyActive
        | RefusalReason::NoPass => say!("not-by-the-rules"),
    }
}

/// The packs and grants that were stated, the newest first.
pub(crate) fn pools(store: &Store, account: AccountNumber, now: Moment) -> Result<StatedPools, AppError> {
    let loaded = ledger::load(store, account.into(), now)?;
    let ledger = loaded.ledger()?;
    let current = ledger.account.current(now);
    let totals = store.usage_totals(account.into())?;
    let known = loaded.usage_is_known(&totals);
    let edition = loaded.timeline.edition();
    let paid = ledger.account.plan().is_paid();
    let mut there: Vec<Pack> =
        current.credits.packs.iter().flatten().chain(&current.credits.grants).cloned().collect();
    let mut shown = (Vec::new(), Vec::new());
    for (stated, position) in loaded.pools.iter().rev() {
        let refusal = ledger.refused.iter().find(|refusal| refusal.event == *position);
        let list = match &stated.says {
            PoolStated::Pack(pack) => list_of(&loaded, pack.on),
            PoolStated::Grant(grant) => list_of(&loaded, grant.on),
        };
        let at =
            loaded.timeline.events().iter().find(|event| event.position == *position).map(|event| event.at);
        let found = there.iter().position(|pool| Some(pool.bought_at) == at && same(pool, stated, list));
        let pool = found.map(|place| there.remove(place));
        let state = match (&refusal, &pool) {
            (Some(_), _) => PoolState::Refused,
            (None, None) => PoolState::GaveWay,
            (None, Some(pool)) if pool.expires_at.is_some_and(|end| end <= now) => PoolState::Ended,
            (None, Some(_)) => PoolState::Counts,
        };
        let left = pool.filter(|_| known && state == PoolState::Counts).map(|pool| pool.remaining);
        let view = StatedPool {
            left: text(left),
            state,
            refused: refusal.map(|refusal| why(refusal.reason)),
            ..view(stated, list)
        };
        match &stated.says {
            PoolStated::Pack(_) => shown.0.push(view),
            PoolStated::Grant(_) => shown.1.push(view),
        }
    }
    let (packs, grants) = shown;
    Ok(StatedPools {
        offer: edition.packs.filter(|_| paid).map(|offer| offer_of(&offer)),
        no_packs: match edition.packs {
            None => Some(say!("packs-not-sold-then", date = now.date(), list = edition.list.title.clone())),
            Some(_) => (!paid).then(|| say!("packs-on-paid-plans")),
        },
        packs,
        grants,
        today: now.date().to_string(),
    })
}

fn same(pool: &Pack, stated: &Stated, list: &Edition) -> bool {
    Some(pool.granted) == stated.credits(list) && pool.expires_at == stated.ends_at()
}

fn view(stated: &Stated, list: &Edition) -> StatedPool {
    let (name, amount, on) = match &stated.says {
        PoolStated::Pack(pack) => (None, pack.amount.clone(), pack.on),
        PoolStated::Grant(grant) => (Some(grant.name.clone()), None, grant.on),
    };
    StatedPool {
        record: RecordNumber(stated.record),
        name,
        amount,
        credits: text(stated.credits(list)).unwrap_or_default(),
        on: on.to_string(),
        ends_on: text(stated.ends_on()),
        left: None,
        state: PoolState::Counts,
        refused: None,
    }
}

/// Takes back what was recorded under a number, as an act of its own; taking that back makes it count again. What an
/// account can't be without stays.
pub(crate) fn undo(
    store: &mut Store,
    account: AccountNumber,
    number: RecordNumber,
    now: Moment,
) -> Result<Recorded, AppError> {
    let id: AccountId = account.into();
    find(store, id)?;
    let quoted = Quoted::newest(store, id, now, now)?;
    store.write(|writing| {
        let acts = writing.acts(id)?;
        let unknown = || AppError::input(say!("no-such-record", number = number.0.to_string()));
        let act = acts.iter().find(|act| act.id == number.0).ok_or_else(unknown)?;
        let taken_back = counts_no_more(&acts, act)?;
        if taken_back {
            return Err(AppError::new(ErrorCode::Refused, say!("taken-back-already")));
        }
        record(writing, id, EventKind::Undo, &Undo { act: act.key.clone() }, now)?;
        let left = counting(writing.acts(id)?)?;
        let stated = StatedFacts::with_vendor(StatedFacts::of(&left)?, quoted.as_ref());
        if act.kind == EventKind::Facts && stated.is_none() {
            return Err(AppError::new(ErrorCode::Refused, say!("first-details-stay")));
        }
        if let Some(stated) = stated {
            stated.folded(&left, now)?;
        }
        Ok(Recorded { record: newest(&writing.acts(id)?) })
    })
}

/// Whether an act was taken back and that still counts.
fn counts_no_more(acts: &[Act], act: &Act) -> Result<bool, AppError> {
    let counts = counting(acts.to_vec())?.iter().any(|counting| counting.id == act.id);
    if act.kind != EventKind::Undo {
        return Ok(!counts);
    }
    // That something was taken back is itself taken back by a later act of its kind.
    for later in acts.iter().filter(|later| later.kind == EventKind::Undo && later.id > act.id) {
        if content::<Undo>(later)?.act == act.key {
            return Ok(!counts_no_more(acts, later)?);
        }
    }
    Ok(false)
}
