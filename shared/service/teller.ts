import type { ReportEvent } from '../deciding/reportEvent.ts';
import { isUndone } from '../running/reportResult.ts';
import type { Run, RunProblem } from './run.ts';

/** Where lines for operators go: one per run, one per failed report, event and problem. Never a secret in any. */
export interface Teller {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Tells a run: a line for it, one for each report that is not as it should be, each event and each problem. */
export function tellRun(teller: Teller, run: Run): void {
  const { runId, correlationId, door } = run;
  const common = { runId, correlationId, door };
  for (const event of run.events) {
    teller.info(eventLine(common, event));
  }
  for (const problem of run.problems) {
    teller.error(problemLine(common, problem));
  }
  for (const result of run.results.filter((one) => isUndone(one, run.door))) {
    const { account, reportId, reportName, outcome, code, message, attempts, requestId } = result;
    const line = {
      event: 'ReportFailed',
      ...common,
      account,
      reportId,
      reportName,
      outcome,
      code,
      message,
      attempts,
      requestId,
    };
    teller.warn(JSON.stringify(line));
  }
  const { status, startedUtc, durationInMs, summary } = run;
  const line = JSON.stringify({ event: 'RunFinished', ...common, status, startedUtc, durationInMs, summary });
  if (status === 'ok') {
    teller.info(line);
  } else {
    teller.warn(line);
  }
}

function eventLine(common: object, { name, ...rest }: ReportEvent): string {
  return JSON.stringify({ event: name, ...common, ...rest });
}

function problemLine(common: object, { code, account, message }: RunProblem): string {
  return JSON.stringify({ event: 'RunProblem', ...common, code, account, message });
}
