import { decideInSteps } from '../deciding/decide.ts';
import { type HistoryEntry, newest } from '../ledger/history.ts';
import type { Hold } from '../model/hold.ts';
import { outcomeOf } from '../running/explain.ts';
import { explainOwnership, type OwnershipEvidence } from '../running/explainOwnership.ts';
import { historyOfTrail } from '../running/trail.ts';
import { inSteps, runInSlices, type Steps } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type Attention, attentionOf } from './attention.ts';
import { createExpectation, type ExpectedResumeReason, expectInSteps } from './expectedResume.ts';
import { type AccountView, inputAt, readAccount } from './readAccount.ts';
import {
  allReports,
  comparePlaces,
  compareTexts,
  isPaged,
  type PagePlace,
  type ReportsAsked,
  reportFilter,
} from './reportPage.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import {
  MAX_HOLDS_IN_LIST,
  MAX_HOLDS_OF_ONE,
  type ShownHolds,
  shownExpectation,
  shownHolds,
} from './shownHold.ts';

/** A report, and why it is as it is. */
export interface ShownReport extends ShownHolds {
  readonly account: string;
  readonly reportId: string;
  readonly reportName: string;
  /** What tells it from others in a list: the name, or else the id, and where there are several accounts the account. */
  readonly label: string;
  readonly status: string | null;
  /** Whose pause it is: `ours` with the state of our work on it, else null. */
  readonly ownership: string | null;
  readonly expectedResumeUtc: string | null;
  readonly expectedResumeReason: ExpectedResumeReason;
  readonly reason: string;
  /** The reason in words. */
  readonly message: string;
  /** What wants a person, the most urgent first; empty where nothing does. */
  readonly attention: readonly Attention[];
}

/** When an account's reports were read at Partner Center; what looks at them shares one read. */
export interface ShownRead {
  readonly readUtc: string;
  readonly ageInSeconds: number;
}

/** One report with the evidence of whose pause it is, and what was done to it, newest first. */
export type ExplainedReport = ShownReport &
  ShownRead & {
    /** Null where the ledger has nothing of it. */
    readonly evidence: string | null;
    readonly evidenceSteps: OwnershipEvidence['steps'];
    readonly history: readonly (Omit<HistoryEntry, 'atMs' | 'reportId'> & { readonly atUtc: string })[];
  };

/** Reports that could be read, and accounts that could not. */
export interface ShownReports {
  readonly reports: readonly ShownReport[];
  readonly problems: readonly { readonly account: string; readonly code: string; readonly message: string }[];
  /** How old what is told of each account is. */
  readonly reads: readonly (ShownRead & { readonly account: string })[];
  /** The last report of the page, where there are more; null where all are told. */
  readonly goesOnAfter: PagePlace | null;
}

const MAX_HISTORY = 200;

/** What `GET /api/reports` tells. Of a page, only the accounts that it needs are read. */
export async function showReports(
  parts: ServiceParts,
  call: DoorCall,
  asked: ReportsAsked = allReports,
): Promise<ShownReports> {
  const { limit } = asked;
  const reports: ShownReport[] = [];
  const problems: { account: string; code: string; message: string }[] = [];
  const reads: (ShownRead & { account: string })[] = [];
  for (const runtime of accountsInOrder(parts, asked)) {
    if (limit !== null && reports.length > limit) {
      break;
    }
    const view = await readAccount(parts, runtime, call);
    if (view.ok) {
      const shown = await runInSlices(
        shownReports(parts, runtime, view, asked, MAX_HOLDS_IN_LIST),
        parts.giveWay,
      );
      reports.push(...(isPaged(asked) ? shown.toSorted(comparePlaces) : shown));
      reads.push({ account: runtime.account.name, ...shownRead(parts.clock.now(), view) });
    } else {
      const { code, message } = view.failure;
      problems.push({ account: runtime.account.name, code, message });
    }
  }
  const page = limit === null ? reports : reports.slice(0, limit);
  const last = page.at(-1);
  const goesOnAfter = last === undefined || page.length === reports.length ? null : last;
  return { reports: page, problems, reads, goesOnAfter };
}

/** Those of a page that may have something to tell, in the order of pages. */
function accountsInOrder({ accounts }: ServiceParts, asked: ReportsAsked): readonly AccountRuntime[] {
  const from = asked.after?.account ?? '';
  return isPaged(asked)
    ? accounts
        .filter(({ account }) => account.name >= from)
        .toSorted((one, other) => compareTexts(one.account.name, other.account.name))
    : accounts;
}

