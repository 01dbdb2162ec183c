import type { LearnedFacts } from '../model/ownership.ts';
import type { ServiceParts } from './serviceParts.ts';

/** What was learned of how one account's API behaves, as people are shown it. */
export interface ShownLearned extends LearnedFacts {
  readonly account: string;
  /** So many calls a second the service was seen to take at most; null where it was not seen to refuse more. */
  readonly callsPerSecond: number | null;
  /** The same in one sentence. */
  readonly words: string;
}

/** The same of many accounts, and how many more there are that it is not shown of. */
export interface LearnedOfAccounts {
  readonly learned: readonly ShownLearned[];
  readonly learnedNotShown: number;
}

/** Reading what is known of more accounts at once would outlast the request. */
const MAX_ACCOUNTS = 20;

/**
 * What was learned of each account, or of the one that is named, out of the ledger alone; of very many accounts that of the
 * first, and how many are left out. @throws LedgerError
 */
export async function showLearned(
  { accounts, ledger }: Pick<ServiceParts, 'accounts' | 'ledger'>,
  name: string | null,
): Promise<LearnedOfAccounts> {
  const meant = accounts.filter(({ account }) => name === null || account.name === name);
  const shown = meant.slice(0, MAX_ACCOUNTS);
  const learned = await Promise.all(
    shown.map(async ({ account, accountKey }) => {
      const facts = await ledger.facts(accountKey);
      const callsPerSecond = facts.pace === null ? null : Math.round(facts.pace.callsPerSecond * 10) / 10;
      const words = learnedWords(facts.learned, callsPerSecond);
      return { account: account.name, words, ...facts.learned, callsPerSecond };
    }),
  );
  return { learned, learnedNotShown: meant.length - shown.length };
}

/** What was learned, and what follows from it, in one sentence. Pure. */
export function learnedWords(
  { changesMoveTime, timeOffset, timesMoveByThemselves, pauseWasRead, listLagInMs }: LearnedFacts,
  callsPerSecond: number | null,
): string {
  const offset =
    timeOffset === null
      ? 'how far the clock of those times is off was not seen yet'
      : `the clock of those times is off by ${seconds(timeOffset.minInMs)} to ${seconds(timeOffset.maxInMs)} s`;
  return `${[
    MOVES[changesMoveTime],
    offset,
    timesMoveByThemselves
      ? 'times of reports that nobody touched were seen to move by themselves, so that they prove nothing'
      : 'times were not seen to move by themselves',
    pauseWasRead
      ? 'a pause of ours was read'
      : 'no pause of ours was read yet, so that one report is paused at a time',
    listLagInMs === 0 ? 'no list was seen to be late' : `lists were up to ${seconds(listLagInMs)} s late`,
    ...(callsPerSecond === null ? [] : [`some ${callsPerSecond} calls a second are taken`]),
  ].join('; ')}.`;
}

const MOVES: { readonly [M in LearnedFacts['changesMoveTime']]: string } = {
  yes: 'our changes move the time at which a report was modified',
  no: 'our changes do not move the time at which a report was modified, so that it proves nothing',
  both: 'some of our changes moved the time at which a report was modified and some did not, so that it proves nothing',
  unknown: 'not known yet whether our changes move the time at which a report was modified',
};

function seconds(inMs: number): string {
  return String(Math.round(inMs / 100) / 10);
}
