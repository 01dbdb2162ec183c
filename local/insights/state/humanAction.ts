import { z } from 'zod';
import { formatInstant } from '../model/instant.ts';
import { DEFAULT_TENANT_ID, familySchema, idSchema, reportKey, reportSchema } from '../model/report.ts';
import { changeStatus } from './changeStatus.ts';
import { putReport, removeReport } from './putReport.ts';
import { settleReport } from './settleReport.ts';
import type { World } from './world.ts';

export const humanActionNames = ['pause', 'resume', 'edit', 'delete'] as const;

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

/** A person at work in the portal, past the API: no token, no quota, no policy but `pauseMovesModifiedTime`. */
export const humanActionSchema = z.strictObject({
  tenantId: idSchema.default(DEFAULT_TENANT_ID),
  family: familySchema.default('mpn'),
  reportId: idSchema,
  by: z.string().min(1),
  action: z.enum(humanActionNames),
  /** What `edit` writes; by default it adds the editor's name to the description. */
  changes: z.record(z.string(), z.unknown()).optional(),
});
export type HumanAction = z.infer<typeof humanActionSchema>;

/** Does it and records it as `human.pause` and so on. False where there is no such report. */
export function actAsHuman(
  world: World,
  { tenantId, family, reportId, by, action, changes }: HumanAction,
): boolean {
  const report = settleReport(world, reportKey({ tenantId, family, reportId }));
  if (report === undefined) {
    return false;
  }
  const atMs = world.clock.nowMs();
  const actor = { kind: 'human' as const, tenantId, clientId: null, userName: by };
  const cause = { operation: `human.${action}`, by: actor, atMs };
  switch (action) {
    case 'pause':
    case 'resume':
      changeStatus(world, report, { ...cause, action });
      return true;
    case 'edit': {
      const edit = editedFields(changes ?? { description: `${report.description} (edited by ${by})` });
      putReport(world, reportSchema.parse({ ...report, ...edit, modifiedTime: formatInstant(atMs) }), cause);
      return true;
    }
    case 'delete':
      removeReport(world, report, cause);
      return true;
  }
}

/** zod's `partial` keeps defaults, so only what was really sent may pass. */
function editedFields(changes: Record<string, unknown>): Record<string, unknown> {
  const parsed = z.strictObject(editSchema.shape).parse(changes);
  return Object.fromEntries(Object.entries(parsed).filter(([name]) => name in changes));
}
