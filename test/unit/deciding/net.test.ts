import {
  isLeftPaused,
  isStandingActive,
  netAfterHolds,
  netAfterLook,
  netAtIntent,
  netClosed,
} from '../../../shared/deciding/netAfter.ts';
import type { Net } from '../../../shared/model/net.ts';
import { ATTEMPT, HOUR, MINUTE, NOW, PAUSED_AT, RESUME_ATTEMPT } from './sampleSituation.ts';

const DAY = 24 * HOUR;
const LIMIT = PAUSED_AT + 20_000;
const SETTLED = LIMIT + 3 * MINUTE;
const opened = netAtIntent(null, ATTEMPT);

/** The net after looks at these instants. */
function looked(
  net: Net,
  ...looks: readonly (readonly [Parameters<typeof netAfterLook>[1]['status'], number])[]
) {
  return looks.reduce((before, [status, readAtMs]) => netAfterLook(before, { status, readAtMs }), net);
}

describe('the net of a report', () => {
  test('is opened by the first intent, whatever comes of it', () => {
    expect(opened).toEqual({
      ...{ openedMs: PAUSED_AT, lastLimitMs: LIMIT, wasEffective: false, towards: 'Paused' },
      ...{ readPausedMs: null, readActiveMs: null, standsActive: null, unheldSinceMs: null, closed: null },
    });
  });

  test('is spread anew by every further intent, and remembers what was read and since when nothing holds it', () => {
    const before: Net = {
      ...looked(opened, ['Active', SETTLED], ['Active', SETTLED + DAY]),
      ...{ unheldSinceMs: NOW, readPausedMs: PAUSED_AT },
    };
    expect(before.closed).toBe('active');
    const limitMs = NOW + 20_000;
    expect(netAtIntent(before, { ...RESUME_ATTEMPT, sentMs: NOW, limitMs })).toEqual({
      ...{ openedMs: PAUSED_AT, lastLimitMs: limitMs, wasEffective: false, towards: 'Active' },
      ...{ readPausedMs: PAUSED_AT, readActiveMs: SETTLED + DAY, standsActive: null },
      ...{ unheldSinceMs: NOW, closed: null },
    });
    expect(netAtIntent(before, { ...ATTEMPT, limitMs: LIMIT - 1 }).lastLimitMs).toBe(LIMIT);
  });

  test('is closed by two looks that show it active, three minutes apart, when no attempt can take effect', () => {
    const paused = looked(opened, ['Paused', PAUSED_AT + 1000]);
    const closedBy = (...looks: readonly number[]) =>
      looked(paused, ...looks.map((atMs) => ['Active', atMs] as const)).closed;
    expect(closedBy(SETTLED)).toBeNull();
    expect(closedBy(SETTLED, SETTLED + 3 * MINUTE - 1)).toBeNull();
    expect(closedBy(SETTLED, SETTLED + 3 * MINUTE)).toBe('active');
    expect(closedBy(SETTLED - 1, SETTLED + 3 * MINUTE - 1)).toBeNull();
    expect(closedBy(SETTLED - 1, SETTLED, SETTLED + 3 * MINUTE)).toBe('active');
  });

  test('is closed a day later at the earliest, where no attempt was ever read as effective', () => {
    const twice = looked(opened, ['Active', SETTLED], ['Active', SETTLED + 3 * MINUTE]);
    expect(twice.closed).toBeNull();
    expect(looked(twice, ['Active', LIMIT + DAY - 1]).closed).toBeNull();
    expect(looked(twice, ['Active', LIMIT + DAY]).closed).toBe('active');
  });

  test('is opened again by one look that shows it paused, and then needs two again', () => {
    const closed = looked(opened, ['Active', SETTLED], ['Active', LIMIT + DAY]);
    expect(closed.closed).toBe('active');
    const back = looked(closed, ['Paused', LIMIT + DAY + HOUR]);
    expect(back).toMatchObject({ closed: null, standsActive: null, readPausedMs: LIMIT + DAY + HOUR });
    expect(looked(back, ['Active', LIMIT + DAY + 2 * HOUR]).closed).toBeNull();
  });

  test('takes a pause for effective that was read while its attempt could take effect', () => {
    expect(looked(opened, ['Paused', SETTLED]).wasEffective).toBe(true);
    expect(looked(opened, ['Paused', SETTLED + 1]).wasEffective).toBe(false);
    expect(looked(opened, ['Paused', SETTLED], ['Paused', SETTLED + HOUR]).wasEffective).toBe(true);
    const back = netAtIntent(opened, RESUME_ATTEMPT);
    expect(looked(back, ['Paused', PAUSED_AT + 1000]).wasEffective).toBe(false);
  });

  test('takes a resume for effective that was read at any time, and a pause by no such look', () => {
    const back = netAtIntent(opened, RESUME_ATTEMPT);
    expect(looked(back, ['Active', SETTLED + HOUR]).wasEffective).toBe(true);
    expect(looked(back, ['Active', PAUSED_AT + 1000])).toMatchObject({
      ...{ wasEffective: true, readActiveMs: PAUSED_AT + 1000, standsActive: null, closed: null },
    });
    expect(looked(opened, ['Active', PAUSED_AT + 1000]).wasEffective).toBe(false);
  });

  test('is not touched by a look that shows it inactive or missing', () => {
    for (const status of ['Inactive', 'notFound'] as const) {
      expect(looked(opened, [status, NOW])).toBe(opened);
    }
  });

  test('is closed as exhausted or gone only where that was told', () => {
    expect(netClosed(opened, 'gone')).toEqual({ ...opened, closed: 'gone' });
  });

  test('knows since when nothing holds the report', () => {
    const unheld = netAfterHolds(opened, false, NOW);
    expect(unheld.unheldSinceMs).toBe(NOW);
    expect(netAfterHolds(unheld, false, NOW + HOUR)).toBe(unheld);
    expect(netAfterHolds(unheld, true, NOW + HOUR).unheldSinceMs).toBeNull();
    expect(netAfterHolds(opened, true, NOW)).toBe(opened);
  });
});

