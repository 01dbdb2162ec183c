import { z } from 'zod';
import { formatInstant } from '../model/instant.ts';
import {
  DEFAULT_TENANT_ID,
  familySchema,
  idSchema,
  type Report,
  reportKey,
  reportSchema,
  reportStatusSchema,
} from '../model/report.ts';
import { changeStatus } from './changeStatus.ts';
import { putReport, removeReport } from './putReport.ts';
import { settleReport } from './settleReport.ts';
import { touched } from './touched.ts';
import type { World } from './world.ts';

export const humanActionNames = ['pause', 'resume', 'edit', 'delete', 'recreate'] as const;

/** What an edit in the portal may touch. */
export const editSchema = reportSchema
  .pick({
    reportName: true,
    description: true,
    startTime: true,
    recurrenceInterval: true,
    recurrenceCount: true,
  })
  .partial();

/** A person at work in the portal, past the API: no token, no quota, no policy but those of `modifiedTime`. */
export const humanActionSchema = z.strictObject({
  tenantId: idSchema.default(DEFAULT_TENANT_ID),
  family: familySchema.default('mpn'),
  reportId: idSchema,
  by: z.string().min(1),
  action: z.enum(humanActionNames),
  /** What `edit` writes; by default it adds the editor's name to the description. Also what `recreate` writes anew. */
  changes: z.record(z.string(), z.unknown()).optional(),
  /** The status that `recreate` brings a report back with. */
  reportStatus: reportStatusSchema.default('Active'),
  /** For `pause` and `resume`: how long after this it happens. */
  inMs: z.int().nonnegative().default(0),
});
export type HumanAction = z.infer<typeof humanActionSchema>;

/** Does it, now or later, and records it as `human.pause` and so on. False where there is no such report. */
export function actAsHuman(world: World, { by, action, changes, inMs, ...act }: HumanAction): boolean {
  const key = reportKey(act);
  const report = settleReport(world, key);
  const atMs = world.clock.nowMs();
  const actor = { kind: 'human' as const, tenantId: act.tenantId, clientId: null, userName: by };
  const cause = { operation: `human.${action}`, by: actor, atMs };
  if (action === 'recreate') {
    const deleted = world.deleted.get(key);
    if (report !== undefined || deleted === undefined) {
      return false;
    }
    const again = { ...deleted, ...editedFields(changes ?? {}), reportStatus: act.reportStatus };
    putReport(world, reportSchema.parse({ ...again, ...asNew(again, atMs) }), cause);
    return true;
  }
  if (report === undefined) {
    return false;
  }
  switch (action) {
    case 'pause':
    case 'resume':
      if (inMs > 0) {
        const effect = { dueMs: atMs + inMs, action, by: actor, operation: cause.operation };
        world.effects.set(key, [...(world.effects.get(key) ?? []), effect]);
        world.revision += 1;
      } else {
        changeStatus(world, report, { ...cause, action });
      }
      return true;
    case 'edit': {
      const edit = editedFields(changes ?? { description: `${report.description} (edited by ${by})` });
      putReport(world, touched(world, reportSchema.parse({ ...report, ...edit }), atMs), cause);
      return true;
    }
    case 'delete':
      removeReport(world, report, cause);
      return true;
  }
}

/** What a report that is there again has lost: its history, but not its schedule. */
function asNew({ schedule }: Report, atMs: number): Partial<Report> {
  const fresh = { ...schedule, consideredUntilMs: atMs, missedSincePause: 0, pausedSinceMs: null };
  return { createdTime: formatInstant(atMs), modifiedTime: null, schedule: fresh };
}

/** zod's `partial` keeps defaults, so only what was really sent may pass. */
function editedFields(changes: Record<string, unknown>): Record<string, unknown> {
  const parsed = z.strictObject(editSchema.shape).parse(changes);
  return Object.fromEntries(Object.entries(parsed).filter(([name]) => name in changes));
}
