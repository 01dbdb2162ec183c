import type { CallerCheck } from '../callers/callerCheck.ts';
import { createEntraVerifier } from '../callers/verifyEntraToken.ts';
import { readCallerSettings } from '../settings/callerSettings.ts';
import { createRefusalSums } from '../telemetry/refusalSums.ts';
import type { Clock } from '../time/clock.ts';

/** How callers prove themselves by this environment. Nothing is fetched before the first token. */
export function callerCheckOf(
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): CallerCheck {
  const settings = readCallerSettings(environment);
  if (settings === null) return { kind: 'unknown' };
  if (settings.kind === 'keys') return settings;
  const { authorityHost, tenantId, audiences } = settings;
  return {
    kind: 'entra',
    rule: { tenantId, audiences },
    verify: createEntraVerifier(authorityHost, clock),
    refusals: createRefusalSums(clock),
  };
}
