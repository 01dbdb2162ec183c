import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { asSaid } from '../windows/asSaid.ts';
import { nextOccurrence, type Occurrence, occurrenceAt } from '../windows/occurrences.ts';
import type { Window } from '../windows/window.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { ServiceParts } from './serviceParts.ts';
import { windowsForDoor } from './windowsNow.ts';

/** A window that is open, what is so about it now, and when it opens again. */
export interface OpenOccurrence {
  readonly kind: 'open';
  readonly runtime: AccountRuntime;
  readonly window: Window;
  readonly occurrence: Occurrence;
  readonly next: Occurrence | null;
  readonly snapshot: AccountSnapshot;
}

/** What a window that somebody names is doing now. */
export type NamedWindow =
  | OpenOccurrence
  /** It is not open; `next` is when it opens, null where it never does. */
  | { readonly kind: 'closed'; readonly window: Window; readonly next: Occurrence | null }
  | { readonly kind: 'unknown' }
  /** It stands in the settings and cannot be used: what it holds keeps the end that it has. */
  | { readonly kind: 'invalid' }
  /** No window of this name could be read, and not all could. */
  | { readonly kind: 'unreadable' };

/** Looks a window up by its name, with what people said of its occurrences. @throws LedgerError */
export async function findOpenOccurrence(
  parts: ServiceParts,
  name: string,
  nowMs: number,
): Promise<NamedWindow> {
  const { windows, invalidNames, areReadable } = await windowsForDoor(parts);
  const known = windows.find((window) => window.name === name);
  const runtime = parts.accounts.find(({ account }) => account.name === known?.account);
  if (known === undefined || runtime === undefined) {
    if (invalidNames.includes(name)) {
      return { kind: 'invalid' };
    }
    return areReadable ? { kind: 'unknown' } : { kind: 'unreadable' };
  }
  const snapshot = await parts.ledger.read(runtime.accountKey);
  const ends = snapshot.saidEnds.map(({ end }) => end);
  const [window = known] = asSaid([known], ends);
  const occurrence = occurrenceAt(window, nowMs);
  const next = nextOccurrence(window, nowMs);
  return occurrence === null
    ? { kind: 'closed', window, next }
    : { kind: 'open', runtime, window, occurrence, next, snapshot };
}
