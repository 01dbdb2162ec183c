/** What a directory holds at its start. Ids are lower case. */
export interface EntraSeed {
  readonly tenantIds: readonly string[];
  readonly apps: readonly SeedApp[];
  readonly users: readonly SeedUser[];
  /** The audiences beside the apps that expose an API; each with the delegated permissions it has. */
  readonly resources: readonly SeedResource[];
}

/** An app registration; its secrets and certificates are added to the running directory. */
export interface SeedApp {
  readonly clientId: string;
  readonly name: string;
  readonly tenantId: string;
  /** Registered as web redirects; compared to the letter, port included. */
  readonly redirectUris: readonly string[];
  /** Client ids of the managed identities whose token stands for the app (federated credentials). */
  readonly trustedIdentities: readonly string[];
  /** The API that the app exposes; null for none. Its tokens have version 2. */
  readonly identifierUri: string | null;
}

/** A person who can be chosen on the sign-in page. */
interface SeedUser {
  readonly userName: string;
  readonly tenantId: string;
  /** What the sign-in page says about them. */
  readonly about: string;
  readonly mfa: boolean;
}

export interface SeedResource {
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** The audience of the Partner Center APIs. Source: "Make your first API call", Partner Insights. */
export const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';

/** The partner's tenant, as the Insights emulator has it, and somebody else's. */
export const ENTRA_TENANT_ID = '11111111-1111-4111-8111-111111111111';
const OTHER_TENANT_ID = '99999999-9999-4999-8999-999999999999';

/** The app registration that signs in to Partner Center. */
export const ENTRA_APP_ID = '55555555-5555-4555-8555-555555555555';
/** The app registration that stands for the service's own HTTP API. */
export const ENTRA_API_ID = '66666666-6666-4666-8666-666666666666';
/** The managed identity of the functions. */
export const IDENTITY_CLIENT_ID = '33333333-3333-4333-8333-333333333333';

export const CONSENT_REDIRECT_URI = 'http://localhost:8400/consent';

/** The user that the Insights reports belong to, and those with whom a sign-in goes wrong. */
export const REPORTS_USER = 'reports@partner.example';
export const PASSWORD_ONLY_USER = 'password-only@partner.example';
export const USER_WITHOUT_ROLE = 'visitor@partner.example';
export const USER_OF_OTHER_TENANT = 'someone@other.example';

export const defaultEntraSeed: EntraSeed = {
  tenantIds: [ENTRA_TENANT_ID, OTHER_TENANT_ID],
  apps: [
    {
      ...{ clientId: ENTRA_APP_ID, name: 'Intermission', tenantId: ENTRA_TENANT_ID, identifierUri: null },
      redirectUris: [CONSENT_REDIRECT_URI],
      trustedIdentities: [IDENTITY_CLIENT_ID],
    },
    {
      ...{ clientId: ENTRA_API_ID, name: 'Intermission API', tenantId: ENTRA_TENANT_ID },
      ...{ identifierUri: 'api://intermission', redirectUris: [], trustedIdentities: [] },
    },
  ],
  users: [
    user(REPORTS_USER, ENTRA_TENANT_ID, 'with MFA, may see Insights', true),
    user(PASSWORD_ONLY_USER, ENTRA_TENANT_ID, 'password only, without MFA', false),
    user(USER_WITHOUT_ROLE, ENTRA_TENANT_ID, 'with MFA, without a role for Insights', true),
    user(USER_OF_OTHER_TENANT, OTHER_TENANT_ID, 'with MFA, of another tenant', true),
  ],
  resources: [
    { audience: PARTNER_CENTER, scopes: ['user_impersonation'] },
    { audience: 'https://vault.localhost', scopes: [] },
  ],
};

function user(userName: string, tenantId: string, about: string, mfa: boolean): SeedUser {
  return { userName, tenantId, about, mfa };
}
