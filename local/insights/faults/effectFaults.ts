// Faults about what is true and when: stale reads, late effects, and people who act at the same time.
import { z } from 'zod';
import { type Answer, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { actorOf } from '../model/principal.ts';
import { familySchema, idSchema, type Report, reportKey } from '../model/report.ts';
import { findReport } from '../operations/findReport.ts';
import { type OperationCall, queryParameter } from '../operations/operationCall.ts';
import { showReport } from '../operations/showReport.ts';
import { actAsHuman, editSchema, humanActionNames } from '../state/humanAction.ts';
import { versionAt } from '../state/putReport.ts';
import type { World } from '../state/world.ts';
import { type FaultKind, faultKind } from './faultKind.ts';
import type { FaultPlan } from './faultPlan.ts';

export const effectFaults: readonly FaultKind[] = [
  faultKind('staleRead', { forMs: z.int().positive() }, ({ forMs }, { call }) => ({
    world: worldAt(call.world, call.world.clock.nowMs() - forMs),
  })),
  faultKind(
    'delayedEffect',
    { forMs: z.int().positive(), answerShows: z.enum(['old', 'new']).default('old') },
    (properties, { call }) => delayEffect(call, properties),
  ),
  faultKind('answerUnchanged', { takesEffect: z.boolean().default(true) }, ({ takesEffect }, { call }) => {
    const found = findReport(call);
    if (!found.ok) {
      return {};
    }
    const unchanged = success([showReport(call, found.report, 'putAnswers')], messageOf(call));
    const outcome = () => ({ kind: 'answer' as const, answer: unchanged });
    return takesEffect ? { after: outcome } : { instead: outcome };
  }),
  faultKind(
    'humanActs',
    {
      action: z.enum(humanActionNames),
      by: z.string().min(1).default('dana.analyst@partner.example'),
      when: z.enum(['before', 'after']).default('before'),
      /** Whom it befalls; by default the report that the request is about. */
      onReportId: idSchema.optional(),
      onFamily: familySchema.optional(),
      changes: z.record(z.string(), z.unknown()).optional().refine(isEdit, 'no such field to edit'),
      /** So long after that. */
      inMs: z.int().nonnegative().default(0),
    },
    ({ action, by, when, onReportId, onFamily, changes, inMs }, { call }) => {
      const act = () => {
        actAsHuman(call.world, {
          tenantId: call.principal.tenantId,
          family: onFamily ?? call.surface.family,
          reportId: onReportId ?? (call.id || (queryParameter(call, 'reportId') ?? '')),
          ...{ by, action, changes, inMs, reportStatus: 'Active' },
        });
      };
      const actAfterwards = (answer: Answer) => {
        act();
        return { kind: 'answer' as const, answer };
      };
      return when === 'before' ? { before: act } : { after: actAfterwards };
    },
  ),
];

/** What the operation itself would have said. */
function messageOf({ operationName }: OperationCall): string {
  return operationName === 'resumeReport' ? messages.reportResumed : messages.reportPaused;
}

function isEdit(changes: Record<string, unknown> | undefined): boolean {
  return changes === undefined || z.strictObject(editSchema.shape).safeParse(changes).success;
}

/** A copy in which every report is as it was then; what is done to the copy is lost. */
function worldAt(world: World, atMs: number): World {
  const reports = new Map(world.reports);
  for (const key of world.versions.keys()) {
    const version = versionAt(world, key, atMs);
    if (version === null) {
      reports.delete(key);
    } else if (version !== undefined) {
      reports.set(key, version);
    }
  }
  return {
    ...world,
    reports,
    executions: new Map(world.executions),
    changes: [],
    effects: new Map(),
    versions: new Map(),
  };
}

function delayEffect(
  call: OperationCall,
  { forMs, answerShows }: { forMs: number; answerShows: 'old' | 'new' },
): FaultPlan {
  const { world, principal } = call;
  const action = call.operationName === 'pauseReport' ? 'pause' : 'resume';
  const found = findReport(call);
  if (!found.ok || !['pauseReport', 'resumeReport'].includes(call.operationName)) {
    return {};
  }
  return {
    instead: () => {
      const { report } = found;
      const key = reportKey(report);
      const effect = {
        dueMs: world.clock.nowMs() + forMs,
        action,
        operation: action,
        by: actorOf(principal),
      } as const;
      world.effects.set(key, [...(world.effects.get(key) ?? []), effect]);
      world.revision += 1;
      const status: Report['reportStatus'] = action === 'pause' ? 'Paused' : 'Active';
      const shown = answerShows === 'old' ? report : { ...report, reportStatus: status };
      return { kind: 'answer', answer: success([showReport(call, shown, 'putAnswers')], messageOf(call)) };
    },
  };
}
