import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../pageContext.ts';
import { type Asked, ask } from './ask.ts';

/** A long list as far as it was asked for. */
export interface Pages<Page> {
  /** The pages that came, the first first. */
  readonly known: readonly Page[];
  /** What came of asking last; null before the first answer. */
  readonly last: Asked<Page> | null;
  /** Asks for the page after the last; null where there is none. */
  readonly showMore: (() => Promise<void>) | null;
}

/**
 * A list that the app answers in pages. The first is asked for anew with each look, until somebody asks for more: what somebody
 * reads far down stays where it is. `path` has a query already.
 */
export function usePages<Page extends { readonly continuation: string | null }>(path: string): Pages<Page> {
  const { proof, looks } = usePage();
  const [{ known, ofPath }, setKnown] = useState<{ known: readonly Page[]; ofPath: string }>({
    ...{ known: [], ofPath: path },
  });
  const [last, setLast] = useState<Asked<Page> | null>(null);
  const shown = ofPath === path ? known : [];
  useEffect(() => {
    if (shown.length > 1) return;
    let isCurrent = true;
    const get = async () => {
      const asked = await ask<Page>(proof, { method: 'GET', path });
      if (!isCurrent) return;
      setLast(asked);
      if (asked.kind === 'answered') setKnown({ known: [asked.answer], ofPath: path });
    };
    void get();
    return () => {
      isCurrent = false;
    };
  }, [proof, path, looks]);
  const continuation = shown.at(-1)?.continuation ?? null;
  return {
    known: shown,
    last,
    showMore:
      continuation === null
        ? null
        : async () => {
            const next = `${path}&continuation=${encodeURIComponent(continuation)}`;
            const asked = await ask<Page>(proof, { method: 'GET', path: next });
            setLast(asked);
            if (asked.kind === 'answered') setKnown({ known: [...shown, asked.answer], ofPath: path });
          },
  };
}
