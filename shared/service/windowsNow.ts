import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { type LedgerSurvey, saidEndsOf } from '../ledger/survey.ts';
import { asSaid } from '../windows/asSaid.ts';
import { leavingOut } from '../windows/exemptions.ts';
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
    ...{ version: sourced.version, modifiedMs: sourced.modifiedMs, parsed: sourced.parsed, holds },
    ...{ record: survey.windowsRecord, nowMs: parts.clock.now(), saidEnds: saidEndsOf(survey) },
  });
  if (record !== survey.windowsRecord) {
    await parts.ledger.putWindowsRecord(record);
  }
  return isTrusted
    ? { windows: configuredWindows(sourced.parsed), problems: [] }
    : untrusted(
        parts,
        'windows_held_back',
        'the new version of WINDOWS_BLOB would end more than half of the live windows; it is taken when it is still there after five minutes',
      );
}

/**
 * The windows as a door takes them. A new version that a tick would take at once is taken, so that a window which was made longer is
 * not ended by its old end; one that has to wait for a second tick opens and ends nothing.
 */
export async function windowsForDoor(parts: ServiceParts): Promise<ConfiguredWindows> {
  const sourced = await parts.windows.read();
  if (sourced.ok && sourced.version === null) {
    return configuredWindows(sourced.parsed);
  }
  const known = await parts.ledger.windowsRecord();
  if (sourced.ok && sourced.version !== null && sourced.version !== known.accepted) {
    const { version, modifiedMs, parsed } = sourced;
    const [holds, saidEnds] = await Promise.all([parts.ledger.allHolds(), allSaidEnds(parts)]);
    const input = { version, modifiedMs, parsed, holds, saidEnds, nowMs: parts.clock.now() };
    const { isTrusted, record } = trustWindows({ ...input, record: { ...known, heldBack: null } });
    if (isTrusted) {
      await parts.ledger.putWindowsRecord(record);
      return configuredWindows(parsed);
    }
  }
  return sourced.ok && sourced.version === known.accepted
    ? configuredWindows(sourced.parsed)
    : untrusted(parts, 'windows_unreadable', '').windows;
}

/** The windows of one account, with what people said of their occurrences there, and left out of them at that instant. Pure. */
export function windowsOfAccount(
  all: ConfiguredWindows,
  account: string,
  { saidEnds, exemptions }: Pick<AccountSnapshot, 'saidEnds' | 'exemptions'>,
  nowMs: number,
): ConfiguredWindows {
  const own = all.windows.filter((window) => window.account === account);
  const ends = saidEnds.map(({ end }) => end);
  const leftOut = exemptions.map(({ exemption }) => exemption);
  return { ...all, windows: leavingOut(asSaid(own, ends), leftOut, nowMs) };
}

/** What people said of single occurrences, of every account. @throws LedgerError */
export function allSaidEnds({ ledger, accounts }: Pick<ServiceParts, 'ledger' | 'accounts'>) {
  return ledger.allSaidEnds(accounts.map(({ accountKey }) => accountKey));
}

function untrusted(parts: ServiceParts, code: RunProblem['code'], message: string): WindowsNow {
  const ofSettings = configuredWindows(parts.windows.ofSettings);
  return { windows: { ...ofSettings, areReadable: false }, problems: [{ code, account: null, message }] };
}
