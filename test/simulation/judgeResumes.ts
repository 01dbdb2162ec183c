import { type History, MINUTE_IN_MS, SECOND_IN_MS } from './history.ts';
import type { Finding, Unknowable } from './judge.ts';
import { type Act, type Call, type HistoryRecord, type Look, versionAt } from './record.ts';

/** An attempt is over after so long, whatever happens. */
const ATTEMPT_IN_MS = 30 * SECOND_IN_MS;
/** Reads by id count as so far behind, and a second look comes so much later. */
const LOOKS_APART_IN_MS = 3 * MINUTE_IN_MS;
/** A read stands for what is sent right after it. */
const READ_STANDS_IN_MS = 2.5 * SECOND_IN_MS;
/** What a process read so shortly before it ended it may not have written down. */
const LOST_WITHIN_MS = 10 * SECOND_IN_MS;
/** After an unclear attempt the report is read at once; the outcome counts as read within so long of the attempt's end. */
const READ_AT_ONCE_IN_MS = 10 * SECOND_IN_MS;
/** An odd look is repeated twice, two seconds apart. */
const REPEATED_WITHIN_MS = 4 * SECOND_IN_MS;
/** By how much the times of two clocks may differ until it was learned. */
const CLOCKS_APART_IN_MS = 2 * MINUTE_IN_MS;
/** And by how much once it was: `Date` has whole seconds, and answers take a while. */
const LEARNED_WITHIN_MS = 30 * SECOND_IN_MS;
/** While a report is held its account is listed so often. */
const LISTED_EVERY_MS = 5 * MINUTE_IN_MS;

interface Judged {
  readonly findings: readonly Finding[];
  readonly excused: readonly Unknowable[];
}

/** Resumes of ours that ended a human's pause: which could have been known, and why the others could not. */
export function judgeResumes(history: History, record: HistoryRecord): Judged {
  const findings: Finding[] = [];
  const excused: Unknowable[] = [];
  for (const resume of record.acts) {
    const isOurs = resume.by === 'app' && resume.does === 'resume' && resume.from === 'Paused';
    const humans = isOurs ? humanPausesBefore(record.acts, resume) : [];
    if (humans.length === 0) continue;
    const human = humans.find((one) => whyUnknowable(history, record, { resume, human: one }) === null);
    if (human === undefined) {
      excused.push(...humans.map((one) => whyUnknowable(history, record, { resume, human: one }) ?? 'U3'));
      continue;
    }
    const detail = `a human had paused it at ${new Date(human.atMs).toISOString()}`;
    findings.push({ aim: 'humanResumed', reportId: resume.reportId, atMs: resume.atMs, detail });
  }
  return { findings, excused };
}

/** The pauses by humans in the pause that the resume ended; none where no human paused it. */
function humanPausesBefore(acts: readonly Act[], resume: Act): readonly Act[] {
  const before = acts.slice(0, acts.indexOf(resume)).filter(({ reportId }) => reportId === resume.reportId);
  const begin = before.findLastIndex(({ from, to }) => from !== 'Paused' && to === 'Paused');
  const byHumans = before
    .slice(Math.max(0, begin))
    .filter(({ by, does, to }) => by === 'human' && does === 'pause' && to === 'Paused');
  return begin === -1 ? [pausedLongAgo(resume), ...byHumans] : byHumans;
}

/** Who had paused it before the history began is a human too, and left no act. */
function pausedLongAgo(resume: Act): Act {
  return { ...resume, atMs: 0, by: 'human', does: 'pause', from: 'Active', to: 'Paused', call: null };
}

interface Case {
  readonly resume: Act;
  readonly human: Act;
}

/** Why nobody could have known that the pause was a human's; null where it could be known. */
function whyUnknowable(history: History, record: HistoryRecord, { resume, human }: Case): Unknowable | null {
  const { reportId } = resume;
  const sent = record.calls.find(({ seq }) => seq === resume.call);
  if (sent === undefined) return null;
  const looks = looksAt(record, reportId);
  const read = readBefore(history, record, looks, sent);
  // Pausing what is paused shows in the time alone, which may not move, or be stored late.
  if (human.from === human.to && history.service.time !== 'always') return 'U3';
  const tracedMs = human.atMs + history.service.timeLateInMs;
  if (human.atMs > read.servedMs) return 'U1';
  if ((human.from === human.to ? tracedMs : human.atMs) > read.shownMs) return 'U5';

  const attempts = record.calls.filter(
    (call) => call.reportId === reportId && call.sentMs < sent.sentMs && call.seq !== sent.seq,
  );
  for (const attempt of attempts) {
    const told = { attempt, human, looks, isTimeShown: tracedMs <= read.shownMs };
    const why =
      attempt.kind === 'pause'
        ? whyByPause(history, record, told)
        : attempt.kind === 'resume'
          ? whyByResume(history, record, told)
          : null;
    if (why !== null) return why;
  }
  return whyByEarlier(history, record, { resume, human }, { looks, isTimeShown: tracedMs <= read.shownMs });
}

