import fc from 'fast-check';
import { type Hold, isOverAt } from '../../../shared/model/hold.ts';
import type { PauseIntent } from '../../../shared/webhooks/intent.ts';
import { planPause } from '../../../shared/webhooks/planHolds.ts';
import { NO_HISTORY, settleStatement } from '../../../shared/webhooks/settleStatement.ts';
import { HOUR_MS, NOW_MS } from './sampleSource.ts';

const source = { name: 'ops', maxHoldMs: 4 * HOUR_MS };

const pause = (more: Partial<PauseIntent> = {}, nowMs = NOW_MS): PauseIntent => ({
  ...{ action: 'pause', key: 'ops:k', deliveryId: `ops:${nowMs}`, saidAtMs: nowMs, rank: 2, reason: 'r' },
  ...{ fromMs: nowMs, untilMs: nowMs + HOUR_MS, untilBy: 'sender', reportIds: ['a'], deniedReportIds: [] },
  isWholeKey: true,
  ...more,
});

/** What the key holds after this statement, and what was written for it. */
function say(stored: readonly Hold[], intent: PauseIntent, nowMs: number) {
  const settled = settleStatement(NO_HISTORY, intent, nowMs);
  if (!('history' in settled)) throw new Error(settled.verdict);
  const reportIds = intent.reportIds ?? ['a', 'b', 'c'];
  const planned = planPause({ source, intent, settled, stored, nowMs, reportIds, place: 1 });
  const after = new Map([...stored, ...planned.holds].map((hold) => [hold.reportId, hold]));
  return { ...planned, after: [...after.values()] };
}

const heldAt = (holds: readonly Hold[], nowMs: number) =>
  holds.filter((hold) => !isOverAt(hold, nowMs)).map(({ reportId }) => reportId);

describe('a pause of a key that its sender named', () => {
  test('moves to another list: what is no longer named ends, and what goes on keeps its beginning', () => {
    const first = say([], pause({ reportIds: ['a', 'b'] }), NOW_MS).after;
    const later = NOW_MS + 60_000;
    const second = say(first, pause({ reportIds: ['b', 'c'] }, later), later).after;

    expect(heldAt(second, later)).toEqual(['b', 'c']);
    expect(second.map(({ ended }) => ended?.by ?? null)).toEqual(['webhook ops', null, null]);
    expect(second.map(({ fromMs }) => fromMs)).toEqual([NOW_MS, NOW_MS, later]);
  });

  test('leaves what other lists of a source hold where it names no key', () => {
    const first = say([], pause({ reportIds: ['a'], isWholeKey: false }), NOW_MS).after;
    const second = say(first, pause({ reportIds: ['b'], isWholeKey: false }, NOW_MS + 1), NOW_MS + 1).after;

    expect(heldAt(second, NOW_MS + 1)).toEqual(['a', 'b']);
  });
});

describe('maxHold', () => {
  test('is the most that a pause lasts, however often it is asked for again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            waitMs: fc.integer({ min: 1_000, max: 2 * HOUR_MS }),
            aheadMs: fc.integer({ min: -HOUR_MS, max: 20 * 60_000 }),
            lengthMs: fc.integer({ min: 60_000, max: 4 * HOUR_MS }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        (asked) => {
          let nowMs = NOW_MS;
          let stored: readonly Hold[] = [];
          // Paused without a break since then; a hold that ends is closed by the tick of its minute.
          let pausedSinceMs: number | null = null;
          for (const { waitMs, aheadMs, lengthMs } of asked) {
            for (const endMs = nowMs + waitMs; nowMs < endMs; nowMs += 60_000) {
              const isHeld = stored.some((hold) => hold.fromMs <= nowMs && !isOverAt(hold, nowMs));
              stored = stored.filter((hold) => !isOverAt(hold, nowMs));
              pausedSinceMs = isHeld ? (pausedSinceMs ?? nowMs) : null;
              expect(nowMs - (pausedSinceMs ?? nowMs)).toBeLessThanOrEqual(source.maxHoldMs + 2 * 60_000);
            }
            const intent = pause({ fromMs: nowMs + aheadMs, untilMs: nowMs + aheadMs + lengthMs }, nowMs);
            if (intent.untilMs > nowMs) stored = say(stored, intent, nowMs).after;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('ends a pause that is asked for anew each hour, and says so', () => {
    let stored: readonly Hold[] = [];
    const atMaximum: number[] = [];
    for (let hour = 0; hour < 4; hour += 1) {
      const nowMs = NOW_MS + hour * HOUR_MS;
      const said = say(stored, pause({ untilMs: nowMs + 2 * HOUR_MS }, nowMs), nowMs);
      stored = said.after;
      atMaximum.push(said.atMaximum);
    }

    expect(stored.map(({ fromMs, untilMs }) => [fromMs, untilMs])).toEqual([[NOW_MS, NOW_MS + 4 * HOUR_MS]]);
    expect(atMaximum).toEqual([0, 0, 0, 1]);
    // Its end has come and the report is not resumed yet: this is still the same pause.
    const over = NOW_MS + 4 * HOUR_MS;
    expect(say(stored, pause({}, over), over)).toMatchObject({ holds: [], atMaximum: 1 });
    // Resumed meanwhile: a new one.
    expect(heldAt(say([], pause({}, over + 60_000), over + 60_000).after, over + 60_000)).toEqual(['a']);
  });
});
