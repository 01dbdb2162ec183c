import type { Trouble } from '../facts/troubles.ts';
import { count } from '../facts/words.ts';
import { useMay, usePage } from '../pageContext.ts';
import { Told } from '../parts/clock.tsx';
import { addressOf } from '../place.ts';

const SHOWN = 5;

/** Something that wants a person: what, which reports, what to do, and the means to do it. */
export function TroubleCard({ trouble }: { readonly trouble: Trouble }) {
  const { begin } = usePage();
  const mayPause = useMay('Reports.Pause');
  const mayOperate = useMay('Intermission.Operate');
  const { id, title, message, whatToDo, reports, address } = trouble;
  const isForPerson = id === 'doubtful' || id === 'leftPaused';
  const isOwed = id === 'owed' || id === 'tooLong';
  return (
    <li class="trouble">
      <h3>
        {title}
        {reports.length > 0 && <span class="number">{count(reports.length, 'report')}</span>}
      </h3>
      <p>
        <Told text={message} />
      </p>
      {reports.length > 0 && (
        <ul class="names">
          {reports.slice(0, SHOWN).map(({ reportId, reportName, account }) => (
            <li key={`${account}/${reportId}`}>
              <a href={addressOf({ view: 'report', reportId, account })}>
                {reportName === '' ? reportId : reportName}
              </a>
            </li>
          ))}
          {reports.length > SHOWN && address !== null && (
            <li>
              <a href={address}>and {reports.length - SHOWN} more</a>
            </li>
          )}
        </ul>
      )}
      <p class="to-do">{whatToDo}</p>
      <p class="acts">
        {isForPerson && mayOperate && (
          <>
            <button type="button" onClick={() => begin({ kind: 'resume', reports, takeOver: true })}>
              Resume and take over …
            </button>
            <button type="button" onClick={() => begin({ kind: 'acknowledge', reports })}>
              Leave as it is …
            </button>
          </>
        )}
        {isOwed && mayPause && (
          <button type="button" onClick={() => begin({ kind: 'resume', reports, takeOver: false })}>
            Resume …
          </button>
        )}
        {reports.length === 0 && address !== null && <a href={address}>See more</a>}
      </p>
    </li>
  );
}
