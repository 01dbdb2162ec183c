import { z } from 'zod';
import type { Policies } from '../policies/policies.ts';
import { familySchema, idSchema } from './report.ts';

/** One run of a report. What it is at an instant follows from the clock, see `executionStatus`. */
export const executionSchema = z.strictObject({
  tenantId: idSchema,
  family: familySchema,
  reportId: idSchema,
  executionId: idSchema,
  dueMs: z.number(),
  /** How long a pause has held it back. */
  heldForMs: z.number().default(0),
  /** Since when a pause holds it back, or null. */
  heldSinceMs: z.number().nullable().default(null),
});
export type Execution = z.infer<typeof executionSchema>;

export type ExecutionStatus = 'Pending' | 'Running' | 'Paused' | 'Completed';
type Durations = Pick<Policies, 'pendingForMs' | 'runningForMs'>;

/** When the run is, or will be, complete. */
export function completedAtMs(execution: Execution, durations: Durations): number {
  return execution.dueMs + execution.heldForMs + durations.pendingForMs + durations.runningForMs;
}

/** The state of a run at an instant. There is no failed state in the contract. Pure. */
export function executionStatus(execution: Execution, durations: Durations, nowMs: number): ExecutionStatus {
  if (execution.heldSinceMs !== null) {
    return 'Paused';
  }
  if (nowMs >= completedAtMs(execution, durations)) {
    return 'Completed';
  }
  return nowMs < execution.dueMs + execution.heldForMs + durations.pendingForMs ? 'Pending' : 'Running';
}
