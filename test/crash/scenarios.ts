import type { Work } from './messages.ts';

/** Active, and what the windows and requests are about. */
export const OURS = 'b0000000-0000-4000-8000-000000000001';
/** A person had paused it before anything began. */
export const FOREIGN = 'b0000000-0000-4000-8000-000000000002';

const BEGIN_MS = Date.parse('2026-03-01T12:00:05Z');
const END_MS = Date.parse('2026-03-01T13:00:05Z');

/** The service's clock goes behind ours, so that whoever mixes them up is found out. */
export const SERVICE_OFFSET_IN_MS = -37_400;

const HUMAN_ACTS_AFTER_IN_MS = 60_000;
const TICK_IN_MS = 300_000;

/** The reports of every cell; none has a run that could change anything meanwhile. */
export const reports = [
  { reportId: OURS, reportName: 'Ours', reportStatus: 'Active', startTime: '2099-01-05T18:00:00Z' },
  { reportId: FOREIGN, reportName: 'Foreign', reportStatus: 'Paused', startTime: '2099-01-05T18:00:00Z' },
];

/** One piece of work during which the process is killed, what led to it, and what comes after. */
export interface Scenario {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly before: readonly { readonly atMs: number; readonly work: Work }[];
  readonly killed: { readonly atMs: number; readonly work: Work };
  /** When a person acts, where one does: the killed process's lease still stands. */
  readonly humanAtMs: number;
  /** Ticks of the restarted process while the hold still stands. */
  readonly ticksWhileHeldMs: readonly number[];
  /** Ticks after the end of the hold. */
  readonly ticksAfterMs: readonly number[];
}

const window = {
  REPORT_IDS: `${OURS},${FOREIGN}`,
  PAUSE_SCHEDULE: '0 12 * * *',
  PAUSE_DURATION: 'PT1H',
  MAX_CONCURRENCY: '1',
};
const noWindow = { MAX_CONCURRENCY: '1' };
const tick: Work = { door: 'tick' };
const request = { reportIds: [OURS, FOREIGN], account: 'default', reason: 'maintenance' };
const pauseRequest: Work = {
  door: 'pause',
  caller: 'an operator',
  request: { ...request, untilMs: END_MS - 5_000, requestId: 'one', holdId: null },
};
const resumeRequest: Work = {
  door: 'resume',
  caller: 'an operator',
  request: {
    target: { kind: 'request', requestId: 'one' },
    ...{ account: 'default', includeWindows: false, takeOver: false, endsOthers: true, reason: 'done early' },
  },
};

function ticksFrom(atMs: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => atMs + at * TICK_IN_MS);
}

function killedAt(atMs: number, work: Work) {
  return { killed: { atMs, work }, humanAtMs: atMs + HUMAN_ACTS_AFTER_IN_MS };
}

const pauses = { ticksWhileHeldMs: ticksFrom(BEGIN_MS + TICK_IN_MS, 2), ticksAfterMs: ticksFrom(END_MS, 2) };

export const pauseByWindow: Scenario = {
  name: 'pause by window',
  settings: window,
  before: [],
  ...killedAt(BEGIN_MS, tick),
  ...pauses,
};

export const pauseByRequest: Scenario = {
  name: 'pause by request',
  settings: noWindow,
  before: [],
  ...killedAt(BEGIN_MS, pauseRequest),
  ...pauses,
};

export const resumeAtWindowEnd: Scenario = {
  name: 'resume at the end of the window',
  settings: window,
  // At the second tick the account's times are learned, whatever they do.
  before: [
    { atMs: BEGIN_MS, work: tick },
    { atMs: BEGIN_MS + TICK_IN_MS, work: tick },
  ],
  ...killedAt(END_MS, tick),
  ticksWhileHeldMs: [],
  ticksAfterMs: ticksFrom(END_MS + TICK_IN_MS, 2),
};

const EARLY_MS = BEGIN_MS + 2 * TICK_IN_MS;

export const resumeByRequest: Scenario = {
  name: 'resume by request',
  settings: noWindow,
  before: [
    { atMs: BEGIN_MS, work: pauseRequest },
    { atMs: BEGIN_MS + TICK_IN_MS, work: tick },
  ],
  ...killedAt(EARLY_MS, resumeRequest),
  ticksWhileHeldMs: [],
  // A resume that died before it was written down is lost, and then the hold ends by itself.
  ticksAfterMs: [EARLY_MS + TICK_IN_MS, ...ticksFrom(END_MS, 2)],
};

export const scenarios = [pauseByWindow, pauseByRequest, resumeAtWindowEnd, resumeByRequest];
