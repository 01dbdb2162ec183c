import type { AccountGate, GatePass } from './accountGate.ts';

/**
 * The account's gate for a read that only people wait for. It takes no place and no turn of a run: it goes through while
 * no call of a run is under way or waiting, and else not at all. What throttles it holds the account back like any other.
 */
export function gateForPeople(gate: AccountGate): AccountGate {
  const pass: GatePass = {
    again: async () => ({ kind: 'entered', throttledInMs: 0 }),
    leave: () => {},
  };
  return {
    ...gate,
    enter: async ({ signal }) => {
      if (signal.aborted) return { kind: 'aborted', throttledInMs: 0 };
      return gate.isIdle()
        ? { kind: 'entered', pass, throttledInMs: 0 }
        : { kind: 'tooLate', isHeldBack: gate.isHeldBack(), throttledInMs: 0 };
    },
  };
}
