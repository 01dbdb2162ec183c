import { type History, MINUTE_IN_MS, reportIdOf, SECOND_IN_MS } from './history.ts';
import type { Finding } from './judge.ts';
import type { Act, Asked, HistoryRecord } from './record.ts';

/** What is asked while a change is sent may be heard after it. */
const MEANWHILE_IN_MS = 2 * SECOND_IN_MS;

/** Answers after which a request holds the report no more. */
const REFUSALS: ReadonlySet<string> = new Set(['answered notFound', 'answered inactive']);

/**
 * Changes of ours that nobody's word stands for: a pause that nothing holds any more, and a resume of what is held, as
 * where a request is done again over what people asked later. Reports that a human touched are left out: what they do
 * ends holds, too.
 */
export function changesOutOfOrder(history: History, record: HistoryRecord): readonly Finding[] {
  const touched = new Set(record.acts.filter(({ by }) => by !== 'app').map(({ reportId }) => reportId));
  return record.acts.flatMap((act): Finding[] => {
    const { by, does, reportId, atMs, from, to } = act;
    if (by !== 'app' || from === to || touched.has(reportId)) return [];
    const sentMs = record.calls.find(({ seq }) => seq === act.call)?.sentMs ?? atMs;
    if (does === 'pause' && !mayBeHeld(history, record, reportId, sentMs)) {
      return [{ aim: 'undone', reportId, atMs, detail: 'paused, though nothing held it any more' }];
    }
    const holder = does === 'resume' ? surelyHeldBy(history, record, act, sentMs) : null;
    return holder === null
      ? []
      : [{ aim: 'undone', reportId, atMs, detail: `resumed, though ${holder} held it` }];
  });
}

/** Whether any hold may be in force, by whatever order requests were taken in that came at the same time. */
function mayBeHeld(
  { windows, tickInMs }: History,
  { asked }: HistoryRecord,
  reportId: string,
  sentMs: number,
): boolean {
  const resumes = asked.filter(
    (one) => isOf(one, 'resume', reportId) && isDone(one) && (one.answeredMs ?? 0) < sentMs - MEANWHILE_IN_MS,
  );
  const isEnded = (fromMs: number, isWindow: boolean) =>
    resumes.some(
      ({ atMs, includeWindows }) =>
        atMs > fromMs && (!isWindow || (includeWindows && !isExemptAt(asked, reportId, atMs))),
    );
  const byWindow = windows.some(
    ({ letters, fromMs, untilMs }) =>
      letters.map(reportIdOf).includes(reportId) &&
      // Who ends the hold of a window before its tick, or while it has none because of an exemption, ends nothing.
      sentMs >= fromMs - tickInMs &&
      sentMs <= untilMs + MEANWHILE_IN_MS &&
      !isEnded(fromMs + tickInMs, true) &&
      !isSurelyExempt(asked, reportId, { sentMs, tickInMs }),
  );
  const byRequest = asked.some(
    (one) =>
      isOf(one, 'pause', reportId) &&
      one.atMs <= sentMs &&
      (one.untilMs ?? 0) >= sentMs - MEANWHILE_IN_MS &&
      !isEnded(one.atMs, false),
  );
  return byWindow || byRequest;
}

/** Who holds the report for certain while it is resumed; null where nobody does. */
function surelyHeldBy(
  { windows, tickInMs }: History,
  { asked, told }: HistoryRecord,
  { reportId }: Act,
  sentMs: number,
): string | null {
  // Of several reports one may be told as what cannot be paused; its hold ends with that word.
  const wasRefused = ({ answeredMs }: Asked) =>
    told.some(
      ({ atMs, name, reportIds }) =>
        atMs === answeredMs && REFUSALS.has(name) && reportIds.includes(reportId),
    );
  const isEndedAfter = (fromMs: number) =>
    asked.some(
      (one) => isOf(one, 'resume', reportId) && (one.answeredMs ?? sentMs) >= fromMs && one.atMs <= sentMs,
    );
  const window = windows.find(
    ({ letters, fromMs, untilMs }) =>
      letters.map(reportIdOf).includes(reportId) &&
      sentMs > fromMs + 2 * tickInMs &&
      sentMs < untilMs - tickInMs &&
      !asked.some((one) => one.includeWindows && isOf(one, 'resume', reportId)) &&
      !isExemptAt(asked, reportId, sentMs),
  );
  const request = asked.find(
    (one) =>
      isOf(one, 'pause', reportId) &&
      isDone(one) &&
      !wasRefused(one) &&
      (one.answeredMs ?? sentMs) < sentMs - MEANWHILE_IN_MS &&
      (one.untilMs ?? 0) > sentMs + tickInMs &&
      !isEndedAfter(one.atMs),
  );
  return window !== undefined ? `window ${window.name}` : request !== undefined ? 'a request' : null;
}

/** A run goes by what was so when it began, and a process may stand still in the middle of one. */
const RUN_LASTS_MS = 10 * MINUTE_IN_MS;

/** Whether no window may have the report paused any more; one that ends within a tick brings nothing back in between. */
function isSurelyExempt(
  asked: readonly Asked[],
  reportId: string,
  { sentMs, tickInMs }: { readonly sentMs: number; readonly tickInMs: number },
): boolean {
  return asked.some(
    (one) =>
      isOf(one, 'exempt', reportId) &&
      isDone(one) &&
      (one.answeredMs ?? sentMs) < sentMs - RUN_LASTS_MS &&
      (one.untilMs ?? 0) > sentMs + tickInMs,
  );
}

/** Whether no window may have a hold on the report at that instant, because of an exemption. */
function isExemptAt(asked: readonly Asked[], reportId: string, atMs: number): boolean {
  return asked.some(
    (one) => isOf(one, 'exempt', reportId) && one.atMs <= atMs && (one.untilMs ?? 0) + RUN_LASTS_MS >= atMs,
  );
}

function isOf({ asks, reportIds }: Asked, wanted: Asked['asks'], reportId: string): boolean {
  return asks === wanted && reportIds.includes(reportId);
}

function isDone({ status }: Asked): boolean {
  return status !== null && status >= 200 && status < 300;
}
