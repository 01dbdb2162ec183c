import type { HeldAccount } from '../ledger/ledger.ts';
import type { ServiceParts } from './serviceParts.ts';

/** How long it waits before it asks again for an account that another run holds. */
const BUSY_WAIT_IN_MS = 500;

/** Takes the account's lease, waiting for whoever has it until then; null where they kept it. @throws LedgerError */
export async function holdWithin(
  parts: Pick<ServiceParts, 'ledger' | 'clock' | 'shutdown'>,
  accountKey: string,
  deadlineMs: number,
): Promise<HeldAccount | null> {
  let held = await parts.ledger.hold(accountKey);
  while (held === null && parts.clock.now() + BUSY_WAIT_IN_MS < deadlineMs) {
    await parts.clock.sleep(BUSY_WAIT_IN_MS, parts.shutdown);
    held = await parts.ledger.hold(accountKey);
  }
  return held;
}

/** What is told where it did not get the account. */
export const accountBusy = {
  code: 'account_busy',
  message: 'another run holds this account; ask again in a minute',
} as const;
