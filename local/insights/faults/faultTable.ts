import { z } from 'zod';
import { answerFaults } from './answerFaults.ts';
import { connectionFaults } from './connectionFaults.ts';
import { effectFaults } from './effectFaults.ts';
import type { FaultKind } from './faultKind.ts';

/** Every kind of fault the emulator can play. */
const faultTable: readonly FaultKind[] = [...answerFaults, ...connectionFaults, ...effectFaults];

const byName = new Map(faultTable.map((fault) => [fault.kind, fault]));

/** The kind of that name. @throws ZodError naming the kinds there are. */
export function faultKindOf(name: unknown): FaultKind {
  return z
    .string()
    .transform((kind, context) => {
      const found = byName.get(kind);
      if (found === undefined) {
        context.addIssue({ code: 'custom', message: `kind must be one of ${[...byName.keys()].join(', ')}` });
        return z.NEVER;
      }
      return found;
    })
    .parse(name);
}
