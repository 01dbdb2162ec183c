// A preload (`node --import .../followClock.ts?file=CLOCK_FILE`): makes `Date` of this process show the time of a clock
// file, read at each call, so that a change of the clock counts at once. Timers still wait in real time.
import { readClockFile, shownAt } from './clockFile.ts';

const SystemDate = Date;
const file = new URL(import.meta.url).searchParams.get('file');
if (file === null) {
  throw new Error('followClock.ts needs ?file=, the path of a clock file.');
}
const now = () => shownAt(readClockFile(file), SystemDate.now());

globalThis.Date = new Proxy(SystemDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new SystemDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
