import type { Clock } from '../time/clock.ts';
import type { Granted } from './confidentialApp.ts';
import type { RefreshTokenStore, StoredToken } from './refreshTokenStore.ts';
import { classOfSignIn, type SignInFailure } from './signInFailure.ts';

/** The newest refresh token that this process got, and which stored version it came from. */
interface Newest {
  readonly token: string;
  readonly redeemedAtMs: number;
  readonly user: string;
  readonly basedOn: string;
}

/** What became of a write-back. */
type WrittenBack =
  | { readonly kind: 'written' }
  /** There is nothing newer than what is stored, or somebody else stored something meanwhile. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly failure: SignInFailure };

/** What is known in this process, for people who look after the sign-in. */
export interface KeeperState {
  readonly stored: StoredToken | null;
  readonly lastRedeemedAtMs: number | null;
  readonly writeBackFailure: SignInFailure | null;
  /** When the app's own secret or certificate ends; null where nothing does, or nothing says so. */
  readonly proofExpiresAtMs: number | null;
}

/**
 * Keeps an account's refresh token alive. Entra gives a new one at each redemption, and the old one goes on for 90 days
 * from its own beginning: so the newest must get back into the vault now and then.
 */
export interface RefreshTokenKeeper {
  /** Redeems what is stored; the newest that this process has where that is refused, or the vault is out of reach. */
  redeem(): Promise<Granted>;
  isWriteBackDue(): boolean;
  /** Stores the newest. Only for whoever holds the account's lease. */
  writeBack(): Promise<WrittenBack>;
  state(): KeeperState;
}

/** An hour less than the day that the stored token may grow old. */
const WRITE_BACK_AFTER_MS = 23 * 3_600_000;

/** What a stored instant may lie ahead of our clock before it is taken for wrong. */
const CLOCK_MARGIN_IN_MS = 3_600_000;

/** Keeps the token of one account in this process. */
export function createRefreshTokenKeeper(parts: {
  readonly store: RefreshTokenStore;
  readonly redeemToken: (refreshToken: string) => Promise<Granted>;
  readonly clock: Pick<Clock, 'now'>;
}): RefreshTokenKeeper {
  const { store, clock } = parts;
  let stored: StoredToken | null = null;
  let newest: Newest | null = null;
  let refusedVersion: string | null = null;
  let lastRedeemedAtMs: number | null = null;
  let writeBackFailure: SignInFailure | null = null;
  let proofExpiresAtMs: number | null = null;

  const redeemOne = async (token: string, basedOn: string): Promise<Granted> => {
    const granted = await parts.redeemToken(token);
    if (granted.ok) {
      const redeemedAtMs = clock.now();
      const { refreshToken, user } = granted.tokens;
      lastRedeemedAtMs = redeemedAtMs;
      proofExpiresAtMs = granted.proofExpiresAtMs;
      newest = { token: refreshToken ?? token, redeemedAtMs, user, basedOn };
    }
    return granted;
  };

  /** Whoever stored another token, or took it away, wants ours to be used no longer. */
  const forgetUnlessFrom = (version: string | null): Newest | null => {
    if (newest?.basedOn !== version) {
      newest = null;
    }
    return newest;
  };

  const redeem = async (): Promise<Granted> => {
    const read = await store.read();
    if (!read.ok) {
      const own = classOfSignIn(read.failure.code).endsValue ? forgetUnlessFrom(null) : newest;
      return own === null ? read : redeemOne(own.token, own.basedOn);
    }
    stored = read.stored;
    const own = forgetUnlessFrom(stored.version);
    const granted = await redeemOne(stored.token, stored.version);
    if (granted.ok || !classOfSignIn(granted.failure.code).refusesToken) {
      return granted;
    }
    refusedVersion = stored.version;
    if (own === null || own.token === stored.token) {
      return granted;
    }
    const second = await redeemOne(own.token, own.basedOn);
    return second.ok ? second : granted;
  };

  const writeBack = async (): Promise<WrittenBack> => {
    const read = await store.read();
    if (!read.ok) {
      if (classOfSignIn(read.failure.code).endsValue) {
        newest = null;
      }
      return read.failure.code === 'refresh_token_missing' ? nothing : failed(read.failure);
    }
    stored = read.stored;
    // The answer of an earlier write was lost.
    const isStoredAlready = newest?.token === stored.token;
    const candidate = isStoredAlready ? null : forgetUnlessFrom(stored.version);
    if (candidate === null) {
      newest = isStoredAlready && newest !== null ? { ...newest, basedOn: stored.version } : newest;
      writeBackFailure = null;
      return nothing;
    }
    const written = await store.write(candidate);
    if (!written.ok) {
      return failed(written.failure);
    }
    const { version } = written.stored;
    stored = written.stored;
    newest = newest?.basedOn === candidate.basedOn ? { ...newest, basedOn: version } : newest;
    writeBackFailure = null;
    await store.retireOld(version);
    return { kind: 'written' };
  };

  const failed = (failure: SignInFailure): WrittenBack => {
    writeBackFailure = failure;
    return { kind: 'failed', failure };
  };

  const isWriteBackDue = () => {
    if (newest === null || stored === null || newest.token === stored.token) {
      return false;
    }
    const ageInMs = clock.now() - stored.redeemedAtMs;
    return (
      refusedVersion === stored.version || ageInMs >= WRITE_BACK_AFTER_MS || ageInMs < -CLOCK_MARGIN_IN_MS
    );
  };

  return {
    redeem,
    isWriteBackDue,
    writeBack,
    state: () => ({ stored, lastRedeemedAtMs, writeBackFailure, proofExpiresAtMs }),
  };
}

const nothing: WrittenBack = { kind: 'nothing' };
