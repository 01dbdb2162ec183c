import { z } from 'zod';
import { accountsSchema, secretNameField } from './accountFields.ts';
import { optionalText } from './readings.ts';
import { setting } from './setting.ts';

const uuid = z.guid('must be a UUID');

const authorityOrigin = z
  .url({ protocol: /^https$/, error: 'must be an https URL' })
  .transform((url) => url.replace(/\/$/, ''))
  .refine((url) => new URL(url).origin === url.toLowerCase(), 'must be an https origin without a path');

/** The rows of the settings' table that say how accounts sign in. */
export const signInRows = {
  SIGN_IN: setting({
    meaning:
      'How the account `default` signs in: `managedIdentity`, `federatedApp` (cmp) or `secureApp` (mpn); see `docs/sign-in.md`.',
    shownDefault: '`managedIdentity`',
    sample: null,
    schema: z
      .enum(
        ['managedIdentity', 'federatedApp', 'secureApp'],
        'must be managedIdentity, federatedApp or secureApp',
      )
      .default('managedIdentity'),
  }),
  APP_CLIENT_ID: setting({
    meaning: 'Client id of the app registration that `SIGN_IN` federatedApp or secureApp signs in as.',
    shownDefault: null,
    sample: null,
    schema: optionalText(uuid),
  }),
  APP_CERTIFICATE_NAME: setting({
    meaning:
      'For secureApp without the managed identity as credential: the Key Vault certificate of the app registration.',
    shownDefault: null,
    sample: null,
    schema: optionalText(secretNameField),
  }),
  APP_SECRET_NAME: setting({
    meaning:
      'For secureApp where neither the managed identity nor a certificate can be used: the Key Vault secret that holds the client secret.',
    shownDefault: null,
    sample: null,
    schema: optionalText(secretNameField),
  }),
  REFRESH_TOKEN_SECRET: setting({
    meaning: 'For secureApp: the Key Vault secret that holds the refresh token of the account `default`.',
    shownDefault: '`refresh-token-default`',
    sample: null,
    schema: optionalText(secretNameField),
  }),
  ACCOUNTS: setting({
    meaning: 'More accounts, or all of them, as a JSON array; see `docs/sign-in.md`.',
    shownDefault: null,
    sample: null,
    schema: accountsSchema,
  }),
  AUTHORITY_HOST: setting({
    meaning:
      'Where Entra signs in, for a national or private cloud, e.g. `https://login.microsoftonline.us`.',
    shownDefault: "`https://login.microsoftonline.com`, or that of an account's `cloud`",
    sample: null,
    schema: optionalText(authorityOrigin),
  }),
  INSTANCE_DISCOVERY: setting({
    meaning: '`off` where `AUTHORITY_HOST` is a private authority that Microsoft does not know.',
    shownDefault: 'on',
    sample: null,
    schema: z.enum(['on', 'off'], 'must be on or off').default('on'),
  }),
};
