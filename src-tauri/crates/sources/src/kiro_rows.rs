//! Which of the rows of Kiro's figures is the user's own, and what of a row can't be (rule V3). Its service, its command
//! line and its IDE write their rows differently; what counts is the same.

use crate::number::Number;
use crate::observation::Doubt;
use headroom_exact::{Credits, Money};

/// A row as one of them writes it.
pub(crate) trait Row {
    /// What is counted: `CREDIT`, or requests of the plans of 2025.
    fn resource(&self) -> Option<&str>;

    /// Whose count it is: `NON_POOLED`, or `POOLED` for one that is shared.
    fn dimension(&self) -> Option<&str>;

    /// What it says was used and what is the limit, as it stands there.
    fn amounts(&self) -> [Option<&str>; 2];
}

/// The user's own row of credits: not shared before shared. None where no row is of credits; with a doubt where several
/// rows say different things of the same.
pub(crate) fn own<R: Row>(rows: Vec<R>) -> (Option<R>, Option<Doubt>) {
    let named = rows.iter().any(|row| row.resource() == Some("CREDIT"));
    let of_credits = |row: &R| row.resource() == named.then_some("CREDIT");
    let (shared, own): (Vec<_>, Vec<_>) =
        rows.into_iter().filter(of_credits).partition(|row| row.dimension() == Some("POOLED"));
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

/// A charge, if it is in dollars: in another currency it isn't known.
pub(crate) fn dollars(charge: Option<Number<'_>>, currency: Option<&str>) -> Option<Money> {
    charge.filter(|_| currency.is_none_or(|currency| currency == "USD")).and_then(Number::money)
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

    struct Told(Option<&'static str>, Option<&'static str>, &'static str);

    impl Row for Told {
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

    const CREDIT: Option<&str> = Some("CREDIT");
    const POOLED: Option<&str> = Some("POOLED");
    const OWN: Option<&str> = Some("NON_POOLED");

    #[test]
    fn the_users_own_row_of_credits_is_found_among_others() {
        for (rows, expected, doubt) in [
            (vec![Told(CREDIT, None, "1")], Some("1"), None),
            (vec![Told(None, None, "1")], Some("1"), None),
            (vec![Told(Some("VIBE"), None, "1"), Told(CREDIT, None, "2")], Some("2"), None),
            (vec![Told(None, None, "1"), Told(CREDIT, None, "2")], Some("2"), None),
            (vec![Told(CREDIT, POOLED, "1"), Told(CREDIT, OWN, "2")], Some("2"), None),
            (vec![Told(CREDIT, POOLED, "1"), Told(CREDIT, None, "2")], Some("2"), None),
            (vec![Told(CREDIT, POOLED, "1")], Some("1"), None),
            (vec![Told(CREDIT, OWN, "1"), Told(CREDIT, OWN, "1")], Some("1"), None),
            (vec![Told(CREDIT, OWN, "1"), Told(CREDIT, OWN, "2")], Some("1"), Some(Doubt::SeveralRows)),
            (
                vec![Told(Some("VIBE"), None, "3"), Told(Some("SPEC"), None, "1")],
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
