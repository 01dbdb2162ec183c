// Runs in a process of its own, because Node reads NODE_EXTRA_CA_CERTS only at its start.
import { createHash, X509Certificate } from 'node:crypto';
import {
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node';
import { z } from 'zod';
import { type ClientProofCall, type EntraCall, sentEntraCallSchema } from './entraCalls.ts';

const { AUTHORITY_HOST = '' } = process.env;
const identity = new ManagedIdentityCredential();
const assertionOfIdentity = async () =>
  (await identity.getToken('api://AzureADTokenExchange/.default')).token;

interface AppAccess {
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: ClientProofCall;
}

async function perform(call: EntraCall): Promise<unknown> {
  switch (call.do) {
    case 'appToken':
      return credentialFor(call).getToken(call.scope);
    case 'identityToken':
      return identity.getToken(call.scope);
    case 'refresh': {
      const client = clientFor(call);
      const { refreshToken, scope } = call;
      const answer = await client.acquireTokenByRefreshToken({
        refreshToken,
        scopes: [scope],
        forceCache: true,
      });
      return { ...summaryOf(answer), refreshToken: refreshTokenOf(client) };
    }
    case 'authorizeUrl': {
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
      const url = await clientFor(call).getAuthCodeUrl({
        ...{
          scopes: [call.scope],
          redirectUri: call.redirectUri,
          state: 'a state',
          prompt: 'select_account',
        },
        ...{ codeChallenge: challenge, codeChallengeMethod: 'S256' },
      });
      return { url, verifier };
    }
    case 'redeemCode': {
      const client = clientFor(call);
      const { code, verifier, redirectUri, scope } = call;
      const answer = await client.acquireTokenByCode({
        ...{ code, redirectUri, codeVerifier: verifier, scopes: [scope] },
      });
      return { ...summaryOf(answer), refreshToken: refreshTokenOf(client) };
    }
  }
}

function credentialFor({ tenantId, clientId, proof }: AppAccess): TokenCredential {
  const options = { authorityHost: AUTHORITY_HOST, disableInstanceDiscovery: true };
  switch (proof.by) {
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, proof.secret, options);
    case 'certificate': {
      const certificate = `${proof.privateKey}\n${proof.certificate}`;
      return new ClientCertificateCredential(tenantId, clientId, { certificate }, options);
    }
    case 'identity':
      return new ClientAssertionCredential(tenantId, clientId, assertionOfIdentity, options);
  }
}

function clientFor({ tenantId, clientId, proof }: AppAccess): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      authority: `${AUTHORITY_HOST}/${tenantId}`,
      knownAuthorities: [new URL(AUTHORITY_HOST).host],
      ...msalProof(proof),
    },
  });
}

function msalProof(proof: ClientProofCall) {
  switch (proof.by) {
    case 'secret':
      return { clientSecret: proof.secret };
    case 'certificate': {
      const { raw } = new X509Certificate(proof.certificate);
      const thumbprintSha256 = createHash('sha256').update(raw).digest('hex');
      return { clientCertificate: { thumbprintSha256, privateKey: proof.privateKey } };
    }
    case 'identity':
      return { clientAssertion: assertionOfIdentity };
  }
}

function summaryOf(answer: Awaited<ReturnType<ConfidentialClientApplication['acquireTokenByCode']>> | null) {
  return {
    accessToken: answer?.accessToken,
    scopes: answer?.scopes,
    userName: answer?.account?.username,
    tenantId: answer?.tenantId,
  };
}

const cacheSchema = z.object({ RefreshToken: z.record(z.string(), z.object({ secret: z.string() })) });

function refreshTokenOf(client: ConfidentialClientApplication): string | undefined {
  const cache = cacheSchema.parse(JSON.parse(client.getTokenCache().serialize()));
  return Object.values(cache.RefreshToken)[0]?.secret;
}

const errorSchema = z.object({ name: z.string(), message: z.string() });

process.on('message', (raw) => {
  const { id, call } = sentEntraCallSchema.parse(raw);
  perform(call).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: errorSchema.parse(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ id: 0 });
