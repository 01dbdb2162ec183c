import { SelectionBar, useChoice } from '../acting/SelectionBar.tsx';
import type { Window } from '../asking/answers.ts';
import { isOurs } from '../facts/kinds.ts';
import { firstSight } from '../facts/sentence.ts';
import { DAYS_BACK, timelineOf } from '../facts/timeline.ts';
import { type Trouble, troublesOf } from '../facts/troubles.ts';
import { count } from '../facts/words.ts';
import { useMay, usePage } from '../pageContext.ts';
import { Ago, Countdown, useNow, useZone, When } from '../parts/clock.tsx';
import { Growing } from '../parts/growing.tsx';
import { ReportRow } from '../parts/reportRow.tsx';
import { TimelineView } from '../parts/timelineView.tsx';
import { TroubleCard } from './TroubleCard.tsx';

/** First sight: is anything stuck, what is on, what comes next. */
export function NowView() {
  const { situation, plan, past } = usePage();
  const nowMs = useNow(30_000);
  const timeZone = useZone();
  const reports = situation.reports.reports;
  const windows = situation.windows.windows;
  const troubles = troublesOf(situation);
  const sight = firstSight({ reports, windows, troubles, nowMs, timeZone });
  const ours = reports.filter(isOurs);
  const open = windows.filter(({ now }) => now !== null);
  return (
    <>
      <Sentence sight={sight} />
      {troubles.length > 0 && <Troubles troubles={troubles} />}
      {open.length > 0 && (
        <section aria-labelledby="on-now">
          <h2 id="on-now">On now</h2>
          <ul class="cards">
            {open.map((window) => (
              <OpenWindow key={window.name} window={window} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="ahead">
        <h2 id="ahead">{past === null ? 'Next 14 days' : `Last ${DAYS_BACK} days, next 14`}</h2>
        <TimelineView timeline={timelineOf({ windows, reports, plan, past, nowMs, timeZone })} />
      </section>
      <PausedNow reports={ours} />
    </>
  );
}

function Sentence({ sight }: { readonly sight: ReturnType<typeof firstSight> }) {
  const { situation } = usePage();
  const ageInMs = Math.max(0, ...situation.reports.reads.map(({ ageInSeconds }) => ageInSeconds)) * 1_000;
  return (
    <div class="first">
      <h1 class="sentence" aria-live="polite">
        <span class={sight.isCalm ? 'calm' : 'bad'}>{sight.stuck}</span> <span>{sight.now}</span>{' '}
        <span class="next">{sight.next}</span>
      </h1>
      <p class="age">
        Partner Center was read <Ago sinceMs={situation.gotMs - ageInMs} />
      </p>
    </div>
  );
}

function Troubles({ troubles }: { readonly troubles: readonly Trouble[] }) {
  return (
    <section aria-labelledby="stuck">
      <h2 id="stuck" class="unseen">
        What needs you
      </h2>
      <ul class="troubles">
        {troubles.map((trouble) => (
          <TroubleCard key={trouble.id} trouble={trouble} />
        ))}
      </ul>
    </section>
  );
}

/** A window that is open: since when, until when, what it holds, and what can be done about it. */
export function OpenWindow({ window }: { readonly window: Window }) {
  const { begin, situation } = usePage();
  const mayOperate = useMay('Intermission.Operate');
  const { name, rule, now, said, timeZone } = window;
  const held = situation.reports.reports.filter((report) =>
    report.holds.some(({ holder, state }) => holder === `window ${name}` && state === 'live'),
  );
  return (
    <li class="card open">
      <div class="head">
        <a href={`#/windows/${encodeURIComponent(name)}`}>{name}</a>
        <span class="badge ours">Open</span>
      </div>
      <p class="big">
        {now?.untilUtc ? (
          <>
            until <When utc={now.untilUtc} timeZone={timeZone} /> <Countdown utc={now.untilUtc} />
          </>
        ) : (
          'until somebody resumes'
        )}
      </p>
      <p>{rule}</p>
      <p class="quiet-text">
        Holds {count(held.length, 'report')}
        {said === null ? '' : ` · ${said.what} by ${said.who}: ${said.why}`}
      </p>
      {mayOperate && now !== null && (
        <p class="acts">
          <button type="button" onClick={() => begin({ kind: 'extend', window })}>
            Extend …
          </button>
          <button type="button" onClick={() => begin({ kind: 'end', window })}>
            End now …
          </button>
        </p>
      )}
    </li>
  );
}

function PausedNow({
  reports,
}: {
  readonly reports: ReturnType<typeof usePage>['situation']['reports']['reports'];
}) {
  const { situation } = usePage();
  const choice = useChoice(reports);
  const canChoose = useMay('Reports.Pause');
  const context = { ...choice, canChoose, showsAccount: situation.accounts.accounts.length > 1 };
  return (
    <section aria-labelledby="paused-now">
      <h2 id="paused-now">
        Paused by us <span class="number">{reports.length}</span>
      </h2>
      {reports.length === 0 ? (
        <p class="quiet-text">Nothing is paused by us now.</p>
      ) : (
        <Growing
          items={reports}
          render={(report) => (
            <ReportRow key={`${report.account}/${report.reportId}`} report={report} context={context} />
          )}
        />
      )}
      <SelectionBar reports={reports} choice={choice} />
    </section>
  );
}
