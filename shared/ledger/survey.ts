import type { WindowsRecord } from '../service/trustWindows.ts';
import { APP_PARTITION, type Heartbeat, heartbeatOf, windowsRecordOf } from './appRows.ts';
import type { TableClient } from './azureTypes.ts';
import { decodeRow, followUpShape } from './ledgerRows.ts';
import { guard, queryRows } from './tables.ts';

/** How much the ledger has of one account: enough to tell whether there is anything to do. */
export interface AccountBrief {
  /** Reports that are, or may be, paused by us. */
  readonly owned: number;
  /** Other rows that wait for a run: holds, takeovers, events not yet told. */
  readonly waiting: number;
  /** When the next execution of a resumed report is expected, epoch milliseconds; null where none is waited for. */
  readonly nextExpectedMs: number | null;
}

/** What a tick learns of the whole ledger before it runs on any account. */
export interface LedgerSurvey {
  /** Only accounts of which there is something to say. */
  readonly accounts: ReadonlyMap<string, AccountBrief>;
  readonly heartbeat: Heartbeat | null;
  readonly windowsRecord: WindowsRecord;
}

export const emptyBrief: AccountBrief = { owned: 0, waiting: 0, nextExpectedMs: null };

/** An answer holds 1,000 rows at most, and each names the next: so a large table is read in so many parts at once. */
const PARTS = 16;
const MIN_ACCOUNTS_OF_PART = 50;

/**
 * Reads keys alone, and the follow-ups whole: of ten thousand idle accounts that is next to nothing. A row of an
 * account that cannot be read is a matter of its run, and hides no other account.
 */
export async function surveyLedger(
  table: TableClient,
  accountKeys: readonly string[],
): Promise<LedgerSurvey> {
  const briefs = new Map<string, AccountBrief>();
  const change = (key: string, next: (brief: AccountBrief) => AccountBrief) =>
    briefs.set(key, next(briefs.get(key) ?? emptyBrief));
  const ofApp = queryRows(table, `PartitionKey eq '${APP_PARTITION}'`);
  const ofParts = partsOf(accountKeys).map(async (part) => {
    await forEachKey(table, `${part} and ${waitingRows}`, (partitionKey, rowKey) =>
      change(partitionKey, (brief) =>
        rowKey.startsWith('own|')
          ? { ...brief, owned: brief.owned + 1 }
          : { ...brief, waiting: brief.waiting + 1 },
      ),
    );
    for (const { row } of await queryRows(table, `${part} and ${between('follow')}`)) {
      const expectedMs = expectedOf(row);
      change(row.partitionKey, (brief) => ({
        ...brief,
        nextExpectedMs: Math.min(expectedMs, brief.nextExpectedMs ?? expectedMs),
      }));
    }
  });
  const [rows] = await Promise.all([ofApp, ...ofParts]);
  return { accounts: briefs, heartbeat: heartbeatOf(rows), windowsRecord: windowsRecordOf(rows) };
}

const between = (kind: string) => `RowKey gt '${kind}|' and RowKey lt '${kind}}'`;
const waitingRows = `(${['own', 'hold', 'takeover', 'event'].map((kind) => `(${between(kind)})`).join(' or ')})`;

/** Ranges of partition keys that leave none out, also no account that the settings do not know. Pure. */
function partsOf(accountKeys: readonly string[]): readonly string[] {
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

/** A follow-up that cannot be read is due at once: then the account's run tells what is wrong with it. */
function expectedOf(row: Parameters<typeof decodeRow>[0]): number {
  try {
    return decodeRow(row, followUpShape).nextExpectedMs;
  } catch {
    return 0;
  }
}
