import { createDice, type Dice } from './dice.ts';
import {
  BEGIN_MS,
  type Fault,
  type Glitch,
  type History,
  HOUR_IN_MS,
  type HumanAct,
  type Kill,
  MINUTE_IN_MS,
  putFates,
  type ReportSeed,
  type Request,
  SECOND_IN_MS,
  type ServiceTraits,
  type Source,
  sources,
  type TimeForm,
  type WindowSeed,
} from './history.ts';

/** The least share of histories that have one; a test counts them. */
export const MINIMUM_RATES = { fault: 0.5, kill: 0.2, human: 0.5 } as const;

/** A little above the least, so that chance does not fall below it. */
const RATES = { fault: 0.55, kill: 0.24, human: 0.55 } as const;

/** Longer than the longest term of the net, a day, and the rounds that follow it. */
const SETTLES_IN_MS = 31 * HOUR_IN_MS;

/** A service that does all as one would expect; what a shrunk history goes back to. */
export const PLAIN_SERVICE: ServiceTraits = {
  time: 'onChange',
  movesEveryMs: 10 * MINUTE_IN_MS,
  dateAheadInMs: 0,
  timeAheadInMs: 0,
  resolutionInMs: SECOND_IN_MS,
  timeLateInMs: 0,
  timeForm: { list: 'zulu', get: 'zulu', put: 'zulu' },
  missing: { list: [], get: [], put: [] },
  asText: [],
  volatile: [],
  listLagInMs: 0,
  replicasBehindInMs: [0],
  pageSize: null,
  putShows: 'after',
  repeatIsRefused: false,
  latencyInMs: 300,
};

/** Reports that nobody touches: what the app can learn from about the service. */
const BYSTANDERS = [...'PQRSTU'].map((letter): ReportSeed => ({ letter, status: 'Active' }));

/** Draws a history. The same seed draws the same one. */
export function drawHistory(seed: number): History {
  const dice = createDice(seed, 'history');
  const tickInMs = dice.chance(0.4) ? MINUTE_IN_MS : 5 * MINUTE_IN_MS;
  const processes = dice.chance(0.3) ? 2 : 1;
  const chosen = drawReports(dice);
  const letters = chosen.map(({ letter }) => letter);
  const reports = [...chosen, ...(dice.chance(0.5) ? BYSTANDERS : [])];
  const windows = drawWindows(dice, letters);
  const requests = drawRequests(dice, letters, processes);
  const endMs = Math.max(
    ...windows.map(({ untilMs }) => untilMs),
    ...requests.map(({ atMs, untilMs }) => untilMs ?? atMs),
  );
  const exemptions = drawExemptions(createDice(seed, 'exemptions'), letters, windows, processes);
  const turns = turnsOf(windows, requests);
  const focus = drawFocus(dice, windows, requests);
  const times = { tickInMs, endMs, turns, focus };
  const humans = dice.chance(RATES.human) ? drawHumans(dice, letters, times) : [];
  const faults = dice.chance(RATES.fault) ? drawFaults(dice, letters, times) : [];
  const kills = dice.chance(RATES.kill) ? drawKills(dice, processes, times) : [];
  const lastMs = Math.max(
    endMs,
    ...exemptions.map(({ untilMs }) => untilMs ?? 0),
    ...humans.map(({ atMs }) => atMs),
    ...faults.map(({ untilMs }) => untilMs),
    ...kills.map(({ fromMs, forInMs }) => fromMs + forInMs),
  );
  return {
    ...{ seed, tickInMs, processes, reports, windows, humans, faults, kills },
    requests: [...requests, ...exemptions],
    maxConcurrency: createDice(seed, 'concurrency').pick([1, 2, 8, 8]),
    service: drawService(createDice(seed, 'traits')),
    quietMs: lastMs + 15 * MINUTE_IN_MS,
    settlesInMs: SETTLES_IN_MS,
  };
}

interface Times {
  readonly tickInMs: number;
  /** When the last hold ends. */
  readonly endMs: number;
  /** When something begins or ends. */
  readonly turns: readonly number[];
  /** Where people, faults and kills meet more often than chance would let them. */
  readonly focus: { readonly letter: string; readonly turnMs: number };
}

