import type { ExitCode } from './commandError.ts';
import type { Run, RunResult } from './connection/answers.ts';

/** What was asked of the run: reports by name to be paused or to run again, or what a request or a window holds to end. */
export type Asked = 'paused' | 'running' | 'released' | 'ended' | 'adopted' | 'reconciled';

const RECONCILED = [
  ...['paused', 'alreadyPaused', 'foreign', 'resumed', 'alreadyActive', 'stillHeld', 'inactive', 'skipped'],
];
/** Outcomes after which a report is as asked. What the app counts as no failure may still not be what was asked for. */
const asAsked: { readonly [A in Asked]: ReadonlySet<string> } = {
  paused: new Set(['paused', 'alreadyPaused', 'foreign', 'inactive']),
  running: new Set(['resumed', 'alreadyActive', 'inactive']),
  // What is foreign never was the request's to bring back.
  released: new Set(['resumed', 'alreadyActive', 'inactive', 'foreign']),
  // What something else holds as well is not the window's any more.
  ended: new Set(['resumed', 'alreadyActive', 'inactive', 'foreign', 'stillHeld']),
  adopted: new Set(['adopted', 'alreadyPaused', 'alreadyActive', 'inactive']),
  reconciled: new Set(RECONCILED),
};

/** The codes by which the app says that it did not get to a report. */
const NOT_REACHED = new Set([
  ...['out_of_time', 'run_stopped', 'account_busy', 'lease_lost', 'ledger_unavailable', 'attempt_under_way'],
]);

/** True where the report is as the command asked for. Pure. */
export function isAsAsked({ outcome, code }: RunResult, asked: Asked): boolean {
  return asAsked[asked].has(outcome) && !NOT_REACHED.has(code);
}

/** 0 only where the app says ok and every report is as asked. Pure. */
export function exitCodeOf(run: Run, asked: Asked): ExitCode {
  return run.status === 'ok' && run.results.every((result) => isAsAsked(result, asked)) ? 0 : 1;
}

/** What a finished run that is only looked at was asked for, at its strictest: the run does not tell. Pure. */
export function askedOf({ door }: Run): Asked {
  if (door === 'pause') {
    return 'paused';
  }
  if (door === 'adopt') {
    return 'adopted';
  }
  if (door === 'end') {
    return 'ended';
  }
  return door === 'resume' ? 'running' : 'reconciled';
}
