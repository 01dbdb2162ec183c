import type { ExemptionChange } from '../asking/answers.ts';
import { count, listOf } from '../facts/words.ts';
import { When } from '../parts/clock.tsx';

const effects = [
  ['resumes', 'comes back', 'come back'],
  ['pauses', 'is paused again', 'are paused again'],
  ['staysPaused', 'stays paused: something else holds it', 'stay paused: something else holds them'],
] as const;

/** What the next tick does by an exemption that was made or ended, or would be. */
export function ExemptionEffect({
  change: { exemption, effect, actsUtc },
  isDry,
}: {
  readonly change: ExemptionChange;
  readonly isDry: boolean;
}) {
  const told = effects.filter(([name]) => effect !== null && effect[name].count > 0);
  return (
    <>
      <p>
        <b>{isDry ? 'It would come to this' : 'Done'}</b>:{' '}
        {exemption.allWindows ? 'all windows' : listOf(exemption.windows)} until{' '}
        <When utc={exemption.ended?.atUtc ?? exemption.untilUtc} />.
      </p>
      {effect === null ? (
        <p class="fault">What it does now could not be read.</p>
      ) : (
        <ul class="facts">
          {told.length === 0 && <li>Nothing changes now.</li>}
          {told.map(([name, one, many]) => (
            <li key={name}>
              {count(effect[name].count, 'report')} {effect[name].count === 1 ? one : many}
              {name === 'staysPaused' ? '' : ' at '}
              {name !== 'staysPaused' && <When utc={actsUtc} />}
              {`: ${listOf(effect[name].reports.map(({ reportId, reportName }) => (reportName === '' ? reportId : reportName)))}`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
