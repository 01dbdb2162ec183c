import { PLAIN_SERVICE } from './drawHistory.ts';
import { type History, MINUTE_IN_MS, type ServiceTraits } from './history.ts';

/** Parts of a history by name, such as `humans.0` or `service.listLagInMs`, that can be left out of it. */
export type PartName = string;

const LISTS = ['kills', 'faults', 'humans', 'requests', 'windows', 'reports'] as const;

/** Every part that can be left out, the large ones first. */
export function partsOf(history: History): readonly PartName[] {
  const ofLists = LISTS.flatMap((list) => history[list].map((_, at) => `${list}.${at}`));
  const odd = traitsOf(history.service).filter(
    (name) => JSON.stringify(history.service[name]) !== JSON.stringify(PLAIN_SERVICE[name]),
  );
  return [
    ...ofLists,
    ...(history.processes > 1 ? ['processes'] : []),
    ...(history.maxConcurrency < 8 ? ['maxConcurrency'] : []),
    ...(history.tickInMs > MINUTE_IN_MS ? ['tickInMs'] : []),
    ...odd.map((name) => `service.${name}`),
  ];
}

/** The history without these parts; the others keep their places and times. */
export function without(history: History, parts: readonly PartName[]): History {
  const isLeftOut = new Set(parts);
  const keep = <Item>(list: (typeof LISTS)[number], items: readonly Item[]) =>
    items.filter((_, at) => !isLeftOut.has(`${list}.${at}`));
  const plain = Object.fromEntries(
    traitsOf(history.service).flatMap((name) =>
      isLeftOut.has(`service.${name}`) ? [[name, PLAIN_SERVICE[name]]] : [],
    ),
  );
  const reports = keep('reports', history.reports);
  const isThere = (letter: string) => reports.some((report) => report.letter === letter);
  const onThose = <Item extends { readonly letters: readonly string[] }>(items: readonly Item[]) =>
    items
      .map((item) => ({ ...item, letters: item.letters.filter(isThere) }))
      .filter(({ letters }) => letters.length > 0);
  return {
    ...history,
    service: { ...history.service, ...plain },
    processes: isLeftOut.has('processes') ? 1 : history.processes,
    maxConcurrency: isLeftOut.has('maxConcurrency') ? 8 : history.maxConcurrency,
    tickInMs: isLeftOut.has('tickInMs') ? MINUTE_IN_MS : history.tickInMs,
    reports,
    windows: onThose(keep('windows', history.windows)),
    requests: onThose(keep('requests', history.requests)),
    humans: keep('humans', history.humans).filter(({ letter }) => isThere(letter)),
    faults: keep('faults', history.faults),
    kills: keep('kills', history.kills),
  };
}

/**
 * What can be left out of a history so that `fails` is still true, found greedily: what is left is what it takes. At
 * most `maxTries` histories are played for it.
 */
export async function shrinkHistory(
  history: History,
  fails: (smaller: History) => Promise<boolean>,
  maxTries: number,
): Promise<readonly PartName[]> {
  let left: readonly PartName[] = [];
  let tries = 0;
  for (const part of partsOf(history)) {
    if (tries >= maxTries) break;
    const more = [...left, part];
    const smaller = without(history, more);
    if (smaller.reports.length === 0) continue;
    tries += 1;
    if (await fails(smaller)) left = more;
  }
  return left;
}

function traitsOf(service: ServiceTraits): readonly (keyof ServiceTraits)[] {
  return Object.keys(service).filter((name): name is keyof ServiceTraits => name in PLAIN_SERVICE);
}
