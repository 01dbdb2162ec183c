import type { Exchange, ExchangeRequest } from '../../shared/insights/exchange.ts';
import type { VirtualTime } from '../simulation/virtualTime.ts';

/** One change of a report as the service saw it arrive. */
interface SeenPut {
  readonly process: string;
  readonly verb: 'pause' | 'resume';
  readonly reportId: string;
  /** When it took effect, epoch milliseconds. */
  readonly atMs: number;
}

/** An Insights API without faults, that takes its time and remembers who changed what. */
export interface InsightsModel {
  send(process: string, request: ExchangeRequest): Promise<Exchange>;
  readonly statuses: Map<string, 'Active' | 'Paused' | 'Inactive'>;
  /** Names of reports that are called otherwise than after their ids. */
  readonly names: Map<string, string>;
  /** Those that were made to run once, at once. */
  readonly executeNow: Set<string>;
  readonly puts: readonly SeenPut[];
  /** Executions that are not over, by report. */
  readonly executions: Map<string, 'Pending' | 'Running'>;
  /** When executions were asked for, and of how many reports. */
  readonly executionCalls: { readonly atMs: number; readonly reports: number }[];
  /** What the pause of a report is refused with; none where it is not. */
  readonly refusals: Map<string, number>;
  /** When each call of any kind left, epoch milliseconds. */
  readonly calls: readonly number[];
  /** How long each answer takes. */
  latencyInMs: number;
}

export function createInsightsModel(time: VirtualTime, reportIds: readonly string[]): InsightsModel {
  const statuses: InsightsModel['statuses'] = new Map(reportIds.map((id) => [id, 'Active']));
  const modified = new Map<string, number>(reportIds.map((id) => [id, time.now() - 86_400_000]));
  const names: InsightsModel['names'] = new Map();
  const executeNow: InsightsModel['executeNow'] = new Set();
  const puts: SeenPut[] = [];
  const calls: number[] = [];
  const executions: InsightsModel['executions'] = new Map();
  const executionCalls: InsightsModel['executionCalls'] = [];
  const refusals: InsightsModel['refusals'] = new Map();
  const show = (reportId: string) => ({
    ...{
      reportId,
      reportName: names.get(reportId) ?? `Report ${reportId.slice(-4)}`,
      queryId: reportId,
      user: 'u',
      executeNow: executeNow.has(reportId),
    },
    ...{ startTime: '2099-01-05T18:00:00Z', recurrenceInterval: 24, recurrenceCount: 100 },
    reportStatus: statuses.get(reportId),
    modifiedTime: new Date(modified.get(reportId) ?? 0).toISOString(),
  });
  const showExecution = (reportId: string) => ({
    ...{ executionId: reportId.replace(/^b/, 'e'), reportId, recurrenceInterval: 24, recurrenceCount: 1 },
    ...{ callbackUrl: null, callbackMethod: null, format: 'csv', executionStatus: executions.get(reportId) },
    ...{
      reportLocation: null,
      reportAccessSecureLink: null,
      reportExpiryTime: null,
      reportGeneratedTime: null,
    },
  });
  const answer = (status: number, value: readonly unknown[]): Exchange => ({
    ...{ kind: 'answered', status, reasonPhrase: '' },
    headers: new Map([['date', new Date(time.now()).toUTCString()]]),
    text: JSON.stringify({
      value,
      nextLink: null,
      totalCount: value.length,
      message: '',
      statusCode: status,
    }),
  });
  const model: InsightsModel = {
    ...{ statuses, names, executeNow, puts, calls, executions, executionCalls, refusals, latencyInMs: 0 },
    send: async (process, { method, url }) => {
      calls.push(time.now());
      await time.after(model.latencyInMs / 2);
      const [, verb, id = ''] =
        /ScheduledReport(?:\/(pause|resume|get))?(?:\/([0-9a-f-]{36}))?/.exec(url.pathname) ?? [];
      const done = () => {
        const ids = /execution\/([0-9a-f;-]+)/.exec(decodeURIComponent(url.pathname))?.[1]?.split(';');
        if (ids !== undefined) {
          executionCalls.push({ atMs: time.now(), reports: ids.length });
          const running = ids.filter((one) => executions.has(one));
          return answer(running.length === 0 ? 404 : 200, running.map(showExecution));
        }
        if (method === 'GET') {
          const asked = id === '' ? (url.searchParams.get('reportId') ?? '') : id;
          if (asked === '') return answer(200, [...statuses.keys()].map(show));
          return statuses.has(asked) ? answer(200, [show(asked)]) : answer(404, []);
        }
        if (verb !== 'pause' && verb !== 'resume') return answer(404, []);
        if (!statuses.has(id)) return answer(404, []);
        const refusal = refusals.get(id);
        if (refusal !== undefined) return answer(refusal, []);
        statuses.set(id, verb === 'pause' ? 'Paused' : 'Active');
        modified.set(id, time.now());
        puts.push({ process, verb, reportId: id, atMs: time.now() });
        return answer(200, [show(id)]);
      };
      const result = done();
      await time.after(model.latencyInMs / 2);
      return result;
    },
  };
  return model;
}
