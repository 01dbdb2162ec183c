import { z } from 'zod';
import { count, told } from './told.ts';

const account = told(z.string(), 'Account', 'The account that the user consents for.');

/** What a browser needs to let the Insights user consent. */
export const consentTerms = z.strictObject({
  account,
  tenantId: told(z.string(), 'Tenant ID', 'The tenant that the user must be of.'),
  clientId: told(z.string(), 'Client ID', 'The app registration that asks for consent.'),
  authorizeUrl: told(z.string(), 'Authorize URL', 'Where Entra takes the request.'),
  scope: told(z.string(), 'Scope', 'What is asked for.'),
});

/** What came of a consent. */
export const consentGiven = z.strictObject({
  account,
  user: told(z.string(), 'User', 'Who consented.'),
  replacedUser: told(
    z.string().nullable(),
    'Replaced User',
    'Who had consented before, where that is known.',
  ),
  reports: told(count, 'Reports', 'How many reports the user sees.'),
  isMfaConfirmed: told(
    z.boolean(),
    'MFA Confirmed',
    'Whether Partner Center itself says that the sign-in had multi-factor authentication.',
  ),
  isMfaInToken: told(z.boolean(), 'MFA In Token', 'Whether the token says so.'),
});
