/** How what somebody types is found among names and other words for them. */

/** As it is compared: without case, accents and what joins words. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Umlauts as keyboards without them write them. */
const spelled = (text: string) =>
  plain(text.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue"));

const begins = (words: string[], wanted: string) => words.some((word) => word.startsWith(wanted));

/**
 * How well something of that name, and of other words, is what is wanted: 0 where it isn't. Every word that is typed has
 * to be the beginning of one of its words, or a part of its name; what stands in the name counts most.
 */
export function fits(wanted: string, name: string, also = ""): number {
  const typed = plain(wanted).split(" ").filter(Boolean);
  if (typed.length === 0) return 1;
  const whole = `${plain(name)} ${spelled(name)}`;
  const named = whole.split(" ");
  const others = `${plain(also)} ${spelled(also)}`.split(" ");
  let fit = 0;
  for (const word of typed) {
    if (named.includes(word)) fit += 8;
    else if (begins(named, word)) fit += 6;
    else if (others.includes(word)) fit += 4;
    else if (whole.includes(word)) fit += 3;
    else if (begins(others, word)) fit += 2;
    else return 0;
  }
  return fit;
}
