import type { SecretReader } from '../secrets/secretReader.ts';
import type { Teller } from '../service/teller.ts';
import { readSecrets } from './readSecrets.ts';
import { type Received, receiveDelivery } from './receiveDelivery.ts';
import { tellWebhook } from './webhookEvent.ts';

/** What a delivery came to, or that its secret cannot be had now. */
export type Opened = Received | { readonly kind: 'noSecret' };

const WANTS_SECRET: ReadonlySet<unknown> = new Set(['no_matching_secret', 'no_usable_secret']);

/**
 * Receives a delivery with its source's secret from Key Vault. What is wrong without any secret is answered without
 * asking the vault; where the secret does not fit, it is read once more, because it may have been rotated.
 */
export async function openDelivery(
  secrets: SecretReader,
  input: Omit<Parameters<typeof receiveDelivery>[0], 'secretText'>,
  teller: Teller,
): Promise<Opened> {
  const { source } = input;
  const without = receiveDelivery({ ...input, secretText: '' });
  if (source === null || without.kind !== 'answer' || !WANTS_SECRET.has(without.because)) return without;
  const tellProblem = (code: string, message: string) =>
    tellWebhook(teller, 'error', 'WebhookSecretProblem', { source: source.name, code, message });
  const read = await secrets.read(source.secretName);
  if (!read.ok) {
    tellProblem(read.failure.code, read.failure.message);
    return { kind: 'noSecret' };
  }
  if (read.isStale)
    tellProblem('secret_stale', 'Key Vault could not be asked; the secret read before is used');
  const first = receiveDelivery({ ...input, secretText: read.value });
  if (!isUnfit(first)) {
    tellUnusable(read.value);
    return first;
  }
  const fresh = await secrets.refresh(source.secretName, read.version);
  if (!fresh.ok) {
    tellProblem(fresh.failure.code, fresh.failure.message);
    return { kind: 'noSecret' };
  }
  tellUnusable(fresh.value);
  return fresh.version === read.version ? first : receiveDelivery({ ...input, secretText: fresh.value });

  function tellUnusable(text: string): void {
    const unusable = source === null ? 0 : readSecrets(source.authentication.type, text).unusable;
    if (unusable > 0) tellProblem('secret_unusable', `${unusable} parts of the secret cannot be used`);
  }
}

function isUnfit(received: Received): boolean {
  return received.kind === 'answer' && WANTS_SECRET.has(received.because);
}
