import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { AppCertificate } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import type { ProofContext } from './clientProof.ts';

const claimsSchema = z.object({ iss: z.string(), sub: z.string(), jti: z.string() });

/**
 * What is wrong with an assertion that the app signed with its certificate's key, or null. Source: Microsoft Learn,
 * "Microsoft identity platform application authentication certificate credentials".
 */
export async function checkCertificateAssertion(
  assertion: string,
  header: Readonly<Record<string, unknown>>,
  { app, audiences, nowMs }: ProofContext,
): Promise<EntraRefusal | null> {
  const certificate = app.certificates.find((one) => isOf(one, header));
  if (certificate === undefined) {
    return refuse(700027, '[Reason - The key was not found.]');
  }
  if (certificate.expiresAtMs <= nowMs) {
    return refuse(700027, '[Reason - The key used is expired.]');
  }
  try {
    const { payload } = await jwtVerify(assertion, certificate.publicKey, {
      algorithms: ['PS256', 'RS256'],
      audience: [...audiences],
      currentDate: new Date(nowMs),
      clockTolerance: 300,
      requiredClaims: ['exp', 'nbf'],
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) {
      return refuse(50027);
    }
    const { iss, sub } = claims.data;
    return iss === app.clientId && sub === app.clientId ? null : refuse(700021);
  } catch (error: unknown) {
    return refusalOf(error);
  }
}

function isOf({ sha1, sha256 }: AppCertificate, header: Readonly<Record<string, unknown>>): boolean {
  return header['x5t#S256'] === sha256 || header['x5t'] === sha1;
}

function refusalOf(error: unknown): EntraRefusal {
  if (error instanceof errors.JWTExpired) {
    return refuse(700024);
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud' ? refuse(700023) : refuse(error.claim === 'nbf' ? 700024 : 50027);
  }
  return error instanceof errors.JWSSignatureVerificationFailed
    ? refuse(700027, '[Reason - The key was found, but use of the key to verify the signature failed.]')
    : refuse(50027);
}
