import type { AzCall } from '../azure/askAz.ts';

/** Which API family the app registration is for. */
export type Family = 'mpn' | 'cmp';

/** Where the consent's sign-in comes back to, unless `npm run consent` has another `--port`. */
export const CONSENT_REDIRECT = 'http://localhost:8400/consent';

/** Microsoft Partner Center, and its delegated permission `user_impersonation`. Source: `az ad sp show --id` of the first. */
export const PARTNER_CENTER = 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd';
export const USER_IMPERSONATION = '1cebfa2a-fb4d-419e-b5f9-839b4383e05a';

/** What ties the managed identity to the app registration. */
export interface Trust {
  readonly issuer: string;
  /** The identity's object id, not its client id. */
  readonly subject: string;
  readonly audience: string;
}

/** Makes the app registration: one tenant; for `mpn` with a web redirect and the permission, for `cmp` with neither. Pure. */
export function createApp(name: string, family: Family): AzCall {
  const own = ['ad', 'app', 'create', '--display-name', name, '--sign-in-audience', 'AzureADMyOrg'];
  return family === 'cmp'
    ? { parameters: own, json: null }
    : {
        parameters: [...own, '--web-redirect-uris', CONSENT_REDIRECT],
        json: {
          option: '--required-resource-accesses',
          value: [
            {
              resourceAppId: PARTNER_CENTER,
              resourceAccess: [{ id: USER_IMPERSONATION, type: 'Scope' }],
            },
          ],
        },
      };
}

/** Makes the app known in its tenant (the enterprise application). Pure. */
export function createServicePrincipal(clientId: string): AzCall {
  return { parameters: ['ad', 'sp', 'create', '--id', clientId], json: null };
}

/** Lets it act for users without asking each of them: the admin consent, by the one permission that it needs. Pure. */
export function grantPermission(clientId: string): AzCall {
  const parameters = ['ad', 'app', 'permission', 'grant', '--id', clientId, '--api', PARTNER_CENTER];
  return { parameters: [...parameters, '--scope', 'user_impersonation'], json: null };
}

/** Lets the managed identity prove the app registration. Pure. */
export function createTrust(clientId: string, { issuer, subject, audience }: Trust): AzCall {
  return {
    parameters: ['ad', 'app', 'federated-credential', 'create', '--id', clientId],
    json: {
      option: '--parameters',
      value: { name: `intermission-${subject.slice(0, 8)}`, issuer, subject, audiences: [audience] },
    },
  };
}

/** Takes the trust back. Pure. */
export function deleteTrust(clientId: string, credentialId: string): AzCall {
  const parameters = ['ad', 'app', 'federated-credential', 'delete', '--id', clientId];
  return { parameters: [...parameters, '--federated-credential-id', credentialId], json: null };
}

/** Deletes the app registration. Entra keeps it for 30 days. Pure. */
export function deleteApp(clientId: string): AzCall {
  return { parameters: ['ad', 'app', 'delete', '--id', clientId], json: null };
}
