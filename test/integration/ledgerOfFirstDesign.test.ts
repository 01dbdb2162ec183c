// A ledger that version 55a776a left in the middle of a night is carried over, and each of its reports ends right.
// The fixture was made by that version: its own scenario, its emulator, its rows as they stood in the tables.
import { readFileSync } from 'node:fs';
import { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { newest, readHistory } from '../../shared/ledger/history.ts';
import { letterOf, reportIdOf } from '../scenario/reportLetters.ts';
import { createScenario } from '../scenario/scenario.ts';
import { type ScenarioCloud, startScenarioCloud } from '../scenario/scenarioCloud.ts';

const ACCOUNT = 'mpn.11111111-1111-4111-8111-111111111111';

const rows = z.array(
  z.object({ partitionKey: z.string(), rowKey: z.string(), schemaVersion: z.number(), json: z.string() }),
);
const { nowUtc, reports, live, history } = z
  .object({
    nowUtc: z.string(),
    reports: z.array(z.looseObject({ reportId: z.string() })),
    live: rows,
    history: rows,
  })
  .parse(JSON.parse(readFileSync('test/fixtures/ledgerOf55a776a.json', 'utf8')));

let cloud: ScenarioCloud;
beforeAll(async () => {
  cloud = await startScenarioCloud();
}, 60_000);
afterAll(() => cloud.stop());

async function tableWith(name: string, entities: z.output<typeof rows>) {
  const connection = cloud.addresses['AzureWebJobsStorage'] ?? '';
  const table = TableClient.fromConnectionString(connection, name, { allowInsecureConnection: true });
  await table.createTable();
  for (const entity of entities) {
    await table.createEntity(entity);
  }
  return table;
}

/** The new version begins where the old one was stopped. */
async function carriedOver() {
  const s = createScenario(cloud, 'onChange');
  const night = ['2026-01-20T22:00:00Z', '2026-01-20T23:00:00Z'] as const;
  await s.given({
    at: nowUtc,
    reports: Object.fromEntries(reports.map((report) => [letterOf(report.reportId), report])),
    windows: [{ name: 'night', reports: ['A', 'H', 'I', 'K', 'L'], when: night }],
  });
  await tableWith('IntermissionLive', live);
  const past = await tableWith('IntermissionHistory', history);
  return { s, past };
}

test('each report of an old ledger is looked after as what it is, and the night ends as it should', async () => {
  const { s } = await carriedOver();

  await s.at('22:25').tick();
  s.expectOutcomes({ A: 'alreadyPaused', B: 'alreadyPaused', F: 'resumed', H: 'foreign', N: 'doubtful' });
  s.expectCodes({
    // Its time moved while the old attempt lasted; nobody knows yet what became of the other two.
    ...{ C: 'held', D: 'attempt_under_way', E: 'back_already' },
    // A person's word that the old version had taken and not followed.
    G: 'last_hold_ended',
    // Seen active once by the old version, and again now.
    ...{ K: 'manual_resume_respected', L: 'held_unseen' },
  });
  s.expectEvents([
    ...['ReportPaused A', 'ReportPaused C', 'ReportResumed E', 'ReportResumed F', 'ReportResumed G'],
    ...['ReportTakenOver G', 'ManualResumeRespected K', 'ReportDoubtful N'],
  ]);
  await s.expectOwned({ A: 'paused', B: 'paused', C: 'paused', D: 'pausing', N: 'doubtful', L: 'paused' });

  await s.at('22:30').tick();
  s.expectOutcomes({ D: 'paused' });

  await s.tickUntil('23:05');
  await s.expectStatuses({
    ...{ A: 'Active', B: 'Paused', C: 'Paused', D: 'Paused', E: 'Active', F: 'Active', G: 'Active' },
    ...{ H: 'Paused', I: 'Active', J: 'Active', K: 'Active', M: 'Active', N: 'Paused' },
  });

  await s.at('23:06').resume(['B', 'C', 'D']);
  s.expectOutcomes({ B: 'resumed', C: 'resumed', D: 'resumed' });
  await s.tickUntil('23:30');
  await s.expectStatuses({ B: 'Active', C: 'Active', D: 'Active', N: 'Paused' });
  await s.expectOwned({
    A: 'not ours',
    B: 'not ours',
    C: 'not ours',
    K: 'not ours',
    L: 'paused',
    N: 'doubtful',
  });
  // Told at the first tick, and again after an hour while it lasts.
  s.expectEventCount('ReportDoubtful N', 2);
}, 60_000);

test('every old row has its net from the first read on, before anything is written anew', async () => {
  const { s } = await carriedOver();
  const before = await s.owned();

  expect(before.map(({ reportId, kind }) => `${letterOf(reportId)} ${kind}`).sort()).toEqual([
    ...['A paused', 'B paused', 'C pausing', 'D pausing', 'E resuming', 'F paused', 'G doubtful'],
    ...['K paused', 'L paused', 'N doubtful'],
  ]);
  const nets = new Map(before.map(({ reportId, net }) => [letterOf(reportId), net]));
  expect(nets.get('A')).toMatchObject({ wasEffective: true, towards: 'Paused', closed: null });
  expect(nets.get('C')).toMatchObject({ wasEffective: false, towards: 'Paused', closed: null });
  expect(nets.get('E')).toMatchObject({ wasEffective: true, towards: 'Active', closed: null });
  expect(nets.get('N')).toMatchObject({ closed: null });

  await s.at('22:25').tick();
  expect((await s.owned()).filter(({ net }) => net.unheldSinceMs !== null).length).toBeGreaterThan(0);
}, 60_000);

test('what the old version wrote into the history is told with what comes after', async () => {
  const { s, past } = await carriedOver();
  await s.tickUntil('23:15');
  const told = await readHistory(past, { accountKey: ACCOUNT, reportId: reportIdOf('A'), asked: newest(10) });
  expect(told.map(({ what, observed }) => [what, observed])).toEqual([
    ['resumed', 'Active'],
    // Told by the old version's outbox, which it had not emptied.
    ['ReportPaused', null],
    ['paused', 'Paused'],
  ]);
}, 60_000);
