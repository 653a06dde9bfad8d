/** The overage switch, in the Overview. */

/** Where overage is allowed or stopped: what it would do stands there. */
export function lookAtTheSwitch() {
  const card = document.getElementById("overage-heading")?.closest("section");
  card?.scrollIntoView({ block: "center" });
  card?.querySelector("button")?.focus({ preventScroll: true });
}
