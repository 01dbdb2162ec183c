import { keyCaller } from '../../../shared/callers/caller.ts';
import { answer as answerAccounts } from '../../../shared/routes/accounts.ts';
import { answer as answerReports } from '../../../shared/routes/reports.ts';
import { createWorld, reportId } from '../../requests/world.ts';

const TENANTS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const ACCOUNTS = JSON.stringify(
  TENANTS.map((tenantId, at) => ({
    ...{ name: ['emea', 'apac'][at], tenantId, surface: 'mpn', signIn: { mode: 'managedIdentity' } },
  })),
);
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const look = (path: string) => ({
  ...{ url: new URL(`https://app.example${path}`), body: new Uint8Array(), header: () => null },
  ...{ teller: silent, caller: keyCaller(null) },
});

test('where there are several accounts, a list tells a report from its namesake by the account', async () => {
  const world = createWorld({ reports: 1 });
  const { composed } = world.startProcess('one', { ACCOUNTS, TENANT_ID: '' });

  const { body } = await world.settle(answerReports(composed, look('/api/reports')));

  expect(body).toMatchObject({ reports: [{ label: 'Report 0001 (emea)' }, { label: 'Report 0001 (apac)' }] });
});

test('each account tells how much of it is looked after, when it was looked at and when it will be', async () => {
  const world = createWorld({ reports: 1 });
  const process = world.startProcess('one', { ACCOUNTS, TENANT_ID: '' });
  await world.settle(process.post('pause', { account: 'emea', reportIds: [reportId(1)] }));
  await world.settle(process.tick());

  const { body } = await world.settle(answerAccounts(process.composed));

  expect(body).toEqual({
    accounts: [
      {
        ...{ name: 'emea', surface: 'mpn', tenantId: TENANTS[0], signIn: 'managedIdentity', lookedAfter: 1 },
        ...{ lastLookUtc: expect.stringMatching(/^2026-03-01T11:58/), isLate: false, failure: null },
        nextLookUtc: expect.stringMatching(/^2026-03-01T12:0/),
      },
      {
        ...{ name: 'apac', surface: 'mpn', tenantId: TENANTS[1], signIn: 'managedIdentity', lookedAfter: 0 },
        ...{ lastLookUtc: null, nextLookUtc: null, isLate: false, failure: null },
      },
    ],
  });

  // No tick comes any more, and the next look was due within five minutes.
  await world.time.runUntil(world.time.now() + 6 * 3_600_000);
  const { body: later } = await world.settle(answerAccounts(process.composed));
  expect(later).toMatchObject({
    accounts: [
      { name: 'emea', isLate: true },
      { name: 'apac', isLate: false },
    ],
  });
});
