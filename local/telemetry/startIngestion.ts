import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerCertificate } from '../certificates/createCertificateAuthority.ts';
import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import type { Envelope } from './envelope.ts';
import type { IngestionFault, PlannedIngestionFault } from './ingestionFault.ts';
import { type ItemError, judgeItems } from './judgeItems.ts';
import { readItems } from './readItems.ts';
import { type ReceivedTelemetry, readReceived } from './receivedTelemetry.ts';

/** What a sender sent and was answered; status 0 where a fault left it without an answer. */
interface IngestionRequest {
  readonly status: number;
  readonly items: number;
  /** Whose token it was; null where there was none that fits. */
  readonly clientId: string | null;
}

/** The ingestion of one Application Insights on loopback. */
export interface Ingestion {
  /** What settings name it by. */
  readonly connectionString: string;
  /** Oldest first. */
  readonly requests: readonly IngestionRequest[];
  /** What was taken. */
  readonly received: ReceivedTelemetry;
  /** Every rejected item's reason, oldest first. */
  readonly rejections: readonly ItemError[];
  /** Takes an item from inside the local cloud: what only the real host would send. */
  take(envelope: Envelope): void;
  readonly instrumentationKey: string;
  planFault(fault: PlannedIngestionFault): void;
  clearFaults(): void;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface IngestionOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** For `ingest.localhost`. */
  readonly certificate: ServerCertificate;
  readonly issuer: Pick<TokenIssuer, 'verify'>;
  /** True where a token is demanded, as with local authentication switched off. */
  readonly demandsToken: boolean;
  readonly nowMs: () => number;
}

/** What tokens for the ingestion are for. Source: Microsoft Learn, "Microsoft Entra authentication for Application Insights". */
const INGESTION_RESOURCE = 'https://monitor.azure.com';

/** The items that are kept at most; the oldest go. */
const MAX_KEPT = 50_000;

/**
 * Serves over https what the exporters of Application Insights send to: `POST /v2.1/track`. In memory.
 * Source: the Application Insights endpoint protocol.
 */
export async function startIngestion(options: IngestionOptions): Promise<Ingestion> {
  const instrumentationKey = randomUUID();
  const requests: IngestionRequest[] = [];
  const envelopes: Envelope[] = [];
  const rejections: ItemError[] = [];
  let faults: readonly PlannedIngestionFault[] = [];
  const takeFault = (): IngestionFault | null => {
    const [met, ...rest] = faults;
    if (met === undefined) {
      return null;
    }
    faults = met.count > 1 ? [{ ...met, count: met.count - 1 }, ...rest] : rest;
    return met.fault;
  };
  const keep = (taken: readonly Envelope[]) => {
    envelopes.push(...taken);
    envelopes.splice(0, envelopes.length - MAX_KEPT);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const items = await readItems(request);
    const clientId = await clientOf(request, options);
    const count = Array.isArray(items) ? items.length : 0;
    const answer = (status: number, body: object, retryAfterInSeconds?: number) => {
      requests.push({ status, items: count, clientId });
      const retryAfter =
        retryAfterInSeconds === undefined ? {} : { 'retry-after': String(retryAfterInSeconds) };
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...retryAfter });
      response.end(JSON.stringify(body));
    };
    const noAnswer = () => requests.push({ status: 0, items: count, clientId });
    const nothingTaken = { itemsReceived: count, itemsAccepted: 0, errors: [] };
    if (request.method !== 'POST' || !/^\/v2(?:\.1)?\/track\/?$/.test(request.url ?? '')) {
      return answer(404, nothingTaken);
    }
    if (options.demandsToken && clientId === null) {
      return answer(401, nothingTaken);
    }
    if (items === null || items === 'tooLarge') {
      return answer(items === null ? 400 : 413, nothingTaken);
    }
    const fault = takeFault();
    if (fault?.kind === 'status') {
      return answer(fault.status, nothingTaken, fault.retryAfterInSeconds);
    }
    if (fault?.kind === 'hang') {
      noAnswer();
      return;
    }
    const refused = fault?.kind === 'partial' ? everySecond(count, fault.itemStatus) : [];
    const skipped = new Set(refused.map(({ index }) => index));
    const judged = judgeItems(items, { instrumentationKey, nowMs: options.nowMs() });
    const bad = new Set(judged.errors.map(({ index }) => index));
    const good = items.map((_, index) => index).filter((index) => !bad.has(index));
    const taken = judged.accepted.filter((_, position) => !skipped.has(good[position] ?? -1));
    if (fault?.kind !== 'reset' || fault.takesEffect) {
      keep(taken);
    }
    if (fault?.kind === 'reset') {
      noAnswer();
      response.destroy();
      return;
    }
    if (fault?.kind === 'slow') {
      await delay(fault.delayInMs);
    }
    rejections.push(...judged.errors);
    const errors = [...judged.errors, ...refused.filter(({ index }) => !bad.has(index))];
    const status = errors.length === 0 ? 200 : taken.length === 0 ? 400 : 206;
    answer(status, { itemsReceived: count, itemsAccepted: taken.length, errors });
  };

  const { certificate, privateKey } = options.certificate;
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    connectionString: `InstrumentationKey=${instrumentationKey};IngestionEndpoint=https://ingest.localhost:${port}/`,
    ...{ requests, rejections, instrumentationKey, received: readReceived(envelopes) },
    take: (envelope) => keep([envelope]),
    planFault: (fault) => {
      faults = [...faults, fault];
    },
    clearFaults: () => {
      faults = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function everySecond(count: number, statusCode: number): readonly ItemError[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    statusCode,
    message: 'A fault was planned',
  })).filter(({ index }) => index % 2 === 1);
}

async function clientOf(request: IncomingMessage, options: IngestionOptions): Promise<string | null> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) {
    return null;
  }
  const nowMs = options.nowMs();
  const verdict = await options.issuer.verify(token, { audience: INGESTION_RESOURCE, nowMs });
  return verdict.ok ? verdict.principal.clientId : null;
}
