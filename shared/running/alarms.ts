import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { isLiveAt } from '../model/hold.ts';
import type { Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';

/** Something that lasts until somebody or something puts it right. */
export interface Alarm {
  readonly event: ReportEvent;
  /** It is told at once, and again when it still lasts after this time; 0 is each tick. */
  readonly repeatAfterMs: number;
}

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 86_400_000;

/** Names shown of a long list. */
const MAX_NAMES = 10;

/**
 * What an operator must know of an account as it stands after a run: nothing that we paused is left paused without a
 * live hold, or an alarm that names it. Pure.
 */
export function alarmsOf(input: {
  readonly snapshot: AccountSnapshot;
  readonly observations: ReadonlyMap<string, Observation>;
  /** Reports that stay paused because their next hold begins within a tick. */
  readonly bridged: ReadonlySet<string>;
  readonly nowMs: number;
  readonly maxHoldInMs: number;
}): readonly Alarm[] {
  const { snapshot, observations } = input;
  const reports = [...observations.values()].flatMap((one) => (one.kind === 'seen' ? [one.report] : []));
  const held = new Set(
    snapshot.holds.filter(({ hold }) => isLiveAt(hold, input.nowMs)).map(({ hold }) => hold.reportId),
  );
  const ofOwned = [...snapshot.ownerships.values()].flatMap((ownership) => [
    ...stateAlarms(ownership, held.has(ownership.reportId) || input.bridged.has(ownership.reportId)),
    ...sightAlarms(ownership, observations),
    ...ageAlarms(ownership, input),
    ...twinAlarms(ownership, reports, snapshot),
  ]);
  return [...ofOwned, ...foreignAlarms(reports, snapshot)];
}

function stateAlarms(ownership: Ownership, isHeld: boolean): readonly Alarm[] {
  if (ownership.kind === 'doubtful') {
    return [alarm('ReportDoubtful', ownership, `${ownership.because}; settle it with takeOver`, 0)];
  }
  if (isHeld || ownership.kind === 'pausing') {
    return [];
  }
  const owed = ownership.kind === 'paused' ? ownership.owed : null;
  return [alarm('ResumeOwed', ownership, `not resumed yet (${owed ?? 'tried again next tick'})`, 0)];
}

function sightAlarms(ownership: Ownership, observations: ReadonlyMap<string, Observation>): readonly Alarm[] {
  return observations.get(ownership.reportId)?.kind === 'seen'
    ? []
    : [alarm('ReportUnseen', ownership, 'paused by us, and not shown by the service now', HOUR_IN_MS)];
}

function ageAlarms(
  ownership: Ownership,
  { nowMs, maxHoldInMs }: { nowMs: number; maxHoldInMs: number },
): readonly Alarm[] {
  const days = Math.floor((nowMs - ownership.sinceMs) / DAY_IN_MS);
  return nowMs - ownership.sinceMs <= maxHoldInMs
    ? []
    : [alarm('HoldTooLong', ownership, `paused by us for ${days} days, longer than MAX_HOLD`, DAY_IN_MS)];
}

/** Other automation makes a report anew when it finds its own paused: then two schedules run after the resume. */
function twinAlarms(
  ownership: Ownership,
  reports: readonly Report[],
  snapshot: AccountSnapshot,
): readonly Alarm[] {
  const twin = reports.find(
    (report) =>
      report.reportId !== ownership.reportId &&
      report.reportStatus === 'Active' &&
      report.reportName === ownership.reportName &&
      report.queryId === ownership.queryId &&
      !snapshot.ownerships.has(report.reportId),
  );
  return twin === undefined
    ? []
    : [
        alarm(
          'ReportRecreated',
          ownership,
          `an active report of the same name and query exists: ${twin.reportId}`,
          DAY_IN_MS,
        ),
      ];
}

function foreignAlarms(reports: readonly Report[], snapshot: AccountSnapshot): readonly Alarm[] {
  const foreign = reports.filter(
    ({ reportId, reportStatus }) => reportStatus === 'Paused' && !snapshot.ownerships.has(reportId),
  );
  if (foreign.length === 0) {
    return [];
  }
  const names = foreign.slice(0, MAX_NAMES).map(({ reportName }) => reportName);
  const detail = `${foreign.length} reports are paused, and not by us: ${names.join(', ')}`;
  return [
    { event: { name: 'ForeignPauses', reportId: '', reportName: '', detail }, repeatAfterMs: DAY_IN_MS },
  ];
}

function alarm(
  name: ReportEvent['name'],
  ownership: Ownership,
  detail: string,
  repeatAfterMs: number,
): Alarm {
  const { reportId, reportName } = ownership;
  return { event: { name, reportId, reportName, detail }, repeatAfterMs };
}
