import { encodeRow } from '../../../shared/ledger/ledgerRows.ts';
import { decodeOwnership } from '../../../shared/ledger/ownershipRow.ts';
import { paused } from '../deciding/sampleSituation.ts';

const SENT_MS = 1_000;

/** The chain of a stored row, as it is read. */
function chainRead(chain: object) {
  const row = { ...paused(), chain: { ...paused().chain, pauseSentMs: SENT_MS, ...chain } };
  return decodeOwnership(encodeRow('account', 'own|1', row)).chain;
}

describe('the chain of evidence in a row', () => {
  test('is read as it was written', () => {
    const row = paused();
    expect(decodeOwnership(encodeRow('account', 'own|1', row))).toEqual(row);
    expect(chainRead({ readBeforeMs: 900, readActiveMs: 5_000 })).toMatchObject({ readBeforeMs: 900 });
    expect(chainRead({ readBeforeMs: null, readActiveMs: 5_000 })).toMatchObject({ readBeforeMs: null });
    const takenOver = { atMs: 7_000, said: 'ana: it was me' };
    expect(chainRead({ takenOver })).toMatchObject({ takenOver });
  });

  test('of a release that kept no word of who took it over has none', () => {
    expect(chainRead({ takenOver: undefined })).toMatchObject({ takenOver: null });
  });

  test('of a release that had one place for every read keeps its first link while that is the one', () => {
    const before = { readBeforeMs: undefined };
    expect(chainRead({ ...before, readActiveMs: SENT_MS })).toMatchObject({ readBeforeMs: SENT_MS });
    expect(chainRead({ ...before, readActiveMs: SENT_MS + 1 })).toMatchObject({ readBeforeMs: null });
    expect(chainRead({ ...before, readActiveMs: null })).toMatchObject({ readBeforeMs: null });
    expect(chainRead({ ...before, readActiveMs: 900, pauseSentMs: null })).toMatchObject({
      readBeforeMs: null,
    });
  });
});
