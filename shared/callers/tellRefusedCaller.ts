import type { Teller } from '../service/teller.ts';
import { tellEvent } from '../telemetry/tellEvent.ts';
import type { CallerRefusal } from './admit.ts';
import type { Role } from './role.ts';

/** Tells a line about somebody who was not let in; nothing of a token that did not count may be in it. */
export function tellRefusedCaller(
  teller: Teller,
  facts: {
    readonly because: CallerRefusal;
    readonly role: Role;
    readonly correlationId: string;
    /** Null where nobody is proven. */
    readonly caller: string | null;
  },
): void {
  tellEvent(teller, 'warn', 'CallerRefused', facts);
}