/**
 * A human's pause that nobody could tell from ours counts as ours from then on: that human resumed it and paused it again, and
 * between the looks nothing showed it.
 */
function whyByEarlier(
  history: History,
  record: HistoryRecord,
  { resume, human }: Case,
  { looks, isTimeShown }: { readonly looks: readonly Looked[]; readonly isTimeShown: boolean },
): Unknowable | null {
  const { service } = history;
  const { reportId } = human;
  const before = record.acts.slice(0, record.acts.indexOf(human)).filter((act) => act.reportId === reportId);
  const resumed = before.findLast(({ from, to }) => from === 'Paused' && to === 'Active');
  const earlier = before.findLast(
    ({ by, from, to, atMs }) =>
      by === 'human' && from !== 'Paused' && to === 'Paused' && atMs < (resumed?.atMs ?? 0),
  );
  if (resumed?.by !== 'human' || earlier === undefined) return null;
  const away = { fromMs: resumed.atMs, untilMs: human.atMs };
  const wasSeen = looks.some(({ look }) => look.asOfMs >= away.fromMs && look.asOfMs < away.untilMs);
  const isTold = service.time !== 'never' && isTimeShown && !service.missing.get.includes('modifiedTime');
  if (wasSeen || isTold || hadToBeSeen(history, record, away)) return null;
  return whyUnknowable(history, record, { resume, human: earlier }) === null ? null : 'U3';
}

interface Looked {
  readonly answeredMs: number;
  readonly look: Look;
}

/** Reads by id that were answered, were not lost with their process, and showed what was so; oldest first. */
function looksAt({ calls, stops }: HistoryRecord, reportId: string): readonly Looked[] {
  const isLost = (process: string, answeredMs: number) =>
    stops.some(
      (stop) =>
        stop.kind === 'ends' &&
        stop.process === process &&
        stop.atMs >= answeredMs &&
        stop.atMs <= answeredMs + LOST_WITHIN_MS,
    );
  return calls
    .filter((call) => call.kind === 'get' && call.reportId === reportId)
    .flatMap(({ process, answeredMs, looks }) =>
      looks.flatMap((look) =>
        answeredMs === null || look.isGlitch || isLost(process, answeredMs) ? [] : [{ answeredMs, look }],
      ),
    );
}

/** What the last read by id before that call showed, or would have shown where there was none in time. */
function readBefore(
  { service }: History,
  { stops }: HistoryRecord,
  looks: readonly Looked[],
  { sentMs, process }: Call,
): { readonly shownMs: number; readonly servedMs: number } {
  const last = looks.findLast(({ answeredMs }) => answeredMs <= sentMs);
  const stoodStill = (sinceMs: number) =>
    stops.some(
      (stop) =>
        stop.process === process && stop.isAtRequest && stop.atMs >= sinceMs && stop.untilMs <= sentMs,
    );
  const isInTime =
    last !== undefined && (last.answeredMs >= sentMs - READ_STANDS_IN_MS || stoodStill(last.answeredMs));
  return isInTime
    ? { shownMs: last.look.asOfMs, servedMs: last.answeredMs - service.latencyInMs }
    : { shownMs: sentMs - Math.max(...service.replicasBehindInMs), servedMs: sentMs };
}

interface Attempted {
  readonly attempt: Call;
  readonly human: Act;
  readonly looks: readonly Looked[];
  /** Whether the read before the resume could show the time of the human's pause. */
  readonly isTimeShown: boolean;
}

/**
 * Whether nobody could tell a human's pause after our resume from ours. A resume leaves no stamp on what is paused, so a time that
 * moved tells, however soon it moved.
 */
