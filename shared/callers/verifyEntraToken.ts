import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../time/clock.ts';
import { type EntraPrincipal, entraIssuersOf, entraPrincipalOf } from './entraPrincipal.ts';
import { createSigningKeys } from './signingKeys.ts';

/** Whose tokens count, and for whom they must be. */
export interface EntraRule {
  /** In lower case. */
  readonly tenantId: string;
  /** What `aud` may be: a client id (version 2) or an identifier URI (version 1). */
  readonly audiences: readonly string[];
}

/** Why a token does not count. For our own log only: whoever sent it is told nothing of it. */
export type TokenRefusal =
  | 'token_expired'
  | 'token_forged'
  | 'token_malformed'
  | 'token_not_of_tenant'
  | 'token_not_yet_valid'
  | 'token_unknown_key'
  | 'token_wrong_audience';

/** What became of a token. */
export type EntraVerdict =
  | { readonly kind: 'proven'; readonly principal: EntraPrincipal }
  | { readonly kind: 'refused'; readonly because: TokenRefusal }
  /** Entra's keys cannot be had, so nothing can be said of it. */
  | { readonly kind: 'unreachable' };

/** Verifies an access token by a rule. Never rejects. */
export type VerifyEntraToken = (token: string, rule: EntraRule) => Promise<EntraVerdict>;

/** How far the clocks may be apart. */
const CLOCK_TOLERANCE_IN_SECONDS = 60;

/**
 * Verifies access tokens of Entra, versions 1 and 2: signature by the tenant's published keys, RS256 and nothing else,
 * issuer, audience, times, tenant. What a token's header says about where its key is (`jku`, `x5u`, `jwk`, `x5c`) is
 * never looked at. Nothing is loaded or fetched before the first token.
 * Source: https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens
 */
export function createEntraVerifier(authorityHost: string, clock: Clock): VerifyEntraToken {
  const keysByTenant = new Map<string, JWTVerifyGetKey>();
  const keysOf = (tenantId: string) => {
    const known = keysByTenant.get(tenantId);
    const keys = known ?? createSigningKeys(`${authorityHost}/${tenantId}/discovery/v2.0/keys`, clock);
    keysByTenant.set(tenantId, keys);
    return keys;
  };
  return async (token, { tenantId, audiences }) => {
    const { jwtVerify } = await import('jose');
    const issuers = entraIssuersOf(authorityHost, tenantId);
    try {
      const { payload } = await jwtVerify(token, keysOf(tenantId), {
        algorithms: ['RS256'],
        audience: [...audiences],
        issuer: Object.values(issuers),
        requiredClaims: ['exp', 'nbf', 'tid'],
        clockTolerance: CLOCK_TOLERANCE_IN_SECONDS,
        currentDate: new Date(clock.now()),
      });
      const principal = entraPrincipalOf(payload, { tenantId, issuers });
      return principal === null
        ? { kind: 'refused', because: 'token_not_of_tenant' }
        : { kind: 'proven', principal };
    } catch (error) {
      const because = refusalOf(error);
      return because === null ? { kind: 'unreachable' } : { kind: 'refused', because };
    }
  };
}

/** What `jose` says of an error, whose text it words for developers. */
const joseFacts = z.object({ code: z.string(), claim: z.string().optional() });

/** Null where the token is not to blame. */
function refusalOf(error: unknown): TokenRefusal | null {
  const facts = joseFacts.safeParse(error).data;
  switch (facts?.code) {
    case 'keys_unreachable':
      return null;
    case 'ERR_JWT_EXPIRED':
      return 'token_expired';
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return 'token_unknown_key';
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return 'token_forged';
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return refusalOfClaim(facts?.claim);
    default:
      return 'token_malformed';
  }
}

function refusalOfClaim(claim: string | undefined): TokenRefusal {
  switch (claim) {
    case 'aud':
      return 'token_wrong_audience';
    case 'nbf':
      return 'token_not_yet_valid';
    case 'exp':
      return 'token_expired';
    default:
      return 'token_not_of_tenant';
  }
}
