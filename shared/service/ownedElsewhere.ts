import type { LedgerSurvey } from '../ledger/survey.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import type { RunProblem } from './run.ts';
import type { ServiceParts } from './serviceParts.ts';

/** What is owned while nothing may be done about it. */
export async function ownedWhileOff(
  parts: ServiceParts,
  survey: LedgerSurvey,
): Promise<readonly RunProblem[]> {
  const names = new Map(parts.accounts.map(({ account, accountKey }) => [accountKey, account.name]));
  const counted = await countOursOf(parts, survey, (accountKey) => names.has(accountKey));
  return counted.map(({ accountKey, ours }) => ({
    code: 'owned_while_off',
    account: names.get(accountKey) ?? null,
    message: `MODE is off, and ${ours} reports are paused by us`,
  }));
}

/** What is owned under an account that the settings no longer name is never forgotten. */
export async function missingAccounts(
  parts: ServiceParts,
  survey: LedgerSurvey,
): Promise<readonly RunProblem[]> {
  const known = new Set(parts.accounts.map(({ accountKey }) => accountKey));
  const counted = await countOursOf(parts, survey, (accountKey) => !known.has(accountKey));
  return counted.map(({ accountKey, ours }) => ({
    code: 'account_missing',
    account: null,
    message: `${ours} reports of ${accountKey} are paused by us, and no account of the settings is theirs; bring the account back`,
  }));
}

/** Accounts counted at once: a ledger may have very many. */
const COUNTED_AT_ONCE = 16;

/** What is ours now on the accounts that are meant; those with nothing of ours are left out. Accounts that nothing is looked after of are not read. */
async function countOursOf(
  { ledger }: ServiceParts,
  survey: LedgerSurvey,
  isMeant: (accountKey: string) => boolean,
): Promise<readonly { readonly accountKey: string; readonly ours: number }[]> {
  const meant = [...survey.accounts].filter(
    ([accountKey, { lookedAfter }]) => lookedAfter > 0 && isMeant(accountKey),
  );
  const counted = new Map<string, number>();
  await forEachConcurrently(meant, COUNTED_AT_ONCE, async ([accountKey]) => {
    counted.set(accountKey, await ledger.countOurs(accountKey));
  });
  return meant
    .map(([accountKey]) => ({ accountKey, ours: counted.get(accountKey) ?? 0 }))
    .filter(({ ours }) => ours > 0);
}
