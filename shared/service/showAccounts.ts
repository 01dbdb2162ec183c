import { emptyBrief } from '../ledger/survey.ts';
import type { Account } from '../model/account.ts';
import type { LookFailure } from '../model/lastLook.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { ServiceParts } from './serviceParts.ts';

/** An account as people are shown it. */
export interface ShownAccount {
  readonly name: string;
  readonly surface: Account['surface'];
  readonly tenantId: string;
  readonly signIn: Account['signIn']['mode'];
  /** Reports that are paused by us, and those that are only looked after still. */
  readonly lookedAfter: number;
  /** The last look that saw all its reports; null where none did since there is something to see. */
  readonly lastLookUtc: string | null;
  /** When it is looked at again at the latest; null while nothing is held or looked after. */
  readonly nextLookUtc: string | null;
  /** Whether that is long past, so that no tick seems to come. */
  readonly isLate: boolean;
  /** Why the last look saw no list of reports; null where it did. */
  readonly failure: LookFailure | null;
}

/** Every account, in the order of the settings. */
export interface ShownAccounts {
  readonly accounts: readonly ShownAccount[];
}

/** What a tick does it does within seconds: what is due for two ticks, and three minutes at least, is late. */
const LATE_AFTER_MS = 180_000;

/** What `GET /api/accounts` tells, from the settings and the ledger alone. @throws LedgerError */
export async function showAccounts({
  accounts,
  ledger,
  clock,
  tickInMs,
}: ServiceParts): Promise<ShownAccounts> {
  const survey = await ledger.survey(accounts.map(({ accountKey }) => accountKey));
  return {
    accounts: accounts.map(({ account, accountKey }) => {
      const { lookedAfter, lastLook } = survey.accounts.get(accountKey) ?? emptyBrief;
      const lookedMs = lastLook?.lookedMs ?? null;
      return {
        name: account.name,
        surface: account.surface,
        tenantId: account.tenantId,
        signIn: account.signIn.mode,
        lookedAfter,
        lastLookUtc: lookedMs === null ? null : utcText(lookedMs),
        nextLookUtc: lastLook === null ? null : utcText(lastLook.next.atMs),
        isLate: lastLook !== null && clock.now() - lastLook.next.atMs > Math.max(2 * tickInMs, LATE_AFTER_MS),
        failure: lastLook?.failure ?? null,
      };
    }),
  };
}
