import { KEY_CALLER } from '../callers/caller.ts';
import type { DoorCall } from './serviceParts.ts';

/**
 * The caller as people are shown it: its id, and its name where it has one. Whoever has a key is nobody in particular, and
 * is shown as no more than what it calls itself. Pure.
 */
export function whoAsked({ caller, callerName }: Pick<DoorCall, 'caller' | 'callerName'>): string {
  if (callerName === undefined) return caller;
  return caller === KEY_CALLER ? `key, ${callerName}` : `${caller} (${callerName})`;
}
