import type { Answer } from './http/answer.ts';
import { throttled } from './http/refusals.ts';
import type { Policies } from './policies/policies.ts';

/** Counts the requests of each tenant in fixed windows; refused ones count as well. */
export class Throttle {
  readonly #windows = new Map<string, { fromMs: number; count: number }>();

  /** The refusal of this request, or null. */
  check(tenantId: string, policy: Policies['throttle'], nowMs: number): Answer | null {
    if (policy === null) {
      return null;
    }
    const open = this.#windows.get(tenantId);
    const isOver = open === undefined || nowMs >= open.fromMs + policy.windowInMs || nowMs < open.fromMs;
    const window = isOver ? { fromMs: nowMs, count: 0 } : open;
    window.count += 1;
    this.#windows.set(tenantId, window);
    if (window.count <= policy.requests) {
      return null;
    }
    const restInSeconds = Math.ceil((window.fromMs + policy.windowInMs - nowMs) / 1000);
    const seconds = policy.retryAfterInSeconds ?? restInSeconds;
    return throttled(String(seconds), seconds);
  }
}