function whyByResume(history: History, record: HistoryRecord, told: Attempted): Unknowable | null {
  const { attempt, human, looks } = told;
  const { effectMs, sentMs } = attempt;
  if (movesTime(history, human) && told.isTimeShown) {
    const fromMs = sentMs - READ_STANDS_IN_MS;
    return human.atMs > fromMs && wasEdited(record, human.reportId, { fromMs, looks, human }) ? 'U4' : null;
  }
  if (effectMs === null) {
    const isSoon =
      human.atMs > sentMs - READ_STANDS_IN_MS && human.atMs <= sentMs + ATTEMPT_IN_MS + LOOKS_APART_IN_MS;
    const wasSeen = looks.some(
      ({ look }) => look.status === 'Active' && look.asOfMs >= sentMs && look.asOfMs < human.atMs,
    );
    return isSoon && !wasSeen ? 'U3' : null;
  }
  if (human.atMs <= effectMs) return null;
  const next = looks.find(({ look }) => look.asOfMs >= effectMs);
  return whileUnclear(history, record, told, next);
}

/**
 * A human paused between an unclear attempt and our next look. The report is read at once, so a look that never came, and
 * that nothing hindered, excuses only as long as the attempt could still take effect.
 */
function whileUnclear(
  history: History,
  record: HistoryRecord,
  told: Attempted,
  next: Looked | undefined,
): Unknowable | null {
  const { attempt, human, looks } = told;
  const overMs = attempt.sentMs + ATTEMPT_IN_MS;
  const endedMs = Math.min(overMs, attempt.answeredMs ?? overMs);
  const isBeforeLook = next === undefined || human.atMs <= next.look.asOfMs;
  const isAtOnce = next !== undefined && next.answeredMs <= endedMs + READ_AT_ONCE_IN_MS;
  if (isBeforeLook && isAtOnce) return 'U2';
  // Only a look from then on shows that the attempt had no effect and will have none.
  const pastMs = overMs + LOOKS_APART_IN_MS;
  if (looks.some(({ look }) => look.asOfMs >= pastMs && look.asOfMs < human.atMs)) return null;
  const hadToLook =
    human.atMs > pastMs + 2 * history.tickInMs + MINUTE_IN_MS &&
    !isHindered(history, record, attempt.sentMs, human.atMs);
  // An edit moves the time too, and is ours to bear.
  const isEdited = wasEdited(record, human.reportId, { fromMs: attempt.sentMs, looks, human });
  return hadToLook || (timesTell(history, record, told) && !isEdited) ? null : 'U2';
}

/** Whether a process stopped, or the service did not let itself be read, in that time. */
function isHindered({ faults }: History, { stops }: HistoryRecord, fromMs: number, untilMs: number): boolean {
  return (
    stops.some((stop) => stop.atMs < untilMs && stop.untilMs > fromMs) ||
    faults.some((fault) => fault.kind !== 'put' && fault.fromMs < untilMs && fault.untilMs > fromMs)
  );
}

/** Whether this attempt of ours made the human's pause look like ours, so that nobody could tell. */
function whyByPause(history: History, record: HistoryRecord, told: Attempted): Unknowable | null {
  const { attempt, human, looks } = told;
  const overMs = attempt.sentMs + ATTEMPT_IN_MS;
  const effectMs = attempt.effectMs ?? attempt.sentMs;
  const { shownMs: readMs } = readBefore(history, record, looks, attempt);
  if (human.atMs > readMs && human.atMs <= effectMs) return 'U1';
  if (human.atMs <= readMs) return null;

  const { reportId } = human;
  const between = (fromMs: number, untilMs: number) =>
    looks.filter(({ look }) => look.asOfMs >= fromMs && look.asOfMs < untilMs);
  const next = looks.find(({ look }) => look.asOfMs > attempt.sentMs);
  const wasEffective = record.acts.some(
    ({ call, from, to }) => call === attempt.seq && from !== 'Paused' && to === 'Paused',
  );
  if (!wasEffective) {
    return whileUnclear(history, record, told, next);
  }

  const resumed = record.acts.find(
    (act) =>
      act.reportId === reportId &&
      act.from === 'Paused' &&
      act.to === 'Active' &&
      act.atMs > effectMs &&
      act.atMs < human.atMs,
  );
  if (resumed?.by === 'app') return null;
  const fromMs = resumed?.atMs ?? effectMs;
  // Pausing once more what is paused already leaves nothing to be seen that the first pause did not.
  const pausedAgainMs =
    record.acts.find(
      (act) =>
        act.reportId === reportId &&
        act.atMs >= fromMs &&
        act.from !== 'Paused' &&
        act.to === 'Paused' &&
        act.atMs > effectMs,
    )?.atMs ?? human.atMs;
  const settledMs = overMs + LOOKS_APART_IN_MS;
  const wasReadPaused = between(effectMs, fromMs).some(({ look }) => look.status === 'Paused');
  const unseen = resumed !== undefined && !wasReadPaused ? 'U6' : 'U3';
  if (Math.min(human.atMs, pausedAgainMs) <= settledMs) return unseen;
  if (resumed !== undefined) {
    // Until our pause was read, a report that is active may only be waiting for it, as long as it can come.
    const stood = {
      fromMs: wasReadPaused ? resumed.atMs : Math.max(resumed.atMs, settledMs),
      untilMs: pausedAgainMs,
    };
    // A look that the next two outvote is a glitch, unless the list agrees with it.
    const outvotedFromMs = pausedAgainMs - REPEATED_WITHIN_MS - 3 * history.service.latencyInMs;
    const wasSeen = between(stood.fromMs, stood.untilMs).some(
      ({ answeredMs }) => answeredMs < outvotedFromMs || wasListedActive(record, reportId, stood),
    );
    if (wasSeen || hadToBeSeen(history, record, stood)) return null;
  }
  if (wasEdited(record, reportId, { fromMs, looks, human })) return 'U4';
  return timesTell(history, record, told) ? null : unseen;
}

