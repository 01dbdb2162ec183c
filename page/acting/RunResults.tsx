import type { Run } from '../asking/answers.ts';
import { count, wordsOf } from '../facts/words.ts';
import { Told } from '../parts/clock.tsx';
import { Growing } from '../parts/growing.tsx';

const BAD = new Set(['failed', 'doubtful', 'forbidden', 'notFound']);
const GOOD = new Set(['paused', 'resumed', 'alreadyActive', 'alreadyPaused']);

/** What came of each report, or would come: counted, and what is not as asked first. */
export function RunResults({ runs, isDry }: { readonly runs: readonly Run[]; readonly isDry: boolean }) {
  const results = runs.flatMap((run) => run.results);
  const problems = runs.flatMap((run) => run.problems);
  const outcomes = [...new Set(results.map(({ outcome }) => outcome))];
  const sorted = results.toSorted((one, other) => rankOf(one.outcome) - rankOf(other.outcome));
  const extended = runs.flatMap(({ occurrence }) => (occurrence === undefined ? [] : [occurrence]));
  return (
    <>
      <p class="summary">
        <b>{isDry ? 'It would come to this' : 'Done'}</b>
        {outcomes.map((outcome) => (
          <span
            key={outcome}
            class={`badge ${BAD.has(outcome) ? 'bad' : GOOD.has(outcome) ? 'good' : 'quiet'}`}
          >
            {wordsOf(outcome)} {results.filter((one) => one.outcome === outcome).length}
          </span>
        ))}
      </p>
      {extended.map(({ window, untilLocal }) => (
        <p key={window}>
          {window} is over at <Told text={untilLocal} />.
        </p>
      ))}
      {problems.map(({ code, message }) => (
        <p class="fault" key={`${code} ${message}`}>
          {message}
        </p>
      ))}
      {results.length === 0 ? (
        <p class="quiet-text">{count(0, 'report')} concerned.</p>
      ) : (
        <div class="results">
          <Growing
            items={sorted}
            render={({ reportId, account, reportName, outcome, message }) => (
              <li class="row result" key={`${account}/${reportId}`}>
                <span class="what">{reportName === '' ? reportId : reportName}</span>
                <span class="state">{wordsOf(outcome)}</span>
                <span class="why">
                  <Told text={message} />
                </span>
              </li>
            )}
          />
        </div>
      )}
    </>
  );
}

function rankOf(outcome: string): number {
  return BAD.has(outcome) ? 0 : GOOD.has(outcome) ? 2 : 1;
}
