import type { LedgerSurvey } from '../ledger/survey.ts';
import { type ConfiguredWindows, configuredWindows } from './readWindows.ts';
import type { RunProblem } from './run.ts';
import type { ServiceParts } from './serviceParts.ts';
import { trustWindows } from './trustWindows.ts';

/** The windows in force, and what stands in the way of reading them. */
export interface WindowsNow {
  readonly windows: ConfiguredWindows;
  readonly problems: readonly RunProblem[];
}

/** The windows as a tick takes them: a new version of the blob is weighed, and the verdict is written down. */
export async function windowsForTick(parts: ServiceParts, survey: LedgerSurvey): Promise<WindowsNow> {
  const sourced = await parts.windows.read();
  if (!sourced.ok) {
    return untrusted(parts, 'windows_unreadable', sourced.message);
  }
  if (sourced.version === null) {
    return { windows: configuredWindows(sourced.parsed), problems: [] };
  }
  const isKnown = sourced.version === survey.windowsRecord.accepted;
  const holds = isKnown ? [] : await parts.ledger.allHolds();
  const { isTrusted, record } = trustWindows({
    ...{ version: sourced.version, parsed: sourced.parsed, holds },
    ...{ record: survey.windowsRecord, nowMs: parts.clock.now() },
  });
  if (record !== survey.windowsRecord) {
    await parts.ledger.putWindowsRecord(record);
  }
  return isTrusted
    ? { windows: configuredWindows(sourced.parsed), problems: [] }
    : untrusted(
        parts,
        'windows_held_back',
        'the new version of WINDOWS_BLOB would end more than half of the live windows; it is taken at the next tick',
      );
}

/** The windows as a door takes them: a version of the blob that no tick has weighed yet opens and ends nothing. */
export async function windowsForDoor(parts: ServiceParts): Promise<ConfiguredWindows> {
  const sourced = await parts.windows.read();
  if (sourced.ok && sourced.version === null) {
    return configuredWindows(sourced.parsed);
  }
  const { accepted } = await parts.ledger.windowsRecord();
  return sourced.ok && sourced.version === accepted
    ? configuredWindows(sourced.parsed)
    : untrusted(parts, 'windows_unreadable', '').windows;
}

function untrusted(parts: ServiceParts, code: string, message: string): WindowsNow {
  const ofSettings = configuredWindows(parts.windows.ofSettings);
  return { windows: { ...ofSettings, areReadable: false }, problems: [{ code, account: null, message }] };
}
