import { fingerprintOf } from '../../shared/windows/fingerprint.ts';
import { MAX_WINDOWS_IN_BYTES, type ParsedWindows, parseWindows } from '../../shared/windows/parseWindows.ts';
import type { Window } from '../../shared/windows/window.ts';
import { CommandError, wrongUsage } from '../commandError.ts';
import type { Command } from '../commandLine.ts';
import { healthShape, type Windows, windowsShape } from '../connection/answers.ts';
import type { Doors } from '../connection/openDoors.ts';
import { expectAnswer } from '../connection/refusal.ts';
import { openWindowsBlob } from '../connection/windowsBlob.ts';
import { changeLines } from '../telling/tellPush.ts';
import { areWindowsSound, windowProblemLine, windowProblemLines } from '../telling/tellWindows.ts';
import type { Told } from '../telling/told.ts';
import { compareWindows, type WindowChange } from '../windows/compareWindows.ts';
import type { World } from '../world.ts';

type Push = Extract<Command, { name: 'windows push' }>;

/** So many accounts the app tells of without being asked by name: of more nothing can be said here. */
const ACCOUNTS_TOLD = 20;

/**
 * Checks a list of windows by the app's own parser, shows what it changes, and puts it where the app reads it; then asks
 * the app, and says so only when the app shows the new list. @throws CommandError
 */
export async function pushWindows(push: Push, doors: Doors, world: World): Promise<Told> {
  const text = push.file === '-' ? await world.readInput() : await readFile(push.file, world);
  const lengthInBytes = Buffer.byteLength(text);
  if (lengthInBytes > MAX_WINDOWS_IN_BYTES) {
    const message = `The list is ${lengthInBytes} bytes long, and the app reads ${MAX_WINDOWS_IN_BYTES} at most: select by patterns rather than by ids. Nothing was put.`;
    throw new CommandError(1, 'list_too_long', message);
  }
  const wanted = parsed(text, await knownAccounts(doors));
  const told = wanted.problems.map(windowProblemLine);
  if (!wanted.isComplete || wanted.invalidNames.length > 0) {
    const lines = [...told, 'Nothing was put: a list with an error would hold its windows as they are.'];
    return { exitCode: 1, lines, answer: { isPut: false, problems: wanted.problems, changes: [] } };
  }
  const blob = await openWindowsBlob(push.storage, push.path);
  const old = await blob.read();
  const shown = expectAnswer(await doors.get('/api/windows'), windowsShape);
  const changes = compareWindows(
    old === null ? parsed('[]', { defaultAccount: null }) : parsed(old.text, await knownAccounts(doors)),
    wanted,
    new Set(shown.windows.flatMap(({ name, now }) => (now === null ? [] : [name]))),
  );
  const answer = { isPut: false, problems: wanted.problems, changes };
  const lines = [...told, ...changeLines(changes)];
  if (changes.length === 0 && old !== null) {
    return { exitCode: 0, lines: [...lines, `${blob.place} says the same already.`], answer };
  }
  if (!push.isMeant) {
    return { exitCode: 1, lines: [...lines, 'Nothing was put yet: give --yes if that is meant.'], answer };
  }
  if (!(await blob.write(text, old?.etag ?? null))) {
    const message = `${blob.place} was changed meanwhile by somebody else, and was left so: look again.`;
    throw new CommandError(1, 'changed_meanwhile', message);
  }
  return seen(wanted, doors, { place: blob.place, changes, lines, answer: { ...answer, isPut: true } });
}

async function readFile(path: string, world: World): Promise<string> {
  try {
    return await world.readFile(path);
  } catch {
    throw wrongUsage(`The file ${path} cannot be read.`);
  }
}

/** What is put is not yet what the app goes by: it may read another blob, or none. */
async function seen(
  wanted: ParsedWindows,
  doors: Doors,
  put: {
    readonly place: string;
    readonly changes: readonly WindowChange[];
    readonly lines: readonly string[];
    readonly answer: object;
  },
): Promise<Told> {
  const { place, changes, lines, answer } = put;
  const windows: Windows = expectAnswer(await doors.get('/api/windows'), windowsShape);
  const unlike = unlikeShown(wanted, changes, windows);
  if (unlike.length > 0) {
    const advice =
      'is WINDOWS_BLOB of the app this blob, is no other window of the same name, and is the app of the version of this command?';
    const last = `${place} was put, BUT THE APP DOES NOT SHOW ${unlike.join(', ')} AS PUT: ${advice}`;
    return { exitCode: 1, lines: [...lines, ...windowProblemLines(windows), last], answer };
  }
  const last = `${place} was put, and the app shows it. The next tick goes by it.`;
  return {
    exitCode: areWindowsSound(windows) ? 0 : 1,
    lines: [...lines, ...windowProblemLines(windows), last],
    answer,
  };
}

/** The windows that the app does not show as they were put: not at all, still there, or another rule by the name. Pure. */
function unlikeShown(
  wanted: ParsedWindows,
  changes: readonly WindowChange[],
  { windows }: Windows,
): readonly string[] {
  const shown = new Map(windows.map((window) => [window.name, window]));
  const isAsPut = (window: Window) => shown.get(window.name)?.fingerprint === fingerprintOf(window);
  return [
    ...wanted.windows.filter((window) => !isAsPut(window)).map(({ name }) => name),
    ...changes.filter(({ kind, name }) => kind === 'gone' && shown.has(name)).map(({ name }) => name),
  ];
}

type Known = Parameters<typeof parseWindows>[1];

async function knownAccounts(doors: Doors): Promise<Known> {
  const { learned } = expectAnswer(await doors.get('/api/health/details'), healthShape);
  const accounts = learned?.map(({ account }) => account) ?? [];
  const [only = null] = accounts;
  if (accounts.length === 0 || accounts.length >= ACCOUNTS_TOLD) {
    return { defaultAccount: accounts.length === 0 ? 'default' : null };
  }
  return { defaultAccount: accounts.length === 1 ? only : null, accounts };
}

function parsed(text: string, known: Known): ParsedWindows {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  return parseWindows(value, known);
}
