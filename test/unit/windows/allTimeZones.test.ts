import fc from 'fast-check';
import { isLong, sampleOf, seedFor } from '../../../build/sample.ts';
import { nextOccurrence, occurrenceAt, occurrencesBetween } from '../../../shared/windows/occurrences.ts';
import { type ClockChange, clockChangesOf, expectedStart, expectedStarts } from './clockChange.ts';
import { recurring, windowWith } from './sampleWindow.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SEED = isLong ? 20260329 : seedFor('schedules') | 0;
const ZONES_DRAWN = 30;

/** Half an hour, two hours, a month of Ramadan, a day that was left out, and the two that people know. */
const TELLING_ZONES = [
  ...['Australia/Lord_Howe', 'Antarctica/Troll', 'Africa/Casablanca'],
  ...['Pacific/Apia', 'Europe/Berlin', 'America/New_York'],
];
const zones = new Set([
  ...TELLING_ZONES,
  ...sampleOf('time zones', ZONES_DRAWN, Intl.supportedValuesOf('timeZone')),
]);
const changes = [...zones].flatMap((zone) => [2011, 2026].flatMap((year) => clockChangesOf(zone, year)));

/** Wall times before, on and after each edge of a gap or an overlap. */
function telling({ atMs, offsetBeforeMs, offsetAfterMs }: ClockChange): readonly number[] {
  const edges = [atMs + offsetBeforeMs, atMs + offsetAfterMs];
  const middle = Math.floor((edges[0] ?? 0) / 2 + (edges[1] ?? 0) / 2);
  return [...edges.flatMap((edge) => [edge - 1000, edge, edge + HOUR]), middle];
}

/** The cron of one start a year, at a wall time. */
function onceAYear(wallMs: number): string {
  const wall = new Date(wallMs);
  return [
    wall.getUTCSeconds(),
    wall.getUTCMinutes(),
    wall.getUTCHours(),
    wall.getUTCDate(),
    wall.getUTCMonth() + 1,
    '*',
  ].join(' ');
}

test('there are clock changes to test with', () => {
  expect(changes.length).toBeGreaterThan(isLong ? 500 : 10);
});

test('in every zone, at every change of clocks, a start is the wall time asked for, or the first instant after a gap', () => {
  const wrong = changes.flatMap((change) =>
    telling(change).flatMap((wallMs) => {
      const window = windowWith(recurring(onceAYear(wallMs), 3, change.timeZone));
      const found = occurrencesBetween(window, change.atMs - 3 * DAY, change.atMs + 3 * DAY, 10);
      const expected = expectedStart(wallMs, change);
      const isRight =
        found.length === 1 && found[0]?.fromMs === expected && found[0].untilMs === expected + 3 * HOUR;
      return isRight
        ? []
        : [
            {
              change,
              wall: new Date(wallMs).toISOString(),
              expected: new Date(expected).toISOString(),
              found,
            },
          ];
    }),
  );

  expect(wrong.slice(0, 3)).toEqual([]);
});

const near = fc.record({
  change: fc.constantFrom(...changes),
  everyMinutes: fc.constantFrom(15, 30, 60, 180, 720, 1440),
  minute: fc.integer({ min: 0, max: 14 }),
  share: fc.constantFrom(0.1, 0.5, 1, null),
  probes: fc.array(fc.integer({ min: -30 * HOUR, max: 30 * HOUR }), { minLength: 5, maxLength: 5 }),
});
type Near = typeof near extends fc.Arbitrary<infer T> ? T : never;

function windowNear({ change, everyMinutes, minute, share }: Near) {
  const cron =
    everyMinutes < 60 ? `${minute}-59/${everyMinutes} * * * *` : `${minute} */${everyMinutes / 60} * * *`;
  const daily = `${minute} 2 * * *`;
  const schedule = recurring(
    everyMinutes === 1440 ? daily : cron,
    share && (share * everyMinutes) / 60,
    change.timeZone,
  );
  return windowWith(schedule);
}

/** The wall times that the cron of `windowNear` names between two wall times. */
function wallStarts(
  { everyMinutes, minute }: Near,
  fromWallMs: number,
  untilWallMs: number,
): readonly number[] {
  const day = Math.floor(fromWallMs / DAY) * DAY;
  const first = day + (everyMinutes === 1440 ? 2 * HOUR : 0) + minute * MINUTE;
  const count = Math.ceil((untilWallMs - first) / (everyMinutes * MINUTE));
  return Array.from({ length: count }, (_, k) => first + k * everyMinutes * MINUTE).filter(
    (wall) => wall >= fromWallMs,
  );
}

test('each wall time of a schedule starts one occurrence, which lasts its duration or until the next one', () => {
  fc.assert(
    fc.property(near, (sample) => {
      const { change } = sample;
      const window = windowNear(sample);
      const { share, everyMinutes } = sample;
      const durationMs = share && share * everyMinutes * MINUTE;
      const found = occurrencesBetween(window, change.atMs - DAY, change.atMs + DAY, 1_000).filter(
        ({ fromMs }) => fromMs >= change.atMs - DAY,
      );
      const walls = wallStarts(
        sample,
        change.atMs + change.offsetBeforeMs - 2 * DAY,
        change.atMs + change.offsetAfterMs + 2 * DAY,
      );
      const startsOf = (wall: number) =>
        everyMinutes === 1440 ? [expectedStart(wall, change)] : expectedStarts(wall, change);
      const expected = [...new Set(walls.flatMap(startsOf))]
        .filter((ms) => ms >= change.atMs - DAY && ms < change.atMs + DAY)
        .sort((one, other) => one - other);

      expect(found.map(({ fromMs }) => fromMs)).toEqual(expected);
      expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      found.slice(0, -1).forEach(({ fromMs, untilMs }, index) => {
        const nextMs = found[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
        expect(untilMs).toBe(durationMs === null ? nextMs : Math.min(fromMs + durationMs, nextMs));
      });
    }),
    { seed: SEED, numRuns: isLong ? 300 : 60 },
  );
});

test('an instant, what follows it, and a range tell of the same occurrences', () => {
  fc.assert(
    fc.property(near, (sample) => {
      const window = windowNear(sample);
      const all = occurrencesBetween(
        window,
        sample.change.atMs - 3 * DAY,
        sample.change.atMs + 3 * DAY,
        2_000,
      );
      for (const probe of sample.probes) {
        const atMs = sample.change.atMs + probe;
        expect(occurrenceAt(window, atMs)).toEqual(
          all.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < (untilMs ?? Infinity)) ?? null,
        );
        expect(nextOccurrence(window, atMs)).toEqual(all.find(({ fromMs }) => fromMs > atMs));
        expect(occurrencesBetween(window, atMs, atMs + 5 * HOUR, 100)).toEqual(
          all.filter(({ fromMs, untilMs }) => fromMs < atMs + 5 * HOUR && (untilMs ?? Infinity) > atMs),
        );
      }
    }),
    { seed: SEED, numRuns: isLong ? 100 : 20 },
  );
});