describe('a report is left paused, as far as the net knows', () => {
  const PERIOD = 5 * MINUTE;
  const isLeft = (net: Partial<Net>, nowMs = NOW) =>
    isLeftPaused({ ...opened, unheldSinceMs: NOW - HOUR, ...net }, nowMs, PERIOD);

  test('when nothing has held it for two periods', () => {
    expect(isLeft({ unheldSinceMs: NOW - 2 * PERIOD })).toBe(true);
    expect(isLeft({ unheldSinceMs: NOW - 2 * PERIOD + 1 })).toBe(false);
    expect(isLeft({ unheldSinceMs: null })).toBe(false);
  });

  test.each(['active', 'exhausted', 'gone', 'acknowledged'] as const)(
    'not when it closed as %s',
    (closed) => {
      expect(isLeft({ closed })).toBe(false);
    },
  );

  test('not for ten minutes after a look that showed it active, in which its closing looks are made', () => {
    expect(isLeft({ readActiveMs: NOW - 10 * MINUTE + 1 })).toBe(false);
    expect(isLeft({ readActiveMs: NOW - 10 * MINUTE })).toBe(true);
    expect(isLeft({ readActiveMs: NOW - MINUTE, readPausedMs: NOW - MINUTE })).toBe(false);
    expect(isLeft({ readActiveMs: NOW - MINUTE, readPausedMs: NOW - MINUTE + 1 })).toBe(true);
  });

  test('not while two looks agree that it is active, and only the day is waited for', () => {
    const stands = (forMs: number) => ({
      ...{ readActiveMs: NOW - HOUR, standsActive: { firstMs: NOW - HOUR - forMs, lastMs: NOW - HOUR } },
    });
    expect(isLeft(stands(3 * MINUTE))).toBe(false);
    expect(isLeft(stands(3 * MINUTE - 1))).toBe(true);
    expect(isLeft({ ...stands(3 * MINUTE), readPausedMs: NOW - MINUTE })).toBe(true);
    expect(isStandingActive(opened)).toBe(false);
  });
});
