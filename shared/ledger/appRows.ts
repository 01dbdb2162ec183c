import { z } from 'zod';
import type { WindowsRecord } from '../model/windowsRecord.ts';
import { decodeRow, encodeRow, type LedgerRow } from './ledgerRows.ts';
import type { StoredRow } from './tables.ts';

/** When the last tick began, and how it went. */
export interface Heartbeat {
  readonly tickedAtMs: number;
  readonly status: string;
}

/** The partition of what belongs to no account. */
export const APP_PARTITION = 'app';

const HEARTBEAT_ROW = 'heartbeat';
const WINDOWS_ROW = 'windows';

const heartbeatShape: z.ZodType<Heartbeat> = z.object({ tickedAtMs: z.number(), status: z.string() });
const windowsShape: z.ZodType<WindowsRecord> = z.object({
  accepted: z.string().nullable(),
  heldBack: z.string().nullable(),
  // Missing in what a release before this one kept.
  heldBackMs: z.number().nullable().default(null),
  acceptedMs: z.number().nullable().default(null),
});

/** The last heartbeat among the app's rows; null before the first tick. @throws LedgerError `ledger_unreadable`. */
export function heartbeatOf(rows: readonly StoredRow[]): Heartbeat | null {
  const found = rows.find(({ row }) => row.rowKey === HEARTBEAT_ROW);
  return found === undefined ? null : decodeRow(found.row, heartbeatShape);
}

/** Which version of the windows' blob is in force. @throws LedgerError `ledger_unreadable`. */
export function windowsRecordOf(rows: readonly StoredRow[]): WindowsRecord {
  const found = rows.find(({ row }) => row.rowKey === WINDOWS_ROW);
  return found === undefined
    ? { accepted: null, heldBack: null, heldBackMs: null, acceptedMs: null }
    : decodeRow(found.row, windowsShape);
}

export function heartbeatRow(heartbeat: Heartbeat): LedgerRow {
  return encodeRow(APP_PARTITION, HEARTBEAT_ROW, heartbeat);
}

export function windowsRow(record: WindowsRecord): LedgerRow {
  return encodeRow(APP_PARTITION, WINDOWS_ROW, record);
}
