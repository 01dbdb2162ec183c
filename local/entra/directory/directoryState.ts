import type { KeyObject } from 'node:crypto';
import type { SeedResource } from './entraSeed.ts';

/** A secret of an app registration. */
interface AppSecret {
  readonly value: string;
  readonly expiresAtMs: number;
}

/** A certificate of an app registration; thumbprints in base64url, as the headers `x5t` and `x5t#S256` have them. */
export interface AppCertificate {
  readonly sha1: string;
  readonly sha256: string;
  readonly publicKey: KeyObject;
  readonly expiresAtMs: number;
}

/** Whose token stands for the app: compared to the letter. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

export interface App {
  readonly clientId: string;
  readonly name: string;
  readonly tenantId: string;
  redirectUris: readonly string[];
  readonly identifierUri: string | null;
  secrets: readonly AppSecret[];
  certificates: readonly AppCertificate[];
  federatedCredentials: readonly FederatedCredential[];
}

/** What the tenant's policy wants of a user at the next redemption; null: nothing more. */
export type MfaDemand = 'signIn' | 'enroll' | null;

export interface User {
  readonly userName: string;
  readonly tenantId: string;
  readonly about: string;
  readonly mfa: boolean;
  /** Grants made before this instant are revoked. */
  tokensValidFromMs: number;
  mfaDemand: MfaDemand;
}

/** What a user allowed an app; codes and refresh tokens stand for one. */
export interface Grant {
  readonly clientId: string;
  readonly userName: string;
  readonly tenantId: string;
  readonly mfa: boolean;
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  readonly issuedAtMs: number;
  /** All tokens that came of one sign-in. */
  readonly sessionId: string;
}

export interface AuthorizationCode {
  readonly grant: Grant;
  readonly redirectUri: string;
  /** The S256 challenge; null where the app sent none. */
  readonly codeChallenge: string | null;
  readonly nonce: string | null;
  redeemed: boolean;
}

/** The directory's memory. */
export interface DirectoryState {
  readonly tenantIds: ReadonlySet<string>;
  readonly apps: ReadonlyMap<string, App>;
  /** By user name in lower case. */
  readonly users: ReadonlyMap<string, User>;
  readonly resources: readonly SeedResource[];
  readonly codes: Map<string, AuthorizationCode>;
  readonly refreshTokens: Map<string, Grant>;
  /** `clientId|userName` of every consent. */
  readonly consents: Set<string>;
  readonly revokedSessions: Set<string>;
  /** `clientId|audience` to the app roles on that API. */
  readonly roles: Map<string, readonly string[]>;
}

export function consentKey(clientId: string, userName: string): string {
  return `${clientId}|${userName.toLowerCase()}`;
}

export function roleKey(clientId: string, audience: string): string {
  return `${clientId.toLowerCase()}|${audience}`;
}
