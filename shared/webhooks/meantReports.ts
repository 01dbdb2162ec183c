import { asLedgerError } from '../ledger/ledgerError.ts';
import type { AccountRuntime } from '../service/accountRuntime.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import { selectReports } from '../windows/selectReports.ts';
import type { WebhookSource } from './webhookSource.ts';

/** The reports that a source may touch. */
export type SourceReports =
  | { readonly ok: true; readonly reportIds: readonly string[] }
  /** The account's reports could not be read: which ones a pattern means is not known. */
  | { readonly ok: false };

/**
 * The reports of a source: the ids that it names, or those among the account's that its pattern matches, read once per
 * delivery and only when a pause asks.
 */
export function readMeantReports(
  parts: ServiceParts,
  source: WebhookSource,
  call: { readonly correlationId: string; readonly deadlineMs: number },
): () => Promise<SourceReports> {
  const { reports } = source;
  if (reports.kind === 'ids') {
    return async () => ({ ok: true, reportIds: reports.reportIds });
  }
  let reading: Promise<SourceReports> | null = null;
  const read = async (): Promise<SourceReports> => {
    const runtime = parts.accounts.find(({ account }) => account.name === source.account);
    const listed =
      runtime === undefined
        ? null
        : await withinTheCeiling(parts, runtime, call.deadlineMs, () =>
            runtime.client.list({}, { ...call, signal: parts.shutdown }),
          );
    if (listed?.ok !== true) {
      return { ok: false };
    }
    const selecting = { reports, excludeReportIds: [], excludeNamePatterns: [], maxReports: Infinity };
    return {
      ok: true,
      reportIds: selectReports(selecting, listed.value).selected.map(({ reportId }) => reportId),
    };
  };
  return () => {
    reading ??= read();
    return reading;
  };
}

/** How long it waits before it asks again for an account that another process holds. */
const BUSY_WAIT_IN_MS = 250;

/**
 * Calls the service as whoever holds the account does, so that all processes together keep its ceiling; null where the
 * account is not to be had in time, or the ledger is out of reach.
 */
async function withinTheCeiling<Value>(
  { ledger, clock, shutdown }: ServiceParts,
  { accountKey, gate }: AccountRuntime,
  untilMs: number,
  call: () => Promise<Value>,
): Promise<Value | null> {
  try {
    for (;;) {
      const held = await ledger.hold(accountKey);
      if (held !== null) {
        if (held.wasAnothers) gate.countAnothers();
        try {
          return await call();
        } finally {
          await held.release();
        }
      }
      if (await ledger.isHeldHere(accountKey)) return await call();
      if (clock.now() + BUSY_WAIT_IN_MS >= untilMs) return null;
      await clock.sleep(BUSY_WAIT_IN_MS, shutdown);
    }
  } catch (error) {
    asLedgerError(error);
    return null;
  }
}
