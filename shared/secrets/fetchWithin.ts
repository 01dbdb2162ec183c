import { backOffInMs } from '../time/backOff.ts';
import type { Clock } from '../time/clock.ts';
import { explainVaultError, type VaultFault } from './explainVaultError.ts';
import type { SecretLimits } from './secretLimits.ts';
import type { FetchedSecret, FetchSecret } from './secretVault.ts';

export type FetchOutcome =
  | { readonly ok: true; readonly secret: FetchedSecret }
  | { readonly ok: false; readonly fault: VaultFault };

/** What a read is made with. */
export interface FetchParts {
  readonly fetchSecret: FetchSecret;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: SecretLimits;
}

/** Reads until it succeeds, fails for a reason that lasts, or has been tried often enough. Never rejects. */
export async function fetchWithin(name: string, parts: FetchParts): Promise<FetchOutcome> {
  const { limits, clock, random } = parts;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await fetchOnce(name, parts);
    if (outcome.ok || !outcome.fault.isTransient || attempt >= limits.maxAttempts) {
      return outcome;
    }
    await clock.sleep(backOffInMs(attempt, limits, random), new AbortController().signal);
  }
}

async function fetchOnce(name: string, parts: FetchParts): Promise<FetchOutcome> {
  const { clock, limits } = parts;
  const over = new AbortController();
  const answered = new AbortController();
  // The race and not the signal alone: a managed identity that never answers heeds no signal.
  const tooLate = clock.sleep(limits.attemptInMs, answered.signal).then((): FetchOutcome => {
    over.abort();
    return { ok: false, fault: noAnswer(name, limits.attemptInMs) };
  });
  const read = parts.fetchSecret(name, over.signal).then(
    (secret): FetchOutcome =>
      secret.value === '' ? { ok: false, fault: isEmpty(name) } : { ok: true, secret },
    (error: unknown): FetchOutcome => ({ ok: false, fault: explainVaultError(error, name, clock.now()) }),
  );
  try {
    return await Promise.race([read, tooLate]);
  } finally {
    answered.abort();
  }
}

function noAnswer(name: string, limitInMs: number): VaultFault {
  return {
    failure: {
      code: 'vault_unavailable',
      message: `the vault did not answer within ${limitInMs / 1000} s when asked for ${name}`,
    },
    isTransient: true,
    retryAfterInMs: null,
  };
}

function isEmpty(name: string): VaultFault {
  return {
    failure: { code: 'secret_not_found', message: `the secret ${name} has an empty value` },
    isTransient: false,
    retryAfterInMs: null,
  };
}
