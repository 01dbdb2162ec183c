import type { Exemptions } from '../asking/answers.ts';
import { useAnswer } from '../asking/useAnswer.ts';
import { count, listOf, personOf } from '../facts/words.ts';
import { useMay, usePage } from '../pageContext.ts';
import { When } from '../parts/clock.tsx';

/** Who left which reports out of which windows, until when and why; nothing where nobody did. */
export function ExemptionsList() {
  const { begin } = usePage();
  const mayOperate = useMay('Intermission.Operate');
  const asked = useAnswer<Exemptions>('/api/exemptions');
  const all = asked?.kind === 'answered' ? asked.answer.exemptions : [];
  const active = all.filter(({ state }) => state === 'active');
  if (active.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="exemptions">
      <h2 id="exemptions">
        Left out of windows <span class="number">{active.length}</span>
      </h2>
      <ul class="cards">
        {active.map((exemption) => (
          <li class="card" key={exemption.id}>
            <p class="big">
              {exemption.leavesOut === null
                ? 'Reports'
                : `${count(exemption.leavesOut.count, 'report')}${exemption.leavesOut.count === 0 ? '' : ': '}${listOf(exemption.leavesOut.reports.map(({ reportName, reportId }) => (reportName === '' ? reportId : reportName)))}`}
            </p>
            <p>
              out of {exemption.allWindows ? 'all windows' : listOf(exemption.windows)} until{' '}
              <When utc={exemption.untilUtc} />
            </p>
            <p class="quiet-text">
              {personOf(exemption.who)}: {exemption.why}
            </p>
            {mayOperate && (
              <p class="acts">
                <button type="button" onClick={() => begin({ kind: 'endExemption', exemption })}>
                  End now …
                </button>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
