import { formatInstant } from '../model/instant.ts';
import { type Report, reportKey } from '../model/report.ts';
import type { World } from './world.ts';

/** The report with a new `modifiedTime`, or unchanged where the service writes it down later. */
export function touched(world: World, report: Report, atMs: number): Report {
  const { modifiedTimeLateInMs } = world.policies;
  if (modifiedTimeLateInMs === 0) {
    return { ...report, modifiedTime: timeOf(world, atMs) };
  }
  const key = reportKey(report);
  const by = { kind: 'schedule', tenantId: report.tenantId, clientId: null, userName: null } as const;
  const touch = { dueMs: atMs + modifiedTimeLateInMs, action: 'touch', by, operation: 'touch' } as const;
  world.effects.set(key, [...(world.effects.get(key) ?? []), touch]);
  return report;
}

/** An instant as the service writes it down, in the resolution of the policies. */
export function timeOf({ policies }: World, atMs: number): string {
  const { modifiedTimeResolutionInMs: resolutionInMs } = policies;
  const writtenMs = Math.floor(atMs / resolutionInMs) * resolutionInMs;
  return writtenMs % 1_000 === 0 ? formatInstant(writtenMs) : new Date(writtenMs).toISOString();
}
