import { z } from 'zod';
import { ENTRA_APP_ID } from '../entra/directory/entraSeed.ts';
import { DEFAULT_TENANT_ID, type Family, familySchema } from '../insights/model/report.ts';

/** As far as accounts are looked at here: the rest of each is the service's to judge, or the local cloud's to replace. */
const writtenAccounts = z.array(z.looseObject({ name: z.string(), surface: familySchema })).min(1);

/** Accounts that the local cloud serves. */
export interface LocalAccounts {
  /** The setting `ACCOUNTS`. */
  readonly text: string;
  /** The one on `mpn`, whose the sample's reports are; null where there is none. */
  readonly mpnName: string | null;
  /** Names of those that are left out: the local cloud has one tenant, and two accounts of one family would own the same reports. */
  readonly leftOut: readonly string[];
}

/** What `npm start -- --two-accounts` serves. */
export const TWO_ACCOUNTS = JSON.stringify([
  { name: 'mpn', surface: 'mpn' },
  { name: 'cmp', surface: 'cmp' },
]);

/**
 * A person's own accounts as the local cloud serves them: wherever they point, they are asked of the emulator and signed in by the
 * local Entra. Null where the text is no list of accounts, which the service shall say itself. Pure.
 */
export function localAccounts(text: string, emulatorUrl: string): LocalAccounts | null {
  const written = writtenAccounts.safeParse(parseJson(text)).data;
  if (written === undefined) {
    return null;
  }
  const served = new Map<Family, object>();
  const leftOut: string[] = [];
  for (const account of written) {
    if (served.has(account.surface)) {
      leftOut.push(account.name);
    } else {
      served.set(account.surface, servedHere(account, emulatorUrl));
    }
  }
  const mpnName = written.find(({ surface }) => surface === 'mpn')?.name ?? null;
  return { text: JSON.stringify([...served.values()]), mpnName, leftOut };
}

function servedHere(account: z.infer<typeof writtenAccounts>[number], emulatorUrl: string): object {
  const { version: _version, cloud: _cloud, ...kept } = account;
  return {
    ...kept,
    tenantId: DEFAULT_TENANT_ID,
    baseUrl: `${emulatorUrl}/insights/${account.surface === 'cmp' ? 'v1.1/cmp' : 'v1/mpn'}`,
    signIn:
      account.surface === 'cmp'
        ? { mode: 'federatedApp', clientId: ENTRA_APP_ID }
        : { mode: 'secureApp', clientId: ENTRA_APP_ID, refreshTokenSecret: 'refresh-token-default' },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
