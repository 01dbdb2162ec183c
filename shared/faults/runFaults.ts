import type { LedgerError } from '../ledger/ledgerError.ts';
import type { AdoptionCode, StopCode } from '../running/reportResult.ts';
import type { FaultEntries } from './faultEntry.ts';

/** What a run tells of an account or of the app as a whole. */
type RunProblemCode =
  | 'account_missing'
  | 'driver_late'
  | 'mode_forbids'
  | 'owned_while_off'
  | 'reports_unreadable'
  | 'unknown_account'
  | 'unknown_request'
  | 'window_over_limit'
  | 'windows_held_back'
  | 'windows_invalid'
  | 'windows_unreadable';

/** Why a run stopped, or could not begin. */
export const runFaults: FaultEntries<StopCode | AdoptionCode | LedgerError['code'] | RunProblemCode> = {
  out_of_time: {
    meaning: 'The time of the run was over before the report’s turn came.',
    remedy:
      'Nothing: the next tick goes on. If it repeats, raise RUN_TIME_BUDGET_SECONDS or MAX_CONCURRENCY.',
  },
  run_stopped: {
    meaning: 'The run stopped at a failure that every further call would have met too.',
    remedy: 'See the report that failed, or the problems of the run.',
  },
  account_busy: {
    meaning: 'Another run works on this account. What was asked for is written down.',
    remedy: 'Nothing: the next tick goes on.',
  },
  lease_lost: {
    meaning: 'Another run took this account over, because this one took too long.',
    remedy: 'Nothing: it goes on there.',
  },
  ledger_unavailable: {
    meaning: 'The storage account could not be read or written, so nothing more was done.',
    remedy:
      'Check AzureWebJobsStorage, the network rules of the storage account and the role Storage Table Data Contributor.',
  },
  ledger_unreadable: {
    meaning:
      'A row of the ledger cannot be understood, so nothing was done: a newer version wrote it, or somebody edited it.',
    remedy:
      'Deploy the newer version again, or restore the row. Do not delete it: it says what is paused by us.',
  },
  ledger_conflict: {
    meaning: 'The ledger changed again and again while a run decided.',
    remedy: 'Nothing: the next tick goes on. If it repeats, see who sends so many requests.',
  },
  adopted: {
    meaning: 'The pause is ours again: it is as the event of it said.',
    remedy: 'Nothing: the next tick resumes it where nothing holds it.',
  },
  owned_already: {
    meaning: 'The ledger says already that the pause is ours.',
    remedy: 'Nothing.',
  },
  not_as_recorded: {
    meaning: 'The report was touched or edited since the event that was to prove whose pause it is.',
    remedy: 'Resume it in Partner Center if it should run.',
  },
  account_missing: {
    meaning: 'Reports are paused by us under an account that the settings no longer have.',
    remedy:
      'Bring the account back (TENANT_ID, INSIGHTS_BASE_URL) until its reports are resumed: POST /api/drain.',
  },
  driver_late: {
    meaning:
      'A tick left the account to a driver, and for more than two ticks none has worked on it. It is asked for again.',
    remedy:
      'See whether the function work runs and what it logs: the queue intermission-runs, its poison queue, the number of instances. POST /api/tick asks again.',
  },
  window_over_limit: {
    meaning:
      'A window selects more reports than its maxReports, so it pauses none that it does not hold already.',
    remedy: 'Narrow the window, or raise its maxReports where so many are meant.',
  },
  unknown_request: {
    meaning: 'A resume named a requestId of which no hold is known (404); nothing was done.',
    remedy: 'Check the requestId; GET /api/reports shows which holds there are. It may have ended already.',
  },
  mode_forbids: {
    meaning: 'The setting MODE does not let this be done; nothing was done.',
    remedy: 'Set MODE to act. For a resume, observe is enough.',
  },
  owned_while_off: {
    meaning: 'MODE is off while reports are paused by us; nothing resumes them.',
    remedy: 'Set MODE to act, then POST /api/drain, then set it to off again.',
  },
  reports_unreadable: {
    meaning: 'The list of reports could not be read, so nothing was done on this account.',
    remedy: 'The message begins with the code of the failed call: see there.',
  },
  unknown_account: {
    meaning:
      'A request, a window or a webhook names an account that the settings do not have; nothing was done.',
    remedy: 'Correct the name. It may be left out only where there is one account.',
  },
  windows_held_back: {
    meaning:
      'A new version of WINDOWS_BLOB would end more than half of the live windows at once. It waits one tick.',
    remedy: 'Look whether that is meant. If not, put the old version back before the next tick.',
  },
  windows_invalid: {
    meaning: 'A window is invalid. Its holds stay as they are; the other windows work.',
    remedy: 'The message names the window and the field; its code is in the part about windows.',
  },
  windows_unreadable: {
    meaning:
      'The windows could not be read. No pause begins, and no hold ends before the end that is written down.',
    remedy: 'Check WINDOWS_BLOB, and that it holds a JSON list.',
  },
};
