import type { Exchange } from '../../../shared/insights/exchange.ts';
import { decodeFacts, encodeRow, noFacts, rowKeys } from '../../../shared/ledger/ledgerRows.ts';
import type { LearnedPace } from '../../../shared/model/learnedPace.ts';
import { paceToKeep } from '../../../shared/running/keepFacts.ts';
import { createWorld, reportIds } from '../../requests/world.ts';
import { limiters } from '../insights/limitedService.ts';

const pace = (callsPerSecond: number): LearnedPace => ({
  callsPerSecond,
  steadyInMs: 8_000,
  obeyedPerSecond: 9,
});

describe('the pace of an account', () => {
  test('is kept from the first run that learns one, and replaced by one that is another by a tenth', () => {
    expect(paceToKeep(null, pace(20))).toEqual(pace(20));
    expect(paceToKeep(pace(20), pace(21.9))).toEqual(pace(20));
    expect(paceToKeep(pace(20), pace(22.1))).toEqual(pace(22.1));
    expect(paceToKeep(pace(20), pace(18))).toEqual(pace(18));
    expect(paceToKeep(pace(20), null)).toBeNull();
  });

  test('is not known of rows that an earlier release wrote', () => {
    const { pace: _, ...earlier } = noFacts;
    expect(decodeFacts(encodeRow('mpn.a', rowKeys.facts, earlier))).toEqual(noFacts);
  });

  test('is begun with by the next process that runs on the account', async () => {
    const world = createWorld({ reports: 400 });
    world.insights.latencyInMs = 50;
    const limiter = limiters['sliding window'](20);
    let refused = 0;
    const { send } = world.insights;
    world.insights.send = async (process, request): Promise<Exchange> => {
      const waitInMs = limiter.ask(world.time.now());
      if (waitInMs === null) return send(process, request);
      refused += 1;
      const headers = new Map([['retry-after', String(Math.ceil(waitInMs / 1_000))]]);
      return { kind: 'answered', status: 429, reasonPhrase: '', headers, text: '{"statusCode":429}' };
    };
    const pausedBy = async (name: string, from: number, to: number) => {
      const process = world.startProcess(name);
      process.storageLatencyInMs = 5;
      refused = 0;
      const beganMs = world.time.now();
      const ids = reportIds(to).slice(from);
      await world.settle(process.post('pause', { reportIds: ids }, { prefer: 'wait' }));
      return { refused, lastedInMs: world.time.now() - beganMs };
    };
    const first = await pausedBy('one', 0, 200);
    const second = await pausedBy('two', 200, 400);

    // 600 calls each, which take 30 s at 20 a second.
    expect(second.refused).toBeLessThan(first.refused);
    expect(second.lastedInMs).toBeLessThanOrEqual(1.15 * 30_000);
    expect([...world.insights.statuses.values()].every((status) => status === 'Paused')).toBe(true);
  });
});
