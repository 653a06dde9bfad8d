/** What came of an import, in a line. */
import type { ImportView } from "../../ipc/bindings/ImportView";
import { t } from "../../messages";

/** What was read, what of it is new, and what is missing from it. */
export function summaryOf(report: ImportView): string {
  const words = t().imported;
  const of = words.kinds[report.kind];
  const read =
    report.sessions === null ? words.filesRead({ count: report.files }) : words.sessionsRead({ count: report.files });
  const came = report.added > 0 ? of.added({ count: report.added }) : words.nothingNew;
  return [
    words.cameOf({ read, came }),
    report.replaced > 0 && words.replaced({ count: report.replaced }),
    report.unmetered > 0 && words.noCost({ count: report.unmetered }),
    report.bad > 0 && words.unreadable({ count: report.bad }),
    report.skipped.length > 0 && words.leftOut({ count: report.skipped.length }),
  ]
    .filter(Boolean)
    .join(" ");
}
