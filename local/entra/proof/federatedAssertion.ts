import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { z } from 'zod';
import type { App } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';

const claimsSchema = z.object({ iss: z.string(), sub: z.string(), aud: z.string() });

/**
 * What is wrong with an assertion that another issuer made, here the token of a managed identity, or null. Source:
 * Microsoft Learn, "Configure an application to trust a managed identity".
 */
export async function checkFederatedAssertion(
  assertion: string,
  { app, nowMs, keySet }: { readonly app: App; readonly nowMs: number; readonly keySet: JSONWebKeySet },
): Promise<EntraRefusal | null> {
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(keySet), {
      algorithms: ['RS256'],
      currentDate: new Date(nowMs),
      clockTolerance: 300,
      requiredClaims: ['exp'],
    });
    const claims = claimsSchema.safeParse(payload);
    return claims.success ? findTrust(app, claims.data) : refuse(50027);
  } catch (error: unknown) {
    if (error instanceof errors.JWTExpired) {
      return refuse(700024);
    }
    return error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey
      ? refuse(700027)
      : refuse(50027);
  }
}

function findTrust(
  { federatedCredentials, clientId }: App,
  { iss, sub, aud }: z.infer<typeof claimsSchema>,
): EntraRefusal | null {
  if (federatedCredentials.length === 0) {
    return refuse(70025, `The client is '${clientId}'.`);
  }
  const ofIssuer = federatedCredentials.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) {
    return refuse(700211, `The issuer is '${iss}'.`);
  }
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) {
    return refuse(700213, `The subject is '${sub}'.`);
  }
  return ofSubject.some(({ audience }) => audience === aud)
    ? null
    : refuse(700212, `The audience is '${aud}'.`);
}
