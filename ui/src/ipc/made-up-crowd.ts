/** A large organisation, made up of the recorded one: as many users as are asked for, each told apart from the others. */
import type { OrganisationUser } from "./bindings/OrganisationUser";
import type { Standing } from "./bindings/Standing";

/** Users in turn as those that were recorded, with names, uses and profiles of their own. */
function crowd(users: readonly OrganisationUser[], many: number): OrganisationUser[] {
  return Array.from({ length: many }, (_, place) => {
    const like = users[place % users.length]!;
    const number = String(place + 1).padStart(5, "0");
    const used = `${(place * 37) % 2000}.${String(place % 100).padStart(2, "0")}`;
    return { ...like, id: `${like.id}-${number}`, email: `person-${number}@example.com`, used };
  });
}

/** The standing with so many users; what they come to together stays as it was recorded. */
export function crowded(standing: Standing | null, many: number): void {
  if (!standing || !("not_reported" in standing)) return;
  standing.users = crowd(standing.users, many);
}
