import { type History, HOUR_IN_MS, MINUTE_IN_MS, reportIdOf } from './history.ts';
import type { Finding } from './judge.ts';
import { type HistoryRecord, versionAt, wasPausedByHuman } from './record.ts';
import { ALARMS, CLOSES } from './statements.ts';

/** What stands is told again in a daily digest at the latest; an hour is for the tick that does it. */
const TOLD_WITHIN_MS = 25 * HOUR_IN_MS;
/** A fault that lasts so long must not keep anybody from learning what is left paused; a report that is hidden for a week is told as gone. */
const LONG_IN_MS = HOUR_IN_MS;
const GONE_IN_MS = 7 * 24 * HOUR_IN_MS;
/** Two periods of five minutes, the ten minutes in which closing looks are made, and ticks. */
const TERMS_IN_MS = 45 * MINUTE_IN_MS;

/**
 * Reports that are paused by us and by nobody else, although every hold has been over for longer than the terms of the
 * net, at the end and at the end of each long fault. An alarm stands that names the report, was told in the last day, and
 * was closed by nothing since.
 */
export function leftPaused(history: History, record: HistoryRecord): readonly Finding[] {
  const ends = history.faults.flatMap(({ kind, fromMs, untilMs }) => {
    const isGone = kind === 'hidden' && untilMs - fromMs >= GONE_IN_MS;
    return untilMs - fromMs >= LONG_IN_MS && !isGone ? [untilMs] : [];
  });
  const found = [record.endMs, ...ends].flatMap((atMs) =>
    [...record.versions.keys()].flatMap((reportId) => leftPausedAt(history, record, reportId, atMs)),
  );
  return [...new Map(found.map((finding) => [finding.reportId, finding])).values()];
}

function leftPausedAt(
  history: History,
  record: HistoryRecord,
  reportId: string,
  atMs: number,
): readonly Finding[] {
  const acts = record.acts.filter((act) => act.reportId === reportId && act.atMs <= atMs);
  const isPaused = versionAt(record.versions.get(reportId) ?? [], atMs)?.status === 'Paused';
  const pause = acts.findLast(({ does, to }) => does === 'pause' && to === 'Paused');
  if (!isPaused || pause?.by !== 'app' || wasPausedByHuman(acts)) return [];
  const isSettled =
    pause.atMs < atMs - TERMS_IN_MS && !isHeldSince(history, record, reportId, atMs - TERMS_IN_MS, atMs);
  if (!isSettled || stoppedWithin(record, atMs) || hasStandingAlarm(record, reportId, atMs)) return [];
  const last = record.told.findLast(
    (one) => one.reportIds.includes(reportId) && one.atMs <= atMs && !one.name.startsWith('answered'),
  );
  const word = last === undefined ? 'none' : `${last.name} at ${new Date(last.atMs).toISOString()}`;
  const detail = `at ${new Date(atMs).toISOString()} the last word about it was ${word}`;
  return [{ aim: 'leftPaused', reportId, atMs: pause.atMs, detail }];
}

/** Whether anybody may have held the report in that time. */
function isHeldSince(
  { windows }: History,
  { asked }: HistoryRecord,
  reportId: string,
  fromMs: number,
  untilMs: number,
): boolean {
  const holds = [
    ...windows.filter(({ letters }) => letters.map(reportIdOf).includes(reportId)),
    ...asked.flatMap((one) =>
      one.asks === 'pause' && one.reportIds.includes(reportId)
        ? [{ fromMs: one.atMs, untilMs: one.untilMs ?? Number.POSITIVE_INFINITY }]
        : [],
    ),
  ];
  return holds.some((hold) => hold.fromMs <= untilMs && hold.untilMs >= fromMs);
}

function stoppedWithin({ stops }: HistoryRecord, atMs: number): boolean {
  return stops.some((stop) => stop.atMs <= atMs && stop.untilMs >= atMs - TERMS_IN_MS);
}

function hasStandingAlarm({ told }: HistoryRecord, reportId: string, atMs: number): boolean {
  const last = told.findLast(
    (one) =>
      one.atMs <= atMs && one.reportIds.includes(reportId) && (ALARMS.has(one.name) || CLOSES.has(one.name)),
  );
  return last !== undefined && ALARMS.has(last.name) && last.atMs >= atMs - TOLD_WITHIN_MS;
}
