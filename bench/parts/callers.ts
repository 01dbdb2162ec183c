// Each way to pause many reports, as a process of its own: `node bench/parts/callers.ts '{"way": "fetch", ...}'`. A short
// warm-up first, so that all begin with compiled code; what is told is of the time after it.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import axios from 'axios';
import axiosRetry from 'axios-retry';
import pLimit from 'p-limit';
import { createAccountGate } from '../../shared/insights/accountGate.ts';
import { defaultClientLimits } from '../../shared/insights/clientLimits.ts';
import { createInsightsClient } from '../../shared/insights/createInsightsClient.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { composeBench } from './composeBench.ts';
import type { CallerOptions, CallerResult } from './runCaller.ts';

const options: CallerOptions = JSON.parse(process.argv[2] ?? '');
const id = (at: number) => `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const idsOf = (count: number) => Array.from({ length: count }, (_, at) => id(at));
const urlOf = (account: string, reportId: string) =>
  `${options.origin}/${account}/insights/v1/mpn/ScheduledReport/pause/${reportId}`;
const headers = { Authorization: 'Bearer bench', 'Content-Type': 'application/json' };

type Way = (account: string, count: number) => Promise<void>;

const ways: Record<CallerOptions['way'], () => Way> = {
  service: () => {
    const bench = composeBench(options, ['warm', 'main'], { withWindows: false });
    return (account, count) => bench.pause(account, idsOf(count));
  },
  client: () => {
    const clientOf = (account: string) => {
      const { concurrency: maxConcurrency, callsPerSecond } = options;
      const gate = createAccountGate({
        ...{ maxConcurrency, callsPerSecond, clock: systemClock, random: Math.random },
      });
      return createInsightsClient({
        account: {
          ...{ name: account, tenantId: id(0), surface: 'mpn', maxConcurrency, callsPerSecond },
          ...{ baseUrl: `${options.origin}/${account}/insights/v1/mpn`, signIn: { mode: 'managedIdentity' } },
        },
        tokens: { getToken: async () => ({ ok: true, token: 'bench' }) },
        ...{ gate, clock: systemClock, random: Math.random, limits: defaultClientLimits },
        allowedHosts: [new URL(options.origin).host],
      });
    };
    return async (account, count) => {
      const client = clientOf(account);
      const signal = new AbortController().signal;
      const context = { correlationId: id(0), signal, deadlineMs: Date.now() + 600_000 };
      const limit = pLimit(2 * options.concurrency);
      await Promise.all(
        idsOf(count).map((one) =>
          limit(async () => {
            const answer = await client.change('pause', one, context, {
              beforePut: async () => true,
              afterPut: () => {},
            });
            if (answer.sent?.answer !== 'accepted') throw new Error(answer.failure?.message);
          }),
        ),
      );
      client.close();
    };
  },
  fetch: () => async (account, count) => {
    const limit = pLimit(options.concurrency);
    const pause = async (one: string) => {
      for (;;) {
        const answer = await fetch(urlOf(account, one), { method: 'PUT', headers });
        await answer.json();
        if (answer.status === 200) return;
        await wait(Number(answer.headers.get('retry-after')) * 1_000);
      }
    };
    await Promise.all(idsOf(count).map((one) => limit(() => pause(one))));
  },
  same: () => async (account, count) => {
    const limit = pLimit(options.concurrency);
    const list = `${options.origin}/${account}/insights/v1/mpn/ScheduledReport`;
    const call = (url: string, method: 'GET' | 'PUT') =>
      limit(async () => (await fetch(url, { method, headers })).json());
    await call(list, 'GET');
    const pause = async (one: string) => {
      await call(`${list}?reportId=${one}`, 'GET');
      await call(urlOf(account, one), 'PUT');
      await call(`${list}?reportId=${one}`, 'GET');
    };
    // No more under way than keep all places busy, so that a change follows its read soon.
    const changes = pLimit(4 * options.concurrency);
    await Promise.all(idsOf(count).map((one) => changes(() => pause(one))));
  },
  axios: () => async (account, count) => {
    const agent = new Agent({ keepAlive: true, maxSockets: options.concurrency });
    const client = axios.create({ httpAgent: agent });
    // It honours Retry-After by itself.
    axiosRetry(client, { retries: 1_000, retryCondition: ({ response }) => response?.status === 429 });
    const limit = pLimit(options.concurrency);
    await Promise.all(
      idsOf(count).map((one) => limit(() => client.put(urlOf(account, one), null, { headers }))),
    );
    agent.destroy();
  },
  http: () => async (account, count) => {
    const agent = new Agent({ keepAlive: true, maxSockets: options.concurrency });
    const limit = pLimit(options.concurrency);
    const pause = async (one: string) => {
      const sent = request(urlOf(account, one), { method: 'PUT', headers, agent }).end();
      const [answer] = await once(sent, 'response');
      answer.resume();
      await once(answer, 'end');
    };
    await Promise.all(idsOf(count).map((one) => limit(() => pause(one))));
    agent.destroy();
  },
};

function wait(inMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, inMs));
}

const way = ways[options.way]();
await way('warm', Math.min(options.count, options.warmUp));
const startedMs = performance.now();
const before = process.cpuUsage();
await way('main', options.count);
const cpu = process.cpuUsage(before);
const result: CallerResult = {
  elapsedInMs: performance.now() - startedMs,
  cpuInMs: (cpu.user + cpu.system) / 1_000,
  peakRssInMb: process.resourceUsage().maxRSS / 1_024,
};
process.send?.(result);
process.disconnect();
