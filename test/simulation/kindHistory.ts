import { PLAIN_SERVICE } from './drawHistory.ts';
import {
  BEGIN_MS,
  type Fault,
  type Glitch,
  type History,
  HOUR_IN_MS,
  type HumanAct,
  type Kill,
  MINUTE_IN_MS,
  type PutFate,
  type Request,
  type ServiceTraits,
  type Status,
} from './history.ts';

/** One kind of mistake that was once made, and histories that bring it about: with its mend taken out, one of them fails. */
export interface Kind {
  readonly number: number;
  readonly title: string;
  readonly histories: readonly History[];
}

/** The window of a history, where nothing else is said, and the report in it that things happen to. */
export const FROM_MS = BEGIN_MS + 10 * MINUTE_IN_MS;
export const UNTIL_MS = BEGIN_MS + 40 * MINUTE_IN_MS;
export const ON = 'A';

/** Reports that nobody touches, as drawn histories have them; the first is asked for where clocks are to be learned. */
const BYSTANDERS = [...'PQRSTU'];
export const LEARNED_FROM = 'P';

/** What a history has beside the window, and what is left out of it. */
export interface Parts {
  readonly service?: Partial<ServiceTraits>;
  readonly faults?: readonly Fault[];
  readonly humans?: readonly HumanAct[];
  readonly requests?: readonly Request[];
  /** When the window is, where it is another time; null where there is none. */
  readonly window?: { readonly fromMs: number; readonly untilMs: number } | null;
  readonly kills?: readonly Kill[];
  readonly settlesInMs?: number;
  readonly seed?: number;
}

/** A history by hand: one window, one report that things happen to, and what is said of them. */
export function history({
  service = {},
  faults = [],
  humans = [],
  requests = [],
  window = { fromMs: FROM_MS, untilMs: UNTIL_MS },
  kills = [],
  settlesInMs = 31 * HOUR_IN_MS,
  seed = 1,
}: Parts): History {
  const ends = [
    window?.untilMs ?? UNTIL_MS,
    ...requests.map(({ atMs, untilMs }) => untilMs ?? atMs),
    // A fault of days is judged at its end; nothing else happens by then.
    ...faults.map(({ untilMs }) => untilMs).filter((atMs) => atMs < UNTIL_MS + 3 * HOUR_IN_MS),
  ];
  return {
    ...{ seed, tickInMs: MINUTE_IN_MS, processes: 1, maxConcurrency: 8, kills, faults, humans, requests },
    service: { ...PLAIN_SERVICE, ...service },
    reports: [ON, ...BYSTANDERS].map((letter) => ({ letter, status: 'Active' }) as const),
    windows: window === null ? [] : [{ name: 'night', letters: [ON], ...window }],
    quietMs: Math.max(...ends) + 15 * MINUTE_IN_MS,
    settlesInMs,
  };
}

/** What becomes of so many of our changes of that verb. */
export function put(fate: PutFate, verb: 'pause' | 'resume', times = 1): Extract<Fault, { kind: 'put' }> {
  const always = { fromMs: BEGIN_MS, untilMs: UNTIL_MS + 30 * MINUTE_IN_MS };
  return { kind: 'put', fate, verb, letter: ON, times, delayInMs: MINUTE_IN_MS, ...always };
}

/** The next so many reads of that source from then on are odd. */
export function glitch(shows: Glitch, source: 'list' | 'get', fromMs: number, times = 1): Fault {
  return { kind: 'glitch', shows, source, letter: ON, times, fromMs, untilMs: fromMs + 10 * MINUTE_IN_MS };
}

/** The read before a change shows what is so, and the one after it is odd. */
export function oddAfterChange(before: Status, odd: Glitch, fromMs: number): readonly Fault[] {
  return [before, odd].map((shows) => glitch(shows, 'get', fromMs));
}

export function faultOf(
  kind: 'getRefused' | 'listRefused' | 'listEmpty',
  fromMs: number,
  untilMs: number,
): Fault {
  return { kind, fromMs, untilMs };
}

/** No list shows what is paused. */
export function omitsPaused(fromMs: number, untilMs: number): Fault {
  return { kind: 'listOmits', status: 'Paused', fromMs, untilMs };
}

/** Nothing shows the report. */
export function hidden(fromMs: number, untilMs: number): Fault {
  return { kind: 'hidden', letter: ON, fromMs, untilMs };
}

/** A pause takes effect, nothing is answered, and nothing can be read until long after that. */
export const readLate: readonly Fault[] = [
  put('silentWithEffect', 'pause'),
  faultOf('getRefused', FROM_MS + 25_000, FROM_MS + 50_000),
];

export function human(does: HumanAct['does'], atMs: number): HumanAct {
  return { does, atMs, letter: ON };
}

/** A person who resumes and pauses again within half a minute, so that a list shows it in its time alone. */
export function resumeAndPause(atMs: number): readonly HumanAct[] {
  return [human('resume', atMs), human('pause', atMs + 0.5 * MINUTE_IN_MS)];
}

export function request(asks: 'pause' | 'resume', atMs: number, untilMs: number | null): Request {
  return {
    ...{ atMs, asks, letters: [ON], untilMs, includeWindows: asks === 'resume' },
    ...{ key: null, repeatsAfterInMs: null, process: 0 },
  };
}

/** Another report is paused and comes back before the window: what that teaches of the account's times is known in it. */
export const earlierPause: Request = {
  ...request('pause', BEGIN_MS + MINUTE_IN_MS, BEGIN_MS + 4.5 * MINUTE_IN_MS),
  letters: [LEARNED_FROM],
};

/** The process stands still for that long, at that call after an instant, which then goes on. */
export function standsStill(fromMs: number, call: number, forInMs: number): Kill {
  return { process: 0, fromMs, call, reaches: true, forInMs, kind: 'stands' };
}

/** Services that move times so, and are plain otherwise. */
export function moves(...times: readonly ServiceTraits['time'][]): readonly Pick<ServiceTraits, 'time'>[] {
  return times.map((time) => ({ time }));
}

/** Many instants, so that one of them falls between two calls. */
export function range(fromInMs: number, untilInMs: number, stepInMs: number): readonly number[] {
  return Array.from(
    { length: Math.ceil((untilInMs - fromInMs) / stepInMs) },
    (_, at) => fromInMs + at * stepInMs,
  );
}
