/** One metric of the table `customMetrics`: its unit is in its name. */
export interface MetricShape {
  readonly meaning: string;
  /** `customDimensions`, by name, and what each says. Few values each, never an id of a report or a request. */
  readonly dimensions: Readonly<Record<string, string>>;
}

const account = "The account's name in the settings.";
const door = 'What set the run off.';

/**
 * Every metric. Each item sums up what was recorded since the item before it: `valueSum`, `valueCount`, `valueMin`,
 * `valueMax`. Plain data, and the schema that queries are checked against.
 */
export const metricTable = {
  reports: {
    meaning: 'Reports that runs were concerned with, by what came of them.',
    dimensions: { outcome: 'As in the results of a run.', door, account },
  },
  runDurationInMs: {
    meaning: 'How long a run took.',
    dimensions: { door, status: '`ok`, `partial`, `failed`.' },
  },
  apiCalls: {
    meaning: 'Requests to the Insights API, retries counted.',
    dimensions: {
      account,
      operation: 'As in the name of the dependency.',
      resultCode: 'Status, or why none.',
    },
  },
  throttledTimeInMs: {
    meaning: 'How long calls waited because Partner Center had throttled the account (429).',
    dimensions: { account },
  },
  holdsAlive: { meaning: 'Holds that want their report paused, after a tick.', dimensions: { account } },
  reportsHeld: { meaning: 'Reports that these holds are about.', dimensions: { account } },
  oldestHoldAgeInSeconds: {
    meaning: 'Age of the oldest of them; 0 where there is none.',
    dimensions: { account },
  },
  boundaryLatenessInSeconds: {
    meaning: 'How long after the begin or the end of a window it was acted on; one item each.',
    dimensions: { account, boundary: '`begin` or `end`.' },
  },
  refreshTokenAgeInDays: {
    meaning: 'Age of the refresh token of a `secureApp` account; it dies unused at 90.',
    dimensions: { account },
  },
  refusals: {
    meaning: 'Requests and deliveries that were not let in; events tell one a minute of each kind.',
    dimensions: {
      door: 'The role that was asked for, or the webhook source; `unknown` where there is none.',
      because: 'Why; see docs/faults.md.',
    },
  },
  telemetryDropped: {
    meaning:
      'Items of telemetry that were lost because the ingestion was out of reach for too long, or refused them.',
    dimensions: { kind: '`events`, `dependencies` or `metrics`.' },
  },
} as const satisfies Readonly<Record<string, MetricShape>>;

/** Every metric, by name. */
export type MetricName = keyof typeof metricTable;

/** The values of a metric's dimensions. */
export type MetricDimensions<Name extends MetricName> = {
  readonly [Key in keyof (typeof metricTable)[Name]['dimensions']]: string;
};
