import { useMemo } from 'preact/hooks';
import { SelectionBar, useChoice } from '../acting/SelectionBar.tsx';
import type { Report } from '../asking/answers.ts';
import { isOurs, keyOf, kindOf, matching } from '../facts/kinds.ts';
import { count } from '../facts/words.ts';
import { useMay, usePage } from '../pageContext.ts';
import { Growing } from '../parts/growing.tsx';
import { ReportRow } from '../parts/reportRow.tsx';
import type { Place } from '../place.ts';
import { replacePlace } from '../routing.ts';

type ReportsPlace = Extract<Place, { view: 'reports' }>;

const filters: readonly (readonly [show: string, name: string, fits: (report: Report) => boolean])[] = [
  ['', 'All', () => true],
  ['attention', 'Need you', ({ attention }) => attention.length > 0],
  ['ours', 'Paused by us', isOurs],
  ['foreign', 'Paused by others', (report) => kindOf(report) === 'foreign'],
  ['active', 'Active', ({ status }) => status === 'Active'],
  ['inactive', 'Run out', ({ status }) => status === 'Inactive'],
];

const ORDER = ['attention', 'ours', 'foreign', 'active', 'inactive'];

/** Every report, searched and filtered; the address says how. */
export function ReportsView({ place }: { readonly place: ReportsPlace }) {
  const { situation } = usePage();
  const accounts = situation.accounts.accounts.map(({ name }) => name);
  const canChoose = useMay('Reports.Pause');
  const found = useMemo(
    () =>
      matching(situation.reports.reports, place.search)
        .filter(({ account }) => place.account === '' || account === place.account)
        .toSorted(
          (one, other) =>
            ORDER.indexOf(kindOf(one)) - ORDER.indexOf(kindOf(other)) ||
            one.reportName.localeCompare(other.reportName),
        ),
    [situation, place.search, place.account],
  );
  const [, , fits] = filters.find(([show]) => show === place.show) ?? filters[0] ?? ['', '', () => true];
  const shown = useMemo(() => found.filter(fits), [found, fits]);
  const choice = useChoice(shown);
  const context = { ...choice, canChoose, showsAccount: accounts.length > 1 };
  const areAllChosen = shown.length > 0 && shown.every((report) => choice.chosen.has(keyOf(report)));
  return (
    <>
      <h1>Reports</h1>
      <Filters place={place} found={found} accounts={accounts} />
      <div class="list-head">
        {canChoose && shown.length > 0 && (
          <label class="check">
            <input
              type="checkbox"
              checked={areAllChosen}
              onChange={() => choice.setAll(areAllChosen ? [] : shown)}
            />
            Choose all
          </label>
        )}
        <p class="quiet-text" role="status">
          {count(shown.length, 'report')}
        </p>
      </div>
      {shown.length === 0 ? (
        <p class="empty">
          {situation.reports.reports.length === 0
            ? 'Partner Center shows no report.'
            : 'No report is as you ask.'}
        </p>
      ) : (
        <Growing
          key={`${place.show} ${place.search} ${place.account}`}
          items={shown}
          render={(report) => <ReportRow key={keyOf(report)} report={report} context={context} />}
        />
      )}
      <SelectionBar reports={shown} choice={choice} />
    </>
  );
}

function Filters({
  place,
  found,
  accounts,
}: {
  readonly place: ReportsPlace;
  readonly found: readonly Report[];
  readonly accounts: readonly string[];
}) {
  return (
    <div class="filters">
      <label class="search">
        <span class="unseen">Search</span>
        <input
          type="search"
          placeholder="Name, id or window"
          value={place.search}
          onInput={({ currentTarget }) => replacePlace({ ...place, search: currentTarget.value })}
        />
      </label>
      <fieldset class="chips">
        <legend class="unseen">Show</legend>
        {filters.map(([show, name, fits]) => (
          <button
            key={name}
            type="button"
            aria-pressed={place.show === show}
            onClick={() => replacePlace({ ...place, show })}
          >
            {name} <span class="number">{found.filter(fits).length}</span>
          </button>
        ))}
      </fieldset>
      {accounts.length > 1 && (
        <label>
          <span class="unseen">Account</span>
          <select
            value={place.account}
            onChange={({ currentTarget }) => replacePlace({ ...place, account: currentTarget.value })}
          >
            <option value="">All accounts</option>
            {accounts.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
