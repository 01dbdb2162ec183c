import { safeText } from '../text/safeText.ts';
import type { EntraPrincipal } from './entraPrincipal.ts';
import { knownRoles, ROLES, type Role } from './role.ts';

/** Who calls through a door. */
export interface Caller {
  /** Stable and proven: what holds, idempotency keys and the history go by. */
  readonly id: string;
  /** For people; proves nothing. Null where there is none. */
  readonly name: string | null;
  readonly roles: readonly Role[];
}

/** What all callers with a function key go by: there is no telling them apart. */
export const KEY_CALLER = 'function key';

const MAX_NAME_LENGTH = 100;

/** Whoever calls a door that asks for nothing. */
export const anybody: Caller = { id: 'anybody', name: null, roles: [] };

/**
 * Whoever has a function key, with all roles. The host tells a Node.js app that a key fitted and not which one, so
 * `requestedBy` is what the caller says of itself, and is shown as no more than that: what would look like more holders
 * in a list of them is taken out.
 */
export function keyCaller(requestedBy: string | null): Caller {
  const claimed = safeText((requestedBy ?? '').replace(/[,;()]+/g, ' '), MAX_NAME_LENGTH);
  return { id: KEY_CALLER, name: claimed === '' ? null : `calls itself ${claimed}`, roles: ROLES };
}

/** A principal of the tenant: `entra:app:` with the client id, or `entra:user:` with the object id. */
export function entraCaller({ kind, clientId, objectId, name, roles }: EntraPrincipal): Caller {
  const shown = name === null ? '' : safeText(name, MAX_NAME_LENGTH);
  return {
    id: kind === 'app' ? `entra:app:${clientId}` : `entra:user:${objectId}`,
    name: shown === '' ? null : shown,
    roles: knownRoles(roles),
  };
}
