import { z } from 'zod';
import { AUDIENCE } from './audiencesOf.ts';
import { listOf, optionalText } from './readings.ts';
import { setting } from './setting.ts';

const uuid = z.guid('must be a UUID');

/** The rows of the settings' table that say who may come in. */
export const callerRows = {
  AUTH: setting({
    meaning:
      'How callers of the HTTP doors prove themselves: `keys` (function keys) or `entra` (tokens with an app role, verified by the app); see `docs/callers.md`. Restart the app after a change.',
    shownDefault: 'keys',
    sample: null,
    schema: z.enum(['keys', 'entra'], 'must be keys or entra').default('keys'),
  }),
  AUTH_TENANT_ID: setting({
    meaning: 'With `AUTH` entra: the Entra tenant whose apps and users may come in.',
    shownDefault: null,
    sample: null,
    schema: optionalText(uuid).transform((id) => id?.toLowerCase() ?? null),
  }),
  AUTH_AUDIENCE: setting({
    meaning:
      'With `AUTH` entra: the client id of the app registration that tokens are for (`api://` with it counts too), and its other identifier URIs, as a comma list.',
    shownDefault: null,
    sample: null,
    schema: listOf(z.string().regex(AUDIENCE, 'must be a client id or an identifier URI')),
  }),
};
