import type { DecideInput } from '../../shared/deciding/decide.ts';
import { windowHoldId } from '../../shared/deciding/reconcileHolds.ts';
import type { Hold } from '../../shared/model/hold.ts';
import { nothingLearned, type Observation, type Ownership } from '../../shared/model/ownership.ts';
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
    words: new Map(),
    learned: { ...nothingLearned, changesMoveTime: 'yes', pauseWasRead: true },
    observations: new Map(ids.map((reportId, at) => [reportId, seen(reportId, at, isHeld)])),
    mode: 'act',
    tickInMs: 300_000,
  };
}

const MODIFIED_MS = Date.parse('2026-11-23T02:00:01Z');
const CONTENTS = 'reportname=0a1b2c3d;starttime=4e5f6071';

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
    excludeNamePatterns: ['keep *'],
    schedule: {
      kind: 'recurring',
      start: '0 2 * * *',
      end: { kind: 'afterDuration', durationMs: UNTIL_MS - FROM_MS },
      timeZone: 'UTC',
      ...{ validFrom: null, validTo: null, skipDates: [] },
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
      modifiedMs: MODIFIED_MS,
    },
    ...{ startTimeMs: FROM_MS, recurrenceIntervalInHours: 24, recurrenceCount: 100, contents: CONTENTS },
  };
  return { kind: 'seen', by: 'list', report, readAtMs: NOW_MS, serviceOffsetInMs: 0, listed: '' };
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
    ...{ onManualResume: 'respect', requestId: null, createdMs: FROM_MS, place: 0, ended: null },
  };
}

function ownershipOf(reportId: string): Ownership {
  return {
    ...{ kind: 'paused', reportId, reportName: 'report', queryId: reportId, sinceMs: FROM_MS },
    ...{ attempts: [], odd: null, lookedMs: FROM_MS, listed: '', trail: [], owed: null },
    kept: { modifiedMs: MODIFIED_MS, contents: CONTENTS },
    chain: {
      ...{ readBeforeMs: null, readActiveMs: null, pauseSentMs: FROM_MS, pauseAnsweredMs: FROM_MS },
      ...{ readPausedMs: FROM_MS, resumeSentMs: null, readResumedMs: null, takenOver: null },
    },
    net: {
      ...{ openedMs: FROM_MS, lastLimitMs: FROM_MS, wasEffective: true, towards: 'Paused' },
      ...{ readPausedMs: FROM_MS, readActiveMs: null, standsActive: null, unheldSinceMs: null, closed: null },
    },
  };
}
