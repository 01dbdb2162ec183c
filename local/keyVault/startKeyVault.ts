import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { ServerCertificate } from '../certificates/createCertificateAuthority.ts';
import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import type { Vault } from './answerOperation.ts';
import { createFaultQueue } from './faultQueue.ts';
import type { PlannedFault } from './keyVaultFault.ts';
import { createSecretStore, type SecretVersion } from './secretStore.ts';
import { type KeyVaultRequest, serveRequest } from './serveRequest.ts';

/** A vault on loopback. */
export interface KeyVault {
  /** The vault as settings name it; no slash at the end. */
  readonly url: string;
  /** Oldest first; never a value, a token or a body. */
  readonly requests: readonly KeyVaultRequest[];
  /** Puts a secret there before anybody asks, and gives its version. @throws Error where a deleted one has the name. */
  setSecret(name: string, value: string): string;
  /** Every version with its value, oldest first; empty where there is no such secret. */
  versions(name: string): readonly SecretVersion[];
  /** Faults stand in line: a request meets the first that is for it. */
  planFault(fault: PlannedFault): void;
  clearFaults(): void;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface KeyVaultOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** One label of a DNS name. */
  readonly vaultName: string;
  /** For `*.vault.localhost`. */
  readonly certificate: ServerCertificate;
  readonly issuer: Pick<TokenIssuer, 'verify'>;
  readonly tenantId: string;
  /** Where Entra signs in, without the tenant: what the challenge names. */
  readonly authorityUrl: string;
  readonly nowMs: () => number;
}

/** What tokens for the vault are for: the domain above it, which its client insists on. */
export const KEY_VAULT_RESOURCE = 'https://vault.localhost';

/**
 * Serves over https the secrets of a Key Vault, as `SecretClient` asks for them; in memory. Not served: backup,
 * restore, and the list of the deleted. Source: Microsoft Learn, "Key Vault REST API", 2026-04-01.
 */
export async function startKeyVault(options: KeyVaultOptions): Promise<KeyVault> {
  const { certificate, issuer, tenantId, nowMs } = options;
  const requests: KeyVaultRequest[] = [];
  const faults = createFaultQueue();
  const store = createSecretStore(nowMs);
  const admission = {
    ...{ issuer, tenantId, nowMs, resource: KEY_VAULT_RESOURCE },
    authorization: `${options.authorityUrl}/${tenantId}`,
  };
  const server = createServer({ cert: certificate.certificate, key: certificate.privateKey });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const vault: Vault = { url: `https://${options.vaultName}.vault.localhost:${port}`, store };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serveRequest(request, response, { vault, admission, faults, log: (one) => requests.push(one) }).catch(
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  return {
    url: vault.url,
    requests,
    setSecret: (name, value) => {
      const made = store.set(name, value, {});
      if (made === null) {
        throw new Error(`A deleted secret still has the name ${name}.`);
      }
      return made.version;
    },
    versions: (name) => store.find(name)?.versions ?? [],
    planFault: faults.plan,
    clearFaults: faults.clear,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
