import { type Adoption, judgeAdoption, type PauseRecord } from '../deciding/judgeAdoption.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import { evidenceOf } from '../deciding/settle.ts';
import type { HeldAccount } from '../ledger/createLedger.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import type { Hold } from '../model/hold.ts';
import { accountFacts, pauseFacts } from '../running/eventFacts.ts';
import { observeReports } from '../running/observeReports.ts';
import type { ReportResult } from '../running/reportResult.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type DoorRun, nothingDone } from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import type { AdoptRequest } from './requests.ts';
import type { Run } from './run.ts';
import { type RunFrame, startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

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
  return doorRun(parts, { door: 'adopt', account: request.account, call, frame }, async (runtime) => {
    const held = await holdWithin(parts, runtime.accountKey, frame.deadlineMs);
    if (held === null) {
      const message = 'another run holds this account; ask again in a minute';
      return nothingDone(idsOf(request), { code: 'account_busy', message });
    }
    try {
      return await adoptHeld(parts, { request, runtime, held, frame, call });
    } finally {
      await held.release();
    }
  });
}

/** How long it waits before it asks again for an account that another run holds. */
const BUSY_WAIT_IN_MS = 500;

async function holdWithin(
  parts: ServiceParts,
  accountKey: string,
  deadlineMs: number,
): Promise<HeldAccount | null> {
  let held = await parts.ledger.hold(accountKey);
  while (held === null && parts.clock.now() + BUSY_WAIT_IN_MS < deadlineMs) {
    await parts.clock.sleep(BUSY_WAIT_IN_MS, parts.shutdown);
    held = await parts.ledger.hold(accountKey);
  }
  return held;
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
      owned: [],
      mustKnow: idsOf(request),
    },
    call: { correlationId: call.correlationId, signal: parts.shutdown, deadlineMs: frame.deadlineMs },
  });
  if (!observed.ok) {
    const { code, message } = observed.failure;
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
  const events: ReportEvent[] = [];
  for (const { adoption } of judged) {
    if (adoption.kind === 'adopted') {
      const { reportId, reportName } = adoption.report;
      await held.writer.write([
        ...(request.untilMs === null
          ? []
          : [holdWrite(accountKey, reportId, request, call, frame.startedMs)]),
        { kind: 'put', row: encodeRow(accountKey, rowKeys.ownership(reportId), adoption.ownership) },
      ]);
      events.push({ name: 'ReportAdopted', reportId, reportName, detail: request.reason });
      call.teller.telemetry?.event('ReportAdopted', {
        ...{ runId: frame.runId, correlationId: call.correlationId, reportId, reportName },
        ...accountFacts(account, accountKey),
        ...pauseFacts(adoption.ownership, [], frame.startedMs),
        detail: request.reason,
      });
    }
  }
  await parts.ledger.append(
    accountKey,
    events.map(({ name, reportId, detail }) => ({
      ...{ reportId, atMs: parts.clock.now(), what: name, who: call.caller, why: detail },
      ...{ runId: frame.runId, observed: 'Paused', requestId: null },
    })),
  );
  return { results: judged.map(resultOf), events, obstacle: null, ran: null };
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
  nowMs: number,
) {
  const hold: Hold = {
    ...{ holdId: 'adopted', reportId, holder: { kind: 'request', caller }, state: 'live' },
    ...{ who: caller, why: reason, fromMs: nowMs, untilMs, onManualResume: 'respect' },
    ...{ requestId: null, createdMs: nowMs, ended: null },
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
