import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { ServerCertificate } from '../certificates/createCertificateAuthority.ts';
import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import { administer } from './admin/adminAction.ts';
import { createDirectory, type Directory } from './directory/createDirectory.ts';
import type { EntraSeed } from './directory/entraSeed.ts';
import { createEntraFaultQueue, type PlannedEntraFault } from './entraFault.ts';
import { createTokenMaker } from './grants/tokenMaker.ts';
import { createSecretLog } from './http/secretLog.ts';
import { type EntraRequest, serveEntra } from './http/serveEntra.ts';

/** Entra's sign-in endpoints on loopback. */
export interface Entra {
  /** The authority host; no slash at the end. A tenant's authority is `${url}/${tenantId}`. */
  readonly url: string;
  /** What the endpoint of the managed identities issues with: tokens that federated credentials and APIs know. */
  readonly identityIssuer: Pick<TokenIssuer, 'issue'>;
  readonly directory: Directory;
  /** Moves Entra's clock. */
  shiftClock(byInMs: number): void;
  /** Faults stand in line: a request meets the first that is for it. */
  planFault(fault: PlannedEntraFault): void;
  clearFaults(): void;
  /** Oldest first; never a secret. */
  readonly requests: readonly EntraRequest[];
  /** Every token, code, secret, verifier and assertion that existed, for tests that nobody else wrote one down. */
  secrets(): readonly string[];
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface EntraOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** For `login.localhost`. */
  readonly certificate: ServerCertificate;
  readonly issuer: TokenIssuer;
  readonly seed: EntraSeed;
  readonly nowMs: () => number;
}

/**
 * Serves over https what MSAL and a browser ask of Entra: metadata, keys, tokens (client credentials, refresh token,
 * authorization code) and a sign-in page; in memory. Source: Microsoft Learn, "Microsoft identity platform".
 */
export async function startEntra(options: EntraOptions): Promise<Entra> {
  const { certificate, issuer, seed } = options;
  let shiftInMs = 0;
  const nowMs = () => options.nowMs() + shiftInMs;
  const shiftClock = (byInMs: number) => {
    shiftInMs += byInMs;
  };
  const server = createServer({ cert: certificate.certificate, key: certificate.privateKey });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const url = `https://login.localhost:${port}`;
  const { state, directory } = createDirectory({ seed, url, nowMs });
  const faults = createEntraFaultQueue();
  const secretLog = createSecretLog();
  const tokens = createTokenMaker({ issuer, state, url, nowMs });
  const requests: EntraRequest[] = [];
  const parts = {
    ...{ url, state, tokens, nowMs, faults, secretLog, requests, keySet: issuer.keySet },
    administer: (action: unknown) => administer(action, { directory, faults, shiftClock }),
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serveEntra(request, response, parts).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  return {
    url,
    identityIssuer: {
      issue: async (request) => {
        const token = await tokens.identityIssuer.issue(request);
        secretLog.add(token);
        return token;
      },
    },
    directory,
    shiftClock,
    planFault: faults.plan,
    clearFaults: faults.clear,
    requests,
    secrets: () => [
      ...secretLog.all(),
      ...state.refreshTokens.keys(),
      ...[...state.apps.values()].flatMap(({ secrets }) => secrets.map(({ value }) => value)),
    ],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
