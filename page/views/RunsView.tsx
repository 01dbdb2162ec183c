import type { PastRun, PastRuns } from '../asking/answers.ts';
import { usePages } from '../asking/usePages.ts';
import { capital, personOf } from '../facts/words.ts';
import { Precisely } from '../parts/clock.tsx';
import { OutcomeBadges } from '../parts/outcomeBadges.tsx';
import { ShowMore } from '../parts/showMore.tsx';
import { addressOf, type Place } from '../place.ts';
import { replacePlace } from '../routing.ts';

/** What sets runs off, as people call it. */
const doors: readonly (readonly [door: string, name: string])[] = [
  ['', 'All'],
  ['tick', 'Timer'],
  ['pause', 'Pause'],
  ['resume', 'Resume'],
  ['webhook', 'Webhook'],
  ['end', 'End of a window'],
  ['extend', 'Longer window'],
  ['acknowledge', 'Left as it is'],
  ['drain', 'Drain'],
  ['adopt', 'Adopt'],
];

/** Every run that did something in the last 90 days, the newest first. */
export function RunsView({ place }: { readonly place: Extract<Place, { view: 'runs' }> }) {
  const { door } = place;
  const pages = usePages<PastRuns>(
    `/api/runs?limit=50${door === '' ? '' : `&door=${encodeURIComponent(door)}`}`,
  );
  const runs = pages.known.flatMap((page) => page.runs);
  return (
    <>
      <h1>Runs</h1>
      <div class="filters">
        <label>
          <span class="unseen">Set off by</span>
          <select
            value={door}
            onChange={({ currentTarget }) => replacePlace({ view: 'runs', door: currentTarget.value })}
          >
            {doors.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet-text">What did something in the last 90 days</p>
      </div>
      {pages.last === null ? (
        <p class="loading" role="status">
          Looking …
        </p>
      ) : runs.length === 0 ? (
        <p class="empty">No run did anything.</p>
      ) : (
        <ul class="rows">
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </ul>
      )}
      <ShowMore pages={pages} />
    </>
  );
}

function RunRow({ run }: { readonly run: PastRun }) {
  const { runId, startedUtc, who, why, summary, problems } = run;
  return (
    <li class="row run">
      <a class="what" href={addressOf({ view: 'run', runId })}>
        <Precisely utc={startedUtc} />
      </a>
      <span class="state">{doorName(run.door)}</span>
      <span class="why">
        {run.door === 'tick' ? '' : capital(personOf(who))}
        {why === '' ? '' : `: ${why}`}
        {problems.map(({ code, message }) => (
          <span class="fault block" key={`${code} ${message}`}>
            {message}
          </span>
        ))}
      </span>
      <span class="summary">
        <RunStatus status={run.status} />
        <OutcomeBadges counts={summary} />
      </span>
    </li>
  );
}

/** What set a run off, as people call it. Pure. */
export function doorName(door: string): string {
  return doors.find(([value]) => value === door)?.[1] ?? capital(door);
}

/** Whether a run did all, some or none of what was asked; nothing where all is well. */
export function RunStatus({ status }: Pick<PastRun, 'status'>) {
  switch (status) {
    case 'ok':
      return null;
    case 'working':
      return <span class="badge ours">Works on</span>;
    case 'partial':
      return <span class="badge foreign">In part</span>;
    case 'failed':
      return <span class="badge bad">Failed</span>;
  }
}
