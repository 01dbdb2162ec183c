/** What came of sending a request once. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfterInMs: number | null;
      readonly location: string | null;
      /** Undefined where the body is no JSON. */
      readonly json: unknown;
    }
  /** `why` is a stable code of the network, e.g. `ECONNREFUSED`. */
  | { readonly kind: 'unreachable'; readonly why: string };

/** An answer of the app. */
export type DoorAnswer = Extract<Exchange, { kind: 'answered' }>;
