import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import type { NodeAuthOptions } from '@azure/msal-node';
import type { AppRegistration } from '../model/signIn.ts';
import type { FetchOutcome } from '../secrets/fetchWithin.ts';
import { identityAssertion } from './federatedApp.ts';
import type { OpenIdentity } from './managedIdentity.ts';
import type { SignInFailure } from './signInFailure.ts';

/** How the app registration proves itself in one call of MSAL, and when that ends. */
export type AppProof =
  | {
      readonly ok: true;
      readonly auth: Pick<NodeAuthOptions, 'clientAssertion' | 'clientCertificate' | 'clientSecret'>;
      /** When the secret or certificate ends, epoch milliseconds; null where nothing does, or nothing says so. */
      readonly expiresAtMs: number | null;
    }
  | { readonly ok: false; readonly failure: SignInFailure };

/** Reads the newest value of a secret. Never rejects. */
export type ReadSecret = (name: string) => Promise<FetchOutcome>;

/** Makes the proof: the managed identity's assertion, or what Key Vault holds. Never rejects; the assertion may. */
export async function proveApp(options: {
  readonly app: AppRegistration;
  readonly credential: OpenIdentity;
  readonly readSecret: ReadSecret;
}): Promise<AppProof> {
  const { app } = options;
  if (app.credential.kind === 'managedIdentity') {
    const clientAssertion = identityAssertion(options.credential, app.authorityHost);
    return { ok: true, auth: { clientAssertion }, expiresAtMs: null };
  }
  const read = await options.readSecret(app.credential.secretName);
  if (!read.ok) {
    return { ok: false, failure: { ...read.fault.failure, retryable: read.fault.isTransient } };
  }
  const expiresAtMs = read.secret.facts.expiresAtMs;
  // From a file comes its last line break, which no secret has.
  return app.credential.kind === 'secret'
    ? { ok: true, auth: { clientSecret: read.secret.value.trim() }, expiresAtMs }
    : certificateProof(read.secret.value, app.credential.secretName);
}

/** A certificate and its key as Key Vault keeps them in PEM. Pure. */
function certificateProof(pem: string, name: string): AppProof {
  try {
    const [chain = ''] = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.exec(pem) ?? [];
    const [key = ''] =
      /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC )?PRIVATE KEY-----/.exec(pem) ??
      [];
    const certificate = new X509Certificate(chain);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) {
      return unusable(name);
    }
    const thumbprintSha256 = createHash('sha256').update(certificate.raw).digest('hex').toUpperCase();
    return {
      ok: true,
      auth: { clientCertificate: { thumbprintSha256, privateKey: key, x5c: chain } },
      expiresAtMs: Date.parse(certificate.validTo),
    };
  } catch {
    return unusable(name);
  }
}

function unusable(name: string): AppProof {
  const message = `the secret ${name} is no certificate with its private key in PEM; make the certificate with the content type PEM`;
  return { ok: false, failure: { code: 'app_certificate_unusable', message, retryable: false } };
}
