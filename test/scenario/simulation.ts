import { isUndone } from '../../shared/running/reportResult.ts';
import { seededRandom } from '../fakes/seededRandom.ts';
import { reportIdOf } from './reportLetters.ts';
import type { Scenario } from './scenario.ts';
import type { WindowSketch } from './sketches.ts';

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
const TICK_IN_MS = 10 * MINUTE_IN_MS;

/** People leave a report alone for so long after they touched it: the least time in which a tick must notice. */
const HUMAN_PAUSE_IN_MS = HOUR_IN_MS;

/** F is paused by a person from the start, G is exhausted, H is excluded from the weekend. */
const SEED_REPORTS: Readonly<Record<string, 'Active' | 'Paused' | 'Inactive'>> = {
  ...{ A: 'Active', B: 'Active', C: 'Active', D: 'Active', E: 'Active' },
  ...{ F: 'Paused', G: 'Inactive', H: 'Active' },
};
const TOUCHED_BY_PEOPLE = ['A', 'B', 'C', 'D', 'E', 'F', 'H'];
/** C has a window that reasserts, and D may be left out of a window and taken in again. */
const MAY_BE_PAUSED_AGAIN = ['C', 'D'];

const FAULTS = [
  { kind: 'throttle429', operation: 'pauseReport', retryAfter: 30 },
  { kind: 'throttle429', operation: 'resumeReport', retryAfter: 30 },
  { kind: 'throttle429', operation: 'getReports', retryAfter: 5 },
  { kind: 'status500', operation: 'pauseReport', times: 2 },
  { kind: 'status500', operation: 'resumeReport', times: 3 },
  { kind: 'resetAfter', operation: 'pauseReport', times: 2 },
  { kind: 'resetAfter', operation: 'resumeReport', times: 2 },
  { kind: 'resetBefore', operation: 'resumeReport', times: 5 },
  { kind: 'errorInHttp200', operation: 'pauseReport', times: 2 },
  { kind: 'forbidden', operation: 'resumeReport', times: 4 },
  { kind: 'badRequest', operation: 'resumeReport', times: 3, message: 'Exceeded quota of 50 active reports' },
  { kind: 'answerUnchanged', operation: 'pauseReport' },
  { kind: 'answerUnchanged', operation: 'resumeReport', takesEffect: false },
  { kind: 'truncatedJson', operation: 'pauseReport' },
  { kind: 'truncatedJson', operation: 'getReports', times: 2 },
  { kind: 'badGatewayHtml', operation: 'getReports', times: 10 },
  { kind: 'staleRead', operation: 'getReports', forMs: 15 * MINUTE_IN_MS },
  { kind: 'notFound', operation: 'getReports' },
];

/** What the simulation did, so that a test can see that it was no idle one. */
export interface Simulated {
  readonly ticks: number;
  readonly humanDeeds: number;
  readonly faults: number;
  readonly restarts: number;
  readonly edits: number;
  readonly takeOvers: number;
  /** Our pauses of reports that a person had resumed shortly before, where neither a window nor an edit of one came between. */
  readonly undoneResumes: number;
  /** Every report as its human left it, from the humans' deeds alone. */
  readonly expected: Readonly<Record<string, string>>;
}

/**
 * Lives through `days` from a day's beginning in UTC: nightly, weekly and strict windows, people, faults, restarts,
 * lost ledgers and edits of the configuration. Ticks come every ten minutes in the evening and hourly else. The same
 * seed lives the same life.
 */
