// An answer of the storage that is lost says nothing about the write: the lease and the writes under it end as they are stored.
import { createFencedWriter } from '../../../shared/ledger/fencedWriter.ts';
import { acquireLease, type Lease, releaseLease } from '../../../shared/ledger/lease.ts';
import { encodeRow } from '../../../shared/ledger/ledgerRows.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { ACCOUNT } from '../../integration/ledgerUnderTest.ts';
import { createMemoryTables } from '../../simulation/memoryTables.ts';

const timing = { durationInMs: 50_000, clockMarginInMs: 10_000 };

/** What becomes of a call: it passes, its answer is lost after it took effect, or it never took effect. */
type Fate = 'passes' | 'answerLost' | 'refused';

function storage() {
  const clock = createFakeClock();
  const tables = createMemoryTables(clock.now);
  const fates: Fate[] = [];
  const table = tables.open('T', async (call) => {
    const fate = fates.shift() ?? 'passes';
    if (fate === 'refused') throw Object.assign(new Error('out'), { statusCode: 503 });
    const value = call();
    if (fate === 'answerLost') throw Object.assign(new Error('cut'), { statusCode: 500 });
    return value;
  });
  const next = (...coming: readonly Fate[]) => void fates.splice(0, fates.length, ...coming);
  const take = (owner: string) =>
    acquireLease(table, { accountKey: ACCOUNT, owner, clock, timing, isTick: false });
  const mustTake = async (owner: string): Promise<Lease> => {
    const lease = await take(owner);
    if (lease === null) throw new Error('the lease is taken');
    return lease;
  };
  const write = { kind: 'put', row: encodeRow(ACCOUNT, 'facts', { written: true }) } as const;
  const isWritten = () => tables.dump().includes('written');
  return { clock, table, next, take, mustTake, write, isWritten };
}

describe('a lease', () => {
  test('whose taking was answered by nobody is ours, and can be given back', async () => {
    const { table, next, mustTake, take } = storage();
    next('passes', 'answerLost');
    const lease = await mustTake('one');
    expect(await take('two')).toBeNull();

    await releaseLease(table, lease);

    expect(await take('two')).not.toBeNull();
  });

  test('that could not be taken is nobody’s, and it is said that the storage was in the way', async () => {
    const { next, take } = storage();
    next('passes', 'refused');

    await expect(take('one')).rejects.toMatchObject({ code: 'ledger_unavailable' });
    expect(await take('two')).not.toBeNull();
  });

  test('is given back though the answer to its last renewal, or to the giving back, was lost', async () => {
    const { clock, table, next, mustTake, take, write } = storage();
    const lease = await mustTake('one');
    await createFencedWriter(table, { lease, clock, timing }).write([write]);
    // The renewal moved the ETag on: what was known when it was taken is an old one.
    await releaseLease(table, lease);
    const other = await mustTake('two');
    next('answerLost');

    await releaseLease(table, other);

    expect(await take('three')).not.toBeNull();
  });

  test('that cannot be given back says so, and one that has passed on is left to its holder', async () => {
    const { clock, table, next, mustTake, take } = storage();
    const lease = await mustTake('one');
    next('refused', 'passes', 'refused');
    await expect(releaseLease(table, lease)).rejects.toMatchObject({ code: 'ledger_unavailable' });

    await clock.advance(timing.durationInMs + timing.clockMarginInMs + 1);
    const other = await mustTake('two');
    await releaseLease(table, lease);

    expect(other.wasAnothers).toBe(true);
    expect(await take('three')).toBeNull();
  });
});

describe('a write of the lease’s holder', () => {
  test('whose answer was lost is done once, and the next one goes on from it', async () => {
    const { clock, table, next, mustTake, write, isWritten } = storage();
    const writer = createFencedWriter(table, { lease: await mustTake('one'), clock, timing });
    next('answerLost');

    await writer.write([write]);
    await writer.write([write]);

    expect(isWritten()).toBe(true);
  });

  test('that took no effect is sent again, and given up with the lease where it never does', async () => {
    const { clock, table, next, mustTake, write, isWritten } = storage();
    const writer = createFencedWriter(table, { lease: await mustTake('one'), clock, timing });
    next('refused', 'passes', 'passes');
    await writer.write([write]);
    expect(isWritten()).toBe(true);

    next('refused', 'passes', 'refused', 'passes', 'refused', 'passes', 'refused', 'passes');
    await expect(writer.write([write])).rejects.toMatchObject({ code: 'ledger_unavailable' });
    next();
    await expect(writer.write([write])).rejects.toMatchObject({ code: 'lease_lost' });
    expect(await writer.holdsUntil(clock.now() + 1)).toBe(false);
  });

  test('of which nobody can tell what became of it ends the lease', async () => {
    const { clock, table, next, mustTake, write } = storage();
    const writer = createFencedWriter(table, { lease: await mustTake('one'), clock, timing });
    next('answerLost', 'refused');

    await expect(writer.write([write])).rejects.toMatchObject({ code: 'ledger_unavailable' });
    await expect(writer.write([write])).rejects.toMatchObject({ code: 'lease_lost' });
  });

  test('is refused once the lease has passed on to another', async () => {
    const { clock, table, mustTake, write, isWritten } = storage();
    const writer = createFencedWriter(table, { lease: await mustTake('one'), clock, timing });
    await clock.advance(timing.durationInMs + timing.clockMarginInMs + 1);
    await mustTake('two');

    await expect(writer.write([write])).rejects.toMatchObject({ code: 'lease_lost' });
    expect(isWritten()).toBe(false);
  });
});
