//! The vendors' own figures: asked for when it is time, kept as far as they were read, shown with their date.
//!
//! Nothing here waits with the store held: the vendor is asked first, then what it said is written. The
//! last good answer stays whatever happens after it.

use crate::account::{self, kind_of};
use crate::answers::{NotAsked, RefreshView};
use crate::clock_behind;
use crate::error::AppError;
use crate::machine::clock;
use crate::machine::log::Line;
use crate::quoted::Quoted;
use crate::vendors;
use crate::vendors::asking::Around;
use crate::vendors::evidence::whose::OtherUser;
use crate::vendors::schedule::{Asked, asks_by_itself, last_answer, left_alone_until, may_be_asked, pause};
use crate::vendors::vendor::{
    About, Answer, Ask, Figures, Kept, OtherCycle, Shown, Then, Vendor, said, snapshot,
};
use crate::weighed::{EVIDENCE, Evidence};
use crate::whose::Whose;
use headroom_exact::{Heard, Moment, Saying, Wait, say};
use headroom_sources::wire::kept;
use headroom_sources::{FetchError, Http};
use headroom_store::Store;
use headroom_store::table::accounts::{Account, AccountId};
use headroom_store::table::live::{Failure, LiveState};

/// Asks the vendor for an account's figures: by hand not too soon after the last time, by itself only if somebody
/// agreed to that once and it is due ([`crate::vendors::schedule`]). A failure is kept beside the last good answer, and is no error.
/// Which plan the owner stated is the kind's to say: `stated_plan`.
pub(crate) fn refresh(
    around: &Around<'_>,
    id: AccountId,
    stated_plan: impl Fn(&Store, &Account) -> Result<Option<String>, AppError>,
    by_hand: bool,
    hidden: bool,
) -> Result<RefreshView, AppError> {
    let now = around.now();
    let known = Known::of(&around.store(), around, (id, &stated_plan), now)?;
    if !known.clock_is_plausible {
        // It was said where it can be by now: whatever is asked, is asked by this clock.
        clock_behind::remember(&mut around.store(), now)?;
    }
    let not_asked = match (known.vendor.zip(known.asks), known.not_asked(by_hand, hidden, now)) {
        (_, Some(not_asked)) => not_asked,
        (None, None) => NotNow::by_itself(),
        (Some((vendor, asks)), None) => match around.way_out.begin(id) {
            None => NotNow::because(say!("being-asked", vendor = vendor.called())),
            Some(_asking) => ask(around, (vendor, asks), &known, now)?,
        },
    };
    let store = around.store();
    Ok(RefreshView { not_asked: not_asked.0, ..view(&store, id, around.now(), hidden)? })
}

