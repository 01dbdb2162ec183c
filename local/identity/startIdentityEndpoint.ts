import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { TokenIssuer } from '../tokens/tokenIssuer.ts';
import type { IdentityFault } from './identityFault.ts';

/** What the endpoint was asked and what it answered; status 0 where a fault left the caller without an answer. */
interface IdentityRequest {
  readonly resource: string | null;
  readonly clientId: string | null;
  readonly status: number;
}

export interface IdentityEndpoint {
  /** The value for `IDENTITY_ENDPOINT`. */
  readonly url: string;
  /** The value for `IDENTITY_HEADER`. */
  readonly header: string;
  /** Oldest first. */
  readonly requests: readonly IdentityRequest[];
  /** The next `count` requests that are otherwise right meet this fault. */
  failNext(count: number, fault: IdentityFault): void;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface IdentityEndpointOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly issuer: Pick<TokenIssuer, 'issue'>;
  /** The secret that a caller must show in `X-IDENTITY-HEADER`. */
  readonly header: string;
  readonly tenantId: string;
  /** The client id of the system-assigned identity. */
  readonly clientId: string;
  /** The user-assigned identities that `client_id` may name. */
  readonly userAssignedClientIds: readonly string[];
  readonly lifetimeInSeconds: number;
  readonly nowMs: () => number;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Serves on loopback the REST endpoint by which App Service and Functions give an app the token of its managed identity,
 * api-version 2019-08-01. Source: Microsoft Learn, "Use managed identities for App Service and Azure Functions".
 */
export async function startIdentityEndpoint(options: IdentityEndpointOptions): Promise<IdentityEndpoint> {
  const requests: IdentityRequest[] = [];
  const faults: IdentityFault[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(`http://localhost${request.url ?? '/'}`);
    const resource = url.searchParams.get('resource');
    const clientId = url.searchParams.get('client_id');
    const record = (status: number) => requests.push({ resource, clientId, status });
    const answer = await decideAnswer({ request, url, options });
    const fault = answer.status === 200 ? faults.shift() : undefined;
    if (fault?.kind === 'hang' || fault?.kind === 'reset') {
      record(0);
      if (fault.kind === 'reset') {
        response.destroy();
      }
      return;
    }
    if (fault?.kind === 'slow') {
      await delay(fault.delayInMs);
    }
    if (fault?.kind === 'status' && fault.retryAfterInSeconds !== undefined) {
      response.setHeader('retry-after', fault.retryAfterInSeconds);
    }
    const { status, body } = answerOf(fault, answer);
    record(status);
    const isJson = typeof body !== 'string';
    response
      .writeHead(status, { 'content-type': isJson ? 'application/json; charset=utf-8' : 'text/html' })
      .end(isJson ? JSON.stringify(body) : body);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}/msi/token`,
    header: options.header,
    requests,
    failNext: (count, fault) => {
      faults.push(...Array.from({ length: count }, () => fault));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerOf(
  fault: IdentityFault | undefined,
  answer: Answer,
): { readonly status: number; readonly body: Answer['body'] | string } {
  switch (fault?.kind) {
    case 'status':
      return refusal(fault.status, 'A fault was switched on.');
    case 'answer':
      return fault;
    default:
      return answer;
  }
}

async function decideAnswer(context: {
  request: IncomingMessage;
  url: URL;
  options: IdentityEndpointOptions;
}): Promise<Answer> {
  const { request, url, options } = context;
  const resource = url.searchParams.get('resource');
  const clientId = url.searchParams.get('client_id') ?? options.clientId;
  if (request.method !== 'GET' || !/^\/msi\/token\/?$/.test(url.pathname)) {
    return refusal(404, 'Not found.');
  }
  if (!isSameText(String(request.headers['x-identity-header'] ?? ''), options.header)) {
    return refusal(401, 'The header X-IDENTITY-HEADER is missing or wrong.');
  }
  if (url.searchParams.get('api-version') !== '2019-08-01') {
    return refusal(400, 'The query parameter api-version must be 2019-08-01.');
  }
  if (resource === null || resource === '') {
    return refusal(400, 'The query parameter resource is missing.');
  }
  if (clientId !== options.clientId && !options.userAssignedClientIds.includes(clientId)) {
    return refusal(400, `No user assigned identity has the client id ${clientId}.`);
  }
  const issuedAtMs = options.nowMs();
  const { tenantId, lifetimeInSeconds } = options;
  const token = { kind: 'app', mfa: false, userName: null, audience: resource, tenantId, clientId } as const;
  return {
    status: 200,
    body: {
      access_token: await options.issuer.issue({ ...token, issuedAtMs, lifetimeInSeconds }),
      expires_on: String(Math.floor(issuedAtMs / 1000) + lifetimeInSeconds),
      resource,
      token_type: 'Bearer',
      client_id: clientId,
    },
  };
}

function refusal(status: number, message: string): Answer {
  return { status, body: { statusCode: status, message } };
}

function isSameText(left: string, right: string): boolean {
  const [leftBytes, rightBytes] = [Buffer.from(left), Buffer.from(right)];
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}
