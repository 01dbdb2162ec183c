import type { RefusalSums } from '../telemetry/refusalSums.ts';
import { tellEvent } from '../telemetry/tellEvent.ts';
import type { Teller } from '../telemetry/teller.ts';
import type { CallerRefusal } from './admit.ts';
import type { Role } from './role.ts';

/**
 * Tells of somebody who was not let in: each by the metric, and one a minute of each kind by a line and an event. Nothing of
 * a token that did not count may be in it.
 */
export function tellRefusedCaller(
  refusals: RefusalSums,
  teller: Teller,
  facts: {
    readonly because: CallerRefusal;
    readonly role: Role;
    readonly correlationId: string;
    /** Null where nobody is proven. */
    readonly caller: string | null;
  },
): void {
  const { because, role, caller } = facts;
  teller.telemetry?.metric('refusals', 1, { door: role, because });
  const count = refusals.count(`${because} ${role} ${caller ?? ''}`);
  if (count !== null) {
    tellEvent(teller, 'warn', 'CallerRefused', facts, { count });
  }
}
