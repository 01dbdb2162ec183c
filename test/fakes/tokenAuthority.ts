import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { ServerCertificate } from '../../local/certificates/createCertificateAuthority.ts';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const OTHER_TENANT = '99999999-9999-4999-8999-999999999999';
/** The client id of the app registration that tokens are for. */
export const API = '66666666-6666-4666-8666-666666666666';

type Trouble = 'none' | 'status' | 'hangUp' | 'garbage' | 'redirect' | 'tooLong';

/** Makes a key as Entra signs by, with the name under which it is published. */
async function makeKey() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, kid: randomUUID(), jwk: await exportJWK(publicKey) };
}

/**
 * What stands for Entra where a test needs tokens that Entra would never sign: publishes keys for every tenant, signs
 * whatever it is asked to, and records who asked for keys.
 */
export async function startTokenAuthority(certificate: ServerCertificate | null = null) {
  let key = await makeKey();
  const published = new Map([[key.kid, key]]);
  const requests: string[] = [];
  let trouble: Trouble = 'none';
  const listener: RequestListener = (request, response) => {
    requests.push(request.url ?? '');
    if (trouble === 'hangUp') {
      response.socket?.destroy();
      return;
    }
    if (trouble === 'redirect') {
      response.writeHead(302, { location: '/elsewhere' }).end();
      return;
    }
    const isKeys = /^\/[\da-f-]{36}\/discovery\/v2\.0\/keys$/.test(request.url ?? '');
    const keys = [...published.values()].map(({ kid, jwk }) => ({ ...jwk, kid, use: 'sig' }));
    response.writeHead(trouble === 'status' ? 500 : isKeys ? 200 : 404, {
      'content-type': 'application/json',
    });
    const more = trouble === 'tooLong' ? { more: 'x'.repeat(512 * 1024) } : {};
    response.end(trouble === 'garbage' ? '<html>' : JSON.stringify({ keys, ...more }));
  };
  const server =
    certificate === null
      ? createHttpServer(listener)
      : createHttpsServer({ cert: certificate.certificate, key: certificate.privateKey }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = certificate === null ? `http://127.0.0.1:${port}` : `https://login.localhost:${port}`;
  const sign = (claims: JWTPayload, header: Readonly<Record<string, unknown>> = {}, by = key) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: by.kid, ...header })
      .sign(by.privateKey);
  return {
    url,
    requests,
    sign,
    key: () => key,
    makeKey,
    /** From now on by a new key; the old one is published as long as `keepsOld`. */
    rotate: async ({ keepsOld = true } = {}) => {
      if (!keepsOld) published.clear();
      key = await makeKey();
      published.set(key.kid, key);
    },
    setTrouble: (next: Trouble) => {
      trouble = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type TokenAuthority = Awaited<ReturnType<typeof startTokenAuthority>>;

/** The claims of a token of version 2 for our app, of an app unless it has a scope. */
export function claimsV2(authorityUrl: string, nowMs: number, more: JWTPayload = {}): JWTPayload {
  const now = Math.floor(nowMs / 1000);
  return {
    ...{ aud: API, iss: `${authorityUrl}/${TENANT}/v2.0`, tid: TENANT, ver: '2.0' },
    ...{ iat: now, nbf: now, exp: now + 3_600 },
    azp: 'aaaaaaaa-0000-4000-8000-000000000001',
    oid: 'bbbbbbbb-0000-4000-8000-000000000001',
    roles: ['Intermission.Operate'],
    ...more,
  };
}

/** The same as version 1 writes it. */
export function claimsV1(nowMs: number, more: JWTPayload = {}): JWTPayload {
  const { azp, ...rest } = claimsV2('', nowMs);
  const own = { aud: `api://${API}`, iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0', appid: azp };
  return { ...rest, ...own, ...more };
}
