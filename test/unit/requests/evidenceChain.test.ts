import { keyCaller } from '../../../shared/callers/caller.ts';
import { answer as answerReport } from '../../../shared/routes/report.ts';
import { createWorld, type ProcessUnderTest, reportId, type World } from '../../requests/world.ts';

const ONE = reportId(1);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The chain of evidence as a person reads it, instants left out. */
async function evidenceOf(world: World, { composed }: ProcessUnderTest): Promise<string> {
  const request = {
    ...{ url: new URL(`https://app.example/api/reports/${ONE}`), body: new Uint8Array() },
    ...{ header: () => null, teller: quiet, caller: keyCaller(null) },
  };
  const { body } = await world.settle(answerReport(composed, request, { reportId: ONE }));
  return String(Object(body).evidence).replaceAll(/ 20\d\d-\d\d-\d\dT[\d:]+Z/g, '');
}

/** Paused for its window ten minutes ago. */
async function pausedReport() {
  const world = createWorld({ reports: 1, startMs: Date.parse('2026-03-01T12:00:00Z') });
  const window = { REPORT_IDS: ONE, PAUSE_SCHEDULE: '0 12 * * *', PAUSE_DURATION: 'PT6H' };
  const process = world.startProcess('one', window);
  await world.settle(process.tick());
  await world.time.runUntil(world.time.now() + 600_000);
  return { world, process };
}

/** What a person does in Partner Center, past the app. */
function changedByPerson({ insights }: World, verb: 'pause' | 'resume') {
  return insights.send('ana', {
    ...{ method: 'PUT', headers: {}, limitInMs: 1_000, signal: new AbortController().signal },
    url: new URL(`https://api.partnercenter.microsoft.com/insights/v1/mpn/ScheduledReport/${verb}/${ONE}`),
  });
}

const paused = 'read Active; our pause sent; our pause answered; read Paused';

test('the chain of evidence keeps its first link where a look shows the report active for a while', async () => {
  const { world, process } = await pausedReport();
  world.insights.statuses.set(ONE, 'Active');
  await world.settle(process.tick());

  expect(await evidenceOf(world, process)).toBe(
    `${paused}; read Active; read Active once, a second look is awaited.`,
  );

  world.insights.statuses.set(ONE, 'Paused');
  await world.time.runUntil(world.time.now() + 300_000);
  await world.settle(process.tick());

  expect(await evidenceOf(world, process)).toBe(
    `${paused}; read Active; read Paused; nothing seen since breaks the chain.`,
  );
});

test('the chain of evidence says who took a doubtful pause over, why, and when, until the next pause', async () => {
  const { world, process } = await pausedReport();
  await world.settle(changedByPerson(world, 'resume'));
  await world.time.runUntil(world.time.now() + 60_000);
  await world.settle(changedByPerson(world, 'pause'));
  await world.settle(process.tick());
  expect(await evidenceOf(world, process)).toContain('doubtful since');

  const body = { reportIds: [ONE], takeOver: true, reason: 'I paused it for the audit' };
  await world.settle(process.post('resume', body, { 'x-requested-by': 'ana' }));
  const taken = 'taken for ours by the word of key, calls itself ana: I paused it for the audit';

  expect(await evidenceOf(world, process)).toBe(`${paused}; ${taken}; nothing seen since breaks the chain.`);

  await world.settle(process.post('resume', { reportIds: [ONE], includeWindows: true }));
  const back = 'our resume sent; our resume answered; read Active; two more looks are awaited.';
  // Of what was read Paused the row has the last, right before the resume.
  expect(await evidenceOf(world, process)).toBe(
    `read Active; our pause sent; our pause answered; ${taken}; read Paused; ${back}`,
  );

  await world.time.runUntil(world.time.now() + 600_000);
  await world.settle(process.post('pause', { reportIds: [ONE] }));
  expect(await evidenceOf(world, process)).toBe(`${paused}; nothing seen since breaks the chain.`);
});
