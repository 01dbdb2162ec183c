import type { Evidence, Ownership } from '../model/ownership.ts';
import { judgeFoundPause, judgeKept } from './judge.ts';
import type { Settled, SettleInput } from './settled.ts';
import { close, eventOf, isUnderWay, keep } from './settled.ts';

/** A report of the ledger is seen `Paused`: whose pause is it? Pure. */
export function settlePaused(input: SettleInput, found: Evidence): Settled {
  const ownership = { ...input.ownership, seenActiveAtMs: null };
  switch (ownership.kind) {
    case 'pausing':
      return settleFound(input, ownership, found);
    case 'doubtful':
      return input.takeOver === null ? keep(ownership, 'doubtful') : takeOver(input, found, input.takeOver);
    case 'resuming':
      return settleNotResumed(input, ownership, found);
    case 'paused':
      return input.ownership.seenActiveAtMs === null || judgeSince(input, ownership, found) === 'touched'
        ? settleKept(input, ownership, found)
        : doubt(input, found, 'seen active, and paused again: whoever resumed it may have paused it');
  }
}

function settleFound(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'pausing' }>,
  found: Evidence,
): Settled {
  const { before, attempts } = ownership;
  const verdict = judgeFoundPause({ before, found, attempts, pauseMovesModifiedTime: input.learned });
  return verdict === 'ours'
    ? becomesOurs(input, found, 'ReportPaused', 'the pause had taken effect')
    : doubt(input, found, 'found paused after an attempt of ours, but the times do not fit');
}

function settleNotResumed(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'resuming' }>,
  found: Evidence,
): Settled {
  const verdict = judgeSince(input, ownership, found);
  if (verdict === 'edited' || verdict === 'touched') {
    return doubt(input, found, 'found paused after a resume of ours, and changed since');
  }
  if (isUnderWay(ownership, input)) {
    return keep(ownership, 'attempt_under_way');
  }
  const owed = input.liveHolds.length > 0 ? null : 'resume_not_done';
  return keep({ ...common(ownership), kind: 'paused', kept: found, owed }, null);
}

function settleKept(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'paused' }>,
  found: Evidence,
): Settled {
  // Held again, nothing is owed any more.
  const ours = { ...ownership, owed: input.liveHolds.length > 0 ? null : ownership.owed };
  switch (judgeSince(input, ownership, found)) {
    case 'untouched':
    case 'late':
      return keep({ ...ours, kept: found }, null);
    case 'edited': {
      const detail = 'somebody edited it while it was paused; the pause is still ours';
      return {
        ...keep({ ...ours, kept: found }, null),
        events: [eventOf(input, 'ReportEdited', detail)],
      };
    }
    case 'touched': {
      const detail = 'somebody paused it too; it stays paused';
      return {
        ...close(input, 'manual_pause_respected', 'ManualPauseRespected', detail),
        holdsBecome: 'foreign',
      };
    }
  }
}

function judgeSince(
  { seen }: SettleInput,
  { kept, sinceMs }: Extract<Ownership, { kind: 'paused' | 'resuming' }>,
  found: Evidence,
) {
  return judgeKept({ kept, found, confirmedServiceMs: sinceMs + seen.serviceOffsetInMs });
}

function becomesOurs(
  input: SettleInput,
  found: Evidence,
  name: 'ReportPaused' | 'ReportTakenOver',
  detail: string,
): Settled {
  const sinceMs = input.seen.readAtMs;
  const ours: Ownership = { ...common(input.ownership), sinceMs, kind: 'paused', kept: found, owed: null };
  return { ...keep(ours, null), events: [eventOf(input, name, detail)] };
}

function takeOver(input: SettleInput, found: Evidence, why: string): Settled {
  return becomesOurs(input, found, 'ReportTakenOver', why);
}

/** Where a person has asked for the report already, the doubt is settled as it arises. */
function doubt(input: SettleInput, found: Evidence, because: string): Settled {
  if (input.takeOver !== null) {
    return takeOver(input, found, input.takeOver);
  }
  const sinceMs = input.seen.readAtMs;
  const ownership: Ownership = { ...common(input.ownership), sinceMs, kind: 'doubtful', because };
  return { ...keep(ownership, 'doubtful'), events: [eventOf(input, 'ReportDoubtful', because)] };
}

/** What every kind of ownership keeps, and nothing that only one has. */
function common({ reportId, reportName, queryId, sinceMs }: Ownership) {
  return { reportId, reportName, queryId, sinceMs, seenActiveAtMs: null, notFoundSinceMs: null };
}
