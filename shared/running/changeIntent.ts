import { evidenceOf, mergeEvidence } from '../deciding/evidence.ts';
import { netAtIntent } from '../deciding/netAfter.ts';
import type { ReadBeforePut } from '../insights/insightsClient.ts';
import type { Attempt, Evidence, Observation, Ownership } from '../model/ownership.ts';
import { type ChangeState, MAX_ATTEMPTS_KEPT, reportOf } from './changeState.ts';
import type { HeldRun } from './runContext.ts';

export function intentOf(
  run: HeldRun,
  { action, decision }: ChangeState,
  owned: Ownership | null,
  observation: Observation,
  read: ReadBeforePut,
): Ownership {
  const towards = action === 'pause' ? 'Paused' : 'Active';
  const sentMs = run.clock.now();
  const attempt: Attempt = {
    ...{ towards, sentMs, endedMs: null, limitMs: read.latestEndMs, answer: 'unknown' },
    serviceOffsetInMs: read.serviceOffsetInMs,
  };
  const report = reportOf(observation);
  const found: Evidence = report === null ? { modifiedMs: null, contents: '' } : evidenceOf(report);
  const readActiveMs = report?.reportStatus === 'Active' ? read.readAtMs : null;
  const common = {
    reportId: decision.reportId,
    reportName: report?.reportName ?? owned?.reportName ?? '',
    queryId: report?.queryId ?? owned?.queryId ?? '',
    sinceMs: sentMs,
    attempts: [...(owned?.attempts ?? []), attempt].slice(-MAX_ATTEMPTS_KEPT),
    ...{ odd: null, lookedMs: read.readAtMs, net: netAtIntent(owned?.net ?? null, attempt) },
    // What the list showed until now is old news.
    listed: '',
    trail: owned?.trail ?? [],
  };
  const chain = owned?.chain ?? {
    ...{ readBeforeMs: null, readActiveMs: null, pauseSentMs: null, pauseAnsweredMs: null },
    ...{ readPausedMs: null, resumeSentMs: null, readResumedMs: null, takenOver: null },
  };
  if (action === 'pause') {
    const anew = {
      ...{ ...chain, readBeforeMs: readActiveMs, readActiveMs },
      ...{ pauseSentMs: sentMs, pauseAnsweredMs: null, readPausedMs: null, takenOver: null },
    };
    return { ...common, kind: 'pausing', before: found, chain: anew, refuted: refutedBefore(owned) };
  }
  const resuming = { ...chain, resumeSentMs: sentMs, readResumedMs: null };
  const kept = owned !== null && 'kept' in owned ? mergeEvidence(owned.kept, found) : found;
  return { ...common, kind: 'resuming', kept, chain: resuming };
}

/** A pause that the service itself refused (429, 403) was never to be seen: no read has refuted it, and its cause is told. */
function refutedBefore(owned: Ownership | null): number {
  if (owned?.kind !== 'pausing' && owned?.kind !== 'ended') {
    return 0;
  }
  const wasRefused = owned.attempts.at(-1)?.answer === 'refused';
  return wasRefused ? owned.refuted : owned.refuted + 1;
}
