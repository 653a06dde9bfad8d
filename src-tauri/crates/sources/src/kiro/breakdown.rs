//! A row of Kiro's figures, as its service answers it and as its IDE keeps it: the same under other names here and there
//! (`interfaces.md` §1.2, §2.3 D; `interfaces-2026.md` §3).

use crate::files::bounded::at_most;
use crate::kiro::rows::{self, Doubts, Owed, Row, Told, is_word, pools};
use crate::kiro::unnamed::{BONUS, TRIAL};
use crate::observation::{Doubt, Gap, GrantStatus, LimitsSnapshot, SharedSnapshot};
use crate::wire::json::shown;
use crate::wire::number::Number;
use serde::Deserialize;
use std::borrow::Cow;

/// Neither what was used nor the limit is a number: there are no figures in it.
pub(crate) struct NoFigures;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Breakdown<'a> {
    #[serde(borrow)]
    resource_type: Option<Cow<'a, str>>,
    /// The IDE's name of it.
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    dimension_type: Option<Cow<'a, str>>,
    /// A code; the IDE has an object with one in it.
    #[serde(borrow)]
    currency: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    current_overages: Option<Number<'a>>,
    #[serde(borrow)]
    current_overages_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    overage_charges: Option<Number<'a>>,
    #[serde(borrow)]
    overage_rate: Option<Number<'a>>,
    #[serde(borrow)]
    overage_cap: Option<Number<'a>>,
    #[serde(borrow)]
    overage_cap_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    next_date_reset: Option<Number<'a>>,
    /// The IDE's name of it.
    #[serde(borrow)]
    reset_date: Option<Number<'a>>,
    #[serde(borrow)]
    free_trial_info: Option<FreeTrial<'a>>,
    /// The IDE's name of it.
    #[serde(borrow)]
    free_trial_usage: Option<FreeTrial<'a>>,
    #[serde(borrow, default, deserialize_with = "at_most::<1_000, _, _>")]
    bonuses: Option<Vec<Bonus<'a>>>,
    #[serde(borrow, default, deserialize_with = "at_most::<1_000, _, _>")]
    overage_credits: Option<Vec<Pack<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FreeTrial<'a> {
    #[serde(borrow, rename = "freeTrialStatus")]
    status: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "freeTrialExpiry")]
    expiry: Option<Number<'a>>,
    /// The IDE's name of it.
    #[serde(borrow)]
    expiry_date: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bonus<'a> {
    #[serde(borrow)]
    display_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow)]
    expires_at: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pack<'a> {
    #[serde(borrow)]
    current_usage: Option<Number<'a>>,
    #[serde(borrow)]
    current_usage_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit: Option<Number<'a>>,
    #[serde(borrow)]
    usage_limit_with_precision: Option<Number<'a>>,
    #[serde(borrow)]
    expires_at: Option<Number<'a>>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
}

impl Row for Breakdown<'_> {
    fn resource(&self) -> Option<&str> {
        self.resource_type.as_deref().or(self.kind.as_deref())
    }

    fn dimension(&self) -> Option<&str> {
        self.dimension_type.as_deref()
    }

    fn amounts(&self) -> [Option<&str>; 2] {
        let used = self.current_usage_with_precision.as_ref().or(self.current_usage.as_ref());
        let limit = self.usage_limit_with_precision.as_ref().or(self.usage_limit.as_ref());
        [used.map(Number::text), limit.map(Number::text)]
    }
}

