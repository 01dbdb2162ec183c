import { explainVaultError } from '../secrets/explainVaultError.ts';
import { type FetchParts, fetchWithin } from '../secrets/fetchWithin.ts';
import type { SecretWriter } from '../secrets/secretWriter.ts';
import type { SignInFailure } from './signInFailure.ts';

/** A refresh token as Key Vault keeps it. */
export interface StoredToken {
  readonly token: string;
  readonly version: string;
  /** When Entra gave it out, as far as the vault's tags tell; else when it was stored. */
  readonly redeemedAtMs: number;
  readonly writtenAtMs: number;
  /** Whose it is, for people; empty where nobody wrote it down. */
  readonly user: string;
}

type ReadToken =
  | { readonly ok: true; readonly stored: StoredToken }
  | { readonly ok: false; readonly failure: SignInFailure };

type WroteToken =
  | { readonly ok: true; readonly stored: StoredToken }
  | { readonly ok: false; readonly failure: SignInFailure };

/** The one secret of an account's refresh token. Nothing here rejects. */
export interface RefreshTokenStore {
  /** Always the newest version, past any cache. */
  read(): Promise<ReadToken>;
  /** Adds a version. Where the answer was lost a repeat adds one more of the same value, which does no harm. */
  write(token: {
    readonly token: string;
    readonly redeemedAtMs: number;
    readonly user: string;
  }): Promise<WroteToken>;
  /** Disables versions other than `keptVersion` that are old; a token that was replaced works on until then. */
  retireOld(keptVersion: string): Promise<void>;
}

/** A version that was replaced stays enabled for so long: somebody may still hold it, or want it back. */
const RETIRED_AFTER_MS = 7 * 86_400_000;

/** Versions disabled at one time; the next write goes on. */
const MAX_RETIRED = 20;

/** One write to the vault, signing in included. */
const WRITE_LIMIT_IN_MS = 10_000;

/** The refresh token in the secret `name`. */
export function createRefreshTokenStore(
  name: string,
  vault: FetchParts & { readonly writer: SecretWriter },
): RefreshTokenStore {
  const { clock, writer } = vault;
  return {
    read: async () => {
      const outcome = await fetchWithin(name, vault);
      if (!outcome.ok) {
        return { ok: false, failure: readFailure(outcome.fault, name) };
      }
      const { value, version, facts } = outcome.secret;
      const writtenAtMs = instantOf(facts.tags['writtenAt']) ?? facts.createdAtMs ?? clock.now();
      const redeemedAtMs = instantOf(facts.tags['redeemedAt']) ?? writtenAtMs;
      const user = facts.tags['user'] ?? '';
      return { ok: true, stored: { token: value.trim(), version, redeemedAtMs, writtenAtMs, user } };
    },
    write: async ({ token, redeemedAtMs, user }) => {
      const writtenAtMs = clock.now();
      const tags = {
        writtenAt: new Date(writtenAtMs).toISOString(),
        redeemedAt: new Date(redeemedAtMs).toISOString(),
        user: user.slice(0, 256),
        by: 'intermission',
      };
      try {
        const version = await within((signal) => writer.set(name, { value: token, tags }, signal));
        return { ok: true, stored: { token, version, redeemedAtMs, writtenAtMs, user } };
      } catch (error) {
        const { failure, isTransient } = explainVaultError(error, name, clock.now(), 'write');
        return {
          ok: false,
          failure: { ...failure, retryable: isTransient || failure.code === 'vault_throttled' },
        };
      }
    },
    retireOld: async (keptVersion) => {
      try {
        const versions = await within((signal) => writer.versions(name, signal));
        const old = versions.filter(
          ({ version, isEnabled, createdAtMs }) =>
            isEnabled && version !== keptVersion && clock.now() - createdAtMs >= RETIRED_AFTER_MS,
        );
        for (const { version } of old.slice(0, MAX_RETIRED)) {
          await within((signal) => writer.disable(name, version, signal));
        }
      } catch {
        // They stay readable until the next write tries again; the token in use is not touched by it.
      }
    },
  };
}

function readFailure(
  {
    failure,
    isTransient,
  }: {
    readonly failure: { readonly code: SignInFailure['code']; readonly message: string };
    readonly isTransient: boolean;
  },
  name: string,
): SignInFailure {
  return failure.code === 'secret_not_found'
    ? {
        code: 'refresh_token_missing',
        message: `Key Vault has no refresh token in the secret ${name}; let the Insights user consent`,
        retryable: false,
      }
    : { ...failure, retryable: isTransient || failure.code === 'vault_throttled' };
}

function instantOf(text: string | undefined): number | null {
  const atMs = Date.parse(text ?? '');
  return Number.isNaN(atMs) ? null : atMs;
}

/** A managed identity that never answers heeds no signal, so the time is kept here too. */
async function within<Value>(call: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const signal = AbortSignal.timeout(WRITE_LIMIT_IN_MS);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return await Promise.race([call(signal), late]);
}
