import { keyCaller } from '../../../shared/callers/caller.ts';
import { nothingLearned } from '../../../shared/model/ownership.ts';
import { answer as answerHealthDetails } from '../../../shared/routes/healthDetails.ts';
import { answer as answerRelearn } from '../../../shared/routes/relearn.ts';
import { explainOwnership } from '../../../shared/running/explainOwnership.ts';
import { noTelemetry, type Telemetry } from '../../../shared/telemetry/telemetry.ts';
import type { Teller } from '../../../shared/telemetry/teller.ts';
import { createWorld, type ProcessUnderTest, reportId, reportIds } from '../../requests/world.ts';

const DETAIL = 'key, calls itself Ana: the service was restored';
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

function requestOf(path: string, body: unknown = {}, teller: Teller = quiet) {
  return {
    url: new URL(`https://app.example${path}`),
    body: new TextEncoder().encode(JSON.stringify(body)),
    header: () => null,
    teller,
    caller: keyCaller('Ana'),
  };
}

const relearn = ({ composed }: ProcessUnderTest, teller: Teller = quiet) =>
  answerRelearn(composed, requestOf('/', { reason: 'the service was restored' }, teller), {
    account: 'default',
  });
const learnedOf = async ({ composed }: ProcessUnderTest) =>
  (await answerHealthDetails(composed, requestOf('/api/health/details'))).body;

test('relearn waits for the run that holds the account, so that nothing of what that knew comes back', async () => {
  const world = createWorld({ reports: 30 });
  const [one, two] = [world.startProcess('one'), world.startProcess('two')];
  one.storageLatencyInMs = 200;
  const pausing = one.post('pause', { reportIds: reportIds(30) });
  while (world.insights.puts.length === 0) await world.time.runUntil(world.time.now() + 50);
  const busy = await world.settle(two.composed.parts.ledger.hold(accountKeyOf(two)));

  const forgot = relearn(two);
  await world.settle(pausing);
  const before = world.insights.puts.length;
  const { status, body } = await world.settle(forgot);

  expect([busy, before, status]).toEqual([null, 30, 200]);
  expect(body).toMatchObject({
    door: 'relearn',
    events: [{ name: 'AccountRelearned', detail: DETAIL }],
  });
  expect(await world.settle(learnedOf(two))).toMatchObject({
    learned: [{ account: 'default', ...nothingLearned }],
  });
  expect([...world.insights.statuses.values()]).toEqual(Array(30).fill('Paused'));
});

test('relearn says so, and forgets nothing, where another run keeps the account', async () => {
  const world = createWorld({ reports: 1 });
  const [one, two] = [world.startProcess('one'), world.startProcess('two')];
  await world.settle(one.post('pause', { reportIds: reportIds(1) }));
  const held = await world.settle(one.composed.parts.ledger.hold(accountKeyOf(one)));
  const keep = () => {
    void held?.writer.holdsUntil(world.time.now() + 30_000);
    world.time.at(world.time.now() + 5_000, keep);
  };
  keep();

  const { status, headers, body } = await world.settle(relearn(two));

  expect([status, headers['retry-after'], body]).toMatchObject([503, '60', { code: 'account_busy' }]);
  expect(await world.settle(learnedOf(two))).toMatchObject({ learned: [{ pauseWasRead: true }] });
});

test('what was forgotten is told, at whichever call of the storage the process is killed', async () => {
  const told = new Set<string>();
  for (const fate of ['never', 'passes'] as const) {
    for (let call = 1; call <= 8; call += 1) {
      const world = createWorld({ reports: 1 });
      const [one, two] = [world.startProcess('one'), world.startProcess('two')];
      await world.settle(one.post('pause', { reportIds: reportIds(1) }));
      let calls = 0;
      one.storage = () => {
        calls += 1;
        if (calls === call) one.stop();
        return calls === call ? fate : 'passes';
      };
      const atOnce: string[] = [];
      const telemetry: Telemetry = { ...noTelemetry, event: (name) => void atOnce.push(name) };
      void relearn(one, { ...quiet, telemetry });
      await world.time.runUntil(world.time.now() + 240_000);
      const { learned } = await world.settle(two.composed.parts.ledger.facts(accountKeyOf(two)));
      const late = (await world.settle(two.tick())).events;

      const isAtOnce = atOnce.includes('AccountRelearned');
      expect([fate, call, isAtOnce || late.length > 0]).toEqual([fate, call, !learned.pauseWasRead]);
      if (late.length > 0) {
        expect(late).toEqual([expect.objectContaining({ name: 'AccountRelearned', detail: DETAIL })]);
      }
      told.add(`${isAtOnce ? 'at once' : ''} ${late.length > 0 ? 'late' : ''}`.trim());
    }
  }
  // Killed between the telling and the taking away of its note, it is told twice.
  expect(told).toEqual(new Set(['', 'late', 'at once late', 'at once']));
});

test('the details of health show what was learned of 20 accounts, say of how many they do not, and show any that is named', async () => {
  const world = createWorld({ reports: 1 });
  const accounts = Array.from({ length: 23 }, (_, at) => ({
    ...{ name: `account-${at}`, tenantId: `11111111-1111-4111-8111-${String(at).padStart(12, '0')}` },
    ...{ surface: 'mpn', signIn: { mode: 'managedIdentity' } },
  }));
  const { composed } = world.startProcess('one', { TENANT_ID: '', ACCOUNTS: JSON.stringify(accounts) });
  const detailsOf = async (query: string) =>
    (await world.settle(answerHealthDetails(composed, requestOf(`/api/health/details${query}`)))).body;

  expect(await detailsOf('')).toMatchObject({
    learned: accounts.slice(0, 20).map(({ name }) => ({ account: name })),
    learnedNotShown: 3,
  });
  expect(await detailsOf('?account=account-22')).toMatchObject({
    learned: [{ account: 'account-22' }],
    learnedNotShown: 0,
  });
});

test('a pause whose process was killed is shown with the link that is missing, until it is read', async () => {
  const world = createWorld({ reports: 1 });
  const [one, two] = [world.startProcess('one'), world.startProcess('two')];
  one.storage = () => {
    if (world.insights.puts.length === 0) return 'passes';
    one.stop();
    return 'never';
  };
  void one.post('pause', { reportIds: reportIds(1) });
  await world.time.runUntil(world.time.now() + 20_000);
  const evidenceNow = async () => {
    const { ownerships } = await world.settle(two.composed.parts.ledger.read(accountKeyOf(two)));
    const owned = ownerships.get(reportId(1));
    return owned === undefined ? null : explainOwnership(owned).evidence;
  };
  const instant = '20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';

  const killed = await evidenceNow();
  await world.time.runUntil(world.time.now() + 240_000);
  await world.settle(two.tick());
  const read = await evidenceNow();

  const sent = `^read Active ${instant}; our pause sent ${instant}; no answer to it was written down; `;
  expect(killed).toMatch(new RegExp(`${sent}not read since\\.$`));
  expect(read).toMatch(
    new RegExp(
      `${sent}read Paused ${instant}; (read Paused again ${instant}; )?nothing seen since breaks the chain\\.$`,
    ),
  );
});

function accountKeyOf({ composed }: ProcessUnderTest): string {
  const [runtime] = composed.parts.accounts;
  if (runtime === undefined) throw new Error('there is no account');
  return runtime.accountKey;
}
