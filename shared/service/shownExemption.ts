import { type Exemption, isExemptingAt } from '../model/exemption.ts';
import type { ReportSelector } from '../model/reportSelector.ts';
import { formatInstant, utcText } from '../windows/formatInstant.ts';

/** Reports of which there may be many: how many, and the first of them. */
export interface NamedReports {
  readonly count: number;
  readonly reports: readonly { readonly reportId: string; readonly reportName: string }[];
}

/** Which reports are meant, as it was written; what was not is null. */
export interface ShownSelector {
  readonly ids: readonly string[] | null;
  readonly all: boolean;
  readonly namePattern: string | null;
  readonly queryId: string | null;
}

/** Who ended an exemption early. */
export interface ShownExemptionEnd {
  readonly who: string;
  readonly why: string;
  readonly atUtc: string;
}

/** An exemption as people are shown it. */
export interface ShownExemption {
  readonly id: string;
  readonly account: string;
  readonly reports: ShownSelector;
  /** True: every window of the account, and `windows` is empty. */
  readonly allWindows: boolean;
  readonly windows: readonly string[];
  readonly untilUtc: string;
  /** The same in the zone that was named; null where none was. */
  readonly untilLocal: string | null;
  readonly who: string;
  readonly why: string;
  readonly madeUtc: string;
  /** `expired`: its end has come. Those that are over are shown for a day. */
  readonly state: 'active' | 'ended' | 'expired';
  /** Null where nobody ended it early. */
  readonly ended: ShownExemptionEnd | null;
  /** What its windows would select now but for it; null where the account could not be read, or where it is over. */
  readonly leavesOut: NamedReports | null;
}

/** Shows an exemption of an account. Pure. */
export function shownExemption(
  exemption: Exemption,
  known: { readonly account: string; readonly nowMs: number; readonly leavesOut: NamedReports | null },
): ShownExemption {
  const { id, reports, windows, untilMs, timeZone, by, why, atMs, ended } = exemption;
  const { account, nowMs, leavesOut } = known;
  const isActive = isExemptingAt(exemption, nowMs);
  return {
    id,
    account,
    reports: shownSelector(reports),
    allWindows: windows === null,
    windows: windows ?? [],
    untilUtc: utcText(untilMs),
    untilLocal: timeZone === null ? null : formatInstant(untilMs, timeZone).local,
    who: by,
    why,
    madeUtc: utcText(atMs),
    state: isActive ? 'active' : ended === null ? 'expired' : 'ended',
    ended: ended === null ? null : { who: ended.by, why: ended.why, atUtc: utcText(ended.atMs) },
    leavesOut: isActive ? leavesOut : null,
  };
}

function shownSelector(reports: ReportSelector): ShownSelector {
  if (reports.kind === 'ids') {
    return { ids: reports.reportIds, all: false, namePattern: null, queryId: null };
  }
  const { all, namePattern, queryId } = reports;
  return { ids: null, all, namePattern, queryId };
}
