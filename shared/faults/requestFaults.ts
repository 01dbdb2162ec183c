import type { FaultEntries } from './faultEntry.ts';

/** What a caller of the HTTP doors gets as the `code` of a problem, beside the codes of runs and calls. */
type RequestProblemCode =
  | 'ambiguous_name'
  | 'body_too_complex'
  | 'body_too_large'
  | 'config_invalid'
  | 'extension_out_of_bounds'
  | 'idempotency_key_reused'
  | 'invalid_idempotency_key'
  | 'invalid_query'
  | 'invalid_request_body'
  | 'no_report_matches'
  | 'not_json'
  | 'partial'
  | 'method_not_allowed'
  | 'payload_not_understood'
  | 'too_many_deliveries'
  | 'too_many_exemptions'
  | 'too_many_holds'
  | 'too_many_reports_match'
  | 'unknown_exemption'
  | 'unknown_run'
  | 'unknown_window'
  | 'unsupported_media_type'
  | 'upstream_refused'
  | 'webhook_not_done'
  | 'webhook_refused'
  | 'webhook_retired'
  | 'webhook_secret_unavailable'
  | 'window_not_open'
  | 'window_without_end';

/** Why a request was refused, or did not end as asked. */
export const requestFaults: FaultEntries<RequestProblemCode> = {
  ambiguous_name: {
    meaning:
      'Several reports bear the whole name that a pause or a resume gives (409); nothing was done. "candidates" lists the first ten.',
    remedy: 'Name one of them by its id, or all of them by a pattern with a *.',
  },
  body_too_complex: {
    meaning:
      'The body holds more values or members, or more lists and objects in one another, than are parsed (413); nothing was done.',
    remedy: 'Send several requests; docs/bounds.md has the numbers.',
  },
  body_too_large: {
    meaning: 'The body is longer than 1 MB (413); nothing was done.',
    remedy: 'Name fewer reports per request.',
  },
  config_invalid: {
    meaning: 'The app settings are invalid (500); nothing is done until they are right.',
    remedy: 'GET /api/health/details names each setting and what is wrong with it.',
  },
  extension_out_of_bounds: {
    meaning:
      'The end that was asked for is none that the occurrence may have: not later than it ends anyway, past the begin of the next occurrence, or more than 366 days after its begin (409). Nothing was changed.',
    remedy: 'The title names the bound. To hold reports beside any window: POST /api/pause.',
  },
  idempotency_key_reused: {
    meaning:
      'The Idempotency-Key (or requestId) was used before, for another request (422); nothing was done.',
    remedy: 'Send a new key, or the request that the key was first used for.',
  },
  invalid_idempotency_key: {
    meaning: 'The Idempotency-Key is none that can be kept (400); nothing was done.',
    remedy: 'Send 1 to 128 visible ASCII characters, for example a UUID.',
  },
  invalid_query: {
    meaning: 'A parameter of the query is invalid (400).',
    remedy: '"errors" names it.',
  },
  invalid_request_body: {
    meaning: 'The request is invalid (400); nothing was sent to Partner Center.',
    remedy: '"errors" has the JSON pointer of each fault and what is expected there.',
  },
  no_report_matches: {
    meaning:
      'No report of the account matches what a pause or a resume names (404); nothing was done. "candidates" lists those whose names are nearest.',
    remedy: 'Correct the name, the queryId or the account; an ExecuteNow report is named by its id alone.',
  },
  not_json: {
    meaning: 'The body is not JSON in UTF-8 (400).',
    remedy: 'Send an object like {"reportIds": ["..."]}.',
  },
  partial: {
    meaning: 'Some reports are not as asked for, and the caller wants that to be an error (failOnPartial).',
    remedy: 'See the results of the run; what can be done is tried again, at the latest after five minutes.',
  },
  unknown_run: {
    meaning: 'There is no run of this id, or its token is wrong or has expired (404).',
    remedy: 'Take the id and the address from the answer that began the run.',
  },
  upstream_refused: {
    meaning: 'Partner Center refused all of it (502), or the pause of this report that a window was to make.',
    remedy: 'See the code of each report in the results of the run.',
  },
  method_not_allowed: {
    meaning: 'A webhook door takes POST and OPTIONS alone (405).',
    remedy: 'Send the delivery by POST.',
  },
  payload_not_understood: {
    meaning: 'Nothing of a webhook’s payload was understood (400), so nothing was done.',
    remedy: '"refused" names each event’s code and field; compare the payload with docs/webhooks.md.',
  },
  too_many_deliveries: {
    meaning: 'A webhook source sends more than its ratePerMinute (429).',
    remedy: 'Wait as Retry-After says, or raise ratePerMinute.',
  },
  too_many_exemptions: {
    meaning:
      'The account, or the caller, has as many exemptions as it may (409), those included that ended within a day; nothing was done.',
    remedy:
      'Leave several reports out by one exemption, by a list of ids or a pattern; docs/bounds.md has the numbers.',
  },
  unknown_exemption: {
    meaning: 'There is no exemption of this id (404); nothing was done.',
    remedy: 'GET /api/exemptions lists those that count, and what ended within a day.',
  },
  too_many_holds: {
    meaning:
      'A report, or the caller of a pause, has as many holds of requests as it may (409); nothing was done.',
    remedy:
      'End some by POST /api/resume, which is never limited, or repeat a request under its own requestId, which replaces its holds; docs/bounds.md has the numbers.',
  },
  unknown_window: {
    meaning: 'No window of this name is configured (404); nothing was done.',
    remedy: 'GET /api/windows lists them.',
  },
  too_many_reports_match: {
    meaning: 'More reports match than one request may mean (422): MAX_REPORTS_PER_REQUEST; nothing was done.',
    remedy: 'Narrow the pattern, or send several requests.',
  },
  unsupported_media_type: {
    meaning: 'The content type of a webhook is none that its source sends (415); nothing was done.',
    remedy: 'Send application/json in UTF-8, or the types of CloudEvents to a source of that kind.',
  },
  webhook_not_done: {
    meaning: 'A webhook could not be dealt with in its time (503); what was done is not done twice.',
    remedy:
      'Nothing: the sender sends it again. If it lasts, look at Partner Center and the storage account.',
  },
  webhook_refused: {
    meaning:
      'A webhook did not prove where it comes from (401), or there is no such source; nothing was done.',
    remedy: 'The event WebhookRefused in the log says why; the answer tells nobody.',
  },
  webhook_retired: {
    meaning: 'The webhook source is retired (410).',
    remedy: 'Take the webhook out at the sender.',
  },
  webhook_secret_unavailable: {
    meaning:
      'The secret of the webhook’s source could not be read (503), so nothing could be checked and nothing was done.',
    remedy: 'The event WebhookSecretProblem in the log says why.',
  },
  window_not_open: {
    meaning:
      'The window is not open now (409), so there is no occurrence that could be meant; nothing was done.',
    remedy: 'The title says when it opens, and opensUtc too. An occurrence that was ended stays so.',
  },
  window_without_end: {
    meaning: 'The window lasts until it is resumed, so it cannot last longer (409); nothing was done.',
    remedy: 'Nothing: its reports stay paused until somebody resumes them or ends it.',
  },
};
