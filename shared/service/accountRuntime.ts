import { type AccountGate, createAccountGate } from '../insights/accountGate.ts';
import type { ClientLimits } from '../insights/clientLimits.ts';
import { createInsightsClient } from '../insights/createInsightsClient.ts';
import type { InsightsClient } from '../insights/insightsClient.ts';
import type { TokenSource } from '../insights/tokenSource.ts';
import type { Account } from '../model/account.ts';
import { accountKeyOf } from '../model/accountKey.ts';
import type { Clock } from '../time/clock.ts';

/** An account with what is kept for it as long as the process lives: token, gate, connections. */
export interface AccountRuntime {
  readonly account: Account;
  readonly accountKey: string;
  readonly gate: AccountGate;
  readonly client: InsightsClient;
}

/** Makes the account's client and its gate. */
export function createAccountRuntime(options: {
  readonly account: Account;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: ClientLimits;
  readonly allowedHosts: readonly string[];
}): AccountRuntime {
  const { account, clock, random } = options;
  const gate = createAccountGate({ maxConcurrency: account.maxConcurrency, clock, random });
  return {
    account,
    accountKey: accountKeyOf(account),
    gate,
    client: createInsightsClient({ ...options, gate }),
  };
}
