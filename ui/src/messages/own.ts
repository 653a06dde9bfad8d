/** What the page says without the engine, when that doesn't answer or the page itself failed: as little as will do. */

const english = {
  failure: {
    title: "Headroom can't read its data",
    about: "Nothing was changed. What Kiro keeps on this machine is untouched and can be imported again.",
    again: "Try again",
    pageEnded: "The window's page keeps ending",
    noAnswer: "Headroom doesn't answer",
    showFolder: "Show the folder",
  },
  viewFailure: {
    title: "This view couldn't be shown",
    about: "Something in it couldn't be drawn. Your data isn't affected.",
    report: "If trying again doesn't help, please report it to the project with this line:",
    dialog: "That couldn't be opened.",
    unanswered: "There is nothing to show",
  },
  /** Sayings of the page's own, by their codes. */
  ofThePage: {
    "no-answer":
      "There was no answer for {seconds} seconds. What was asked may still be done; try again. If it stays so, close Headroom and open it again.",
    "page-ended":
      "The part of Headroom that draws the window ended several times within a minute. Your records aren't affected. Try again; if it stays so, close Headroom and look for updates of the system's WebKitGTK.",
    "window-failed": "Something in the window failed ({reason}). Try again.",
  },
};

export type Own = typeof english;

const german: Own = {
  failure: {
    title: "Headroom kann seine Daten nicht lesen",
    about:
      "Nichts wurde geändert. Was Kiro auf diesem Rechner aufbewahrt, ist unberührt und kann neu importiert werden.",
    again: "Noch einmal versuchen",
    pageEnded: "Die Seite des Fensters beendet sich immer wieder",
    noAnswer: "Headroom antwortet nicht",
    showFolder: "Ordner zeigen",
  },
  viewFailure: {
    title: "Diese Ansicht konnte nicht gezeigt werden",
    about: "Etwas darin ließ sich nicht zeichnen. Ihre Daten sind davon unberührt.",
    report: "Hilft ein neuer Versuch nicht, melden Sie es bitte dem Projekt mit dieser Zeile:",
    dialog: "Das ließ sich nicht öffnen.",
    unanswered: "Hier gibt es nichts zu zeigen",
  },
  ofThePage: {
    "no-answer":
      "{seconds} Sekunden lang kam keine Antwort. Was gefragt wurde, kann trotzdem noch geschehen; versuchen Sie es noch einmal. Bleibt es so, schließen Sie Headroom und öffnen Sie es neu.",
    "page-ended":
      "Der Teil von Headroom, der das Fenster zeichnet, hat sich innerhalb einer Minute mehrmals beendet. Was erfasst ist, bleibt davon unberührt. Versuchen Sie es noch einmal; bleibt es so, schließen Sie Headroom und suchen Sie nach Aktualisierungen von WebKitGTK.",
    "window-failed": "Im Fenster ist etwas fehlgeschlagen ({reason}). Versuchen Sie es noch einmal.",
  },
};

/** By the languages' tags. */
export const own: Record<string, Own> = { en: english, de: german };

/** In a language. */
export function ownWords(tag: string): Own {
  return own[tag] ?? english;
}