function drawReports(dice: Dice): readonly ReportSeed[] {
  return [...'ABCDE'.slice(0, dice.between(1, 5))].map((letter): ReportSeed => {
    const drawn = dice.random();
    return { letter, status: drawn < 0.88 ? 'Active' : drawn < 0.98 ? 'Paused' : 'Inactive' };
  });
}

function drawWindows(dice: Dice, letters: readonly string[]): readonly WindowSeed[] {
  const count = dice.between(0, 2);
  return Array.from({ length: count }, (_, at) => {
    const fromMs = BEGIN_MS + dice.between(6, 40) * MINUTE_IN_MS + dice.pick([0, 0, 20]) * SECOND_IN_MS;
    const untilMs = fromMs + dice.between(8, 45) * MINUTE_IN_MS;
    return { name: `window${at}`, letters: someOf(dice, letters), fromMs, untilMs };
  });
}

function drawRequests(dice: Dice, letters: readonly string[], processes: number): readonly Request[] {
  const count = dice.between(1, 3);
  return Array.from({ length: count }, (_, at): Request => {
    const atMs = BEGIN_MS + dice.between(6 * 60, 55 * 60) * SECOND_IN_MS;
    const asks = at === 0 || dice.chance(0.5) ? 'pause' : 'resume';
    return {
      ...{ atMs, asks, letters: someOf(dice, letters) },
      untilMs: asks === 'pause' ? atMs + dice.between(5, 45) * MINUTE_IN_MS : null,
      includeWindows: asks === 'resume' && dice.chance(0.3),
      key: dice.chance(0.6) ? `key${at}` : null,
      repeatsAfterInMs: dice.chance(0.7) ? dice.between(1, 400) * SECOND_IN_MS : null,
      process: dice.between(0, processes - 1),
    };
  });
}

/** Reports that are left out of windows: before one, in its middle, until it is over or not. With dice of their own. */
function drawExemptions(
  dice: Dice,
  letters: readonly string[],
  windows: readonly WindowSeed[],
  processes: number,
): readonly Request[] {
  if (windows.length === 0 || !dice.chance(0.4)) return [];
  return Array.from({ length: dice.between(1, 2) }, (_, at): Request => {
    const { fromMs } = dice.pick(windows);
    const atMs = Math.max(BEGIN_MS + MINUTE_IN_MS, fromMs + dice.between(-1_500, 1_200) * SECOND_IN_MS);
    return {
      ...{ atMs, asks: 'exempt', letters: someOf(dice, letters), includeWindows: false },
      untilMs: atMs + dice.between(2, 45) * MINUTE_IN_MS,
      key: dice.chance(0.5) ? `exempt${at}` : null,
      repeatsAfterInMs: dice.chance(0.7) ? dice.between(1, 400) * SECOND_IN_MS : null,
      process: dice.between(0, processes - 1),
    };
  });
}

function turnsOf(windows: readonly WindowSeed[], requests: readonly Request[]): readonly number[] {
  return [
    ...windows.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]),
    ...requests.flatMap(({ atMs, untilMs }) => (untilMs === null ? [atMs] : [atMs, untilMs])),
  ];
}

/** A report and when a hold on it begins or ends. */
function drawFocus(dice: Dice, windows: readonly WindowSeed[], requests: readonly Request[]): Times['focus'] {
  const holds = [
    ...windows.map(({ letters, fromMs, untilMs }) => ({ letters, turns: [fromMs, untilMs] })),
    ...requests.map(({ letters, atMs, untilMs }) => ({ letters, turns: [atMs, untilMs ?? atMs] })),
  ];
  const { letters, turns } = dice.pick(holds);
  return { letter: dice.pick(letters), turnMs: dice.pick(turns) };
}

function drawTurn(dice: Dice, { turns, focus }: Times): number {
  return dice.chance(0.6) ? focus.turnMs : dice.pick(turns);
}

function drawLetter(dice: Dice, letters: readonly string[], { focus }: Times): string {
  return dice.chance(0.7) ? focus.letter : dice.pick(letters);
}

