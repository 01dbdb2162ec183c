import fc from 'fast-check';
import { fitHistory } from '../../../shared/webhooks/fitHistory.ts';
import type { PauseIntent, ResumeIntent } from '../../../shared/webhooks/intent.ts';
import {
  isInDoubt,
  type KeyHistory,
  NO_HISTORY,
  settleStatement,
} from '../../../shared/webhooks/settleStatement.ts';
import { HOUR_MS, NOW_MS } from './sampleSource.ts';

type Spoken = PauseIntent | ResumeIntent;

const REPORTS = Array.from({ length: 10 }, (_, at) => `report-${at}`);

/** One arrival of a statement; a cut one ends when half of its holds are written. */
interface Arrival {
  readonly spoken: Spoken;
  readonly isCut: boolean;
}

const spoken = fc
  .record({
    isPause: fc.boolean(),
    atMs: fc.integer({ min: -40, max: 0 }),
    reportIds: fc.option(fc.uniqueArray(fc.constantFrom(...REPORTS), { minLength: 1 }), { freq: 8 }),
    idLength: fc.integer({ min: 1, max: 60 }),
    isWholeKey: fc.boolean(),
  })
  .map(({ isPause, atMs, reportIds, idLength, isWholeKey }) => {
    const common = { key: 'ops:k', saidAtMs: NOW_MS + atMs, reason: '', reportIds, rank: isPause ? 2 : 3 };
    const pause = {
      fromMs: NOW_MS,
      untilMs: NOW_MS + HOUR_MS,
      untilBy: 'default',
      deniedReportIds: [],
    } as const;
    return (at: number): Spoken => {
      const deliveryId = `${at}`.padEnd(idLength, 'x');
      return isPause
        ? { ...common, ...pause, deliveryId, action: 'pause', isWholeKey: isWholeKey && reportIds === null }
        : { ...common, deliveryId, action: 'resume', because: 'asked' };
    };
  });

/** A key as a door keeps it, within so many characters; each statement's verdict, and which reports it holds in the end. */
function createKey(maxLength: number) {
  let history: KeyHistory = NO_HISTORY;
  let unfinished: readonly string[] = [];
  const held = new Set<string>();
  const take = ({ spoken, isCut }: Arrival): string => {
    const settled = settleStatement(history, spoken, NOW_MS);
    if (!('history' in settled)) return settled.verdict;
    if (settled.verdict === 'again' && !unfinished.includes(spoken.deliveryId)) return 'repeated';
    if (isInDoubt(settled, spoken)) return 'forgotten';
    const except = new Set(settled.exceptReportIds);
    const meant = (settled.reportIds ?? REPORTS).filter((id) => !except.has(id));
    const counting = new Set(settled.history.said.map(({ deliveryId }) => deliveryId));
    const others = unfinished.filter((id) => id !== spoken.deliveryId && counting.has(id));
    const after = new Set(held);
    for (const id of meant) {
      if (spoken.action === 'pause') after.add(id);
      else after.delete(id);
    }
    const isHeld = (id: string) => after.has(id);
    const fitted = fitHistory(settled.history, { isHeld, unfinished: others }, maxLength);
    const isNew = settled.verdict === 'apply';
    if (fitted.isTooLong && spoken.action === 'pause' && isNew) return 'too_much_said';
    history = JSON.parse(JSON.stringify(fitted.history));
    unfinished = isCut ? [...others, spoken.deliveryId] : others;
    for (const id of isCut ? meant.slice(0, meant.length / 2) : meant) {
      if (spoken.action === 'pause') held.add(id);
      else held.delete(id);
    }
    return 'taken';
  };
  const length = () => JSON.stringify(history).length;
  return { take, length, held: () => [...held].sort() };
}

test('a bounded memory comes to the same as one without bounds, but for the pauses that it refuses', () => {
  const arrivals = fc
    .array(fc.record({ spoken, isCut: fc.boolean(), repeats: fc.nat({ max: 30 }) }), { maxLength: 30 })
    .map((list) => {
      const said = list.map(({ spoken, ...one }, at) => ({ ...one, spoken: spoken(at) }));
      // Deliveries come twice, at any distance; a cut one comes again, whole, in the end.
      const twice = said.flatMap((one, at) => [
        { ...one, order: at },
        { ...one, order: at + one.repeats },
      ]);
      const all = twice.sort((one, other) => one.order - other.order);
      return [...all, ...said.map((one) => ({ ...one, isCut: false, order: 0 }))];
    });
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 500, max: 3_000 }), (list, maxLength) => {
      const bounded = createKey(maxLength);
      const unbounded = createKey(Number.MAX_SAFE_INTEGER);
      for (const arrival of list) {
        const { action } = arrival.spoken;
        const verdict = bounded.take(arrival);
        const isRefused = verdict === 'too_much_said' || verdict === 'forgotten';
        if (isRefused) expect(action).toBe('pause');
        if (!isRefused) unbounded.take(arrival);
        expect(bounded.length()).toBeLessThanOrEqual(maxLength + 100);
      }
      expect(bounded.held()).toEqual(unbounded.held());
    }),
    { numRuns: 1_000 },
  );
});
