import type { Gatekeeper, PassingRequest } from './startProxy.ts';

/** A request, or its answer, that waits until it may go on. */
interface Held {
  readonly processId: number;
  readonly pass: () => void;
}

/** Lets the requests of several processes pass one by one, in an order that a seed decides. */
export interface Interleaver {
  gatekeeperOf(processId: number): Gatekeeper;
  /** The process waits for that time. */
  sleeps(processId: number, dueMs: number): void;
  /** Resolves with what `works` resolve with; nothing passes before. One piece of work per process. */
  run<Value>(works: readonly (() => Promise<Value>)[]): Promise<readonly Value[]>;
  /** From now on all passes at once. */
  letAllPass(): void;
  /** Changes of reports that were under way in two processes at once. */
  readonly overlaps: readonly string[];
  /** How many requests have passed under the interleaver. */
  readonly passed: number;
}

/** How often a process that could go on goes on, so that one may overtake the other by many steps. */
const STAYS = 0.85;
const JUMPS = 0.04;
/** Whoever neither sends nor waits for a time for so long, by the machine's clock, waits for itself. */
const STUCK_AFTER_MS = 60_000;

/** `setTime` is awaited: when it resolves, every process has the time. */
export function createInterleaver(options: {
  readonly random: () => number;
  readonly now: () => number;
  readonly setTime: (nowMs: number) => Promise<void>;
}): Interleaver {
  const { random } = options;
  const held: Held[] = [];
  const asleep = new Map<number, readonly number[]>();
  const putsUnderWay = new Map<PassingRequest, number>();
  const active = new Set<number>();
  const overlaps: string[] = [];
  let isOpen = true;
  let passed = 0;
  let favourite = 0;
  let wake = () => {};

  const isBlocked = (id: number) => asleep.has(id) || held.some(({ processId }) => processId === id);

  const hold = async (processId: number): Promise<true> => {
    if (isOpen) return true;
    await new Promise<void>((resolve) => {
      held.push({ processId, pass: resolve });
      wake();
    });
    passed += 1;
    return true;
  };

  /**
   * Waits until nobody can go on by itself, so that the order is the seed's alone; then lets one pass. Time goes on
   * where all only wait for it.
   */
  const step = async (): Promise<void> => {
    if (![...active].every(isBlocked)) {
      await new Promise<void>((resolve, reject) => {
        const stuck = setTimeout(() => reject(new Error(describeStuck())), STUCK_AFTER_MS);
        wake = () => {
          clearTimeout(stuck);
          resolve();
        };
      });
      return;
    }
    if (held.length === 0) return await passTime(Math.min(...[...asleep.values()].flat()));
    // A change that is under way ends before its time is over: the client sees to that with the machine's clock.
    if (putsUnderWay.size === 0 && random() < JUMPS) return await passTime(options.now() + jump());
    const own = held.filter(({ processId }) => processId === favourite);
    const others = held.filter(({ processId }) => processId !== favourite);
    const from = own.length > 0 && (others.length === 0 || random() < STAYS) ? own : others;
    const next = from[Math.floor(random() * from.length)];
    if (next === undefined) return;
    favourite = next.processId;
    held.splice(held.indexOf(next), 1);
    next.pass();
  };

  const describeStuck = () => {
    const blocked = [...active].filter(isBlocked);
    return `processes ${[...active]} work, ${blocked} of them wait here; the others send nothing and wait for no time`;
  };

  const jump = () => [2_000, 20_000, 100_000, 130_000][Math.floor(random() * 4)] ?? 0;

  const passTime = async (toMs: number): Promise<void> => {
    for (const [id, all] of asleep) {
      const left = all.filter((dueMs) => dueMs > toMs);
      if (left.length > 0) asleep.set(id, left);
      else asleep.delete(id);
    }
    await options.setTime(toMs);
  };

  return {
    overlaps,
    get passed() {
      return passed;
    },
    gatekeeperOf: (processId) => ({
      before: async (request) => {
        if (request.method === 'PUT' && request.path.includes('/ScheduledReport')) {
          if ([...putsUnderWay.values()].some((id) => id !== processId)) overlaps.push(request.path);
          putsUnderWay.set(request, processId);
        }
        return hold(processId);
      },
      after: async (request) => {
        await hold(processId);
        putsUnderWay.delete(request);
        return true;
      },
    }),
    sleeps: (processId, dueMs) => {
      asleep.set(processId, [...(asleep.get(processId) ?? []), dueMs]);
      wake();
    },
    run: async (works) => {
      isOpen = false;
      const values = works.map(async (work, processId) => {
        active.add(processId);
        try {
          return await work();
        } finally {
          active.delete(processId);
          wake();
        }
      });
      while (active.size > 0) await step();
      return Promise.all(values);
    },
    letAllPass: () => {
      isOpen = true;
      for (const { pass } of held.splice(0)) pass();
    },
  };
}
