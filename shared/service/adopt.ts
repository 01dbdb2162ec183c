import { evidenceOf } from '../deciding/evidence.ts';
import { type Adoption, judgeAdoption, type PauseRecord } from '../deciding/judgeAdoption.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { RowWrite } from '../ledger/fencedWriter.ts';
import type { HeldAccount } from '../ledger/ledger.ts';
import type { LedgerError } from '../ledger/ledgerError.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import { newsRow } from '../ledger/lookRows.ts';
import type { Hold } from '../model/hold.ts';
import { nothingLearned } from '../model/ownership.ts';
import { accountFacts, pauseFacts } from '../running/eventFacts.ts';
import { dropNotes, noteWrite } from '../running/notes.ts';
import { observeReports } from '../running/observeReports.ts';
import type { ReportResult } from '../running/reportResult.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type DoorRun, failureOf, nothingDone, notWritten } from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import { accountBusy, holdWithin } from './holdWithin.ts';
import type { AdoptRequest } from './requests.ts';
import type { Run } from './run.ts';
import { type RunFrame, startFrame } from './runContextOf.ts';
import type { Arrival, DoorCall, ServiceParts } from './serviceParts.ts';

interface Adopted {
  readonly record: PauseRecord;
  readonly adoption: Adoption;
}

/**
 * Rebuilds ownership after a lost ledger from what `ReportPaused` events say. A report is adopted only where it is
 * paused, nobody's in the ledger, and just as the event left it. Nothing is paused or resumed by it: the next tick
 * decides, by the windows and by the hold that `untilMs` asks for.
 */
export function adoptReports(parts: ServiceParts, request: AdoptRequest, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts, call);
  return doorRun(
    parts,
    { door: 'adopt', account: request.account, call, frame, why: request.reason },
    async (runtime) => {
      const held = await holdWithin(parts, runtime.accountKey, frame.deadlineMs);
      if (held === null) {
        return nothingDone(idsOf(request), accountBusy);
      }
      try {
        return await adoptHeld(parts, { request, runtime, held, frame, call });
      } finally {
        await held.release();
      }
    },
  );
}

async function adoptHeld(
  parts: ServiceParts,
  work: {
    request: AdoptRequest;
    runtime: AccountRuntime;
    held: HeldAccount;
    frame: RunFrame;
    call: DoorCall;
  },
): Promise<DoorRun> {
  const { request, runtime, held, frame, call } = work;
  const { account, accountKey, client } = runtime;
  const { ownerships } = await parts.ledger.read(accountKey);
  const observed = await observeReports({
    ...{
      client,
      clock: parts.clock,
      concurrency: account.maxConcurrency,
      ...{ ownerships: new Map(), learned: nothingLearned, wanted: new Set() },
      asked: new Set(idsOf(request)),
    },
    call: { correlationId: call.correlationId, signal: parts.shutdown, deadlineMs: frame.deadlineMs },
  });
  if (observed.listFailure !== null) {
    const { code, message } = observed.listFailure;
    return nothingDone(idsOf(request), { code, message: `the reports could not be read: ${message}` });
  }
  const judged = request.records.map((record): Adopted => {
    const observation = observed.observations.get(record.reportId) ?? null;
    const evidence = observation?.kind === 'seen' ? evidenceOf(observation.report) : null;
    const ownership = ownerships.get(record.reportId) ?? null;
    return { record, adoption: judgeAdoption(record, { observation, ownership }, evidence) };
  });
  const adopted = new Set(
    judged.flatMap(({ record, adoption }) => (adoption.kind === 'adopted' ? [record.reportId] : [])),
  );
  // Without the ledger a tick took the pause for somebody else's, and its hold for one without effect.
  await parts.ledger.changeHolds(accountKey, (hold) =>
    adopted.has(hold.reportId) && hold.state === 'foreign' ? { ...hold, state: 'live' } : null,
  );
  const place = await parts.ledger.order.arrive(accountKey, null);
  const events: ReportEvent[] = [];
  let refusal: LedgerError | null = null;
  for (const { adoption } of judged) {
    if (adoption.kind === 'adopted' && refusal === null) {
      const { reportId, reportName } = adoption.report;
      const event: ReportEvent = { name: 'ReportAdopted', reportId, reportName, detail: request.reason };
      const writes: readonly RowWrite[] = [
        ...(request.untilMs === null
          ? []
          : [holdWrite(accountKey, reportId, request, call, { place, atMs: frame.startedMs })]),
        { kind: 'put', row: encodeRow(accountKey, rowKeys.ownership(reportId), adoption.ownership) },
        { kind: 'put', row: newsRow(accountKey) },
        noteWrite(accountKey, event),
      ];
      refusal = await failureOf(() => held.writer.write(writes));
      if (refusal !== null) continue;
      events.push(event);
      call.teller.telemetry?.event('ReportAdopted', {
        ...{ runId: frame.runId, correlationId: call.correlationId, reportId, reportName },
        ...accountFacts(account, accountKey),
        ...pauseFacts(adoption.ownership, [], frame.startedMs),
        detail: request.reason,
      });
    }
  }
  const entries = events.map(({ name, reportId, detail }) => ({
    ...{ reportId, atMs: parts.clock.now(), what: name, who: call.caller, why: detail },
    ...{ runId: frame.runId, observed: 'Paused', requestId: null },
  }));
  const failure = (await failureOf(() => parts.ledger.append(accountKey, entries))) ?? refusal;
  // Where a note cannot be taken away now, or the history has it not, the next run tells it once more and does both.
  if (failure === null) await failureOf(() => dropNotes(held, events));
  const written = new Set(events.map(({ reportId }) => reportId));
  const results = judged.map((one) =>
    one.adoption.kind === 'adopted' && !written.has(one.record.reportId) ? notAdopted(one) : resultOf(one),
  );
  // What was adopted by then stands, and the same request again adopts the rest.
  return { results, events, obstacle: failure === null ? null : notWritten(failure), ran: null };
}

