/** Events that call for a person, by the names that they have in the app; a new alarm belongs here. */
export const ALARMS: ReadonlySet<string> = new Set([
  'AccountBlind',
  'AccountMissing',
  'HoldTooLong',
  'LeftPaused',
  'PauseNotEffective',
  'ReportDoubtful',
  'ReportUnseen',
  'ResumeNotEffective',
  'ResumeOwed',
  'ServiceChanged',
]);

/** Statements after which an earlier alarm about the report stands no more. */
export const CLOSES: ReadonlySet<string> = new Set([
  'ManualPauseRespected',
  'ManualResumeReasserted',
  'ManualResumeRespected',
  'ReportExhausted',
  'ReportGone',
  'ReportPaused',
  'ReportResumed',
  'ReportTakenOver',
]);

/** An error that came out of the app, where every outcome should be data. */
export const THREW = 'threw';

/** What is told of every report and says nothing about whether a change took effect. */
export const NEUTRAL: ReadonlySet<string> = new Set([
  'DailyDigest',
  'ForeignPauses',
  'HoldEnded',
  'ReportEdited',
  'ReportRecreated',
  'ReportsExempted',
]);
