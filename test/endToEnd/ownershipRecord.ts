import { z } from 'zod';

/** Something that happened to a report, as the emulator recorded it. */
export const actSchema = z.object({
  seq: z.number(),
  atUtc: z.string(),
  reportId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  operation: z.string(),
  by: z.object({ kind: z.string(), clientId: z.string().nullable(), userName: z.string().nullable() }),
});
type RecordedAct = z.infer<typeof actSchema>;

/** An event of a report in the lines of an app. */
export interface ToldEvent {
  readonly name: string;
  readonly reportId: string;
  /** Epoch milliseconds of the clock that the app lives by. */
  readonly atMs: number;
}

/** All that a verdict rests on: the service's own record, and which alarms were raised. */
export interface OwnershipEvidence {
  /** Oldest first, of people too where they changed no status. */
  readonly acts: readonly RecordedAct[];
  readonly statuses: ReadonlyMap<string, string>;
  readonly ourClientId: string;
  /** Reports that were paused before the record begins; a person did that. */
  readonly pausedBefore: ReadonlySet<string>;
  /** Reports that a hold wants paused now. */
  readonly held: ReadonlySet<string>;
  readonly events: readonly ToldEvent[];
  /** An alarm counts while it is not older than this. */
  readonly alarmsSinceMs: number;
}

/** The events that tell a person that a report is, or may be, left paused. */
const ALARMS = new Set([
  ...['LeftPaused', 'ReportDoubtful', 'ResumeOwed', 'ReportUnseen', 'HoldTooLong', 'AccountBlind'],
]);

/** What an event claims of its report, and the event that takes such a claim back. */
const CLAIMS: Readonly<Record<string, string>> = { ReportPaused: 'Paused', ReportResumed: 'Active' };
const WITHDRAWN = 'ResumeNotEffective';

/**
 * The worst things, a sentence each: a pause of a person that we resumed, a report that we left paused without an
 * alarm, and a success that we told and that was not there. A report counts as paused by whoever made it so; who pauses it again is said beside it. Pure.
 */
export function judgeOwnership(evidence: OwnershipEvidence): readonly string[] {
  return [...resumedHumans(evidence), ...leftPaused(evidence), ...emptyClaims(evidence)];
}

function resumedHumans({ acts, ourClientId, pausedBefore }: OwnershipEvidence): readonly string[] {
  const pausedByHuman = new Map([...pausedBefore].map((id) => [id, 'before the record']));
  return acts.flatMap(({ reportId, from, to, by, operation, atUtc }) => {
    const isOurs = by.clientId === ourClientId;
    if (to === 'Paused' && !isOurs) pausedByHuman.set(reportId, `at ${atUtc} by ${by.userName}`);
    if (to === 'Paused' && isOurs && from !== 'Paused') pausedByHuman.delete(reportId);
    if (to === 'Paused') return [];
    const whose = pausedByHuman.get(reportId);
    pausedByHuman.delete(reportId);
    const isWrong = isOurs && operation === 'resume' && from === 'Paused' && whose !== undefined;
    return isWrong ? [`${atUtc}: we resumed ${reportId}, which a person had paused (${whose})`] : [];
  });
}

function leftPaused({ acts, statuses, ourClientId, held, events, alarmsSinceMs }: OwnershipEvidence) {
  return [...statuses].flatMap(([reportId, status]) => {
    const last = acts.findLast(
      (act) => act.reportId === reportId && act.to === 'Paused' && act.from !== 'Paused',
    );
    const isOurs = status === 'Paused' && last?.by.clientId === ourClientId;
    const isAlarmed = events.some(
      (event) =>
        ALARMS.has(event.name) &&
        (event.reportId === reportId || event.name === 'AccountBlind') &&
        event.atMs >= alarmsSinceMs,
    );
    const isWrong = isOurs && !held.has(reportId) && !isAlarmed;
    return isWrong
      ? [`we left ${reportId} paused since ${last.atUtc}, without a hold and without an alarm`]
      : [];
  });
}

/** True is what our own last act made of it, or what it was when it was told; and what was taken back. */
function emptyClaims({ acts, events, ourClientId, pausedBefore }: OwnershipEvidence): readonly string[] {
  return events.flatMap(({ name, reportId, atMs }) => {
    const claimed = CLAIMS[name];
    const before = acts.filter((act) => act.reportId === reportId && Date.parse(act.atUtc) <= atMs);
    const status = before.at(-1)?.to ?? (pausedBefore.has(reportId) ? 'Paused' : 'Active');
    const made = before.findLast(({ by }) => by.clientId === ourClientId)?.to ?? null;
    const isWithdrawn = events.some(
      (event) => event.name === WITHDRAWN && event.reportId === reportId && event.atMs > atMs,
    );
    const isTrue = claimed === undefined || [status, made].includes(claimed) || isWithdrawn;
    return isTrue ? [] : [`we told ${name} of ${reportId}, which was ${status}`];
  });
}
