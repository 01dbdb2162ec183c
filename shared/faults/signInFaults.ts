import type { AuthWarningCode } from '../service/authHealth.ts';
import type { SignInFailureCode } from '../signIn/signInFailure.ts';
import type { FaultEntries } from './faultEntry.ts';

const CONSENT = 'npm run consent -- --account NAME --url APP';

/** Why an account could not sign in, or a secret could not be read. Nothing was sent to Partner Center. */
export const signInFaults: FaultEntries<SignInFailureCode | AuthWarningCode> = {
  sign_in_failed: {
    meaning:
      'No token could be had, for a reason that has no code of its own; the message has Entra’s number.',
    remedy: 'Look the number up at https://login.microsoftonline.com/error, and see docs/sign-in.md.',
  },
  identity_missing: {
    meaning:
      'The app has no managed identity, or not the one that AZURE_CLIENT_ID names: its endpoint answers 400.',
    remedy: 'Assign the identity to the app and put its client id into AZURE_CLIENT_ID.',
  },
  identity_unavailable: {
    meaning: 'The endpoint of the managed identity gave no token now.',
    remedy:
      'Wait: it is tried again, at the latest after five minutes. If it lasts, see that the app has an identity at all, restart it and look at the health of Azure.',
  },
  entra_unavailable: {
    meaning: 'Entra could not be reached, gave no answer in time, or answered 5xx.',
    remedy:
      'Wait: it is tried again, at the latest after five minutes. If it lasts, check AUTHORITY_HOST, the network of the app, and the health of Entra.',
  },
  entra_throttled: {
    meaning: 'Entra asks to wait (429).',
    remedy:
      'Wait: it is tried again, at the latest after five minutes. If it lasts, find who else signs in so often as this app.',
  },
  app_not_found: {
    meaning: 'The tenant of the account has no app registration of this client id (AADSTS700016).',
    remedy:
      'Correct APP_CLIENT_ID or the tenant; in a tenant that is not the app’s own, an administrator consents to it first.',
  },
  tenant_not_found: {
    meaning: 'There is no such tenant (AADSTS90002).',
    remedy: 'Correct the tenant id of the account, and AUTHORITY_HOST where it is a national cloud.',
  },
  federated_trust_missing: {
    meaning: 'The app registration does not trust the managed identity (AADSTS700213 and its like).',
    remedy:
      'Add the identity as a federated credential of the app registration: its object id as subject, docs/sign-in.md step 3.',
  },
  app_secret_wrong: {
    meaning: 'Entra does not know the client secret that Key Vault holds (AADSTS7000215).',
    remedy: 'Store the secret’s value, not its id; or make a new one. Better: use the managed identity.',
  },
  app_secret_expired: {
    meaning: 'The client secret has expired (AADSTS7000222).',
    remedy: 'Make a new one and store it in Key Vault under the same name. Better: use the managed identity.',
  },
  app_certificate_unusable: {
    meaning: 'The certificate in Key Vault has no private key in PEM, or Entra does not take it.',
    remedy:
      'Make it in Key Vault with the content type PEM, and upload its public part to the app registration.',
  },
  consent_missing: {
    meaning: 'Nobody has consented to the app registration for the user (AADSTS65001).',
    remedy: `Grant the permission user_impersonation of Partner Center, then ${CONSENT}.`,
  },
  mfa_required: {
    meaning: 'Entra or Partner Center (900421) wants a sign-in of the user with multi-factor authentication.',
    remedy: `Let the user sign in again with MFA: ${CONSENT}. A managed identity alone cannot do it: see docs/sign-in.md.`,
  },
  refresh_token_missing: {
    meaning: 'Key Vault holds no refresh token of the account.',
    remedy: `Run ${CONSENT}; or correct the name of the secret.`,
  },
  refresh_token_expired: {
    meaning:
      'The refresh token was not used for 90 days, its longest time is over, or a policy ended it (AADSTS700082, 700081, 70043).',
    remedy: `Let the user consent again: ${CONSENT}. Then find out why no tick used it.`,
  },
  refresh_token_revoked: {
    meaning: 'The refresh token was revoked (AADSTS50173): by an administrator, or by the user.',
    remedy: `Ask who did it and why; then ${CONSENT}.`,
  },
  refresh_token_unusable: {
    meaning: 'What Key Vault holds is no refresh token of this app registration.',
    remedy: `Do not write it by hand: ${CONSENT}.`,
  },
  user_blocked: {
    meaning: 'The user may not sign in: disabled, locked, deleted, or barred by a conditional access policy.',
    remedy: `See the user and the sign-in log in Entra; then ${CONSENT}.`,
  },
  secret_not_found: {
    meaning: 'Key Vault has no secret of that name, or its value is empty.',
    remedy: 'Write the secret, or correct its name in the settings.',
  },
  secret_forbidden: {
    meaning: 'The app’s identity may not read or write the secret, or its latest version is disabled.',
    remedy:
      'Give it the role that the message names, on that secret or its vault, and let the vault’s firewall in the app.',
  },
  vault_unauthorized: {
    meaning: 'Key Vault refuses the token of the app’s identity (401).',
    remedy: 'The vault and the identity must be of the same tenant; check KEY_VAULT_URL.',
  },
  vault_throttled: { meaning: 'Key Vault is throttled.', remedy: 'Wait; find who else reads so much.' },
  vault_unavailable: {
    meaning: 'Key Vault could not be asked.',
    remedy: 'Check KEY_VAULT_URL, the network of the app and its identity. It is tried again by itself.',
  },
  refresh_token_aging: {
    meaning: 'The refresh token in Key Vault ends within 30 days, and nothing has renewed it.',
    remedy: `See why no sign-in succeeds and is stored; if nothing helps, ${CONSENT}.`,
  },
  refresh_token_not_kept: {
    meaning: 'The newest refresh token could not be stored in Key Vault; the message has the code.',
    remedy:
      'See that code. The stored one lives 90 days; it is tried again, at the latest after five minutes.',
  },
  app_credential_ending: {
    meaning: 'The secret or certificate of the app registration ends within 30 days.',
    remedy: 'Renew it in Key Vault and in the app registration. Better: use the managed identity.',
  },
};
