import type { EventName } from '../telemetry/eventSchema.ts';
import { type FaultEntries, NOTHING_TO_DO } from './faultEntry.ts';
import { webhookEvents } from './webhookEvents.ts';
import { windowEvents } from './windowEvents.ts';

/** Every event by its name, as it stands in the log and in the `events` of a run. Documentation: no function loads it. */
export const eventTable: FaultEntries<EventName> = {
  CallerRefused: {
    meaning: 'Somebody was not let in at an HTTP door (AUTH entra); the line says why, the answer does not.',
    remedy: 'See the word in docs/faults.md. Many from nowhere you know: restrict who may reach the app.',
  },
  ConsentRefused: {
    meaning: 'A consent for an account came to nothing; the line has its code. What was stored before stays.',
    remedy: 'See the code in docs/faults.md.',
  },
  ConsentStored: {
    meaning:
      'A user consented for an account; from now on it signs in as them. The line has who, who before, and who asked for it.',
    remedy: 'If you did not expect it, find out who has the key of the app, and consent again.',
  },
  RunFinished: {
    meaning: 'A run ended; the line has its status and how many reports came to which outcome.',
    remedy: 'Alert where the status is failed, and where none of the door "tick" comes for ten minutes.',
  },
  ReportFailed: {
    meaning: 'A report is not as it should be after a run; the line has its code.',
    remedy: 'See the code in docs/faults.md.',
  },
  RunProblem: {
    meaning: 'Something hindered a run on an account or on the whole; the line has its code.',
    remedy: 'See the code in docs/faults.md.',
  },
  RunMessageRefused: {
    meaning: 'A message of the run queue names no run; it was dropped.',
    remedy: 'Find out who else writes to the queue intermission-runs.',
  },
  RunPoisoned: {
    meaning:
      'A message of the run queue failed five times. What it was about is not lost: its run stands where it was, and a tick asks for it again.',
    remedy: 'See what failed in the log of the function work, and GET /api/runs/{id} for how far the run is.',
  },
  HoldEnded: {
    meaning:
      'One reason to keep a report paused is over; the report is resumed with its last one. In telemetry only.',
    remedy: NOTHING_TO_DO,
  },
  TelemetryFailed: {
    meaning:
      'Application Insights does not take what this app sends it; it is kept for later, and the oldest is lost when there is too much. Pausing and resuming go on. Told every ten minutes.',
    remedy:
      'See the reason: 401 or 403 is the role Monitoring Metrics Publisher, 402 or 439 the daily cap, anything else the network.',
  },
  AuthFailing: {
    meaning:
      'The last sign-in of an account failed; the line has its code. Told at each look that needs it, every five minutes at the least.',
    remedy: 'See the code in docs/faults.md.',
  },
  RefreshTokenNotKept: {
    meaning:
      'The newest refresh token of an account could not be stored in Key Vault. Pausing goes on; tried again at the next look.',
    remedy:
      'See the code in docs/faults.md; the app needs the role Key Vault Secrets Officer on that secret. The stored one lives 90 days.',
  },
  RefreshTokenAging: {
    meaning:
      'The refresh token in Key Vault ends within 30 days, and nothing has renewed it. Told once a day.',
    remedy: 'See AuthFailing and RefreshTokenNotKept; if neither helps, let the user consent again.',
  },
  AppCredentialEnding: {
    meaning: 'The secret or certificate of an app registration ends within 30 days. Told once a day.',
    remedy: 'Renew it in Key Vault and in the app registration. Better: use the managed identity.',
  },
  MfaNotCompliant: {
    meaning:
      'Partner Center says that the token carries no multi-factor authentication, and will refuse it. Told once a day.',
    remedy: 'Let the user sign in again with MFA: npm run consent.',
  },
  HeartbeatFailed: {
    meaning: 'A tick could not write down that it ran.',
    remedy: 'Check the storage account; see ledger_unavailable in docs/faults.md.',
  },
  HistoryNotKept: {
    meaning:
      'What was done could not be written into the history: GET /api/runs or GET /api/occurrences will not tell it. It was done all the same.',
    remedy: 'Check the storage account; see ledger_unavailable in docs/faults.md.',
  },
  ReportPaused: { meaning: 'A report was paused by us, and seen so.', remedy: NOTHING_TO_DO },
  ReportResumed: { meaning: 'A report was resumed by us, and seen so.', remedy: NOTHING_TO_DO },
  ForeignPauseFound: {
    meaning: 'A hold found its report paused by somebody else. It is left alone and not resumed.',
    remedy: 'Nothing, if that person meant it.',
  },
  ForeignPauses: {
    meaning: 'Reports are paused, and not by us. Told once a day.',
    remedy: 'Look whether somebody forgot to resume them.',
  },
  ManualResumeRespected: {
    meaning: 'A person resumed a report during its hold; it is left alone until the hold ends.',
    remedy: 'Nothing, or POST /api/pause to pause it again.',
  },
  ManualResumeReasserted: {
    meaning:
      'A person resumed a report during its hold, and the window says to pause it again (onManualResume).',
    remedy: 'Tell that person, or set onManualResume to "respect".',
  },
  PauseNotEffective: {
    meaning: 'Partner Center accepted our pause three times, and reads by id still show the report active.',
    remedy: 'Look at the report in Partner Center. It is tried again every 15 minutes while its hold lasts.',
  },
  ResumeNotEffective: {
    meaning:
      'A report that was told as resumed is paused as we had left it: that word is withdrawn, and it is resumed again.',
    remedy: 'Nothing at first. If it repeats, report it to Microsoft with the request id.',
  },
  ReportReturned: {
    meaning:
      'A report that was given up (gone, or inactive) is back, paused as we had left it: it is ours again.',
    remedy: 'Nothing: it is resumed when nothing holds it.',
  },
  ReportAcknowledged: {
    meaning: 'A person settled a report: it is left as it is, and is not ours to look after any more.',
    remedy: 'Nothing.',
  },
  LeftPaused: {
    meaning:
      'We paused the report, no read has shown it active since, nothing holds it, and nothing else explains it.',
    remedy:
      'Look at it in Partner Center. To have it resumed: POST /api/resume with takeOver. To leave it: POST /api/acknowledge.',
  },
  AccountBlind: {
    meaning:
      'A fifth of the reports that we keep paused, at least three, answer 404. None of them is taken for gone.',
    remedy: 'Check whose sign-in the account uses, and whether that user still sees the reports.',
  },
  ServiceChanged: {
    meaning:
      'The time `modifiedTime` moves by itself on the account, so it proves nothing about whose pause it is.',
    remedy:
      'Settle what is doubtful: POST /api/resume with takeOver, or POST /api/acknowledge. Once times stand still again: POST /api/accounts/{account}/relearn.',
  },
  AccountRelearned: {
    meaning:
      'A person had what was learned of how the API of an account behaves forgotten: the detail says who and why.',
    remedy: NOTHING_TO_DO,
  },
  DailyDigest: {
    meaning:
      'What stands on an account and waits for somebody, by cause: reports left paused, doubtful, owed a resume, not shown. Told once a day, from 6:00 UTC on, and not where nothing stands.',
    remedy: 'See the alarm of each cause: LeftPaused, ReportDoubtful, ResumeOwed, ReportUnseen.',
  },
  ReportEdited: {
    meaning: 'A report was edited while it was paused by us; it is still ours.',
    remedy: NOTHING_TO_DO,
  },
  ReportExhausted: {
    meaning: 'The schedule of a report ran out while we looked after it: nothing is left to resume.',
    remedy: 'Give it a new schedule in Partner Center if it is still needed.',
  },
  ReportGone: {
    meaning:
      'Partner Center has shown no such report for 7 days, and we looked after it: it may have been deleted, in whatever state it was.',
    remedy: 'Take its id out of the windows, if it does not exist any more.',
  },
  ReportUnseen: {
    meaning: 'A report that we paused is not shown by Partner Center now. It stays ours.',
    remedy: 'Check that it exists and that the identity still sees it.',
  },
  ReportDoubtful: {
    meaning: 'It cannot be told whose pause it is. Told every hour until a person settles it.',
    remedy:
      'Ask who paused it; then POST /api/resume with "takeOver": true and a reason, or leave it paused.',
  },
  ReportTakenOver: {
    meaning: 'A person settled a doubtful pause as ours, with a reason.',
    remedy: NOTHING_TO_DO,
  },
  ReportAdopted: {
    meaning: 'A pause that a lost ledger had held is ours again, by the event that told of it.',
    remedy: NOTHING_TO_DO,
  },
  ResumeOwed: {
    meaning:
      'A report that nothing holds any more could not be resumed yet. Tried again, at the latest after five minutes, and told every hour.',
    remedy: 'See the code in the text: quota, permission, sign-in.',
  },
  HoldTooLong: {
    meaning: 'A report has been paused by us for longer than MAX_HOLD. It is not resumed for that.',
    remedy: 'Look who holds it: GET /api/reports/{id}; then POST /api/resume if it was forgotten.',
  },
  ReportRecreated: {
    meaning:
      'An active report of the same name and query exists beside one that we paused: something made it anew.',
    remedy:
      'Stop the automation that recreates reports, or delete one of the two: both will run after the resume.',
  },
  ...windowEvents,
  ExecutionCompleted: {
    meaning: 'The first execution after the resume was completed.',
    remedy: NOTHING_TO_DO,
  },
  ExecutionMissing: {
    meaning: 'The first execution after the resume was due a day ago and is not completed.',
    remedy: 'Look at the report in Partner Center.',
  },
  ...webhookEvents,
};
