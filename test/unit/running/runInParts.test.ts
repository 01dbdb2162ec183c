import { manyReports } from '../../../bench/parts/manyReports.ts';
import { decide } from '../../../shared/deciding/decide.ts';
import { encodeRow, rowKeys } from '../../../shared/ledger/ledgerRows.ts';
import { snapshotInSteps } from '../../../shared/ledger/snapshot.ts';
import { alarmsInSteps } from '../../../shared/running/alarms.ts';
import { persistDecisions } from '../../../shared/running/persistDecisions.ts';
import { PIECES_AT_ONCE, runInSlices, runSteps, type Steps } from '../../../shared/time/steps.ts';
import { createWorld, reportIds } from '../../requests/world.ts';

const REPORTS = 2_000;

function held() {
  const known = manyReports(REPORTS, 10, 'held');
  const rows = [
    ...known.holds.map((hold) => encodeRow('account', rowKeys.hold(hold), hold)),
    ...[...known.ownerships.values()].map((one) =>
      encodeRow('account', rowKeys.ownership(one.reportId), one),
    ),
  ].map((row) => ({ row, etag: '1' }));
  return { known, rows };
}

async function turnsOf<T>(steps: Steps<T>) {
  let turns = 0;
  const value = await runInSlices(steps, async () => {
    turns += 1;
  });
  return { value, turns };
}

test('what a run does with all reports at once is done in parts, and others have their turn in between', async () => {
  const { known, rows } = held();
  const { value: snapshot, turns: whileSorting } = await turnsOf(snapshotInSteps(rows));
  expect(snapshot.ownerships.size).toBe(REPORTS);
  expect(whileSorting).toBeGreaterThanOrEqual(rows.length / 100 - 1);

  const decided = decide(known);
  let whileWriting = 0;
  const written: unknown[] = [];
  await persistDecisions({
    ...{
      accountKey: 'account',
      snapshot,
      decided,
      decisions: decided.decisions,
      writesNewHolds: true,
      withNews: false,
    },
    writer: { write: async (writes) => void written.push(writes) },
    giveWay: async () => {
      whileWriting += 1;
    },
    append: async () => {},
  });
  expect(whileWriting).toBeGreaterThanOrEqual(REPORTS / 100 - 1);

  const { observations, nowMs, tickInMs: periodInMs } = known;
  const settings = { isListed: true, bridged: new Set<string>(), maxHoldInMs: 86_400_000 };
  const alarms = alarmsInSteps({ snapshot, observations, nowMs, periodInMs, ...settings });
  expect((await turnsOf(alarms)).turns).toBeGreaterThanOrEqual((2 * REPORTS) / PIECES_AT_ONCE - 1);
});

test('what is sorted in parts is what is sorted at once', async () => {
  const { rows } = held();
  expect((await turnsOf(snapshotInSteps(rows))).value).toEqual(runSteps(snapshotInSteps(rows)));
});

test('a run that decides about many reports gives way while it does', async () => {
  const world = createWorld({ reports: 1_500 });
  const process = world.startProcess('one', {
    REPORT_IDS: reportIds(3).join(','),
    PAUSE_SCHEDULE: '0 11 * * *',
    PAUSE_DURATION: 'PT4H',
  });
  const { parts } = process.composed;
  const { giveWay } = parts;
  let turns = 0;
  const counted = async () => {
    turns += 1;
    await giveWay();
  };
  Object.assign(parts, { giveWay: counted });

  const run = await world.settle(process.tick());

  expect(run.results).toHaveLength(3);
  expect(turns).toBeGreaterThan(0);
});
