import type { DecideInput } from '../deciding/decide.ts';
import type { WindowState } from '../deciding/desiredHolds.ts';
import type { Exemption } from '../model/exemption.ts';
import type { Report } from '../model/report.ts';
import type { Steps } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import { nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import { selectForWindow } from '../windows/selectForWindow.ts';
import type { Window } from '../windows/window.ts';
import type { LeftOutOf } from './leftOutOf.ts';
import { reportsSeen } from './readAccount.ts';

/** When a window takes a report in that it does not hold now: from its start, or from the end of what leaves the report out. */
export interface TakenIn {
  readonly window: Window;
  readonly fromMs: number;
  /** Null has no end. */
  readonly untilMs: number | null;
}

/** Exemptions of one report that follow one another are followed so far. */
const MAX_EXEMPTIONS_FOLLOWED = 20;

/** The first window that takes the report in from now on, and what leaves it out of those that would do so sooner. Pure. */
export function* takenInNext(
  reportId: string,
  {
    input,
    windowStates,
  }: {
    readonly input: Pick<DecideInput, 'observations'>;
    readonly windowStates: readonly WindowState[];
  },
): Steps<{ readonly next: TakenIn | null; readonly leftOutOf: readonly Omit<LeftOutOf, 'exemptionId'>[] }> {
  const reports = reportsSeen(input.observations);
  const one = { reportId, own: reports.filter((report) => report.reportId === reportId), reports };
  const ahead = windowStates
    .flatMap(({ window, next }) => (next === null ? [] : [{ window, next }]))
    .sort((left, right) => left.next.fromMs - right.next.fromMs);
  let soonest: TakenIn | null = null;
  const leftOutOf: Omit<LeftOutOf, 'exemptionId'>[] = [];
  for (const { window, next } of ahead) {
    if (soonest !== null && next.fromMs >= soonest.fromMs) break;
    const { takenIn, exemption } = yield* takenInBy(window, next, one);
    if (exemption !== null) {
      const { untilMs, by, why } = exemption;
      leftOutOf.push({ window: window.name, untilUtc: utcText(untilMs), who: by, why });
    }
    if (takenIn !== null && (soonest === null || takenIn.fromMs < soonest.fromMs)) soonest = takenIn;
  }
  return { next: soonest, leftOutOf };
}

interface OneReport {
  readonly reportId: string;
  readonly own: readonly Report[];
  readonly reports: readonly Report[];
}

/** When one window takes the report in, and the first exemption on the way there. */
function* takenInBy(
  window: Window,
  next: Occurrence,
  one: OneReport,
): Steps<{ readonly takenIn: TakenIn | null; readonly exemption: Exemption | null }> {
  let first: Exemption | null = null;
  let occurrence: Occurrence | null = next;
  let atMs = next.fromMs;
  for (let followed = 0; occurrence !== null && followed < MAX_EXEMPTIONS_FOLLOWED; followed += 1) {
    const meant: Meant = yield* meantAt(window, one, atMs);
    if (meant.kind !== 'exempt') {
      const takenIn = meant.kind === 'in' ? { window, fromMs: atMs, untilMs: occurrence.untilMs } : null;
      return { takenIn, exemption: first };
    }
    first ??= meant.exemption;
    const endMs: number = meant.exemption.untilMs;
    occurrence = occurrenceAt(window, endMs) ?? nextOccurrence(window, endMs);
    atMs = Math.max(endMs, occurrence?.fromMs ?? endMs);
  }
  return { takenIn: null, exemption: first };
}

type Meant =
  | { readonly kind: 'in' }
  | { readonly kind: 'out' }
  | { readonly kind: 'exempt'; readonly exemption: Exemption };

/** Whether the window takes the report in at an instant; one report is looked at before all are counted. */
function* meantAt(window: Window, { reportId, own, reports }: OneReport, atMs: number): Steps<Meant> {
  const { selected, unknownIds, exempt } = yield* selectForWindow(window, own, atMs);
  const left = exempt.find((one) => one.reportId === reportId);
  if (left !== undefined) return { kind: 'exempt', exemption: left.exemption };
  if (selected.length === 0 && !unknownIds.includes(reportId)) return { kind: 'out' };
  const { overLimit } = yield* selectForWindow(window, reports, atMs);
  return { kind: overLimit ? 'out' : 'in' };
}
