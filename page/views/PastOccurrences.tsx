import type { PastOccurrence, PastOccurrences } from '../asking/answers.ts';
import { usePages } from '../asking/usePages.ts';
import { resultOf } from '../facts/occurrences.ts';
import { durationText } from '../facts/times.ts';
import { count, personOf, wordsOf } from '../facts/words.ts';
import { useZone } from '../parts/clock.tsx';
import { OutcomeBadges } from '../parts/outcomeBadges.tsx';
import { ShowMore } from '../parts/showMore.tsx';
import { spanInZone } from '../parts/timelineView.tsx';
import { addressOf } from '../place.ts';

/** What a window did in the last 90 days: each time with its result and how late it was. */
export function PastOfWindow({ name, timeZone }: { readonly name: string; readonly timeZone: string }) {
  const pages = usePages<PastOccurrences>(`/api/occurrences?limit=20&window=${encodeURIComponent(name)}`);
  const occurrences = pages.known.flatMap((page) => page.occurrences);
  return (
    <section aria-labelledby="past">
      <h2 id="past">What it did</h2>
      {occurrences.length === 0 && (
        <p class="quiet-text">{pages.last === null ? 'Looking …' : 'It was not open in the last 90 days.'}</p>
      )}
      <ul class="steps wide">
        {occurrences.map((occurrence) => (
          <Past key={occurrence.fromUtc} occurrence={occurrence} timeZone={timeZone} />
        ))}
      </ul>
      <ShowMore pages={pages} />
    </section>
  );
}

function Past({ occurrence, timeZone }: { readonly occurrence: PastOccurrence; readonly timeZone: string }) {
  const { fromUtc, untilUtc, counts, executions, reports, moreReports, said, problem } = occurrence;
  const zone = useZone(timeZone);
  const { everPaused, ...states } = counts;
  const { kind, text } = resultOf(occurrence);
  return (
    <li class={kind}>
      <span class="at">{spanInZone(fromUtc, untilUtc, zone)}</span>
      <div>
        <p class="summary">
          <b>{text}</b>
          {everPaused > 0 && <span class="badge quiet">Paused in it {everPaused}</span>}
          <OutcomeBadges counts={states} />
        </p>
        <p class="quiet-text">
          <Act name="Begun" lateInSeconds={occurrence.begunLateInSeconds} runId={occurrence.begunByRunId} />
          <Act name="Ended" lateInSeconds={occurrence.endedLateInSeconds} runId={occurrence.endedByRunId} />
          {executions.missed > 0 &&
            `${count(executions.missed, 'execution')} of ${count(executions.missedReports, 'report')} fell into it.`}
        </p>
        {said !== null && (
          <p class="quiet-text">
            {said.what} by {personOf(said.who)}: {said.why}
          </p>
        )}
        {problem !== null && <p class="fault">{problem.message}</p>}
        {reports.length > 0 && (
          <details class="lines">
            <summary>{count(reports.length + moreReports, 'report')} of which there is more to say</summary>
            <ul class="facts">
              {reports.map(({ reportId, reportName, outcome, message }) => (
                <li key={reportId}>
                  <a href={addressOf({ view: 'report', reportId, account: occurrence.account })}>
                    {reportName === '' ? reportId : reportName}
                  </a>
                  : {wordsOf(outcome)}. {message}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

/** How late its begin or its end was acted on, and by which run. */
function Act({
  name,
  lateInSeconds,
  runId,
}: {
  readonly name: string;
  readonly lateInSeconds: number | null;
  readonly runId: string | null;
}) {
  if (lateInSeconds === null) {
    return null;
  }
  const text = `${name} ${durationText(lateInSeconds * 1_000)} late`;
  return <>{runId === null ? text : <a href={addressOf({ view: 'run', runId })}>{text}</a>}. </>;
}