/// What is shared beside the user's own credits, as far as both its amounts are there.
pub(crate) fn shared(rows: &[Breakdown<'_>]) -> Option<SharedSnapshot> {
    let of_credits = rows.iter().filter(|row| row.is_of_credits());
    let (shared, own): (Vec<_>, Vec<_>) = of_credits.partition(|row| row.is_shared());
    let row = shared.first().filter(|_| !own.is_empty())?;
    let amount = |precise: Option<&Number<'_>>, whole: Option<&Number<'_>>| precise.or(whole)?.credits();
    let used = amount(row.current_usage_with_precision.as_ref(), row.current_usage.as_ref())?;
    let limit = amount(row.usage_limit_with_precision.as_ref(), row.usage_limit.as_ref())?;
    Some(SharedSnapshot { used, allowance: rows::allowance(limit) })
}

/// What a trial, a bonus or a pack says of its state; none where it says nothing.
fn status(text: Option<&str>) -> Option<GrantStatus> {
    let named = [
        ("ACTIVE", GrantStatus::Active),
        ("EXPIRED", GrantStatus::Expired),
        ("EXHAUSTED", GrantStatus::Exhausted),
    ];
    let known = |text: &str| named.iter().find(|(name, _)| is_word(text, name));
    Some(known(text?).map_or(GrantStatus::Unknown, |(_, status)| *status))
}

impl<'a> FreeTrial<'a> {
    fn told(self) -> Told<'a> {
        Told {
            name: TRIAL.to_owned(),
            status: status(self.status.as_deref()),
            used: [self.current_usage_with_precision, self.current_usage],
            granted: [self.usage_limit_with_precision, self.usage_limit],
            ends: self.expiry.or(self.expiry_date),
            days: None,
        }
    }
}

impl<'a> Bonus<'a> {
    fn told(self) -> Told<'a> {
        Told {
            name: self.display_name.as_deref().and_then(shown).unwrap_or_else(|| BONUS.to_owned()),
            status: status(self.status.as_deref()),
            used: [self.current_usage_with_precision, self.current_usage],
            granted: [self.usage_limit_with_precision, self.usage_limit],
            ends: self.expires_at,
            days: None,
        }
    }
}

impl<'a> Pack<'a> {
    fn told(self) -> Told<'a> {
        Told {
            name: "Add-on pack".to_owned(),
            status: status(self.status.as_deref()),
            used: [self.current_usage_with_precision, self.current_usage],
            granted: [self.usage_limit_with_precision, self.usage_limit],
            ends: self.expires_at,
            days: None,
        }
    }
}

/// The code of a currency, as a text or in an object; of anything else, what stands there.
fn currency(told: Number<'_>) -> Cow<'_, str> {
    #[derive(Deserialize)]
    struct Coded<'a> {
        #[serde(borrow)]
        code: Cow<'a, str>,
    }
    let text = told.raw();
    serde_json::from_str::<Cow<'_, str>>(text)
        .or_else(|_| serde_json::from_str(text).map(|Coded { code }| code))
        .unwrap_or(Cow::Borrowed(text))
}

impl Breakdown<'_> {
    /// Adds what it says to what was read; `reset` is what the answer says of the reset besides.
    pub(crate) fn figures(
        self,
        reset: Option<Number<'_>>,
        read: &mut LimitsSnapshot,
        doubts: &mut Doubts,
    ) -> Result<(), NoFigures> {
        let amount = rows::credits;
        let used = [self.current_usage_with_precision, self.current_usage];
        let used = doubts.noting(amount(&used, Doubt::Used));
        let limit = [self.usage_limit_with_precision, self.usage_limit];
        let limit = doubts.noting(amount(&limit, Doubt::Limit));
        if used.is_none() && limit.is_none() {
            return Err(NoFigures);
        }
        let overage = [self.current_overages_with_precision, self.current_overages];
        read.used = used;
        read.allowance = limit.map(rows::allowance);
        read.overage = doubts.noting(amount(&overage, Doubt::Overage));
        // Beside a row of credits a cap is one of credits, too. What is set lower beside the switch ends it before.
        let cap = [self.overage_cap_with_precision, self.overage_cap];
        let cap = cap.iter().flatten().next().and_then(|cap| cap.credits());
        read.overage_cap = cap.into_iter().chain(read.overage_cap).min();
        let currency = self.currency.map(currency);
        let owed = Owed {
            charges: self.overage_charges,
            overage: overage.into_iter().flatten().next(),
            rate: self.overage_rate,
            currency: currency.as_deref(),
            has_packs: self.overage_credits.as_ref().is_some_and(|packs| !packs.is_empty()),
        };
        read.overage_charges = owed.charge().unwrap_or_else(|gap| {
            read.lacks(gap);
            None
        });
        let resets = [reset, self.next_date_reset, self.reset_date];
        read.resets_at = resets.iter().flatten().find_map(|reset| reset.moment());
        if read.resets_at.is_none() && resets.iter().any(Option::is_some) {
            read.lacks(Gap::Reset);
        }
        let trial = self.free_trial_info.or(self.free_trial_usage).map(FreeTrial::told);
        let trial = trial.filter(Told::says_something);
        let bonuses = self.bonuses.unwrap_or_default().into_iter().map(Bonus::told);
        read.grants = pools(trial.into_iter().chain(bonuses), read);
        read.packs = pools(self.overage_credits.unwrap_or_default().into_iter().map(Pack::told), read);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Subscription<'a> {
    #[serde(borrow, rename = "subscriptionTitle")]
    title: Option<Cow<'a, str>>,
    /// The service's own name of the plan: an answer without a title has it all the same.
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    overage_capability: Option<Cow<'a, str>>,
}

