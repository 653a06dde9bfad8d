//! What buying credits would charge now, and until when they would last.

use super::facts;
use super::seats::refusal;
use super::standing::{KNOW_ALL, Standing, nothing_stated, told_balance};
use crate::account::find;
use crate::answers::{AccountNumber, ChargeNote, Naming, TeamFacts, TopUpReceipt, text};
use crate::error::AppError;
use crate::quoted::QuotedTeam;
use headroom_billing::Invoice;
use headroom_billing::team::{Outlook, Preview, Request, Terms};
use headroom_exact::{Decimal, Moment, Money, say};
use headroom_store::Store;

/// The amount that was asked for; one that nobody sells is refused by name.
fn asked(text: &str, terms: &Terms) -> Result<Money, AppError> {
    let offer = &terms.edition.credits;
    let amount = text.trim().parse::<Decimal>().ok().filter(|amount| amount.is_whole_hundredths());
    let amount = amount.map(Money::rounded).filter(|amount| offer.includes(*amount));
    let known: Vec<_> = offer.choices().iter().map(ToString::to_string).collect();
    amount.ok_or_else(|| AppError::input(say!("credits-not-offered", text, known)))
}

/// What a purchase of that amount would do now; without one, of the smallest that lasts a month more, else of the smallest
/// there is. What nobody stated of the team is taken from the list that is in force.
pub(crate) fn receipt(
    store: &Store,
    account: AccountNumber,
    amount: Option<&str>,
    now: Moment,
) -> Result<TopUpReceipt, AppError> {
    let account = find(store, account.into())?;
    let standing = Standing::of(store, &account, now)?;
    let stated = facts::newest(store, account.id)?.map(|(facts, _)| facts);
    let terms = stated.as_ref().map_or_else(|| Ok(nothing_stated()), TeamFacts::terms)?;
    let lasting = standing.outlook.as_ref().and_then(|outlook| outlook.top_up);
    let amount = match amount {
        Some(text) => asked(text, &terms)?,
        None => lasting.unwrap_or_else(|| terms.edition.credits.at_least(Money::ZERO)),
    };
    let ledger = stated.as_ref().map(|facts| facts.ledger_now(&standing.team, now)).transpose()?;
    let preview = ledger.map(|ledger| Preview::on(&ledger, &Request::BuyCredits(amount), now));
    let charge = match &preview {
        Some(preview) => preview.charge_now.clone(),
        None => Invoice::issue(now, terms.purchase(amount, now, false), terms.tax_rate),
    };
    let refused = preview.as_ref().and_then(|preview| preview.refused);
    let quoted = QuotedTeam::leading(store, account.id, now)?;
    let told = quoted.as_ref().filter(|_| standing.balance.is_some()).and_then(told_balance);
    let spending = standing.spent.as_ref().and_then(|spent| spent.of_all(&KNOW_ALL));
    let with = told.map(|told| told.after_buying(amount)).filter(|_| refused.is_none());
    let outlook =
        spending.as_ref().and_then(|spending| Outlook::on(spending, with.as_ref(), None, &terms, now));
    let lines: Vec<_> = charge.iter().flat_map(|invoice| &invoice.lines).collect();
    let seat =
        stated.as_ref().map(TeamFacts::seat).transpose()?.unwrap_or_else(|| terms.edition.default_seat());
    let notes = terms.assumptions(seat, &lines);
    let notes = notes.into_iter().map(|assumption| ChargeNote::Assumed { assumption });
    let nobodys = Naming { edition: None, tax_name: None, tax_percent: None };
    let naming = stated.as_ref().map_or(nobodys, TeamFacts::naming);
    Ok(TopUpReceipt {
        at: now.to_string(),
        choices: terms.edition.credits.choices().iter().map(ToString::to_string).collect(),
        amount: amount.to_string(),
        refused: refused.map(refusal),
        charge_now: charge.as_ref().map(|invoice| naming.invoice(invoice)),
        // With purchases that come by themselves it doesn't end.
        lasts_until: text(outlook.filter(|_| !standing.is_topped_up).and_then(|outlook| outlook.run_out_at)),
        lasts_until_without: text(
            standing.outlook.filter(|_| !standing.is_topped_up).and_then(|outlook| outlook.run_out_at),
        ),
        notes: notes.collect(),
    })
}
