import { changesAtOnce } from '../../../shared/running/changesAtOnce.ts';
import { createRoom } from '../../../shared/running/createRoom.ts';
import { inTurns } from '../../../shared/running/inTurns.ts';

describe('the order of changes', () => {
  test('lets windows and requests take turns, so that a small request does not wait for a large window', () => {
    const window = Array.from({ length: 1_000 }, (_, at) => `window ${at}`);
    const items = [...window, 'request 1', 'request 2', 'webhook 1'];
    const ordered = inTurns(items, (item) => item.slice(0, 6));
    expect(ordered.slice(0, 6)).toEqual([
      ...['window 0', 'request 1', 'webhook 1', 'window 1', 'request 2', 'window 2'],
    ]);
    expect([...ordered].sort()).toEqual([...items].sort());
    expect(inTurns([], String)).toEqual([]);
  });

  test('has more changes under way than calls, so that no call waits for the ledger', () => {
    expect(changesAtOnce({ maxConcurrency: 64, callsPerSecond: null })).toEqual({
      towardsAnswer: 128,
      inAll: 256,
    });
  });

  test('has no more than find their turn under the ceiling soon', () => {
    expect(changesAtOnce({ maxConcurrency: 64, callsPerSecond: 10 }).towardsAnswer).toBe(10);
    expect(changesAtOnce({ maxConcurrency: 64, callsPerSecond: 0.1 }).towardsAnswer).toBe(1);
  });

  test('is one after the other for who allows one call at a time', () => {
    const one = { towardsAnswer: 1, inAll: 1 };
    expect(changesAtOnce({ maxConcurrency: 1, callsPerSecond: null })).toEqual(one);
  });
});

describe('a room', () => {
  test('holds no more than its places, and gives them on in the order of asking, failed or not', async () => {
    const room = createRoom(2);
    const began: number[] = [];
    let under = 0;
    let most = 0;
    const work = (at: number) =>
      room.within(async () => {
        began.push(at);
        under += 1;
        most = Math.max(most, under);
        await new Promise((resolve) => setImmediate(resolve));
        under -= 1;
        if (at % 2 === 1) throw new Error('failed');
        return at;
      });
    const ended = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect(began).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
    expect(ended.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
  });
});
