/** What parts of usage are called: programs and purposes in words, people and what sessions were about hidden with amounts. */
import { HIDDEN } from "../../format/amounts";
import { locale } from "../../format/locale.svelte";
import type { UsageBy } from "../../ipc/bindings/UsageBy";
import { t } from "../../messages";

interface Named {
  name: string | null;
  title?: string | null;
}

/** Whether it tells whom or what somebody worked on. */
const isPrivate = (by: UsageBy) => by === "user" || by === "project";

/** The last folder of a path, which tells it from the others well enough. */
const folder = (path: string) => path.split(/[\\/]/).filter(Boolean).pop() ?? path;

export function called(by: UsageBy, { name, title = null }: Named): string {
  if (name === null) return t().usage.nameless[by];
  if (locale.hidden && isPrivate(by)) return HIDDEN;
  if (title !== null && !locale.hidden) return title.trim() || name;
  const words = { ...t().usage.programs, ...t().usage.purposes } as Record<string, string | undefined>;
  if (by === "client" || by === "kind") return words[name] ?? name;
  return by === "project" ? folder(name) : name;
}
