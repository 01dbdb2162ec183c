import type { ReportExecution } from '../model/report.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { ReadyReport } from './judgeReadiness.ts';
import { ASKED_EVERY_MS } from './readForPeople.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** What is known of executions that have begun and are not over. */
export interface Unfinished {
  /** Those that were pending or running when they were asked for last. */
  readonly executions: readonly ReportExecution[];
  /** Reports of which it is not known yet. */
  readonly unasked: number;
  /** Why they could not be asked for; null where they could. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** Reports whose executions are asked for at once: 20 in a call. */
export const ASKED_AT_ONCE = 200;
const ASK_LIMIT_IN_MS = 25_000;

/** A report that is not paused may begin an execution at any time: what is known of it holds for so long. */
const NOT_PAUSED_KNOWN_FOR_MS = 5 * 60_000;

interface Known {
  readonly pausedMs: number;
  readonly askedMs: number;
  readonly executions: readonly ReportExecution[];
}

interface Watched {
  askedMs: number;
  known: Map<string, Known>;
}

/** Of each window that somebody waits for: a report that is paused begins no execution, so that none is asked for twice. */
const watched = new WeakMap<AccountRuntime, Map<string, Watched>>();

/**
 * Which executions of these reports still run. The service is asked at most once in 15 seconds for each window, for 200 reports at
 * a time, and never while a run calls it: what is not known yet is counted. One id that is gone makes the service answer 404 for
 * all that it is asked with, which is no execution at all: so only those are asked for that it has just shown.
 */
export async function unfinishedExecutions(
  parts: ServiceParts,
  { runtime, window }: { readonly runtime: AccountRuntime; readonly window: string },
  reports: readonly ReadyReport[],
  call: Pick<DoorCall, 'correlationId'>,
): Promise<Unfinished> {
  const { clock, shutdown } = parts;
  const ofAccount = watched.get(runtime) ?? new Map<string, Watched>();
  watched.set(runtime, ofAccount);
  const mine = ofAccount.get(window) ?? { askedMs: Number.NEGATIVE_INFINITY, known: new Map() };
  ofAccount.set(window, mine);
  // What is not selected any more, or was paused anew, is not known any more.
  mine.known = new Map(
    reports.flatMap(({ reportId, pausedMs }) => {
      const one = mine.known.get(reportId);
      return one?.pausedMs === pausedMs ? [[reportId, one] as const] : [];
    }),
  );
  const nowMs = clock.now();
  const isOpen = ({ reportId, standing }: ReadyReport) => {
    const one = mine.known.get(reportId);
    const isOld = standing === 'notPaused' && nowMs - (one?.askedMs ?? 0) > NOT_PAUSED_KNOWN_FOR_MS;
    return one === undefined || one.executions.length > 0 || isOld;
  };
  const shown = reports.filter(({ isShown }) => isShown);
  const open = shown.filter(isOpen);
  const running = (one: ReadyReport) => (mine.known.get(one.reportId)?.executions.length ?? 0) > 0;
  const asked = [...open.filter(running), ...open.filter((one) => !running(one))].slice(0, ASKED_AT_ONCE);
  let failure: Unfinished['failure'] = null;
  if (asked.length > 0 && nowMs - mine.askedMs >= ASKED_EVERY_MS) {
    mine.askedMs = nowMs;
    const answer = await runtime.clientForPeople.executions(
      asked.map(({ reportId }) => reportId),
      { executionStatus: ['Pending', 'Running'], getLatestExecution: false },
      { correlationId: call.correlationId, signal: shutdown, deadlineMs: nowMs + ASK_LIMIT_IN_MS },
    );
    if (answer.ok && answer.unreadableItems === 0) {
      const byReport = Map.groupBy(answer.value.filter(isUnfinished), ({ reportId }) => reportId);
      for (const { reportId, pausedMs } of asked) {
        mine.known.set(reportId, { pausedMs, askedMs: nowMs, executions: byReport.get(reportId) ?? [] });
      }
    } else {
      failure = answer.ok
        ? { code: 'unexpected_answer', message: 'an execution in the answer could not be read' }
        : { code: answer.failure.code, message: answer.failure.message };
    }
  }
  return {
    executions: shown.flatMap(({ reportId }) => mine.known.get(reportId)?.executions ?? []),
    unasked: shown.filter((one) => isOpen(one) && !running(one)).length,
    failure,
  };
}

function isUnfinished({ executionStatus }: ReportExecution): boolean {
  return executionStatus === 'Pending' || executionStatus === 'Running';
}
