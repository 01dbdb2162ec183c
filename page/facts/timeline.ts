import type { Plan, Report, Window } from '../asking/answers.ts';
import { DAY_IN_MS, startOfDay } from './times.ts';
import { personOf } from './words.ts';

/** A stretch of time on a lane. */
export interface Bar {
  readonly fromMs: number;
  /** Null goes on past the end of the picture. */
  readonly untilMs: number | null;
  readonly label: string;
  readonly kind: 'now' | 'ahead';
}

/** One lane: a window, or what requests and webhooks hold. */
export interface Lane {
  readonly name: string;
  readonly address: string;
  readonly timeZone: string | null;
  readonly bars: readonly Bar[];
  /** First instants of days on which the window would start and is skipped. */
  readonly skippedMs: readonly number[];
}

/** The picture of the days ahead. */
export interface Timeline {
  readonly fromMs: number;
  readonly untilMs: number;
  /** The first instant of each day, and of the day after the last. */
  readonly daysMs: readonly number[];
  readonly lanes: readonly Lane[];
  /** Where what is known of windows stops short; null where it does not. */
  readonly knownUntilMs: number | null;
}

const DAYS = 14;

/** From midnight today for fourteen days, in days of the zone. Pure. */
function daysAhead(nowMs: number, timeZone: string, days = DAYS): readonly number[] {
  const first = startOfDay(nowMs, timeZone);
  // Noon is within the day, whatever clocks do on it.
  return Array.from({ length: days + 1 }, (_, at) =>
    at === 0 ? first : startOfDay(first + (at + 0.5) * DAY_IN_MS, timeZone),
  );
}

/** The windows and the holds of requests over the next fourteen days. Pure. */
export function timelineOf(known: {
  readonly windows: readonly Window[];
  readonly reports: readonly Report[];
  /** Null where it is not known yet, or not now: the next occurrences of each window are shown. */
  readonly plan: Plan | null;
  readonly nowMs: number;
  readonly timeZone: string;
}): Timeline {
  const { windows, reports, plan, nowMs, timeZone } = known;
  const daysMs = daysAhead(nowMs, timeZone);
  const fromMs = daysMs[0] ?? nowMs;
  const untilMs = daysMs.at(-1) ?? nowMs;
  const lanes = windows.map((window) => laneOf(window, plan, { fromMs, untilMs, nowMs }));
  const requests = requestLane(reports, { fromMs, untilMs, nowMs });
  const cut = plan?.forecastCutAtUtc ?? null;
  return {
    ...{ fromMs, untilMs, daysMs },
    lanes: requests === null ? lanes : [...lanes, requests],
    knownUntilMs: cut === null || Date.parse(cut) >= untilMs ? null : Date.parse(cut),
  };
}

interface Frame {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly nowMs: number;
}

function laneOf(window: Window, plan: Plan | null, frame: Frame): Lane {
  const { name, now, next, skipDates, timeZone } = window;
  const foreseen = plan?.forecast.filter((one) => one.window === name) ?? next;
  const all = [...(now === null ? [] : [now]), ...foreseen, ...(plan === null ? [] : next)];
  const byStart = new Map(all.map((one) => [one.fromUtc, one]));
  const bars = [...byStart.values()].flatMap((one) => {
    const [fromMs, untilMs] = [
      Date.parse(one.fromUtc),
      one.untilUtc === null ? null : Date.parse(one.untilUtc),
    ];
    return isWithin({ fromMs, untilMs }, frame)
      ? [
          {
            ...{ fromMs, untilMs, label: name },
            kind: fromMs <= frame.nowMs ? ('now' as const) : ('ahead' as const),
          },
        ]
      : [];
  });
  const skippedMs = skipDates
    .map((date) => startOfDay(Date.parse(`${date}T12:00:00Z`), timeZone))
    .filter((atMs) => atMs >= frame.fromMs && atMs < frame.untilMs);
  return { name, address: `#/windows/${encodeURIComponent(name)}`, timeZone, bars, skippedMs };
}

/** What requests and webhooks hold, as one bar for all reports that are held alike; null where they hold nothing. */
function requestLane(reports: readonly Report[], frame: Frame): Lane | null {
  const alike = new Map<string, { bar: Bar; who: string; number: number }>();
  for (const hold of reports.flatMap(({ holds }) => holds)) {
    if (hold.holder.startsWith('window ') || hold.state === 'dropped') continue;
    const [fromMs, untilMs] = [
      Date.parse(hold.fromUtc),
      hold.untilUtc === null ? null : Date.parse(hold.untilUtc),
    ];
    if (!isWithin({ fromMs, untilMs }, frame)) continue;
    const key = [hold.holder, hold.who, hold.why, fromMs, untilMs].join('|');
    const kind = fromMs <= frame.nowMs ? ('now' as const) : ('ahead' as const);
    const known = alike.get(key) ?? {
      bar: { fromMs, untilMs, label: '', kind },
      who: personOf(hold.who),
      number: 0,
    };
    alike.set(key, { ...known, number: known.number + 1 });
  }
  const bars = [...alike.values()].map(({ bar, who, number }) => ({ ...bar, label: `${number} by ${who}` }));
  return bars.length === 0
    ? null
    : { name: 'Requests', address: '#/reports?show=ours', timeZone: null, bars, skippedMs: [] };
}

function isWithin({ fromMs, untilMs }: Pick<Bar, 'fromMs' | 'untilMs'>, frame: Frame): boolean {
  return fromMs < frame.untilMs && (untilMs ?? Number.POSITIVE_INFINITY) > frame.fromMs;
}

/** Where a bar stands in a picture, in percent of its width; what is too short to be seen is widened. Pure. */
export function placeOf(
  { fromMs, untilMs }: Pick<Bar, 'fromMs' | 'untilMs'>,
  frame: Pick<Timeline, 'fromMs' | 'untilMs'>,
): { readonly left: number; readonly width: number } {
  const whole = frame.untilMs - frame.fromMs;
  const left = Math.max(0, ((fromMs - frame.fromMs) / whole) * 100);
  const right = Math.min(100, (((untilMs ?? frame.untilMs) - frame.fromMs) / whole) * 100);
  return { left, width: Math.max(0.4, right - left) };
}
