import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { FencedWriter, RowWrite } from '../ledger/fencedWriter.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';

/** Notes that are taken away in one write. */
const NOTES_AT_ONCE = 90;

/** Notes an event beside what it tells of, so that a kill before the telling loses nothing: the next run tells it. */
export function noteWrite(accountKey: string, event: ReportEvent): RowWrite {
  return { kind: 'put', row: encodeRow(accountKey, rowKeys.event(event), event) };
}

/** Takes the notes of events away that are told by now. @throws LedgerError */
export async function dropNotes(
  { writer }: { readonly writer: Pick<FencedWriter, 'write'> },
  told: readonly ReportEvent[],
): Promise<void> {
  const rows = [...new Set(told.map(rowKeys.event))];
  const parts = Array.from({ length: Math.ceil(rows.length / NOTES_AT_ONCE) }, (_, at) =>
    rows.slice(at * NOTES_AT_ONCE, (at + 1) * NOTES_AT_ONCE),
  );
  await Promise.all(parts.map((part) => writer.write(part.map((rowKey) => ({ kind: 'delete', rowKey })))));
}
