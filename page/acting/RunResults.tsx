import type { Run } from '../asking/answers.ts';
import { count, wordsOf } from '../facts/words.ts';
import { Told } from '../parts/clock.tsx';
import { Growing } from '../parts/growing.tsx';
import { OutcomeBadges, rankOf } from '../parts/outcomeBadges.tsx';

/** What came of each report, or would come: counted, and what is not as asked first. */
export function RunResults({ runs, isDry }: { readonly runs: readonly Run[]; readonly isDry: boolean }) {
  const results = runs.flatMap((run) => run.results);
  const problems = runs.flatMap((run) => run.problems);
  const outcomes = [...new Set(results.map(({ outcome }) => outcome))];
  const counts = Object.fromEntries(
    outcomes.map((outcome) => [outcome, results.filter((one) => one.outcome === outcome).length]),
  );
  const sorted = results.toSorted((one, other) => rankOf(one.outcome) - rankOf(other.outcome));
  const extended = runs.flatMap(({ occurrence }) => (occurrence === undefined ? [] : [occurrence]));
  return (
    <>
      <p class="summary">
        <b>{isDry ? 'It would come to this' : 'Done'}</b>
        <OutcomeBadges counts={counts} />
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
