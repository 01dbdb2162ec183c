import type { LedgerError } from '../ledger/ledgerError.ts';
import type { DoorCall } from './serviceParts.ts';

/** Tells that something was done and the history will not say so. */
export function tellNotKept(
  { teller, correlationId }: Pick<DoorCall, 'teller' | 'correlationId'>,
  lost: { readonly runId: string; readonly account: string | null; readonly failure: LedgerError },
): void {
  const { runId, account } = lost;
  const { code, message: detail } = lost.failure;
  teller.error(
    JSON.stringify({ event: 'HistoryNotKept', runId, correlationId, account, code, message: detail }),
  );
  teller.telemetry?.event('HistoryNotKept', { runId, correlationId, account, code, detail });
}
