import { MAX_DURATION_MS } from '../windows/duration.ts';
import { formatInstant } from '../windows/formatInstant.ts';
import { hasEnd } from '../windows/occurrences.ts';
import type { OpenOccurrence } from './openOccurrence.ts';

/** Until when an occurrence may last, or why not as asked. */
export type JudgedExtension =
  | { readonly ok: true; readonly untilMs: number }
  | {
      readonly ok: false;
      readonly code: 'window_without_end' | 'extension_out_of_bounds';
      readonly message: string;
    };

/**
 * Whether an occurrence may last until then: later than it would, not into the window's next occurrence, and no longer than a
 * window may last. What does not fit is refused and not made to fit: whoever asks for two hours shall not get less unknowingly, and
 * the reports would come back with the end of the next occurrence. Pure.
 */
export function judgeExtension(
  { window, occurrence, next }: Pick<OpenOccurrence, 'window' | 'occurrence' | 'next'>,
  asked:
    | { readonly kind: 'at'; readonly untilMs: number }
    | { readonly kind: 'longer'; readonly byInMs: number },
): JudgedExtension {
  const { fromMs, untilMs: endMs } = occurrence;
  const text = (atMs: number) => {
    const { utc, local } = formatInstant(atMs, window.schedule.timeZone);
    return `${utc} (${local})`;
  };
  if (!hasEnd(window) || endMs === null) {
    return {
      ok: false,
      code: 'window_without_end',
      message: 'The window lasts until it is resumed: it has no end that could be later.',
    };
  }
  const untilMs = asked.kind === 'at' ? asked.untilMs : endMs + asked.byInMs;
  const longestMs = fromMs + MAX_DURATION_MS;
  const outside = (message: string) => ({ ok: false, code: 'extension_out_of_bounds', message }) as const;
  if (untilMs <= endMs) {
    return outside(
      `It ends at ${text(endMs)} anyway: name a later end. POST /api/windows/${window.name}/end ends it now.`,
    );
  }
  if (next !== null && untilMs > next.fromMs) {
    return outside(
      `The next occurrence begins at ${text(next.fromMs)}: this one may last until then, and that one can be extended when it is open. POST /api/pause holds reports beside any window.`,
    );
  }
  return untilMs > longestMs
    ? outside(`An occurrence lasts 366 days at most, which is until ${text(longestMs)}.`)
    : { ok: true, untilMs };
}
