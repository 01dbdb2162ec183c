import {
  type EventShape,
  flag,
  guid,
  instant,
  occurrenceEnd,
  ofAccount,
  ofDelivery,
  ofPause,
  ofReport,
  ofRun,
  ofSignIn,
  ofWebhook,
  ofWork,
  report,
  text,
  word,
} from './eventColumns.ts';

/** Of what anybody can set off one event a minute is told of each kind; the metric `refusals` has them all. */
const REFUSED_SINCE = 'How many of this kind there were since the last such event, this one included.';

/** Of a long list of reports. */
const NAMED = 'at most ten by name and id, and how many more; left out where there is none.';

const ofAsked = {
  ...ofDelivery,
  action: word('`pause` or `resume`.'),
  fromUtc: instant('When the holds begin; only of a pause.'),
  untilUtc: instant('When they end; only of a pause.'),
  untilBy: word('What set the end: the event or the limit of the source.'),
  reason: text('Why, in the words of the sender.'),
};

const ofNotWritten = { ...ofWork, code: word('See docs/faults.md.'), detail: ofReport.detail };

const ofHolds = {
  holds: 'Holds that were written, or would have been.',
  denied: 'Reports that the source may not touch and that were left out.',
};

/**
 * Every custom event with its columns. Plain data: it types the events in the code, makes a part of docs/events.md, and is
 * the schema that queries are checked against.
 */
