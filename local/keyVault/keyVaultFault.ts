/** What a caller asks of the vault; the names are those of Key Vault's own access policies where there is one. */
export type KeyVaultOperation =
  | 'get'
  | 'set'
  | 'update'
  | 'list'
  | 'listVersions'
  | 'delete'
  | 'getDeleted'
  | 'recover'
  | 'purge';

/** How the vault misbehaves towards callers whose token is right. */
export type KeyVaultFault =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'throttled'; readonly retryAfterInSeconds: number }
  | { readonly kind: 'serverError' }
  /** Answers rightly, but late. */
  | { readonly kind: 'slow'; readonly delayInMs: number }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Closes the connection without an answer, before or after the request took effect. */
  | { readonly kind: 'reset'; readonly takesEffect: boolean };

/** Which requests meet a fault. */
export interface PlannedFault {
  readonly fault: KeyVaultFault;
  /** How many of them; infinite until the faults are cleared. */
  readonly count: number;
  readonly operation: KeyVaultOperation | 'any';
}
