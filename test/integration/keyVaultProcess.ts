// Runs in a process of its own, because Node reads NODE_EXTRA_CA_CERTS only at its start.
import { lookup } from 'node:dns/promises';
import { ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { z } from 'zod';
import { createSecretReader } from '../../shared/secrets/createSecretReader.ts';
import { defaultSecretLimits } from '../../shared/secrets/secretLimits.ts';
import { fetchFromVault, openVault } from '../../shared/secrets/secretVault.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { sentCallSchema, type vaultCallSchema } from './keyVaultCalls.ts';

const { KEY_VAULT_URL = '', ATTEMPT_IN_MS = '' } = process.env;
const credential = new ManagedIdentityCredential();
const client = new SecretClient(KEY_VAULT_URL, credential, { retryOptions: { maxRetries: 1 } });
let movedInMs = 0;
const reader = createSecretReader({
  fetchSecret: fetchFromVault(openVault(KEY_VAULT_URL, async () => credential)),
  clock: { ...systemClock, now: () => Date.now() + movedInMs },
  random: () => 0.5,
  limits: { ...defaultSecretLimits, attemptInMs: Number(ATTEMPT_IN_MS), backOffBaseInMs: 1 },
});

async function perform(call: z.output<typeof vaultCallSchema>): Promise<unknown> {
  switch (call.do) {
    case 'get':
      return client.getSecret(call.name, call.version === undefined ? {} : { version: call.version });
    case 'set':
      return client.setSecret(call.name, call.value, { contentType: 'text/plain', tags: { for: 'a test' } });
    case 'enable':
      return client.updateSecretProperties(call.name, call.version, { enabled: call.enabled });
    case 'listVersions':
      return listAll(client.listPropertiesOfSecretVersions(call.name));
    case 'list':
      return listAll(client.listPropertiesOfSecrets());
    case 'delete':
      return (await client.beginDeleteSecret(call.name, { intervalInMs: 1 })).pollUntilDone();
    case 'getDeleted':
      return client.getDeletedSecret(call.name);
    case 'recover':
      return (await client.beginRecoverDeletedSecret(call.name, { intervalInMs: 1 })).pollUntilDone();
    case 'purge':
      return client.purgeDeletedSecret(call.name);
    case 'read': {
      const answers = await Promise.all(Array.from({ length: call.times }, () => reader.read(call.name)));
      return call.times === 1 ? answers[0] : answers;
    }
    case 'refresh':
      return reader.refresh(call.name, call.refusedVersion);
    case 'moveClock':
      movedInMs += call.byInMs;
      return null;
    case 'fetch': {
      const headers = { authorization: `Bearer ${call.token}` };
      const response = await fetch(`${KEY_VAULT_URL}${call.path}`, { headers });
      const challenge = response.headers.get('www-authenticate');
      return { status: response.status, challenge, body: await response.json() };
    }
    case 'resolve':
      return lookup(call.name);
  }
}

async function listAll<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const listed: Item[] = [];
  for await (const item of items) {
    listed.push(item);
  }
  return listed;
}

const errorSchema = z.object({
  name: z.string().catch('unknown'),
  code: z.string().nullable().catch(null),
  statusCode: z.number().nullable().catch(null),
});

process.on('message', (raw) => {
  const { id, call } = sentCallSchema.parse(raw);
  perform(call).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: errorSchema.parse(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ id: 0 });
