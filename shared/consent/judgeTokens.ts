import { z } from 'zod';
import type { UserTokens } from '../signIn/confidentialApp.ts';
import { PARTNER_CENTER_RESOURCE } from '../signIn/managedIdentity.ts';
import type { ConsentRefusal } from './consentRefusal.ts';

/** Source: Microsoft Learn, "Access token claims reference"; Partner Center wants `mfa` among `amr`. */
const claimsShape = z.object({
  aud: z.string().optional(),
  tid: z.string().optional(),
  amr: z.array(z.string()).optional(),
});

/**
 * What is wrong with the tokens that a user's sign-in brought, or null: another tenant, another resource, no MFA, no
 * refresh token. They came from Entra itself just now, so no signature is checked. What the token does not say,
 * Partner Center's own answer has to. Pure.
 */
export function judgeTokens(tokens: UserTokens, tenantId: string): ConsentRefusal | null {
  const { aud, tid = tokens.tenantId, amr } = claimsOf(tokens.accessToken);
  if (tid.toLowerCase() !== tenantId.toLowerCase()) {
    return refuse(
      'consent_wrong_tenant',
      `the user signed in to another tenant than the account's ${tenantId}`,
    );
  }
  if (aud !== undefined && aud.replace(/\/$/, '') !== PARTNER_CENTER_RESOURCE) {
    return refuse('consent_wrong_audience', 'the token is not for Partner Center');
  }
  if (amr !== undefined && !amr.includes('mfa')) {
    return refuse('consent_without_mfa', 'the user signed in without multi-factor authentication');
  }
  return tokens.refreshToken === null
    ? refuse('consent_without_refresh_token', 'Entra gave no refresh token')
    : null;
}

/** Whether the access token says that the user signed in with MFA; one that nobody here can read does not. Pure. */
export function saysMfa({ accessToken }: Pick<UserTokens, 'accessToken'>): boolean {
  return claimsOf(accessToken).amr?.includes('mfa') === true;
}

function claimsOf(token: string): z.infer<typeof claimsShape> {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return claimsShape.parse(JSON.parse(payload));
  } catch {
    return {};
  }
}

function refuse(code: ConsentRefusal['code'], message: string): ConsentRefusal {
  return { code, message, retryable: false };
}
