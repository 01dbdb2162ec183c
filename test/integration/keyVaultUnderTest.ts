import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCertificateAuthority } from '../../local/certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import { startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { startKeyVault } from '../../local/keyVault/startKeyVault.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { callResultSchema, type VaultCall } from './keyVaultCalls.ts';

export const CLIENT_ID = '44444444-4444-4444-8444-444444444444';
export const TENANT_ID = '22222222-2222-4222-8222-222222222222';

/** For a process that shall give up soon on a vault that hangs; the others wait as long as a busy machine may take. */
export const IMPATIENT = { ATTEMPT_IN_MS: '300' };

/** A vault and an identity on loopback, and as many processes that use them as a test starts. */
export async function startVaultUnderTest() {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-vault-'));
  const issuer = await createTokenIssuer();
  const tokens: string[] = [];
  const authority = await createCertificateAuthority(directory);
  const vault = await startKeyVault({
    ...{ port: 0, issuer, tenantId: TENANT_ID, nowMs: Date.now, vaultName: 'partner' },
    certificate: await authority.issue(HOST_NAMES.vault),
    authorityUrl: 'https://login.localhost',
  });
  const identity = await startIdentityEndpoint({
    ...{ port: 0, tenantId: TENANT_ID, clientId: CLIENT_ID, userAssignedClientIds: [], nowMs: Date.now },
    issuer: {
      issue: async (request) => {
        const token = await issuer.issue(request);
        tokens.push(token);
        return token;
      },
    },
    header: 'identity-secret',
    lifetimeInSeconds: 3_600,
  });
  const users: VaultUser[] = [];
  return {
    vault,
    identity,
    issuer,
    authority,
    /** Every token that was handed out. */
    tokens,
    startUser: async (extra: Readonly<Record<string, string>> = {}) => {
      const user = await startUser({
        KEY_VAULT_URL: vault.url,
        IDENTITY_ENDPOINT: identity.url,
        IDENTITY_HEADER: identity.header,
        NODE_EXTRA_CA_CERTS: authority.certificateFile,
        AZURE_LOG_LEVEL: 'verbose',
        ATTEMPT_IN_MS: '30000',
        ...extra,
      });
      users.push(user);
      return user;
    },
    stop: async () => {
      await Promise.all(users.map((user) => user.stop()));
      await Promise.all([vault.close(), identity.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type VaultUnderTest = Awaited<ReturnType<typeof startVaultUnderTest>>;
export type VaultUser = Awaited<ReturnType<typeof startUser>>;

async function startUser(environment: Readonly<Record<string, string>>) {
  const preload = pathToFileURL(join(process.cwd(), 'local/certificates/resolveLocalhost.mjs')).href;
  const { PATH } = process.env;
  const child = fork(join(process.cwd(), 'test/integration/keyVaultProcess.ts'), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', preload],
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => output.push(bytes.toString('utf8')));
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const started = new Promise<void>((resolve) => child.once('message', () => resolve()));
  const died = exited.then(() => {
    throw new Error(`The process ended: ${output.join('')}`);
  });
  died.catch(() => {});
  await Promise.race([started, died]);
  let lastId = 0;
  return {
    /** All it wrote. */
    output: () => output.join(''),
    /** What came of the call; rejects where it threw. */
    do: (call: VaultCall): Promise<unknown> => {
      lastId += 1;
      return Promise.race([ask(child, lastId, call), died]);
    },
    stop: () => {
      if (child.connected) {
        child.disconnect();
      }
      return exited;
    },
  };
}

function ask(child: ChildProcess, id: number, call: VaultCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listen = (raw: unknown) => {
      const answer = callResultSchema.parse(raw);
      if (answer.id !== id) {
        return;
      }
      child.off('message', listen);
      if (answer.error === undefined) {
        resolve(answer.result);
      } else {
        reject(Object.assign(new Error('The call failed.'), answer.error));
      }
    };
    child.on('message', listen);
    child.send({ id, call });
  });
}
