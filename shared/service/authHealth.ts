import { randomUUID } from 'node:crypto';
import { takeToken } from '../insights/takeToken.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { readForPeople } from './readForPeople.ts';
import type { SeenOutcome, SeenReports } from './seenReports.ts';
import type { ServiceParts } from './serviceParts.ts';
import { type ShownRead, shownRead } from './showReports.ts';
import { DAY_IN_MS, ENDS_SOON_IN_MS, refreshTokenAge } from './signInAges.ts';

/** What will need a person before long. */
export type AuthWarningCode = 'app_credential_ending' | 'refresh_token_aging' | 'refresh_token_not_kept';

interface AuthWarning {
  readonly code: AuthWarningCode | 'mfa_required';
  readonly message: string;
}

/** How one account signs in, as far as looking now tells. Never a token, a secret or an address. */
export interface AccountHealth extends Partial<ShownRead> {
  readonly account: string;
  readonly surface: 'mpn' | 'cmp';
  readonly mode: string;
  readonly isOk: boolean;
  /** Why not, by a code of docs/faults.md; null where it is ok. */
  readonly code: string | null;
  readonly message: string | null;
  /** What Partner Center says of the token; null where it does not say. */
  readonly isMfaCompliant: boolean | null;
  /** Only of an account that signs in for a user. */
  readonly refreshToken: RefreshTokenHealth | null;
  /** When the app registration's secret or certificate ends; null where there is none, or nothing says so. */
  readonly credentialEndsUtc: string | null;
  /** What will need a person before long. */
  readonly warnings: readonly AuthWarning[];
}

/** The refresh token in Key Vault. */
interface RefreshTokenHealth {
  readonly user: string;
  readonly ageInDays: number;
  readonly daysLeft: number;
  readonly writtenUtc: string;
  /** Why the newest could not be stored; null where it could. */
  readonly writeBackFailure: string | null;
}

/** Looking at the sign-in of more accounts at once would outlast the request. */
const MAX_ACCOUNTS = 20;

/**
 * Signs in to each account, or to the one that is named, and reads its reports as everybody does who only looks: the
 * answer proves the token, the role and MFA, and is shared. Changes nothing.
 */
export async function authHealth(
  parts: ServiceParts,
  account: string | null,
): Promise<{ readonly accounts: readonly AccountHealth[]; readonly notLookedAt: number }> {
  const meant = parts.accounts.filter((one) => account === null || one.account.name === account);
  const looked = meant.slice(0, MAX_ACCOUNTS);
  const accounts = await Promise.all(looked.map((runtime) => lookAt(parts, runtime)));
  return { accounts, notLookedAt: meant.length - looked.length };
}

async function lookAt(parts: ServiceParts, runtime: AccountRuntime): Promise<AccountHealth> {
  const { clock, shutdown } = parts;
  const { account, signIn } = runtime;
  // By this process itself: what another one read proves nothing about the token here.
  const token = await takeToken(signIn, false, { signal: shutdown });
  const call = { correlationId: randomUUID() };
  const seen = token.ok ? await readForPeople(parts, runtime, call, { mayBeOld: true }) : null;
  const failure = token.ok ? failureOf(seen) : token.failure;
  const refreshToken = await refreshTokenHealth(clock.now(), runtime);
  const endsAtMs = signIn.user?.keeper.state().proofExpiresAtMs ?? null;
  const isMfaCompliant = seen?.isMfaCompliant ?? runtime.isMfaCompliant();
  return {
    account: account.name,
    surface: account.surface,
    mode: account.signIn.mode,
    isOk: failure === null,
    code: failure?.code ?? null,
    message: failure?.message ?? null,
    ...(seen === null ? {} : shownRead(clock.now(), seen)),
    isMfaCompliant,
    refreshToken,
    credentialEndsUtc: endsAtMs === null ? null : utcText(endsAtMs),
    warnings: warningsOf({
      nowMs: clock.now(),
      endsAtMs,
      refreshToken,
      isRefusedLater: isMfaCompliant === false && failure === null,
    }),
  };
}

function failureOf(seen: SeenReports | null): Extract<SeenOutcome, { ok: false }> | null {
  return seen === null || seen.outcome.ok ? null : seen.outcome;
}

function warningsOf(known: {
  readonly nowMs: number;
  readonly endsAtMs: number | null;
  readonly refreshToken: RefreshTokenHealth | null;
  readonly isRefusedLater: boolean;
}): readonly AuthWarning[] {
  const { nowMs, endsAtMs, refreshToken } = known;
  const warnings: AuthWarning[] = [];
  if (known.isRefusedLater) {
    const message = 'Partner Center will refuse this token once it enforces MFA';
    warnings.push({ code: 'mfa_required', message });
  }
  if (refreshToken !== null && refreshToken.daysLeft * DAY_IN_MS < ENDS_SOON_IN_MS) {
    const message = `it ends in ${Math.floor(refreshToken.daysLeft)} days`;
    warnings.push({ code: 'refresh_token_aging', message });
  }
  const notKept = refreshToken?.writeBackFailure ?? null;
  if (notKept !== null) {
    warnings.push({ code: 'refresh_token_not_kept', message: notKept });
  }
  if (endsAtMs !== null && endsAtMs - nowMs < ENDS_SOON_IN_MS) {
    warnings.push({ code: 'app_credential_ending', message: `it ends at ${utcText(endsAtMs)}` });
  }
  return warnings;
}

async function refreshTokenHealth(
  nowMs: number,
  { signIn }: AccountRuntime,
): Promise<RefreshTokenHealth | null> {
  const read = await signIn.user?.store.read();
  const stored = read?.ok === true ? read.stored : null;
  const age = refreshTokenAge(stored, nowMs);
  if (stored === null || age === null) {
    return null;
  }
  return {
    user: stored.user,
    ageInDays: Math.round(age.ageInDays * 10) / 10,
    daysLeft: Math.round(age.daysLeft * 10) / 10,
    writtenUtc: utcText(stored.writtenAtMs),
    writeBackFailure: signIn.user?.keeper.state().writeBackFailure?.code ?? null,
  };
}
