import { createLedger } from '../../../shared/ledger/createLedger.ts';
import { encodeRow, rowKeys } from '../../../shared/ledger/ledgerRows.ts';
import { putRows } from '../../../shared/ledger/tables.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { ACCOUNT, holdOn } from '../../integration/ledgerUnderTest.ts';
import { createMemoryTables } from '../../simulation/memoryTables.ts';

const HOLDS = 150;

test('whatever changes holds leaves a mark for the tick with each part of them, however many they are', async () => {
  const clock = createFakeClock();
  const marks: (string | undefined)[] = [];
  const tables = createMemoryTables(clock.now);
  const live = tables.open('T');
  const ledger = createLedger({
    ...{
      tables: async () => ({ live, history: tables.open('H') }),
      clock,
      owner: 'one',
      giveWay: async () => {},
    },
    leaseTiming: { durationInMs: 60_000, clockMarginInMs: 15_000 },
  });
  const readMark = async () => void marks.push((await ledger.read(ACCOUNT)).news);
  const holds = Array.from({ length: HOLDS }, (_, at) => holdOn(at + 1));
  await putRows(
    live,
    'write holds',
    holds.map((hold) => encodeRow(ACCOUNT, rowKeys.hold(hold), hold)),
  );
  await readMark();

  const changed = await ledger.changeHolds(ACCOUNT, (hold) => ({ ...hold, state: 'dropped' }));
  await readMark();
  await ledger.changeHolds(ACCOUNT, () => null);
  await readMark();

  const [before, after, unchanged] = marks;
  expect(changed).toHaveLength(HOLDS);
  expect(after).not.toBe(before);
  expect(unchanged).toBe(after);
});
