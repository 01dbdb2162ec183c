import { compose } from '../../shared/composition/compose.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { CallerOptions } from './runCaller.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The product as it is composed in production, over accounts of the bench's service. */
export function composeBench(
  options: Pick<CallerOptions, 'origin' | 'connectionString' | 'concurrency' | 'callsPerSecond'>,
  accounts: readonly string[],
  // Where requests alone pause, a window as well would be a row more of each report.
  { withWindows }: { readonly withWindows: boolean },
) {
  const { origin, concurrency, callsPerSecond } = options;
  const environment = {
    ACCOUNTS: JSON.stringify(
      accounts.map((name, at) => ({
        ...{ name, tenantId: `20000000-0000-4000-8000-${String(at).padStart(12, '0')}`, surface: 'mpn' },
        ...{ baseUrl: `${origin}/${name}/insights/v1/mpn`, maxConcurrency: concurrency },
        ...(callsPerSecond === null ? {} : { callsPerSecond }),
        signIn: { mode: 'managedIdentity' },
      })),
    ),
    // A window of each account that began at midnight and lasts the day.
    MAINTENANCE_WINDOWS: JSON.stringify(
      (withWindows ? accounts : []).map((account) => ({
        ...{ name: account, account, reports: { all: true }, maxReports: 10_000 },
        schedule: { start: '0 0 * * *', duration: 'PT24H', timeZone: 'UTC' },
      })),
    ),
    EXTRA_API_HOSTS: new URL(origin).host,
    AzureWebJobsStorage: options.connectionString,
  };
  // The identity library reads them from the process.
  Object.assign(process.env, { IDENTITY_ENDPOINT: `${origin}/token`, IDENTITY_HEADER: 'bench' });
  const composed = compose(environment, { clock: systemClock, random: Math.random });
  if (!composed.ok) {
    throw new Error(JSON.stringify(composed.problems));
  }
  const { service } = composed;
  const call = { correlationId: 'be000000-0000-4000-8000-000000000001', caller: 'bench', teller: quiet };
  return {
    ...composed,
    /** Pauses them all, run after run where one is cut short by its time. @throws Error where one fails otherwise. */
    pause: async (account: string, reportIds: readonly string[]) => {
      if (reportIds.length === 0) return;
      const request = {
        reportIds,
        account,
        untilMs: null,
        timeZone: null,
        reason: 'bench',
        requestId: null,
        holdId: null,
      };
      for (;;) {
        const run = await service.pause(request, { ...call, runId: null });
        const left = run.results.filter(({ outcome }) => outcome !== 'paused' && outcome !== 'alreadyPaused');
        if (left.length === 0 && run.results.length > 0) return;
        if (left.length === 0 || left.some(({ code }) => code !== 'out_of_time')) {
          throw new Error(JSON.stringify([run.problems, left.slice(0, 3)]));
        }
      }
    },
  };
}
