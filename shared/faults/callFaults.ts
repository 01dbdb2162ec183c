import type { InsightsFailureCode } from '../insights/insightsFailure.ts';
import type { SignInFailureCode } from '../signIn/signInFailure.ts';
import type { FaultEntries } from './faultEntry.ts';

/** Why a call to Partner Center did not do what was asked. */
export const callFaults: FaultEntries<Exclude<InsightsFailureCode, SignInFailureCode>> = {
  invalid_report_id: {
    meaning: 'The id is not a UUID; nothing was sent.',
    remedy: 'Copy the id from Partner Center or from GET /api/reports.',
  },
  invalid_request: {
    meaning: 'Partner Center refuses the request as it stands (400).',
    remedy:
      'Read the message; open the report in Partner Center and try the same there. Tried again while a hold lasts, at the latest after five minutes.',
  },
  quota_exceeded: {
    meaning:
      'Partner Center refuses because a quota of the user is used up (400), for example active reports.',
    remedy:
      'Delete or pause reports that nobody needs, or ask for more. What is owed is tried again, at the latest after five minutes.',
  },
  unauthorized: {
    meaning: 'Partner Center refuses the token (401), also a fresh one. The run stopped at once.',
    remedy:
      'Check that the app is registered for Partner Center, in the tenant of TENANT_ID, with API access.',
  },
  forbidden: {
    meaning: 'The user or the app that signs in may not do this (403).',
    remedy:
      'Give the user the role Executive report viewer (mpn), or add the app in Partner Center with the role Manager (cmp); see docs/sign-in.md. Tried again, at the latest after five minutes.',
  },
  not_found: {
    meaning: 'Partner Center shows no such report to this identity.',
    remedy:
      'Correct the id, or take it out: the report may be deleted, or belong to another account or API family.',
  },
  endpoint_not_found: {
    meaning: 'The address answers 404 for everything, so this says nothing about a report. The run stopped.',
    remedy: 'Correct INSIGHTS_BASE_URL.',
  },
  throttled: {
    meaning: 'Partner Center asks to wait (429) for longer than the run could.',
    remedy:
      'Wait: the next tick goes on. If it repeats, lower MAX_CONCURRENCY or find who else calls the API.',
  },
  upstream_unavailable: {
    meaning: 'Partner Center could not be reached, broke the connection, or answered 5xx.',
    remedy: 'Wait: the next tick goes on. If it lasts, look at the service health of Partner Center.',
  },
  timeout: {
    meaning: 'Partner Center gave no answer within ATTEMPT_TIMEOUT_SECONDS.',
    remedy: 'Wait: the next tick looks again. If it lasts, look at the service health of Partner Center.',
  },
  aborted: {
    meaning: 'The app was told to end during the call.',
    remedy: 'Nothing: the next tick goes on.',
  },
  deadline_too_near: {
    meaning: 'Too little of the run was left to begin the call.',
    remedy:
      'Nothing: the next tick goes on. If it repeats, raise RUN_TIME_BUDGET_SECONDS or MAX_CONCURRENCY.',
  },
  unexpected_answer: {
    meaning:
      'The answer is none that the API is known to give: a redirect, another shape, too large. It is not believed.',
    remedy: 'Check for a proxy in between. If the API has changed, report it with the request id.',
  },
  foreign_origin: {
    meaning: 'An address is not one that the token may be sent to; nothing was sent there.',
    remedy: 'Correct INSIGHTS_BASE_URL, or name the host in EXTRA_API_HOSTS if it is really yours.',
  },
  not_confirmed: {
    meaning: 'Partner Center accepted the change, but no read showed it.',
    remedy:
      'Nothing at first: the next tick reads the report again. If it lasts, look at the report in Partner Center.',
  },
};
