import type { Account } from '../model/account.ts';
import type { TokenSource } from '../signIn/tokenSource.ts';
import type { Clock } from '../time/clock.ts';
import type { AccountGate } from './accountGate.ts';
import { parseApiBase } from './apiBase.ts';
import { createCallLog } from './callLog.ts';
import type { CallWatch } from './callWatch.ts';
import { changeOnce } from './changeOnce.ts';
import type { ClientLimits } from './clientLimits.ts';
import { createTransport } from './createTransport.ts';
import { dedupeReportIds } from './dedupeReportIds.ts';
import type { Transport } from './exchange.ts';
import { getReport } from './getReport.ts';
import type { ChangeAnswer, InsightsClient } from './insightsClient.ts';
import { type InsightsFailure, type InsightsFailureCode, notSent } from './insightsFailure.ts';
import { listExecutions } from './listExecutions.ts';
import { listReports } from './listReports.ts';
import { parseReportId } from './parseReportId.ts';
import type { ServiceDoor } from './serviceDoor.ts';
import { type StartTimer, systemTimer } from './startTimer.ts';

/** The parts of a client; `gate` and `tokens` belong to one account and are shared by all its clients. */
export interface InsightsClientOptions {
  readonly account: Account;
  readonly tokens: TokenSource;
  readonly gate: AccountGate;
  readonly clock: Clock;
  /** From 0 up to 1, as `Math.random`. */
  readonly random: () => number;
  readonly limits: ClientLimits;
  /** `EXTRA_API_HOSTS`: `host` or `host:port`, beside the known Partner Center hosts. */
  readonly allowedHosts: readonly string[];
  /** What bounds an attempt in real time; the machine's timer where it is left out. */
  readonly startTimer?: StartTimer;
  /** Told of every request; left out where nobody wants to know. */
  readonly watch?: CallWatch;
  /** The network; HTTP by axios where it is left out. */
  readonly transport?: Transport;
}

type Refused = { readonly ok: false; readonly failure: InsightsFailure };

/**
 * The Insights API of one account. Where the account's base URL is none that a token may go to, or an id is no UUID,
 * every call fails without anything being sent.
 */
export function createInsightsClient(options: InsightsClientOptions): InsightsClient {
  const { account, clock, limits, allowedHosts, startTimer = systemTimer } = options;
  const base = parseApiBase(account.baseUrl, allowedHosts);
  const { maxBodyInBytes } = limits;
  const transport =
    options.transport ?? createTransport({ maxSockets: account.maxConcurrency, maxBodyInBytes, startTimer });

  const refuse = (code: InsightsFailureCode, message: string): Refused => ({
    ok: false,
    failure: createCallLog(clock).toFailure(notSent(code, message)),
  });
  const open = <T>(call: (door: ServiceDoor) => Promise<T>): Promise<T | Refused> =>
    base.ok
      ? call({ ...options, transport, base: base.url })
      : Promise.resolve(refuse('foreign_origin', base.problem));
  const forReport = <T>(text: string, call: (door: ServiceDoor, id: string) => Promise<T>) => {
    const id = parseReportId(text);
    return id === null
      ? Promise.resolve(refuse('invalid_report_id', 'The id is no UUID'))
      : open((door) => call(door, id));
  };
  return {
    list: (filter, context) => open((door) => listReports(door, filter, context)),
    get: (text, context, rank) => forReport(text, (door, id) => getReport(door, id, context, rank)),
    change: async (verb, text, context, hooks) => {
      const answer = await forReport(text, (door, reportId) =>
        changeOnce(door, { verb, reportId }, hooks, context),
      );
      return 'ok' in answer ? notBegun(answer.failure) : answer;
    },
    executions: async (texts, filter, context) => {
      const { ids, invalid } = dedupeReportIds(texts);
      const [first] = ids;
      if (invalid.length > 0) return refuse('invalid_report_id', `${invalid.length} of the ids are no UUID`);
      if (first === undefined) return refuse('invalid_request', 'No report was named');
      return await open((door) => listExecutions(door, ids, filter, context));
    },
    close: () => transport.close(),
  };
}

function notBegun(failure: InsightsFailure): ChangeAnswer {
  const { attempts, durationInMs, throttledInMs, requestId } = failure;
  const facts = {
    attempts,
    durationInMs,
    throttledInMs,
    requestId,
    serviceTimeMs: null,
    isMfaCompliant: null,
  };
  return { sent: null, declined: false, failure, facts };
}
