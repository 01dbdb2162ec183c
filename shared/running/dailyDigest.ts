import type { EventWithFacts, ReportEvent } from '../deciding/reportEvent.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Ownership } from '../model/ownership.ts';
import { isAnotherDay } from '../time/day.ts';
import { type Alarm, notFoundOf } from './alarms.ts';

/** Where the ledger remembers when the digest of an account was told last: among its alarms. */
const TOLD_AS = 'DailyDigest';

/** Reports named of each cause, and so much of each name: a column of an event takes 1,000 characters. */
const MAX_NAMED = 10;
const MAX_NAME_LENGTH = 40;

type Named = Pick<Ownership, 'reportId' | 'reportName'>;
type Cause = keyof NonNullable<EventWithFacts['counts']>;

const CAUSES: readonly {
  readonly cause: Cause;
  readonly column: `${Cause}Reports`;
  readonly words: string;
  readonly alarm: ReportEvent['name'];
}[] = [
  { cause: 'leftPaused', column: 'leftPausedReports', words: 'left paused', alarm: 'LeftPaused' },
  { cause: 'doubtful', column: 'doubtfulReports', words: 'doubtful', alarm: 'ReportDoubtful' },
  { cause: 'owed', column: 'owedReports', words: 'owed a resume', alarm: 'ResumeOwed' },
  { cause: 'unseen', column: 'unseenReports', words: 'not shown', alarm: 'ReportUnseen' },
];

/**
 * What stands on an account and waits for somebody, in one event a day; null where nothing stands or that was told today. `told`
 * is what the ledger shall remember of alarms. Pure.
 */
export function tellDigest(
  alarms: readonly Alarm[],
  { ownerships, facts }: Pick<AccountSnapshot, 'ownerships' | 'facts'>,
  nowMs: number,
): { readonly event: EventWithFacts | null; readonly told: Readonly<Record<string, number>> } {
  const lastMs = facts.told[TOLD_AS];
  const isDue = lastMs === undefined || isAnotherDay(lastMs, nowMs);
  const event = isDue ? digestOf(alarms, ownerships) : null;
  const toldMs = event === null ? lastMs : nowMs;
  return { event, told: toldMs === undefined ? {} : { [TOLD_AS]: toldMs } };
}

function digestOf(
  alarms: readonly Alarm[],
  ownerships: AccountSnapshot['ownerships'],
): EventWithFacts | null {
  const isBlind = alarms.some(({ event }) => event.name === 'AccountBlind');
  const standing = CAUSES.map(({ alarm, ...cause }) => {
    const named: readonly Named[] = alarms.flatMap(({ event }) => (event.name === alarm ? [event] : []));
    // One alarm stands for all that a blind account does not show.
    const isHidden = isBlind && cause.cause === 'unseen';
    return { ...cause, reports: isHidden ? [...named, ...notFoundOf(ownerships)] : named };
  }).filter(({ reports }) => reports.length > 0);
  if (standing.length === 0) {
    return null;
  }
  const count = new Set(standing.flatMap(({ reports }) => reports.map(({ reportId }) => reportId))).size;
  const counted = standing.map(({ words, reports }) => `${reports.length} ${words}`).join(', ');
  const lists = standing.map(({ words, reports }) => `${words}: ${listOf(reports)}`).join('; ');
  return {
    ...{ name: 'DailyDigest', reportId: '', reportName: '' },
    detail: `${count} reports stand: ${counted}. These are ${lists}`,
    facts: Object.fromEntries(standing.map(({ column, reports }) => [column, listOf(reports)])),
    counts: Object.fromEntries(standing.map(({ cause, reports }) => [cause, reports.length])),
  };
}

function listOf(reports: readonly Named[]): string {
  const named = reports
    .slice(0, MAX_NAMED)
    .map(
      ({ reportId, reportName }) => `${reportName.slice(0, MAX_NAME_LENGTH).toWellFormed()} (${reportId})`,
    );
  const more = reports.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
