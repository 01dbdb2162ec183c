import { decideInSteps } from '../deciding/decide.ts';
import type { Mode } from '../deciding/decideReport.ts';
import { runInSlices } from '../time/steps.ts';
import { occurrenceAt } from '../windows/occurrences.ts';
import { judgeReadiness, type ReadyReport, type Standing } from './judgeReadiness.ts';
import { findOpenOccurrence, type NamedWindow, type OpenOccurrence } from './openOccurrence.ts';
import { inputAt, readAccount } from './readAccount.ts';
import { ASKED_EVERY_MS } from './readForPeople.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { type ShownOccurrence, shownOccurrence } from './shownWindow.ts';
import { type ShownRead, shownRead } from './showReports.ts';
import { type Unfinished, unfinishedExecutions } from './unfinishedExecutions.ts';

/** A report that keeps a window from being ready, or that is not paused, and why. */
export type ShownReadiness = Pick<ReadyReport, 'reportId' | 'reportName' | 'code' | 'message'>;

/** An execution that is not over. */
export interface ShownExecution {
  readonly reportId: string;
  readonly reportName: string;
  readonly executionId: string;
  readonly status: string;
}

/** Whether the work that a window is for may begin. Lists name the first of many; the counts have all. */
export interface WindowReadiness extends ShownRead {
  readonly window: string;
  readonly account: string;
  readonly isReady: boolean;
  readonly occurrence: ShownOccurrence;
  readonly counts: Readonly<
    Record<Standing | 'selected' | 'exempt' | 'executions' | 'executionsUnread', number>
  >;
  /** Reports that are not confirmed paused, and of which it is not told why not. */
  readonly waiting: readonly ShownReadiness[];
  /** Reports that are not paused and will not be now. */
  readonly notPaused: readonly ShownReadiness[];
  /** Executions that still run, or are about to. */
  readonly executions: readonly ShownExecution[];
  /** Why executions could not be read; null where they could. */
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** What the go-signal is answered with. */
export type ReadinessOutcome =
  | Exclude<NamedWindow, OpenOccurrence>
  /** No pause is started, so that nothing could be waited for. */
  | { readonly kind: 'notActing'; readonly mode: Mode }
  | { readonly kind: 'unread'; readonly code: string; readonly message: string }
  | { readonly kind: 'told'; readonly readiness: WindowReadiness };

const MAX_NAMED = 100;

/** A look that is older says nothing of now. */
const FRESH_FOR_MS = 2 * ASKED_EVERY_MS;

/**
 * Whether every report that the window selects is confirmed paused, or told why not, and no execution of them runs any more.
 * What is known must be fresh: an old look is never ready.
 */
export async function windowReadiness(
  parts: ServiceParts,
  name: string,
  call: DoorCall,
): Promise<ReadinessOutcome> {
  const named = await findOpenOccurrence(parts, name, parts.clock.now());
  if (named.kind !== 'open') {
    return named;
  }
  if (parts.mode !== 'act') {
    return { kind: 'notActing', mode: parts.mode };
  }
  const { runtime } = named;
  const view = await readAccount(parts, runtime, call);
  if (!view.ok) {
    return { kind: 'unread', ...view.failure };
  }
  const nowMs = parts.clock.now();
  const isFresh = nowMs - view.askedMs <= FRESH_FOR_MS;
  // By what was read with the reports: somebody may have ended it meanwhile.
  const window = view.windows.windows.find((one) => one.name === name);
  const occurrence = window === undefined ? null : occurrenceAt(window, nowMs);
  if (window === undefined || occurrence === null) {
    return { kind: 'closed', window: window ?? named.window, next: named.next };
  }
  const known = inputAt(parts, view, nowMs);
  const hasBegun = view.snapshot.lastLook?.begun.includes(occurrence.key) === true;
  const decided = await runInSlices(decideInSteps(known), parts.giveWay);
  const reports = await runInSlices(
    judgeReadiness({ window, occurrence, hasBegun }, known, decided),
    parts.giveWay,
  );
  const waiting = reports.filter(({ standing }) => standing === 'waiting');
  // Executions are worth asking for only when nothing can begin one any more.
  const unfinished =
    isFresh && waiting.length === 0
      ? await unfinishedExecutions(parts, { runtime, window: name }, reports, call)
      : notAsked(reports);
  const isReady =
    isFresh && waiting.length === 0 && unfinished.unasked === 0 && unfinished.executions.length === 0;
  return {
    kind: 'told',
    readiness: {
      ...{ window: name, account: runtime.account.name, isReady },
      occurrence: shownOccurrence(window, occurrence),
      counts: {
        ...countsOf(reports),
        exempt: decided.windowStates.find((one) => one.window.name === name)?.exempt.length ?? 0,
        ...{ executions: unfinished.executions.length, executionsUnread: unfinished.unasked },
      },
      waiting: waiting.slice(0, MAX_NAMED).map(shownReadiness),
      notPaused: reports
        .filter(({ standing }) => standing === 'notPaused')
        .slice(0, MAX_NAMED)
        .map(shownReadiness),
      executions: shownExecutions(unfinished, reports),
      problem: unfinished.failure,
      ...shownRead(nowMs, view),
    },
  };
}

function notAsked(reports: readonly ReadyReport[]): Unfinished {
  return { executions: [], unasked: reports.filter(({ isShown }) => isShown).length, failure: null };
}

function countsOf(reports: readonly ReadyReport[]): Readonly<Record<Standing | 'selected', number>> {
  const count = (standing: Standing) => reports.filter((one) => one.standing === standing).length;
  return {
    selected: reports.length,
    paused: count('paused'),
    pausedByOthers: count('pausedByOthers'),
    notPaused: count('notPaused'),
    waiting: count('waiting'),
  };
}

function shownReadiness({ reportId, reportName, code, message }: ReadyReport): ShownReadiness {
  return { reportId, reportName, code, message };
}

function shownExecutions(
  { executions }: Unfinished,
  reports: readonly ReadyReport[],
): readonly ShownExecution[] {
  const names = new Map(reports.map(({ reportId, reportName }) => [reportId, reportName]));
  return executions.slice(0, MAX_NAMED).map(({ reportId, executionId, executionStatus }) => ({
    ...{ reportId, reportName: names.get(reportId) ?? '', executionId, status: executionStatus },
  }));
}
