import type { CallerCheck } from '../callers/callerCheck.ts';
import type { Composed } from '../http/composed.ts';
import { type CallerSettings, readCallerSettings } from '../settings/callerSettings.ts';
import { systemClock } from '../time/clock.ts';
import { callerCheckOf } from './callerCheckOf.ts';
import { compose } from './compose.ts';

let composed: Composed | null = null;
let callerCheck: CallerCheck | null = null;

/**
 * The service as this process's environment describes it, made once. The environment is read at the first call and
 * not at load: a pre-warmed worker gets its own only later.
 */
export function serviceFromEnvironment(): Composed {
  composed ??= compose(process.env);
  return composed;
}

/** How callers prove themselves, made once; known also where the other settings make no service. */
export function callerCheckFromEnvironment(): CallerCheck {
  callerCheck ??= callerCheckOf(process.env, systemClock);
  return callerCheck;
}

/** What the settings say of how callers prove themselves; null where they cannot be used. */
export function callerSettingsFromEnvironment(): CallerSettings | null {
  return readCallerSettings(process.env);
}