function idsOf({ records }: AdoptRequest): readonly string[] {
  return records.map(({ reportId }) => reportId);
}

/** The adopted report stays paused until then, as by a request of whoever adopts. */
function holdWrite(
  accountKey: string,
  reportId: string,
  { untilMs, reason }: AdoptRequest,
  { caller }: DoorCall,
  { place, atMs }: Arrival,
) {
  const hold: Hold = {
    ...{ holdId: 'adopted', reportId, holder: { kind: 'request', caller }, state: 'live' },
    ...{ who: caller, why: reason, fromMs: atMs, untilMs, onManualResume: 'respect' },
    ...{ requestId: null, createdMs: atMs, place, ended: null },
  };
  return { kind: 'put' as const, row: encodeRow(accountKey, rowKeys.hold(hold), hold) };
}

const told = {
  adopted: ['adopted', 'adopted', 'it is ours again; the next tick resumes it where nothing holds it'],
  ownedAlready: ['alreadyPaused', 'owned_already', 'the ledger has it already'],
  notAsRecorded: [
    'foreign',
    'not_as_recorded',
    'it was touched since we paused it; resume it in Partner Center',
  ],
  notShown: ['notFound', 'not_found', 'the service shows no such report'],
} as const;

function notAdopted(one: Adopted): ReportResult {
  const message = 'not adopted: the ledger took it no more; send it again';
  return { ...resultOf(one), outcome: 'skipped', code: 'run_stopped', message };
}

function resultOf({ record, adoption }: Adopted): ReportResult {
  const report = adoption.kind === 'notShown' ? null : adoption.report;
  const status = report?.reportStatus ?? null;
  const [outcome, code, message] =
    adoption.kind !== 'notPaused'
      ? told[adoption.kind]
      : adoption.report.reportStatus === 'Inactive'
        ? (['inactive', 'inactive', 'its schedule has run out'] as const)
        : (['alreadyActive', 'back_already', 'it is active, so nothing is owed to it'] as const);
  return {
    ...{ reportId: record.reportId, reportName: report?.reportName ?? '', outcome, code, message },
    ...{ before: status, after: status, attempts: 0, durationInMs: 0, requestId: null },
  };
}
