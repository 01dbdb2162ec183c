import { answer as answerHealthDetails } from '../../../shared/routes/healthDetails.ts';
import { ASKED_EVERY_MS } from '../../../shared/service/readForPeople.ts';
import { createWorld, reportIds } from '../../requests/world.ts';

const call = {
  ...{ correlationId: 'c', caller: 'key', runId: null },
  teller: { info: () => {}, warn: () => {}, error: () => {} },
};

test('whatever tells of windows, reports, the plan and health shares one read of Partner Center', async () => {
  const world = createWorld({ reports: 3 });
  const settings = {
    ...{ REPORT_IDS: reportIds(3).join(','), PAUSE_SCHEDULE: '0 20 * * *', PAUSE_DURATION: 'PT4H' },
  };
  const [one, other] = [world.startProcess('one', settings), world.startProcess('other', settings)];
  const details = { url: new URL('https://app.example/api/health/details?deep=true'), header: () => null };
  const lookAtAll = async () => {
    for (const { composed } of [one, other]) {
      await world.settle(composed.service.windows(call));
      await world.settle(answerHealthDetails(composed, details));
      await world.settle(composed.service.reports(call));
      await world.settle(composed.service.plan({ atMs: world.time.now(), untilMs: null }, call));
    }
  };

  await lookAtAll();
  expect(world.insights.calls).toHaveLength(1);

  await world.time.runUntil(world.time.now() + ASKED_EVERY_MS);
  await lookAtAll();
  expect(world.insights.calls).toHaveLength(2);
});
