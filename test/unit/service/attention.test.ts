import { emptySnapshot } from '../../../shared/ledger/snapshot.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import type { Observation, Ownership } from '../../../shared/model/ownership.ts';
import { attentionOf } from '../../../shared/service/attention.ts';
import { runSteps } from '../../../shared/time/steps.ts';
import { doubtful, ended, HOUR, holdWith, MINUTE, NOW, odd, paused } from '../deciding/sampleSituation.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';

const id = reportIdOf(1);
const seen = new Map<string, Observation>([
  [
    id,
    {
      ...{ kind: 'seen', by: 'list', readAtMs: NOW, serviceOffsetInMs: 0, listed: '' },
      report: reportWith(1, { reportStatus: 'Paused' }),
    },
  ],
]);

/** What wants a person about the first report. */
function causesOf(
  owned: Ownership | null,
  known: {
    readonly holds?: readonly Hold[];
    readonly observations?: ReadonlyMap<string, Observation>;
    readonly action?: 'pause' | 'none';
  } = {},
) {
  const { holds = [], observations = seen, action = 'none' } = known;
  const snapshot = {
    ...emptySnapshot,
    holds: holds.map((hold) => ({ hold, etag: '' })),
    ownerships: new Map(owned === null ? [] : [[id, owned]]),
  };
  const decisions = [{ reportId: id, action, reason: 'held' as const }];
  const parts = { maxHoldInMs: 7 * 24 * HOUR, tickInMs: MINUTE };
  const found = runSteps(attentionOf(parts, { snapshot, observations }, decisions, NOW));
  return found.get(id)?.map(({ cause }) => cause) ?? [];
}

/** The same report, nothing holding it for so long. */
function unheld<Owned extends Ownership>(owned: Owned, forMs: number): Owned {
  return { ...owned, net: { ...owned.net, unheldSinceMs: NOW - forMs } };
}

describe('what wants a person about a report', () => {
  test('is nothing while it is ours and held, or was resumed', () => {
    expect(causesOf(paused(), { holds: [holdWith()] })).toEqual([]);
    expect(causesOf(null)).toEqual([]);
  });

  test.each([
    ['doubtful', doubtful()],
    ['leftPaused', unheld(ended(), HOUR)],
    ['owed', unheld(paused({ owed: 'quota_exceeded' }), HOUR)],
    ['owed', unheld(paused({ owed: null }), HOUR)],
  ])('is that it is %s', (cause, owned) => {
    expect(causesOf(owned)).toEqual([cause]);
  });

  test('is that Partner Center does not show it, unless it was read by its id a moment ago', () => {
    const held = { holds: [holdWith()], observations: new Map() };

    expect(causesOf(paused({ lookedMs: NOW - HOUR }), held)).toEqual(['unseen']);
    expect(causesOf(paused({ lookedMs: NOW - MINUTE, odd: odd('notFound', MINUTE) }), held)).toEqual([
      'unseen',
    ]);
    expect(causesOf(paused({ lookedMs: NOW - MINUTE }), held)).toEqual([]);
  });

  test('is that it is late, once what is due has waited for more than two minutes', () => {
    const since = (agoInMs: number) => ({
      ...{ action: 'pause' as const, holds: [holdWith({ fromMs: NOW - agoInMs })] },
    });

    expect(causesOf(null, since(2 * MINUTE))).toEqual([]);
    expect(causesOf(null, since(2 * MINUTE + 1))).toEqual(['late']);
  });

  test('is told with the most urgent first', () => {
    const owned = doubtful({ sinceMs: NOW - 30 * 24 * HOUR, lookedMs: NOW - HOUR });

    expect(causesOf(owned, { observations: new Map() })).toEqual(['doubtful', 'unseen', 'tooLong']);
  });
});
