import { createHash } from 'node:crypto';
import type { AuthorizationCode } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import { type GrantAnswer, type GrantParts, type GrantRequest, missing, refused } from './grantRequest.ts';
import { answerForUser } from './userAnswer.ts';

const codeLifetimeInMs = 10 * 60_000;

/** Redeems a code once. Source: Microsoft Learn, "OAuth 2.0 authorization code flow"; RFC 7636 for the verifier. */
export async function redeemCode(request: GrantRequest, parts: GrantParts): Promise<GrantAnswer> {
  const value = request.form.get('code');
  const redirectUri = request.form.get('redirect_uri');
  if (value === null || redirectUri === null) {
    return refused(missing(value === null ? 'code' : 'redirect_uri'));
  }
  const code = parts.state.codes.get(value);
  if (code === undefined) {
    return refused(refuse(9002313));
  }
  const refusal = refuseCode(code, request, parts.nowMs());
  if (refusal !== null) {
    return refused(refusal);
  }
  code.redeemed = true;
  return answerForUser(code.grant, request, parts, code.nonce);
}

function refuseCode(
  code: AuthorizationCode,
  { form, app, tenantId }: GrantRequest,
  nowMs: number,
): EntraRefusal | null {
  if (code.grant.clientId !== app.clientId) {
    return refuse(700005);
  }
  if (code.grant.tenantId !== tenantId) {
    return refuse(50020);
  }
  if (code.redeemed) {
    return refuse(54005, 'Please retry with a new valid code.');
  }
  if (nowMs - code.grant.issuedAtMs >= codeLifetimeInMs) {
    return refuse(70008);
  }
  if (form.get('redirect_uri') !== code.redirectUri) {
    return refuse(500112);
  }
  const verifier = form.get('code_verifier');
  const isVerified =
    code.codeChallenge === null ? verifier === null : challengeOf(verifier) === code.codeChallenge;
  return isVerified ? null : refuse(501481);
}

function challengeOf(verifier: string | null): string | null {
  return verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
}
