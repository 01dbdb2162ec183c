import type { Hold } from '../asking/answers.ts';
import { placeOf } from '../facts/timeline.ts';
import { DAY_IN_MS, whenOf } from '../facts/times.ts';
import { personOf } from '../facts/words.ts';
import { useNow, useZone } from './clock.tsx';

const PAST_IN_MS = 30 * DAY_IN_MS;

/** A lane per hold, from where the oldest begins (thirty days ago at most) to where the last ends, and now as a line. */
export function HoldLanes({ holds }: { readonly holds: readonly Hold[] }) {
  const nowMs = useNow(30_000);
  const zone = useZone();
  const fromMs = Math.max(
    nowMs - PAST_IN_MS,
    Math.min(nowMs, ...holds.map(({ fromUtc }) => Date.parse(fromUtc))),
  );
  const ends = holds.flatMap(({ untilUtc }) => (untilUtc === null ? [] : [Date.parse(untilUtc)]));
  const lastMs = Math.max(nowMs, ...ends);
  const margin = Math.max(600_000, (lastMs - fromMs) * 0.06);
  const frame = { fromMs: fromMs - margin, untilMs: lastMs + margin };
  const now = placeOf({ fromMs: nowMs, untilMs: nowMs }, frame).left;
  return (
    <div class="timeline short">
      <ul class="lanes">
        {holds.map((hold) => {
          const until = hold.untilUtc === null ? null : Date.parse(hold.untilUtc);
          const { left, width } = placeOf({ fromMs: Date.parse(hold.fromUtc), untilMs: until }, frame);
          const text = `${whenOf(Date.parse(hold.fromUtc), nowMs, zone)} ${until === null ? 'until somebody resumes' : `to ${whenOf(until, nowMs, zone)}`}`;
          return (
            <li class="lane" key={`${hold.holder} ${hold.who} ${hold.fromUtc}`}>
              <span class="lane-name">
                {hold.holder.startsWith('window ') ? hold.holder.slice(7) : personOf(hold.who)}
              </span>
              <ul class="track">
                <li
                  class={`bar ${hold.state === 'live' ? 'now' : 'ahead'}${until === null ? ' endless' : ''}`}
                  style={{ left: `${left}%`, width: `${width}%` }}
                  title={text}
                >
                  <span class="unseen">{text}</span>
                </li>
              </ul>
            </li>
          );
        })}
        <li class="now-line" aria-hidden="true">
          <span class="lane-name" />
          <div class="track">
            <span class="now" style={{ left: `${now}%` }} />
          </div>
        </li>
      </ul>
    </div>
  );
}
