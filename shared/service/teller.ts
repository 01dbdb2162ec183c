import type { ReportEvent } from '../deciding/reportEvent.ts';
import { isUndone } from '../running/reportResult.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { isNews, type Run, type RunProblem, type RunResult } from './run.ts';

/** Where lines for operators go: one per run, one per failed report, event and problem. Never a secret in any. */
export interface Teller {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  /** Where the same goes as custom events and metrics; missing where nobody collects them. */
  readonly telemetry?: Telemetry;
}

/**
 * Tells a run: a line for it, one for each report that is not as it should be, each event and each problem. The events
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
  for (const result of undone) {
    tellUndone(teller, common, result);
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

function tellUndone(teller: Teller, common: Common, result: RunResult): void {
  const { account, reportId, reportName, outcome, code, message, attempts, requestId } = result;
  const about = { ...common, account, reportId, reportName, outcome, code };
  teller.warn(JSON.stringify({ event: 'ReportFailed', ...about, message, attempts, requestId }));
  const { durationInMs } = result;
  teller.telemetry?.event(
    'ReportFailed',
    { ...about, detail: message, requestId },
    { attempts, durationInMs },
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
