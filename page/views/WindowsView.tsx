import type { Window, Windows } from '../asking/answers.ts';
import { count } from '../facts/words.ts';
import { usePage } from '../pageContext.ts';
import { useZone } from '../parts/clock.tsx';
import { spanInZone } from '../parts/timelineView.tsx';
import type { Place } from '../place.ts';
import { replacePlace } from '../routing.ts';
import { ExemptionsList } from './ExemptionsList.tsx';
import { OpenWindow } from './NowView.tsx';

/** Every window with its rule in words, what it selects, and when it opens next. */
export function WindowsView({ place }: { readonly place: Extract<Place, { view: 'windows' }> }) {
  const { windows, problems } = usePage().situation.windows;
  const words = place.search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = windows.filter(({ name, account, rule }) =>
    words.every((word) => `${name} ${account} ${rule}`.toLowerCase().includes(word)),
  );
  return (
    <>
      <h1>Windows</h1>
      <div class="filters">
        <label class="search">
          <span class="unseen">Search</span>
          <input
            type="search"
            placeholder="Name, account or rule"
            value={place.search}
            onInput={({ currentTarget }) => replacePlace({ view: 'windows', search: currentTarget.value })}
          />
        </label>
        <p class="quiet-text" role="status">
          {count(shown.length, 'window')}
        </p>
      </div>
      <Problems problems={problems.filter(({ window }) => window === null)} />
      {shown.length === 0 && (
        <p class="empty">{windows.length === 0 ? 'No window is configured.' : 'No window is as you ask.'}</p>
      )}
      <ul class="cards">
        {shown.map((window) =>
          window.now === null ? (
            <ClosedWindow key={window.name} window={window} problems={problems} />
          ) : (
            <OpenWindow key={window.name} window={window} />
          ),
        )}
      </ul>
      <ExemptionsList />
    </>
  );
}

function ClosedWindow({
  window,
  problems,
}: {
  readonly window: Window;
  readonly problems: Windows['problems'];
}) {
  const { name, rule, next, selects } = window;
  const own = problems.filter((one) => one.window === name);
  const [first] = next;
  const zone = useZone(window.timeZone);
  return (
    <li class="card">
      <div class="head">
        <a href={`#/windows/${encodeURIComponent(name)}`}>{name}</a>
        <WindowBadge window={window} />
      </div>
      <p>{rule}</p>
      <p class="quiet-text">
        {first === undefined
          ? 'Does not open again'
          : `Next ${spanInZone(first.fromUtc, first.untilUtc, zone)}`}
        {selects === null ? '' : ` · ${count(selects.count, 'report')}`}
      </p>
      <Problems problems={own} />
    </li>
  );
}

/** Whether a window is open, will be, or will not. */
export function WindowBadge({ window: { state } }: { readonly window: Pick<Window, 'state'> }) {
  switch (state) {
    case 'open':
      return <span class="badge ours">Open</span>;
    case 'closed':
      return <span class="badge quiet">Closed</span>;
    case 'over':
      return <span class="badge quiet">Over</span>;
    case 'disabled':
      return <span class="badge quiet">Disabled</span>;
  }
}

/** What is wrong with windows, errors before warnings. */
export function Problems({ problems }: { readonly problems: Windows['problems'] }) {
  return problems.length === 0 ? null : (
    <ul class="notes">
      {problems.map(({ pointer, message, severity }) => (
        <li key={`${pointer} ${message}`} class={severity}>
          {message}
        </li>
      ))}
    </ul>
  );
}
