import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createCertificateAuthority } from '../../local/certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import {
  defaultEntraSeed,
  ENTRA_TENANT_ID,
  IDENTITY_CLIENT_ID,
} from '../../local/entra/directory/entraSeed.ts';
import { startEntra } from '../../local/entra/startEntra.ts';
import { startIdentityEndpoint } from '../../local/identity/startIdentityEndpoint.ts';
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import { type EntraCall, entraResultSchema } from './entraCalls.ts';

/** What Entra answered, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Entra and a managed identity on loopback, and a process with the real SDKs. */
export async function startEntraUnderTest() {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-entra-'));
  const issuer = await createTokenIssuer();
  const authority = await createCertificateAuthority(directory);
  const entra = await startEntra({
    ...{ port: 0, issuer, seed: defaultEntraSeed, nowMs: Date.now },
    certificate: await authority.issue(HOST_NAMES.login),
  });
  const identity = await startIdentityEndpoint({
    ...{ port: 0, issuer: entra.identityIssuer, header: 'identity-secret', nowMs: Date.now },
    ...{ tenantId: ENTRA_TENANT_ID, clientId: IDENTITY_CLIENT_ID, userAssignedClientIds: [] },
    lifetimeInSeconds: 3_600,
  });
  const user = await startUser({
    AUTHORITY_HOST: entra.url,
    IDENTITY_ENDPOINT: identity.url,
    IDENTITY_HEADER: identity.header,
    NODE_EXTRA_CA_CERTS: authority.certificateFile,
  });
  const ca = readFileSync(authority.certificateFile, 'utf8');
  const ask = (path: string, options: RequestOptions = {}, body = '') =>
    askOver({ ...options, ca, path, port: new URL(entra.url).port }, body);
  return {
    entra,
    issuer,
    authority,
    /** Through the real SDKs. */
    do: user.do,
    ask,
    /** A request at a token endpoint, as a client would send it that cares for nothing. */
    askToken: async (parameters: Readonly<Record<string, string>>, path = '/oauth2/v2.0/token') => {
      const answer = await ask(
        `/${ENTRA_TENANT_ID}${path}`,
        { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        new URLSearchParams(parameters).toString(),
      );
      return { ...answer, body: z.record(z.string(), z.unknown()).parse(JSON.parse(answer.text)) };
    },
    stop: async () => {
      await user.stop();
      await Promise.all([entra.close(), identity.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type EntraUnderTest = Awaited<ReturnType<typeof startEntraUnderTest>>;

function askOver(options: RequestOptions, body: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const host = `login.localhost:${options.port}`;
    const asked = request(
      {
        ...options,
        ...{ host: '127.0.0.1', servername: 'login.localhost', agent: false },
        headers: { host, ...Object(options.headers) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (bytes: Buffer) => chunks.push(bytes));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

async function startUser(environment: Readonly<Record<string, string>>) {
  const preload = pathToFileURL(join(process.cwd(), 'local/certificates/resolveLocalhost.mjs')).href;
  const { PATH } = process.env;
  const child = fork(join(process.cwd(), 'test/integration/entraProcess.ts'), [], {
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
    do: (call: EntraCall): Promise<Readonly<Record<string, unknown>>> => {
      lastId += 1;
      return Promise.race([askProcess(child, lastId, call), died]);
    },
    stop: () => {
      child.disconnect();
      return exited;
    },
  };
}

function askProcess(
  child: ChildProcess,
  id: number,
  call: EntraCall,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const listen = (raw: unknown) => {
      const answer = entraResultSchema.parse(raw);
      if (answer.id !== id) {
        return;
      }
      child.off('message', listen);
      if (answer.error === undefined) {
        resolve(z.record(z.string(), z.unknown()).parse(answer.result));
      } else {
        reject(Object.assign(new Error(answer.error.message), { name: answer.error.name }));
      }
    };
    child.on('message', listen);
    child.send({ id, call });
  });
}
