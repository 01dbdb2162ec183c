import { createAccountGate } from '../../shared/insights/accountGate.ts';
import { type ClientLimits, defaultClientLimits } from '../../shared/insights/clientLimits.ts';
import { createInsightsClient } from '../../shared/insights/createInsightsClient.ts';
import type { CallContext } from '../../shared/insights/insightsClient.ts';
import type { StartTimer } from '../../shared/insights/startTimer.ts';
import type { Account } from '../../shared/model/account.ts';
import type { TokenAnswer, TokenSource } from '../../shared/signIn/tokenSource.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import { createFakeTimer } from '../fakes/fakeTimer.ts';
import { seededRandom } from '../fakes/seededRandom.ts';

/** A client as production makes it, with a clock whose waits cost no time, and what a test looks at. */
export function clientUnderTest(options: {
  origin: string;
  token?: string | ((forceRefresh: boolean) => Promise<TokenAnswer> | TokenAnswer);
  limits?: Partial<ClientLimits>;
  account?: Partial<Account>;
  allowedHosts?: readonly string[];
  clock?: Clock;
  /** By default attempts last as long as they like. */
  startTimer?: StartTimer;
}) {
  const fakeClock = createFakeClock({ selfAdvancing: true });
  const clock = options.clock ?? fakeClock;
  const random = seededRandom(7);
  const account: Account = {
    name: 'default',
    tenantId: '11111111-1111-4111-8111-111111111111',
    surface: 'mpn',
    baseUrl: `${options.origin}/insights/v1/mpn`,
    signIn: { mode: 'managedIdentity' },
    maxConcurrency: 4,
    callsPerSecond: null,
    ...options.account,
  };
  const timer = createFakeTimer();
  const refreshes: boolean[] = [];
  const tokens: TokenSource = {
    getToken: async ({ forceRefresh }) => {
      refreshes.push(forceRefresh);
      const { token = 'the-token' } = options;
      return typeof token === 'string' ? { ok: true, token } : await token(forceRefresh);
    },
  };
  const gate = createAccountGate({
    ...{ maxConcurrency: account.maxConcurrency, callsPerSecond: account.callsPerSecond },
    ...{ clock, random },
  });
  const client = createInsightsClient({
    ...{ account, tokens, gate, clock, random },
    limits: { ...defaultClientLimits, ...options.limits },
    startTimer: options.startTimer ?? timer.startTimer,
    allowedHosts: options.allowedHosts ?? [new URL(options.origin).host],
  });
  const context = (more: Partial<CallContext> = {}): CallContext => ({
    correlationId: 'c0ffee00-0000-4000-8000-000000000001',
    signal: new AbortController().signal,
    deadlineMs: clock.now() + 600_000,
    ...more,
  });
  return { client, clock, runOut: timer.runOut, sleeps: fakeClock.sleeps, context, refreshes, gate };
}
