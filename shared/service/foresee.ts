import { decideInSteps } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { Observation } from '../model/ownership.ts';
import { wordsOf } from '../running/decideAccount.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { doneNothing } from '../running/resultOf.ts';
import { inSteps, runInSlices } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import { type DoorRun, nothingDone, readDoorRun } from './actForDoor.ts';
import type { DoorManner } from './doorHands.ts';
import { createForeseenLedger } from './foreseenLedger.ts';
import { type AccountView, inputAt, readAccount } from './readAccount.ts';
import { isProblemCode } from './run.ts';
import type { ServiceParts } from './serviceParts.ts';

/**
 * Tells what would be done, from the ledger and from the reports as people are shown them: no lease, no place, no write, no
 * call but the list that all who look share.
 */
export const foreseeing: DoorManner = {
  isDry: true,
  takeHands: async (parts, runtime, { call }) => {
    const view = await readAccount(parts, runtime, call);
    const ledger = createForeseenLedger(
      view.ok ? view.snapshot : await parts.ledger.read(runtime.accountKey),
    );
    return {
      ledger,
      act: async (reportIds) => foresee(parts, view, await ledger.read(runtime.accountKey), reportIds),
      mayTryAgain: false,
    };
  },
};

async function foresee(
  parts: ServiceParts,
  view: AccountView,
  snapshot: Extract<AccountView, { ok: true }>['snapshot'],
  reportIds: readonly string[],
): Promise<DoorRun> {
  if (!view.ok) {
    const { code, message } = view.failure;
    return nothingDone(reportIds, {
      code: isProblemCode(code) ? code : 'reports_unreadable',
      message: `the reports could not be read: ${message}`,
    });
  }
  const observations = withoutUnlisted(view, snapshot, reportIds);
  const known = {
    ...inputAt(parts, { ...view, snapshot, observations }, parts.clock.now()),
    words: wordsOf(snapshot),
  };
  const decided = await runInSlices(decideInSteps(known), parts.giveWay);
  const asked = new Set(reportIds);
  const changes = decided.decisions.filter(
    ({ reportId, action }) => asked.has(reportId) && action !== 'none',
  );
  const results: ReportResult[] = [];
  const see = (decision: ReportDecision) =>
    results.push(foreseen(decision, observations.get(decision.reportId)));
  await runInSlices(inSteps(changes, see, 2), parts.giveWay);
  const ran = { kind: 'ran', results, events: [], failure: null, listFailure: null } as const;
  const read = readDoorRun({ ...ran, decided, snapshot, observations }, reportIds);
  return await runInSlices(read, parts.giveWay);
}

/** What is not ours and not in the list would be looked up by its id; it is taken for what it would be found to be. */
function withoutUnlisted(
  { observations, askedMs }: Extract<AccountView, { ok: true }>,
  { ownerships }: Extract<AccountView, { ok: true }>['snapshot'],
  reportIds: readonly string[],
): ReadonlyMap<string, Observation> {
  const unlisted = reportIds.filter((id) => !observations.has(id) && !ownerships.has(id));
  const notFound: Observation = { kind: 'notFound', readAtMs: askedMs };
  return new Map([...observations, ...unlisted.map((id) => [id, notFound] as const)]);
}

/** A change that is meant, as if it were read to be done; the status is that of now. */
function foreseen(decision: ReportDecision, observation: Observation | undefined): ReportResult {
  const report = observation?.kind === 'seen' ? observation.report : null;
  const read = observation?.kind === 'seen' ? `, read ${utcText(observation.readAtMs)}` : '';
  const status = report?.reportStatus ?? 'not shown';
  return {
    ...doneNothing(decision, report),
    ...(decision.action === 'pause'
      ? { outcome: 'paused', message: `would be paused: it is ${status}${read}, and a hold asks for it` }
      : { outcome: 'resumed', message: `would be resumed: it is ${status}${read}, and nothing holds it` }),
  };
}
