import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../pageContext.ts';
import { type Asked, ask } from './ask.ts';

/** What the app answers at a path, asked for anew with each look of the page; null before the first answer. */
export function useAnswer<Answer>(path: string | null): Asked<Answer> | null {
  const { proof, looks } = usePage();
  const [asked, setAsked] = useState<Asked<Answer> | null>(null);
  useEffect(() => {
    if (path === null) return;
    let isCurrent = true;
    const get = async () => {
      const answer = await ask<Answer>(proof, { method: 'GET', path, answersAt: [502, 503] });
      // What was seen stays, however old, while nothing newer can be had.
      if (isCurrent)
        setAsked((before) => (answer.kind === 'unreachable' && before !== null ? before : answer));
    };
    void get();
    return () => {
      isCurrent = false;
    };
  }, [proof, path, looks]);
  return asked;
}
