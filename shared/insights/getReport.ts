import type { Report } from '../model/report.ts';
import type { CallRank } from './accountGate.ts';
import { callService, type Shown } from './callService.ts';
import type { Classified } from './classifyExchange.ts';
import type { CallContext, InsightsAnswer } from './insightsClient.ts';
import type { AttemptFailure, InsightsFailureCode } from './insightsFailure.ts';
import { parseReport } from './parseReport.ts';
import { latestEndMs, sendOnce, type Ticket } from './sendOnce.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** Reads one report by its id (a UUID in lower case); `rank` tells what for. */
export function getReport(
  door: ServiceDoor,
  reportId: string,
  context: CallContext,
  rank: CallRank = 'read',
): Promise<InsightsAnswer<Report>> {
  return callService(door, { rank, once: (ticket) => readOnce(door, reportId, ticket, context) }, context);
}

/** Reads one report in one attempt. */
export async function readOnce(
  door: ServiceDoor,
  reportId: string,
  ticket: Ticket,
  context: CallContext,
): Promise<Shown<Report>> {
  const url = new URL(`ScheduledReport?reportId=${reportId}`, door.base);
  const endMs = latestEndMs(door, context);
  const classified = await sendOnce(door, { method: 'GET', url, endMs }, ticket, context);
  const shown = pickReport(classified, reportId);
  if (shown.kind !== 'failed') return shown;
  // The service filters by id, so an empty list means that there is no such report.
  const isEmpty = classified.ok && classified.envelope.items?.length === 0 && !classified.envelope.totalCount;
  const failure = isEmpty ? answered('not_found', 'No such report') : shown.failure;
  return { kind: 'failed', failure: { ...failure, mayHaveTakenEffect: false } };
}

/** The asked report out of an answer; any other answer is unexpected, and says nothing about the report. Pure. */
function pickReport(classified: Classified, reportId: string): Shown<Report> {
  if (!classified.ok) return { kind: 'failed', failure: classified.failure };
  const reports = (classified.envelope.items ?? []).map(parseReport);
  const report = reports.find((one) => one?.reportId === reportId);
  if (report) return { kind: 'value', value: report, facts: classified.facts };
  return { kind: 'failed', failure: answered('unexpected_answer', 'The answer does not show the report') };
}

function answered(code: InsightsFailureCode, message: string): AttemptFailure {
  return {
    ...{ code, message, httpStatus: 200, retryable: false, retryAfterInMs: null },
    mayHaveTakenEffect: true,
    sent: true,
  };
}
