import { z } from 'zod';
import { clockSettingSchema } from '../clock/emulatorClock.ts';
import { actorSchema, changeSchema } from '../model/change.ts';
import { executionSchema } from '../model/execution.ts';
import { querySchema } from '../model/query.ts';
import { instantSchema, reportKey, reportSchema } from '../model/report.ts';
import { type PolicyChange, policiesSchema } from '../policies/policies.ts';
import type { World } from './world.ts';

const effectSchema = z.strictObject({
  key: z.string(),
  dueMs: z.number(),
  action: z.enum(['pause', 'resume', 'touch']),
  by: actorSchema,
  operation: z.string(),
});

/**
 * Everything the emulator keeps, as one JSON document: what `--seed` reads, `--state` writes and `/_admin/state`
 * shows. Every property has a default, so that a seed names only what matters to it.
 */
export const stateDocumentSchema = z
  .strictObject({
    /** Sets the clock when the document is loaded; a clock of its own (`clock`) is written by `--state`. */
    nowUtc: instantSchema.optional(),
    clock: clockSettingSchema.optional(),
    policies: policiesSchema.prefault({}),
    reports: z.array(reportSchema).default([]),
    queries: z.array(querySchema).default([]),
    executions: z.array(executionSchema).default([]),
    changes: z.array(changeSchema).default([]),
    effects: z.array(effectSchema).default([]),
    deleted: z.array(reportSchema).default([]),
  })
  .superRefine(({ reports }, context) => {
    const seen = new Set<string>();
    for (const [index, report] of reports.entries()) {
      if (seen.has(reportKey(report))) {
        context.addIssue({
          code: 'custom',
          path: ['reports', index, 'reportId'],
          message: 'stands there twice',
        });
      }
      seen.add(reportKey(report));
    }
  });
export type StateDocument = z.infer<typeof stateDocumentSchema>;

/** The document with these policies where it names none. What is no document is left as it is, to be refused. */
export function withPolicyDefaults(document: unknown, defaults: PolicyChange): unknown {
  const shape = z.looseObject({ policies: z.looseObject({}).optional() }).safeParse(document);
  return shape.success ? { ...shape.data, policies: { ...defaults, ...shape.data.policies } } : document;
}

/** Replaces all that a world holds. */
export function loadDocument(world: World, document: StateDocument): void {
  if (document.clock !== undefined) {
    world.clock.restore(document.clock);
  }
  if (document.nowUtc !== undefined) {
    world.clock.change({ nowUtc: document.nowUtc });
  }
  const { reports, queries, executions, effects, versions, deleted, counts } = world;
  for (const part of [reports, queries, executions, effects, versions, deleted, counts]) {
    part.clear();
  }
  world.policies = document.policies;
  world.changes.splice(0, world.changes.length, ...document.changes);
  for (const report of document.reports) {
    world.reports.set(reportKey(report), report);
  }
  for (const report of document.deleted) {
    world.deleted.set(reportKey(report), report);
  }
  for (const query of document.queries) {
    world.queries.set(query.queryId, query);
  }
  for (const run of document.executions) {
    world.executions.set(reportKey(run), [...(world.executions.get(reportKey(run)) ?? []), run]);
  }
  for (const { key, ...effect } of document.effects) {
    world.effects.set(key, [...(world.effects.get(key) ?? []), effect]);
  }
  world.revision += 1;
}

/** The whole world as a document that `loadDocument` takes back. */
export function saveDocument(world: World): StateDocument {
  return {
    clock: world.clock.setting,
    policies: world.policies,
    reports: [...world.reports.values()],
    queries: [...world.queries.values()],
    executions: [...world.executions.values()].flat(),
    changes: world.changes,
    effects: [...world.effects].flatMap(([key, effects]) => effects.map((effect) => ({ key, ...effect }))),
    deleted: [...world.deleted.values()],
  };
}
