import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCertificateAuthority } from '../../local/certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import {
  defaultEntraSeed,
  ENTRA_APP_ID,
  ENTRA_TENANT_ID,
  IDENTITY_CLIENT_ID,
  REPORTS_USER,
} from '../../local/entra/directory/entraSeed.ts';
import { startEntra } from '../../local/entra/startEntra.ts';
import { startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { startInsightsEmulator } from '../../local/insights/startInsightsEmulator.ts';
import { startKeyVault } from '../../local/keyVault/startKeyVault.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { healthDetails } from '../../shared/http/answers/otherAnswers.ts';
import { openEmulatorDoor } from '../endToEnd/emulatorDoor.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { leakedPieces } from './leakedPieces.ts';
import {
  healthSchema,
  type SignInCall,
  signInResultSchema,
  tickedSchema,
  tokensSchema,
} from './signInCalls.ts';

export type Environment = Readonly<Record<string, string>>;

/** Settings of an account that signs in for a user by the managed identity's assertion. */
export const SECURE_APP: Environment = { SIGN_IN: 'secureApp', APP_CLIENT_ID: ENTRA_APP_ID };

/** The identity SDK keeps tokens by the machine's own time: they must be good however far a test moves the time. */
const IDENTITY_LIFETIME_IN_SECONDS = 400 * 86_400;

/** The whole local cloud on loopback, and the service in a process that trusts its certificates. */
export async function startSignInUnderTest(more: Environment = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-sign-in-'));
  let movedInMs = 0;
  const nowMs = () => Date.now() + movedInMs;
  const issuer = await createTokenIssuer();
  const authority = await createCertificateAuthority(directory);
  const connectionString = takeStorageAccount();
  const [insights, entra] = await Promise.all([
    startInsightsEmulator({
      ...{ port: 0, issuer, seedFile: null, stateFile: null, systemNowMs: nowMs },
      policies: { mpnDemandsUser: true, cmpDemandsApp: true },
    }),
    startEntra({
      ...{ port: 0, issuer, seed: defaultEntraSeed, nowMs },
      certificate: await authority.issue(HOST_NAMES.login),
    }),
  ]);
  const door = openEmulatorDoor(insights.url);
  await door.seed();
  const vault = await startKeyVault({
    ...{ port: 0, issuer, tenantId: ENTRA_TENANT_ID, nowMs, vaultName: 'partner' },
    certificate: await authority.issue(HOST_NAMES.vault),
    authorityUrl: entra.url,
  });
  const identity = await startIdentityEndpoint({
    ...{ port: 0, issuer: entra.identityIssuer, header: 'the-header-of-the-identity' },
    nowMs: Date.now,
    ...{ tenantId: ENTRA_TENANT_ID, clientId: IDENTITY_CLIENT_ID, userAssignedClientIds: [] },
    lifetimeInSeconds: IDENTITY_LIFETIME_IN_SECONDS,
  });
  const process_ = await startProcess({
    IDENTITY_ENDPOINT: identity.url,
    IDENTITY_HEADER: identity.header,
    NODE_EXTRA_CA_CERTS: authority.certificateFile,
    ...more,
  });
  const addresses: Environment = {
    TENANT_ID: ENTRA_TENANT_ID,
    INSIGHTS_BASE_URL: `${insights.url}/insights/v1/mpn`,
    EXTRA_API_HOSTS: new URL(insights.url).host,
    AzureWebJobsStorage: connectionString,
    KEY_VAULT_URL: vault.url,
    AUTHORITY_HOST: entra.url,
    INSTANCE_DISCOVERY: 'off',
  };
  let instances = 0;
  const seen = new Set<string>();
  const remember = () => {
    for (const secret of entra.secrets()) seen.add(secret);
    for (const name of vaultNames) for (const { value } of vault.versions(name)) seen.add(value);
  };
  const vaultNames = new Set<string>(['refresh-token-default']);
  return {
    /** Fails where any token, secret, assertion or key that existed stands in anything that the service wrote. */
    expectNothingSecret: () => {
      remember();
      const accountKey = /AccountKey=([^;]+)/.exec(connectionString)?.[1] ?? '';
      const hidden = [...seen, identity.header, accountKey].filter((one) => one !== '');
      const written = process_.output();
      expect(hidden.length).toBeGreaterThan(10);
      expect(hidden.filter((secret) => written.includes(secret))).toEqual([]);
      expect(leakedPieces(written, hidden)).toEqual([]);
      const shapes =
        /eyJ[\w-]{10}|Bearer (?!authorization=)[\w-]{10}|(?:client_secret|refresh_token|client_assertion)=\w/;
      expect(shapes.exec(written)?.[0]).toBeUndefined();
    },
    rememberSecretsOf: (name: string) => vaultNames.add(name),
    ...{ entra, vault, identity, authority, insightsUrl: insights.url, door, addresses },
    output: process_.output,
    nowMs,
    /** Puts a refresh token of the Insights user into the vault, as consent would. */
    consent: (secretName = 'refresh-token-default', userName = REPORTS_USER) => {
      const token = entra.directory.issueRefreshToken({ clientId: ENTRA_APP_ID, userName });
      vault.setSecret(secretName, token);
      return token;
    },
    /** The service as these settings describe it, beside those that lead to this cloud. */
    compose: async (settings: Environment) => {
      instances += 1;
      const instance = `instance-${instances}`;
      const environment = { ...addresses, ...settings };
      const problems = await process_.do({ do: 'compose', instance, environment });
      expect(problems).toEqual([]);
      return {
        token: async (options: { account?: string; force?: boolean; times?: number } = {}) =>
          tokensSchema.parse(await process_.do({ do: 'token', instance, ...options })),
        tick: async () => tickedSchema.parse(await process_.do({ do: 'tick', instance })),
        health: async () => {
          const answer = healthSchema.parse(await process_.do({ do: 'health', instance }));
          // What the document of the doors promises.
          healthDetails.parse(answer.body);
          return answer;
        },
      };
    },
    /** Moves the time of everything: the service, Entra, the vault, the API. */
    moveTime: async (byInMs: number) => {
      movedInMs += byInMs;
      await process_.do({ do: 'moveClock', byInMs });
    },
    /** Moves the service's clock alone: it is wrong from then on. */
    moveServiceClock: (byInMs: number) => process_.do({ do: 'moveClock', byInMs }),
    /** Requests to the token endpoint since the last call of this. */
    tokenRequests: (() => {
      let seen = 0;
      return () => {
        const all = entra.requests.filter(({ endpoint }) => endpoint === 'token');
        const fresh = all.slice(seen);
        seen = all.length;
        return fresh;
      };
    })(),
    stop: async () => {
      await process_.stop();
      await Promise.all([vault.close(), identity.close(), entra.close(), insights.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type SignInUnderTest = Awaited<ReturnType<typeof startSignInUnderTest>>;

async function startProcess(environment: Environment) {
  const preload = pathToFileURL(join(process.cwd(), 'local/certificates/resolveLocalhost.mjs')).href;
  const { PATH } = process.env;
  const child = fork(join(process.cwd(), 'test/integration/signInProcess.ts'), [], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', preload],
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => output.push(bytes.toString('utf8')));
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const died = exited.then(() => {
    throw new Error(`The process ended: ${output.join('')}`);
  });
  died.catch(() => {});
  await Promise.race([new Promise<void>((resolve) => child.once('message', () => resolve())), died]);
  let lastId = 0;
  return {
    /** All it wrote. */
    output: () => output.join(''),
    do: (call: SignInCall): Promise<unknown> => {
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

function ask(child: ChildProcess, id: number, call: SignInCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const listen = (raw: unknown) => {
      const answer = signInResultSchema.parse(raw);
      if (answer.id !== id) {
        return;
      }
      child.off('message', listen);
      if (answer.error === undefined) {
        resolve(answer.result);
      } else {
        reject(new Error(answer.error));
      }
    };
    child.on('message', listen);
    child.send({ id, call });
  });
}