/** What is known of one report. `unreadable`: no account that could be read has it, and one could not be. */
export type ExplainedOutcome =
  | { readonly kind: 'found'; readonly report: ExplainedReport }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string };

/** What `GET /api/reports/{id}` tells. An account that cannot be read hides no report of another. */
export async function explainReport(
  parts: ServiceParts,
  reportId: string,
  call: DoorCall,
): Promise<ExplainedOutcome> {
  let unreadable: ExplainedOutcome | null = null;
  for (const runtime of parts.accounts) {
    const view = await readAccount(parts, runtime, call);
    if (!view.ok) {
      const { code, message } = view.failure;
      unreadable ??= { kind: 'unreadable', code, message: `${runtime.account.name}: ${message}` };
      continue;
    }
    const alone = { ...allReports, reportId };
    const [shown] = await runInSlices(
      shownReports(parts, runtime, view, alone, MAX_HOLDS_OF_ONE),
      parts.giveWay,
    );
    if (shown !== undefined) {
      const owned = view.snapshot.ownerships.get(reportId);
      // What was done lately stands in the report's own row until that goes.
      const history = [
        ...(owned === undefined ? [] : historyOfTrail(owned)).toReversed(),
        ...(await parts.ledger.history(runtime.accountKey, reportId, newest(MAX_HISTORY))),
      ].sort((a, b) => b.atMs - a.atMs);
      const told = history.map(({ atMs, reportId: _id, ...rest }) => ({
        ...rest,
        atUtc: new Date(atMs).toISOString(),
      }));
      const read = shownRead(parts.clock.now(), view);
      const { evidence, steps } = owned === undefined ? nothingKnown : explainOwnership(owned);
      const explained = { ...shown, ...read, evidence, evidenceSteps: steps, history: told };
      return { kind: 'found', report: explained };
    }
  }
  return unreadable ?? { kind: 'notFound' };
}

const nothingKnown = { evidence: null, steps: [] } as const;

/** When what a view shows was read, and how long ago. */
export function shownRead(nowMs: number, { askedMs }: { readonly askedMs: number }): ShownRead {
  return { readUtc: utcText(askedMs), ageInSeconds: Math.max(0, Math.round((nowMs - askedMs) / 1000)) };
}

/** All reports of an account, or the one that is asked for. */
function* shownReports(
  parts: ServiceParts,
  { account }: AccountRuntime,
  view: Extract<AccountView, { ok: true }>,
  asked: ReportsAsked,
  mostHolds: number,
): Steps<readonly ShownReport[]> {
  const known = inputAt(parts, view, parts.clock.now());
  const isAsked = reportFilter(asked, known.nowMs);
  const { after } = asked;
  const decided = yield* decideInSteps(known);
  const expect = createExpectation({ ...known, decided });
  const attention = yield* attentionOf(parts, view, decided.decisions, known.nowMs);
  const holdsOf = yield* holdsByReport(known.holds);
  const shown: ShownReport[] = [];
  for (const decision of decided.decisions) {
    const { reportId, reason } = decision;
    if (asked.reportId !== null && asked.reportId !== reportId) continue;
    const observation = view.observations.get(reportId);
    const report = observation?.kind === 'seen' ? observation.report : null;
    const owned = view.snapshot.ownerships.get(reportId) ?? null;
    const place = { account: account.name, reportId };
    const holds = holdsOf.get(reportId) ?? [];
    const reportName = report?.reportName ?? owned?.reportName ?? '';
    const title = reportName === '' ? reportId : reportName;
    const facts = {
      reportName,
      label: parts.accounts.length > 1 ? `${title} (${account.name})` : title,
      status: report?.reportStatus ?? null,
    };
    const isBefore = after !== null && comparePlaces(place, after) <= 0;
    if (isBefore || !isAsked(facts, holds)) {
      yield 1;
      continue;
    }
    shown.push({
      ...place,
      ...facts,
      ownership: owned?.kind ?? null,
      ...shownHolds(holds, mostHolds, known.nowMs),
      ...shownExpectation(yield* expectInSteps(expect, decision)),
      reason,
      message: outcomeOf(decision).message,
      attention: attention.get(reportId) ?? [],
    });
    yield 1 + holds.length;
  }
  return shown;
}

function* holdsByReport(holds: readonly Hold[]): Steps<ReadonlyMap<string, readonly Hold[]>> {
  const holdsOf = new Map<string, Hold[]>();
  yield* inSteps(holds, (hold) => {
    const known = holdsOf.get(hold.reportId);
    if (known === undefined) holdsOf.set(hold.reportId, [hold]);
    else known.push(hold);
  });
  return holdsOf;
}
