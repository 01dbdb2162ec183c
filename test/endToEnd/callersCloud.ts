import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JWTPayload } from 'jose';
import { createCertificateAuthority } from '../../local/certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import { API, claimsV2, startTokenAuthority, TENANT } from '../fakes/tokenAuthority.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { startCloud } from './cloudUnderTest.ts';
import { expectDocumented } from './expectDocumented.ts';

/** An answer to a caller. */
export interface CallerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

type Asking = {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** The cloud with an authority that signs tokens, and apps that let in who bears one. */
export async function startCallersCloud() {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-callers-'));
  const cloud = await startCloud();
  const certificates = await createCertificateAuthority(directory);
  const authority = await startTokenAuthority(await certificates.issue(HOST_NAMES.login));
  const preload = pathToFileURL(join(process.cwd(), 'local/certificates/resolveLocalhost.mjs')).href;
  const tokens: string[] = [];
  const shown: string[] = [];
  const apps: AppUnderTest[] = [];
  const sign: typeof authority.sign = async (...signing) => {
    const token = await authority.sign(...signing);
    tokens.push(token);
    return token;
  };
  const askAt = async (url: string, method: string, { token, headers, body }: Asking = {}) => {
    const response = await fetch(url, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    shown.push(`${JSON.stringify([...response.headers])} ${text}`);
    const { status, headers: answered } = response;
    await expectDocumented({ method, url, status, headers: answered, text });
    const json: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, json };
  };
  return {
    ...cloud,
    authority,
    certificates,
    sign,
    /** A token of an app, or of a user where `more` has a scope. */
    tokenOf: (roles: readonly string[], more: JWTPayload = {}) =>
      sign(claimsV2(authority.url, Date.now(), { roles, ...more })),
    startApp: async (more: Readonly<Record<string, string>> = {}) => {
      const settings = {
        ...{ AUTH: 'entra', AUTH_TENANT_ID: TENANT, AUTH_AUDIENCE: API, AUTHORITY_HOST: authority.url },
        ...{ NODE_EXTRA_CA_CERTS: certificates.certificateFile, ...more },
      };
      const app = await cloud.start(settings, ['--import', preload]);
      apps.push(app);
      return app;
    },
    ask: (app: AppUnderTest, method: string, path: string, asking: Asking = {}): Promise<CallerAnswer> =>
      askAt(`${app.host.url}${path}`, method, asking),
    askAt,
    /** Two headers of one name, which `fetch` cannot send. */
    askTwice: (app: AppUnderTest, path: string, authorizations: readonly string[]): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = ['host', '127.0.0.1', ...authorizations.flatMap((one) => ['authorization', one])];
        const sent = httpRequest(`${app.host.url}${path}`, { headers }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        });
        sent.on('error', reject).end();
      }),
    /** A search path on which `az` prints this token, or fails with this line. */
    pathWithAz: (script: string): string => {
      const bin = mkdtempSync(join(directory, 'az-'));
      writeFileSync(join(bin, 'az'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, 'az'), 0o755);
      return `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
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
    /** Fails where a token, whole or cut, stands in an answer or in a line of an app. */
    expectNoToken: () => {
      const texts = [...shown, ...apps.flatMap(({ host }) => host.logs.map(({ message }) => message))];
      expect([tokens.length > 10, texts.length > 50]).toEqual([true, true]);
      expect(texts.filter((text) => /eyJ[\w-]{10}/.test(text))).toEqual([]);
      expect(texts.filter((text) => tokens.some((token) => text.includes(token.slice(-40))))).toEqual([]);
    },
    stop: async () => {
      await cloud.stop();
      await authority.close();
      rmSync(directory, { recursive: true });
    },
  };
}

export type CallersCloud = Awaited<ReturnType<typeof startCallersCloud>>;
