import type { Exemption } from '../model/exemption.ts';
import type { LastLook } from '../model/lastLook.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { WindowsRecord } from '../model/windowsRecord.ts';
import { APP_PARTITION, type Heartbeat, heartbeatOf, windowsRecordOf } from './appRows.ts';
import type { TableClient } from './azureTypes.ts';
import { exemptionShape } from './exemptionShape.ts';
import { decodeRow, followUpShape, type LedgerRow, occurrenceEndShape, rowKeys } from './ledgerRows.ts';
import { decodeLastLook, decodeNews, NO_NEWS } from './lookRows.ts';
import { guard, queryRows } from './tables.ts';

/** How much the ledger has of one account: enough to tell whether there is anything to do. */
export interface AccountBrief {
  /** Rows of reports: those that are paused by us, and those that are only looked after still. `countOurs` tells them apart. */
  readonly lookedAfter: number;
  /** Other rows that wait for a run: holds, takeovers, events not yet told. */
  readonly waiting: number;
  /** Requests not yet answered. */
  readonly openRequests: number;
  /** When the next execution of a resumed report is expected, epoch milliseconds; null where none is waited for. */
  readonly nextExpectedMs: number | null;
  /** What the last look left behind; null where nothing that can be read did. */
  readonly lastLook: LastLook | null;
  /** The mark of what doors have written last. */
  readonly news: string;
  /** What people said of single occurrences of its windows. */
  readonly saidEnds: readonly OccurrenceEnd[];
  /** What people left out of its windows, also what is over and not dropped yet. */
  readonly exemptions: readonly Exemption[];
}

/** What a tick learns of the whole ledger before it runs on any account. */
export interface LedgerSurvey {
  /** Only accounts of which there is something to say. */
  readonly accounts: ReadonlyMap<string, AccountBrief>;
  readonly heartbeat: Heartbeat | null;
  readonly windowsRecord: WindowsRecord;
}

/** What people said of single occurrences, of every account. Pure. */
export function saidEndsOf({ accounts }: Pick<LedgerSurvey, 'accounts'>): readonly OccurrenceEnd[] {
  return [...accounts.values()].flatMap(({ saidEnds }) => saidEnds);
}

export const emptyBrief: AccountBrief = {
  ...{ lookedAfter: 0, waiting: 0, openRequests: 0, nextExpectedMs: null },
  ...{ lastLook: null, news: NO_NEWS, saidEnds: [], exemptions: [] },
};

/** An answer holds 1,000 rows at most, and each names the next: so a large table is read in so many parts at once. */
const PARTS = 16;
const MIN_ACCOUNTS_OF_PART = 50;

/**
 * Reads keys alone, and whole what says when something is due: of ten thousand idle accounts that is next to nothing. A
 * row of an account that cannot be read is a matter of its run, and hides no other account.
 */
export async function surveyLedger(
  table: TableClient,
  accountKeys: readonly string[],
): Promise<LedgerSurvey> {
  const briefs = new Map<string, AccountBrief>();
  const change = (key: string, next: (brief: AccountBrief) => AccountBrief) =>
    briefs.set(key, next(briefs.get(key) ?? emptyBrief));
  const ofApp = queryRows(table, `PartitionKey eq '${APP_PARTITION}'`);
  // All at once: each tick begins with it, and nothing of it waits for the rest.
  const ofParts = partsOf(accountKeys).flatMap((part) => [
    forEachKey(table, `${part} and ${waitingRows}`, (partitionKey, rowKey) =>
      change(partitionKey, (brief) => ({ ...brief, ...counted(brief, rowKey) })),
    ),
    queryRows(table, `${part} and ${dueRows}`).then((rows) => {
      for (const { row } of rows) change(row.partitionKey, (brief) => ({ ...brief, ...dueBy(brief, row) }));
    }),
  ]);
  const [rows] = await Promise.all([ofApp, ...ofParts]);
  return { accounts: briefs, heartbeat: heartbeatOf(rows), windowsRecord: windowsRecordOf(rows) };
}

const between = (kind: string) => `RowKey gt '${kind}|' and RowKey lt '${kind}}'`;
const waitingRows = `(${['own', 'hold', 'takeover', 'event', 'request'].map((kind) => `(${between(kind)})`).join(' or ')})`;

/** What people said of single occurrences, of every account; read in as many parts as a survey. @throws LedgerError */
export async function readSaidEnds(
  table: TableClient,
  accountKeys: readonly string[],
): Promise<readonly OccurrenceEnd[]> {
  const parts = partsOf(accountKeys).map((part) =>
    queryRows(table, `${part} and (${between('occurrence')})`),
  );
  return (await Promise.all(parts)).flat().map(({ row }) => decodeRow(row, occurrenceEndShape));
}

/** Ranges of partition keys that leave none out, also no account that the settings do not know. Pure. */
export function partsOf(accountKeys: readonly string[]): readonly string[] {
  const sorted = [...accountKeys].sort();
  const size = Math.max(MIN_ACCOUNTS_OF_PART, Math.ceil(sorted.length / PARTS));
  const begins = sorted.filter((_, at) => at > 0 && at % size === 0);
  const ofApp = `PartitionKey ne '${APP_PARTITION}'`;
  return [null, ...begins].map((from, at) => {
    const until = begins[at];
    const bounds = [
      ...(from === null ? [] : [`PartitionKey ge '${from}'`]),
      ...(until === undefined ? [] : [`PartitionKey lt '${until}'`]),
    ];
    return [ofApp, ...bounds].join(' and ');
  });
}

const dueRows = `(RowKey eq '${rowKeys.lastLook}' or RowKey eq '${rowKeys.news}' or (${between('follow')}) or (${between('occurrence')}) or (${between('exempt')}))`;

function counted(brief: AccountBrief, rowKey: string): Partial<AccountBrief> {
  switch (rowKey.split('|', 1)[0]) {
    case 'own':
      return { lookedAfter: brief.lookedAfter + 1 };
    case 'request':
      return { openRequests: brief.openRequests + 1 };
    default:
      return { waiting: brief.waiting + 1 };
  }
}

/** What cannot be read is due at once: then the account's run tells what is wrong with it. */
function dueBy(brief: AccountBrief, row: LedgerRow): Partial<AccountBrief> {
  try {
    if (row.rowKey.startsWith('occurrence|')) {
      return { saidEnds: [...brief.saidEnds, decodeRow(row, occurrenceEndShape)] };
    }
    if (row.rowKey.startsWith('exempt|')) {
      return { exemptions: [...brief.exemptions, decodeRow(row, exemptionShape)] };
    }
    switch (row.rowKey) {
      case rowKeys.lastLook:
        return { lastLook: decodeLastLook(row) };
      case rowKeys.news:
        return { news: decodeNews(row) };
      default: {
        const { nextExpectedMs } = decodeRow(row, followUpShape);
        return { nextExpectedMs: Math.min(nextExpectedMs, brief.nextExpectedMs ?? nextExpectedMs) };
      }
    }
  } catch {
    return { nextExpectedMs: 0, lastLook: null };
  }
}

async function forEachKey(
  table: TableClient,
  filter: string,
  see: (partitionKey: string, rowKey: string) => void,
): Promise<void> {
  await guard('survey the ledger', async () => {
    const queryOptions = { filter, select: ['PartitionKey', 'RowKey'] };
    for await (const { partitionKey, rowKey } of table.listEntities({ queryOptions })) {
      if (partitionKey !== undefined && rowKey !== undefined) see(partitionKey, rowKey);
    }
  });
}
