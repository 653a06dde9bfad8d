import type { Messages } from "../en";

export const why: Messages["why"] = {
  chipOpens: (chip) => `${chip}. Warum?`,
  title: (number) => `Warum? ${number}`,
  chip: {
    kiro: "Von Kiro",
    kilo: "Von Kilo",
    computed: "berechnet",
    "this-computer": "nur, was auf diesem Rechner ist",
    estimate: "Schätzung",
    "price-list": "Preisliste",
    sample: "erfunden",
  },
  ago: (who, age) => `${who} · ${age}`,
  from: {
    kiro: "Von Kiro",
    kilo: "Von Kilo",
    computed: "Von Headroom berechnet",
    "this-computer": "Von Headroom aus dem berechnet, was auf diesem Rechner ist",
    estimate: "Von Headroom nach Ihrem Tempo geschätzt",
    "price-list": "Aus der Preisliste",
    sample: "Teil des Beispiels",
  },
  saidAt: (from, moment) => `${from}, ${moment}`,
  left: "Was übrig ist",
  pace: "Wohin das führt",
  beyond: "Was darüber hinausgeht",
};
