import { readBearerToken } from '../callers/bearerToken.ts';
import type { VerifyEntraToken } from '../callers/verifyEntraToken.ts';
import { type Delivery, refused, type Verified } from './delivery.ts';
import type { EntraAuthentication } from './webhookSource.ts';

/**
 * Verifies the token that Entra gave the sender for us: it must be the expected app's own, with the expected role. The
 * token is looked for in the header alone. `unreachable` where Entra's keys cannot be had. Never rejects.
 */
export async function verifyEntraDelivery(
  { headers }: Pick<Delivery, 'headers'>,
  { rule, clientId, role }: EntraAuthentication,
  verify: VerifyEntraToken,
): Promise<Verified | 'unreachable'> {
  const token = readBearerToken(headers.get('authorization'));
  if (token === 'none') return refused('no_token');
  if (token === 'malformed') return refused('token_malformed');
  const verdict = await verify(token, rule);
  if (verdict.kind === 'unreachable') return 'unreachable';
  if (verdict.kind === 'refused') return refused(verdict.because);
  const { principal } = verdict;
  const isSender =
    principal.kind === 'app' && principal.clientId === clientId && principal.roles.includes(role);
  return isSender ? { ok: true, deliveryId: null, timestampMs: null } : refused('token_wrong_sender');
}