export const eventSchema = {
  RunFinished: {
    properties: { ...ofRun, status: word('`ok`, `partial` or `failed`.'), startedUtc: instant('Its begin.') },
    measurements: {
      durationInMs: 'From its begin to its end.',
      reports: 'Reports that the run was concerned with.',
      undone: 'Of these, the ones that are not as they should be.',
      paused: 'Reports that it paused.',
      resumed: 'Reports that it resumed.',
      problems: 'Problems; each has an event `RunProblem`.',
    },
  },
  ReportFailed: {
    properties: {
      ...ofRun,
      account: ofAccount.account,
      reportId: ofReport.reportId,
      reportName: ofReport.reportName,
      outcome: word('`failed`, `forbidden`, `notFound`, `doubtful` or `skipped`.'),
      code: word('Why; see docs/faults.md.'),
      detail: ofReport.detail,
      requestId: guid('`MS-RequestId` of the call, for support; left out where none was made.'),
    },
    measurements: {
      attempts: 'Requests that left.',
      durationInMs: 'From the first attempt to the last answer.',
      more: 'Further reports of the run, account and code that are not told one by one; left out where none is.',
    },
  },
  RunProblem: {
    properties: {
      ...ofRun,
      account: ofAccount.account,
      code: word('See docs/faults.md.'),
      detail: ofReport.detail,
    },
    measurements: {},
  },
  HoldEnded: {
    properties: {
      ...ofWork,
      ...ofAccount,
      reportId: ofReport.reportId,
      heldBy: text('Who held the report: a window, a request or a webhook.'),
      because: word('`over`, `ended_by_person` or `window_no_longer_covers`.'),
      fromUtc: instant('When the hold began.'),
      untilUtc: instant('The end that it had; left out where it had none.'),
    },
    measurements: { heldInSeconds: 'From its begin to now.' },
  },
  RunMessageRefused: { properties: { detail: ofReport.detail }, measurements: {} },
  RunPoisoned: { properties: { runId: ofWork.runId, detail: ofReport.detail }, measurements: {} },
  AuthFailing: { properties: { ...ofSignIn, code: word('See docs/faults.md.') }, measurements: {} },
  RefreshTokenNotKept: { properties: { ...ofSignIn, code: word('See docs/faults.md.') }, measurements: {} },
  RefreshTokenAging: {
    properties: ofSignIn,
    measurements: { ageInDays: 'Since Entra gave it out.', daysLeft: 'Until it ends, 90 days after.' },
  },
  AppCredentialEnding: { properties: { ...ofSignIn, endsUtc: instant('When.') }, measurements: {} },
  MfaNotCompliant: { properties: ofSignIn, measurements: {} },
  HeartbeatFailed: { properties: ofNotWritten, measurements: {} },
  HistoryNotKept: { properties: { ...ofNotWritten, account: ofAccount.account }, measurements: {} },
  ReportPaused: { properties: { ...report.properties, ...ofPause }, measurements: {} },
  ReportResumed: report,
  ForeignPauseFound: report,
  ForeignPauses: report,
  ManualResumeRespected: report,
  ManualResumeReasserted: report,
  PauseNotEffective: report,
  ResumeNotEffective: report,
  ReportReturned: report,
  ReportAcknowledged: report,
  LeftPaused: report,
  AccountBlind: report,
  ServiceChanged: report,
  AccountRelearned: report,
  DailyDigest: {
    properties: {
      ...report.properties,
      leftPausedReports: text(`Those that are left paused; ${NAMED}`),
      doubtfulReports: text(`Those of which it cannot be told whose pause it is; ${NAMED}`),
      owedReports: text(`Those whose resume was not done; ${NAMED}`),
      unseenReports: text(`Those that are not shown; ${NAMED}`),
    },
    measurements: {
      leftPaused: 'How many are left paused; left out where none is, like the others.',
      doubtful: 'Of how many it cannot be told whose pause it is.',
      owed: 'Of how many the resume was not done.',
      unseen: 'How many are not shown.',
    },
  },
  ReportEdited: report,
  ReportExhausted: report,
  ReportGone: report,
  ReportUnseen: report,
  ReportDoubtful: report,
  ReportTakenOver: { properties: { ...report.properties, ...ofPause }, measurements: {} },
  ReportAdopted: { properties: { ...report.properties, ...ofPause }, measurements: {} },
  ResumeOwed: report,
  HoldTooLong: report,
  ReportRecreated: report,
  ReportsExempted: report,
  ExemptionEnded: report,
  WindowEnded: occurrenceEnd,
  WindowExtended: occurrenceEnd,
  WindowLate: {
    properties: {
      ...ofWork,
      ...ofAccount,
      window: text('The window, by its name.'),
      boundary: word('`begin` or `end`.'),
      dueUtc: instant('When it was due.'),
      detail: ofReport.detail,
    },
    measurements: { lateInSeconds: 'From then until it was acted on.' },
  },
  WindowMissed: { properties: { ...ofRun, detail: ofReport.detail }, measurements: {} },
  ExecutionCompleted: report,
  ExecutionMissing: report,
  WebhookApplied: { properties: ofAsked, measurements: ofHolds },
  WebhookNotBegun: {
    properties: { ...ofAsked, because: word('`observe_mode` or `mode_off`.') },
    measurements: ofHolds,
  },
  WebhookIgnored: {
    properties: { ...ofDelivery, because: text('Why it changed nothing.') },
    measurements: {},
  },
  WebhookEventRefused: {
    properties: {
      ...ofDelivery,
      action: word('`pause` or `resume`, where that was understood.'),
      code: word('See docs/faults.md.'),
      field: text('The part of the event that could not be used.'),
    },
    measurements: {},
  },
  WebhookRefused: {
    properties: { ...ofWebhook, because: word('Why, which the answer does not say.') },
    measurements: { count: REFUSED_SINCE },
  },
  WebhookSecretProblem: {
    properties: {
      source: ofWebhook.source,
      code: word('See docs/faults.md.'),
      detail: ofReport.detail,
    },
    measurements: { count: REFUSED_SINCE },
  },
  CallerRefused: {
    properties: {
      because: word('Why, which the answer does not say.'),
      role: text('The role that the door asks for.'),
      correlationId: guid('The request, as its answer names it.'),
      caller: text('Who it is, where that is proven and only the role is missing.'),
    },
    measurements: { count: REFUSED_SINCE },
  },
  ConsentStored: {
    properties: {
      account: ofAccount.account,
      correlationId: guid('The request, as its answer names it.'),
      caller: text('Who asked for it: a key, or a principal of Entra.'),
      user: text('The user who consented.'),
      replacedUser: text('Who had consented before; left out where nobody, or where that is not known.'),
      isMfaConfirmed: flag('Whether Partner Center itself says that the sign-in had MFA.'),
    },
    measurements: { reports: 'Reports that the user sees.' },
  },
  ConsentRefused: {
    properties: {
      account: ofAccount.account,
      correlationId: guid('The request, as its answer names it.'),
      caller: text('Who asked for it: a key, or a principal of Entra.'),
      code: word('Why; see docs/faults.md.'),
      detail: ofReport.detail,
    },
    measurements: {},
  },
  TelemetryFailed: {
    properties: { reason: word('A status of the ingestion, or why none was answered.') },
    measurements: {
      waiting: 'Items that waited then; they are sent later.',
      lost: 'Items that are lost since this was told last.',
    },
  },
} as const satisfies Readonly<Record<string, EventShape>>;

/** Every custom event, by name. */
export type EventName = keyof typeof eventSchema;

/** The values of an event's properties; what is null is left out. */
export type EventProperties<Name extends EventName> = {
  readonly [Key in keyof (typeof eventSchema)[Name]['properties']]?: string | null;
};

/** The values of an event's measurements. */
export type EventMeasurements<Name extends EventName> = {
  readonly [Key in keyof (typeof eventSchema)[Name]['measurements']]?: number;
};