/** An instant near to where something begins or ends, or anywhere. */
function drawInstant(dice: Dice, times: Times): number {
  const { tickInMs, endMs } = times;
  const turnMs = drawTurn(dice, times);
  const tickMs = Math.ceil(turnMs / tickInMs) * tickInMs;
  switch (dice.between(0, 4)) {
    case 0:
      // While the tick, or the request, that the turn is due in works.
      return (dice.chance(0.5) ? tickMs : turnMs) + dice.between(0, 4_000);
    case 1:
      return tickMs + dice.between(-30, 60) * SECOND_IN_MS;
    case 2:
      return turnMs + dice.between(0, 6 * 60) * SECOND_IN_MS;
    default:
      return (
        BEGIN_MS + dice.between(60, (endMs + 10 * MINUTE_IN_MS - BEGIN_MS) / SECOND_IN_MS) * SECOND_IN_MS
      );
  }
}

function drawHumans(dice: Dice, letters: readonly string[], times: Times): readonly HumanAct[] {
  const count = dice.between(1, 2);
  return Array.from({ length: count }).flatMap((): HumanAct[] => {
    const letter = drawLetter(dice, letters, times);
    const atMs = drawInstant(dice, times);
    const soonMs =
      atMs + dice.pick([dice.between(1, 20), dice.between(20, 240), dice.between(240, 1_500)]) * SECOND_IN_MS;
    const drawn = dice.random();
    if (drawn < 0.3) return [{ atMs, letter, does: 'pause' }];
    if (drawn < 0.5) return [{ atMs, letter, does: 'resume' }];
    if (drawn < 0.75) {
      const acts: HumanAct[] = [
        { atMs, letter, does: 'resume' },
        { atMs: soonMs, letter, does: 'pause' },
      ];
      return dice.chance(0.25) ? [...acts, { atMs: soonMs + SECOND_IN_MS, letter, does: 'edit' }] : acts;
    }
    if (drawn < 0.85) return [{ atMs, letter, does: 'edit' }];
    if (drawn < 0.92) return [{ atMs, letter, does: 'delete' }];
    return [
      { atMs, letter, does: 'delete' },
      { atMs: soonMs, letter, does: 'recreate' },
    ];
  });
}

function drawFaults(dice: Dice, letters: readonly string[], times: Times): readonly Fault[] {
  return Array.from({ length: dice.between(1, 3) }, () => drawFault(dice, letters, times));
}

function drawFault(dice: Dice, letters: readonly string[], times: Times): Fault {
  const atMs = drawInstant(dice, times);
  const letter = drawLetter(dice, letters, times);
  const shortly = {
    fromMs: atMs - dice.between(0, 60) * SECOND_IN_MS,
    untilMs: atMs + dice.between(1, 12) * MINUTE_IN_MS,
  };
  const always = { fromMs: BEGIN_MS, untilMs: times.endMs + 10 * MINUTE_IN_MS };
  const drawn = dice.random();
  if (drawn < 0.55) {
    return {
      kind: 'put',
      ...(dice.chance(0.7) ? always : shortly),
      fate: dice.pick(putFates),
      verb: dice.pick(['pause', 'resume']),
      letter: dice.chance(0.5) ? letter : null,
      times: dice.pick([1, 1, 2, 99]),
      delayInMs: dice.between(1, 170) * SECOND_IN_MS,
    };
  }
  if (drawn < 0.72) {
    const shows = dice.pick<Glitch>(['Active', 'Paused', 'Inactive', 'notFound', 'noTime', 'olderTime']);
    return { kind: 'glitch', ...shortly, source: dice.pick(['list', 'get']), shows, letter, times: 1 };
  }
  if (drawn < 0.77) return { kind: 'hidden', ...shortly, letter };
  if (drawn < 0.8) return { kind: 'listRefused', ...longer(dice, shortly) };
  if (drawn < 0.83) return { kind: 'listEmpty', ...longer(dice, shortly) };
  if (drawn < 0.88)
    return { kind: 'listOmits', ...longer(dice, shortly), status: dice.pick(['Active', 'Paused']) };
  if (drawn < 0.91) return { kind: 'pagesShift', ...longer(dice, shortly) };
  if (drawn < 0.95) return { kind: 'getRefused', ...shortly };
  if (drawn < 0.98) return { kind: 'runsOut', fromMs: atMs, untilMs: atMs, letter };
  const days = dice.pick([0.05, 0.2, 2]);
  return { kind: 'signInLost', fromMs: atMs, untilMs: atMs + days * 24 * HOUR_IN_MS };
}

