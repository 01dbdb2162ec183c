import type { AccountRuntime } from '../service/accountRuntime.ts';
import type { DoorCall, ServiceParts } from '../service/serviceParts.ts';
import type { UserSignIn } from '../signIn/accountSignIn.ts';
import { redeemCode, type UserTokens } from '../signIn/confidentialApp.ts';
import type { ConsentRefusal } from './consentRefusal.ts';
import { explainRedemption } from './explainRedemption.ts';
import { judgeTokens, saysMfa } from './judgeTokens.ts';
import { tryToken } from './tryToken.ts';

/** What the browser's sign-in brought. */
export interface ConsentCodes {
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** What came of a consent. With a refusal nothing was stored, but for `consent_unproven`. */
export type ConsentOutcome =
  | {
      readonly ok: true;
      /** The user's name for people. */
      readonly user: string;
      /** Whose refresh token was there before; null where there was none, or nobody wrote it down. */
      readonly replacedUser: string | null;
      readonly reports: number;
      /** False where Partner Center does not say; where it says no, there is no consent. */
      readonly isMfaConfirmed: boolean;
      /** Whether the token says that it was with MFA. */
      readonly isMfaInToken: boolean;
    }
  | { readonly ok: false; readonly refusal: ConsentRefusal };

/** The call to Partner Center may take so long, and a run that holds the account is waited for so long. */
const PROOF_LIMIT_IN_MS = 60_000;
const LEASE_WAIT_IN_MS = 60_000;
const LEASE_ASK_IN_MS = 500;

type Parts = Pick<ServiceParts, 'ledger' | 'clock' | 'shutdown'>;

/**
 * Turns the code of a user's sign-in into the account's refresh token in Key Vault: redeemed with the app's own
 * credential, checked, proven by a call, and only then stored. The token that was there stays until that moment.
 * @throws LedgerError
 */
export async function completeConsent(
  parts: Parts,
  { runtime, user, codes }: { runtime: AccountRuntime; user: UserSignIn; codes: ConsentCodes },
  call: DoorCall,
): Promise<ConsentOutcome> {
  const granted = await redeemCode(user.app, codes);
  if (!granted.ok) {
    return refused(explainRedemption(granted.failure));
  }
  const { tokens } = granted;
  const wrong = judgeTokens(tokens, runtime.account.tenantId);
  if (wrong !== null) {
    return refused(wrong);
  }
  const tried = await tryToken(runtime, tokens.accessToken, {
    correlationId: call.correlationId,
    signal: parts.shutdown,
    deadlineMs: parts.clock.now() + PROOF_LIMIT_IN_MS,
  });
  if (!tried.ok) {
    return refused(tried.refusal);
  }
  const stored = await store(parts, { runtime, user, tokens });
  if (!stored.ok) {
    return stored;
  }
  const unproven = await signInOnce(parts, runtime);
  if (unproven !== null) {
    return refused(unproven);
  }
  const { reports, isMfaConfirmed } = tried;
  const isMfaInToken = saysMfa(tokens);
  const { replacedUser } = stored;
  return { ok: true, user: tokens.user, replacedUser, reports, isMfaConfirmed, isMfaInToken };
}

/** Under the account's lease, so that no run writes the old user's token over it. */
async function store(
  parts: Parts,
  { runtime, user, tokens }: { runtime: AccountRuntime; user: UserSignIn; tokens: UserTokens },
): Promise<{ ok: true; replacedUser: string | null } | { ok: false; refusal: ConsentRefusal }> {
  const held = await holdAccount(parts, runtime.accountKey);
  if (held === null) {
    return refused({
      ...{ code: 'account_busy', retryable: true },
      message: 'a run holds the account for longer than this could wait',
    });
  }
  try {
    const before = await user.store.read();
    const { refreshToken } = tokens;
    const written = await user.store.write({
      ...{ token: refreshToken ?? '', redeemedAtMs: parts.clock.now(), user: tokens.user },
    });
    return written.ok
      ? { ok: true, replacedUser: before.ok && before.stored.user !== '' ? before.stored.user : null }
      : refused(written.failure);
  } finally {
    await held.release();
  }
}

async function holdAccount({ ledger, clock, shutdown }: Parts, accountKey: string) {
  const latestMs = clock.now() + LEASE_WAIT_IN_MS;
  for (;;) {
    const held = await ledger.hold(accountKey);
    if (held !== null || clock.now() >= latestMs) {
      return held;
    }
    await clock.sleep(LEASE_ASK_IN_MS, shutdown);
  }
}

/** The ordinary way, from what is stored now: the old user's access token is not used any more either. */
async function signInOnce(
  { shutdown }: Parts,
  { signIn: { tokens } }: AccountRuntime,
): Promise<ConsentRefusal | null> {
  const answer = await tokens.getToken({ forceRefresh: true, signal: shutdown });
  return answer.ok
    ? null
    : {
        code: 'consent_unproven',
        message: `the refresh token is stored, but signing in with it failed: ${answer.failure.message}`,
        retryable: answer.failure.retryable,
      };
}

function refused(refusal: ConsentRefusal): { ok: false; refusal: ConsentRefusal } {
  return { ok: false, refusal };
}
