import { z } from 'zod';
import { keyCaller } from '../../../shared/callers/caller.ts';
import { answer as answerAdopt } from '../../../shared/routes/adopt.ts';
import { answer as answerRelearn } from '../../../shared/routes/relearn.ts';
import { createWorld, reportIds } from '../../requests/world.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const requestOf = (path: string, body: unknown) => ({
  url: new URL(`https://app.example${path}`),
  body: new TextEncoder().encode(JSON.stringify(body)),
  header: () => null,
  teller: quiet,
  caller: keyCaller('Ana'),
});
const acceptedShape = z.object({ runId: z.string(), status: z.literal('working') });
const runShape = z.object({
  status: z.string(),
  problems: z.array(z.object({ code: z.string() })),
  results: z.array(z.object({ outcome: z.string(), code: z.string() })),
});

test('a pause that is done, and whose results the storage cannot give back, is told as accepted, and where to ask', async () => {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one');
  let runsCalls = 0;
  process.storage = ({ table }) => {
    runsCalls += table === 'IntermissionRuns' && world.insights.puts.length === 2 ? 1 : 0;
    // The first keeps the results; from then on nothing is to be read.
    return table === 'IntermissionRuns' && runsCalls > 1 ? 'refused' : 'passes';
  };

  const answer = await world.settle(process.post('pause', { reportIds: reportIds(2) }));

  const { runId } = acceptedShape.parse(answer.body);
  expect([answer.status, answer.headers['location']]).toEqual([202, `https://app.example/api/runs/${runId}`]);
  process.storage = () => 'passes';
  const later = await world.settle(process.run(runId));
  expect(runShape.parse(later.body)).toMatchObject({ status: 'ok' });
});

test('a request that was accepted is told so, though the storage takes no token for it', async () => {
  const world = createWorld({ reports: 2 });
  const process = world.startProcess('one');
  const accepted = () => world.tables.dump().includes('"rowKey":"run"');
  process.storage = ({ table }) => (table === 'IntermissionRuns' && accepted() ? 'refused' : 'passes');

  const asked = process.post('pause', { reportIds: reportIds(2) }, { prefer: 'respond-async' });
  const answer = await world.settle(asked);

  const { runId } = acceptedShape.parse(answer.body);
  expect([answer.status, answer.headers['location']]).toEqual([202, `https://app.example/api/runs/${runId}`]);
});

const ownedShape = z.object({
  reportId: z.string(),
  kept: z.object({ modifiedMs: z.number().nullable(), contents: z.string() }),
});

/** Three reports that were paused by a process whose ledger is gone since, and what its events said of them. */
async function worldWithLostLedger() {
  const world = createWorld({ reports: 3 });
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: reportIds(3) }));
  const pausedAtUtc = new Date(world.time.now()).toISOString();
  const live = world.tables.open('IntermissionLive');
  const pauses: object[] = [];
  for await (const { partitionKey = '', rowKey = '', ...row } of live.listEntities<{ json: string }>()) {
    if (/^(?:own|hold)\|/.test(rowKey)) await live.deleteEntity(partitionKey, rowKey);
    if (!rowKey.startsWith('own|')) continue;
    const { reportId, kept } = ownedShape.parse(JSON.parse(row.json));
    const modifiedTime = kept.modifiedMs === null ? '' : new Date(kept.modifiedMs).toISOString();
    pauses.push({ reportId, pausedAtUtc, modifiedTime, contents: kept.contents });
  }
  const body = { pauses, reason: 'the ledger is lost' };
  const adopt = () => world.settle(answerAdopt(process.composed, requestOf('/api/adopt', body)));
  return { world, process, adopt };
}

test('an adoption that the storage takes a part of says which, and the same request again adopts the rest', async () => {
  const { world, process, adopt } = await worldWithLostLedger();
  const adopted = () => world.tables.dump().match(/"rowKey":"own\|/g)?.length ?? 0;
  process.storage = ({ table }) => (table === 'IntermissionLive' && adopted() === 1 ? 'refused' : 'passes');

  const first = await adopt();
  process.storage = () => 'passes';
  const second = await adopt();

  const run = runShape.parse(first.body);
  expect(first.status).toBe(207);
  expect(run.results.map(({ outcome }) => outcome)).toEqual(['adopted', 'skipped', 'skipped']);
  expect(run.problems.map(({ code }) => code)).toEqual(['not_written_down']);
  const again = runShape.parse(second.body);
  expect([second.status, again.status]).toEqual([200, 'ok']);
  expect(again.results.map(({ outcome }) => outcome)).toEqual(['alreadyPaused', 'adopted', 'adopted']);
});

test('what was done under the lease is told as done, though the storage does not take the lease back', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one');
  let writes = 0;
  const isForgotten = () => world.tables.dump().includes('"rowKey":"facts"');
  process.storage = ({ table }) => {
    writes += table === 'IntermissionLive' && isForgotten() ? 1 : 0;
    return writes > 0 ? 'refused' : 'passes';
  };

  const answer = await world.settle(
    answerRelearn(process.composed, requestOf('/', { reason: 'the service was restored' }), {
      account: 'default',
    }),
  );

  expect([answer.status, writes > 0]).toEqual([200, true]);
});
