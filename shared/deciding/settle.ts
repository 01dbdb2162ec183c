import type { Hold } from '../model/hold.ts';
import type { Evidence, Observation, Ownership, PauseMovesModifiedTime } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { judgeFoundPause, judgeKept } from './judge.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';

type Seen = Extract<Observation, { kind: 'seen' }>;

/** What the evidence makes of an ownership; `wait` names why nothing may be done about the report yet. */
export interface Settled {
  readonly ownership: Ownership | null;
  readonly wait: Reason | null;
  /** What becomes of the report's live holds. */
  readonly holdsBecome: 'live' | 'foreign' | 'dropped';
  readonly events: readonly ReportEvent[];
}

export interface SettleInput {
  readonly nowMs: number;
  readonly ownership: Ownership;
  readonly seen: Seen;
  readonly liveHolds: readonly Hold[];
  readonly learned: PauseMovesModifiedTime;
  readonly takeOver: string | null;
  readonly timing: ReadTiming;
}

/** How far reads are trusted. */
export interface ReadTiming {
  /** After a confirmed pause a read may still show the old status for so long. */
  readonly staleReadGraceInMs: number;
  /** Two reads count as two only when they are this far apart. */
  readonly betweenReadsInMs: number;
}

/** The part of a report that tells whether somebody touched it. */
export function evidenceOf(report: Report): Evidence {
  return { modifiedTime: report.modifiedTime, contentHash: report.contentHash };
}

/** Holds the ledger's word against what was just seen: the rows of "Whose pause is it?". Pure. */
export function settle(input: SettleInput): Settled {
  const ownership = { ...input.ownership, reportName: input.seen.report.reportName, notFoundSinceMs: null };
  const refreshed = { ...input, ownership };
  switch (input.seen.report.reportStatus) {
    case 'Inactive':
      return close(
        refreshed,
        'exhausted',
        'ReportExhausted',
        'its schedule has run out, so nothing is left to resume',
      );
    case 'Active':
      return settleActive(refreshed);
    case 'Paused':
      return settlePaused(refreshed);
  }
}

function settleActive(input: SettleInput): Settled {
  const { ownership, nowMs, timing } = input;
  if (ownership.kind === 'pausing' && isUnderWay(ownership, input)) {
    return keep(ownership, 'attempt_under_way');
  }
  if (ownership.kind === 'pausing' && input.liveHolds.length > 0) {
    return keep(ownership, null);
  }
  if (nowMs < ownership.sinceMs + timing.staleReadGraceInMs) {
    return keep(ownership, 'fresh_read_awaited');
  }
  if (ownership.kind === 'resuming') {
    return close(input, 'back_already', 'ReportResumed', 'the resume had taken effect');
  }
  if (ownership.seenActiveAtMs === null || nowMs < ownership.seenActiveAtMs + timing.betweenReadsInMs) {
    return keep({ ...ownership, seenActiveAtMs: ownership.seenActiveAtMs ?? nowMs }, 'seen_active_once');
  }
  if (input.liveHolds.some((hold) => hold.onManualResume === 'reassert')) {
    return {
      ownership: null,
      wait: null,
      holdsBecome: 'dropped',
      events: [event(input, 'ManualResumeReasserted', 'somebody resumed it; its window pauses it again')],
    };
  }
  return {
    ...close(
      input,
      'manual_resume_respected',
      'ManualResumeRespected',
      'somebody resumed it, and it stays so',
    ),
    holdsBecome: 'dropped',
  };
}

function settlePaused(input: SettleInput): Settled {
  const { nowMs, seen } = input;
  const found = evidenceOf(seen.report);
  const ownership = { ...input.ownership, seenActiveAtMs: null };
  const ours: Ownership = { ...ownership, kind: 'paused', kept: found, owed: null, sinceMs: nowMs };
  switch (ownership.kind) {
    case 'pausing': {
      const { before, attempts } = ownership;
      const verdict = judgeFoundPause({ before, found, attempts, pauseMovesModifiedTime: input.learned });
      return verdict === 'ours'
        ? { ...keep(ours, null), events: [event(input, 'ReportPaused', 'the pause had taken effect')] }
        : doubt(input, 'found paused after an attempt of ours, but the times do not fit');
    }
    case 'doubtful':
      return input.takeOver === null
        ? keep(ownership, 'doubtful')
        : { ...keep(ours, null), events: [event(input, 'ReportTakenOver', input.takeOver)] };
    case 'resuming':
      if (judgeKept(ownership.kept, found) !== 'untouched') {
        return doubt(input, 'found paused after a resume of ours, and changed since');
      }
      return isUnderWay(ownership, input)
        ? keep(ownership, 'attempt_under_way')
        : keep({ ...ours, owed: 'resume_not_done' }, null);
    case 'paused':
      return settleKept(input, ownership, found);
  }
}

function settleKept(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'paused' }>,
  found: Evidence,
): Settled {
  switch (judgeKept(ownership.kept, found)) {
    case 'untouched':
      return keep(ownership, null);
    case 'edited':
      return {
        ...keep({ ...ownership, kept: found }, null),
        events: [
          event(input, 'ReportEdited', 'somebody edited it while it was paused; the pause is still ours'),
        ],
      };
    case 'touched':
      return {
        ...close(
          input,
          'manual_pause_respected',
          'ManualPauseRespected',
          'somebody paused it too; it stays paused',
        ),
        holdsBecome: 'foreign',
      };
  }
}

function isUnderWay(
  ownership: Extract<Ownership, { kind: 'pausing' | 'resuming' }>,
  input: SettleInput,
): boolean {
  const last = ownership.attempts.at(-1);
  return last !== undefined && input.seen.readAtMs + input.seen.serviceOffsetInMs <= last.untilServiceMs;
}

function keep(ownership: Ownership, wait: Reason | null): Settled {
  return { ownership, wait, holdsBecome: 'live', events: [] };
}

function doubt(input: SettleInput, because: string): Settled {
  const { reportId, reportName, queryId } = input.ownership;
  const ownership: Ownership = {
    kind: 'doubtful',
    because,
    reportId,
    reportName,
    queryId,
    sinceMs: input.nowMs,
    seenActiveAtMs: null,
    notFoundSinceMs: null,
  };
  return { ...keep(ownership, 'doubtful'), events: [event(input, 'ReportDoubtful', because)] };
}

function close(input: SettleInput, wait: Reason, name: ReportEvent['name'], detail: string): Settled {
  return { ownership: null, wait, holdsBecome: 'live', events: [event(input, name, detail)] };
}

function event(input: SettleInput, name: ReportEvent['name'], detail: string): ReportEvent {
  const { reportId, reportName } = input.seen.report;
  return { name, reportId, reportName, detail };
}
