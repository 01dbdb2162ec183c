import type { WindowAlone } from '../asking/answers.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { zoneName } from '../facts/times.ts';
import { count } from '../facts/words.ts';
import { useZone, When } from '../parts/clock.tsx';
import { spanInZone } from '../parts/timelineView.tsx';
import { addressOf } from '../place.ts';
import { OpenWindow } from './NowView.tsx';
import { PastOfWindow } from './PastOccurrences.tsx';
import { Problems, WindowBadge } from './WindowsView.tsx';

const MOST_SHOWN = 200;

/** One window: its rule, what is wrong with it, when it opens next, and what it selects now. */
export function WindowView({ name }: { readonly name: string }) {
  const asked = useAnswer<WindowAlone>(`/api/windows/${encodeURIComponent(name)}`);
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
        <a href="#/windows">Windows</a>
      </p>
      {asked.kind === 'answered' ? (
        <Told window={asked.answer} />
      ) : (
        <p class="empty">{asked.kind === 'problem' ? asked.title : 'The app cannot be reached.'}</p>
      )}
    </>
  );
}

function Told({ window }: { readonly window: WindowAlone }) {
  const { name, account, rule, timeZone, next, skipDates, selects, problems, onManualResume, maxReports } =
    window;
  const zone = useZone(timeZone);
  return (
    <>
      <div class="title">
        <h1>{name}</h1>
        <WindowBadge window={window} />
      </div>
      <p class="big">{rule}</p>
      <p class="quiet-text">
        {account} · {timeZone} · at most {count(maxReports, 'report')} ·{' '}
        {onManualResume === 'respect'
          ? 'a report that somebody resumes inside it stays so'
          : 'a report that somebody resumes inside it is paused again'}
      </p>
      <Problems problems={problems} />
      {window.now !== null && (
        <ul class="cards">
          <OpenWindow window={window} />
        </ul>
      )}
      <section aria-labelledby="next">
        <h2 id="next">Opens next</h2>
        {next.length === 0 ? (
          <p class="quiet-text">It does not open again.</p>
        ) : (
          <ul class="facts">
            {next.map(({ fromUtc, untilUtc }) => (
              <li key={fromUtc}>
                {spanInZone(fromUtc, untilUtc, zone)} <span class="quiet-text">{zoneName(zone)}</span>
              </li>
            ))}
          </ul>
        )}
        {skipDates.length > 0 && <p class="quiet-text">Skipped: {skipDates.join(', ')}</p>}
      </section>
      <PastOfWindow name={name} timeZone={timeZone} />
      <section aria-labelledby="selects">
        <h2 id="selects">Selects now {selects !== null && <span class="number">{selects.count}</span>}</h2>
        {selects === null ? (
          <p class="quiet-text">The reports of its account could not be read.</p>
        ) : (
          <>
            {selects.isOverLimit && <p class="fault">More than it may pause, so that it pauses none.</p>}
            <ul class="names block">
              {selects.reports.slice(0, MOST_SHOWN).map(({ reportId, reportName }) => (
                <li key={reportId}>
                  <a href={addressOf({ view: 'report', reportId, account })}>
                    {reportName === '' ? reportId : reportName}
                  </a>
                </li>
              ))}
            </ul>
            {selects.exempt.length > 0 && (
              <>
                <h3>Left out {selects.exemptCount}</h3>
                <ul class="facts">
                  {selects.exempt.map(({ reportId, reportName, untilUtc }) => (
                    <li key={reportId}>
                      <a href={addressOf({ view: 'report', reportId, account })}>
                        {reportName === '' ? reportId : reportName}
                      </a>{' '}
                      until <When utc={untilUtc} timeZone={timeZone} />
                    </li>
                  ))}
                </ul>
              </>
            )}
            {selects.unknownIds.length > 0 && (
              <p class="quiet-text">Not shown by the account: {selects.unknownIds.join(', ')}</p>
            )}
          </>
        )}
      </section>
    </>
  );
}
