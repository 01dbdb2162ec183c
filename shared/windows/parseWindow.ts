import { z } from 'zod';
import { parseReportSelector } from './parseReportSelector.ts';
import { parseSchedule } from './parseSchedule.ts';
import type { Window } from './window.ts';
import { faultsOf, idsField, MAX_REPORT_IDS, nameField, patternField } from './windowFields.ts';
import { type Fault, good, type Parsed, within } from './windowProblem.ts';

/** What `maxReports` is where a window does not say it. */
export const DEFAULT_MAX_REPORTS = 200;

const windowInput = z.strictObject({
  name: nameField,
  account: nameField.optional(),
  reports: z.unknown(),
  excludeReportIds: idsField.optional(),
  excludeNamePattern: patternField.optional(),
  schedule: z.unknown(),
  onManualResume: z.enum(['respect', 'reassert']).optional(),
  maxReports: z.int().min(1).max(MAX_REPORT_IDS).optional(),
  enabled: z.boolean().optional(),
});

/** One window of the configuration, with every fault of it at once. */
export function parseWindow(input: unknown, defaultAccount: string): Parsed<Window> {
  const read = windowInput.safeParse(input);
  const parts = partsOf(input);
  if (parts === null) return { ok: false, faults: read.success ? [] : faultsOf(read.error, input) };
  const reports = within(['reports'], parseReportSelector(parts.reports));
  const schedule = within(['schedule'], parseSchedule(parts.schedule));
  const headFaults = read.success ? [] : faultsOf(read.error, input).filter(({ path }) => !isPart(path));
  if (!read.success || !reports.ok || !schedule.ok) {
    return { ok: false, faults: [...headFaults, ...reports.faults, ...schedule.faults] };
  }
  const window: Window = {
    name: read.data.name,
    account: read.data.account ?? defaultAccount,
    reports: reports.value,
    excludeReportIds: read.data.excludeReportIds ?? [],
    excludeNamePattern: read.data.excludeNamePattern ?? null,
    schedule: schedule.value,
    onManualResume: read.data.onManualResume ?? 'respect',
    maxReports: read.data.maxReports ?? DEFAULT_MAX_REPORTS,
    enabled: read.data.enabled ?? true,
  };
  return good(window, [...reports.faults, ...schedule.faults, ...overOwnLimit(window)]);
}

function partsOf(input: unknown): { reports: unknown; schedule: unknown } | null {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return null;
  return {
    reports: 'reports' in input ? input.reports : undefined,
    schedule: 'schedule' in input ? input.schedule : undefined,
  };
}

/** A missing part is told by the part's own parser. */
function isPart(path: Fault['path']): boolean {
  return path.length === 1 && (path[0] === 'reports' || path[0] === 'schedule');
}

function overOwnLimit({ reports, excludeReportIds, maxReports }: Window): readonly Fault[] {
  if (reports.kind !== 'ids') return [];
  const excluded = new Set(excludeReportIds);
  const count = reports.reportIds.filter((id) => !excluded.has(id)).length;
  if (count <= maxReports) return [];
  const message = `The window names ${count} reports, but may pause ${maxReports} at most and will pause none. Raise maxReports.`;
  return [{ path: ['maxReports'], code: 'more_ids_than_max_reports', message, severity: 'warning' }];
}
