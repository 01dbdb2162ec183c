// Signs and checks the access tokens of the local cloud. Their claims are those of Entra's v1 access tokens
// (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
import { createHash, randomUUID } from 'node:crypto';
import {
  type CryptoKey,
  errors,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { z } from 'zod';

/** What a token shall say. Times are absolute; a negative lifetime makes a token that has already expired. */
export interface TokenRequest {
  kind: 'app' | 'user';
  mfa: boolean;
  audience: string;
  tenantId: string;
  clientId: string;
  userName: string | null;
  issuedAtMs: number;
  lifetimeInSeconds: number;
  /** The app roles of an app-only token; without it those of an app that reads Insights. */
  roles?: readonly string[];
}

/** Who a verified token speaks for. `userName` is null and `mfa` false for an app-only token. */
export interface TokenPrincipal {
  kind: 'app' | 'user';
  mfa: boolean;
  tenantId: string;
  clientId: string;
  userName: string | null;
  objectId: string;
}

export type TokenRefusal = 'malformed' | 'signature' | 'audience' | 'expired' | 'notYetValid';

type TokenVerdict = { ok: true; principal: TokenPrincipal } | { ok: false; reason: TokenRefusal };

/** Both ends of a token: whoever shares an issuer trusts its tokens. */
export interface TokenIssuer {
  issue(request: TokenRequest): Promise<string>;
  /** Never rejects: every way a token can be wrong is a reason. */
  verify(token: string, expected: { audience: string; nowMs: number }): Promise<TokenVerdict>;
  /** Signs claims that are not those of an access token of version 1. */
  sign(claims: JWTPayload): Promise<string>;
  /** What a key set document publishes. */
  readonly keySet: JSONWebKeySet;
}

const claimsSchema = z.object({
  tid: z.string(),
  appid: z.string(),
  oid: z.string(),
  upn: z.string().optional(),
  scp: z.string().optional(),
  amr: z.array(z.string()).optional(),
});

/** An issuer with a key of its own, made now: its tokens are worth nothing after a restart. */
export async function createTokenIssuer(): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keyId = randomUUID();
  const sign = (claims: JWTPayload) => signClaims(claims, privateKey, keyId);
  return {
    keySet: { keys: [{ ...(await exportJWK(publicKey)), kid: keyId, use: 'sig' }] },
    sign,
    issue: (request) => sign(claimsOf(request)),
    async verify(token, expected) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ['RS256'],
          audience: expected.audience,
          currentDate: new Date(expected.nowMs),
          requiredClaims: ['exp', 'nbf'],
        });
        return principalOf(payload);
      } catch (error) {
        return { ok: false, reason: refusalOf(error) };
      }
    },
  };
}

function signClaims(claims: JWTPayload, privateKey: CryptoKey, keyId: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId }).sign(privateKey);
}

function claimsOf(request: TokenRequest): JWTPayload {
  const issuedAt = Math.floor(request.issuedAtMs / 1000);
  const common = {
    aud: request.audience,
    iss: `https://sts.windows.net/${request.tenantId}/`,
    tid: request.tenantId,
    appid: request.clientId,
    appidacr: '1',
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + request.lifetimeInSeconds,
    ver: '1.0',
    jti: randomUUID(),
  };
  if (request.kind === 'app') {
    const oid = objectIdOf(request.clientId);
    return { ...common, idtyp: 'app', oid, sub: oid, roles: request.roles ?? ['Insights.Read'] };
  }
  const upn = request.userName ?? 'reports@partner.example';
  return {
    ...common,
    oid: objectIdOf(`${request.tenantId}/${upn}`),
    upn,
    scp: 'user_impersonation',
    amr: request.mfa ? ['pwd', 'mfa'] : ['pwd'],
  };
}

/** The object id behind a client id, or behind `tenant/user`: the same in every run. */
export function objectIdOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function principalOf(payload: JWTPayload): TokenVerdict {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    return { ok: false, reason: 'malformed' };
  }
  const { tid, appid, oid, upn, scp, amr } = claims.data;
  const principal: TokenPrincipal = {
    kind: scp === undefined ? 'app' : 'user',
    mfa: amr?.includes('mfa') ?? false,
    tenantId: tid.toLowerCase(),
    clientId: appid,
    userName: upn ?? null,
    objectId: oid,
  };
  return { ok: true, principal };
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) {
    return 'expired';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') {
      return 'audience';
    }
    return error.claim === 'nbf' ? 'notYetValid' : 'malformed';
  }
  return error instanceof errors.JWSSignatureVerificationFailed ? 'signature' : 'malformed';
}
