import { HOUR_IN_MS, MINUTE_IN_MS, SECOND_IN_MS } from './history.ts';
import {
  earlierPause,
  FROM_MS,
  faultOf,
  glitch,
  hidden,
  history,
  human,
  type Kind,
  LEARNED_FROM,
  moves,
  ON,
  oddAfterChange,
  omitsPaused,
  put,
  range,
  readLate,
  request,
  resumeAndPause,
  standsStill,
  UNTIL_MS,
} from './kindHistory.ts';

const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The kinds that come of what lists and reads show. */
export const readKinds: readonly Kind[] = [
  {
    number: 2,
    title: 'a list is old, a human has paused the report since, and only a read by id knows',
    histories: [
      ...range(5_000, 60_000, 10_000).map((beforeInMs) =>
        history({
          service: { time: 'never', listLagInMs: 200_000 },
          humans: [human('pause', FROM_MS - beforeInMs)],
        }),
      ),
      ...range(32_000, 60_000, 9_000).map((beforeInMs) =>
        history({ service: { listLagInMs: 200_000 }, humans: resumeAndPause(UNTIL_MS - beforeInMs) }),
      ),
      // The process stands still somewhere between the read and the change.
      ...range(4, 14, 1).map((call) =>
        history({
          service: { time: 'never' },
          kills: [standsStill(FROM_MS - 1, call, 20_000)],
          humans: [human('pause', FROM_MS + 10_000)],
        }),
      ),
    ],
  },
  {
    number: 5,
    title: 'sources show different fields, and a human resumed and paused again',
    histories: [
      ...(['list', 'get', 'put'] as const).map((source) => {
        const missing = { list: [], get: [], put: [], [source]: ['query', 'description'] };
        return history({ service: { missing }, humans: resumeAndPause(FROM_MS + 8.2 * MINUTE_IN_MS) });
      }),
      ...[
        { asText: ['list'] as const, timeForm: { list: 'bare', get: 'zulu', put: 'fraction' } as const },
        { volatile: ['list', 'get', 'put'] as const },
        { timeForm: { list: 'zulu', get: 'bare', put: 'fraction' } as const },
      ].map((service) => history({ service, humans: resumeAndPause(FROM_MS + 8.2 * MINUTE_IN_MS) })),
    ],
  },
  {
    number: 6,
    title: 'times are written in two forms, come late, or are odd for one read',
    histories: [
      history({ service: { timeForm: { list: 'zulu', get: 'zulu', put: 'fraction' } } }),
      ...(['bare', 'blank', 'fraction', 'offset'] as const).map((form) =>
        history({
          service: { timeForm: { list: 'zulu', get: form, put: 'fraction' } },
          humans: resumeAndPause(FROM_MS + 8.2 * MINUTE_IN_MS),
        }),
      ),
      ...[0, 300, -300].map((seconds) =>
        history({ service: { timeLateInMs: 100_000, timeAheadInMs: seconds * SECOND_IN_MS } }),
      ),
      // Read before its time is stored, where times are known to move.
      history({
        service: { timeLateInMs: 55_000 },
        faults: [LEARNED_FROM, ON].map((letter) => ({
          ...put('okLate', 'pause'),
          ...{ letter, delayInMs: 20_000 },
        })),
        requests: [earlierPause],
      }),
      ...(['noTime', 'olderTime'] as const).flatMap((odd) => [
        history({ faults: [glitch(odd, 'list', FROM_MS + 9.5 * MINUTE_IN_MS)] }),
        ...moves('never', 'onChange').flatMap((service) => [
          history({ service, faults: [glitch(odd, 'get', UNTIL_MS)] }),
          history({ service, faults: oddAfterChange('Active', odd, FROM_MS) }),
        ]),
        // The odd read hides what a human did, and no list told of it.
        history({
          service: { missing: { list: ['modifiedTime'], get: [], put: [] } },
          faults: [glitch(odd, 'get', UNTIL_MS)],
          humans: resumeAndPause(FROM_MS + 8.2 * MINUTE_IN_MS),
        }),
      ]),
    ],
  },
  {
    number: 8,
    title: 'one read shows our report Inactive, or it is hidden for a while',
    histories: [
      history({ faults: [glitch('Inactive', 'list', FROM_MS + 9.5 * MINUTE_IN_MS)] }),
      // A list hints at something, and one read is odd; so it is four minutes later, and then no list shows the report.
      history({
        faults: [
          ...[9.5, 13.5].flatMap((minutes) => [
            glitch('Active', 'list', FROM_MS + minutes * MINUTE_IN_MS),
            glitch('Inactive', 'get', FROM_MS + minutes * MINUTE_IN_MS),
          ]),
          omitsPaused(FROM_MS + 14.2 * MINUTE_IN_MS, UNTIL_MS + 2 * HOUR_IN_MS),
        ],
      }),
      // It is odd for longer than the reads that repeat the first one.
      history({
        faults: [
          omitsPaused(FROM_MS + 9.5 * MINUTE_IN_MS, UNTIL_MS + 2 * HOUR_IN_MS),
          glitch('Inactive', 'get', FROM_MS + 9.5 * MINUTE_IN_MS, 3),
        ],
      }),
      history({ faults: [hidden(FROM_MS + 5 * MINUTE_IN_MS, FROM_MS + 9 * MINUTE_IN_MS)] }),
      history({ faults: [hidden(UNTIL_MS - MINUTE_IN_MS, UNTIL_MS + 5 * HOUR_IN_MS)] }),
      history({
        faults: [hidden(FROM_MS + 5 * MINUTE_IN_MS, FROM_MS + 8 * DAY_IN_MS)],
        settlesInMs: 10 * DAY_IN_MS,
      }),
    ],
  },
  {
    number: 9,
    title: 'the clock of Date is ahead of the one that writes times, or behind it',
    histories: [5, 120, 600, -5, -120, -600].flatMap((seconds) => {
      const service = { dateAheadInMs: seconds * SECOND_IN_MS };
      // Read at once, and twice so late that times have to decide.
      return [[], [put('okLate', 'pause')], readLate].map((faults) => history({ service, faults }));
    }),
  },
  {
    number: 11,
    title: 'a list is behind our own change, or leaves paused reports out',
    histories: [
      ...range(0, 100_000, 20_000).map((afterInMs) =>
        history({
          service: { listLagInMs: 200_000 },
          window: null,
          requests: [
            request('pause', FROM_MS, UNTIL_MS),
            request('resume', FROM_MS + 5_000 + afterInMs, null),
            request('pause', FROM_MS + 65_000 + afterInMs, UNTIL_MS),
          ],
        }),
      ),
      // So far behind that our care has ended; a request and a window want it paused anew.
      ...range(1, 5, 1).flatMap((seed) => {
        const again = { fromMs: FROM_MS + (20 + seed) * MINUTE_IN_MS, untilMs: UNTIL_MS + 20 * MINUTE_IN_MS };
        const before = request('pause', FROM_MS, FROM_MS + 12 * MINUTE_IN_MS);
        const service = { listLagInMs: 20 * MINUTE_IN_MS };
        return [
          history({
            ...{ seed, service, window: null },
            requests: [before, request('pause', again.fromMs, again.untilMs)],
          }),
          history({ ...{ seed, service, window: again }, requests: [before] }),
        ];
      }),
      // A human's, with a window that leaves it alone and without one, asked for while no list shows it.
      ...[null, { fromMs: FROM_MS, untilMs: UNTIL_MS }].map((window) =>
        history({
          window,
          faults: [omitsPaused(FROM_MS + MINUTE_IN_MS, FROM_MS + 20 * MINUTE_IN_MS)],
          humans: [human('pause', FROM_MS - MINUTE_IN_MS)],
          requests: [request('resume', FROM_MS + 10 * MINUTE_IN_MS, null)],
        }),
      ),
      history({
        window: null,
        faults: [omitsPaused(FROM_MS + MINUTE_IN_MS, UNTIL_MS + 2 * HOUR_IN_MS)],
        requests: [request('pause', FROM_MS, UNTIL_MS), request('resume', FROM_MS + 10 * MINUTE_IN_MS, null)],
      }),
    ],
  },
  {
    number: 12,
    title: 'the list is refused or empty for hours, while reads by id work',
    histories: (['listRefused', 'listEmpty'] as const).flatMap((kind) => {
      const blind = faultOf(kind, FROM_MS + 5 * MINUTE_IN_MS, UNTIL_MS + 2 * HOUR_IN_MS);
      return [
        history({ faults: [blind] }),
        history({ faults: [blind, put('okWithoutEffect', 'resume')] }),
        // What is owed is told meanwhile.
        history({
          faults: [blind, { ...put('refusedWithoutEffect', 'resume', 999), untilMs: blind.untilMs }],
        }),
      ];
    }),
  },
];
