import { Temporal } from 'temporal-polyfill';
import { isLong, sampleOf } from '../../../build/sample.ts';
import { occurrencesBetween } from '../../../shared/windows/occurrences.ts';
import { type ClockChange, clockChangesOf } from './clockChange.ts';
import { recurring, windowWith } from './sampleWindow.ts';

// Every occurrence is looked up once more, in a list of what the clock shows minute by minute.

const MINUTE = 60_000;
const DAY_IN_MINUTES = 24 * 60;
const LOOKED_AROUND = 52 * 60 * MINUTE;
const COMPARED_AROUND = 26 * 60 * MINUTE;
const ZONES_DRAWN = 6;

/** Half an hour, two hours, a month of Ramadan, a day that was left out, midnight, and the two that people know. */
const TELLING_ZONES = [
  ...['Australia/Lord_Howe', 'Antarctica/Troll', 'Africa/Casablanca', 'Pacific/Apia'],
  ...['America/Santiago', 'Europe/Berlin', 'America/New_York'],
];
const zones = new Set([
  ...TELLING_ZONES,
  ...sampleOf('zones of wall time ends', ZONES_DRAWN, Intl.supportedValuesOf('timeZone')),
]);
const changes = [...zones].flatMap((zone) => {
  // In 2011 Apia left out a day, and many zones had other rules.
  const years = zone === 'Pacific/Apia' || (isLong && TELLING_ZONES.includes(zone)) ? [2011, 2027] : [2027];
  return years.flatMap((year) => clockChangesOf(zone, year));
});

/** What a clock showed: the minutes since 1970 that it seemed to be, and when it showed that first and last. */
type Shown = ReadonlyMap<number, { readonly firstMs: number; readonly lastMs: number }>;

function shownAround({ timeZone, atMs }: ClockChange): Shown {
  const shown = new Map<number, { firstMs: number; lastMs: number }>();
  for (let ms = atMs - LOOKED_AROUND; ms <= atMs + LOOKED_AROUND; ms += MINUTE) {
    const { year, month, day, hour, minute } =
      Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
    const wall = Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
    shown.set(wall, { firstMs: shown.get(wall)?.firstMs ?? ms, lastMs: ms });
  }
  return shown;
}

/** The first instant at which the clock has left a wall time behind that it never showed. */
function afterGap(shown: Shown, wall: number): number {
  let later = wall;
  while (!shown.has(later)) later += 1;
  return shown.get(later)?.firstMs ?? Number.NaN;
}

/** The occurrences of a daily window, each `[fromMs, untilMs)`, from the list alone. */
function lookedUp(shown: Shown, start: number, end: number): readonly (readonly [number, number])[] {
  const [firstWall = 0, lastWall = 0] = [Math.min(...shown.keys()), Math.max(...shown.keys())];
  const ends = new Map<number, number>();
  for (let wall = firstWall; wall < lastWall - DAY_IN_MINUTES; wall += 1) {
    if (wall % DAY_IN_MINUTES !== start) continue;
    let endWall = wall + 1;
    while (endWall % DAY_IN_MINUTES !== end % DAY_IN_MINUTES) endWall += 1;
    const fromMs = shown.get(wall)?.firstMs ?? afterGap(shown, wall);
    ends.set(fromMs, shown.get(endWall)?.lastMs ?? afterGap(shown, endWall));
  }
  const froms = [...ends.keys()].sort((one, other) => one - other);
  return froms.flatMap((fromMs, index) => {
    const untilMs = Math.min(ends.get(fromMs) ?? Number.NaN, froms[index + 1] ?? Number.POSITIVE_INFINITY);
    return untilMs > fromMs ? [[fromMs, untilMs] as const] : [];
  });
}

/** Times of day at, before, in and after what clocks skip or repeat, and those of a usual night. */
function tellingTimes({ atMs, offsetBeforeMs, offsetAfterMs }: ClockChange): readonly number[] {
  const before = (atMs + offsetBeforeMs) / MINUTE;
  const after = (atMs + offsetAfterMs) / MINUTE;
  const walls = [before, after, Math.floor((before + after) / 2), Math.min(before, after) - 7];
  return [...new Set([...walls.map((wall) => wall % DAY_IN_MINUTES), 6 * 60, 22 * 60])];
}

function pairsNear(change: ClockChange): readonly (readonly [number, number])[] {
  const times = tellingTimes(change);
  return times.flatMap((one) => times.map((other) => [one, other] as const));
}

const text = (time: number) =>
  `${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`;
const daily = (time: number) => `${time % 60} ${Math.floor(time / 60)} * * *`;

/** The occurrences near the change, as they are computed; each pair is asked for by two tests. */
const computed = new Map<string, readonly (readonly [number, number])[]>();

function computedOf(start: number, end: number, change: ClockChange) {
  const { timeZone, atMs } = change;
  const key = [timeZone, atMs, start, end].join();
  const found =
    computed.get(key) ??
    occurrencesBetween(
      windowWith(recurring(daily(start), text(end === 0 ? DAY_IN_MINUTES : end), timeZone)),
      ...([atMs - COMPARED_AROUND, atMs + COMPARED_AROUND, 20] as const),
    ).map(({ fromMs, untilMs }) => [fromMs, untilMs ?? Number.POSITIVE_INFINITY] as const);
  computed.set(key, found);
  return found;
}

test('there are clock changes to test with', () => {
  expect(changes.length).toBeGreaterThan(isLong ? 250 : 10);
});

describe('in every zone, at every change of clocks, a window', () => {
  test('with an end as wall time is open from its start to that time, the later of two, or the first after a gap', () => {
    const wrong = changes.flatMap((change) => {
      const shown = shownAround(change);
      return pairsNear(change).flatMap(([start, end]) => {
        const found = computedOf(start, end, change);
        const expected = lookedUp(shown, start, end).filter(
          ([fromMs, untilMs]) =>
            untilMs > change.atMs - COMPARED_AROUND && fromMs < change.atMs + COMPARED_AROUND,
        );
        return JSON.stringify(found) === JSON.stringify(expected)
          ? []
          : [{ change, start: text(start), end: text(end), found, expected }];
      });
    });

    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test('and the one that goes on with it leave no minute open', () => {
    const open = changes.flatMap((change) =>
      pairsNear(change).flatMap(([one, other]) => {
        const both = [...computedOf(one, other, change), ...computedOf(other, one, change)];
        let coveredMs = change.atMs - COMPARED_AROUND;
        for (const [fromMs, untilMs] of both.sort(([a], [b]) => a - b)) {
          if (fromMs <= coveredMs) coveredMs = Math.max(coveredMs, untilMs);
        }
        return coveredMs >= change.atMs + COMPARED_AROUND
          ? []
          : [{ change, one: text(one), other: text(other), openAt: new Date(coveredMs).toISOString() }];
      }),
    );

    expect(open.slice(0, 3)).toEqual([]);
  });
});
