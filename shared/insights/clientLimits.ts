/** Every bound of the Insights client. */
export interface ClientLimits {
  /** Requests of one logical call at most, the first one included. */
  readonly maxAttempts: number;
  /** One request, from connecting to the last byte. */
  readonly attemptInMs: number;
  /** With less time than this left nothing is sent. */
  readonly minAttemptInMs: number;
  readonly backOffBaseInMs: number;
  readonly backOffCapInMs: number;
  /** The longest that a `Retry-After` is obeyed. */
  readonly retryAfterCapInMs: number;
  /** Of one answer, after decompression. */
  readonly maxBodyInBytes: number;
  readonly maxPages: number;
  /** Over all pages of one list. */
  readonly maxItems: number;
  /** Ids in one request for executions; more are asked for in several. */
  readonly maxIdsPerRequest: number;
}

/** What production uses. */
export const defaultClientLimits: ClientLimits = {
  maxAttempts: 5,
  attemptInMs: 20_000,
  minAttemptInMs: 1_000,
  backOffBaseInMs: 500,
  backOffCapInMs: 20_000,
  retryAfterCapInMs: 120_000,
  maxBodyInBytes: 16 * 1024 * 1024,
  maxPages: 200,
  maxItems: 50_000,
  maxIdsPerRequest: 20,
};
