import { createHash, randomBytes } from 'node:crypto';

/** What ties one sign-in in the browser to whoever began it. Source: RFC 7636, and RFC 6749, 10.12. */
export interface SignInProof {
  readonly codeVerifier: string;
  /** The S256 challenge of the verifier. */
  readonly codeChallenge: string;
  readonly state: string;
}

/** A new one for each sign-in. */
export function createSignInProof(): SignInProof {
  const codeVerifier = randomBytes(48).toString('base64url');
  return {
    codeVerifier,
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    state: randomBytes(24).toString('base64url'),
  };
}
