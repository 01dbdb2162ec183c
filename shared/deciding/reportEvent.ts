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
