import { type AccountGate, createAccountGate } from '../insights/accountGate.ts';
import type { CallWatch } from '../insights/callWatch.ts';
import type { ClientLimits } from '../insights/clientLimits.ts';
import { createInsightsClient } from '../insights/createInsightsClient.ts';
import type { Transport } from '../insights/exchange.ts';
import { gateForPeople } from '../insights/gateForPeople.ts';
import type { InsightsClient } from '../insights/insightsClient.ts';
import type { Account } from '../model/account.ts';
import { accountKeyOf } from '../model/accountKey.ts';
import type { AccountSignIn } from '../signIn/accountSignIn.ts';
import type { TokenSource } from '../signIn/tokenSource.ts';
import type { Clock } from '../time/clock.ts';

/** An account with what is kept for it as long as the process lives: token, gate, connections. */
export interface AccountRuntime {
  readonly account: Account;
  readonly accountKey: string;
  readonly gate: AccountGate;
  readonly client: InsightsClient;
  /** For reads that only people wait for: one attempt, and never in the way of a run. */
  readonly clientForPeople: InsightsClient;
  readonly signIn: AccountSignIn;
  /** Hears of each answered or failed request to the service, until the function that it gives is called. */
  onExchange(listen: () => void): () => void;
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
  /** The network; the real one where it is left out. */
  readonly transport?: Transport;
}): AccountRuntime {
  const { account, signIn, clock, random } = options;
  let isMfaCompliant: boolean | null = null;
  const listeners = new Set<() => void>();
  const hear: CallWatch = {
    exchanged: (exchange) => {
      for (const listen of listeners) listen();
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
    clientForPeople: createInsightsClient({
      ...options,
      tokens: signIn.tokens,
      gate: gateForPeople(gate),
      limits: { ...options.limits, maxAttempts: 1 },
      watch: hear,
    }),
    clientWith: (tokens) => createInsightsClient({ ...options, tokens, gate }),
    onExchange: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    signIn,
    isMfaCompliant: () => isMfaCompliant,
  };
}
