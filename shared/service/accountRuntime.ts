import { type AccountGate, createAccountGate } from '../insights/accountGate.ts';
import type { CallWatch } from '../insights/callWatch.ts';
import type { ClientLimits } from '../insights/clientLimits.ts';
import { createInsightsClient } from '../insights/createInsightsClient.ts';
import type { InsightsClient } from '../insights/insightsClient.ts';
import type { TokenSource } from '../insights/tokenSource.ts';
import type { Account } from '../model/account.ts';
import { accountKeyOf } from '../model/accountKey.ts';
import type { AccountSignIn } from '../signIn/accountSignIn.ts';
import type { Clock } from '../time/clock.ts';

/** An account with what is kept for it as long as the process lives: token, gate, connections. */
export interface AccountRuntime {
  readonly account: Account;
  readonly accountKey: string;
  readonly gate: AccountGate;
  readonly client: InsightsClient;
  readonly signIn: AccountSignIn;
  /** What the service last said of the token's multi-factor authentication; null where it did not say. */
  isMfaCompliant(): boolean | null;
  /** A client of the account with another token, through the same gate. Whoever asks for it closes it. */
  clientWith(tokens: TokenSource): InsightsClient;
}

/** Makes the account's client and its gate. */
export function createAccountRuntime(options: {
  readonly account: Account;
  readonly signIn: AccountSignIn;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: ClientLimits;
  readonly allowedHosts: readonly string[];
  /** Told of every request to the Insights API. */
  readonly watch?: CallWatch;
}): AccountRuntime {
  const { account, signIn, clock, random } = options;
  let isMfaCompliant: boolean | null = null;
  const hear: CallWatch = {
    exchanged: (exchange) => {
      isMfaCompliant = exchange.code === 'mfa_required' ? false : (exchange.isMfaCompliant ?? isMfaCompliant);
      options.watch?.exchanged(exchange);
    },
    ended: (facts) => options.watch?.ended(facts),
  };
  const gate = createAccountGate({
    maxConcurrency: account.maxConcurrency,
    callsPerSecond: account.callsPerSecond,
    clock,
    random,
  });
  return {
    account,
    accountKey: accountKeyOf(account),
    gate,
    client: createInsightsClient({ ...options, tokens: signIn.tokens, gate, watch: hear }),
    clientWith: (tokens) => createInsightsClient({ ...options, tokens, gate }),
    signIn,
    isMfaCompliant: () => isMfaCompliant,
  };
}
