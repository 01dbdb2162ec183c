import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PastOccurrence, Plan } from './answers.ts';
import type { Proof } from './ask.ts';
import { foresee, type Looked, look, lookBack, type Situation, type Standing } from './situation.ts';

/** How often an open page looks. The app reads Partner Center at most once in 15 seconds, however many look. */
const LOOK_EVERY_MS = 30_000;
/** Who looks and what is wrong with the app changes seldom. */
const STANDS_FOR_MS = 120_000;
/** The days ahead change with the windows alone, and cost the app more to tell. */
const FORESEE_EVERY_MS = 600_000;
const DAYS_AHEAD_IN_MS = 14 * 86_400_000;

/** What is known, and how well. */
export interface Known {
  /** The last that was seen, however old it is; null before the first. */
  readonly situation: Situation | null;
  readonly plan: Plan | null;
  /** What windows did in the last days; null where that is not known. */
  readonly past: readonly PastOccurrence[] | null;
  /** What came of the last look; null before the first. */
  readonly last: Looked | null;
  /** Looks at once, and resolves when it was seen. */
  readonly lookNow: () => Promise<void>;
}

/** Looks again and again while the page is visible and somebody is signed in, and at once when a connection is back. */
export function useSituation(proof: Proof | null): Known {
  const [situation, setSituation] = useState<Situation | null>(null);
  const [last, setLast] = useState<Looked | null>(null);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [past, setPast] = useState<readonly PastOccurrence[] | null>(null);
  const foreseen = useRef({ atMs: 0, windows: '' });
  const standing = useRef<{ readonly atMs: number; readonly known: Standing } | null>(null);
  const begun = useRef(0);
  const ended = useRef(0);

  const lookNow = useCallback(async () => {
    if (proof === null) return;
    begun.current += 1;
    const turn = begun.current;
    const { atMs: stoodMs, known } = standing.current ?? { atMs: 0, known: null };
    const looked = await look(proof, Date.now() - stoodMs < STANDS_FOR_MS ? known : null);
    // What was asked for before what is shown came too late.
    if (turn < ended.current) return;
    ended.current = turn;
    const { me, health } = looked.kind === 'seen' ? looked.situation : { me: null, health: null };
    if (me === null) standing.current = null;
    else if (me !== known?.me) standing.current = { atMs: Date.now(), known: { me, health } };
    setLast(looked);
    if (looked.kind === 'signedOut') setSituation(null);
    if (looked.kind !== 'seen') return;
    setSituation(looked.situation);
    const windows = JSON.stringify(
      looked.situation.windows.windows.map(({ fingerprint, now, said }) => [fingerprint, now, said]),
    );
    const { atMs } = foreseen.current;
    if (windows !== foreseen.current.windows || Date.now() - atMs > FORESEE_EVERY_MS) {
      foreseen.current = { atMs: Date.now(), windows };
      const [ahead, behind] = await Promise.all([
        foresee(proof, Date.now() + DAYS_AHEAD_IN_MS),
        lookBack(proof, Date.now()),
      ]);
      setPlan(ahead);
      setPast(behind);
    }
  }, [proof]);

  useEffect(() => {
    if (proof === null) return;
    const lookWhileVisible = () => {
      // One at a time: an app that is slow is not asked more often for it.
      const isUnderWay = begun.current > ended.current;
      if (document.visibilityState === 'visible' && !isUnderWay) void lookNow();
    };
    void lookNow();
    const timer = setInterval(lookWhileVisible, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', lookWhileVisible);
    window.addEventListener('online', lookWhileVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookWhileVisible);
      window.removeEventListener('online', lookWhileVisible);
    };
  }, [proof, lookNow]);
  return { situation, plan, past, last, lookNow };
}
