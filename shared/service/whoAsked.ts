import type { DoorCall } from './serviceParts.ts';

/** The caller as people are shown it: its id, and its name where it has one. Pure. */
export function whoAsked({ caller, callerName }: Pick<DoorCall, 'caller' | 'callerName'>): string {
  return callerName === undefined ? caller : `${caller} (${callerName})`;
}
