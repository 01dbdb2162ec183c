import { createHmac, timingSafeEqual } from 'node:crypto';
import { asLedgerError, type LedgerError } from '../ledger/ledgerError.ts';
import type { Clock } from '../time/clock.ts';
import { keptFor } from '../time/keptFor.ts';
import type { RunStore } from './runStore.ts';

/** What opens the status of one run without any other credentials. */
export interface StatusTokens {
  /** The token of a run: 256 bits in base64url. @throws LedgerError where the key cannot be had. */
  make(runId: string): Promise<string>;
  /**
   * Whether the token is this run's. Told by the key alone, so that whoever makes tokens up costs no storage.
   * @throws LedgerError where the key cannot be had.
   */
  opens(runId: string, token: string): Promise<boolean>;
}

/** All instances share the key; one that was deleted is noticed after so long. */
const KEY_KEPT_IN_MS = 600_000;

/** After a failure the storage is left alone for so long. */
const FAILURE_KEPT_IN_MS = 5_000;

const TOKEN = /^[\w-]{43}$/;

type Key =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly error: LedgerError };

/** Tokens are the run's id, sealed (HMAC-SHA256) with a key that the storage keeps. */
export function createStatusTokens(
  store: Pick<RunStore, 'statusKey'>,
  clock: Pick<Clock, 'now'>,
): StatusTokens {
  const readKey = async (): Promise<Key> => {
    try {
      return { ok: true, bytes: Buffer.from(await store.statusKey(), 'base64') };
    } catch (error) {
      return { ok: false, error: asLedgerError(error) };
    }
  };
  const recentKey = keptFor(clock, KEY_KEPT_IN_MS, readKey, (key) => (key.ok ? null : FAILURE_KEPT_IN_MS));
  const seal = async (runId: string): Promise<Buffer> => {
    const key = await recentKey();
    if (!key.ok) throw key.error;
    return createHmac('sha256', key.bytes).update(`status|${runId}`).digest();
  };
  return {
    make: async (runId) => (await seal(runId)).toString('base64url'),
    opens: async (runId, token) => {
      // What can be no token of ours asks for no key.
      if (!TOKEN.test(token)) return false;
      const given = Buffer.from(token, 'base64url');
      const sealed = await seal(runId);
      return given.byteLength === sealed.byteLength && timingSafeEqual(given, sealed);
    },
  };
}
