import type { Known } from '../asking/useSituation.ts';
import { Ago } from '../parts/clock.tsx';

declare const INTERMISSION_VERSION: string;

/** What must be known of what is shown: a connection that is lost, an app that is newer than the page, a mode that does nothing. */
export function Banners({ known: { last, situation, lookNow } }: { readonly known: Known }) {
  const version = situation?.me.version ?? (last?.kind === 'invalid' ? last.me.version : null);
  const mode = situation?.me.mode ?? null;
  return (
    <div class="banners" role="status">
      {last?.kind === 'unreachable' && (
        <p class="banner warn">
          The app cannot be reached.{' '}
          {situation === null ? (
            'It is tried again.'
          ) : (
            <>
              What is shown is from <Ago sinceMs={situation.gotMs} />.
            </>
          )}{' '}
          <button type="button" class="plain" onClick={() => void lookNow()}>
            Try now
          </button>
        </p>
      )}
      {last?.kind === 'problem' && (
        <p class="banner warn">
          {last.title} {last.code === '' ? null : <code>{last.code}</code>}
        </p>
      )}
      {version !== null && version !== INTERMISSION_VERSION && (
        <p class="banner info">
          The app is version {version} now, and this page is of {INTERMISSION_VERSION}.{' '}
          <button type="button" class="plain" onClick={() => window.location.reload()}>
            Load it again
          </button>
        </p>
      )}
      {mode === 'observe' && (
        <p class="banner info">MODE is observe: no pause is started. What is ours is still resumed.</p>
      )}
      {mode === 'off' && (
        <p class="banner warn">
          MODE is off: nothing is paused and nothing is resumed, what is ours neither.
        </p>
      )}
    </div>
  );
}
