import type { ExplainedReport, Plan, ReportHistory } from '../asking/answers.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { usePages } from '../asking/usePages.ts';
import { isOurs } from '../facts/kinds.ts';
import { capital, count, personOf, wordsOf } from '../facts/words.ts';
import { useMay, usePage } from '../pageContext.ts';
import { StatusBadge } from '../parts/badge.tsx';
import { Countdown, Precisely, Told, When } from '../parts/clock.tsx';
import { HoldLanes } from '../parts/holdLanes.tsx';
import { ShowMore } from '../parts/showMore.tsx';
import { addressOf, type Place } from '../place.ts';

/** One report: what it is, why, by what evidence, and what was done to it. */
export function ReportView({ place }: { readonly place: Extract<Place, { view: 'report' }> }) {
  const { reportId, account } = place;
  const ofAccount = account === '' ? '' : `account=${encodeURIComponent(account)}`;
  const id = encodeURIComponent(reportId);
  const asked = useAnswer<ExplainedReport>(`/api/reports/${id}?${ofAccount}`);
  const plan = useAnswer<Plan>(`/api/plan?report=${id}&${ofAccount}`);
  if (asked === null) {
    return (
      <p class="loading" role="status">
        Looking …
      </p>
    );
  }
  if (asked.kind !== 'answered') {
    return (
      <>
        <Back />
        <p class="empty">{asked.kind === 'problem' ? asked.title : 'The app cannot be reached.'}</p>
      </>
    );
  }
  return <Explained report={asked.answer} plan={plan?.kind === 'answered' ? plan.answer : null} />;
}

function Back() {
  return (
    <p class="back">
      <a href="#/reports">Reports</a>
    </p>
  );
}

function Explained({ report, plan }: { readonly report: ExplainedReport; readonly plan: Plan | null }) {
  const inWords = plan?.inWords ?? [];
  const { reportName, reportId, account, message, attention, expectedResumeUtc, holds } = report;
  const next = inWords.find((line) => line.startsWith('Next: '));
  return (
    <>
      <Back />
      <div class="title">
        <h1>{reportName === '' ? reportId : reportName}</h1>
        <StatusBadge report={report} />
      </div>
      <p class="ids">
        <code>{reportId}</code> · {account} · {report.status ?? 'not shown'} at Partner Center
      </p>
      <p class="big">
        <Told text={message} />
      </p>
      {expectedResumeUtc !== null && (
        <p class="big">
          Comes back <When utc={expectedResumeUtc} /> <Countdown utc={expectedResumeUtc} />
        </p>
      )}
      {next !== undefined && (
        <p class="quiet-text">
          <Told text={next} />
        </p>
      )}
      <Executions plan={plan} />
      <Acts report={report} />
      {attention.length > 0 && (
        <ul class="troubles">
          {attention.map(({ cause, message: what, whatToDo }) => (
            <li class="trouble" key={cause}>
              <h2>{wordsOf(cause)}</h2>
              <p>
                <Told text={what} />
              </p>
              <p class="to-do">{whatToDo}</p>
            </li>
          ))}
        </ul>
      )}
      <section aria-labelledby="holds">
        <h2 id="holds">Held by</h2>
        <HoldLanes report={report} />
        {holds.length === 0 ? (
          <p class="quiet-text">Nothing holds it.</p>
        ) : (
          <ul class="facts">
            {holds.map((hold) => (
              <li key={`${hold.holder} ${hold.who} ${hold.fromUtc}`}>
                <Told text={capital(hold.inWords)} />.
              </li>
            ))}
          </ul>
        )}
      </section>
      <Evidence report={report} />
      <History report={report} />
    </>
  );
}

/** What of it runs now, and what of its schedule falls into windows that are open. */
function Executions({ plan }: { readonly plan: Plan | null }) {
  const [planned] = plan?.reports ?? [];
  if (planned === undefined) {
    return null;
  }
  const { inFlight, executionsInWindowUtc } = planned;
  const [first] = executionsInWindowUtc;
  return (
    <p class="quiet-text">
      {inFlight !== null && inFlight > 0 && `${count(inFlight, 'execution')} of it under way. `}
      {first !== undefined && (
        <>
          {count(executionsInWindowUtc.length, 'execution')} of its schedule would fall into the open windows,
          first <When utc={first} />.
        </>
      )}
    </p>
  );
}

function Acts({ report }: { readonly report: ExplainedReport }) {
  const { begin } = usePage();
  const mayPause = useMay('Reports.Pause');
  const mayOperate = useMay('Intermission.Operate');
  const isUnsettled = report.attention.some(({ cause }) => cause === 'doubtful' || cause === 'leftPaused');
  if (!mayPause) {
    return null;
  }
  const reports = [report];
  return (
    <p class="acts">
      <button type="button" onClick={() => begin({ kind: 'pause', reports })}>
        {isOurs(report) ? 'Pause longer …' : 'Pause …'}
      </button>
      {(isOurs(report) || report.holds.length > 0 || isUnsettled) && (
        <button
          type="button"
          onClick={() => begin({ kind: 'resume', reports, takeOver: isUnsettled && mayOperate })}
        >
          Resume …
        </button>
      )}
      {isUnsettled && mayOperate && (
        <button type="button" onClick={() => begin({ kind: 'acknowledge', reports })}>
          Leave as it is …
        </button>
      )}
    </p>
  );
}

function Evidence({ report: { evidence, evidenceSteps } }: { readonly report: ExplainedReport }) {
  if (evidence === null) {
    return null;
  }
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">Evidence</h2>
      <ol class="steps">
        {evidenceSteps.map(({ atUtc, what }) => (
          <li
            key={`${atUtc ?? ''} ${what}`}
            class={atUtc === null && !what.startsWith('nothing seen') ? 'missing' : ''}
          >
            {atUtc === null ? (
              <span class="at">–</span>
            ) : (
              <span class="at">
                <Precisely utc={atUtc} />
              </span>
            )}
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What happened to it in the last 90 days; until the first answer, what its own answer told. */
function History({ report: { account, reportId, history } }: { readonly report: ExplainedReport }) {
  const path = `/api/reports/${encodeURIComponent(reportId)}/history?account=${encodeURIComponent(account)}`;
  const pages = usePages<ReportHistory>(path);
  const entries = pages.known.length === 0 ? history : pages.known.flatMap((page) => page.entries);
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      {entries.length === 0 ? (
        <p class="quiet-text">Nothing was done to it in the last 90 days.</p>
      ) : (
        <ol class="steps">
          {entries.map(({ atUtc, what, who, why, runId }) => (
            <li key={`${atUtc} ${what} ${runId}`}>
              <a class="at" href={addressOf({ view: 'run', runId })}>
                <Precisely utc={atUtc} />
              </a>
              <span>
                <b>{wordsOf(what)}</b> by {personOf(who)}
                {why === '' ? '' : `: ${why}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      <ShowMore pages={pages} />
    </section>
  );
}
