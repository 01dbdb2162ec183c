import type { ExplainedReport } from '../asking/answers.ts';
import { type PausedStretch, pausesIn } from '../facts/pauses.ts';
import { placeOf } from '../facts/timeline.ts';
import { DAY_IN_MS, whenOf } from '../facts/times.ts';
import { personOf } from '../facts/words.ts';
import { useNow, useZone } from './clock.tsx';

const PAST_IN_MS = 30 * DAY_IN_MS;

interface Lane {
  readonly name: string;
  readonly kind: 'now' | 'ahead';
  readonly stretches: readonly PausedStretch[];
}

/**
 * A lane for when the report was paused by us in the last thirty days, and one per hold; from where the oldest of it begins to where
 * the last ends, and now as a line.
 */
export function HoldLanes({ report: { holds, history } }: { readonly report: ExplainedReport }) {
  const nowMs = useNow(30_000);
  const zone = useZone();
  const sinceMs = nowMs - PAST_IN_MS;
  const pauses = pausesIn(history)
    .filter(({ untilMs }) => untilMs === null || untilMs > sinceMs)
    .map(({ fromMs, untilMs }) => ({ fromMs, untilMs: untilMs ?? nowMs }));
  const lanes: readonly Lane[] = [
    ...(pauses.length === 0 ? [] : [{ name: 'Paused', kind: 'now' as const, stretches: pauses }]),
    ...holds.map((hold) => ({
      name: hold.holder.startsWith('window ') ? hold.holder.slice(7) : personOf(hold.who),
      kind: hold.state === 'live' ? ('now' as const) : ('ahead' as const),
      stretches: [
        {
          fromMs: Date.parse(hold.fromUtc),
          untilMs: hold.untilUtc === null ? null : Date.parse(hold.untilUtc),
        },
      ],
    })),
  ];
  if (lanes.length === 0) {
    return null;
  }
  const stretches = lanes.flatMap((lane) => lane.stretches);
  const firstMs = Math.max(sinceMs, Math.min(nowMs, ...stretches.map(({ fromMs }) => fromMs)));
  const lastMs = Math.max(nowMs, ...stretches.map(({ untilMs }) => untilMs ?? nowMs));
  const margin = Math.max(600_000, (lastMs - firstMs) * 0.06);
  const frame = { fromMs: firstMs - margin, untilMs: lastMs + margin };
  return (
    <div class="timeline short">
      <ul class="lanes">
        {lanes.map(({ name, kind, stretches: own }, at) => (
          <li class="lane" key={`${at} ${name}`}>
            <span class="lane-name">{name}</span>
            <ul class="track">
              {own.map((stretch) => (
                <Stretch
                  key={stretch.fromMs}
                  stretch={stretch}
                  kind={kind}
                  frame={frame}
                  text={textOf(stretch, nowMs, zone)}
                />
              ))}
            </ul>
          </li>
        ))}
        <li class="now-line" aria-hidden="true">
          <span class="lane-name" />
          <div class="track">
            <span
              class="now"
              style={{ left: `${placeOf({ fromMs: nowMs, untilMs: nowMs }, frame).left}%` }}
            />
          </div>
        </li>
      </ul>
    </div>
  );
}

function Stretch({
  stretch,
  kind,
  frame,
  text,
}: {
  readonly stretch: PausedStretch;
  readonly kind: Lane['kind'];
  readonly frame: Parameters<typeof placeOf>[1];
  readonly text: string;
}) {
  const { left, width } = placeOf(stretch, frame);
  return (
    <li
      class={`bar ${kind}${stretch.untilMs === null ? ' endless' : ''}`}
      style={{ left: `${left}%`, width: `${width}%` }}
      title={text}
    >
      <span class="unseen">{text}</span>
    </li>
  );
}

function textOf({ fromMs, untilMs }: PausedStretch, nowMs: number, zone: string): string {
  const until = untilMs === null ? 'until somebody resumes' : `to ${whenOf(untilMs, nowMs, zone)}`;
  return `${whenOf(fromMs, nowMs, zone)} ${until}`;
}
