import type { Bar, Lane, Timeline } from '../facts/timeline.ts';
import { placeOf } from '../facts/timeline.ts';
import { clockTime, shortDay, whenOf, zoneName } from '../facts/times.ts';
import { useNow, useZone } from './clock.tsx';

/** Some days back and fourteen ahead at a glance: a lane per window, one for what requests hold, and now as a line. */
export function TimelineView({ timeline }: { readonly timeline: Timeline }) {
  const nowMs = useNow(30_000);
  const zone = useZone();
  const { daysMs, lanes, knownUntilMs } = timeline;
  const days = daysMs.slice(0, -1);
  const now = placeOf({ fromMs: nowMs, untilMs: nowMs }, timeline).left;
  return (
    <div class="timeline">
      <div class="days" aria-hidden="true">
        <span class="lane-name" />
        <div class="track">
          {days.map((dayMs, at) => (
            <span
              key={dayMs}
              class={`day${dayMs <= nowMs && nowMs < (daysMs[at + 1] ?? dayMs) ? ' today' : ''}${isWeekend(dayMs, zone) ? ' weekend' : ''}`}
              style={spanOf(dayMs, daysMs[at + 1] ?? dayMs, timeline)}
            >
              <b>{shortDay(dayMs + 43_200_000, zone).split(' ')[0]}</b>
              <i>{shortDay(dayMs + 43_200_000, zone).split(' ')[1]}</i>
            </span>
          ))}
        </div>
      </div>
      <ul class="lanes">
        {lanes.map((lane) => (
          <LaneView key={lane.name} lane={lane} timeline={timeline} nowMs={nowMs} zone={zone} />
        ))}
        <li class="now-line" aria-hidden="true">
          <span class="lane-name" />
          <div class="track">
            <span class="now" style={{ left: `${now}%` }} />
            {knownUntilMs !== null && (
              <span
                class="unknown"
                style={spanOf(knownUntilMs, timeline.untilMs, timeline)}
                title="Not told so far ahead"
              />
            )}
          </div>
        </li>
      </ul>
      {lanes.length === 0 && <p class="quiet-text">No window opens in these days, and nothing is held.</p>}
    </div>
  );
}

function LaneView({
  lane,
  timeline,
  nowMs,
  zone,
}: {
  readonly lane: Lane;
  readonly timeline: Timeline;
  readonly nowMs: number;
  readonly zone: string;
}) {
  return (
    <li class="lane">
      <a class="lane-name" href={lane.address}>
        {lane.name}
      </a>
      <ul class="track">
        {lane.bars.map((bar) => (
          <li
            key={`${bar.fromMs} ${bar.label}`}
            class={`bar ${bar.kind}${bar.untilMs === null ? ' endless' : ''}`}
            style={spanOf(bar.fromMs, bar.untilMs, timeline)}
            title={`${bar.label}: ${spanText(bar, nowMs, zone)}`}
          >
            <span class="unseen">{`${bar.label}, ${spanText(bar, nowMs, zone)}`}</span>
          </li>
        ))}
        {lane.skippedMs.map((atMs) => (
          <li
            key={atMs}
            class="skipped"
            style={{ left: `${placeOf({ fromMs: atMs + 43_200_000, untilMs: atMs }, timeline).left}%` }}
            title={`Skipped on ${shortDay(atMs + 43_200_000, zone)}`}
          >
            <span class="unseen">skipped on {shortDay(atMs + 43_200_000, zone)}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function spanText({ fromMs, untilMs }: Bar, nowMs: number, zone: string): string {
  const until = untilMs === null ? 'until somebody resumes' : `to ${whenOf(untilMs, nowMs, zone)}`;
  return `${whenOf(fromMs, nowMs, zone)} ${until} ${zoneName(zone)}`;
}

function spanOf(fromMs: number, untilMs: number | null, timeline: Timeline) {
  const { left, width } = placeOf({ fromMs, untilMs }, timeline);
  return { left: `${left}%`, width: `${width}%` };
}

function isWeekend(dayMs: number, zone: string): boolean {
  return /^S/.test(shortDay(dayMs + 43_200_000, zone));
}

/** `02:00 to 06:00 Amsterdam`, with the days where they differ from today. */
export function spanInZone(fromUtc: string, untilUtc: string | null, zone: string): string {
  const [fromMs, untilMs] = [Date.parse(fromUtc), untilUtc === null ? null : Date.parse(untilUtc)];
  const from = `${shortDay(fromMs, zone)} ${clockTime(fromMs, zone)}`;
  if (untilMs === null) return `${from}, until somebody resumes`;
  const isSameDay = shortDay(fromMs, zone) === shortDay(untilMs, zone);
  return `${from} to ${isSameDay ? '' : `${shortDay(untilMs, zone)} `}${clockTime(untilMs, zone)}`;
}
