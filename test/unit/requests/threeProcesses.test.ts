import { drawTests, isLong } from '../../../build/sample.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';
import { createWorld, type ProcessUnderTest, reportIds, type World } from '../../requests/world.ts';

// Judged by the record of the Insights API, like the trial that found it: six clients that ask without a pause, three
// processes, and a window that begins in the middle.

const MINUTE_IN_MS = 60_000;
const BEGINS_MS = Date.parse('2026-03-01T12:00:00Z');
const ENDS_MS = Date.parse('2026-03-01T12:05:00Z');
const ids = reportIds(6);

async function tick(world: World, process: ProcessUnderTest, shiftInMs: number, untilMs: number) {
  await world.time.after(shiftInMs);
  while (world.time.now() < untilMs) {
    await process.tick();
    await world.time.after(MINUTE_IN_MS - ((world.time.now() - shiftInMs) % MINUTE_IN_MS));
  }
}

async function ask(world: World, process: ProcessUnderTest, seed: number, untilMs: number) {
  const random = seededRandom(seed);
  while (world.time.now() < untilMs) {
    const some = ids.filter(() => random() < 0.4);
    const reports = { reportIds: some.length === 0 ? ids : some };
    const isPause = random() < 0.5;
    const length = { duration: `PT${2 + Math.floor(random() * 8)}S` };
    await process.post(isPause ? 'pause' : 'resume', isPause ? { ...reports, ...length } : reports);
    await world.time.after(Math.floor(random() * 400));
  }
}

/** Plays it; `edits` change the windows' blob at their times. */
async function play(
  seed: number,
  settings: Readonly<Record<string, string>>,
  edits: readonly [number, object[]][],
) {
  const world = createWorld({ reports: 6, startMs: BEGINS_MS - 90_000 });
  world.insights.latencyInMs = 300;
  for (const [atMs, windows] of edits) {
    world.time.at(atMs, () => {
      world.blob.text = JSON.stringify(windows);
      world.blob.version += 1;
    });
  }
  const processes = [1, 2, 3].map((number) => world.startProcess(`process ${number}`, settings));
  for (const [at, process] of processes.entries()) process.storageLatencyInMs = 10 + 60 * at;
  const lastMs = ENDS_MS + 4 * MINUTE_IN_MS;
  const all = [
    ...processes.map((process, at) => tick(world, process, at * 700, lastMs)),
    ...[0, 1, 2, 3, 4, 5].map((client) => {
      const process = processes[client % 3];
      return process === undefined ? null : ask(world, process, seed * 10 + client, ENDS_MS - 30_000);
    }),
  ];
  await world.settle(Promise.all(all));
  return world;
}

function judge(world: World, heldByMs: number) {
  const { puts, statuses } = world.insights;
  return {
    // From the moment on at which the window holds a report, nobody resumes it before the end.
    resumedInside: puts.filter(({ verb, atMs }) => verb === 'resume' && atMs > heldByMs && atMs < ENDS_MS),
    pausedAfter: puts.filter(({ verb, atMs }) => verb === 'pause' && atMs >= ENDS_MS),
    statuses: [...new Set(statuses.values())],
    begun: puts.some(({ verb, atMs }) => verb === 'pause' && atMs >= BEGINS_MS && atMs < heldByMs),
  };
}

const inTheSettings = { REPORT_IDS: ids.join(','), PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT5M' };
const clean = { resumedInside: [], pausedAfter: [], statuses: ['Active'] };

const seeds = isLong ? [1, 2, 3] : [1];

drawTests(
  'three processes',
  1,
  {
    'a window of the settings that begins while six clients ask is neither broken nor outlasted':
      async () => {
        for (const seed of seeds) {
          const world = await play(seed, inTheSettings, []);

          expect(judge(world, BEGINS_MS + MINUTE_IN_MS)).toMatchObject(clean);
        }
      },
    'nor is one that comes, and is then made longer, in the blob': async () => {
      const from = new Date(BEGINS_MS).toISOString();
      const until = (ms: number) => [
        {
          name: 'now',
          account: 'default',
          reports: { ids },
          schedule: { from, to: new Date(ms).toISOString() },
        },
      ];
      for (const seed of seeds) {
        const world = await play(seed, { WINDOWS_BLOB: 'config/windows.json' }, [
          [BEGINS_MS + 10_000, until(BEGINS_MS + 3 * MINUTE_IN_MS)],
          [BEGINS_MS + 2 * MINUTE_IN_MS + 10_000, until(ENDS_MS)],
        ]);

        expect(judge(world, BEGINS_MS + 2 * MINUTE_IN_MS)).toMatchObject(clean);
      }
    },
  },
  300_000,
);
