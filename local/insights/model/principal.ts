import type { TokenPrincipal } from '../../tokens/tokenIssuer.ts';

/** Who did something: the bearer of a token, a person in the portal, or the service's own schedule. */
export type Actor =
  | { kind: 'app' | 'user'; tenantId: string; clientId: string; userName: string | null }
  | { kind: 'human'; tenantId: string; clientId: null; userName: string }
  | { kind: 'schedule'; tenantId: string; clientId: null; userName: null };

/** The actor behind a verified token. */
export function actorOf({ kind, tenantId, clientId, userName }: TokenPrincipal): Actor {
  return { kind, tenantId, clientId, userName };
}
