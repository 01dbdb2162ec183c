import { z } from 'zod';
import type { FaultPlan, FaultSubject } from './faultPlan.ts';

/** A kind of fault: its name, what may be said of it, and what it does. */
export interface FaultKind {
  kind: string;
  /** Checks the kind's own properties. @throws ZodError */
  read(properties: unknown): { properties: Record<string, unknown>; plan(subject: FaultSubject): FaultPlan };
}

/** Ties the properties of a kind to its behaviour. */
export function faultKind<Shape extends z.ZodRawShape>(
  kind: string,
  shape: Shape,
  plan: (properties: z.output<z.ZodObject<Shape, z.core.$strict>>, subject: FaultSubject) => FaultPlan,
): FaultKind {
  const schema = z.strictObject(shape);
  return {
    kind,
    read(input) {
      const properties = schema.parse(input);
      return { properties, plan: (subject) => plan(properties, subject) };
    },
  };
}
