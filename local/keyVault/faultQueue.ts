import type { KeyVaultFault, KeyVaultOperation, PlannedFault } from './keyVaultFault.ts';

/** The faults that wait for their requests, the one planned first coming first. */
export interface FaultQueue {
  plan(fault: PlannedFault): void;
  /** The fault that this request meets, which counts it off. */
  take(operation: KeyVaultOperation): KeyVaultFault | null;
  clear(): void;
}

export function createFaultQueue(): FaultQueue {
  let waiting: readonly PlannedFault[] = [];
  return {
    plan: (fault) => {
      waiting = [...waiting, fault];
    },
    take: (operation) => {
      const met = waiting.find((one) => one.operation === 'any' || one.operation === operation);
      if (met === undefined) {
        return null;
      }
      waiting = waiting
        .map((one) => (one === met ? { ...one, count: one.count - 1 } : one))
        .filter(({ count }) => count > 0);
      return met.fault;
    },
    clear: () => {
      waiting = [];
    },
  };
}
