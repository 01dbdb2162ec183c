import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { humanTimes } from '../facts/humanTimes.ts';
import {
  countdown,
  durationText,
  preciseTime,
  shortDay,
  whenOf,
  type ZoneChoice,
  zoneName,
  zoneOf,
} from '../facts/times.ts';

/** In whose time the page shows instants. */
export const Zone = createContext<ZoneChoice>('mine');

const MINE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone to show an instant in; `ofWindow` where what is shown has one of its own. */
export function useZone(ofWindow: string | null = null): string {
  return zoneOf(useContext(Zone), MINE, ofWindow);
}

/** Now, anew so often. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

/** An instant in the zone that was chosen; in full, with UTC, for whoever points at it. */
export function When({ utc, timeZone = null }: { readonly utc: string; readonly timeZone?: string | null }) {
  const zone = useZone(timeZone);
  const atMs = Date.parse(utc);
  return (
    <time dateTime={utc} title={`${whenOf(atMs, Date.now(), zone)} ${zoneName(zone)} · ${utc}`}>
      {whenOf(atMs, Date.now(), zone)}
    </time>
  );
}

/** An instant to the second, with its day. */
export function Precisely({ utc }: { readonly utc: string }) {
  const zone = useZone();
  const atMs = Date.parse(utc);
  return (
    <time dateTime={utc} title={utc}>
      {shortDay(atMs, zone)} {preciseTime(atMs, zone)}
    </time>
  );
}

/** A text of the app, its instants in the zone that was chosen. */
export function Told({ text }: { readonly text: string }) {
  return <>{humanTimes(text, Date.now(), useZone())}</>;
}

/** How long it is until an instant. */
export function Countdown({ utc }: { readonly utc: string }) {
  const atMs = Date.parse(utc);
  const nowMs = useNow(atMs - Date.now() < 120_000 ? 1_000 : 15_000);
  return <span class="countdown">{countdown(atMs, nowMs)}</span>;
}

/** How long ago something was, by the browser's clock. */
export function Ago({ sinceMs }: { readonly sinceMs: number }) {
  const nowMs = useNow(1_000);
  const pastMs = nowMs - sinceMs;
  return <>{pastMs < 5_000 ? 'just now' : `${durationText(pastMs)} ago`}</>;
}
