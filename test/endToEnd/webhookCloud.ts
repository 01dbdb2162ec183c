import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { createCertificateAuthority } from '../../local/certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import { DEFAULT_TENANT_ID } from '../../local/insights/model/report.ts';
import { startKeyVault } from '../../local/keyVault/startKeyVault.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { startCloud } from './cloudUnderTest.ts';
import { expectDocumented } from './expectDocumented.ts';

const preloadOf = (path: string) => ['--import', pathToFileURL(join(process.cwd(), path)).href];

/** An answer to a sender. */
export interface SenderAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The cloud with a Key Vault, and apps that take these sources. */
export async function startWebhookCloud(
  sources: readonly object[],
  secrets: Readonly<Record<string, string>>,
) {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-webhooks-'));
  const cloud = await startCloud();
  const authority = await createCertificateAuthority(directory);
  const vault = await startKeyVault({
    ...{ port: 0, issuer: cloud.issuer, tenantId: DEFAULT_TENANT_ID, nowMs: Date.now, vaultName: 'hooks' },
    certificate: await authority.issue(HOST_NAMES.vault),
    authorityUrl: 'https://login.localhost',
  });
  for (const [name, value] of Object.entries(secrets)) {
    vault.setSecret(name, value);
  }
  const told: string[] = [];
  const apps: AppUnderTest[] = [];
  const settings = {
    WEBHOOKS: JSON.stringify(sources),
    WEBHOOK_VAULT_URL: vault.url,
    NODE_EXTRA_CA_CERTS: authority.certificateFile,
    RUN_TIME_BUDGET_SECONDS: '60',
  };
  return {
    ...cloud,
    vault,
    /** Starts an app whose clock is ahead by so much. */
    startApp: async (shiftInMs = 0, more: Readonly<Record<string, string>> = {}) => {
      const preloads = [
        ...preloadOf('local/certificates/resolveLocalhost.mjs'),
        ...preloadOf('test/endToEnd/shiftClock.mjs'),
      ];
      const shifted = { ...settings, CLOCK_SHIFT_IN_MS: String(shiftInMs), ...more };
      const app = await cloud.start(shifted, preloads);
      apps.push(app);
      return app;
    },
    /** Sends a request as a stranger would: no key of the host. */
    send: async (app: AppUnderTest, path: string, init: RequestInit): Promise<SenderAnswer> => {
      const sent = { method: 'POST', ...init };
      const response = await fetch(`${app.host.url}/api/webhooks/${path}`, sent);
      const text = await response.text();
      told.push(`${JSON.stringify([...response.headers])} ${text}`);
      const { status, headers } = response;
      await expectDocumented({ method: sent.method, url: response.url, status, headers, text });
      return { status, headers, text };
    },
    /** The events of this name that all apps told, oldest first. */
    events: (name: string): readonly Record<string, unknown>[] =>
      apps.flatMap(({ host }) =>
        host.logs.flatMap(({ message }) => {
          const line: unknown = message.startsWith('{') ? JSON.parse(message) : null;
          return typeof line === 'object' && line !== null && 'event' in line && line.event === name
            ? [{ ...line }]
            : [];
        }),
      ),
    /** Fails where one of these texts stands in an answer to a sender or in a line of an app. */
    expectNowhere: (hidden: readonly string[]) => {
      const texts = [...told, ...apps.flatMap(({ host }) => host.logs.map(({ message }) => message))];
      expect(texts.length).toBeGreaterThan(5);
      expect(texts.filter((text) => hidden.some((secret) => text.includes(secret)))).toEqual([]);
    },
    stop: async () => {
      await cloud.stop();
      await vault.close();
      rmSync(directory, { recursive: true });
    },
  };
}

export type WebhookCloud = Awaited<ReturnType<typeof startWebhookCloud>>;

/** A delivery signed by the package that the makers of Standard Webhooks publish. */
export function standardDelivery({
  secret,
  data,
  id = `msg_${randomUUID()}`,
  sentAt = new Date(),
  saidAt = new Date(),
}: {
  readonly secret: string;
  readonly data: object;
  readonly id?: string;
  readonly sentAt?: Date;
  readonly saidAt?: Date;
}) {
  const body = JSON.stringify({ type: 'maintenance', timestamp: saidAt.toISOString(), data });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
  };
  return { body, headers };
}