/** Whether a list showed the report active in that time. */
function wasListedActive(
  { calls }: HistoryRecord,
  reportId: string,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): boolean {
  return calls.some(
    ({ kind, answeredMs, looks }) =>
      kind === 'list' &&
      answeredMs !== null &&
      looks.some(
        (look) =>
          look.reportId === reportId &&
          look.status === 'Active' &&
          look.asOfMs >= fromMs &&
          look.asOfMs < untilMs,
      ),
  );
}

/** Whether `modifiedTime` shows the human's pause apart from what our attempt may have written. */
function timesTell(
  history: History,
  record: HistoryRecord,
  { attempt, human, isTimeShown }: Attempted,
): boolean {
  const { service } = history;
  if (!movesTime(history, human) || !isTimeShown) return false;
  // Until a pause of ours was read, nobody knows how far the clock that writes the time is from the one of `Date`.
  const apartInMs = service.timeAheadInMs - service.dateAheadInMs;
  const isLearned = record.acts.some(
    ({ by, does, to, atMs }) => by === 'app' && does === 'pause' && to === 'Paused' && atMs < attempt.sentMs,
  );
  const marginInMs =
    (isLearned ? LEARNED_WITHIN_MS : CLOCKS_APART_IN_MS) + service.resolutionInMs + service.timeLateInMs;
  // What was accepted may take effect late.
  const lateInMs = attempt.answer.startsWith('shows') ? LOOKS_APART_IN_MS : 0;
  const isOutside = (atMs: number) =>
    atMs < attempt.sentMs - marginInMs || atMs > attempt.sentMs + ATTEMPT_IN_MS + lateInMs + marginInMs;
  return isOutside(human.atMs) && (isLearned || isOutside(human.atMs + apartInMs));
}

/** Whether what the human did moves a time that reads by id show, and nothing else moves it. */
function movesTime({ service }: History, { from, to }: Act): boolean {
  const isMoved = service.time === 'always' || (service.time === 'onChange' && from !== to);
  return isMoved && !service.missing.get.includes('modifiedTime');
}

/** Whether the report stood Active for so long that a list had to show it and a read to confirm it. */
function hadToBeSeen(
  history: History,
  record: HistoryRecord,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): boolean {
  const { service, tickInMs } = history;
  const lagsInMs = service.listLagInMs + Math.max(...service.replicasBehindInMs);
  const isLong = untilMs - fromMs > LISTED_EVERY_MS + 2 * tickInMs + lagsInMs + MINUTE_IN_MS;
  return isLong && !isHindered(history, record, fromMs, untilMs);
}

/** Whether a human edited the report between the looks before and after. */
function wasEdited(
  { acts, versions }: HistoryRecord,
  reportId: string,
  {
    fromMs,
    looks,
    human,
  }: { readonly fromMs: number; readonly looks: readonly Looked[]; readonly human: Act },
): boolean {
  const before = looks.findLast(({ look }) => look.asOfMs <= fromMs)?.look.asOfMs ?? 0;
  const after = looks.find(({ look }) => look.asOfMs >= human.atMs)?.look.asOfMs ?? Number.POSITIVE_INFINITY;
  const isThere = versionAt(versions.get(reportId) ?? [], human.atMs) !== null;
  return (
    isThere &&
    acts.some(
      (act) => act.reportId === reportId && act.does === 'edit' && act.atMs > before && act.atMs <= after,
    )
  );
}
