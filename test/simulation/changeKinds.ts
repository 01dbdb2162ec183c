import { HOUR_IN_MS, MINUTE_IN_MS } from './history.ts';
import {
  earlierPause,
  FROM_MS,
  history,
  human,
  type Kind,
  moves,
  oddAfterChange,
  omitsPaused,
  put,
  range,
  request,
  UNTIL_MS,
} from './kindHistory.ts';

/** The kinds that come of how a change is answered. */
export const changeKinds: readonly Kind[] = [
  {
    number: 1,
    title: 'a resume answers that it is Active, and nothing changes',
    histories: [
      ...moves('onChange', 'never', 'always').map((service) =>
        history({ service, faults: [put('okWithoutEffect', 'resume')] }),
      ),
      // The read after it is odd too, and no list hints at the report.
      history({
        faults: [
          put('okWithoutEffect', 'resume'),
          ...oddAfterChange('Paused', 'Active', UNTIL_MS),
          omitsPaused(UNTIL_MS - MINUTE_IN_MS, UNTIL_MS + 2 * HOUR_IN_MS),
        ],
      }),
    ],
  },
  {
    number: 3,
    title: 'a resume is broken, and a human pauses before it is tried again',
    histories: [
      ...range(500, 8_000, 1_500).flatMap((afterInMs) =>
        [
          { time: 'always', fate: 'brokenWithoutEffect' } as const,
          { time: 'onChange', fate: 'brokenWithEffect' } as const,
        ].map(({ time, fate }) =>
          history({
            service: { time },
            faults: [put(fate, 'resume', 2)],
            humans: [human('pause', UNTIL_MS + afterInMs)],
          }),
        ),
      ),
      ...range(20_000, 260_000, 30_000).map((afterInMs) =>
        history({
          service: { time: 'always' },
          faults: [put('brokenWithoutEffect', 'resume', 2)],
          humans: [human('pause', UNTIL_MS + afterInMs)],
        }),
      ),
    ],
  },
  {
    number: 4,
    title: 'a pause is broken without effect, and a human pauses later',
    histories: [
      ...[8_000, 240_000, 300_000].flatMap((afterInMs) =>
        moves('never', 'onChange').map((service) =>
          history({
            service,
            faults: [put('brokenWithoutEffect', 'pause', 99)],
            humans: [human('pause', FROM_MS + afterInMs)],
          }),
        ),
      ),
      // The clocks are known, so that times tell what came after the attempt.
      ...range(75_000, 235_000, 40_000).map((afterInMs) =>
        history({
          faults: [put('brokenWithoutEffect', 'pause')],
          humans: [human('pause', FROM_MS + afterInMs)],
          requests: [earlierPause],
        }),
      ),
      // Nothing wants it paused any more, and it was read Active since.
      ...moves('never', 'onChange').map((service) =>
        history({
          ...{ service, window: null },
          faults: [put('brokenWithoutEffect', 'pause', 99)],
          requests: [request('pause', FROM_MS, FROM_MS + MINUTE_IN_MS)],
          humans: [human('pause', FROM_MS + 20.5 * MINUTE_IN_MS)],
        }),
      ),
    ],
  },
  {
    number: 7,
    title: 'a pause or a resume takes effect and is refused',
    histories: [
      ...moves('onChange', 'never', 'always').map((service) =>
        history({ service, faults: [put('refusedWithEffect', 'pause')] }),
      ),
      history({
        service: { repeatIsRefused: true },
        faults: [put('refusedWithEffect', 'pause'), put('refusedWithEffect', 'resume')],
      }),
      // On the way back too, and the reads are behind.
      ...[4_000, 45_000].map((behindInMs) =>
        history({
          service: { replicasBehindInMs: [behindInMs] },
          faults: [put('refusedWithEffect', 'pause'), put('refusedWithEffect', 'resume')],
        }),
      ),
    ],
  },
  {
    number: 10,
    title: 'a pause answers that it is Paused, and nothing changes',
    histories: moves('onChange', 'never').flatMap((service) =>
      [1, 2].map((times) => history({ service, faults: [put('okWithoutEffect', 'pause', times)] })),
    ),
  },
];
