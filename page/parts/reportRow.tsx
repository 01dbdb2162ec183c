import type { Report } from '../asking/answers.ts';
import { keyOf, kindOf, mainHold } from '../facts/kinds.ts';
import { capital, personOf } from '../facts/words.ts';
import { addressOf } from '../place.ts';
import { StatusBadge } from './badge.tsx';
import { Countdown, Told, When } from './clock.tsx';

/** What a row of reports needs beside its report. */
export interface RowContext {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (report: Report) => void;
  /** False where the viewer may change nothing. */
  readonly canChoose: boolean;
  readonly showsAccount: boolean;
}

/** A report in a list: what it is, by whom and why, until when. */
export function ReportRow({ report, context }: { readonly report: Report; readonly context: RowContext }) {
  const { chosen, toggle, canChoose, showsAccount } = context;
  const hold = mainHold(report);
  const name = report.reportName === '' ? report.reportId : report.reportName;
  return (
    <li class={`row ${kindOf(report)}`}>
      {canChoose && (
        <input
          type="checkbox"
          aria-label={`Choose ${name}`}
          checked={chosen.has(keyOf(report))}
          onChange={() => toggle(report)}
        />
      )}
      <div class="what">
        <a href={addressOf({ view: 'report', reportId: report.reportId, account: report.account })}>{name}</a>
        {showsAccount && <span class="account">{report.account}</span>}
      </div>
      <div class="state">
        <StatusBadge report={report} />
      </div>
      <div class="why">{whyOf(report, hold)}</div>
      <div class="until">{untilOf(report)}</div>
    </li>
  );
}

function whyOf(report: Report, hold: ReturnType<typeof mainHold>) {
  const [first] = report.attention;
  if (first !== undefined) return <Told text={first.message} />;
  if (hold === null) return kindOf(report) === 'ours' || kindOf(report) === 'foreign' ? report.message : null;
  const by = hold.holder.startsWith('window ') ? hold.holder : personOf(hold.who);
  const more = report.holdCount > 1 ? ` and ${report.holdCount - 1} more` : '';
  const why = hold.why === '' || hold.holder.startsWith('window ') ? '' : `: ${hold.why}`;
  return `${capital(by)}${more}${why}`;
}

function untilOf(report: Report) {
  if (report.expectedResumeUtc !== null) {
    return (
      <>
        <When utc={report.expectedResumeUtc} />
        <Countdown utc={report.expectedResumeUtc} />
      </>
    );
  }
  return kindOf(report) === 'ours' ? <span class="endless">until resumed</span> : null;
}
