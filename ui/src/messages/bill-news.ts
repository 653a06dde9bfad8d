/** What an import does to bills, in words. */
import type { BillIssue } from "../ipc/bindings/BillIssue";
import type { BillNews } from "../ipc/bindings/BillNews";
import { t } from "./language.svelte";

/** How months and amounts are written. */
interface Writing {
  month: (text: string) => string;
  money: (amount: string | null) => string;
}

/** What it did, or what it would do. */
export function billNews(news: BillNews, write: Writing, dryRun: boolean): string {
  const words = t().imported.bill;
  const does = dryRun ? "would" : "done";
  const month = write.month(news.month);
  const ofPayer = (payer: string | null) => (payer === null ? month : words.ofPayer({ month, payer }));
  const issue = (of: BillIssue) => words.issue({ amount: write.money(of.amount), from: of.from ?? words.olderImport });
  switch (news.kind) {
    case "new":
      return words.new[does]({ bill: ofPayer(news.payer), amount: write.money(news.amount) });
    case "replaced": {
      const now = { bill: ofPayer(news.payer), amount: write.money(news.amount), from: news.from };
      return news.unreadable
        ? words.unreadable[does](now)
        : words.replaced[does]({ ...now, before: write.money(news.before) });
    }
    case "older":
      return words.older({
        bill: ofPayer(news.issue.payer),
        leads: issue(news.leads),
        issue: issue(news.issue),
      });
    case "decided":
      return words.decided[does]({
        bill: ofPayer(news.payer),
        amount: write.money(news.amount),
        from: news.from,
        others: news.others.map(issue).join("; "),
      });
    case "undecided":
      return words.undecided({ bill: ofPayer(news.payer), issues: news.issues.map(issue).join("; ") });
    case "currency":
      return words.currency({ month, amount: news.amount, currency: news.currency });
    case "refused": {
      const payers = news.payers.join(", ");
      return news.amount === null
        ? words.refused[does]({ month, payers })
        : words.refusedOver[does]({ month, payers, amount: write.money(news.amount) });
    }
  }
}
