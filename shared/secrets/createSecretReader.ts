import { type FetchOutcome, type FetchParts, fetchWithin } from './fetchWithin.ts';
import { classOfSecret, type SecretAnswer, type SecretFailure, type SecretReader } from './secretReader.ts';
import { isWithin, type Span } from './span.ts';

/** A value and how long it is good. */
interface Kept {
  readonly value: string;
  readonly version: string;
  readonly readAtMs: number;
  readonly freshForInMs: number;
}

/** Until when the vault is not asked, and what to answer so long. */
interface Standing {
  readonly failure: SecretFailure;
  readonly span: Span;
}

/** What is known of one secret. */
interface Entry {
  readonly name: string;
  kept: Kept | null;
  standing: Standing | null;
  reading: Promise<SecretAnswer> | null;
}

const namePattern = /^[0-9a-zA-Z-]{1,127}$/;

/**
 * Keeps the values it has read, reads each again after its time, and gives the old value, marked as stale and for a
 * bounded time, while the vault cannot be asked.
 */
export function createSecretReader(parts: FetchParts): SecretReader {
  const { clock, limits, random } = parts;
  const entries = new Map<string, Entry>();
  let throttled: Standing | null = null;

  const entryOf = (name: string): Entry => {
    const key = name.toLowerCase();
    const entry = entries.get(key) ?? { name, kept: null, standing: null, reading: null };
    entries.set(key, entry);
    return entry;
  };

  const keep = (entry: Entry, outcome: FetchOutcome): SecretAnswer => {
    const nowMs = clock.now();
    if (outcome.ok) {
      const freshForInMs = limits.freshForInMs * (0.9 + 0.2 * random());
      const { value, version } = outcome.secret;
      entry.kept = { value, version, readAtMs: nowMs, freshForInMs };
      entry.standing = null;
      return { ok: true, value, version, isStale: false };
    }
    const { failure, retryAfterInMs } = outcome.fault;
    const asked = Math.min(retryAfterInMs ?? 0, limits.retryAfterCapInMs);
    const lengthInMs = Math.max(asked, limits.failureStandsForInMs);
    entry.standing = { failure, span: { fromMs: nowMs, lengthInMs } };
    if (failure.code === 'vault_throttled') {
      throttled = entry.standing;
    }
    if (classOfSecret(failure.code).endsValue) {
      entry.kept = null;
    }
    return { ok: false, failure };
  };

  const readOnce = async (entry: Entry): Promise<SecretAnswer> => {
    try {
      return keep(entry, await fetchWithin(entry.name, parts));
    } finally {
      entry.reading = null;
    }
  };

  /** One read for many callers, and none while a failure stands. */
  const readVault = async (entry: Entry): Promise<SecretAnswer> => {
    for (const standing of [throttled, entry.standing]) {
      if (standing !== null && isWithin(clock.now(), standing.span)) {
        return { ok: false, failure: standing.failure };
      }
    }
    entry.reading ??= readOnce(entry);
    return entry.reading;
  };

  const keptFor = (kept: Kept | null, lengthInMs: number): Kept | null =>
    kept !== null && isWithin(clock.now(), { fromMs: kept.readAtMs, lengthInMs }) ? kept : null;

  const read = async (name: string): Promise<SecretAnswer> => {
    if (!namePattern.test(name)) {
      return noSuchName();
    }
    const entry = entryOf(name);
    const fresh = keptFor(entry.kept, entry.kept?.freshForInMs ?? 0);
    if (fresh !== null) {
      return { ok: true, value: fresh.value, version: fresh.version, isStale: false };
    }
    const answer = await readVault(entry);
    const stale = answer.ok ? null : keptFor(entry.kept, limits.staleForInMs);
    return stale === null ? answer : { ok: true, value: stale.value, version: stale.version, isStale: true };
  };

  return {
    read,
    refresh: async (name, refusedVersion) => {
      const entry = entries.get(name.toLowerCase());
      const isReadSince = entry !== undefined && entry.kept !== null && entry.kept.version !== refusedVersion;
      if (entry === undefined || isReadSince || keptFor(entry.kept, limits.refreshEveryInMs) !== null) {
        return read(name);
      }
      return readVault(entry);
    },
  };
}

function noSuchName(): SecretAnswer {
  const message = 'the name of a secret is 1 to 127 letters, digits and hyphens';
  return { ok: false, failure: { code: 'secret_not_found', message } };
}
