import fc from 'fast-check';
import type { DecideInput } from '../../../shared/deciding/decide.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import {
  type Evidence,
  nothingLearned,
  type Observation,
  type OddLook,
  type Ownership,
} from '../../../shared/model/ownership.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { exemptionUntil } from '../windows/sampleExemption.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import { windowOver } from './sampleDecide.ts';
import {
  ATTEMPT,
  BEFORE,
  doubtful,
  ended,
  HOUR,
  holdWith,
  MINUTE,
  NOW,
  PAUSED_AT,
  paused,
  pausing,
  RESUME_ATTEMPT,
  resumed,
  resuming,
  TIMES_MOVE,
  windowHold,
} from './sampleSituation.ts';

// Few values of each kind, so that they meet.
const REPORTS = [1, 2, 3];
const number = fc.constantFrom(...REPORTS);
const windowName = fc.constantFrom('a', 'b', 'c');
const fromMs = fc.constantFrom(NOW - HOUR, NOW - HOUR + 1, NOW, NOW + MINUTE, NOW + HOUR);
const untilMs = fc.constantFrom(NOW - MINUTE, NOW, NOW + MINUTE, NOW + 2 * HOUR);
const onManualResume = fc.constantFrom('respect' as const, 'reassert' as const);
const pastMs = fc.constantFrom(NOW - HOUR, NOW - 3 * MINUTE, NOW - MINUTE, NOW);

const evidence: fc.Arbitrary<Evidence> = fc.record({
  modifiedMs: fc.constantFrom(BEFORE.modifiedMs, PAUSED_AT + 10_000, NOW - HOUR / 2, null),
  contents: fc.constantFrom(BEFORE.contents, BEFORE.contents, 'description=22222222'),
});

const answers = fc.constantFrom('unknown', 'accepted', 'unclear', 'refused' as const);
const sentMs = fc.constantFrom(PAUSED_AT, NOW - MINUTE);

const anyWindow: fc.Arbitrary<Window> = fc
  .record({
    ...{ name: windowName, fromMs, untilMs, onManualResume, enabled: fc.constantFrom(true, true, false) },
    numbers: fc.subarray(REPORTS),
    excluded: fc.subarray(REPORTS, { maxLength: 1 }),
    maxReports: fc.constantFrom(200, 200, 1),
    exempt: fc.subarray(REPORTS, { maxLength: 1 }),
    exemptUntilMs: untilMs,
  })
  .map(({ name, numbers, excluded, ...rest }) =>
    windowOver(name, rest.fromMs, rest.untilMs, numbers, {
      ...{ onManualResume: rest.onManualResume, enabled: rest.enabled, maxReports: rest.maxReports },
      excludeReportIds: excluded.map(reportIdOf),
      exemptions: rest.exempt.map((one) =>
        exemptionUntil(rest.exemptUntilMs, { reports: { kind: 'ids', reportIds: [reportIdOf(one)] } }),
      ),
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

const oddLook: fc.Arbitrary<OddLook | null> = fc.option(
  fc.record({ status: fc.constantFrom('Active', 'Inactive', 'notFound'), firstMs: pastMs, lastMs: pastMs }),
);

const anyOwned = fc.record({
  ...{ number, kept: evidence, answer: answers, sentMs, odd: oddLook, refuted: fc.constantFrom(0, 3) },
  kind: fc.constantFrom('pausing', 'paused', 'resuming', 'resumed', 'doubtful', 'ended' as const),
  owed: fc.constantFrom(null, 'forbidden'),
  because: fc.constantFrom('not_effective', 'resumed', 'resumed_by_person', 'exhausted', 'gone' as const),
});

type Drawn = typeof anyOwned extends fc.Arbitrary<infer One> ? One : never;

const anyOwnership: fc.Arbitrary<Ownership> = anyOwned.map(ownershipOf);

function ownershipOf({ number: one, sentMs: atMs, kind, kept, answer, refuted, ...drawn }: Drawn): Ownership {
  const { reportId, reportName, queryId } = reportWith(one);
  const isBack = kind === 'resuming' || kind === 'resumed';
  const times = { sentMs: atMs, endedMs: atMs + 1_000, limitMs: atMs + 20_000, answer };
  const attempts = [{ ...(isBack ? RESUME_ATTEMPT : ATTEMPT), ...times }];
  // A report whose resume is under way was read paused right before: no look that showed it active stands.
  const odd = kind === 'resuming' && drawn.odd?.status === 'Active' ? null : drawn.odd;
  const fields = { reportId, reportName, queryId, sinceMs: atMs, attempts, odd };
  switch (kind) {
    case 'pausing':
      return pausing({ ...fields, before: kept, refuted });
    case 'paused':
      return paused({ ...fields, kept, owed: drawn.owed });
    case 'resuming':
      return resuming({ ...fields, kept });
    case 'resumed':
      return resumed({ ...fields, kept });
    case 'doubtful':
      return doubtful(fields);
    case 'ended':
      return ended({ ...fields, kept, refuted, because: drawn.because });
  }
}

const anyObservation: fc.Arbitrary<readonly [string, Observation]> = fc
  .record({
    number,
    status: fc.constantFrom('Active', 'Active', 'Paused', 'Paused', 'Inactive', 'absent', 'notFound'),
    by: fc.constantFrom('id', 'id', 'list' as const),
    evidence,
    readAtMs: pastMs,
  })
  .map((drawn) => {
    const { status, readAtMs, by } = drawn;
    const reportId = reportIdOf(drawn.number);
    if (status === 'absent') {
      return [reportId, { kind: 'absent' }];
    }
    if (status === 'notFound') {
      return [reportId, { kind: 'notFound', readAtMs }];
    }
    const report = reportWith(drawn.number, { ...drawn.evidence, reportStatus: status });
    return [reportId, { kind: 'seen', by, report, readAtMs, serviceOffsetInMs: 0, listed: '' }];
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
    words: fc.uniqueArray(fc.tuple(number, fc.constantFrom('ours' as const, 'theirs' as const)), {
      maxLength: 1,
    }),
    learned: fc.constantFrom(
      nothingLearned,
      TIMES_MOVE,
      { ...TIMES_MOVE, changesMoveTime: 'no' as const },
      { ...TIMES_MOVE, timesMoveByThemselves: true },
    ),
    mode: fc.constantFrom('act' as const, 'act' as const, 'act' as const, 'observe' as const, 'off' as const),
  })
  .map(({ windows, invalidNames, areReadable, ownerships, observations, words, ...rest }) => ({
    ...{ ...rest, nowMs: NOW, tickInMs: 5 * MINUTE },
    windows: { windows, invalidNames, areReadable },
    ownerships: new Map(ownerships.map((ownership) => [ownership.reportId, ownership])),
    observations: new Map(observations),
    words: new Map(words.map(([one, whose]) => [reportIdOf(one), { whose, why: 'someone: because' }])),
  }));
