import { z } from 'zod';
import {
  DEFAULT_TENANT_ID,
  familySchema,
  idSchema,
  type Report,
  reportKey,
  reportSchema,
} from '../model/report.ts';
import { actAsHuman, humanActionSchema } from '../state/humanAction.ts';
import { putReport } from '../state/putReport.ts';
import {
  loadDocument,
  type StateDocument,
  saveDocument,
  stateDocumentSchema,
  withPolicyDefaults,
} from '../state/stateDocument.ts';
import type { World } from '../state/world.ts';

const rawPatchSchema = z.strictObject({
  tenantId: idSchema.default(DEFAULT_TENANT_ID),
  family: familySchema.default('mpn'),
  reportId: idSchema,
  by: z.string().min(1),
  /** Fields as they shall be, exactly: no policy applies and `modifiedTime` stays unless it is among them. */
  set: z.record(z.string(), z.unknown()),
});

/** The whole state as a document. */
export function showState(world: World): StateDocument {
  return saveDocument(world);
}

/** Replaces the whole state; the body is a seed document. @throws ZodError */
export function replaceState(world: World, body: unknown): { reports: number } {
  loadDocument(world, stateDocumentSchema.parse(withPolicyDefaults(body, world.policyDefaults)));
  return { reports: world.reports.size };
}

/** Plays a person: `{reportId, by, action}` as the portal would do it, `{reportId, by, set}` to the letter. */
export function patchState(world: World, body: unknown): Report | null {
  const isAction = z.looseObject({ action: z.unknown() }).safeParse(body).success && !hasSet(body);
  if (isAction) {
    const action = humanActionSchema.parse(body);
    if (!actAsHuman(world, action)) {
      throw unknownReport(
        action.reportId,
        action.action === 'recreate' ? 'was not deleted' : 'no such report',
      );
    }
    return world.reports.get(reportKey(action)) ?? null;
  }
  const { by, set, ...address } = rawPatchSchema.parse(body);
  const report = world.reports.get(reportKey(address));
  if (report === undefined) {
    throw unknownReport(address.reportId);
  }
  const next = reportSchema.parse({ ...report, ...set, ...address });
  const actor = { kind: 'human' as const, tenantId: address.tenantId, clientId: null, userName: by };
  putReport(world, next, { operation: 'human.set', by: actor, atMs: world.clock.nowMs() });
  return next;
}

function hasSet(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'set' in body;
}

function unknownReport(reportId: string, message = 'no such report'): z.ZodError {
  return new z.ZodError([{ code: 'custom', path: ['reportId'], message, input: reportId }]);
}
