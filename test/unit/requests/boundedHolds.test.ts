import { z } from 'zod';
import { keyCaller } from '../../../shared/callers/caller.ts';
import { createRequestOrder } from '../../../shared/ledger/requestOrder.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import { answer as answerPlan } from '../../../shared/routes/plan.ts';
import { answer as answerReport } from '../../../shared/routes/report.ts';
import { answer as answerReports } from '../../../shared/routes/reports.ts';
import { createWorld, reportId, reportIds } from '../../requests/world.ts';

const HOUR = 3_600_000;
const answerShape = z.object({
  reports: z.array(
    z.object({ holds: z.array(z.object({ who: z.string(), state: z.string() })), holdCount: z.number() }),
  ),
});

/** A world whose reports have so many holds each; the later made, the less it matters. */
async function worldOf(reports: number, holdsOfEach: number) {
  const world = createWorld({ reports });
  const process = world.startProcess('one');
  const accountKey = process.composed.parts.accounts[0]?.accountKey ?? '';
  const nowMs = world.time.now();
  const holdOf = (id: string, at: number): Hold => ({
    ...{ holdId: `request.${at}`, reportId: id, holder: { kind: 'request', caller: 'c' }, who: `${at}` },
    ...{ state: at < 10 ? 'live' : 'dropped', why: 'w'.repeat(500), fromMs: nowMs - HOUR },
    ...{ untilMs: at === 0 ? null : nowMs + 1_000 * HOUR - at * HOUR, onManualResume: 'respect' },
    ...{ requestId: null, createdMs: nowMs, place: 1, ended: null },
  });
  const ids = reportIds(reports);
  const holds = Array.from({ length: holdsOfEach }, (_, at) => ids.map((id) => holdOf(id, at))).reverse();
  await createRequestOrder(async () => world.tables.open('IntermissionLive')).putHolds(
    accountKey,
    { place: 1, isKeptOpen: false },
    holds.flat(),
  );
  const get = (path: string) => ({
    ...{ url: new URL(`https://app.example/api/${path}`), body: new Uint8Array(), header: () => null },
    ...{ teller: { info: () => {}, warn: () => {}, error: () => {} }, caller: keyCaller(null) },
  });
  return { world, composed: process.composed, get };
}

test.each(['reports', 'plan'])(
  'GET /api/%s tells of each report the holds that matter most, and how many there are',
  async (path) => {
    const { world, composed, get } = await worldOf(40, 100);

    const door = path === 'plan' ? answerPlan : answerReports;
    const answer = await world.settle(door(composed, get(path)));

    const { reports } = answerShape.parse(answer.body);
    expect(reports).toHaveLength(40);
    for (const { holds, holdCount } of reports) {
      expect([holds.map(({ who }) => who), holdCount]).toEqual([['0', '1', '2', '3', '4'], 100]);
    }
    expect(JSON.stringify(answer.body).length).toBeLessThan(40 * 8_000);
  },
);

test('GET /api/reports/{id} tells a hundred holds of the report, and how many there are', async () => {
  const { world, composed, get } = await worldOf(2, 150);

  const answer = await world.settle(
    answerReport(composed, get(`reports/${reportId(1)}`), { reportId: reportId(1) }),
  );

  const [report] = answerShape.parse({ reports: [answer.body] }).reports;
  expect(report?.holds.map(({ who }) => who)).toEqual(Array.from({ length: 100 }, (_, at) => `${at}`));
  expect(report?.holdCount).toBe(150);
});
