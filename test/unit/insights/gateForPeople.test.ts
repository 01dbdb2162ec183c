import { createAccountGate } from '../../../shared/insights/accountGate.ts';
import { gateForPeople } from '../../../shared/insights/gateForPeople.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

const { signal } = new AbortController();

function gates() {
  const clock = createFakeClock();
  const gate = createAccountGate({ maxConcurrency: 2, callsPerSecond: 1, clock, random: () => 0 });
  const people = gateForPeople(gate);
  const wish = { signal, latestMs: clock.now() + 60_000, rank: 'read' } as const;
  return { clock, gate, people, enter: () => gate.enter(wish), look: () => people.enter(wish) };
}

describe('a read that only people wait for', () => {
  test('goes through while no run calls, and takes neither place nor turn of one', async () => {
    const { enter, look } = gates();

    const looks = await Promise.all([look(), look(), look()]);
    const run = await enter();

    expect(looks.map(({ kind }) => kind)).toEqual(['entered', 'entered', 'entered']);
    expect(run.kind).toBe('entered');
  });

  test('does not go through while a call of a run is under way, and goes when it is over', async () => {
    const { enter, look } = gates();
    const run = await enter();

    expect((await look()).kind).toBe('tooLate');
    if (run.kind === 'entered') run.pass.leave();
    expect((await look()).kind).toBe('entered');
  });

  test('that is throttled holds the account back, itself included', async () => {
    const { clock, gate, people, look } = gates();

    people.holdBack(10_000, clock.now());

    expect(gate.isHeldBack()).toBe(true);
    expect(await look()).toMatchObject({ kind: 'tooLate', isHeldBack: true });
  });
});
