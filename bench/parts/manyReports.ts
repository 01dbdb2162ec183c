import type { DecideInput } from '../../shared/deciding/decide.ts';
import { windowHoldId } from '../../shared/deciding/reconcileHolds.ts';
import type { Hold } from '../../shared/model/hold.ts';
import type { Observation, Ownership } from '../../shared/model/ownership.ts';
import type { Report } from '../../shared/model/report.ts';
import type { Window } from '../../shared/windows/window.ts';

export const NOW_MS = Date.UTC(2026, 10, 23, 2, 30);
const FROM_MS = Date.UTC(2026, 10, 23, 2);
const UNTIL_MS = Date.UTC(2026, 10, 23, 6);
const NO_REPORTS_MATCH = '00000000-0000-4000-8000-000000000000';

/** What of the world there is when it is decided. */
export type Situation = 'beginning' | 'held' | 'renamed';

/**
 * An account with so many reports, each in one of the windows, all of which are on. At the beginning nothing is held yet;
 * then all is held and ours; renamed, all is held by windows that are called otherwise today.
 */
export function manyReports(count: number, windowCount: number, situation: Situation): DecideInput {
  const ids = Array.from(
    { length: count },
    (_, at) => `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  );
  const windows = Array.from({ length: windowCount }, (_, at) => windowOf(at, windowCount, ids));
  const isHeld = situation !== 'beginning';
  const prefix = situation === 'renamed' ? 'former' : 'window';
  return {
    nowMs: NOW_MS,
    windows: { areReadable: true, windows, invalidNames: [] },
    holds: isHeld ? ids.map((reportId, at) => holdOf(reportId, `${prefix}-${at % windowCount}`)) : [],
    ownerships: new Map(isHeld ? ids.map((reportId) => [reportId, ownershipOf(reportId)]) : []),
    takeOvers: new Map(),
    learned: 'yes',
    observations: new Map(ids.map((reportId, at) => [reportId, seen(reportId, at, isHeld)])),
    mode: 'act',
    tickInMs: 300_000,
    timing: { staleReadGraceInMs: 120_000, betweenReadsInMs: 60_000 },
  };
}

/** Nine of ten windows name their reports by id, the tenth by a pattern of their names. */
function windowOf(at: number, windowCount: number, ids: readonly string[]): Window {
  const own = ids.filter((_, index) => index % windowCount === at);
  return {
    name: `window-${at}`,
    account: 'default',
    reports:
      at % 10 === 9
        ? { kind: 'match', all: false, namePattern: `report ${at} of *`, queryId: null }
        : { kind: 'ids', reportIds: own.length > 0 ? own : [NO_REPORTS_MATCH] },
    excludeReportIds: [],
    excludeNamePattern: 'keep *',
    schedule: {
      kind: 'recurring',
      start: '0 2 * * *',
      durationMs: UNTIL_MS - FROM_MS,
      timeZone: 'UTC',
      skipDates: [],
    },
    onManualResume: 'respect',
    maxReports: ids.length,
    enabled: true,
  };
}

function seen(reportId: string, at: number, isPaused: boolean): Observation {
  const report: Report = {
    ...{ reportId, reportName: `report ${at % 100} of ${at}`, queryId: reportId, user: 'a@b.example' },
    ...{
      reportStatus: isPaused ? 'Paused' : 'Active',
      executeNow: false,
      modifiedTime: '2026-11-23T02:00:01Z',
    },
    ...{ startTimeMs: FROM_MS, recurrenceIntervalInHours: 24, recurrenceCount: 100, contentHash: 'the same' },
  };
  return { kind: 'seen', report, readAtMs: NOW_MS, serviceOffsetInMs: 0 };
}

function holdOf(reportId: string, window: string): Hold {
  const occurrence = new Date(FROM_MS).toISOString();
  return {
    ...{
      holdId: windowHoldId({ window, occurrence }),
      reportId,
      holder: { kind: 'window', window, occurrence },
    },
    ...{
      state: 'live',
      who: `window ${window}`,
      why: 'maintenance window',
      fromMs: FROM_MS,
      untilMs: UNTIL_MS,
    },
    ...{ onManualResume: 'respect', requestId: null, createdMs: FROM_MS, ended: null },
  };
}

function ownershipOf(reportId: string): Ownership {
  return {
    ...{ kind: 'paused', reportId, reportName: 'report', queryId: reportId, sinceMs: FROM_MS },
    ...{ seenActiveAtMs: null, notFoundSinceMs: null, owed: null },
    kept: { modifiedTime: '2026-11-23T02:00:01Z', contentHash: 'the same' },
  };
}
