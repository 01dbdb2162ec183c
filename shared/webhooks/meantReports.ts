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
    const listed = await runtime?.client.list({}, { ...call, signal: parts.shutdown });
    if (listed?.ok !== true) {
      return { ok: false };
    }
    const selecting = { reports, excludeReportIds: [], excludeNamePattern: null, maxReports: Infinity };
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
