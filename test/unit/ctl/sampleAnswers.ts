import type { Explained, Hold, Report, Run, RunResult } from '../../../ctl/connection/answers.ts';

/** A hold of a window that is on. */
export function sampleHold(facts: Partial<Hold> = {}): Hold {
  return {
    ...{
      holder: 'window nightly',
      state: 'live',
      who: 'window nightly',
      why: 'maintenance',
      requestId: null,
    },
    ...{ fromUtc: '2026-07-01T10:00:00Z', untilUtc: '2026-07-01T14:00:00Z' },
    ...facts,
  };
}

/** An active report that nothing holds. */
export function sampleReport(facts: Partial<Report> = {}): Report {
  return {
    ...{ account: 'default', reportId: 'b0000000-0000-4000-8000-000000000001', reportName: 'daily' },
    ...{ status: 'Active', ownership: null, holds: [], expectedResumeUtc: null, reason: 'no_hold' },
    ...{ expectedResumeReason: 'not_ours', message: 'Nothing holds it.' },
    ...facts,
  };
}

/** The same with its history. */
export function sampleExplained(facts: Partial<Explained> = {}): Explained {
  return { ...sampleReport(), history: [], ...facts };
}

/** A report that was paused. */
export function sampleResult(facts: Partial<RunResult> = {}): RunResult {
  return {
    ...{ reportId: 'b0000000-0000-4000-8000-000000000001', reportName: 'daily', outcome: 'paused' },
    ...{ code: 'hold_began', message: 'paused, and seen so', after: 'Paused', requestId: null },
    ...facts,
  };
}

/** A run that is ok. */
export function sampleRun(results: readonly RunResult[], facts: Partial<Run> = {}): Run {
  return {
    ...{ runId: '11111111-1111-4111-8111-111111111111', door: 'pause', status: 'ok' },
    ...{ startedUtc: '2026-07-01T10:00:00Z', durationInMs: 1, summary: {}, problems: [] },
    results: [...results],
    ...facts,
  };
}
