/** Choices, what the desktop offers, and all of the data. */
import type { Backend } from "../../ipc/backend";
import type { Choice } from "../../ipc/bindings/Choice";
import type { Offers } from "../../ipc/bindings/Offers";
import type { RestoredView } from "../../ipc/bindings/RestoredView";
import { t } from "../../messages";
import type { SectionName } from "../../messages";
import type { Announcements } from "../../primitives/announcements.svelte";
import type { Around } from "../accounts/accounts.svelte";
import type { Start } from "../accounts/start.svelte";

/** How large everything can be drawn, percent. */
export const sizes = [80, 90, 100, 110, 125, 150, 175, 200] as const;
const ACTUAL_SIZE = 100;

/** What Settings need of the window around them. */
export interface AroundSettings extends Around {
  /** Begins from nothing. */
  open(): Promise<void>;
}

export class SettingsState {
  /** What the desktop around the window offers. */
  offers = $state.raw<Offers>({ tray: false, autostart: null });
  /** The section that is gone to, until it was. */
  goal = $state<SectionName | null>(null);
  /** What a restore did, until it was read. */
  restored = $state.raw<RestoredView | null>(null);
  private readonly backend: Backend;
  private readonly start: Start;
  private readonly announcements: Announcements;
  private readonly around: AroundSettings;

  constructor(backend: Backend, start: Start, announcements: Announcements, around: AroundSettings) {
    this.backend = backend;
    this.start = start;
    this.announcements = announcements;
    this.around = around;
  }

  async load(): Promise<void> {
    this.offers = await this.backend.desktop();
  }

  /** Makes a choice; it is followed at once. */
  async choose(choice: Choice): Promise<boolean> {
    return this.announcements.trying(async () => {
      await this.backend.choose(choice);
      await this.start.ask();
      if (choice.what !== "ask") return;
      await (choice.to.agreed ? this.around.refresh() : this.around.reload());
    }, "choice");
  }

  /** Draws everything a step larger or smaller, or in its actual size. */
  async zoom(to: "in" | "out" | "reset"): Promise<void> {
    const now = this.start.settings?.zoom ?? ACTUAL_SIZE;
    const next =
      to === "reset"
        ? ACTUAL_SIZE
        : to === "in"
          ? sizes.find((size) => size > now)
          : sizes.findLast((size) => size < now);
    if (next === undefined || next === now) return;
    if (await this.choose({ what: "zoom", to: next }))
      this.announcements.say(t().settings.look.zoomed({ percent: String(next) }));
  }

  async setAutostart(on: boolean): Promise<void> {
    await this.announcements.trying(async () => {
      await this.backend.setAutostart(on);
      await this.load();
    }, "choice");
  }

  /** Keeps a pasted key in the system's keyring, or forgets it. */
  async setKiloKey(key: string | null): Promise<boolean> {
    return this.announcements.trying(async () => {
      if (!(await this.backend.setKiloKey(key))) return;
      await this.start.ask();
      this.announcements.say(t().session.key[key !== null ? "kept" : "forgotten"]);
    }, "choice");
  }

  /** Restores data that is damaged; what came of it stays on the screen until it was read. */
  restoreData(): Promise<boolean> {
    return this.announcements.trying(async () => {
      this.restored = await this.backend.restoreData();
    });
  }

  /** Opens what was restored. */
  async goOn(): Promise<void> {
    await this.around.open();
    this.restored = null;
  }

  showDataFolder(): Promise<boolean> {
    return this.announcements.trying(() => this.backend.showDataFolder(), "file");
  }

  async backUp(): Promise<void> {
    await this.announcements.trying(async () => this.announcements.saySaved(await this.backend.backUp()), "file");
  }

  async exportAll(): Promise<void> {
    await this.announcements.trying(async () => this.announcements.saySaved(await this.backend.exportAll()), "file");
  }

  async deleteAll(): Promise<void> {
    await this.announcements.trying(async () => {
      if (!(await this.backend.deleteAll())) return;
      await this.around.goTo(null);
      await this.around.open();
      this.announcements.say(t().session.allDeleted);
    });
  }
}