function longer(dice: Dice, { fromMs, untilMs }: { fromMs: number; untilMs: number }) {
  return { fromMs, untilMs: untilMs + dice.pick([0, 2 * HOUR_IN_MS]) };
}

function drawKills(dice: Dice, processes: number, times: Times): readonly Kill[] {
  return Array.from({ length: dice.pick([1, 1, 2]) }, (): Kill => {
    const turnMs = drawTurn(dice, times);
    const tickMs = Math.ceil(turnMs / times.tickInMs) * times.tickInMs;
    const kind = dice.chance(0.7) ? 'ends' : 'stands';
    return {
      process: dice.between(0, processes - 1),
      fromMs: (dice.chance(0.6) ? tickMs : turnMs) - 1,
      call: dice.between(0, 45),
      reaches: dice.chance(0.5),
      forInMs: dice.between(1, 180) * SECOND_IN_MS,
      kind,
    };
  });
}

function drawService(dice: Dice): ServiceTraits {
  const oddly = <Value>(plain: Value, odd: () => Value): Value => (dice.chance(0.35) ? odd() : plain);
  const bySource = <Value>(draw: (source: Source) => Value): Record<Source, Value> => ({
    list: draw('list'),
    get: draw('get'),
    put: draw('put'),
  });
  const form = () => dice.pick<TimeForm>(['zulu', 'bare', 'blank', 'fraction', 'offset']);
  const offset = () =>
    dice.pick([dice.between(-5, 5), dice.between(-120, 120), dice.between(-600, 600)]) * SECOND_IN_MS;
  const maybeMissing = (source: Source): readonly string[] => [
    ...(dice.chance(0.4) ? ['query'] : []),
    ...(dice.chance(0.3) ? ['executeNow'] : []),
    ...(dice.chance(0.2) ? ['callbackUrl', 'callbackMethod'] : []),
    ...(source !== 'get' && dice.chance(0.15) ? ['modifiedTime'] : []),
  ];
  const time = dice.pick<ServiceTraits['time']>([
    ...(['never', 'never', 'onChange', 'onChange', 'always', 'byItself'] as const),
  ]);
  const movesEveryMs = dice.between(3, 40) * MINUTE_IN_MS;
  return {
    time,
    movesEveryMs: time === 'byItself' ? movesEveryMs : PLAIN_SERVICE.movesEveryMs,
    dateAheadInMs: oddly(0, offset),
    timeAheadInMs: oddly(0, offset),
    resolutionInMs: oddly(SECOND_IN_MS, () => dice.pick([1, MINUTE_IN_MS])),
    timeLateInMs: oddly(0, () => dice.between(1, 120) * SECOND_IN_MS),
    timeForm: oddly(PLAIN_SERVICE.timeForm, () => bySource(form)),
    missing: oddly(PLAIN_SERVICE.missing, () => bySource(maybeMissing)),
    asText: oddly<readonly Source[]>([], () => someOf(dice, sources)),
    volatile: oddly<readonly Source[]>([], () => someOf(dice, sources)),
    listLagInMs: oddly(0, () => dice.between(1, 200) * SECOND_IN_MS),
    replicasBehindInMs: oddly<readonly number[]>([0], () => {
      const behindInMs = dice.between(1, 150) * SECOND_IN_MS;
      return dice.pick([[behindInMs], [0, behindInMs], [0, 0, 0, behindInMs]]);
    }),
    pageSize: oddly<number | null>(null, () => dice.between(1, 3)),
    putShows: oddly<'after' | 'before'>('after', () => 'before'),
    repeatIsRefused: oddly(false, () => true),
    latencyInMs: dice.pick([50, 300, 300, 2_000]),
  };
}

/** One or more of them. */
function someOf<Item>(dice: Dice, items: readonly Item[]): readonly Item[] {
  const some = items.filter(() => dice.chance(0.6));
  return some.length > 0 ? some : [dice.pick(items)];
}