export async function simulate(
  s: Scenario,
  life: { readonly from: string; readonly days: number; readonly seed: number },
): Promise<Simulated> {
  const random = seededRandom(life.seed);
  const chance = (one: number) => random() < 1 / one;
  const pickOf = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) {
      throw new Error('nothing to pick from');
    }
    return item;
  };
  const done = { ticks: 0, humanDeeds: 0, faults: 0, restarts: 0, edits: 0, takeOvers: 0 };
  const expected: Record<string, string> = { ...SEED_REPORTS };
  const touchedMs = new Map<string, number>();
  const editsMs: number[] = [];
  const resumes: { readonly letter: string; readonly atMs: number }[] = [];
  const at = (atMs: number) => s.at(new Date(Math.max(atMs, s.now())).toISOString());

  const tick = async (atMs: number) => {
    await at(atMs).tick();
    done.ticks += 1;
  };

  const befall = async () => {
    if (chance(25)) {
      await s.apiMeets(pickOf(FAULTS));
      done.faults += 1;
    }
    if (chance(60)) {
      s.ledger.shutAfterWrites(Math.floor(random() * 8));
      done.faults += 1;
    }
  };

  /** A person touches a report of which the last run had nothing bad to tell, and only to change its status. */
  const touch = async (atMs: number) => {
    const letter = pickOf(TOUCHED_BY_PEOPLE);
    const last = s.lastRun();
    const isAlarmed =
      last.problems.length > 0 ||
      last.results.some((result) => result.reportId === reportIdOf(letter) && isUndone(result, last.door));
    const isTooSoon = atMs < (touchedMs.get(letter) ?? 0) + HUMAN_PAUSE_IN_MS;
    if (isAlarmed || isTooSoon || s.now() >= atMs) {
      return;
    }
    const human = at(atMs).human(pickOf(['dana', 'kim', 'lee']));
    done.humanDeeds += 1;
    if (chance(4)) {
      await human.edits(letter);
      return;
    }
    touchedMs.set(letter, atMs);
    const isPaused = (await s.statusOf(letter)) === 'Paused';
    await (isPaused ? human.resumes(letter) : human.pauses(letter));
    // Twice between two ticks shows only where a pause moves `modifiedTime`.
    const isTwice = isPaused && s.behaviour !== 'never' && chance(3);
    if (isTwice) {
      await at(atMs + MINUTE_IN_MS)
        .human('dana')
        .pauses(letter);
    } else if (isPaused && !MAY_BE_PAUSED_AGAIN.includes(letter)) {
      resumes.push({ letter, atMs });
    }
    expected[letter] = isPaused && !isTwice ? 'Active' : 'Paused';
  };

  /** The operator settles what is doubtful, after a look at who did it. */
  const operate = async (atMs: number) => {
    for (const { reportId, outcome } of s.lastRun().results) {
      const letter = s.letterOf(reportId);
      if (outcome === 'doubtful' && (await s.wasPausedByUs(letter)) && expected[letter] === 'Active') {
        await at(atMs).resume(letter, { takeOver: true, reason: 'seen in the audit log' });
        done.takeOvers += 1;
      }
    }
  };

  const deploy = async (atMs: number) => {
    if (chance(120)) {
      editsMs.push(atMs);
      await at(atMs).configure({ windows: windowsOf(pickOf, chance) });
      done.edits += 1;
    } else if (chance(60)) {
      s.restart();
      done.restarts += 1;
    }
  };

  const fromMs = Date.parse(life.from);
  const untilMs = fromMs + life.days * 24 * HOUR_IN_MS + 12 * HOUR_IN_MS;
  await s.given({
    at: new Date(fromMs - HOUR_IN_MS).toISOString(),
    reports: SEED_REPORTS,
    windows: windowsOf(pickOf, () => false),
    settings: { TICK_SCHEDULE: '0 */10 * * * *' },
  });
  for (let tickMs = fromMs; tickMs < untilMs; tickMs += isEvening(tickMs) ? TICK_IN_MS : HOUR_IN_MS) {
    await befall();
    await tick(tickMs);
    s.ledger.open();
    await operate(tickMs + 3 * MINUTE_IN_MS);
    if (chance(isEvening(tickMs) ? 12 : 40)) {
      await touch(tickMs + 5 * MINUTE_IN_MS);
    }
    await deploy(tickMs + 7 * MINUTE_IN_MS);
  }
  await s.apiRecovers();
  for (let last = 1; last <= 4; last += 1) {
    await tick(untilMs + last * TICK_IN_MS);
    await operate(untilMs + last * TICK_IN_MS + MINUTE_IN_MS);
  }
  const undone = await Promise.all(
    resumes.map(({ letter, atMs }) =>
      s.pausesByUs(letter, atMs, Math.min(nextWindowMs(atMs), editsMs.find((one) => one > atMs) ?? untilMs)),
    ),
  );
  return { ...done, expected, undoneResumes: undone.reduce((sum, count) => sum + count, 0) };
}

/** The first instant after `atMs` at which a window may begin that respects people. */
function nextWindowMs(atMs: number): number {
  let hourMs = Math.floor(atMs / HOUR_IN_MS + 1) * HOUR_IN_MS;
  while (![20, 21, 0, 1].includes(new Date(hourMs).getUTCHours())) {
    hourMs += HOUR_IN_MS;
  }
  return hourMs;
}

/** When all windows are, in any of their variants, with an hour to spare. */
function isEvening(atMs: number): boolean {
  const at = new Date(atMs);
  const hour = at.getUTCHours();
  return (hour >= 20 && hour < 24) || (at.getUTCDay() === 0 && hour < 6);
}

function windowsOf(
  pickOf: <Item>(items: readonly Item[]) => Item,
  chance: (one: number) => boolean,
): readonly WindowSketch[] {
  return [
    {
      name: pickOf(['nightly', 'maintenance']),
      reports: ['A', 'B', 'F', 'G'],
      when: { start: '0 22 * * *', duration: pickOf(['PT1H', 'PT90M']), timeZone: 'Europe/Berlin' },
    },
    {
      name: 'weekend',
      reports: { all: true },
      exclude: chance(3) ? ['H', 'D'] : ['H'],
      when: { start: '0 20 * * 6', duration: 'PT4H', timeZone: 'America/New_York' },
    },
    {
      name: 'strict',
      reports: ['C'],
      when: { start: '30 20 * * 3', duration: 'PT2H', timeZone: 'UTC' },
      onManualResume: 'reassert',
      enabled: !chance(4),
    },
  ];
}
