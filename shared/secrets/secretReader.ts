/** What a code means for a value that was read before; what is missing is not so. */
export interface SecretClass {
  /** Whoever deletes or disables a secret, or takes the right to read it away, wants its value to be used no longer. */
  readonly endsValue?: true;
}

/** Why a secret could not be read. Stable: shown and documented by these names. */
export const secretFailures = {
  secret_not_found: { endsValue: true },
  secret_forbidden: { endsValue: true },
  vault_throttled: {},
  vault_unauthorized: {},
  vault_unavailable: {},
} as const satisfies Readonly<Record<string, SecretClass>>;

export type SecretFailureCode = keyof typeof secretFailures;

/** The row of a code, whichever it is. */
export function classOfSecret(code: SecretFailureCode): SecretClass {
  return secretFailures[code];
}

/** Why there is no value. `message` is one clause for a log or an answer: no value, no token, no address. */
export interface SecretFailure {
  readonly code: SecretFailureCode;
  readonly message: string;
}

/** A secret's value, or why there is none. */
export type SecretAnswer =
  | {
      readonly ok: true;
      readonly value: string;
      /** Key Vault's id of the version that the value is of. */
      readonly version: string;
      /** The vault could not be asked, and the value is the one read before: use it, and tell somebody. */
      readonly isStale: boolean;
    }
  | { readonly ok: false; readonly failure: SecretFailure };

/** Reads secrets of one vault by name, always the latest version. Never rejects; asks once for many callers. */
export interface SecretReader {
  /** The value as last read, read anew when that is too long ago. */
  read(name: string): Promise<SecretAnswer>;
  /**
   * For a caller to whom the value of `refusedVersion` was of no use: reads past the cache. Where the answer has the
   * same version, the vault has nothing newer. Where the vault cannot be asked, this says so and hands out nothing old.
   */
  refresh(name: string, refusedVersion: string): Promise<SecretAnswer>;
}
