// A process that stands for the service: reports of any number of accounts in memory, answers after a fixed latency, and
// a limit of calls per second for each account. It also hands out the managed identity's token. Ends with its parent.
import { createServer, type ServerResponse } from 'node:http';
import type { InsightsOptions, InsightsStats } from './startInsights.ts';

interface AccountState {
  readonly statuses: Map<string, 'Active' | 'Paused'>;
  /** When the calls of the last second came. */
  readonly calls: number[];
}

const options: InsightsOptions = JSON.parse(process.argv[2] ?? '');
const accounts = new Map<string, AccountState>();
const stats = { list: 0, get: 0, put: 0, refused: 0, changes: 0, mostInASecond: 0, firstMs: 0, lastMs: 0 };

function reportId(at: number): string {
  return `b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
}

function accountOf(name: string): AccountState {
  const known = accounts.get(name);
  if (known !== undefined) return known;
  const ids = Array.from({ length: options.reports }, (_, at) => [reportId(at), 'Active'] as const);
  const state: AccountState = { statuses: new Map(ids), calls: [] };
  accounts.set(name, state);
  return state;
}

function reportText(id: string, status: string): string {
  return `{"reportId":"${id}","reportName":"Azure usage of customer ${id.slice(-6)}","description":"For the data platform","queryId":"a1000000-0000-4000-8000-000000000001","query":"SELECT UsageDate,CustomerName,CustomerTenantId,ResourceName,Quantity FROM AzureUsage TIMESPAN LAST_MONTH","user":"insights@partner.example","createdTime":"2026-01-05T18:00:00Z","modifiedTime":null,"executeNow":false,"queryStartTime":null,"queryEndTime":null,"startTime":"2099-01-05T18:00:00Z","reportStatus":"${status}","recurrenceInterval":24,"recurrenceCount":100,"callbackUrl":null,"callbackMethod":null,"format":"CSV","endTime":null}`;
}

function envelope(reports: readonly string[]): string {
  return `{"value":[${reports.join(',')}],"nextLink":null,"totalCount":${reports.length},"message":null,"statusCode":200}`;
}

/** Whether the account may have this call; a refused one does not count. */
function isAllowed({ calls }: AccountState): boolean {
  const nowMs = performance.now();
  while (calls[0] !== undefined && calls[0] <= nowMs - 1_000) calls.shift();
  if (options.callsPerSecond !== null && calls.length >= options.callsPerSecond) return false;
  calls.push(nowMs);
  stats.mostInASecond = Math.max(stats.mostInASecond, calls.length);
  return true;
}

function answer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
) {
  const send = () => {
    response.writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  };
  setTimeout(send, status === 429 ? 0 : options.latencyInMs);
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  request.resume();
  if (url.pathname === '/token') {
    const token = { access_token: 'bench', expires_on: String(Math.floor(Date.now() / 1000) + 86_400) };
    return answer(response, 200, JSON.stringify({ ...token, resource: '', token_type: 'Bearer' }));
  }
  const account = accountOf(url.pathname.split('/')[1] ?? '');
  stats.firstMs ||= performance.now();
  stats.lastMs = performance.now();
  if (!isAllowed(account)) {
    stats.refused += 1;
    const text = '{"statusCode":429,"message":"Rate limit is exceeded. Try again in 1 seconds."}';
    return answer(response, 429, text, { 'Retry-After': '1' });
  }
  if (request.method === 'PUT') {
    stats.put += 1;
    const [, verb, id = ''] = /\/(pause|resume)\/([^/]+)$/.exec(url.pathname) ?? [];
    const next = verb === 'pause' ? 'Paused' : 'Active';
    if (account.statuses.get(id) !== next) stats.changes += 1;
    account.statuses.set(id, next);
    return answer(response, 200, envelope([reportText(id, next)]));
  }
  const id = url.searchParams.get('reportId');
  if (id !== null) {
    stats.get += 1;
    return answer(response, 200, envelope([reportText(id, account.statuses.get(id) ?? 'Active')]));
  }
  stats.list += 1;
  answer(response, 200, envelope([...account.statuses].map(([one, status]) => reportText(one, status))));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});

process.on('message', (order) => {
  const told: InsightsStats = { ...stats };
  if (order === 'reset') {
    accounts.clear();
    Object.assign(stats, { list: 0, get: 0, put: 0, refused: 0, changes: 0 });
    Object.assign(stats, { mostInASecond: 0, firstMs: 0, lastMs: 0 });
  }
  process.send?.({ stats: told });
});
process.once('disconnect', () => process.exit(0));
