import { decideReport, type ReportSituation } from '../../../shared/deciding/decideReport.ts';
import { netAfterLook, netAtIntent } from '../../../shared/deciding/netAfter.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import {
  type Attempt,
  type Evidence,
  type LearnedFacts,
  nothingLearned,
  type Observation,
  type OddLook,
  type Ownership,
} from '../../../shared/model/ownership.ts';
import type { Report } from '../../../shared/model/report.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import { at } from '../windows/sampleWindow.ts';

/** The instant of every sample: inside a maintenance, long after anything that came before. */
export const NOW = at('2026-03-01T10:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
/** What was read before we paused, and what a pause of ours at nine o'clock makes of it where it moves the time. */
export const BEFORE: Evidence = { modifiedMs: at('2026-02-01T08:00:00Z'), contents: 'description=11111111' };
export const PAUSED_AT = at('2026-03-01T09:00:07Z');
export const ATTEMPT: Attempt = {
  ...{ towards: 'Paused', sentMs: PAUSED_AT, endedMs: null, limitMs: PAUSED_AT + 20_000 },
  ...{ answer: 'unknown', serviceOffsetInMs: 0 },
};

/** The same on the way back. */
export const RESUME_ATTEMPT: Attempt = { ...ATTEMPT, towards: 'Active' };

/** The account's times are known to be moved by our changes, within a second. */
export const TIMES_MOVE: LearnedFacts = {
  ...nothingLearned,
  ...{ changesMoveTime: 'yes', pauseWasRead: true, timeOffset: { minInMs: 0, maxInMs: 1000 } },
};

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
    place: 0,
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
  attempts: [ATTEMPT],
  odd: null,
  lookedMs: PAUSED_AT,
  listed: '',
  chain: {
    readBeforeMs: PAUSED_AT - 1000,
    readActiveMs: PAUSED_AT - 1000,
    pauseSentMs: PAUSED_AT,
    pauseAnsweredMs: null,
    readPausedMs: null,
    resumeSentMs: null,
    readResumedMs: null,
    takenOver: null,
  },
  net: netAtIntent(null, ATTEMPT),
  trail: [],
};

/** The pause was read a second after it was sent. */
const READ_PAUSED_MS = PAUSED_AT + 1000;
const chainPaused = { ...common.chain, pauseAnsweredMs: READ_PAUSED_MS, readPausedMs: READ_PAUSED_MS };
const netPaused = netAfterLook(common.net, { status: 'Paused', readAtMs: READ_PAUSED_MS });
const read = { ...common, chain: chainPaused, net: netPaused };
const back = { ...read, attempts: [RESUME_ATTEMPT], net: netAtIntent(netPaused, RESUME_ATTEMPT) };

type Of<Kind extends Ownership['kind']> = Extract<Ownership, { kind: Kind }>;

export function pausing(fields: Partial<Of<'pausing'>> = {}): Of<'pausing'> {
  return { ...common, kind: 'pausing', before: BEFORE, refuted: 0, ...fields };
}

export function paused(fields: Partial<Of<'paused'>> = {}): Of<'paused'> {
  return { ...read, kind: 'paused', kept: BEFORE, owed: null, ...fields };
}

export function resuming(fields: Partial<Of<'resuming'>> = {}): Of<'resuming'> {
  return { ...back, kind: 'resuming', kept: BEFORE, ...fields };
}

export function resumed(fields: Partial<Of<'resumed'>> = {}): Of<'resumed'> {
  return { ...back, kind: 'resumed', kept: BEFORE, ...fields };
}

export function doubtful(fields: Partial<Of<'doubtful'>> = {}): Of<'doubtful'> {
  return { ...read, kind: 'doubtful', because: 'the times do not fit', ...fields };
}

export function ended(fields: Partial<Of<'ended'>> = {}): Of<'ended'> {
  return { ...common, kind: 'ended', because: 'not_effective', kept: BEFORE, refuted: 0, ...fields };
}

/** It has been seen so once, that long ago. */
export function odd(status: OddLook['status'], agoInMs: number): OddLook {
  return { status, firstMs: NOW - agoInMs, lastMs: NOW - agoInMs };
}

/** The report as a read by id shows it, with the evidence of {@link BEFORE} unless told. */
export function seen(
  reportStatus: Report['reportStatus'],
  fields: Partial<Report> = {},
  readAtMs = NOW,
): Extract<Observation, { kind: 'seen' }> {
  const report = reportWith(1, { ...BEFORE, reportStatus, ...fields });
  return { kind: 'seen', by: 'id', report, readAtMs, serviceOffsetInMs: 0, listed: '' };
}

/** A situation in which a live hold wants an active report that nobody owns. */
export function situationWith(fields: Partial<ReportSituation> = {}): ReportSituation {
  return {
    nowMs: NOW,
    reportId: reportIdOf(1),
    holds: [holdWith()],
    ownership: null,
    observation: seen('Active'),
    learned: nothingLearned,
    isAccountBlind: false,
    nextHoldBeginsSoon: false,
    word: null,
    mode: 'act',
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
