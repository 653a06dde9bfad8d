//! Which of the rows of Kiro's figures is the user's own, and what of a row can't be (rule V3). Its service, its command
//! line and its IDE write their rows differently; what counts is the same.

use crate::kiro::sessions::is_credits;
use crate::observation::{Allowance, Doubt, Gap, GrantSnapshot, GrantStatus, LimitsSnapshot};
use crate::wire::number::{Number, hundredths};
use headroom_exact::{Credits, Money};

/// A row as one of them writes it.
pub(crate) trait Row {
    /// What is counted: `CREDIT`, or requests of the plans of 2025.
    fn resource(&self) -> Option<&str>;

    /// Whose count it is: `NON_POOLED`, or `POOLED` for one that is shared.
    fn dimension(&self) -> Option<&str>;

    /// What it says was used and what is the limit, as it stands there.
    fn amounts(&self) -> [Option<&str>; 2];

    /// Whether it says that it counts credits.
    fn is_of_credits(&self) -> bool {
        self.resource().is_some_and(is_credits)
    }

    /// Whether it says that several share what it counts.
    fn is_shared(&self) -> bool {
        self.dimension().is_some_and(|dimension| is_word(dimension, "POOLED"))
    }
}

/// Whether a text is one of the service's words, whatever the case of its letters.
pub(crate) fn is_word(text: &str, word: &str) -> bool {
    text.trim().eq_ignore_ascii_case(word)
}

/// The requests that rows of the plans of 2025 count.
const REQUESTS: [&str; 3] = ["VIBE", "SPEC", "AGENTIC_REQUEST"];

/// The user's own row of credits: not shared before shared. None where no row is of credits; with a doubt where several
/// rows say different things of the same.
pub(crate) fn own<R: Row>(rows: Vec<R>) -> (Option<R>, Option<Doubt>) {
    let named = rows.iter().any(Row::is_of_credits);
    let of_credits = |row: &R| if named { row.is_of_credits() } else { row.resource().is_none() };
    // A row that may be the user's own, of which isn't said what it counts.
    let is_known = |kind: &str| is_credits(kind) || REQUESTS.iter().any(|request| is_word(kind, request));
    let unnamed = |row: &R| !row.is_shared() && row.resource().is_none_or(|kind| !is_known(kind));
    let in_doubt = named && rows.iter().any(unnamed);
    let (shared, own): (Vec<_>, Vec<_>) = rows.into_iter().filter(of_credits).partition(Row::is_shared);
    if own.is_empty() && in_doubt {
        return (shared.into_iter().next(), Some(Doubt::SeveralRows));
    }
    let mut rows = if own.is_empty() { shared } else { own }.into_iter();
    let Some(first) = rows.next() else { return (None, Some(Doubt::NoCredits)) };
    let differs = rows.any(|row| row.amounts() != first.amounts());
    (Some(first), differs.then_some(Doubt::SeveralRows))
}

/// Credits of the field that is the most precise one there; a doubt where that is no amount.
pub(crate) fn credits(fields: &[Option<Number<'_>>], doubt: Doubt) -> Result<Option<Credits>, Doubt> {
    match fields.iter().flatten().next() {
        None => Ok(None),
        Some(number) => number.credits().map(Some).ok_or(doubt),
    }
}

/// "No limit": pooled users without a cap. Larger numbers are limits: those of pools that many share.
const NO_LIMIT: Credits = Credits::from_hundredths(99_999_900);

/// What a limit gives.
pub(crate) fn allowance(limit: Credits) -> Allowance {
    if limit == NO_LIMIT { Allowance::NoLimit } else { Allowance::Credits(limit) }
}

/// A charge in cents, if it is in dollars: in another currency, or where it is no amount, it isn't known. Nothing is nothing
/// in every currency.
fn dollars(charge: Option<Number<'_>>, currency: Option<&str>) -> Result<Option<Money>, Gap> {
    let Some(charge) = charge else { return Ok(None) };
    match currency {
        Some(currency) if !currency.eq_ignore_ascii_case("usd") => {
            charge.money().filter(|charge| charge.is_zero()).map(Some).ok_or(Gap::Currency)
        }
        _ => charge.money().map(Some).ok_or(Gap::Charge),
    }
}

/// What a row says of overage and what it costs, as it stands there.
#[derive(Clone, Copy)]
pub(crate) struct Owed<'a> {
    pub charges: Option<Number<'a>>,
    pub overage: Option<Number<'a>>,
    /// Dollars a credit.
    pub rate: Option<Number<'a>>,
    pub currency: Option<&'a str>,
    /// Whether packs may have paid for it.
    pub has_packs: bool,
}

impl Owed<'_> {
    /// The charge; where none is named, the credits at the rate that is (`interfaces.md` §1.2).
    pub(crate) fn charge(self) -> Result<Option<Money>, Gap> {
        match self.charges {
            Some(charges) => dollars(Some(charges), self.currency),
            None => Ok(self.by_rate()),
        }
    }

    fn by_rate(self) -> Option<Money> {
        let is_in_dollars = self.currency.is_none_or(|currency| is_word(currency, "USD"));
        let positive = |number: Option<Number<'_>>| {
            number?.exact().filter(|number| !number.is_zero() && number.is_sign_positive())
        };
        let (overage, rate) = positive(self.overage).zip(positive(self.rate))?;
        let charge = hundredths(overage.checked_mul(rate)?).map(Money::from_hundredths)?;
        Some(charge).filter(|_| is_in_dollars && !self.has_packs)
    }
}

