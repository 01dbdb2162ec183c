/** Every bound of the reader of secrets. */
export interface SecretLimits {
  /** How long a value is good without being read again; each time up to a tenth less or more. */
  readonly freshForInMs: number;
  /** Since the last good read, how long a value may be handed out while the vault cannot be asked. */
  readonly staleForInMs: number;
  /** A refused value that was read no longer ago than this is the vault's latest: no second read. */
  readonly refreshEveryInMs: number;
  /** How long a failure stands before the vault is asked for that secret again. */
  readonly failureStandsForInMs: number;
  /** The longest that a `Retry-After` is obeyed. */
  readonly retryAfterCapInMs: number;
  /** Reads of one secret that follow each other until one succeeds. */
  readonly maxAttempts: number;
  /** One read, signing in included. */
  readonly attemptInMs: number;
  readonly backOffBaseInMs: number;
  readonly backOffCapInMs: number;
}

/** What production uses. */
export const defaultSecretLimits: SecretLimits = {
  freshForInMs: 10 * 60_000,
  staleForInMs: 6 * 3_600_000,
  refreshEveryInMs: 10_000,
  failureStandsForInMs: 5_000,
  retryAfterCapInMs: 60_000,
  maxAttempts: 2,
  attemptInMs: 5_000,
  backOffBaseInMs: 250,
  backOffCapInMs: 2_000,
};
