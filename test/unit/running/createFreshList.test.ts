import type { ListAnswer } from '../../../shared/insights/insightsClient.ts';
import type { InsightsFailure } from '../../../shared/insights/insightsFailure.ts';
import type { Report } from '../../../shared/model/report.ts';
import { createFreshList } from '../../../shared/running/createFreshList.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { reportWith } from '../windows/sampleReport.ts';

const never = new AbortController().signal;
const facts = { serviceTimeMs: null, isMfaCompliant: null, durationInMs: 0, throttledInMs: 0, requestId: '' };

function setUp(options: { takesInMs?: number; pages?: number; fails?: boolean; left?: number } = {}) {
  const clock = createFakeClock({ startMs: 0 });
  const report = reportWith(1);
  const asked: number[] = [];
  const list = async (): Promise<ListAnswer<Report>> => {
    asked.push(clock.now());
    await clock.sleep(options.takesInMs ?? 100, never);
    if (options.fails) return { ok: false, failure };
    return { ok: true, value: [report], unreadableItems: 0, attempts: options.pages ?? 1, ...facts };
  };
  const left = () => options.left ?? 1_000;
  return { clock, asked, report, freshList: createFreshList({ list, clock, readAtMs: 0, left }) };
}

const failure: InsightsFailure = {
  ...{ code: 'upstream_unavailable', message: '', httpStatus: 503, retryable: true, attempts: 1 },
  ...{ durationInMs: 0, throttledInMs: 0, requestId: '', mayHaveTakenEffect: false, observed: null },
};

describe('the list of a long run', () => {
  test('is read again before it is too old, and once for all changes that begin', async () => {
    const { clock, asked, report, freshList } = setUp();
    for (let step = 0; step < 100; step += 1) {
      freshList.keepFresh();
      freshList.keepFresh();
      await clock.advance(100);
      const found = clock.now() > 5_000 ? await freshList.find(report.reportId) : null;
      if (found !== null) expect(clock.now() - found.readAtMs).toBeLessThanOrEqual(4_000);
      expect(found !== null).toBe(clock.now() > 5_000);
    }
    expect(asked).toEqual([3_100, 6_200, 9_300]);
  });

  test('is waited for where nothing began for a while', async () => {
    const { clock, report, freshList } = setUp();
    await clock.advance(60_000);
    const found = freshList.find(report.reportId);
    await clock.advance(100);
    expect(await found).toEqual({ report, readAtMs: 60_000 });
  });

  test.each([
    ['fails', { fails: true }, 1],
    ['takes long', { takesInMs: 2_000 }, 1],
    ['has more pages than reads by id are saved', { left: 7, pages: 2 }, 1],
    ['is for a few', { left: 4 }, 0],
  ])('is not read again and again where it %s', async (_, options, times) => {
    const { clock, asked, report, freshList } = setUp(options);
    for (let step = 0; step < 100; step += 1) {
      freshList.keepFresh();
      await clock.advance(100);
    }
    expect(await freshList.find(report.reportId)).toBeNull();
    expect(asked).toHaveLength(times);
  });

  test('does not find what it lacks', async () => {
    const { clock, freshList } = setUp();
    await clock.advance(3_100);
    freshList.keepFresh();
    await clock.advance(200);
    expect(await freshList.find('b0000000-0000-4000-8000-00000000ffff')).toBeNull();
  });
});
