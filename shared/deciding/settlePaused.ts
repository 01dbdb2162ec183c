import type { Evidence, Ownership } from '../model/ownership.ts';
import { judgeFoundPause, judgeKept } from './judge.ts';
import type { Settled, SettleInput } from './settle.ts';
import { close, eventOf, isUnderWay, keep } from './settled.ts';

/** A report of the ledger is seen `Paused`: whose pause is it? Pure. */
export function settlePaused(input: SettleInput, found: Evidence): Settled {
  const ownership = { ...input.ownership, seenActiveAtMs: null };
  switch (ownership.kind) {
    case 'pausing':
      return settleFound(input, ownership, found);
    case 'doubtful':
      return input.takeOver === null
        ? keep(ownership, 'doubtful')
        : becomesOurs(input, ownership, found, 'ReportTakenOver', input.takeOver);
    case 'resuming':
      return settleNotResumed(input, ownership, found);
    case 'paused':
      return settleKept(input, ownership, found);
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
    ? becomesOurs(input, ownership, found, 'ReportPaused', 'the pause had taken effect')
    : doubt(input, 'found paused after an attempt of ours, but the times do not fit');
}

function settleNotResumed(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'resuming' }>,
  found: Evidence,
): Settled {
  if (judgeKept(ownership.kept, found) !== 'untouched') {
    return doubt(input, 'found paused after a resume of ours, and changed since');
  }
  if (isUnderWay(ownership, input)) {
    return keep(ownership, 'attempt_under_way');
  }
  const owed = input.liveHolds.length > 0 ? null : 'resume_not_done';
  return keep({ ...common(ownership), kind: 'paused', kept: ownership.kept, owed }, null);
}

function settleKept(
  input: SettleInput,
  ownership: Extract<Ownership, { kind: 'paused' }>,
  found: Evidence,
): Settled {
  // Held again, nothing is owed any more.
  const ours = { ...ownership, owed: input.liveHolds.length > 0 ? null : ownership.owed };
  switch (judgeKept(ownership.kept, found)) {
    case 'untouched':
      return keep(ours, null);
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

function becomesOurs(
  input: SettleInput,
  ownership: Ownership,
  found: Evidence,
  name: 'ReportPaused' | 'ReportTakenOver',
  detail: string,
): Settled {
  const sinceMs = input.seen.readAtMs;
  const ours: Ownership = { ...common(ownership), sinceMs, kind: 'paused', kept: found, owed: null };
  return { ...keep(ours, null), events: [eventOf(input, name, detail)] };
}

function doubt(input: SettleInput, because: string): Settled {
  const sinceMs = input.seen.readAtMs;
  const ownership: Ownership = { ...common(input.ownership), sinceMs, kind: 'doubtful', because };
  return { ...keep(ownership, 'doubtful'), events: [eventOf(input, 'ReportDoubtful', because)] };
}

/** What every kind of ownership keeps, and nothing that only one has. */
function common({ reportId, reportName, queryId, sinceMs }: Ownership) {
  return { reportId, reportName, queryId, sinceMs, seenActiveAtMs: null, notFoundSinceMs: null };
}
