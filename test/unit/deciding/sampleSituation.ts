import { decideReport, type ReportSituation } from '../../../shared/deciding/decideReport.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import type { Evidence, Observation, Ownership } from '../../../shared/model/ownership.ts';
import type { Report } from '../../../shared/model/report.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import { at } from '../windows/sampleWindow.ts';

/** The instant of every sample: inside a maintenance, long after anything that came before. */
export const NOW = at('2026-03-01T10:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const TIMING = { staleReadGraceInMs: 2 * MINUTE, betweenReadsInMs: MINUTE };

/** What was read before we paused, and what a pause of ours at nine o'clock makes of it where it moves the time. */
export const BEFORE: Evidence = { modifiedTime: '2026-02-01T08:00:00Z', contentHash: 'content' };
export const PAUSED_AT = at('2026-03-01T09:00:00Z');
export const ATTEMPT = { fromServiceMs: PAUSED_AT, untilServiceMs: PAUSED_AT + 21_000 };

/** A live hold of a request that began an hour and a minute ago and has no end. */
export function holdWith(fields: Partial<Hold> = {}): Hold {
  return {
    holdId: 'request.1',
    reportId: reportIdOf(1),
    holder: { kind: 'request', caller: 'someone' },
    state: 'live',
    who: 'someone',
    why: 'maintenance',
    fromMs: PAUSED_AT - MINUTE,
    untilMs: null,
    onManualResume: 'respect',
    requestId: null,
    createdMs: PAUSED_AT - MINUTE,
    ended: null,
    ...fields,
  };
}

/** A live hold of a window's occurrence, named as {@link windowHoldId} does. */
export function windowHold(window: string, fromMs: number, untilMs: number, fields: Partial<Hold> = {}) {
  const occurrence = new Date(fromMs).toISOString();
  return holdWith({
    holdId: `window.${window}.${occurrence}`,
    holder: { kind: 'window', window, occurrence },
    ...{ who: `window ${window}`, fromMs, untilMs, createdMs: fromMs },
    ...fields,
  });
}

const common = {
  reportId: reportIdOf(1),
  reportName: 'Report 1',
  queryId: reportWith(1).queryId,
  sinceMs: PAUSED_AT,
  seenActiveAtMs: null,
  notFoundSinceMs: null,
};

export function pausing(fields: Partial<Extract<Ownership, { kind: 'pausing' }>> = {}) {
  return { ...common, kind: 'pausing', before: BEFORE, attempts: [ATTEMPT], ...fields } as const;
}

export function paused(fields: Partial<Extract<Ownership, { kind: 'paused' }>> = {}) {
  return { ...common, kind: 'paused', kept: BEFORE, owed: null, ...fields } as const;
}

export function resuming(fields: Partial<Extract<Ownership, { kind: 'resuming' }>> = {}) {
  return { ...common, kind: 'resuming', kept: BEFORE, attempts: [ATTEMPT], ...fields } as const;
}

export function doubtful(fields: Partial<Extract<Ownership, { kind: 'doubtful' }>> = {}) {
  return { ...common, kind: 'doubtful', because: 'the times do not fit', ...fields } as const;
}

/** The report as a read shows it, with the evidence of {@link BEFORE} unless told. */
export function seen(
  reportStatus: Report['reportStatus'],
  fields: Partial<Report> = {},
  readAtMs = NOW,
): Extract<Observation, { kind: 'seen' }> {
  const report = reportWith(1, { ...BEFORE, reportStatus, ...fields });
  return { kind: 'seen', report, readAtMs, serviceOffsetInMs: 0 };
}

/** A situation in which a live hold wants an active report that nobody owns. */
export function situationWith(fields: Partial<ReportSituation> = {}): ReportSituation {
  return {
    nowMs: NOW,
    reportId: reportIdOf(1),
    holds: [holdWith()],
    ownership: null,
    observation: seen('Active'),
    learned: 'unknown',
    nextHoldBeginsSoon: false,
    takeOver: null,
    mode: 'act',
    timing: TIMING,
    ...fields,
  };
}

/** Decides about that situation. */
export function decideWith(fields: Partial<ReportSituation>) {
  return decideReport(situationWith(fields));
}

/** Action and reason, the kind of ownership that stays, the states of the holds, and what is told. */
export function brief({ action, reason, ownership, holds, events }: ReturnType<typeof decideReport>) {
  return {
    does: `${action} ${reason}`,
    owned: ownership?.kind ?? 'none',
    holds: holds.map(({ state }) => state).join(' '),
    tells: events.map(({ name }) => name).join(' '),
  };
}
