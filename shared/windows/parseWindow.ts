import { z } from 'zod';
import { parseReportSelector } from './parseReportSelector.ts';
import { parseSchedule } from './parseSchedule.ts';
import type { Window } from './window.ts';
import {
  idsField,
  MAX_REPORT_IDS,
  nameField,
  patternField,
  patternsField,
  quotedFaultsOf,
} from './windowFields.ts';
import { type Fault, good, type Parsed, quote, within } from './windowProblem.ts';

/** What `maxReports` is where a window does not say it. */
const DEFAULT_MAX_REPORTS = 200;

/** Names shown of a long list. */
const MAX_NAMES = 10;

const windowInput = z.strictObject({
  name: nameField,
  account: nameField.optional(),
  reports: z.unknown(),
  excludeReportIds: idsField.optional(),
  excludeNamePattern: patternField.optional(),
  excludeNamePatterns: patternsField.optional(),
  schedule: z.unknown(),
  onManualResume: z.enum(['respect', 'reassert']).optional(),
  maxReports: z.int().min(1).max(MAX_REPORT_IDS).optional(),
  enabled: z.boolean().optional(),
});

/** The accounts that windows may be of. */
export interface KnownAccounts {
  /** Whose a window is that names none; null where each must name its own. */
  readonly defaultAccount: string | null;
  /** The names there are; left out where any is taken. */
  readonly accounts?: readonly string[];
}

/** One window of the configuration, with every fault of it at once. */
export function parseWindow(input: unknown, known: KnownAccounts): Parsed<Window> {
  const read = windowInput.safeParse(input);
  const parts = partsOf(input);
  if (parts === null) return { ok: false, faults: read.success ? [] : quotedFaultsOf(read.error, input) };
  const reports = within(['reports'], parseReportSelector(parts.reports));
  const namesReports = !reports.ok || reports.value.kind === 'ids';
  const schedule = within(['schedule'], parseSchedule(parts.schedule, namesReports));
  const headFaults = read.success
    ? []
    : quotedFaultsOf(read.error, input).filter(({ path }) => !isPart(path));
  const account = read.data?.account ?? known.defaultAccount;
  const accountFaults = read.success ? faultsOfAccount(account, known) : [];
  if (!read.success || account === null || accountFaults.length > 0 || !reports.ok || !schedule.ok) {
    return { ok: false, faults: [...headFaults, ...accountFaults, ...reports.faults, ...schedule.faults] };
  }
  const window: Window = {
    name: read.data.name,
    account,
    reports: reports.value,
    excludeReportIds: read.data.excludeReportIds ?? [],
    excludeNamePatterns: excludedPatterns(read.data),
    schedule: schedule.value,
    onManualResume: read.data.onManualResume ?? 'respect',
    maxReports: read.data.maxReports ?? DEFAULT_MAX_REPORTS,
    enabled: read.data.enabled ?? true,
  };
  return good(window, [...reports.faults, ...schedule.faults, ...overOwnLimit(window)]);
}

/** One pattern may stand alone, as it did when there could be but one. */
function excludedPatterns(input: z.infer<typeof windowInput>): readonly string[] {
  const { excludeNamePattern, excludeNamePatterns = [] } = input;
  return excludeNamePattern === undefined
    ? excludeNamePatterns
    : [excludeNamePattern, ...excludeNamePatterns];
}

function faultsOfAccount(account: string | null, { accounts }: KnownAccounts): readonly Fault[] {
  if (account === null) {
    const message = `"account" is missing: there are several (${listed(accounts ?? [])}).`;
    return [{ path: ['account'], code: 'missing_property', message, severity: 'error' }];
  }
  if (accounts === undefined || accounts.includes(account)) {
    return [];
  }
  const message = `There is no account ${quote(account)}. There are: ${listed(accounts)}.`;
  return [{ path: ['account'], code: 'unknown_account', message, severity: 'error' }];
}

function listed(names: readonly string[]): string {
  return names.length > MAX_NAMES ? `${names.slice(0, MAX_NAMES).join(', ')}, …` : names.join(', ');
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
