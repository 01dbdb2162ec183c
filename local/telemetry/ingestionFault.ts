/** How the ingestion misbehaves towards callers who are right. */
export type IngestionFault =
  /** 429 throttled, 402 and 439 quota, 401, 403, 500, 503: nothing is taken. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterInSeconds?: number }
  /** 206: each second item is refused with this status, the others are taken. */
  | { readonly kind: 'partial'; readonly itemStatus: number }
  /** Takes the items and answers, but late. */
  | { readonly kind: 'slow'; readonly delayInMs: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer, before or after the items were taken. */
  | { readonly kind: 'reset'; readonly takesEffect: boolean };

/** Faults stand in line: each request meets the first and counts it off. */
export interface PlannedIngestionFault {
  readonly fault: IngestionFault;
  /** How many requests; infinite until the faults are cleared. */
  readonly count: number;
}
