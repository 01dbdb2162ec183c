import { z } from 'zod';
import type { Exchange } from '../../../shared/insights/exchange.ts';
import { createWorld, reportId, reportIds, type World } from '../../requests/world.ts';

const runShape = z.object({
  results: z.array(z.object({ reportId: z.string(), outcome: z.string(), code: z.string() })),
});
const problemShape = z.object({ run: runShape });
const resultsOf = (body: unknown) => (problemShape.safeParse(body).data?.run ?? runShape.parse(body)).results;

/** Refuses every pause of one report; everything else goes on. */
function refusePauses(
  { insights, time }: World,
  refused: string,
  status: number,
  headers: readonly (readonly [string, string])[] = [],
): { puts: number } {
  const seen = { puts: 0 };
  const { send } = insights;
  insights.send = async (process, request): Promise<Exchange> => {
    if (request.method !== 'PUT' || !request.url.pathname.includes(`pause/${refused}`)) {
      return send(process, request);
    }
    seen.puts += 1;
    await time.after(50);
    return {
      ...{ kind: 'answered', status, reasonPhrase: '', text: '' },
      headers: new Map([['date', new Date(time.now()).toUTCString()], ...headers]),
    };
  };
  return seen;
}

test('a pause that met nothing but 429 until the end of its run is told as throttled', async () => {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one', { RUN_TIME_BUDGET_SECONDS: '20' });
  const seen = refusePauses(world, reportId(2), 429, [['retry-after', '1']]);

  const answer = await world.settle(process.post('pause', { reportIds: reportIds(2) }));

  expect(resultsOf(answer.body)).toMatchObject([
    { outcome: 'paused' },
    { outcome: 'failed', code: 'throttled' },
  ]);
  expect(seen.puts).toBeGreaterThan(3);
});

test('a pause that is refused at each look is told as refused, however often, and is tried at each', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  const seen = refusePauses(world, reportId(1), 403);
  await world.settle(process.post('pause', { reportIds: reportIds(1) }));

  for (let ticks = 0; ticks < 6; ticks += 1) {
    await world.time.runUntil(world.time.now() + 300_000);
    const { results } = await world.settle(process.tick());
    expect(results).toMatchObject([{ outcome: 'forbidden', code: 'forbidden' }]);
  }
  expect(seen.puts).toBe(7);
});

test('a pause that the service takes without effect is tried three times, and then told so', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  const { send } = world.insights;
  let puts = 0;
  world.insights.send = async (name, request) => {
    if (request.method !== 'PUT') return send(name, request);
    puts += 1;
    const shown = await send(name, { ...request, method: 'GET' });
    return shown;
  };
  await world.settle(process.post('pause', { reportIds: reportIds(1) }));

  const codes: string[] = [];
  for (let ticks = 0; ticks < 30; ticks += 1) {
    await world.time.runUntil(world.time.now() + 60_000);
    const { results } = await world.settle(process.tick());
    codes.push(...results.map(({ code }) => code));
  }
  expect(codes).toContain('pause_not_effective');
  expect(puts).toBeGreaterThanOrEqual(3);
});
