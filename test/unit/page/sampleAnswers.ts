import type { Hold, Report, Window } from '../../../page/asking/answers.ts';

/** The instant of every sample: an evening in winter. */
export const NOW = Date.parse('2026-01-12T21:00:00Z');

/** A report that nothing holds. */
export function reportOf(fields: Partial<Report> = {}): Report {
  return {
    account: 'default',
    reportId: '11111111-0000-4000-8000-000000000001',
    reportName: 'Sales',
    label: 'Sales',
    status: 'Active',
    ownership: null,
    holds: [],
    holdCount: 0,
    expectedResumeUtc: null,
    expectedResumeReason: 'nothing_holds_it',
    reason: 'no_hold',
    message: 'Nothing holds it.',
    attention: [],
    ...fields,
  };
}

/** A report that is paused by us until then; null has no end. */
export function pausedUntil(expectedResumeUtc: string | null, fields: Partial<Report> = {}): Report {
  return reportOf({ status: 'Paused', ownership: 'paused', expectedResumeUtc, ...fields });
}

/** A live hold of a request. */
export function holdOf(fields: Partial<Hold> = {}): Hold {
  return {
    holder: 'request',
    state: 'live',
    who: 'key, calls itself ana',
    why: 'storage move',
    fromUtc: '2026-01-12T20:00:00.000Z',
    untilUtc: '2026-01-13T02:00:00.000Z',
    requestId: null,
    inWords: 'ana',
    ...fields,
  };
}

/** A window that is closed now. */
export function windowOf(fields: Partial<Window> = {}): Window {
  return {
    name: 'nightly',
    account: 'default',
    enabled: true,
    fingerprint: 'f',
    state: 'closed',
    rule: 'At 02:00',
    timeZone: 'Europe/Amsterdam',
    end: '06:00',
    untilResumed: false,
    validFrom: null,
    validTo: null,
    onManualResume: 'respect',
    maxReports: 200,
    now: null,
    said: null,
    next: [occurrence('2026-01-13T01:00:00.000Z', '2026-01-13T05:00:00.000Z')],
    skipDates: [],
    selects: null,
    ...fields,
  };
}

/** From when to when a window is open. */
export function occurrence(fromUtc: string, untilUtc: string | null): Window['next'][number] {
  return { weekday: '', fromUtc, untilUtc, fromLocal: fromUtc, untilLocal: untilUtc };
}
