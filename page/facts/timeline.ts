import type { PastOccurrence, Plan, Report, Window } from '../asking/answers.ts';
import { resultOf } from './occurrences.ts';
import { DAY_IN_MS, startOfDay } from './times.ts';
import { count, personOf } from './words.ts';

/** A stretch of time on a lane. */
export interface Bar {
  readonly fromMs: number;
  /** Null goes on past the end of the picture. */
  readonly untilMs: number | null;
  readonly label: string;
  /** On, to come, over with a result, or a while in which reports are left out of the window. */
  readonly kind: 'now' | 'ahead' | 'good' | 'warn' | 'bad' | 'exempt';
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

/** Days of what was, before today. */
export const DAYS_BACK = 3;

/** From midnight of a day for fourteen days and those before today, in days of the zone. Pure. */
function daysAround(nowMs: number, timeZone: string, daysBack: number): readonly number[] {
  const today = startOfDay(nowMs, timeZone);
  const first = daysBack === 0 ? today : startOfDay(today - (daysBack - 0.5) * DAY_IN_MS, timeZone);
  const days = DAYS + daysBack;
  // Noon is within the day, whatever clocks do on it.
  return Array.from({ length: days + 1 }, (_, at) =>
    at === 0 ? first : startOfDay(first + (at + 0.5) * DAY_IN_MS, timeZone),
  );
}

/** The windows and the holds of requests over the next fourteen days, after what windows did in the last ones. Pure. */
export function timelineOf(known: {
  readonly windows: readonly Window[];
  readonly reports: readonly Report[];
  /** Null where it is not known yet, or not now: the next occurrences of each window are shown. */
  readonly plan: Plan | null;
  /** What windows did in the last days; null where it is not known: the picture begins today. */
  readonly past: readonly PastOccurrence[] | null;
  readonly nowMs: number;
  readonly timeZone: string;
}): Timeline {
  const { windows, reports, plan, past, nowMs, timeZone } = known;
  const daysMs = daysAround(nowMs, timeZone, past === null ? 0 : DAYS_BACK);
  const fromMs = daysMs[0] ?? nowMs;
  const untilMs = daysMs.at(-1) ?? nowMs;
  const lanes = windows.map((window) => laneOf(window, plan, past ?? [], { fromMs, untilMs, nowMs }));
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

function laneOf(window: Window, plan: Plan | null, past: readonly PastOccurrence[], frame: Frame): Lane {
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
  const over = past.filter((one) => one.window === name && one.state !== 'open').flatMap(pastBar);
  const shown = [...over, ...bars, ...exemptBars(window, frame)];
  return {
    ...{ name, address: `#/windows/${encodeURIComponent(name)}`, timeZone, skippedMs },
    bars: shown.filter((bar) => isWithin(bar, frame)),
  };
}

/** An occurrence that is over, coloured by what became of it; one without an end was over when that was acted on. */
function pastBar(occurrence: PastOccurrence): readonly Bar[] {
  const { fromUtc, untilUtc, endedUtc, window } = occurrence;
  const until = untilUtc ?? endedUtc;
  const { kind, text } = resultOf(occurrence);
  return until === null
    ? []
    : [{ fromMs: Date.parse(fromUtc), untilMs: Date.parse(until), label: `${window}, ${text}`, kind }];
}

/** For how long reports are left out of a window, a bar per exemption. */
function exemptBars({ selects }: Window, { nowMs }: Frame): readonly Bar[] {
  const exempt = selects?.exempt ?? [];
  return [...Map.groupBy(exempt, ({ exemptionId }) => exemptionId).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined
      ? []
      : [
          {
            ...{ fromMs: nowMs, untilMs: Date.parse(first.untilUtc), kind: 'exempt' as const },
            label: `${count(alike.length, 'report')} left out`,
          },
        ];
  });
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
