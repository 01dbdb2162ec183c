import { createHash, randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { objectIdOf } from '../../tokens/tokenIssuer.ts';
import {
  type App,
  consentKey,
  type DirectoryState,
  type FederatedCredential,
  type Grant,
  type MfaDemand,
  roleKey,
  type User,
} from './directoryState.ts';
import { type EntraSeed, PARTNER_CENTER, type SeedApp } from './entraSeed.ts';

/** The audience of a token that stands for an app registration. Source: "Workload identity federation". */
export const TOKEN_EXCHANGE = 'api://AzureADTokenExchange';

const yearInMs = 365 * 86_400_000;

/** What an administrator does in the portal. Every method throws where it names somebody unknown. */
export interface Directory {
  /** A new secret's value; good for a year where no end is given. */
  addSecret(secret: { clientId: string; expiresAtMs?: number }): string;
  removeSecrets(clientId: string): void;
  addCertificate(certificate: { clientId: string; certificatePem: string }): void;
  removeCertificates(clientId: string): void;
  /** One more web redirect. */
  addRedirectUri(redirect: { clientId: string; uri: string }): void;
  /** Makes a managed identity's token stand for the app. */
  trustIdentity(trust: { clientId: string; identityClientId: string }): void;
  removeFederatedCredentials(clientId: string): void;
  /** The app roles that an app or a managed identity has on an API, named by its identifier URI. */
  assignRoles(assignment: { clientId: string; audience: string; roles: readonly string[] }): void;
  /** Ends every grant of the user made until now. */
  revokeUser(userName: string): void;
  /** Ends every token that came of the same sign-in. */
  revokeSession(refreshToken: string): void;
  revokeConsent(consent: { clientId: string; userName: string }): void;
  demandMfa(userName: string, demand: MfaDemand): void;
  /** As if the user had signed in and consented right now; with MFA where they use it. */
  issueRefreshToken(grant: { clientId: string; userName: string; mfa?: boolean }): string;
}

/** The directory of one Entra: its state, and the administrator's hands on it. */
export function createDirectory(options: {
  readonly seed: EntraSeed;
  /** Entra's own address, no slash at the end. */
  readonly url: string;
  readonly nowMs: () => number;
}): { state: DirectoryState; directory: Directory } {
  const { seed, url, nowMs } = options;
  const state = stateOf(seed, url);
  const appOf = (clientId: string): App => found(state.apps.get(clientId), `app ${clientId}`);
  const userOf = (name: string): User => found(state.users.get(name.toLowerCase()), `user ${name}`);
  const directory: Directory = {
    addSecret: ({ clientId, expiresAtMs = nowMs() + yearInMs }) => {
      const app = appOf(clientId);
      const value = randomBytes(30).toString('base64url');
      app.secrets = [...app.secrets, { value, expiresAtMs }];
      return value;
    },
    removeSecrets: (clientId) => {
      appOf(clientId).secrets = [];
    },
    addCertificate: ({ clientId, certificatePem }) => {
      const app = appOf(clientId);
      app.certificates = [...app.certificates, certificateOf(certificatePem)];
    },
    removeCertificates: (clientId) => {
      appOf(clientId).certificates = [];
    },
    addRedirectUri: ({ clientId, uri }) => {
      const app = appOf(clientId);
      app.redirectUris = [...app.redirectUris, uri];
    },
    trustIdentity: ({ clientId, identityClientId }) => {
      const app = appOf(clientId);
      app.federatedCredentials = [...app.federatedCredentials, trustOf(url, app.tenantId, identityClientId)];
    },
    removeFederatedCredentials: (clientId) => {
      appOf(clientId).federatedCredentials = [];
    },
    assignRoles: ({ clientId, audience, roles }) => {
      state.roles.set(roleKey(clientId, audience), roles);
    },
    revokeUser: (userName) => {
      userOf(userName).tokensValidFromMs = nowMs() + 1;
    },
    revokeSession: (refreshToken) => {
      state.revokedSessions.add(found(state.refreshTokens.get(refreshToken), 'refresh token').sessionId);
    },
    revokeConsent: ({ clientId, userName }) => {
      state.consents.delete(consentKey(clientId, userName));
    },
    demandMfa: (userName, demand) => {
      userOf(userName).mfaDemand = demand;
    },
    issueRefreshToken: ({ clientId, userName, mfa = userOf(userName).mfa }) => {
      const { tenantId } = userOf(userName);
      state.consents.add(consentKey(appOf(clientId).clientId, userName));
      return keepRefreshToken(state, {
        ...{ clientId, userName, tenantId, mfa, offline: true, sessionId: randomUUID() },
        ...{ resource: PARTNER_CENTER, scopes: ['user_impersonation'], issuedAtMs: nowMs() },
      });
    },
  };
  return { state, directory };
}

/** A new refresh token for the grant; those before it stay good. */
export function keepRefreshToken(state: DirectoryState, grant: Grant): string {
  const token = `1.${randomBytes(96).toString('base64url')}`;
  state.refreshTokens.set(token, grant);
  return token;
}

function stateOf(seed: EntraSeed, url: string): DirectoryState {
  return {
    tenantIds: new Set(seed.tenantIds),
    apps: new Map(seed.apps.map((app) => [app.clientId, newApp(app, url)])),
    users: new Map(
      seed.users.map((user) => [
        user.userName.toLowerCase(),
        { ...user, tokensValidFromMs: Number.NEGATIVE_INFINITY, mfaDemand: null },
      ]),
    ),
    resources: seed.resources,
    codes: new Map(),
    refreshTokens: new Map(),
    consents: new Set(),
    revokedSessions: new Set(),
    roles: new Map(),
  };
}

function newApp({ trustedIdentities, ...app }: SeedApp, url: string): App {
  const federatedCredentials = trustedIdentities.map((identity) => trustOf(url, app.tenantId, identity));
  return { ...app, secrets: [], certificates: [], federatedCredentials };
}

/** Source: "Configure an application to trust a managed identity": the tenant's issuer, the identity's object id. */
function trustOf(url: string, tenantId: string, identityClientId: string): FederatedCredential {
  return {
    issuer: `${url}/${tenantId}/v2.0`,
    subject: objectIdOf(identityClientId),
    audience: TOKEN_EXCHANGE,
  };
}

function certificateOf(pem: string): App['certificates'][number] {
  const certificate = new X509Certificate(pem);
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  return {
    sha1: thumbprint('sha1'),
    sha256: thumbprint('sha256'),
    publicKey: certificate.publicKey,
    expiresAtMs: Date.parse(certificate.validTo),
  };
}

function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) {
    throw new Error(`The directory has no ${what}.`);
  }
  return thing;
}
