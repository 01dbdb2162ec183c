import { z } from 'zod';
import { keyCaller } from '../../../shared/callers/caller.ts';
import { encodeRow, rowKeys } from '../../../shared/ledger/ledgerRows.ts';
import { entityOf } from '../../../shared/ledger/rowLimits.ts';
import { answer as answerAdopt } from '../../../shared/routes/adopt.ts';
import { noTelemetry, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import type { Teller } from '../../../shared/telemetry/teller.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds, type World } from '../../requests/world.ts';

const HOUR = 3_600_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A teller of one process, and the names of the events that it told by telemetry. */
function createTeller(): { readonly teller: Teller; readonly told: string[] } {
  const told: string[] = [];
  const telemetry: Telemetry = { ...noTelemetry, event: (name) => void told.push(name) };
  return { teller: { ...quiet, telemetry }, told };
}

/** Ticks of a process that is well, now and at the first minutes of the next day. */
async function ticksLater(world: World, process: ProcessUnderTest): Promise<readonly string[]> {
  const { teller, told } = createTeller();
  const tick = () =>
    world.settle(process.composed.service.tick({ correlationId: 'c', caller: 'timer', teller, runId: null }));
  await world.time.runUntil(world.time.now() + 240_000);
  await tick();
  await world.time.runUntil(Date.parse('2026-03-02T06:01:00Z'));
  await tick();
  return told;
}

/** The process stops for ever at its n-th call of the storage; whether it came to that. */
function killAt(process: ProcessUnderTest, call: number, fate: 'never' | 'passes'): () => boolean {
  let calls = 0;
  process.storage = () => {
    calls += 1;
    if (calls === call) process.stop();
    return calls === call ? fate : 'passes';
  };
  return () => calls >= call;
}

/** Kills at each call in turn, before and after it took effect, until one is not reached any more. */
async function atEachCall(
  play: (kill: (process: ProcessUnderTest) => void) => Promise<void>,
): Promise<number> {
  let kills = 0;
  for (const fate of ['never', 'passes'] as const) {
    for (let call = 1, isReached = () => true; isReached(); call += 1) {
      await play((process) => {
        isReached = killAt(process, call, fate);
      });
      kills += 1;
    }
  }
  return kills;
}

test('that an execution after a resume never came is told, at whichever call of the storage the tick is killed', async () => {
  const gone = reportId(99);
  const kills = await atEachCall(async (kill) => {
    const world = createWorld({ reports: 1 });
    const [one, two] = [world.startProcess('one'), world.startProcess('two')];
    const accountKey = one.composed.parts.accounts[0]?.accountKey ?? '';
    const followUp = { reportId: gone, reportName: 'Gone', nextExpectedMs: world.time.now() - 30 * HOUR };
    const row = encodeRow(accountKey, rowKeys.followUp(gone), followUp);
    await world.tables.open('IntermissionLive').createEntity(entityOf(row));
    const { teller, told } = createTeller();
    kill(one);
    void one.composed.service.tick({ correlationId: 'c', caller: 'timer', teller, runId: null });

    const later = await ticksLater(world, two);

    expect([...told, ...later]).toContain('ExecutionMissing');
    expect(world.tables.dump()).not.toMatch(/"rowKey":"(event|follow)\|/);
  });
  expect(kills).toBeGreaterThan(10);
});

const ownedShape = z.object({ kept: z.object({ modifiedMs: z.number(), contents: z.string() }) });

test('that a report was adopted is told, at whichever call of the storage the process is killed', async () => {
  await atEachCall(async (kill) => {
    const world = createWorld({ reports: 1 });
    const [one, two] = [world.startProcess('one'), world.startProcess('two')];
    await world.settle(one.post('pause', { reportIds: reportIds(1) }));
    const pausedAtUtc = new Date(world.time.now()).toISOString();
    const live = world.tables.open('IntermissionLive');
    const pauses: object[] = [];
    for await (const { partitionKey = '', rowKey = '', ...row } of live.listEntities<{ json: string }>()) {
      if (/^(?:own|hold)\|/.test(rowKey)) await live.deleteEntity(partitionKey, rowKey);
      if (!rowKey.startsWith('own|')) continue;
      const { modifiedMs, contents } = ownedShape.parse(JSON.parse(row.json)).kept;
      const modifiedTime = new Date(modifiedMs).toISOString();
      pauses.push({ reportId: reportId(1), pausedAtUtc, modifiedTime, contents });
    }
    const { teller, told } = createTeller();
    const isAdopted = () => world.tables.dump().includes('"rowKey":"own|');
    kill(one);
    void answerAdopt(one.composed, {
      ...{ url: new URL('https://app.example/api/adopt'), header: () => null, teller },
      body: new TextEncoder().encode(JSON.stringify({ pauses, reason: 'the ledger is lost' })),
      caller: keyCaller('Ana'),
    });
    await world.time.runUntil(world.time.now() + 60_000);
    const wasAdopted = isAdopted();

    const later = await ticksLater(world, two);

    expect([...told, ...later].includes('ReportAdopted')).toBe(wasAdopted);
    expect(world.tables.dump()).not.toMatch(/"rowKey":"event\|/);
  });
});

test('that a person resumed a report is told, at whichever call of the storage the tick that finds it is killed', async () => {
  await atEachCall(async (kill) => {
    const world = createWorld({ reports: 1 });
    const [one, two] = [world.startProcess('one'), world.startProcess('two')];
    await world.settle(one.post('pause', { reportIds: reportIds(1), duration: 'PT20H' }));
    await world.time.runUntil(world.time.now() + 600_000);
    world.insights.statuses.set(reportId(1), 'Active');
    const { teller, told } = createTeller();
    const tick = () =>
      one.composed.service.tick({ correlationId: 'c', caller: 'timer', teller, runId: null });
    await world.settle(tick());
    await world.time.runUntil(world.time.now() + 300_000);
    expect(told).toEqual(['RunFinished']);
    kill(one);
    void tick();

    const later = await ticksLater(world, two);

    expect([...told, ...later]).toContain('ManualResumeRespected');
  });
});