/// Asks about the account now, on an errand of its own, and keeps what comes of it.
fn ask(
    around: &Around<'_>,
    (vendor, asks): (&'static dyn Vendor, Ask),
    known: &Known,
    now: Moment,
) -> Result<NotNow, AppError> {
    let id = known.account.id;
    around.way_out.attempts.note(id, now, known.asked.turn);
    let http = around.errand()?;
    let about = known.about(&http);
    let answer = asks(around, &about)?;
    // Before anything else is kept: whatever happens now, nobody is asked who wants to be left alone.
    around.note_hosts(&http, Some(id))?;
    match answer {
        Answer::Good(figures) => {
            if let Some(then) = keep(around, id, figures)? {
                let outcome = then(around, &http, id);
                around.note_hosts(&http, Some(id))?;
                outcome?;
            }
        }
        Answer::InPart(figures, lacking) => {
            Line::warn("answered-in-part").why(lacking.clone()).note();
            // Nothing is asked after it: what was asked together is here.
            keep(around, id, figures)?;
            keep_failure(around, &about, &lacking, None)?;
        }
        Answer::NotLeading(kept, why) => {
            Line::warn("not-leading").note();
            keep_beside(around, &about, kept, &why)?;
            keep_what_is_shown_here(around, vendor, &about)?;
        }
        Answer::Undecided(kept, why) => {
            Line::warn("login-undecided").note();
            keep_beside(around, &about, kept, &why)?;
        }
        Answer::Nobody(saying) => {
            keep_failure(around, &about, &saying, None)?;
            keep_what_is_shown_here(around, vendor, &about)?;
        }
        // Nobody was asked, so nothing failed.
        Answer::Failed(error @ FetchError::LeftAlone { until, .. }) => {
            return Ok(NotNow::until(error.into(), until));
        }
        Answer::Failed(error) => {
            Line::warn("not-refreshed").why(&error).note();
            keep_failure(around, &about, &Saying::from(&error), Some(&error))?;
            keep_what_is_shown_here(around, vendor, &about)?;
        }
    }
    Ok(NotNow::by_itself())
}

/// Why the vendor wasn't asked although somebody wanted it, if that is so.
struct NotNow(Option<NotAsked>);

impl NotNow {
    /// It was asked, or nobody wanted it.
    const fn by_itself() -> Self {
        Self(None)
    }

    fn because(why: Saying) -> Self {
        Self(Some(NotAsked { why, until: None }))
    }

    fn until(why: Saying, until: Moment) -> Self {
        Self(Some(NotAsked { why, until: Some(until.to_string()) }))
    }
}

/// What is known of an account before its vendor is asked.
struct Known {
    account: Account,
    state: LiveState,
    vendor: Option<&'static dyn Vendor>,
    /// How that is asked about it.
    asks: Option<Ask>,
    asked: Asked,
    /// Whether the vendor may be asked by itself now.
    agreed: bool,
    of_others: Vec<OtherUser>,
    is_the_only_one: bool,
    stated_plan: Option<String>,
    quoted: Option<Quoted>,
    clock_is_plausible: bool,
}

impl Known {
    fn of(
        store: &Store,
        around: &Around<'_>,
        (id, stated_plan): (AccountId, &impl Fn(&Store, &Account) -> Result<Option<String>, AppError>),
        now: Moment,
    ) -> Result<Self, AppError> {
        let account = account::find(store, id)?;
        let others = others(store, &account)?;
        let (vendor, asks) = vendors::asked(kind_of(&account)?).unzip();
        let state = store.live_state(id)?;
        Ok(Self {
            agreed: asks_by_itself(store, around.paths, vendor)?,
            asked: Asked::about(store, around.way_out, &account, &state, now)?,
            state,
            asks,
            vendor,
            is_the_only_one: others.is_empty(),
            of_others: known_as(store, &account, &others)?,
            stated_plan: stated_plan(store, &account)?,
            quoted: Quoted::newest(store, id, now, now)?,
            clock_is_plausible: clock::behind(store.last_recorded()?, now).is_none(),
            account,
        })
    }

    fn about<'a>(&'a self, http: &'a Http) -> About<'a> {
        About {
            account: &self.account,
            state: &self.state,
            is_the_only_one: self.is_the_only_one,
            of_others: &self.of_others,
            stated_plan: self.stated_plan.as_deref(),
            known: self.quoted.as_ref(),
            http,
            clock_is_plausible: self.clock_is_plausible,
        }
    }

    /// That the vendor isn't asked now, and why, where somebody wanted it; none where it is time to ask and somebody wants
    /// it.
    fn not_asked(&self, by_hand: bool, hidden: bool, now: Moment) -> Option<NotNow> {
        let Account { sample, hidden: out_of_sight, name, .. } = &self.account;
        if !by_hand {
            let is_due = self.agreed && self.asked.is_due(hidden, now) && !sample && !out_of_sight;
            return (!is_due).then(NotNow::by_itself);
        }
        if *sample {
            return Some(NotNow::because(say!("sample-is-not-asked-about")));
        }
        if *out_of_sight {
            return Some(NotNow::because(say!("hidden-is-not-asked-about", account = name)));
        }
        let (why, until) = self.asked.not_by_hand(self.vendor?.called(), now)?;
        Some(NotNow::until(why, until))
    }
}

/// The other real accounts of the kind.
fn others(store: &Store, account: &Account) -> Result<Vec<AccountId>, AppError> {
    let accounts = store.accounts()?.into_iter();
    let others =
        accounts.filter(|other| !other.sample && other.kind == account.kind && other.id != account.id);
    Ok(others.map(|other| other.id).collect())
}

/// By which ids the vendor knows other accounts, as far as it does. Of two that are the same the first has the user, so that
/// a double of this one isn't among them.
fn known_as(store: &Store, account: &Account, others: &[AccountId]) -> Result<Vec<OtherUser>, AppError> {
    let mut known = Vec::new();
    for id in others {
        let other = account::find(store, *id)?;
        if other.same_as == Some(account.id) {
            continue;
        }
        let user = store.live_state(*id)?.identity;
        let user = user.filter(|user| Whose::of(Some(user)).is_a_user());
        known.extend(user.map(|user| OtherUser { user, account: other.name }));
    }
    Ok(known)
}

/// Keeps what a vendor said; gives what is to be asked for after it.
fn keep(around: &Around<'_>, id: AccountId, figures: Figures) -> Result<Option<Box<Then>>, AppError> {
    let now = around.now();
    let Figures { kept, identity, spend, then } = figures;
    let mut store = around.store();
    // A window may be open for weeks: what is asked again and again makes the day's copy too.
    crate::chores::copy_of_the_day(&mut store, now);
    store.write(|writing| {
        for (source, body) in kept {
            writing.append_snapshot(id, &snapshot(source, now, body))?;
        }
        if let Some(spend) = spend {
            for day in &spend.days {
                writing.append_reported(id, spend.source, day, now)?;
            }
        }
        writing.set_answer(id, identity.as_deref(), None, None).map_err(AppError::from)
    })?;
    Ok(then)
}

/// Keeps figures that don't lead, each under a name of its own, and why they don't.
fn keep_beside(around: &Around<'_>, about: &About<'_>, kept: Kept, why: &Saying) -> Result<(), AppError> {
    let (now, id) = (around.now(), about.account.id);
    around.store().write(|writing| {
        for (source, body) in kept {
            writing.append_snapshot(id, &snapshot(source, now, body))?;
        }
        Ok::<_, AppError>(())
    })?;
    keep_failure(around, about, why, None)
}

/// Keeps that asking failed, beside the last good answer.
fn keep_failure(
    around: &Around<'_>,
    about: &About<'_>,
    saying: &Saying,
    error: Option<&FetchError>,
) -> Result<(), AppError> {
    let now = around.now();
    let count = about.state.failure.as_ref().map_or(0, |failure| failure.count).saturating_add(1);
    let failure = Failure { at: Heard::at(now), reason: serde_json::to_string(saying)?, count };
    // One may try again by hand at once, unless the account is suspended; what a host wants is kept with the host.
    let suspended = matches!(error, Some(FetchError::Suspended(_)));
    let wait = suspended.then(|| Wait::of_seconds(now, Wait::LONGEST));
    let identity = about.state.identity.as_deref();
    around.store().write(|writing| {
        let written = writing.set_answer(about.account.id, identity, Some(&failure), wait);
        written.map_err(AppError::from)
    })
}

fn keep_what_is_shown_here(
    around: &Around<'_>,
    vendor: &dyn Vendor,
    about: &About<'_>,
) -> Result<(), AppError> {
    let Shown { snapshots: leads, weighed } = vendor.shown_here(around, about)?;
    let (now, id) = (around.now(), about.account.id);
    let mut store = around.store();
    let evidence = Evidence::newest(&store, id, now)?.map(|(_, evidence)| evidence);
    let evidence = evidence.unwrap_or_default().beside(weighed);
    store.write(|writing| {
        for shown in &leads {
            writing.append_snapshot(id, shown)?;
        }
        if let Some(body) = evidence.and_then(|evidence| kept::write(&evidence).ok()) {
            writing.append_snapshot(id, &snapshot(EVIDENCE, now, body))?;
        }
        Ok(())
    })
}

/// How asking about an account goes, and when it is asked again.
pub(crate) fn view(store: &Store, id: AccountId, now: Moment, hidden: bool) -> Result<RefreshView, AppError> {
    let state = store.live_state(id)?;
    let account = account::find(store, id)?;
    let vendor = vendors::of(&account)?;
    let last = last_answer(store, vendor, id, now)?;
    let agreed = may_be_asked(store, vendor)?;
    let alone = left_alone_until(store, &state, now)?;
    let wait =
        alone.map_or_else(|| pause(state.failure.as_ref(), hidden), |until| until.seconds_since(now).max(1));
    let cycle = vendor.map(|vendor| vendor.of_another_cycle(store, id, now)).transpose()?.flatten();
    let other_cycle = vendor.zip(cycle).map(|(vendor, cycle)| cycle.saying(vendor.called()));
    let failure = state.failure.as_ref().map(|failure| said(&failure.reason));
    let evidence = Evidence::newest(store, id, now)?.map(|(_, evidence)| evidence).unwrap_or_default();
    // A failure that lies ahead was told by a clock that was wrong; that it was one stays true.
    let failed_at = state.failure.as_ref().map(|failure| failure.at.by(now).unwrap_or(now));
    Ok(RefreshView {
        on: agreed && !account.sample,
        last_success: last,
        failed_at,
        next_in_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
        waits: vendor.zip(alone).map(|(vendor, until)| NotAsked {
            why: say!("asks-to-wait", vendor = vendor.called(), until),
            until: Some(until.to_string()),
        }),
        not_asked: None,
        undecided: evidence.is_undecided(),
        beside: evidence.not_leading_besides([failure.as_ref(), other_cycle.as_ref()]).collect(),
        failure,
        other_cycle,
        is_ahead: matches!(cycle, Some(OtherCycle::Ahead)),
        too_old: None,
    })
}
