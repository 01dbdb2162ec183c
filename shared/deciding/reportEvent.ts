/** What an operator is told about one report, by a stable name. `docs/events.md` says what each means. */
export interface ReportEvent {
  readonly name:
    | 'ForeignPauseFound'
    | 'ManualResumeRespected'
    | 'ManualResumeReasserted'
    | 'ManualPauseRespected'
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
    | 'WindowMissed'
    | 'ExecutionCompleted'
    | 'ExecutionMissing'
    | 'ReportResumed'
    | 'ReportPaused';
  readonly reportId: string;
  readonly reportName: string;
  readonly detail: string;
}

/** An event with what telemetry tells beside, and no answer does: the evidence of a pause. */
export interface EventWithFacts extends ReportEvent {
  readonly facts?: EventFacts;
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
      | 'contentHash'
      | 'heldBy'
      | 'heldUntilUtc',
      string
    >
  >
>;
