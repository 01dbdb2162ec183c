import fc from 'fast-check';
import type { DecideInput } from '../../../shared/deciding/decide.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import type { Evidence, Observation, Ownership } from '../../../shared/model/ownership.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import { windowOver } from './sampleDecide.ts';
import { ATTEMPT, BEFORE, HOUR, holdWith, MINUTE, NOW, TIMING, windowHold } from './sampleSituation.ts';

// Few values of each kind, so that they meet.
const REPORTS = [1, 2, 3];
const number = fc.constantFrom(...REPORTS);
const windowName = fc.constantFrom('a', 'b', 'c');
const fromMs = fc.constantFrom(NOW - HOUR, NOW - HOUR + 1, NOW, NOW + MINUTE, NOW + HOUR);
const untilMs = fc.constantFrom(NOW - MINUTE, NOW, NOW + MINUTE, NOW + 2 * HOUR);
const onManualResume = fc.constantFrom('respect' as const, 'reassert' as const);
const pastMs = fc.constantFrom(NOW - HOUR, NOW - 2 * MINUTE, NOW - MINUTE, NOW);
const perhapsPastMs = fc.option(pastMs);

const evidence: fc.Arbitrary<Evidence> = fc.record({
  modifiedTime: fc.constantFrom(BEFORE.modifiedTime, '2026-03-01T09:00:10Z', '2026-03-01T09:30:00Z', null),
  contentHash: fc.constantFrom('content', 'content', 'edited'),
});

const attempts = fc.constantFrom([ATTEMPT], [], [{ ...ATTEMPT, untilServiceMs: NOW }]);

const anyWindow: fc.Arbitrary<Window> = fc
  .record({
    ...{ name: windowName, fromMs, untilMs, onManualResume, enabled: fc.constantFrom(true, true, false) },
    numbers: fc.subarray(REPORTS),
    excluded: fc.subarray(REPORTS, { maxLength: 1 }),
    maxReports: fc.constantFrom(200, 200, 1),
  })
  .map(({ name, numbers, excluded, ...rest }) =>
    windowOver(name, rest.fromMs, rest.untilMs, numbers, {
      ...{ onManualResume: rest.onManualResume, enabled: rest.enabled, maxReports: rest.maxReports },
      excludeReportIds: excluded.map(reportIdOf),
    }),
  );

const anyHold: fc.Arbitrary<Hold> = fc
  .record({
    ...{ number, windowName, fromMs, untilMs, onManualResume },
    state: fc.constantFrom('live' as const, 'live' as const, 'foreign' as const, 'dropped' as const),
    isWindow: fc.boolean(),
    isEnded: fc.constantFrom(false, false, true),
  })
  .map((drawn) => {
    const fields = {
      reportId: reportIdOf(drawn.number),
      ...{ state: drawn.state, onManualResume: drawn.onManualResume },
      ended: drawn.isEnded ? { by: 'someone', why: 'done', atMs: NOW } : null,
    };
    return drawn.isWindow
      ? windowHold(drawn.windowName, drawn.fromMs, drawn.untilMs, fields)
      : holdWith({ ...fields, holdId: `request.${drawn.windowName}`, fromMs: drawn.fromMs });
  });

const anyOwnership: fc.Arbitrary<Ownership> = fc
  .record({
    number,
    common: fc.record({ sinceMs: pastMs, seenActiveAtMs: perhapsPastMs, notFoundSinceMs: perhapsPastMs }),
    state: fc.oneof(
      fc.record({ kind: fc.constant('pausing' as const), before: evidence, attempts }),
      fc.record({
        ...{ kind: fc.constant('paused' as const), kept: evidence },
        owed: fc.constantFrom(null, 'forbidden'),
      }),
      fc.record({ kind: fc.constant('resuming' as const), kept: evidence, attempts }),
      fc.record({ kind: fc.constant('doubtful' as const), because: fc.constant('the times do not fit') }),
    ),
  })
  .map(({ number: one, common, state }) => {
    const { reportId, reportName, queryId } = reportWith(one);
    return { reportId, reportName, queryId, ...common, ...state };
  });

const anyObservation: fc.Arbitrary<readonly [string, Observation]> = fc
  .record({
    number,
    status: fc.constantFrom('Active', 'Active', 'Paused', 'Paused', 'Inactive', 'absent', 'notFound'),
    evidence,
    readAtMs: pastMs,
  })
  .map((drawn) => {
    const { status, readAtMs } = drawn;
    if (status === 'absent' || status === 'notFound') {
      return [reportIdOf(drawn.number), { kind: status }];
    }
    const report = reportWith(drawn.number, { ...drawn.evidence, reportStatus: status });
    return [report.reportId, { kind: 'seen', report, readAtMs, serviceOffsetInMs: 0 }];
  });

/** Any state of windows, ledger and API over three reports, likely or not. */
export const anyWorld: fc.Arbitrary<DecideInput> = fc
  .record({
    windows: fc.uniqueArray(anyWindow, { maxLength: 3, selector: ({ name }) => name }),
    invalidNames: fc.subarray(['d'], { maxLength: 1 }),
    areReadable: fc.constantFrom(true, true, false),
    holds: fc.uniqueArray(anyHold, { maxLength: 6, selector: (hold) => `${hold.reportId} ${hold.holdId}` }),
    ownerships: fc.uniqueArray(anyOwnership, { maxLength: 3, selector: ({ reportId }) => reportId }),
    observations: fc.uniqueArray(anyObservation, { minLength: 1, maxLength: 3, selector: ([id]) => id }),
    takeOvers: fc.subarray(REPORTS, { maxLength: 1 }),
    learned: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    mode: fc.constantFrom('act' as const, 'act' as const, 'act' as const, 'observe' as const, 'off' as const),
  })
  .map(({ windows, invalidNames, areReadable, ownerships, observations, takeOvers, ...rest }) => ({
    ...{ ...rest, nowMs: NOW, tickInMs: 5 * MINUTE, timing: TIMING },
    windows: { windows, invalidNames, areReadable },
    ownerships: new Map(ownerships.map((ownership) => [ownership.reportId, ownership])),
    observations: new Map(observations),
    takeOvers: new Map(takeOvers.map((one) => [reportIdOf(one), 'someone: ours'])),
  }));
