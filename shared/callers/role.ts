/**
 * The app roles that open the doors, as the app registration names them; each includes those before it. Azure gives
 * roles to apps and to people alike (the claim `roles`).
 */
export const ROLES = ['Reports.Read', 'Reports.Pause', 'Intermission.Operate'] as const;

/** A role, as the claim `roles` spells it. */
export type Role = (typeof ROLES)[number];

/** The roles that a token names, without those that this app does not know. Letter case counts. Pure. */
export function knownRoles(named: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => named.includes(role));
}

/** True where one of these roles is the one that is needed, or includes it. Pure. */
export function includesRole(held: readonly Role[], needed: Role): boolean {
  return held.some((role) => ROLES.indexOf(role) >= ROLES.indexOf(needed));
}