/// What a trial, a bonus or a pack says of itself, as it stands there.
#[derive(Default)]
pub(crate) struct Told<'a> {
    pub name: String,
    pub status: Option<GrantStatus>,
    pub used: [Option<Number<'a>>; 2],
    pub granted: [Option<Number<'a>>; 2],
    pub ends: Option<Number<'a>>,
    pub days: Option<Number<'a>>,
}

impl Told<'_> {
    /// Whether anything is said of it: of some there is nothing but an empty place.
    pub(crate) fn says_something(&self) -> bool {
        let amounts = self.used.iter().chain(&self.granted);
        self.status.is_some() || amounts.chain([&self.ends, &self.days]).any(Option::is_some)
    }

    /// The pool. Where what is in it, or when it ends, can't be read, it is [`GrantStatus::Unreadable`], unless nothing can be
    /// left in it anyhow.
    pub(crate) fn pool(self) -> GrantSnapshot {
        let amount = |fields: &[Option<Number<'_>>]| {
            fields.iter().flatten().next().and_then(|number| number.credits())
        };
        let (used, granted) = (amount(&self.used), amount(&self.granted));
        let expires_at = self.ends.and_then(Number::moment).filter(|end| end.unix_seconds() >= THIS_CENTURY);
        let days_left = self.days.and_then(Number::count).and_then(|days| u32::try_from(days).ok());
        let no_end =
            self.ends.is_some() && expires_at.is_none() || self.days.is_some() && days_left.is_none();
        let status = match self.status {
            Some(status @ (GrantStatus::Expired | GrantStatus::Exhausted)) => status,
            _ if used.is_none() || granted.is_none() || no_end => GrantStatus::Unreadable,
            Some(status) => status,
            None => GrantStatus::Unknown,
        };
        GrantSnapshot { name: self.name, status, used, granted, expires_at, days_left }
    }
}

/// The first second of this century: no credits ended before.
const THIS_CENTURY: i64 = 946_684_800;

/// The pools of an answer, and that one of them can't be read, where that is so.
pub(crate) fn pools<'a>(
    told: impl Iterator<Item = Told<'a>>,
    read: &mut LimitsSnapshot,
) -> Vec<GrantSnapshot> {
    let pools: Vec<_> = told.map(Told::pool).collect();
    if pools.iter().any(|pool| pool.status == GrantStatus::Unreadable) {
        read.lacks(Gap::Pool);
    }
    pools
}

/// Reads a row's amounts: those that are none are noted.
#[derive(Default)]
pub(crate) struct Doubts(pub Vec<Doubt>);

impl Doubts {
    /// The amount, if it is one.
    pub(crate) fn noting(&mut self, read: Result<Option<Credits>, Doubt>) -> Option<Credits> {
        match read {
            Ok(amount) => amount,
            Err(doubt) => {
                self.0.push(doubt);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given(Option<&'static str>, Option<&'static str>, &'static str);

    impl Row for Given {
        fn resource(&self) -> Option<&str> {
            self.0
        }

        fn dimension(&self) -> Option<&str> {
            self.1
        }

        fn amounts(&self) -> [Option<&str>; 2] {
            [Some(self.2), Some("1000")]
        }
    }

    /// Found in November 2026: a pool of 2,500,000 credits had no limit, so that its users never ran out.
    #[test]
    fn no_limit_is_written_as_one_number_alone() {
        let of = |credits: i128| allowance(Credits::from_hundredths(credits * 100));
        assert_eq!(of(999_999), Allowance::NoLimit);
        for limit in [0, 999_998, 1_000_000, 2_500_000] {
            assert_eq!(of(limit), Allowance::Credits(Credits::from_hundredths(limit * 100)), "{limit}");
        }
    }

    const CREDIT: Option<&str> = Some("CREDIT");
    const POOLED: Option<&str> = Some("POOLED");
    const OWN: Option<&str> = Some("NON_POOLED");

    #[test]
    fn the_users_own_row_of_credits_is_found_among_others() {
        for (rows, expected, doubt) in [
            (vec![Given(CREDIT, None, "1")], Some("1"), None),
            (vec![Given(None, None, "1")], Some("1"), None),
            (vec![Given(Some("VIBE"), None, "1"), Given(CREDIT, None, "2")], Some("2"), None),
            (vec![Given(None, None, "1"), Given(CREDIT, None, "2")], Some("2"), None),
            (vec![Given(CREDIT, POOLED, "1"), Given(CREDIT, OWN, "2")], Some("2"), None),
            (vec![Given(CREDIT, POOLED, "1"), Given(CREDIT, None, "2")], Some("2"), None),
            (vec![Given(CREDIT, POOLED, "1")], Some("1"), None),
            (vec![Given(CREDIT, POOLED, "1"), Given(Some("VIBE"), None, "2")], Some("1"), None),
            (vec![Given(CREDIT, POOLED, "1"), Given(None, OWN, "2")], Some("1"), Some(Doubt::SeveralRows)),
            (
                vec![Given(Some("TOKENS"), None, "2"), Given(CREDIT, POOLED, "1")],
                Some("1"),
                Some(Doubt::SeveralRows),
            ),
            (vec![Given(CREDIT, OWN, "1"), Given(CREDIT, OWN, "1")], Some("1"), None),
            (vec![Given(CREDIT, OWN, "1"), Given(CREDIT, OWN, "2")], Some("1"), Some(Doubt::SeveralRows)),
            (
                vec![Given(Some("VIBE"), None, "3"), Given(Some("SPEC"), None, "1")],
                None,
                Some(Doubt::NoCredits),
            ),
            (vec![], None, Some(Doubt::NoCredits)),
        ] {
            let told: Vec<_> = rows.iter().map(|row| (row.0, row.1, row.2)).collect();
            let (own, found) = own(rows);
            assert_eq!((own.map(|row| row.2), found), (expected, doubt), "{told:?}");
        }
    }
}
