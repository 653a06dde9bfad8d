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
    estimate: "estimate",
    "price-list": "price list",
    sample: "made up",
  } satisfies Record<WhyFrom, string>,
  ago: (who: string, age: string) => `${who} · ${age}`,
  from: {
    kiro: "From Kiro",
    kilo: "From Kilo",
    computed: "Headroom's calculation",
    "this-computer": "Headroom's calculation from what is on this computer",
    estimate: "Headroom's estimate at your pace",
    "price-list": "From the price list",
    sample: "Part of the sample",
  } satisfies Record<WhyFrom, string>,
  saidAt: (from: string, moment: string) => `${from}, ${moment}`,
  left: "What is left",
  pace: "At this pace",
  beyond: "What goes beyond it",
};
