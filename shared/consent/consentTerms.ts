import type { AppParts } from '../signIn/confidentialApp.ts';
import { PARTNER_CENTER_RESOURCE } from '../signIn/managedIdentity.ts';

/** What a browser needs so that the Insights user can consent to the app registration. Nothing in it is secret. */
export interface ConsentTerms {
  readonly tenantId: string;
  readonly clientId: string;
  /** Entra's authorization endpoint of the tenant. */
  readonly authorizeUrl: string;
  /** Separated by spaces; `offline_access` is what brings the refresh token. */
  readonly scope: string;
}

/** The terms of the account's app registration. Pure. */
export function consentTermsOf({ tenantId, app }: Pick<AppParts, 'tenantId' | 'app'>): ConsentTerms {
  return {
    tenantId,
    clientId: app.clientId,
    authorizeUrl: `${app.authorityHost}/${tenantId}/oauth2/v2.0/authorize`,
    scope: `${PARTNER_CENTER_RESOURCE}/user_impersonation offline_access openid profile`,
  };
}
