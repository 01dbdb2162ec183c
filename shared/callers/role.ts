/** Roles of which each includes those before it. */
const LADDER = ['Reports.Read', 'Reports.Pause', 'Intermission.Operate'] as const;

/**
 * The app roles that open the doors, as the app registration names them. Azure gives roles to apps and to people alike (the
 * claim `roles`). Consent stands beside the ladder: who says as whom an account signs in need not operate, nor the reverse.
 */
export const ROLES = [...LADDER, 'Intermission.Consent'] as const;

/** A role, as the claim `roles` spells it. */
export type Role = (typeof ROLES)[number];

/** The roles that a token names, without those that this app does not know. Letter case counts. Pure. */
export function knownRoles(named: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => named.includes(role));
}

/** True where one of these roles is the one that is needed, or includes it. Pure. */
export function includesRole(held: readonly Role[], needed: Role): boolean {
  const including: readonly Role[] =
    needed === 'Intermission.Consent' ? [needed] : LADDER.slice(LADDER.indexOf(needed));
  return held.some((role) => including.includes(role));
}
