import type { runOutcomes } from '../running/reportResult.ts';
import type { runProblems } from '../service/run.ts';
import { type FaultEntries, NOTHING_TO_DO } from './faultEntry.ts';

/** Why a run stopped, or could not begin. */
export const runFaults: FaultEntries<keyof typeof runOutcomes | keyof typeof runProblems> = {
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
  not_written_down: {
    meaning:
      'What the results say was done was done. The storage then failed, so that not all of it could be written down.',
    remedy:
      'Nothing at Partner Center: the next tick looks again. Check the storage account as for ledger_unavailable.',
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
  unconfirmed: {
    meaning: 'A change left, and no read has shown it yet.',
    remedy: 'Nothing: the next tick looks again, and makes it again where it did not take effect.',
  },
  superseded: {
    meaning: 'A request that came later says otherwise about this report, so this one left it to that.',
    remedy: 'Nothing. Ask again where your word is the one that shall count.',
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
  account_starved: {
    meaning:
      'Something is due on this account, and for two minutes (two ticks, where those are rarer) no tick had its turn on it. What is due has not begun.',
    remedy:
      'Look for a run that holds the account and does not end: the log’s RunFinished lines, and the row lease of the account in IntermissionLive. Requests give way to ticks, so it is no number of them.',
  },
  driver_late: {
    meaning:
      'A tick left the account to a driver, and for more than ten minutes none has worked on it. It is asked for again.',
    remedy:
      'See whether the function work runs and what it logs: the queue intermission-runs, its poison queue, the number of instances. POST /api/tick asks again.',
  },
  window_over_limit: {
    meaning:
      'A window selects more reports than its maxReports, so it pauses none that it does not hold already.',
    remedy: 'Narrow the window, or raise its maxReports where so many are meant.',
  },
  pause_superseded: {
    meaning:
      'A resume named a requestId whose pause had been accepted and had written no hold yet. That pause is over and pauses nothing; the resume is done.',
    remedy: NOTHING_TO_DO,
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
      'A new version of WINDOWS_BLOB would end more than half of the live windows at once. It waits five minutes.',
    remedy: 'Look whether that is meant. If not, put the old version back before that.',
  },
  windows_invalid: {
    meaning: 'A window is invalid. Its holds stay as they are; the other windows work.',
    remedy: 'The message names the window and the field; its code is in the part about windows.',
  },
  windows_unreadable: {
    meaning:
      'Windows could not be read. Of these none begins, and no hold of theirs ends before the end that is written down; those that were read work.',
    remedy: 'Check WINDOWS_BLOB, and that it holds a JSON list.',
  },
};
