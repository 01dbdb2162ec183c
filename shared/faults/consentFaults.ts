import type { ConsentCode } from '../consent/consentRefusal.ts';
import type { FaultEntries } from './faultEntry.ts';

const AGAIN = 'Run npm run consent again';

/** Why a consent came to nothing. The refresh token that was there before stays, but for `consent_unproven`. */
export const consentFaults: FaultEntries<Exclude<ConsentCode, 'unknown_account' | 'account_busy'>> = {
  no_consent_needed: {
    meaning: 'The account signs in without a user (409), so nobody has to consent.',
    remedy: 'Name an account whose sign-in is secureApp, or change its sign-in first.',
  },
  consent_code_expired: {
    meaning: 'Entra takes the code of the sign-in no longer (422): used before, or older than ten minutes.',
    remedy: `${AGAIN}, and sign in without a pause.`,
  },
  consent_code_refused: {
    meaning:
      'The code belongs to another sign-in, or to an address that the app registration does not have (422).',
    remedy: `${AGAIN}; the address must be a web redirect of the app registration, with the same port.`,
  },
  consent_wrong_tenant: {
    meaning: 'The user is of another tenant than the account (422); nothing was stored.',
    remedy: `${AGAIN} and choose the Insights user of the account’s own tenant.`,
  },
  consent_wrong_audience: {
    meaning: 'Entra gave a token that is not for Partner Center (422); nothing was stored.',
    remedy: 'Give the app registration the delegated permission user_impersonation of Partner Center.',
  },
  consent_without_mfa: {
    meaning: 'The user signed in without multi-factor authentication (422); nothing was stored.',
    remedy: `Demand MFA of the user in Entra, then ${AGAIN.toLowerCase()} and sign in anew (in a private window).`,
  },
  consent_without_role: {
    meaning: 'The user signed in well, but may not see Insights (403 of Partner Center); nothing was stored.',
    remedy: `Give the user the role Executive report viewer in Partner Center, wait some minutes, then ${AGAIN.toLowerCase()}.`,
  },
  consent_without_refresh_token: {
    meaning: 'Entra gave no refresh token (422); nothing was stored.',
    remedy:
      'Let the app registration have the permission offline_access, and see its conditional access policies.',
  },
  consent_unproven: {
    meaning: 'The new refresh token is stored, but the first sign-in with it failed.',
    remedy: 'See the message; GET /api/health/details?deep=true tells when it works.',
  },
};
