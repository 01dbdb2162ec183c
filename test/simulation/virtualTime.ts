import { setImmediate } from 'node:timers/promises';

/** Takes back what was to happen. */
type Cancel = () => void;

/**
 * Time that passes only when nothing is left to do at an instant. What happens at one instant happens in the order in
 * which it was asked for, so that the same history is the same each time.
 */
export interface VirtualTime {
  /** Epoch milliseconds. */
  now(): number;
  /** Lets something happen at that instant, or now where that is over. */
  at(dueMs: number, happen: () => void): Cancel;
  /** Resolves after so long. */
  after(delayInMs: number): Promise<void>;
  /** Lets everything happen until then, and what follows from it at once. */
  runUntil(untilMs: number): Promise<void>;
  /** How many things have happened. */
  happened(): number;
}

interface Due {
  readonly dueMs: number;
  readonly order: number;
  readonly happen: () => void;
  isCancelled: boolean;
}

/** Time that begins at `startMs`. */
export function createVirtualTime(startMs: number): VirtualTime {
  const heap: Due[] = [];
  let nowMs = startMs;
  let order = 0;
  let happened = 0;

  const at = (dueMs: number, happen: () => void): Cancel => {
    const due: Due = { dueMs: Math.max(nowMs, Math.ceil(dueMs)), order, happen, isCancelled: false };
    order += 1;
    push(heap, due);
    return () => {
      due.isCancelled = true;
    };
  };
  return {
    now: () => nowMs,
    at,
    after: (delayInMs) =>
      new Promise((resolve) => {
        at(nowMs + delayInMs, resolve);
      }),
    happened: () => happened,
    runUntil: async (untilMs) => {
      await setImmediate();
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.dueMs > untilMs) break;
        pop(heap);
        if (next.isCancelled) continue;
        nowMs = next.dueMs;
        happened += 1;
        next.happen();
        // Everything that needs no time has run before the next macrotask.
        await setImmediate();
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}

function isBefore(one: Due, other: Due): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
}

function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(due, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = due;
}

function pop(heap: Due[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const right = left + 1;
    const [leftDue, rightDue] = [heap[left], heap[right]];
    const isRight = leftDue !== undefined && rightDue !== undefined && isBefore(rightDue, leftDue);
    const smaller = isRight ? rightDue : leftDue;
    if (smaller === undefined || !isBefore(smaller, last)) break;
    heap[at] = smaller;
    at = isRight ? right : left;
  }
  heap[at] = last;
}
