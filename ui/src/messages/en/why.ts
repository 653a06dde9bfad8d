import type { WhyFrom } from "../../ipc/bindings/WhyFrom";

/** Where a number comes from: its chip, and the panel behind it. */
export const why = {
  chipOpens: (chip: string) => `${chip}. Why?`,
  title: (number: string) => `Why? ${number}`,
  chip: {
    kiro: "From Kiro",
    kilo: "From Kilo",
    computed: "calculated",
    "this-computer": "only what is on this computer",
    reports: "from your reports",
    bill: "From AWS",
    export: "usage export",
    estimate: "estimate",
    "price-list": "price list",
    sample: "made up",
  } satisfies Record<WhyFrom, string>,
  ago: (who: string, age: string) => `${who} · ${age}`,
  upTo: (who: string, day: string) => `${who} · up to ${day}`,
  from: {
    kiro: "From Kiro",
    kilo: "From Kilo",
    computed: "Headroom's calculation",
    "this-computer": "Headroom's calculation from what is on this computer",
    reports: "Headroom's calculation from your reports",
    bill: "From AWS",
    export: "From a usage export",
    estimate: "Headroom's estimate at your pace",
    "price-list": "From the price list",
    sample: "Part of the sample",
  } satisfies Record<WhyFrom, string>,
  saidAt: (from: string, moment: string) => `${from}, ${moment}`,
  spent: "What was spent this month",
  left: "What is left",
  pace: "At this pace",
  beyond: "What goes beyond it",
};
