import { decideInSteps } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import { isLookDue } from '../deciding/looks.ts';
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

type View = Extract<AccountView, { ok: true }>;

async function foresee(
  parts: ServiceParts,
  view: AccountView,
  snapshot: View['snapshot'],
  reportIds: readonly string[],
): Promise<DoorRun> {
  if (!view.ok) {
    const { code, message } = view.failure;
    return nothingDone(reportIds, {
      code: isProblemCode(code) ? code : 'reports_unreadable',
      message: `the reports could not be read: ${message}`,
    });
  }
  const nowMs = parts.clock.now();
  const observations = asLookedAt(view, snapshot, { reportIds, nowMs });
  const known = {
    ...inputAt(parts, { ...view, snapshot, observations }, nowMs),
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

/**
 * What a run would read by id is taken to be as the list shows it: of ours what the list hints at, what is due, and what somebody gave his
 * word on. Of what the list lacks it would be told that there is no such report.
 */
export function asLookedAt(
  { observations, askedMs }: View,
  { ownerships, statements, facts }: View['snapshot'],
  { reportIds, nowMs }: { readonly reportIds: readonly string[]; readonly nowMs: number },
): ReadonlyMap<string, Observation> {
  const looked = new Map(observations);
  for (const reportId of reportIds) {
    const listed = observations.get(reportId);
    const owned = ownerships.get(reportId);
    if (listed === undefined) {
      looked.set(reportId, { kind: 'notFound', readAtMs: askedMs });
    } else if (listed.kind === 'seen' && owned !== undefined) {
      const { learned } = facts;
      const isLooked = statements.has(reportId) || isLookDue(owned, listed, { nowMs, learned });
      looked.set(reportId, isLooked ? { ...listed, by: 'id' } : listed);
    }
  }
  return looked;
}

/** A change that is meant, as if it were read to be done; the status is that of now. */
function foreseen(decision: ReportDecision, observation: Observation | undefined): ReportResult {
  if (observation?.kind !== 'seen') {
    const message =
      'Partner Center does not show it: its resume would be sent all the same, and what comes of that cannot be told';
    return { ...doneNothing(decision, null), outcome: 'notFound', message };
  }
  const { report, readAtMs } = observation;
  const now = `it is ${report.reportStatus}, read ${utcText(readAtMs)}`;
  return {
    ...doneNothing(decision, report),
    ...(decision.action === 'pause'
      ? { outcome: 'paused', message: `would be paused: ${now}, and a hold asks for it` }
      : { outcome: 'resumed', message: `would be resumed: ${now}, and nothing holds it` }),
  };
}
