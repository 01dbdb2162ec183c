import { inSteps, PIECES_PER_OCCURRENCE, runInSlices } from '../time/steps.ts';
import { asSaid } from '../windows/asSaid.ts';
import { leavingOut } from '../windows/exemptions.ts';
import { loadCronInWords } from '../windows/ruleInWords.ts';
import type { Window } from '../windows/window.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import { previewOfWindows } from './previewOfWindows.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { OCCURRENCES_SHOWN, type ShownWindow, shownWindow } from './shownWindow.ts';
import { allSaidEnds, windowsForDoor } from './windowsNow.ts';

/** Every window, its next occurrences, and everything that is wrong with the configuration. */
export interface ShownWindows {
  /** False where the name of an entry, or a whole source, could not be read. The windows that are listed work. */
  readonly areReadable: boolean;
  readonly windows: readonly ShownWindow[];
  readonly problems: readonly WindowProblem[];
}

/** Reports named of each window, and of one that is asked for by itself. */
const MAX_SELECTED_SHOWN = 20;
const MAX_SELECTED_OF_ONE = 1_000;

/** What `GET /api/windows` tells. */
export async function showWindows(parts: ServiceParts, call: DoorCall): Promise<ShownWindows> {
  const { windows, problems, areReadable } = await windowsAsSaid(parts);
  const shown = await showEach(parts, windows, call, MAX_SELECTED_SHOWN);
  return { areReadable, windows: shown.windows, problems: [...problems, ...shown.problems] };
}

/** What `GET /api/windows/{name}` tells; null where there is no such window. */
export async function showWindow(
  parts: ServiceParts,
  name: string,
  call: DoorCall,
): Promise<(ShownWindow & Pick<ShownWindows, 'problems'>) | null> {
  const { windows, problems } = await windowsAsSaid(parts);
  const meant = windows.filter((window) => window.name === name);
  const shown = await showEach(parts, meant, call, MAX_SELECTED_OF_ONE);
  const [window] = shown.windows;
  const ofIt = problems.filter((problem) => problem.window === name);
  return window === undefined ? null : { ...window, problems: [...ofIt, ...shown.problems] };
}

/** The windows with the ends that people gave to single occurrences, and with what they left out. */
async function windowsAsSaid(parts: ServiceParts) {
  const [configured, ends, exemptions] = await Promise.all([
    windowsForDoor(parts),
    allSaidEnds(parts),
    parts.ledger.exemptions.ofAll(parts.accounts.map(({ accountKey }) => accountKey)),
  ]);
  const nowMs = parts.clock.now();
  const byAccount = Map.groupBy(asSaid(configured.windows, ends), ({ account }) => account);
  const leftOut = parts.accounts.flatMap(({ account, accountKey }) =>
    leavingOut(byAccount.get(account.name) ?? [], exemptions.get(accountKey) ?? [], nowMs),
  );
  const byName = new Map(leftOut.map((window) => [window.name, window]));
  return { ...configured, windows: configured.windows.map((window) => byName.get(window.name) ?? window) };
}

async function showEach(
  parts: ServiceParts,
  windows: readonly Window[],
  call: DoorCall,
  maxSelected: number,
): Promise<Pick<ShownWindows, 'windows' | 'problems'>> {
  const nowMs = parts.clock.now();
  const ahead = await previewOfWindows(parts, windows, call);
  const selections = new Map(ahead.previews.map(({ window, selection }) => [window, selection]));
  const cronInWords = await loadCronInWords();
  const shown: ShownWindow[] = [];
  const show = (window: Window) => {
    const selection = selections.get(window) ?? null;
    shown.push(shownWindow(window, { nowMs, selection, maxSelected, cronInWords }));
  };
  await runInSlices(inSteps(windows, show, OCCURRENCES_SHOWN * PIECES_PER_OCCURRENCE), parts.giveWay);
  return { windows: shown, problems: ahead.problems };
}
