import type { CallerRefusal } from '../callers/admit.ts';
import type { FaultEntries } from './faultEntry.ts';

/** What one who was not let in gets as the `code` of a problem. */
type AdmissionProblemCode = 'not_signed_in' | Extract<CallerRefusal, 'role_missing' | 'sign_in_unavailable'>;

/** Why a door did not open; the answer says no more. */
export const admissionFaults: FaultEntries<AdmissionProblemCode> = {
  not_signed_in: {
    meaning: 'With AUTH entra: the request has no access token, or one that is not taken (401).',
    remedy:
      'Get a token for AUTH_AUDIENCE. The event CallerRefused in the log says what was wrong with this one.',
  },
  role_missing: {
    meaning: 'The caller is known, and has not the app role that the door wants (403).',
    remedy:
      'Assign the role that "role" names to the app or the user; see docs/callers.md. Then get a new token.',
  },
  sign_in_unavailable: {
    meaning: 'Entra could not be asked for the keys of its tokens, so nobody can be told from anybody (503).',
    remedy: 'Send it again as Retry-After says. If it lasts, see whether the app may reach AUTHORITY_HOST.',
  },
};

/** Why a token was not taken. */
export const callerRefusals: FaultEntries<Exclude<CallerRefusal, AdmissionProblemCode>> = {
  no_bearer_token: {
    meaning: 'The request has no token in its header Authorization; one in the query does not count.',
    remedy: 'Send "Authorization: Bearer" and the token.',
  },
  token_expired: { meaning: 'The token is over.', remedy: 'Get a new one.' },
  token_forged: {
    meaning: 'The signature is not that of Entra’s key, or not RS256.',
    remedy: 'If it is one of yours, see what changes it on its way. Else somebody tries to come in.',
  },
  token_malformed: {
    meaning:
      'The header holds no signed JWT, more than one, or one that is too long or wants what is not known here.',
    remedy: 'Send exactly one access token.',
  },
  token_not_of_tenant: {
    meaning: 'The token was issued by or for another tenant, or is no access token.',
    remedy: 'Sign in to the tenant of AUTH_TENANT_ID, and send the access token, not the ID token.',
  },
  token_not_yet_valid: {
    meaning: 'The token counts only from a later time on.',
    remedy: 'Correct the clock of whoever made it.',
  },
  token_unknown_key: {
    meaning: 'The token names a key that Entra does not publish for the tenant.',
    remedy: 'See whether it is of the tenant and the cloud of AUTHORITY_HOST.',
  },
  token_wrong_audience: {
    meaning: 'The token is for another app.',
    remedy: 'Ask for a token of AUTH_AUDIENCE, or of the source’s audience.',
  },
};
