import { noFacts } from '../../../shared/ledger/ledgerRows.ts';
import { nothingLearned } from '../../../shared/model/ownership.ts';
import { factsAfter } from '../../../shared/running/keepFacts.ts';
import { MINUTE, NOW, paused, seen } from '../deciding/sampleSituation.ts';

/** What is told as the lag of lists where one shows a report active so long after our pause was read. */
function lagAfter(lagInMs: number): number {
  const ownership = { ...paused(), sinceMs: NOW - lagInMs };
  const { reportId } = ownership;
  const look = seen('Active');
  const listed = new Map(look.kind === 'seen' ? [[reportId, { ...look.report, reportId }]] : []);
  const observed = {
    observations: new Map(),
    failures: new Map(),
    listFailure: null,
    listed,
    listedAtMs: NOW,
  };
  const ownerships = new Map([[reportId, ownership]]);
  return factsAfter({ facts: noFacts, ownerships }, observed, nothingLearned, NOW).learned.listLagInMs;
}

test('a list that shows a report active minutes after our pause is late, one that does so hours later is not', () => {
  expect(lagAfter(3 * MINUTE)).toBe(3 * MINUTE);
  expect(lagAfter(10 * MINUTE)).toBe(10 * MINUTE);
  expect(lagAfter(10 * MINUTE + 1)).toBe(0);
  expect(lagAfter(35 * MINUTE)).toBe(0);
});
