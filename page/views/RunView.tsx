import { RunResults } from '../acting/RunResults.tsx';
import type { Accepted, PastRuns, Run } from '../asking/answers.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { durationText } from '../facts/times.ts';
import { count, personOf } from '../facts/words.ts';
import { Precisely, Told } from '../parts/clock.tsx';
import { doorName, RunStatus } from './RunsView.tsx';

/** One run: what set it off, who and why, and what came of each report. */
export function RunView({ runId }: { readonly runId: string }) {
  const asked = useAnswer<Run | Accepted>(`/api/runs/${encodeURIComponent(runId)}`);
  if (asked === null) {
    return (
      <p class="loading" role="status">
        Looking …
      </p>
    );
  }
  return (
    <>
      <p class="back">
        <a href="#/runs">Runs</a>
      </p>
      {asked.kind !== 'answered' ? (
        <p class="empty">
          {asked.kind !== 'problem'
            ? 'The app cannot be reached.'
            : asked.status === 404
              ? 'Nothing is kept of this run: it did nothing, or is long past.'
              : asked.title}
        </p>
      ) : asked.answer.status === 'working' ? (
        <p class="empty" role="status">
          The run works on: {asked.answer.done} of {count(asked.answer.total, 'report')}.
        </p>
      ) : (
        <Ended run={asked.answer} />
      )}
    </>
  );
}

function Ended({ run }: { readonly run: Run }) {
  const { runId, door, status, startedUtc, durationInMs, events, resultsLeftOut = 0 } = run;
  return (
    <>
      <div class="title">
        <h1>{doorName(door)}</h1>
        <RunStatus status={status} />
      </div>
      <WhoAndWhy runId={runId} startedUtc={startedUtc} />
      <p class="ids">
        <Precisely utc={startedUtc} /> · {durationInMs < 1_000 ? 'less than 1 s' : durationText(durationInMs)}{' '}
        · <code>{runId}</code>
      </p>
      <RunResults runs={[run]} isDry={false} />
      {resultsLeftOut > 0 && (
        <p class="quiet-text">{count(resultsLeftOut, 'more result')} are counted, and not kept one by one.</p>
      )}
      {events.length > 0 && (
        <section aria-labelledby="events">
          <h2 id="events">To know</h2>
          <ul class="facts">
            {events.map(({ name, reportId, reportName, detail }) => (
              <li key={`${name} ${reportId}`}>
                <b>{reportName === '' ? reportId : reportName}</b>: <Told text={detail} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The list of runs knows who set one off; the run alone does not. */
function WhoAndWhy({ runId, startedUtc }: Pick<Run, 'runId' | 'startedUtc'>) {
  const until = new Date(Date.parse(startedUtc) + 1_000).toISOString();
  const asked = useAnswer<PastRuns>(
    `/api/runs?from=${encodeURIComponent(startedUtc)}&until=${encodeURIComponent(until)}`,
  );
  const run = asked?.kind === 'answered' ? asked.answer.runs.find((one) => one.runId === runId) : undefined;
  return run === undefined ? null : (
    <p class="big">
      {run.door === 'tick' ? 'By the timer' : `By ${personOf(run.who)}`}
      {run.why === '' ? '' : `: ${run.why}`}
    </p>
  );
}
