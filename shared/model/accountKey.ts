import type { Account } from './account.ts';

/**
 * What ownership is keyed by: tenant and API family, never an account's name, so that a renamed account still finds
 * what it paused. Safe as a storage key.
 */
export function accountKeyOf(account: Pick<Account, 'surface' | 'tenantId'>): string {
  return `${account.surface}.${account.tenantId.toLowerCase()}`;
}
