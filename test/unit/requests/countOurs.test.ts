import { createWorld, reportId, reportIds } from '../../requests/world.ts';

const OTHER_TENANT = '22222222-2222-4222-8222-222222222222';

async function worldWithOneOfThreePaused() {
  const world = createWorld({ reports: 3 });
  const process = world.startProcess('one');
  await world.settle(process.post('pause', { reportIds: reportIds(3) }));
  await world.settle(process.post('resume', { reportIds: [reportId(1)] }));
  await world.settle(process.post('resume', { reportIds: [reportId(2)] }));
  return { world, process };
}

test.each([
  ['while MODE is off', { MODE: 'off' }, 'owned_while_off'],
  ['of an account that the settings name no more', { TENANT_ID: OTHER_TENANT }, 'account_missing'],
])('only what is still paused by us is counted %s', async (_when, settings, code) => {
  const { world } = await worldWithOneOfThreePaused();

  const { problems } = await world.settle(world.startProcess('later', settings).tick());

  const told = problems.filter((problem) => problem.code === code);
  expect(told.map(({ message }) => /\d+ reports/.exec(message)?.[0])).toEqual(['1 reports']);
});

test.each([
  ['while MODE is off', { MODE: 'off' }],
  ['of an account that the settings name no more', { TENANT_ID: OTHER_TENANT }],
])('nothing is told %s where everything has been resumed', async (_when, settings) => {
  const { world, process } = await worldWithOneOfThreePaused();
  await world.settle(process.post('resume', { reportIds: [reportId(3)] }));

  const { problems } = await world.settle(world.startProcess('later', settings).tick());

  expect(problems.filter(({ code }) => ['owned_while_off', 'account_missing'].includes(code))).toEqual([]);
});
