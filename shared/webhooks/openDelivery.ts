import type { RefusalSums } from '../telemetry/refusalSums.ts';
import type { Teller } from '../telemetry/teller.ts';
import { runInSlices } from '../time/steps.ts';
import { readSecrets } from './readSecrets.ts';
import { type Received, type ReceiveInput, receiveInSteps } from './receiveDelivery.ts';
import { verifyEntraDelivery } from './verifyEntraDelivery.ts';
import { tellWebhook } from './webhookEvent.ts';
import type { WebhookParts } from './webhookParts.ts';
import type { EntraAuthentication, WebhookSource } from './webhookSource.ts';

/** What a delivery came to, or that what it is proven by, a secret or Entra's keys, cannot be had now. */
export type Opened = Received | { readonly kind: 'noSecret' };

type Input = Omit<ReceiveInput, 'secretText' | 'byEntra'>;

type Parts = Pick<WebhookParts, 'secrets' | 'verifyEntra' | 'refusals'> & {
  readonly parts: Pick<WebhookParts['parts'], 'giveWay'>;
};

const WANTS_SECRET: ReadonlySet<unknown> = new Set(['no_matching_secret', 'no_usable_secret']);

/**
 * Receives a delivery with its source's secret from Key Vault. What is wrong without any secret is answered without
 * asking the vault; where the secret does not fit, it is read once more, because it may have been rotated.
 */
export async function openDelivery(
  { secrets, verifyEntra, refusals, parts }: Parts,
  input: Input,
  teller: Teller,
): Promise<Opened> {
  const { source } = input;
  const receive = (one: ReceiveInput) => runInSlices(receiveInSteps(one), parts.giveWay);
  if (source?.authentication.type === 'entra') {
    return openByEntra({ ...input, source }, source.authentication, {
      verifyEntra,
      refusals,
      teller,
      receive,
    });
  }
  const without = await receive({ ...input, secretText: '' });
  if (source?.secretName == null || without.kind !== 'answer' || !WANTS_SECRET.has(without.because)) {
    return without;
  }
  const {
    secretName,
    authentication: { type },
  } = source;
  const tellProblem = (code: string, message: string) =>
    tellSecretProblem(refusals, teller, { source: source.name, code, message });
  const read = await secrets.read(secretName);
  if (!read.ok) {
    tellProblem(read.failure.code, read.failure.message);
    return { kind: 'noSecret' };
  }
  if (read.isStale)
    tellProblem('secret_stale', 'Key Vault could not be asked; the secret read before is used');
  const first = await receive({ ...input, secretText: read.value });
  if (!isUnfit(first)) {
    tellUnusable(read.value);
    return first;
  }
  const fresh = await secrets.refresh(secretName, read.version);
  if (!fresh.ok) {
    tellProblem(fresh.failure.code, fresh.failure.message);
    return { kind: 'noSecret' };
  }
  tellUnusable(fresh.value);
  return fresh.version === read.version ? first : receive({ ...input, secretText: fresh.value });

  function tellUnusable(text: string): void {
    const { unusable } = readSecrets(type, text);
    if (unusable > 0) tellProblem('secret_unusable', `${unusable} parts of the secret cannot be used`);
  }
}

/** The same where Entra vouches for the sender; whatever is wrong without a token is answered without looking at it. */
async function openByEntra(
  input: Input & { readonly source: WebhookSource },
  authentication: EntraAuthentication,
  {
    verifyEntra,
    refusals,
    teller,
    receive,
  }: Pick<WebhookParts, 'verifyEntra' | 'refusals'> & {
    readonly teller: Teller;
    readonly receive: (one: ReceiveInput) => Promise<Received>;
  },
): Promise<Opened> {
  const without = await receive({ ...input, secretText: '' });
  if (without.kind !== 'answer' || without.because !== 'no_token') return without;
  const byEntra = await verifyEntraDelivery(input.delivery, authentication, verifyEntra);
  if (byEntra !== 'unreachable') return receive({ ...input, secretText: '', byEntra });
  const message = 'Entra could not be asked for its keys, so no token can be verified';
  const facts = { source: input.source.name, code: 'sign_in_unavailable', message };
  tellSecretProblem(refusals, teller, facts);
  return { kind: 'noSecret' };
}

/** Whoever knows the address can set it off, so that one line a minute tells of each kind. */
function tellSecretProblem(
  refusals: RefusalSums,
  teller: Teller,
  facts: { readonly source: string; readonly code: string; readonly message: string },
): void {
  const count = refusals.count(`${facts.source} ${facts.code}`);
  if (count !== null) {
    tellWebhook(teller, 'error', 'WebhookSecretProblem', { ...facts, count });
  }
}

function isUnfit(received: Received): boolean {
  return received.kind === 'answer' && WANTS_SECRET.has(received.because);
}
