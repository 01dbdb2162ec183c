/**
 * The ledger could not be read or written, or somebody else holds the lease by now. Nothing may be done to a report
 * after it: fail static.
 */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: 'ledger_unavailable' | 'ledger_unreadable' | 'lease_lost' | 'ledger_conflict';

  constructor(code: LedgerError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The HTTP status of a storage error, null where it has none (a network error, a bug). */
export function storageStatus(error: unknown): number | null {
  if (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  ) {
    return error.statusCode;
  }
  return null;
}

/** True where the entity changed, or came or went, since it was read. */
export function isConflict(error: unknown): boolean {
  const status = storageStatus(error);
  return status === 409 || status === 412 || status === 404;
}

/** The error, where it is one of the ledger's own; anything else is a bug, and is thrown on. */
export function asLedgerError(error: unknown): LedgerError {
  if (error instanceof LedgerError) {
    return error;
  }
  throw error;
}
