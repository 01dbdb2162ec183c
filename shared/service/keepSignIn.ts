import { asLedgerError } from '../ledger/ledgerError.ts';
import type { KeeperState } from '../signIn/refreshTokenKeeper.ts';
import { tellEvent } from '../telemetry/tellEvent.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { DAY_IN_MS, ENDS_SOON_IN_MS, refreshTokenAge, USED_AGAIN_AFTER_MS } from './signInAges.ts';

const KEPT_AT_ONCE = 8;

interface Work {
  readonly runtime: AccountRuntime;
  readonly call: DoorCall;
  readonly isDaily: boolean;
}

/**
 * What a tick does for an account's sign-in after its run: stores the newest refresh token where that is due, and tells
 * what a person must know. Once a day a token that nobody used is used, so that it stays alive. Never throws, and hinders
 * no run.
 */
export async function keepSignIn(parts: ServiceParts, work: Work): Promise<void> {
  const { runtime, isDaily } = work;
  if (isDaily) {
    await useAgain(parts, work);
  }
  if (runtime.signIn.user?.keeper.isWriteBackDue() === true) {
    await writeBack(parts, work);
  }
  tellFailing(work);
  if (isDaily) {
    tellDaily(parts, work);
  }
}

/** The same for every account, where no run is made on any: once a day, while `MODE` is off. */
export async function keepSignIns(parts: ServiceParts, call: DoorCall): Promise<void> {
  await forEachConcurrently(parts.accounts, KEPT_AT_ONCE, (runtime) =>
    keepSignIn(parts, { runtime, call, isDaily: true }),
  );
}

/** A refresh token dies 90 days after it was given out, however often it was used. */
async function useAgain({ clock, shutdown }: ServiceParts, { runtime }: Work): Promise<void> {
  const { user, tokens } = runtime.signIn;
  if (user === null) {
    return;
  }
  const state = user.keeper.state();
  if (state.lastRedeemedAtMs !== null && clock.now() - state.lastRedeemedAtMs < DAY_IN_MS) {
    return;
  }
  const read = await user.store.read();
  if (!read.ok || clock.now() - read.stored.redeemedAtMs >= USED_AGAIN_AFTER_MS) {
    await tokens.getToken({ forceRefresh: true, signal: shutdown });
  }
}

/** Only whoever holds the account writes; where somebody else does, a later tick goes on. */
async function writeBack({ ledger }: ServiceParts, { runtime, call }: Work): Promise<void> {
  try {
    const held = await ledger.hold(runtime.accountKey);
    if (held === null) {
      return;
    }
    try {
      const written = await runtime.signIn.user?.keeper.writeBack();
      if (written?.kind === 'failed') {
        const { code, message: detail } = written.failure;
        tellEvent(call.teller, 'error', 'RefreshTokenNotKept', { ...labels(runtime), code, detail });
      }
    } finally {
      await held.release();
    }
  } catch (error) {
    const { code, message: detail } = asLedgerError(error);
    tellEvent(call.teller, 'error', 'RefreshTokenNotKept', { ...labels(runtime), code, detail });
  }
}

function tellFailing({ runtime, call }: Work): void {
  const failure = runtime.signIn.last()?.failure ?? null;
  if (failure !== null) {
    const { code, message: detail } = failure;
    tellEvent(call.teller, 'error', 'AuthFailing', { ...labels(runtime), code, detail });
  }
}

function tellDaily({ clock }: ServiceParts, { runtime, call }: Work): void {
  const { signIn, isMfaCompliant } = runtime;
  if (isMfaCompliant() === false) {
    const detail = 'Partner Center says that the token carries no multi-factor authentication';
    tellEvent(call.teller, 'warn', 'MfaNotCompliant', { ...labels(runtime), detail });
  }
  if (signIn.user === null) {
    return;
  }
  const state = signIn.user.keeper.state();
  const age = refreshTokenAge(state.stored, clock.now());
  if (age !== null) {
    call.teller.telemetry?.metric('refreshTokenAgeInDays', age.ageInDays, { account: runtime.account.name });
  }
  if (age?.isNearEnd === true) {
    const { ageInDays, daysLeft } = age;
    const detail = `the stored refresh token is ${Math.floor(ageInDays)} days old and ends in ${Math.floor(daysLeft)}`;
    tellEvent(
      call.teller,
      'warn',
      'RefreshTokenAging',
      { ...labels(runtime), detail },
      { ageInDays, daysLeft },
    );
  }
  tellProofEnding(state, clock.now(), { runtime, call });
}

function tellProofEnding(
  { proofExpiresAtMs }: KeeperState,
  nowMs: number,
  { runtime, call }: Pick<Work, 'call' | 'runtime'>,
): void {
  if (proofExpiresAtMs !== null && proofExpiresAtMs - nowMs < ENDS_SOON_IN_MS) {
    const endsUtc = new Date(proofExpiresAtMs).toISOString();
    const detail = `the secret or certificate of the app registration ends at ${endsUtc}`;
    tellEvent(call.teller, 'warn', 'AppCredentialEnding', { ...labels(runtime), detail, endsUtc });
  }
}

function labels({ account, accountKey }: AccountRuntime): {
  readonly account: string;
  readonly accountKey: string;
} {
  return { account: account.name, accountKey };
}
