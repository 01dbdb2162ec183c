import type { ManagedIdentityCredential } from '@azure/identity';
import { createEntraVerifier } from '../callers/verifyEntraToken.ts';
import type { TableClient } from '../ledger/azureTypes.ts';
import { createDeliveries } from '../ledger/deliveries.ts';
import { createKeyedHolds } from '../ledger/keyedHolds.ts';
import { type LedgerStorage, type LedgerTables, openTable } from '../ledger/tables.ts';
import { createSecretReader } from '../secrets/createSecretReader.ts';
import { defaultSecretLimits } from '../secrets/secretLimits.ts';
import { fetchFromVault, openVault } from '../secrets/secretVault.ts';
import { parseJson } from '../service/readWindows.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import { impliedAccount } from '../settings/accountsOf.ts';
import { PUBLIC_AUTHORITY } from '../settings/callerSettings.ts';
import type { Settings } from '../settings/readSettings.ts';
import { createRefusalSums } from '../telemetry/refusalSums.ts';
import { type ParsedWebhookSources, parseWebhookSources } from '../webhooks/parseWebhookSources.ts';
import { keyStateShape } from '../webhooks/planHolds.ts';
import type { WebhookParts } from '../webhooks/webhookParts.ts';
import type { WebhookProblem } from '../webhooks/webhookProblem.ts';
import type { Outside } from './outside.ts';

const DELIVERIES_TABLE = 'IntermissionWebhooks';

/** A sender waits ten seconds, and the holds are still to be written in them. */
const SECRET_LIMITS = { ...defaultSecretLimits, attemptInMs: 2_500, maxAttempts: 2 };

/** The webhook door's parts. The SDKs are loaded at the first delivery. */
export function webhooksOf({
  settings,
  parts,
  storage,
  tables,
  credential,
  random,
  outside,
}: {
  readonly settings: Settings;
  readonly parts: ServiceParts;
  readonly storage: LedgerStorage;
  readonly tables: () => Promise<LedgerTables>;
  readonly credential: () => Promise<ManagedIdentityCredential>;
  readonly random: () => number;
  readonly outside?: Outside | undefined;
}): WebhookParts {
  const { clock } = parts;
  const vaultUrl = vaultOf(settings);
  let table: Promise<TableClient> | null = null;
  const open = () => outside?.openTable(DELIVERIES_TABLE) ?? openTable(storage, DELIVERIES_TABLE);
  const openDeliveries = () => {
    table ??= open().catch((error: unknown) => {
      table = null;
      throw error;
    });
    return table;
  };
  return {
    parts,
    configured: configuredSources(settings, parts),
    secrets: createSecretReader({
      fetchSecret:
        vaultUrl === null
          ? () => Promise.reject(new Error('WEBHOOK_VAULT_URL and KEY_VAULT_URL are missing'))
          : fetchFromVault(openVault(vaultUrl, credential)),
      ...{ clock, random, limits: SECRET_LIMITS },
    }),
    verifyEntra: createEntraVerifier(settings.AUTHORITY_HOST ?? PUBLIC_AUTHORITY, clock),
    keyedHolds: createKeyedHolds(async () => (await tables()).live, keyStateShape),
    deliveries: createDeliveries(openDeliveries),
    refusals: createRefusalSums(clock),
    turns: new Map(),
  };
}

/** Where the webhooks' secrets are; null where no vault is named. */
function vaultOf({ WEBHOOK_VAULT_URL, KEY_VAULT_URL }: Settings): string | null {
  return WEBHOOK_VAULT_URL ?? KEY_VAULT_URL;
}

function configuredSources(settings: Settings, parts: ServiceParts): ParsedWebhookSources {
  const { WEBHOOKS } = settings;
  if (WEBHOOKS === null) {
    return { sources: [], problems: [] };
  }
  const { sources, problems } = parseWebhookSources(parseJson(WEBHOOKS), {
    defaultAccount: impliedAccount(parts.accounts.map(({ account }) => account)),
  });
  const accounts = new Set(parts.accounts.map(({ account }) => account.name));
  const homeless = sources.filter(({ account }) => !accounts.has(account));
  const more: readonly WebhookProblem[] = [
    ...(vaultOf(settings) === null && sources.some(({ secretName }) => secretName !== null)
      ? [noKeyVault]
      : []),
    ...homeless.map(({ name, account }): WebhookProblem => {
      const message = `The source "${name}" names the account "${account}", which is not configured.`;
      return { source: name, pointer: '', code: 'unknown_account', message, severity: 'error' };
    }),
  ];
  return {
    sources: sources.filter(({ account }) => accounts.has(account)),
    problems: [...problems, ...more],
  };
}

const noKeyVault: WebhookProblem = {
  ...{ source: null, pointer: '', code: 'no_key_vault', severity: 'error' },
  message:
    'There are webhook sources, and neither WEBHOOK_VAULT_URL nor KEY_VAULT_URL is set: every delivery is answered 503.',
};
