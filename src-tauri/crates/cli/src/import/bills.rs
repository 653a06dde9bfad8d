//! What became of the bills of an import.

use crate::Console;
use headroom_app::answers::{BillIssue, BillNews};
use headroom_app::words;
use headroom_exact::say;

/// A month's bill, as it is named: as the insertion that a payer is, which a comma ends.
fn of(month: &str, payer: Option<&str>) -> String {
    payer.map_or_else(|| month.to_owned(), |payer| format!("{month}, payer {payer},"))
}

/// What a bill comes to. Of one in another currency it isn't $0.00.
fn dollars(amount: Option<&str>) -> String {
    amount.map_or_else(|| words::say(&say!("nothing-in-dollars")), words::dollars)
}

/// Issues of a bill with what each comes to.
fn issues(issues: &[BillIssue]) -> String {
    let each = issues.iter().map(|issue| {
        let from = issue.from.as_deref().unwrap_or("an older version's import");
        format!("{} from {from}", dollars(issue.amount.as_deref()))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// What became of a bill; of a dry run, what would.
pub(super) fn bill(news: &BillNews, dry_run: bool, console: &mut Console<'_>) -> std::io::Result<()> {
    let was = if dry_run { "would be" } else { "was" };
    match news {
        BillNews::New { month, payer, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), dollars(amount.as_deref()));
            writeln!(console.output, "The bill of {of} {was} added: {amount} ({from}).")
        }
        BillNews::Replaced { month, payer, unreadable, before, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), dollars(amount.as_deref()));
            if *unreadable {
                return writeln!(
                    console.output,
                    "The bill of {of} {was} replaced, which couldn't be read: now {amount} ({from})."
                );
            }
            let before = dollars(before.as_deref());
            writeln!(
                console.output,
                "The bill of {of} {was} replaced: {before} before, now {amount} ({from})."
            )
        }
        BillNews::Decided { month, payer, amount, from, others } => {
            let (of, amount) = (of(month, payer.as_deref()), dollars(amount.as_deref()));
            let is = if dry_run { "It would be" } else { "It is" };
            writeln!(
                console.output,
                "{is} decided which issue of the bill of {of} counts: {amount} from {from}. Not counted: {}.",
                issues(others)
            )
        }
        BillNews::Older { month, issue, leads } => {
            let of = of(month, issue.payer.as_deref());
            let (issue, leads) = (issues(std::slice::from_ref(issue)), issues(std::slice::from_ref(leads)));
            writeln!(
                console.output,
                "Another issue of the bill of {of} counts: {leads}. Not counted: {issue}."
            )
        }
        BillNews::Currency { month, currency, amount } => writeln!(
            console.output,
            "The bill of {month} also has {amount} {currency}. It isn't in dollars, so no sum includes it."
        ),
        BillNews::Undecided { month, payer, issues: all } => writeln!(
            console.errors,
            "headroom: of the bill of {} nothing tells which issue is the later, so none counts: {}; choose with --issue PATH",
            of(month, payer.as_deref()),
            issues(all)
        ),
        BillNews::Refused { month, payers, amount } => writeln!(
            console.errors,
            "headroom: the bill of {month}{} names no payer, and that month is billed to {}: it was left out; export it with the column bill_payer_account_id",
            amount.as_deref().map(|amount| format!(" over {}", words::dollars(amount))).unwrap_or_default(),
            payers.join(", ")
        ),
    }
}
