import { createVirtualTime } from '../simulation/virtualTime.ts';

const START_MS = Date.parse('2026-03-01T00:00:00Z');

describe('virtual time', () => {
  test('passes a day in an instant, and wakes in order of time, then of asking', async () => {
    const time = createVirtualTime(START_MS);
    const woken: string[] = [];
    const wake = (name: string) => () => woken.push(`${name} ${time.now() - START_MS}`);
    time.at(START_MS + 2_000, wake('late'));
    time.at(START_MS + 1_000, wake('first'));
    time.at(START_MS + 1_000, wake('second'));
    await time.runUntil(START_MS + 86_400_000);
    expect(woken).toEqual(['first 1000', 'second 1000', 'late 2000']);
    expect(time.now()).toBe(START_MS + 86_400_000);
  });

  test('what follows from an instant happens before the next one', async () => {
    const time = createVirtualTime(START_MS);
    const seen: string[] = [];
    const walk = async () => {
      await time.after(10);
      for (let step = 0; step < 50; step += 1) await Promise.resolve();
      seen.push('walked');
    };
    void walk();
    time.at(START_MS + 11, () => seen.push('after'));
    await time.runUntil(START_MS + 20);
    expect(seen).toEqual(['walked', 'after']);
  });

  test('what lies beyond stays to come, and what is past happens now', async () => {
    const time = createVirtualTime(START_MS);
    const seen: string[] = [];
    time.at(START_MS + 100, () => seen.push('beyond'));
    await time.runUntil(START_MS + 50);
    time.at(START_MS, () => seen.push(`past at ${time.now() - START_MS}`));
    await time.runUntil(START_MS + 99);
    expect(seen).toEqual(['past at 50']);
    await time.runUntil(START_MS + 100);
    expect(seen).toEqual(['past at 50', 'beyond']);
  });

  test('what is taken back does not happen', async () => {
    const time = createVirtualTime(START_MS);
    const cancel = time.at(START_MS + 1, () => {
      throw new Error('it happened');
    });
    cancel();
    await time.runUntil(START_MS + 2);
    expect(time.happened()).toBe(0);
  });

  test('keeps the order of many', async () => {
    const time = createVirtualTime(0);
    const seen: number[] = [];
    const dues = Array.from({ length: 500 }, (_, at) => (at * 7_919) % 1_009);
    for (const due of dues) time.at(due, () => seen.push(due));
    await time.runUntil(2_000);
    expect(seen).toEqual([...dues].sort((a, b) => a - b));
  });
});
