import type { ReportEvent } from '../deciding/reportEvent.ts';
import { isUndone } from '../running/reportResult.ts';
import type { Teller } from '../telemetry/teller.ts';
import { isNews, type Run, type RunProblem, type RunResult } from './run.ts';

/**
 * Tells a run: a line for it, one for each report that is not as it should be, each event and each problem. Where one cause meets
 * more than {@link MAX_UNDONE_TOLD} reports of an account, the last that is told says of how many more that is so. The events
 * of reports are custom events already, recorded where their account is known.
 */
export function tellRun(teller: Teller, run: Run): void {
  const { runId, correlationId, door } = run;
  const common = { runId, correlationId, door };
  for (const event of run.events) {
    teller.info(eventLine(common, event));
    if (event.name === 'WindowMissed') {
      teller.telemetry?.event(event.name, { ...common, detail: event.detail });
    }
  }
  for (const problem of run.problems) {
    teller[isNews(problem, door) ? 'info' : 'error'](problemLine(common, problem));
    const { code, account, message: detail } = problem;
    teller.telemetry?.event('RunProblem', { ...common, code, account, detail });
  }
  const undone = run.results.filter((one) => isUndone(one, run.door));
  for (const { result, more } of toldOf(undone)) {
    tellUndone(teller, common, result, more);
  }
  const { status, startedUtc, durationInMs, summary } = run;
  const line = JSON.stringify({ event: 'RunFinished', ...common, status, startedUtc, durationInMs, summary });
  if (status === 'ok') {
    teller.info(line);
  } else {
    teller.warn(line);
  }
  recordRun(teller, run, undone.length);
}

interface Common {
  readonly runId: string;
  readonly correlationId: string;
  readonly door: Run['door'];
}

/** Each run that meets the same again tells it again: a tick a minute, of ten thousand reports, would be more than is taken. */
export const MAX_UNDONE_TOLD = 100;

/** The first of each account and code; the last of them knows how many more there are. */
function toldOf(
  undone: readonly RunResult[],
): readonly { readonly result: RunResult; readonly more: number }[] {
  const ofCauses = Map.groupBy(undone, ({ account, code }) => `${account} ${code}`);
  return [...ofCauses.values()].flatMap((all) => {
    const first = all.slice(0, MAX_UNDONE_TOLD);
    const more = all.length - first.length;
    return first.map((result, at) => ({ result, more: at === first.length - 1 ? more : 0 }));
  });
}

function tellUndone(teller: Teller, common: Common, result: RunResult, more: number): void {
  const { account, reportId, reportName, outcome, code, message, attempts, requestId } = result;
  const about = { ...common, account, reportId, reportName, outcome, code };
  const ofMore = more === 0 ? {} : { more };
  teller.warn(JSON.stringify({ event: 'ReportFailed', ...about, message, attempts, requestId, ...ofMore }));
  const { durationInMs } = result;
  teller.telemetry?.event(
    'ReportFailed',
    { ...about, detail: message, requestId },
    { attempts, durationInMs, ...ofMore },
  );
}

function recordRun({ telemetry }: Teller, run: Run, undone: number): void {
  const { runId, correlationId, door, status, startedUtc, durationInMs, summary, results, problems } = run;
  const { paused = 0, resumed = 0 } = summary;
  telemetry?.event(
    'RunFinished',
    { runId, correlationId, door, status, startedUtc },
    { durationInMs, reports: results.length, undone, paused, resumed, problems: problems.length },
  );
  telemetry?.metric('runDurationInMs', durationInMs, { door, status });
  for (const { outcome, account } of results) {
    telemetry?.metric('reports', 1, { outcome, door, account });
  }
}

function eventLine(common: object, { name, ...rest }: ReportEvent): string {
  return JSON.stringify({ event: name, ...common, ...rest });
}

function problemLine(common: object, { code, account, message }: RunProblem): string {
  return JSON.stringify({ event: 'RunProblem', ...common, code, account, message });
}
