import { type Reason, reasons } from '../deciding/reasons.ts';
import { type InsightsFailureCode, insightsFailures } from '../insights/insightsFailure.ts';
import type { ResultClass, ResultClasses } from '../model/codeClass.ts';
import type { ReportStatus } from '../model/report.ts';
import { isSignInFailure, type SignInFailureCode } from '../signIn/signInFailure.ts';

/** What can come of one report in one run. */
export const outcomes = [
  'paused',
  'alreadyPaused',
  'foreign',
  'resumed',
  'alreadyActive',
  'stillHeld',
  'inactive',
  'notFound',
  'forbidden',
  'doubtful',
  'adopted',
  'skipped',
  'failed',
] as const;

export type Outcome = (typeof outcomes)[number];

/** Why nothing more was tried. */
const stops = {
  out_of_time: { isUndone: true, triedAgain: 'inThisRun' },
  run_stopped: { isUndone: true, triedAgain: 'byNextTick' },
  account_busy: { isUndone: true, triedAgain: 'inThisRun' },
  lease_lost: { isUndone: true, triedAgain: 'inThisRun' },
  ledger_unavailable: { isUndone: true, triedAgain: 'byNextTick' },
} as const satisfies ResultClasses;

/** What a report's run came to where neither the decision nor the answer of a call says it. */
export const runOutcomes = {
  ...stops,
  /** A change left, and no read has shown it yet. */
  unconfirmed: { isUndone: true, triedAgain: 'byNextTick' },
  /** Somebody asked for something else later, before this was done. */
  superseded: { isOvertaken: true },
  // What became of a pause that an event calls ours.
  adopted: {},
  owned_already: {},
  not_as_recorded: {},
} as const satisfies ResultClasses;

export type StopCode = keyof typeof stops;

/** The stable code of a report's result. */
export type ResultCode = Reason | InsightsFailureCode | keyof typeof runOutcomes;

/** The row of a code of a result. A sign-in that failed ends the run: no call goes on without a token. */
export function classOf(code: ResultCode): ResultClass {
  return isSignInFailure(code) ? { endsRun: true } : classes[code];
}

/** True for a code that a result may bear. */
export function isResultCode(code: string): code is ResultCode {
  return isSignInFailure(code) || Object.hasOwn(classes, code);
}

const classes: Readonly<Record<Exclude<ResultCode, SignInFailureCode>, ResultClass>> = {
  ...insightsFailures,
  ...reasons,
  ...runOutcomes,
};

/** The result of one report: one outcome, one stable code, and what support needs. */
export interface ReportResult {
  readonly reportId: string;
  readonly reportName: string;
  readonly outcome: Outcome;
  readonly code: ResultCode;
  readonly message: string;
  /** The status read before anything was done, and the last one seen; null where none was. */
  readonly before: ReportStatus | null;
  readonly after: ReportStatus | null;
  readonly attempts: number;
  readonly durationInMs: number;
  /** `MS-RequestId` of the call; null where none was made. */
  readonly requestId: string | null;
}

export const runStatuses = ['ok', 'partial', 'failed'] as const;

export type RunStatus = (typeof runStatuses)[number];

/** Which doors can set a run off: what is done depends on what was asked. */
export const runDoors = [
  'tick',
  'pause',
  'resume',
  'drain',
  'adopt',
  'acknowledge',
  // It is about an account, and has no report.
  'relearn',
  // They are about one occurrence of a window.
  'end',
  'extend',
  'webhook',
] as const;

export type RunDoor = (typeof runDoors)[number];

/** What an outcome means for the work. */
interface OutcomeClass {
  /** Nobody is content with it. */
  readonly isBad?: true;
  /** A person who asked through these doors takes it for an end; anything else leaves the report as it was. */
  readonly ends: readonly RunDoor[];
}

const outcomeClasses: { readonly [O in Outcome]: OutcomeClass } = {
  paused: { ends: ['pause'] },
  alreadyPaused: { ends: ['pause', 'adopt'] },
  foreign: { ends: ['pause', 'resume', 'drain', 'acknowledge', 'end'] },
  resumed: { ends: ['resume', 'drain', 'end'] },
  alreadyActive: { ends: ['resume', 'drain', 'acknowledge', 'adopt', 'end'] },
  stillHeld: { ends: ['resume', 'end'] },
  inactive: { ends: ['pause', 'resume', 'drain', 'acknowledge', 'adopt', 'end'] },
  notFound: { isBad: true, ends: ['acknowledge'] },
  forbidden: { isBad: true, ends: [] },
  doubtful: { isBad: true, ends: [] },
  adopted: { ends: ['adopt'] },
  skipped: { ends: [] },
  failed: { isBad: true, ends: [] },
};

/** True where what the run should have done to the report is not done; whoever names a report is told that it is not found. */
export function isUndone({ outcome, code }: ReportResult, door: RunDoor): boolean {
  const { restsUnseen, isUndone: isLeft } = classOf(code);
  if (door === 'tick' && outcome === 'notFound' && restsUnseen) {
    return false;
  }
  const { isBad, ends } = outcomeClasses[outcome];
  if (isBad || isLeft) {
    return true;
  }
  const isAsked = door !== 'tick' && door !== 'webhook';
  return isAsked && code !== 'hold_without_effect' && !ends.includes(door);
}

/** How many reports a run was about, and how many of them are not done. */
export interface ReportCounts {
  readonly total: number;
  readonly undone: number;
}

/** How many of these are not done, of how many. */
export function countUndone(results: readonly ReportResult[], door: RunDoor): ReportCounts {
  return { total: results.length, undone: results.filter((result) => isUndone(result, door)).length };
}

/** `ok` where nothing is undone, `failed` where everything is, else `partial`. */
export function statusOfCounts({ total, undone }: ReportCounts): RunStatus {
  if (undone === 0) {
    return 'ok';
  }
  return undone === total ? 'failed' : 'partial';
}

/** How many reports came to each outcome. */
export function countOutcomes(results: readonly ReportResult[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
