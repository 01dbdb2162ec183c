import { isBlind } from '../deciding/decide.ts';
import { isLeftPaused } from '../deciding/netAfter.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import { MAX_REFUTED } from '../deciding/transition.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { isLiveAt } from '../model/hold.ts';
import type { Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { inSteps, runSteps, type Steps } from '../time/steps.ts';

/** Something that lasts until somebody or something puts it right. */
export interface Alarm {
  readonly event: ReportEvent;
  /** It is told at once, and again when it still lasts after this time; 0 is each tick. */
  readonly repeatAfterMs: number;
}

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 86_400_000;

/** What it costs to see what must be told of a report, in reports looked at. */
const PIECES_PER_ALARM = 2;

/** Names shown of a long list. */
const MAX_NAMES = 10;

interface AlarmInput {
  readonly snapshot: AccountSnapshot;
  readonly observations: ReadonlyMap<string, Observation>;
  /** False where the account has no list that can be believed: then a report that it lacks is not unseen. */
  readonly isListed: boolean;
  /** Reports that stay paused because their next hold begins within a tick. */
  readonly bridged: ReadonlySet<string>;
  readonly nowMs: number;
  /** See `periodInMs` of `model/lastLook.ts`. */
  readonly periodInMs: number;
  readonly maxHoldInMs: number;
}

/**
 * What an operator must know of an account as it stands after a run: nothing that we paused is left paused without a
 * live hold, or an alarm that names it. Pure.
 */
export function alarmsOf(input: AlarmInput): readonly Alarm[] {
  return runSteps(alarmsInSteps(input));
}

/** The same in steps, for whoever must let others have their turn in between. */
export function* alarmsInSteps(input: AlarmInput): Steps<readonly Alarm[]> {
  const { snapshot, observations } = input;
  const { ownerships } = snapshot;
  const reports = [...observations.values()].flatMap((one) => (one.kind === 'seen' ? [one.report] : []));
  const held = new Set(
    snapshot.holds.filter(({ hold }) => isLiveAt(hold, input.nowMs)).map(({ hold }) => hold.reportId),
  );
  const twins = twinsOf(reports, snapshot);
  const blind = isBlind({ ownerships, observations });
  const ofOwned: Alarm[] = [];
  const see = (ownership: Ownership) => {
    const isHeld = held.has(ownership.reportId) || input.bridged.has(ownership.reportId);
    const named = [...stateAlarms(ownership, isHeld, input), ...(blind ? [] : sightAlarms(ownership, input))];
    ofOwned.push(
      ...named,
      // The net: whatever else is believed, what may be left paused is named by one alarm at least.
      ...(named.length === 0 && !isHeld ? netAlarms(ownership, input) : []),
      ...ageAlarms(ownership, input),
      ...twinAlarms(ownership, twins),
    );
  };
  yield* inSteps(ownerships.values(), see, PIECES_PER_ALARM);
  return [
    ...(blind ? [blindAlarm(ownerships)] : []),
    ...(snapshot.facts.learned.timesMoveByThemselves ? [serviceChanged] : []),
    ...ofOwned,
    ...foreignAlarms(reports, snapshot),
  ];
}

/** A resume whose answer or effect may still come is no alarm yet. */
const OWED_AFTER_MS = 600_000;

function stateAlarms(
  ownership: Ownership,
  isHeld: boolean,
  { nowMs, periodInMs }: AlarmInput,
): readonly Alarm[] {
  const { unheldSinceMs } = ownership.net;
  // Null: its hold has ended while the run lasted, and the next run resumes it.
  const isLong = unheldSinceMs !== null && nowMs - unheldSinceMs >= Math.max(OWED_AFTER_MS, 2 * periodInMs);
  switch (ownership.kind) {
    case 'doubtful': {
      const detail = `${ownership.because}; settle it: takeOver makes it ours, acknowledge leaves it as it is`;
      return [alarm('ReportDoubtful', ownership, detail, HOUR_IN_MS)];
    }
    case 'pausing':
      return isHeld && ownership.refuted >= MAX_REFUTED
        ? [
            alarm(
              'PauseNotEffective',
              ownership,
              'the service takes our pause, and reads show it active',
              HOUR_IN_MS,
            ),
          ]
        : [];
    case 'paused':
    case 'resuming': {
      const owed = ownership.kind === 'paused' ? ownership.owed : null;
      const isRefused = owed !== null && owed !== 'resume_not_done';
      const detail = `not resumed yet (${owed ?? 'tried again within minutes'})`;
      return isHeld || !(isRefused || isLong) ? [] : [alarm('ResumeOwed', ownership, detail, HOUR_IN_MS)];
    }
    case 'resumed':
    case 'ended':
      return [];
  }
}

function sightAlarms(ownership: Ownership, { observations, isListed }: AlarmInput): readonly Alarm[] {
  const isGivenUp = ownership.kind === 'ended';
  const observation = observations.get(ownership.reportId);
  const isMissing = observation?.kind === 'notFound' || ownership.odd?.status === 'notFound';
  const isUnlisted = isListed && (observation === undefined || observation.kind === 'absent');
  return isGivenUp || observation?.kind === 'seen' || !(isMissing || isUnlisted)
    ? []
    : [alarm('ReportUnseen', ownership, 'paused by us, and not shown by the service now', DAY_IN_MS)];
}

function netAlarms(ownership: Ownership, { nowMs, periodInMs }: AlarmInput): readonly Alarm[] {
  const detail =
    'we paused it, no read has shown it active since, and nothing holds it; see docs/operations.md';
  return isLeftPaused(ownership.net, nowMs, periodInMs)
    ? [alarm('LeftPaused', ownership, detail, HOUR_IN_MS)]
    : [];
}

function ageAlarms(
  ownership: Ownership,
  { nowMs, maxHoldInMs }: Pick<AlarmInput, 'nowMs' | 'maxHoldInMs'>,
): readonly Alarm[] {
  const isPaused = ownership.kind !== 'resumed' && ownership.kind !== 'ended';
  const days = Math.floor((nowMs - ownership.sinceMs) / DAY_IN_MS);
  return !isPaused || nowMs - ownership.sinceMs <= maxHoldInMs
    ? []
    : [alarm('HoldTooLong', ownership, `paused by us for ${days} days, longer than MAX_HOLD`, DAY_IN_MS)];
}

/** Those of ours that answered 404 when they were looked at last. Pure. */
export function notFoundOf(ownerships: AccountSnapshot['ownerships']): readonly Ownership[] {
  return [...ownerships.values()].filter(({ odd }) => odd?.status === 'notFound');
}

/** So many of ours answer 404 that the account, and no report, is at fault: one alarm in place of many. */
function blindAlarm(ownerships: AccountSnapshot['ownerships']): Alarm {
  const missing = notFoundOf(ownerships);
  const detail = `the service shows ${missing.length} of ${ownerships.size} reports of ours no more: ${namesOf(missing)}`;
  return {
    event: { name: 'AccountBlind', reportId: '', reportName: '', detail },
    repeatAfterMs: DAY_IN_MS,
  };
}

const serviceChanged: Alarm = {
  event: {
    ...{ name: 'ServiceChanged', reportId: '', reportName: '' },
    detail: 'modifiedTime moves by itself on this account, so it proves nothing any more',
  },
  repeatAfterMs: DAY_IN_MS,
};

/** Active reports that are not ours, by name and query. */
function twinsOf(reports: readonly Report[], { ownerships }: AccountSnapshot): ReadonlyMap<string, Report> {
  const active = reports.filter(
    ({ reportStatus, reportId }) => reportStatus === 'Active' && !ownerships.has(reportId),
  );
  return new Map(active.map((report) => [twinKey(report), report]));
}

function twinKey({ reportName, queryId }: Pick<Report, 'reportName' | 'queryId'>): string {
  return `${queryId} ${reportName}`;
}

/** Other automation makes a report anew when it finds its own paused: then two schedules run after the resume. */
function twinAlarms(ownership: Ownership, twins: ReadonlyMap<string, Report>): readonly Alarm[] {
  const twin = ownership.kind === 'ended' ? undefined : twins.get(twinKey(ownership));
  const detail = `an active report of the same name and query exists: ${twin?.reportId}`;
  return twin === undefined ? [] : [alarm('ReportRecreated', ownership, detail, DAY_IN_MS)];
}

function foreignAlarms(reports: readonly Report[], { ownerships }: AccountSnapshot): readonly Alarm[] {
  const foreign = reports.filter(
    ({ reportId, reportStatus }) => reportStatus === 'Paused' && !ownerships.has(reportId),
  );
  if (foreign.length === 0) {
    return [];
  }
  const detail = `${foreign.length} reports are paused, and not by us: ${namesOf(foreign)}`;
  return [
    { event: { name: 'ForeignPauses', reportId: '', reportName: '', detail }, repeatAfterMs: DAY_IN_MS },
  ];
}

function namesOf(reports: readonly Pick<Report, 'reportName'>[]): string {
  const names = reports.slice(0, MAX_NAMES).map(({ reportName }) => reportName);
  return `${names.join(', ')}${reports.length > names.length ? ', …' : ''}`;
}

function alarm(
  name: ReportEvent['name'],
  { reportId, reportName }: Ownership,
  detail: string,
  repeatAfterMs: number,
): Alarm {
  return { event: { name, reportId, reportName, detail }, repeatAfterMs };
}
