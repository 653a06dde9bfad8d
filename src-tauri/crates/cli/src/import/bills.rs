//! What became of the bills of an import.

use crate::Console;
use headroom_app::answers::{BillIssue, BillNews};
use headroom_app::words;

/// A month's bill, as it is named: as the insertion that a payer is, which a comma ends.
fn of(month: &str, payer: Option<&str>) -> String {
    payer.map_or_else(|| month.to_owned(), |payer| format!("{month}, payer {payer},"))
}

/// Issues of a bill with what each comes to.
fn issues(issues: &[BillIssue]) -> String {
    let each = issues.iter().map(|issue| {
        let from = issue.from.as_deref().unwrap_or("an older version's import");
        format!("{} from {from}", words::dollars(&issue.amount))
    });
    each.collect::<Vec<_>>().join("; ")
}

/// What became of a bill; of a dry run, what would.
pub(super) fn bill(news: &BillNews, dry_run: bool, console: &mut Console<'_>) -> std::io::Result<()> {
    let was = if dry_run { "would be" } else { "was" };
    match news {
        BillNews::New { month, payer, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), words::dollars(amount));
            writeln!(console.output, "The bill of {of} {was} added: {amount} ({from}).")
        }
        BillNews::Replaced { month, payer, before, amount, from } => {
            let (of, amount) = (of(month, payer.as_deref()), words::dollars(amount));
            match before {
                Some(before) => {
                    let before = words::dollars(before);
                    writeln!(
                        console.output,
                        "The bill of {of} {was} replaced: {before} before, now {amount} ({from})."
                    )
                }
                None => writeln!(
                    console.output,
                    "The bill of {of} {was} replaced, which couldn't be read: now {amount} ({from})."
                ),
            }
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
        BillNews::Undecided { month, issues: all } => {
            let payer = all.iter().find_map(|issue| issue.payer.as_deref());
            writeln!(
                console.errors,
                "headroom: of the bill of {} nothing tells which issue is the later, so none counts: {}; choose with --issue PATH",
                of(month, payer),
                issues(all)
            )
        }
        BillNews::Refused { month, payers, amount } => writeln!(
            console.errors,
            "headroom: the bill of {month} over {} names no payer, and that month is billed to {}: it was left out; export it with the column bill_payer_account_id",
            words::dollars(amount),
            payers.join(", ")
        ),
    }
}
