import { useState } from 'preact/hooks';
import type { Pages } from '../asking/usePages.ts';

/** Under a long list: what went wrong with it, and the way to what came before. */
export function ShowMore({
  pages: { last, showMore },
}: {
  readonly pages: Pick<Pages<unknown>, 'last' | 'showMore'>;
}) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {(last?.kind === 'problem' || last?.kind === 'unreachable') && (
        <p class="fault" role="alert">
          {last.kind === 'problem' ? last.title : 'The app cannot be reached.'}
        </p>
      )}
      {showMore !== null && (
        <p class="more">
          <button
            type="button"
            class="plain"
            disabled={isAsking}
            onClick={() => {
              setAsking(true);
              void showMore().finally(() => setAsking(false));
            }}
          >
            Show more
          </button>
        </p>
      )}
    </>
  );
}
