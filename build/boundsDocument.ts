import { MAX_PRUNED } from '../shared/composition/compose.ts';
import { MAX_FAULTS } from '../shared/http/boundedList.ts';
import { MAX_EXEMPT_IDS, MAX_EXEMPT_WINDOWS } from '../shared/http/exemptionSchemas.ts';
import { MAX_BODY_IN_BYTES } from '../shared/http/parseBody.ts';
import { MAX_PAGE } from '../shared/http/parseReportsAsked.ts';
import { RUN_KEPT_IN_MS } from '../shared/runs/recentRuns.ts';
import { MAX_EXEMPTIONS_OF_ACCOUNT, MAX_EXEMPTIONS_OF_CALLER } from '../shared/service/exemptionQuota.ts';
import { MAX_HOLDS_OF_REPORT, maxHoldsOfCaller } from '../shared/service/holdQuota.ts';
import { ASKED_EVERY_MS } from '../shared/service/readForPeople.ts';
import { MAX_HOLDS_IN_LIST, MAX_HOLDS_OF_ONE } from '../shared/service/shownHold.ts';
import { MAX_UNDONE_TOLD } from '../shared/service/teller.ts';
import { ASKED_AT_ONCE } from '../shared/service/unfinishedExecutions.ts';
import { MAX_HISTORY_LENGTH } from '../shared/webhooks/fitHistory.ts';
import { MAX_EVENTS } from '../shared/webhooks/mapDelivery.ts';
import { MAX_DURATION_MS } from '../shared/windows/duration.ts';
import { MAX_WINDOWS_IN_BYTES } from '../shared/windows/parseWindows.ts';
import { JSON_BOUNDS } from '../shared/wire/readJson.ts';
import { HOST_BODY_LIMIT_IN_BYTES } from './settingsDocuments.ts';

type Row = readonly [what: string, most: string, beyond: string];

const DEFAULT_REPORTS = 10_000;
const number = (value: number) => value.toLocaleString('en');

/** Whatever a caller can make longer, deeper or more, with the most of it; the numbers are the code's own. */
const rows: readonly Row[] = [
  [
    'body of a request, as the host reads it (`FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`)',
    `${number(HOST_BODY_LIMIT_IN_BYTES)} bytes`,
    '413 of the host, without a body',
  ],
  [
    'body of a request or a delivery',
    `${number(MAX_BODY_IN_BYTES)} bytes`,
    '413 `body_too_large`; nothing of it is parsed',
  ],
  ['lists and objects in one another', number(JSON_BOUNDS.depth), '413 `body_too_complex`; it is not parsed'],
  ['members of all its objects', number(JSON_BOUNDS.members), '413 `body_too_complex`; it is not parsed'],
  ['values of any kind', number(JSON_BOUNDS.values), '413 `body_too_complex`; it is not parsed'],
  [
    '`reportIds`, `pauses`, and what `reports` matches',
    `\`MAX_REPORTS_PER_REQUEST\` (${number(DEFAULT_REPORTS)})`,
    '400, before any of them is looked at; 422 `too_many_reports_match`',
  ],
  [
    'list of windows (`WINDOWS_BLOB`)',
    `${number(MAX_WINDOWS_IN_BYTES)} bytes`,
    'told with its length and as `windows_unreadable`; holds stay as they are',
  ],
  ['page of `GET /api/reports` that has a `limit`', number(MAX_PAGE), '400 `invalid_query`'],
  ['faults that one answer tells', String(MAX_FAULTS), 'the first are told, the rest is not looked at'],
  ['`reason`', '500 characters', '400'],
  ['`requestId`, `Idempotency-Key`', '128 visible ASCII characters', '400'],
  ['`X-Requested-By`', '100 characters', 'cut'],
  ['code and address of a consent', '8,000 and 300 characters', '400'],
  [
    'holds of requests on one report',
    number(MAX_HOLDS_OF_REPORT),
    '409 `too_many_holds`; a resume is never limited, and frees them',
  ],
  [
    'holds of one caller on an account',
    `${number(maxHoldsOfCaller(DEFAULT_REPORTS))}, or twice \`MAX_REPORTS_PER_REQUEST\` where that is more`,
    '409 `too_many_holds`; likewise',
  ],
  [
    'exemptions of an account, and of one caller',
    `${MAX_EXEMPTIONS_OF_ACCOUNT} and ${MAX_EXEMPTIONS_OF_CALLER}, those included that ended within a day`,
    '409 `too_many_exemptions`; to end one is never limited',
  ],
  [
    'ids and windows that an exemption names',
    `${MAX_EXEMPT_IDS} and ${MAX_EXEMPT_WINDOWS}`,
    '400; a pattern, or `allWindows`, has no such bound',
  ],
  [
    'holds told of a report',
    `${MAX_HOLDS_IN_LIST} where many reports are told, ${MAX_HOLDS_OF_ONE} where one is`,
    'those that matter most are told, and `holdCount` says how many there are',
  ],
  ['events of a delivery', number(MAX_EVENTS), '400 `payload_not_understood`, `too_many_events`'],
  [
    'what is remembered of one maintenance of a source',
    `${number(MAX_HISTORY_LENGTH)} characters: lists of some 11,000 reports`,
    'what was said of reports that it holds no more is forgotten, and pauses from before that are refused (`said_too_long_ago`); a pause that is too much all the same is refused (`too_much_said`), an end never',
  ],
  ['deliveries of a source', '`ratePerMinute`', '429 with `Retry-After`'],
  ['range of a forecast', '370 days', '400 `invalid_query`'],
  [
    'reads of Partner Center for people, all instances together',
    `one in ${ASKED_EVERY_MS / 1_000} seconds of each account`,
    'the last read is shown, with its age',
  ],
  [
    'executions that those who wait for a window have asked for, each instance',
    `of ${number(ASKED_AT_ONCE)} reports in ${ASKED_EVERY_MS / 1_000} seconds of each window`,
    '202, which says of how many reports they are unread',
  ],
  [
    'how long an occurrence may be made',
    `${MAX_DURATION_MS / 86_400_000} days, and until the next one begins`,
    '409 `extension_out_of_bounds`',
  ],
  [
    'reads of a run for `GET /api/runs/{id}/status`',
    `one in ${RUN_KEPT_IN_MS / 1_000} seconds of each run and instance`,
    'the last answer; a token that was made up costs none',
  ],
  ['reads of the windows for `GET /api/health`', 'two a minute of each instance', 'the last answer'],
  [
    'requests with their results, and what webhooks said',
    '7 and 8 days',
    `forgotten by the first tick after 06:00 UTC, after its work, ${number(MAX_PRUNED)} rows of each at a time`,
  ],
  [
    'reports of one account that are told one by one where a run fails for one cause (`ReportFailed`)',
    number(MAX_UNDONE_TOLD),
    'counted: `more` of the last, and `undone` of `RunFinished`',
  ],
  [
    'lines and events that tell of who was not let in',
    'one a minute of each kind and instance',
    'counted: `count` of the next, and the metric `refusals`',
  ],
  [
    'telemetry of a day (`TELEMETRY_DAILY_CAP_GB`)',
    '1 GB',
    'lost until the next day, and the alert for missing ticks fires',
  ],
];

/** `docs/bounds.md`. */
export function boundsMarkdown(): string {
  const table = [
    '| what | at most | beyond it |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
  const intro =
    'What a caller, a sender or anybody can make longer, deeper or more has a bound, so that no request holds up the others. Made by `npm run documents`.';
  return `${['# Bounds', intro, table.join('\n')].join('\n\n')}\n`;
}
