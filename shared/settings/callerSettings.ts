import { audiencesOf } from './audiencesOf.ts';
import type { SettingProblem } from './readSettings.ts';
import { settingsTable } from './settingsTable.ts';

/** How callers prove themselves, as the settings say it. */
export type CallerSettings =
  | { readonly kind: 'keys' }
  | {
      readonly kind: 'entra';
      readonly authorityHost: string;
      readonly tenantId: string;
      readonly audiences: readonly string[];
    };

/** Where the public cloud signs in. */
export const PUBLIC_AUTHORITY = 'https://login.microsoftonline.com';

/**
 * Reads only what says who may come in, so that a mistake in any other setting does not keep out whoever is to look for
 * it. Null where one of these settings cannot be used; `readSettings` tells which.
 */
export function readCallerSettings(
  environment: Readonly<Record<string, string | undefined>>,
): CallerSettings | null {
  const { AUTH, AUTH_TENANT_ID, AUTH_AUDIENCE, AUTHORITY_HOST } = settingsTable;
  const [auth, tenantId, audience, authorityHost] = [
    AUTH.schema.safeParse(textOf(environment['AUTH'])),
    AUTH_TENANT_ID.schema.safeParse(textOf(environment['AUTH_TENANT_ID'])),
    AUTH_AUDIENCE.schema.safeParse(textOf(environment['AUTH_AUDIENCE'])),
    AUTHORITY_HOST.schema.safeParse(textOf(environment['AUTHORITY_HOST'])),
  ];
  if (auth.success && auth.data === 'keys') return { kind: 'keys' };
  if (!auth.success || !tenantId.success || !audience.success || !authorityHost.success) return null;
  if (tenantId.data === null || audience.data.length === 0) return null;
  return {
    kind: 'entra',
    authorityHost: authorityHost.data ?? PUBLIC_AUTHORITY,
    tenantId: tenantId.data,
    audiences: audience.data.flatMap(audiencesOf),
  };
}

/** What `AUTH` entra cannot do without. */
export function callerProblems(values: Readonly<Record<string, unknown>>): readonly SettingProblem[] {
  if (values['AUTH'] !== 'entra') return [];
  const { AUTH_TENANT_ID: tenantId, AUTH_AUDIENCE: audience } = values;
  return [
    ...(tenantId === null ? [missing('AUTH_TENANT_ID', 'the tenant whose tokens count')] : []),
    ...(Array.isArray(audience) && audience.length === 0
      ? [missing('AUTH_AUDIENCE', 'the client id of the app registration that tokens are for')]
      : []),
  ];
}

function missing(name: string, what: string): SettingProblem {
  return { name, message: `is missing: with AUTH entra name ${what}` };
}

/** A Key Vault reference that Azure could not resolve arrives as its own text, and is no value. */
function textOf(given: string | undefined): string | undefined {
  const text = given?.trim();
  if (text?.startsWith('@Microsoft.KeyVault(')) return 'unresolved reference';
  return text === '' ? undefined : text;
}
