import { z } from 'zod';
import { type OperationName, operationNames } from '../operations/operationNames.ts';
import type { FaultPlan, FaultSubject } from './faultPlan.ts';
import { faultKindOf } from './faultTable.ts';

/** Which requests a fault befalls. Only requests that passed the token check are counted. */
const matchSchema = z.strictObject({
  operation: z.enum(operationNames).optional(),
  method: z.string().toUpperCase().optional(),
  /** The id of the path, or the `reportId` of a list. */
  reportId: z.string().toLowerCase().optional(),
  surface: z.enum(['mpn-v1', 'cmp-v1', 'cmp-v1.1']).optional(),
  clientId: z.string().optional(),
  /** How many matching requests pass first. */
  skip: z.int().nonnegative().default(0),
  /** How many requests it befalls then; null is all of them. */
  times: z.int().positive().nullable().default(1),
});

interface QueuedFault {
  id: number;
  kind: string;
  match: z.infer<typeof matchSchema>;
  properties: Record<string, unknown>;
  /** How often it has struck. */
  struck: number;
  plan(subject: FaultSubject): FaultPlan;
}

/** What a fault is matched against. */
export interface FaultTarget {
  operation: OperationName;
  method: string;
  reportId: string;
  surface: string;
  clientId: string;
}

/** The faults in waiting. The oldest that matches strikes; at most one strikes a request. */
export class FaultQueue {
  #faults: QueuedFault[] = [];
  #lastId = 0;

  /** @throws ZodError naming what is wrong with which property. */
  add(input: unknown): number {
    const { kind: kindName, ...rest } = z.record(z.string(), z.unknown()).parse(input);
    const entries = Object.entries(rest);
    const match = matchSchema.parse(
      Object.fromEntries(entries.filter(([name]) => name in matchSchema.shape)),
    );
    const kind = faultKindOf(kindName);
    const own = kind.read(Object.fromEntries(entries.filter(([name]) => !(name in matchSchema.shape))));
    this.#lastId += 1;
    this.#faults.push({ id: this.#lastId, kind: kind.kind, match, struck: 0, ...own });
    return this.#lastId;
  }

  clear(): void {
    this.#faults = [];
  }

  list(): object[] {
    return this.#faults.map(({ id, kind, match, properties, struck }) => ({
      id,
      kind,
      ...match,
      ...properties,
      struck,
    }));
  }

  /** The fault that strikes this request, or null; counts down `skip` and `times`. */
  take(target: FaultTarget): Pick<QueuedFault, 'id' | 'kind' | 'plan'> | null {
    for (const fault of this.#faults.filter(({ match }) => matches(match, target))) {
      if (fault.match.skip > 0) {
        fault.match.skip -= 1;
        continue;
      }
      fault.struck += 1;
      this.#expire(fault);
      return fault;
    }
    return null;
  }

  #expire(fault: QueuedFault): void {
    if (fault.match.times === null) {
      return;
    }
    fault.match.times -= 1;
    if (fault.match.times === 0) {
      this.#faults = this.#faults.filter((other) => other !== fault);
    }
  }
}

function matches(match: QueuedFault['match'], target: FaultTarget): boolean {
  return (
    (match.operation ?? target.operation) === target.operation &&
    (match.method ?? target.method) === target.method &&
    (match.reportId ?? target.reportId) === target.reportId &&
    (match.surface ?? target.surface) === target.surface &&
    (match.clientId ?? target.clientId) === target.clientId
  );
}
