import type { InvocationContext } from '@azure/functions';
import type { Teller } from '../shared/telemetry/teller.ts';

/** The invocation's log; the host adds its id and sends it to Application Insights. */
export function tellerOf(context: InvocationContext): Teller {
  return {
    info: (line) => context.info(line),
    warn: (line) => context.warn(line),
    error: (line) => context.error(line),
  };
}
