import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LastLook } from '../model/lastLook.ts';
import type { TransactionAction } from './azureTypes.ts';
import { decodeRow, encodeRow, type LedgerRow, rowKeys } from './ledgerRows.ts';
import { entityOf } from './rowLimits.ts';

const instant = z.number();

const lastLookShape: z.ZodType<LastLook> = z.object({
  lookedMs: instant.nullable(),
  triedMs: instant,
  next: z.object({
    atMs: instant,
    because: z.enum(['holdBoundary', 'lookById', 'execution', 'openWork', 'lookFailed', 'period']),
  }),
  tries: z.number(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  news: z.string(),
  windows: z.string(),
  begun: z.array(z.string()),
});

const newsShape = z.object({ mark: z.string() });

/** What no door has left anything behind in. */
export const NO_NEWS = '';

/** @throws LedgerError `ledger_unreadable`. */
export function decodeLastLook(row: LedgerRow): LastLook {
  return decodeRow(row, lastLookShape);
}

/** @throws LedgerError `ledger_unreadable`. */
export function decodeNews(row: LedgerRow): string {
  return decodeRow(row, newsShape).mark;
}

/**
 * What goes with whatever a door writes that a tick must see: another mark than any before. A look knows which one it has
 * read, so that nothing is missed that is written while it lasts.
 */
export function newsRow(accountKey: string): LedgerRow {
  return encodeRow(accountKey, rowKeys.news, { mark: randomUUID() });
}

/** The same as a part of a transaction. */
export function newsAction(accountKey: string): TransactionAction {
  return ['upsert', entityOf(newsRow(accountKey)), 'Replace'];
}
