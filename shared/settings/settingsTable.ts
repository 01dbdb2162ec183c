import { z } from 'zod';
import { DEFAULT_TICK_SCHEDULE } from '../time/ncrontab.ts';
import { callerRows } from './callerRows.ts';
import { duration, listOf, optionalText, wholeNumber } from './readings.ts';
import { pauseScheduleProblem, readTickSchedule } from './schedules.ts';
import { setting } from './setting.ts';
import { signInRows } from './signInRows.ts';

const uuid = z.guid('must be a UUID');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https URL' });

/** The exporter throws on any other. */
const INSTRUMENTATION_KEY =
  /(?:^|;)\s*InstrumentationKey=[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\s*(?:;|$)/i;

const pauseSchedule = z.string().superRefine((text, context) => {
  const problem = pauseScheduleProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const tickSchedule = z.string().superRefine((text, context) => {
  const read = readTickSchedule(text);
  if (!read.ok) context.addIssue({ code: 'custom', message: read.message });
});

/**
 * Every app setting, once: this table makes the parser, the sample file and the README's table
 * (a test keeps the three equal).
 */
export const settingsTable = {
  REPORT_IDS: setting({
    meaning: 'The reports of the window `default`: a comma list or a JSON array of report ids.',
    shownDefault: null,
    sample: '',
    schema: listOf(uuid),
  }),
  PAUSE_SCHEDULE: setting({
    meaning:
      'When the window `default` starts: cron with 5 fields, or 6 with seconds first, in the time of `TIME_ZONE`.',
    shownDefault: null,
    sample: '0 0 22 * * Sat',
    schema: optionalText(pauseSchedule),
  }),
  PAUSE_DURATION: setting({
    meaning:
      'How long the window `default` lasts, ISO 8601, e.g. `PT4H`. Empty: paused from then on, until resumed.',
    shownDefault: null,
    sample: 'PT4H',
    schema: optionalText(),
  }),
  TIME_ZONE: setting({
    meaning: 'IANA time zone of the window `default`.',
    shownDefault: 'UTC',
    sample: 'Europe/Berlin',
    schema: optionalText().transform((zone) => zone ?? 'UTC'),
  }),
  MAINTENANCE_WINDOWS: setting({
    meaning: 'More windows, as a JSON array; see `docs/windows.md`.',
    shownDefault: null,
    sample: null,
    schema: optionalText(),
  }),
  WINDOWS_BLOB: setting({
    meaning:
      "More windows still, in a blob of the app's storage: `container/name.json`. For windows that are many, change often or must outlive a redeployment.",
    shownDefault: null,
    sample: null,
    schema: optionalText(z.string().regex(/^[a-z0-9-]{3,63}\/.+$/, 'must be container/name.json')),
  }),
  MODE: setting({
    meaning:
      '`act`; `observe` starts no pause and only tells, but still resumes what is ours; `off` does nothing and alarms for what is owned.',
    shownDefault: 'act',
    sample: 'act',
    schema: z.enum(['act', 'observe', 'off'], 'must be act, observe or off').default('act'),
  }),
  MAX_HOLD: setting({
    meaning: 'A report that we keep paused for longer is alarmed (never resumed for it), ISO 8601.',
    shownDefault: '`P7D`',
    sample: null,
    schema: duration({ otherwise: 'P7D' }),
  }),
  TICK_SCHEDULE: setting({
    meaning: 'When the timer `tick` fires: cron with 6 fields, UTC.',
    shownDefault: `\`${DEFAULT_TICK_SCHEDULE}\``,
    sample: DEFAULT_TICK_SCHEDULE,
    schema: tickSchedule.default(DEFAULT_TICK_SCHEDULE),
  }),
  TENANT_ID: setting({
    meaning: 'The Entra tenant of the account `default`. Empty only where `ACCOUNTS` names all there are.',
    shownDefault: null,
    sample: '11111111-1111-4111-8111-111111111111',
    schema: optionalText(uuid),
  }),
  ...signInRows,
  INSIGHTS_BASE_URL: setting({
    meaning: 'Everything before `/ScheduledReport`, which also tells the API family (`mpn` or `cmp`).',
    shownDefault: '`https://api.partnercenter.microsoft.com/insights/v1/mpn`',
    sample: 'https://api.partnercenter.microsoft.com/insights/v1/mpn',
    schema: z
      .string()
      .trim()
      .pipe(httpUrl)
      .refine((url) => /\/(mpn|cmp)\/?$/.test(url), 'must end with /mpn or /cmp')
      .default('https://api.partnercenter.microsoft.com/insights/v1/mpn'),
  }),
  EXTRA_API_HOSTS: setting({
    meaning:
      'Hosts beside those of Partner Center that may get the token, as `host` or `host:port`; plain http is allowed to loopback ones only.',
    shownDefault: 'none',
    sample: '',
    schema: listOf(z.string().regex(/^[a-z0-9.\-[\]:]+$/i, 'must be host or host:port')),
  }),
  AzureWebJobsStorage: setting({
    meaning: "The app's own storage account, by connection string; the ledger is kept there.",
    shownDefault: null,
    sample: 'UseDevelopmentStorage=true',
    schema: optionalText(),
  }),
  AzureWebJobsStorage__tableServiceUri: setting({
    meaning: 'The same by identity: the address of its tables, e.g. `https://NAME.table.core.windows.net`.',
    shownDefault: null,
    sample: null,
    schema: optionalText(httpUrl),
  }),
  AzureWebJobsStorage__blobServiceUri: setting({
    meaning: 'The same for its blobs; needed with `WINDOWS_BLOB` and an identity.',
    shownDefault: null,
    sample: null,
    schema: optionalText(httpUrl),
  }),
  AzureWebJobsStorage__queueServiceUri: setting({
    meaning: 'The same for its queues: long requests go on through one.',
    shownDefault: null,
    sample: null,
    schema: optionalText(httpUrl),
  }),
  WEBHOOKS: setting({
    meaning: 'Who may send webhooks, as a JSON array of sources; see `docs/webhooks.md`.',
    shownDefault: null,
    sample: null,
    schema: optionalText(),
  }),
  KEY_VAULT_URL: setting({
    meaning: 'The Key Vault that holds the secrets of sign-in, e.g. `https://NAME.vault.azure.net`.',
    shownDefault: null,
    sample: null,
    schema: optionalText(httpsUrl),
  }),
  WEBHOOK_VAULT_URL: setting({
    meaning:
      'The Key Vault that holds the secrets of webhooks: one of their own, which the app cannot write to, keeps them from whoever gets hold of the app.',
    shownDefault: '`KEY_VAULT_URL`',
    sample: null,
    schema: optionalText(httpsUrl),
  }),
  ...callerRows,
  APPLICATIONINSIGHTS_CONNECTION_STRING: setting({
    meaning:
      'Where telemetry goes; the host reads it too. Empty: none is collected; see `docs/telemetry.md`.',
    shownDefault: null,
    sample: null,
    schema: optionalText(
      z.string().regex(INSTRUMENTATION_KEY, 'must have InstrumentationKey= followed by a UUID'),
    ),
  }),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: setting({
    meaning:
      '`Authorization=AAD`, for the user-assigned identity with `;ClientId=UUID`: telemetry is sent with a token of the managed identity.',
    shownDefault: null,
    sample: null,
    schema: optionalText(
      z.string().regex(/^\s*(?:\w+=[^;=]*;?\s*)+$/, 'must be Authorization=AAD, or with ;ClientId=UUID'),
    ),
  }),
  AZURE_CLIENT_ID: setting({
    meaning: 'Client id of the user-assigned managed identity; empty for the system-assigned one.',
    shownDefault: null,
    sample: null,
    schema: optionalText(uuid),
  }),
  MAX_REPORTS_PER_REQUEST: setting({
    meaning: 'Most reports one request may name.',
    shownDefault: '10000',
    sample: null,
    schema: wholeNumber({ min: 1, max: 100_000, otherwise: 10_000 }),
  }),
  MAX_CONCURRENCY: setting({
    meaning: 'Most calls to Partner Center under way at once, per account.',
    shownDefault: '8',
    sample: null,
    schema: wholeNumber({ min: 1, max: 64, otherwise: 8 }),
  }),
  ATTEMPT_TIMEOUT_SECONDS: setting({
    meaning: 'How long one attempt of a call to Partner Center may take.',
    shownDefault: '30',
    sample: null,
    // An attempt must end before the lease does, which lasts 50 s and has a margin of 10 s.
    schema: wholeNumber({ min: 1, max: 40, otherwise: 30 }),
  }),
  RUN_TIME_BUDGET_SECONDS: setting({
    meaning:
      'How long one run may work before it stops and leaves the rest to the next tick; under the 230 s after which Azure cuts an HTTP request.',
    shownDefault: '200',
    sample: null,
    schema: wholeNumber({ min: 10, max: 220, otherwise: 200 }),
  }),
};
