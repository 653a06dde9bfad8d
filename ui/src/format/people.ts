/** What people are called: by name, else by address, else by id. */
import { locale } from "./locale.svelte";

interface Somebody {
  id: string;
  name: string | null;
  email: string | null;
}

/** Names and addresses are hidden with the amounts: what then stands there is the id, which tells rows apart. */
export function called({ id, name, email }: Somebody): string {
  return locale.hidden ? id : (name ?? email ?? id);
}
