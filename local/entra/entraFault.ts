import type { EntraCode } from './entraRefusal.ts';

/** What is asked of Entra. */
export type EntraEndpoint = 'token' | 'authorize' | 'discovery' | 'keys';

/** How Entra misbehaves. */
export type EntraFault =
  /** Refuses as if it were true. */
  | { readonly kind: 'error'; readonly code: EntraCode }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterInSeconds?: number | undefined }
  /** Answers what the gateway before Entra, or a proxy, answers in its place: a page. */
  | { readonly kind: 'page'; readonly status: number }
  /** Answers 200 with what is no JSON. */
  | { readonly kind: 'garbage' }
  /** Answers rightly, but late. */
  | { readonly kind: 'slow'; readonly delayInMs: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer; the request took effect, where it could, or did not. */
  | { readonly kind: 'reset'; readonly takesEffect: boolean };

/** Which requests meet a fault. */
export interface PlannedEntraFault {
  readonly fault: EntraFault;
  /** How many of them; infinite until the faults are cleared. */
  readonly count: number;
  /** Default: token. */
  readonly endpoint?: EntraEndpoint | 'any' | undefined;
  /** Only token requests of this grant type. */
  readonly grant?: string | undefined;
}

/** The faults that wait for their requests, the one planned first coming first. */
export interface EntraFaultQueue {
  plan(fault: PlannedEntraFault): void;
  /** The fault that this request meets, which counts it off. */
  take(endpoint: EntraEndpoint, grant: string | null): EntraFault | null;
  clear(): void;
}

export function createEntraFaultQueue(): EntraFaultQueue {
  let waiting: readonly PlannedEntraFault[] = [];
  return {
    plan: (fault) => {
      waiting = [...waiting, fault];
    },
    take: (endpoint, grant) => {
      const met = waiting.find(
        (one) =>
          [endpoint, 'any'].includes(one.endpoint ?? 'token') &&
          (one.grant === undefined || one.grant === grant),
      );
      waiting = waiting
        .map((one) => (one === met ? { ...one, count: one.count - 1 } : one))
        .filter(({ count }) => count > 0);
      return met?.fault ?? null;
    },
    clear: () => {
      waiting = [];
    },
  };
}
