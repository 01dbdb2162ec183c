// Faults of the way between caller and service.
import { z } from 'zod';
import { type FaultKind, faultKind } from './faultKind.ts';

/** Before or after the operation took effect. */
const moment = z.enum(['before', 'after']).default('before');

export const connectionFaults: readonly FaultKind[] = [
  faultKind('slow', { delayInMs: z.int().nonnegative(), when: moment }, ({ delayInMs, when }) =>
    when === 'before' ? { delayBeforeInMs: delayInMs } : { delayAfterInMs: delayInMs },
  ),
  faultKind('hang', { when: moment }, ({ when }) =>
    when === 'before' ? { instead: () => ({ kind: 'hang' }) } : { after: () => ({ kind: 'hang' }) },
  ),
  faultKind('resetBefore', {}, () => ({ instead: () => ({ kind: 'reset' }) })),
  faultKind('resetAfter', {}, () => ({ after: () => ({ kind: 'reset' }) })),
  faultKind('truncatedJson', { cutConnection: z.boolean().default(false) }, ({ cutConnection }) => ({
    after: (answer) => ({ kind: 'truncated', answer, cutConnection }),
  })),
];
