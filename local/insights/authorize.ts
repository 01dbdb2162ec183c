import type { TokenIssuer, TokenPrincipal, TokenRefusal } from '../tokens/tokenIssuer.ts';
import { type Answer, gatewayRefusal, refusal } from './http/answer.ts';
import { messages } from './http/messages.ts';
import { mfaRefusal } from './http/refusals.ts';
import type { Policies } from './policies/policies.ts';
import type { Surface } from './surfaces.ts';

/** The audience of every token for the Insights API. Source: "Make your first API call", mpn and cmp v1.1. */
export const insightsAudience = 'https://api.partnercenter.microsoft.com';

export type Authorization = { ok: true; principal: TokenPrincipal } | { ok: false; answer: Answer };

const tokenRefusals: Record<TokenRefusal, string> = {
  malformed: messages.invalidToken,
  signature: messages.invalidToken,
  notYetValid: messages.invalidToken,
  audience: messages.wrongAudience,
  expired: messages.expiredToken,
};

/** Who calls, by the bearer token: signature, audience and expiry always count. */
export async function authenticate(
  issuer: TokenIssuer,
  header: string | undefined,
  nowMs: number,
): Promise<Authorization> {
  if (header === undefined) {
    return { ok: false, answer: gatewayRefusal(401, messages.missingToken) };
  }
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const verdict = await issuer.verify(token ?? '', { audience: insightsAudience, nowMs });
  return verdict.ok ? verdict : { ok: false, answer: gatewayRefusal(401, tokenRefusals[verdict.reason]) };
}

/** Why a user may not use Insights at all, or null. Its text is written nowhere. */
export function refuseRole({ userName }: TokenPrincipal, { usersWithoutRole }: Policies): Answer | null {
  return userName !== null && usersWithoutRole.includes(userName.toLowerCase())
    ? refusal(403, messages.forbidden)
    : null;
}

/** Why this kind of caller may not use a surface, or null. mpn is for users with MFA, cmp for apps, if so demanded. */
export function refuseKind(
  principal: TokenPrincipal,
  { surface, policies, mfaCheckNr }: { surface: Surface; policies: Policies; mfaCheckNr: number },
): Answer | null {
  const wanted = surface.family === 'mpn' ? 'user' : 'app';
  const isDemanded = surface.family === 'mpn' ? policies.mpnDemandsUser : policies.cmpDemandsApp;
  if (!isDemanded) {
    return null;
  }
  if (principal.kind !== wanted) {
    return gatewayRefusal(policies.wrongTokenKindStatus, messages.unauthorized);
  }
  const needsMfa = wanted === 'user' && !principal.mfa && isEnforced(policies.mfaEnforcedPercent, mfaCheckNr);
  return needsMfa ? mfaRefusal(policies.mfaRefusalBody) : null;
}

/** Spreads the refusals evenly: of any hundred checks, `percent` are enforced. */
function isEnforced(percent: number, checkNr: number): boolean {
  return Math.floor((checkNr * percent) / 100) > Math.floor(((checkNr - 1) * percent) / 100);
}
