/** What an operator is told about one report, by a stable name. `docs/events.md` says what each means. */
export interface ReportEvent {
  readonly name:
    | 'ForeignPauseFound'
    | 'ManualResumeRespected'
    | 'ManualResumeReasserted'
    | 'PauseNotEffective'
    | 'ResumeNotEffective'
    | 'ReportReturned'
    | 'ReportAcknowledged'
    | 'LeftPaused'
    | 'AccountBlind'
    | 'ServiceChanged'
    | 'AccountRelearned'
    | 'ReportEdited'
    | 'ReportExhausted'
    | 'ReportGone'
    | 'ReportUnseen'
    | 'ReportDoubtful'
    | 'ReportTakenOver'
    | 'ReportAdopted'
    | 'ResumeOwed'
    | 'HoldTooLong'
    | 'ReportRecreated'
    | 'ForeignPauses'
    | 'DailyDigest'
    | 'WindowMissed'
    | 'WindowLate'
    | 'ReportsExempted'
    | 'ExemptionEnded'
    | 'ExecutionCompleted'
    | 'ExecutionMissing'
    | 'ReportResumed'
    | 'ReportPaused';
  readonly reportId: string;
  readonly reportName: string;
  readonly detail: string;
  /** What tells it from others of its name that are about no report, while it waits to be told: the exemption that it is about. */
  readonly about?: string | undefined;
}

/** An event with what telemetry tells beside, and no answer does: the evidence of a pause, and how many of what stand. */
export interface EventWithFacts extends ReportEvent {
  readonly facts?: EventFacts;
  readonly counts?: Readonly<Partial<Record<'leftPaused' | 'doubtful' | 'owed' | 'unseen', number>>>;
}

/** Facts of an event by the names of its columns; `shared/telemetry/eventSchema.ts` says what each means. */
export type EventFacts = Readonly<
  Partial<
    Record<
      | 'account'
      | 'accountKey'
      | 'tenantId'
      | 'surface'
      | 'queryId'
      | 'pausedAtUtc'
      | 'modifiedTime'
      | 'contents'
      | 'heldBy'
      | 'heldUntilUtc'
      | 'leftPausedReports'
      | 'doubtfulReports'
      | 'owedReports'
      | 'unseenReports',
      string
    >
  >
>;
