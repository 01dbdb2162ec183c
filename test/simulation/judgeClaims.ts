import { type History, MINUTE_IN_MS, reportIdOf, SECOND_IN_MS, type Status } from './history.ts';
import type { Finding } from './judge.ts';
import { type HistoryRecord, type Told, versionAt, wasPausedByHuman } from './record.ts';
import { NEUTRAL } from './statements.ts';

/** What a claim says that the report is; other statements claim nothing. */
const CLAIMS: Readonly<Record<string, Status>> = {
  ReportPaused: 'Paused',
  ReportResumed: 'Active',
  'answered paused': 'Paused',
  'answered resumed': 'Active',
};

/** What says only what was seen, whoever brought it about. */
const SEEN: Readonly<Record<string, Status>> = {
  ForeignPauseFound: 'Paused',
  'answered foreign': 'Paused',
  'answered alreadyPaused': 'Paused',
  'answered alreadyActive': 'Active',
};

/** What says that a person did it. */
const BLAMES: Readonly<Record<string, 'pause' | 'resume'>> = {
  ForeignPauseFound: 'pause',
  ManualResumeReasserted: 'resume',
  ManualResumeRespected: 'resume',
};

/** An effect may come so long after the answer, and reads may be so far behind. */
const EFFECT_WITHIN_MS = 180 * SECOND_IN_MS;
/** What was read is told within so long, a run's other work included. */
const READ_WITHIN_MS = 30 * SECOND_IN_MS;
/** Before the claim, where no request tells when the change began. */
const BEGAN_WITHIN_MS = 10 * MINUTE_IN_MS;
/** Two looks, three minutes apart, the first three minutes after the attempt, and a tick of five minutes for each. */
const LOOKED_WITHIN_MS = 20 * MINUTE_IN_MS;

/**
 * Claims of a pause or a resume that never was, and that nothing told later takes back. A pause whose hold, or whose
 * process, was over before the looks were due is not judged: nobody had to look.
 */
export function claimsWithoutEffect(history: History, record: HistoryRecord): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const told of record.told) {
    const blamed = BLAMES[told.name];
    for (const reportId of blamed === undefined ? [] : told.reportIds) {
      if (blamed === undefined || wasDoneByHuman(record, told, reportId, blamed)) continue;
      const detail = `${told.name}, but nobody else had ${blamed}d it`;
      findings.set(`${reportId} ${blamed}`, { aim: 'falseClaim', reportId, atMs: told.atMs, detail });
    }
    const claimed = CLAIMS[told.name] ?? SEEN[told.name];
    for (const reportId of claimed === undefined ? [] : told.reportIds) {
      if (claimed === undefined || findings.has(`${reportId} ${claimed}`)) continue;
      if (wasSo(history, record, told, reportId, claimed) || isTakenBack(record, told, reportId, claimed))
        continue;
      if (claimed === 'Paused' && !isLookedAt(history, record, told, reportId)) continue;
      const detail = `${told.name}, but it was not ${claimed}`;
      findings.set(`${reportId} ${claimed}`, { aim: 'falseClaim', reportId, atMs: told.atMs, detail });
    }
  }
  return [...findings.values()];
}

/** Whether a person had resumed the report by then, or paused it since it was last Active. */
function wasDoneByHuman(
  { acts, versions }: HistoryRecord,
  { atMs }: Told,
  reportId: string,
  does: 'pause' | 'resume',
): boolean {
  const before = acts.filter((act) => act.reportId === reportId && act.atMs <= atMs);
  if (does === 'resume') return before.some((act) => act.by === 'human' && act.does === 'resume');
  return versionAt(versions.get(reportId) ?? [], atMs)?.status !== 'Paused' || wasPausedByHuman(before);
}

/** Whether the report was what is claimed at any instant from the request on until an effect could come no more. */
function wasSo(
  { service }: History,
  { calls, versions }: HistoryRecord,
  told: Told,
  reportId: string,
  claimed: Status,
): boolean {
  const verb = claimed === 'Paused' ? 'pause' : 'resume';
  const sent = calls.findLast(
    (call) => call.reportId === reportId && call.kind === verb && call.sentMs <= told.atMs,
  );
  const isSeen = told.name in SEEN;
  const behindInMs = Math.max(...service.replicasBehindInMs) + READ_WITHIN_MS;
  const fromMs = isSeen ? told.atMs - behindInMs : Math.max(sent?.sentMs ?? 0, told.atMs - BEGAN_WITHIN_MS);
  const lastMs = isSeen ? told.atMs : told.atMs + EFFECT_WITHIN_MS;
  const known = versions.get(reportId) ?? [];
  return known.some(({ fromMs: sinceMs, status }, at) => {
    const untilMs = known[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    // What is gone, or has run out, is paused or resumed by nobody any more: nothing is claimed falsely of it.
    const isAsClaimed = status === claimed || (claimed === 'Active' && status !== 'Paused');
    return isAsClaimed && sinceMs <= lastMs && untilMs > fromMs;
  });
}

/** Whether anything told later says otherwise, or a later change took effect. */
function isTakenBack(record: HistoryRecord, claim: Told, reportId: string, claimed: Status): boolean {
  const effect = record.acts.some(
    (act) =>
      act.reportId === reportId &&
      act.atMs > claim.atMs &&
      act.by === 'app' &&
      act.to === claimed &&
      act.from !== claimed,
  );
  // To call our own failure a human's will takes nothing back.
  const wasResumedByHuman = record.acts.some(
    ({ by, does, ...act }) => act.reportId === reportId && by === 'human' && does === 'resume',
  );
  const otherwise = record.told.some(
    ({ name, reportIds, atMs }) =>
      atMs >= claim.atMs &&
      reportIds.includes(reportId) &&
      !NEUTRAL.has(name) &&
      (CLAIMS[name] ?? SEEN[name]) !== claimed &&
      !(name === 'ManualResumeRespected' && !wasResumedByHuman),
  );
  return effect || otherwise;
}

/** Whether the report was to stay paused, and could be read, until two looks had been due. */
function isLookedAt(history: History, record: HistoryRecord, { atMs }: Told, reportId: string): boolean {
  const untilMs = atMs + LOOKED_WITHIN_MS;
  const isWithin = (instantMs: number) => instantMs > atMs - MINUTE_IN_MS && instantMs <= untilMs;
  const touches = (one: { readonly fromMs: number; readonly untilMs: number }) =>
    one.fromMs <= untilMs && one.untilMs >= atMs;
  const ends = [
    ...history.windows.flatMap((one) =>
      one.letters.map(reportIdOf).includes(reportId) ? [one.untilMs] : [],
    ),
    ...record.asked.flatMap((one) => (one.reportIds.includes(reportId) ? [one.untilMs ?? one.atMs] : [])),
    // What is left out of windows is resumed by the next tick, and taken in again by that after its end.
    ...record.asked.flatMap(({ asks, reportIds, atMs: askedMs, untilMs: exemptMs }) =>
      asks === 'exempt' && reportIds.includes(reportId)
        ? [
            askedMs,
            askedMs + history.tickInMs,
            askedMs + 2 * history.tickInMs,
            (exemptMs ?? 0) + history.tickInMs,
          ]
        : [],
    ),
  ];
  const acted = record.acts.some(
    (act) => act.reportId === reportId && act.by !== 'app' && isWithin(act.atMs),
  );
  const stopped = record.stops.some((stop) => touches({ fromMs: stop.atMs, untilMs: stop.untilMs }));
  const hidden = history.faults.some((fault) => fault.kind !== 'put' && touches(fault));
  return !ends.some(isWithin) && !acted && !stopped && !hidden;
}
