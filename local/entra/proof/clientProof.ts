import { timingSafeEqual } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import type { App } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import type { TokenForm } from '../http/tokenForm.ts';
import { checkCertificateAssertion } from './certificateAssertion.ts';
import { checkFederatedAssertion } from './federatedAssertion.ts';

/** By what a client proved to be the app. */
export type ProofKind = 'secret' | 'certificate' | 'federated';

export type ClientProof =
  | { readonly ok: true; readonly kind: ProofKind }
  | { readonly ok: false; readonly refusal: EntraRefusal };

/** What a proof is checked against. */
export interface ProofContext {
  readonly app: App;
  /** The address that a client assertion must be for, in each of its spellings. */
  readonly audiences: readonly string[];
  readonly nowMs: number;
  readonly keySet: Parameters<typeof checkFederatedAssertion>[1]['keySet'];
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Whether the request comes from the app: by its secret, or by an assertion (RFC 7523, 2.2). */
export async function proveClient(form: TokenForm, context: ProofContext): Promise<ClientProof> {
  const secret = form.get('client_secret');
  if (secret !== null) {
    return answerOf('secret', checkSecret(secret, context));
  }
  const assertion = form.get('client_assertion');
  if (assertion === null) {
    return answerOf('secret', refuse(7000218));
  }
  if (form.get('client_assertion_type') !== assertionType) {
    return answerOf('certificate', refuse(50027, 'The client_assertion_type is not jwt-bearer.'));
  }
  const header = headerOf(assertion);
  if (header === null) {
    return answerOf('certificate', refuse(50027));
  }
  const isCertificate = 'x5t' in header || 'x5t#S256' in header;
  return isCertificate
    ? answerOf('certificate', await checkCertificateAssertion(assertion, header, context))
    : answerOf('federated', await checkFederatedAssertion(assertion, context));
}

function answerOf(kind: ProofKind, refusal: EntraRefusal | null): ClientProof {
  return refusal === null ? { ok: true, kind } : { ok: false, refusal };
}

function checkSecret(shown: string, { app, nowMs }: ProofContext): EntraRefusal | null {
  const secret = app.secrets.find(({ value }) => isSameText(value, shown));
  if (secret === undefined) {
    return refuse(7000215, `Ensure the secret is the client secret value, for app '${app.clientId}'.`);
  }
  return secret.expiresAtMs > nowMs ? null : refuse(7000222, `They are those of app '${app.clientId}'.`);
}

function isSameText(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

function headerOf(assertion: string): Readonly<Record<string, unknown>> | null {
  try {
    return { ...decodeProtectedHeader(assertion) };
  } catch {
    return null;
  }
}
