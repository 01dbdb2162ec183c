import type { History } from './history.ts';
import { claimsWithoutEffect } from './judgeClaims.ts';
import { leftPaused } from './judgeLeft.ts';
import { changesOutOfOrder } from './judgeOrder.ts';
import { judgeResumes } from './judgeResumes.ts';
import type { HistoryRecord } from './record.ts';
import { ALARMS, THREW } from './statements.ts';

/** What no one can know; the tests of the judge tell each, and what looks like it and is none. */
export type Unknowable = 'U1' | 'U2' | 'U3' | 'U4' | 'U5' | 'U6';

/** What the app did against its aims. */
export type Aim =
  /** A human's pause was resumed by us, though it could be known. */
  | 'humanResumed'
  /** Paused by us, without a hold, and no alarm stands. */
  | 'leftPaused'
  /** `paused` or `resumed` was told, was not so, and was never taken back. */
  | 'falseClaim'
  /** A change of ours that no word of anybody stood for any more. */
  | 'undone'
  /** An error came out of the app. */
  | 'threw'
  /** Doubt although nobody touched the report and no process stopped; a few in many histories may be. */
  | 'needlessDoubt'
  /** An alarm in a history without fault, stop or human. */
  | 'needlessAlarm';

/** One thing that should not be, in words for whoever mends it. */
export interface Finding {
  readonly aim: Aim;
  readonly reportId: string;
  readonly atMs: number;
  readonly detail: string;
}

/** What the judge makes of one history. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** Resumes of a human's pause that nobody could have known of, by why. */
  readonly excused: readonly Unknowable[];
}

/** Judges by the record alone: what was so, what was asked, sent and told; never by the ledger. Pure. */
export function judge(history: History, record: HistoryRecord): Verdict {
  const resumes = judgeResumes(history, record);
  return {
    findings: [
      ...resumes.findings,
      ...leftPaused(history, record),
      ...claimsWithoutEffect(history, record),
      ...changesOutOfOrder(history, record),
      ...thrown(record),
      ...needlessDoubts(history, record),
      ...needlessAlarms(history, record),
    ],
    excused: resumes.excused,
  };
}

function thrown({ told }: HistoryRecord): readonly Finding[] {
  return told.flatMap(({ name, atMs, text }) =>
    name === THREW ? [{ aim: 'threw' as const, reportId: '', atMs, detail: text.slice(0, 600) }] : [],
  );
}

/** At most one a report: doubt is told again until it is settled. */
function needlessDoubts({ service }: History, { told, acts, stops }: HistoryRecord): readonly Finding[] {
  if (stops.length > 0 || movesByItself(service)) return [];
  const touched = new Set(acts.filter(({ by }) => by === 'human').map(({ reportId }) => reportId));
  const doubts = new Map<string, Finding>();
  for (const { name, reportIds, atMs, text } of told) {
    for (const reportId of name === 'ReportDoubtful' ? reportIds : []) {
      if (touched.has(reportId) || doubts.has(reportId)) continue;
      doubts.set(reportId, {
        aim: 'needlessDoubt',
        reportId,
        atMs,
        detail: /"detail":"([^"]*)/.exec(text)?.[1] ?? '',
      });
    }
  }
  return [...doubts.values()];
}

function needlessAlarms(history: History, { told }: HistoryRecord): readonly Finding[] {
  const { service, faults, humans, kills } = history;
  if (faults.length > 0 || humans.length > 0 || kills.length > 0 || movesByItself(service)) return [];
  const alarms = new Map<string, Finding>();
  for (const { name, reportIds, atMs } of told) {
    const [reportId = ''] = reportIds;
    const key = `${name} ${reportId}`;
    if (ALARMS.has(name) && !alarms.has(key)) {
      alarms.set(key, { aim: 'needlessAlarm', reportId, atMs, detail: name });
    }
  }
  return [...alarms.values()];
}

/** Until it is learned that times move by themselves they look like a human's, and then there is one alarm. */
function movesByItself({ time }: History['service']): boolean {
  return time === 'byItself';
}