impl Subscription<'_> {
    /// The plan as Kiro writes it, else by the service's name of it.
    fn named(&self) -> Option<String> {
        let of_service = || self.kind.as_deref()?.strip_prefix("Q_DEVELOPER_STANDALONE_");
        let title = self.title.as_deref().and_then(shown);
        title.or_else(|| shown(&format!("KIRO {}", of_service()?.replace('_', " "))))
    }
}

/// Whether overage is on: a status for one person, a boolean for an organisation's user.
#[derive(Deserialize)]
pub(crate) struct OverageConfiguration<'a> {
    #[serde(borrow, rename = "overageStatus")]
    status: Option<Number<'a>>,
    #[serde(borrow, rename = "overageEnabled")]
    enabled: Option<Number<'a>>,
    /// Credits of overage that are allowed at most.
    #[serde(borrow, rename = "overageLimit")]
    limit: Option<Number<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User<'a> {
    #[serde(borrow)]
    user_id: Option<Cow<'a, str>>,
}

/// What stands beside the rows.
#[derive(Default)]
pub(crate) struct Beside<'a> {
    pub subscription: Option<Subscription<'a>>,
    pub overage: Option<OverageConfiguration<'a>>,
    pub user: Option<User<'a>>,
}

impl Beside<'_> {
    /// An answer that says this and no figures yet.
    pub(crate) fn read(self) -> LimitsSnapshot {
        let own = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        let told = self.subscription.as_ref();
        let mut read = LimitsSnapshot {
            plan_title: told.and_then(Subscription::named),
            overage_capable: told.and_then(|told| told.overage_capability.as_deref()).and_then(is_capable),
            user_id: own(self.user.and_then(|user| user.user_id)),
            ..LimitsSnapshot::default()
        };
        read.of_organisation = self.overage.as_ref().and_then(OverageConfiguration::is_for_a_user);
        let limit = self.overage.as_ref().and_then(|told| told.limit?.credits());
        read.overage_cap = limit.filter(|limit| !limit.is_zero());
        match self.overage.map(|told| told.is_on()) {
            Some(Ok(switch)) => read.overage_enabled = switch,
            Some(Err(gap)) => read.lacks(gap),
            None => {}
        }
        read
    }
}

/// Whether a plan can have overage; none of a word that isn't known.
fn is_capable(told: &str) -> Option<bool> {
    let named = [("OVERAGE_CAPABLE", true), ("OVERAGE_INCAPABLE", false)];
    named.iter().find(|(name, _)| is_word(told, name)).map(|(_, capable)| *capable)
}

impl OverageConfiguration<'_> {
    /// An organisation's user's is a boolean; of others it isn't known.
    fn is_for_a_user(&self) -> Option<bool> {
        let told = self.enabled.as_ref()?;
        ["true", "false"].contains(&told.text()).then_some(true)
    }

    /// None where neither is there; a gap where one says something else, or both don't agree.
    fn is_on(&self) -> Result<Option<bool>, Gap> {
        let status = self.status.as_ref().map(|told| match told.text().trim_matches('"') {
            word if is_word(word, "ENABLED") => Ok(true),
            word if is_word(word, "DISABLED") => Ok(false),
            _ => Err(Gap::Switch),
        });
        let enabled = self.enabled.as_ref().map(|told| match told.text() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(Gap::Switch),
        });
        match (status.transpose()?, enabled.transpose()?) {
            (Some(one), Some(other)) if one != other => Err(Gap::Switch),
            (one, other) => Ok(one.or(other)),
        }
    }
}
