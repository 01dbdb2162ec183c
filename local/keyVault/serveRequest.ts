import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { answerOperation, type Vault } from './answerOperation.ts';
import { type Admission, authorizeCaller } from './authorizeCaller.ts';
import type { FaultQueue } from './faultQueue.ts';
import { findOperation } from './findOperation.ts';
import { forbidden, type KeyVaultAnswer, refusal, secretNotFound } from './keyVaultAnswer.ts';
import type { KeyVaultFault, KeyVaultOperation } from './keyVaultFault.ts';

/** What was asked and what was answered; status 0 where a fault left the caller without an answer. */
export interface KeyVaultRequest {
  /** Null where the path means nothing here. */
  readonly operation: KeyVaultOperation | null;
  readonly name: string;
  readonly version: string | null;
  /** Whose token it was; null where there was none that fits. */
  readonly clientId: string | null;
  readonly status: number;
}

/** What one vault consists of. */
export interface VaultParts {
  readonly vault: Vault;
  readonly admission: Admission;
  readonly faults: FaultQueue;
  readonly log: (request: KeyVaultRequest) => void;
}

const maxBodyInBytes = 128 * 1024;

/** Answers one request, or does not, where a fault says so. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: VaultParts,
): Promise<void> {
  const url = new URL(request.url ?? '/', parts.vault.url);
  const call = findOperation(request.method ?? '', url.pathname);
  const asked = {
    operation: call?.operation ?? null,
    name: call?.name ?? '',
    version: call?.version ?? null,
  };
  const bodyText = await readBody(request);
  const caller = await authorizeCaller(request.headers.authorization, parts.admission);
  const reply = (answer: KeyVaultAnswer | null) => {
    const clientId = caller.ok ? caller.clientId : null;
    parts.log({ ...asked, clientId, status: answer?.status ?? 0 });
    if (answer !== null) {
      writeAnswer(response, answer);
    }
  };
  if (!caller.ok) {
    return reply(caller.answer);
  }
  if (call === null || bodyText === null) {
    return reply(refusal({ status: 400, code: 'BadParameter', message: 'The request is not understood.' }));
  }
  const fault = parts.faults.take(call.operation);
  const answerNow = () => answerOperation({ ...call, url, bodyText }, parts.vault);
  const instead = fault === null ? null : answerOfFault(fault, call.name);
  if (instead !== null) {
    return reply(instead);
  }
  switch (fault?.kind) {
    case 'hang':
      return reply(null);
    case 'reset':
      if (fault.takesEffect) {
        answerNow();
      }
      reply(null);
      response.destroy();
      return;
    case 'slow':
      await delay(fault.delayInMs);
      return reply(answerNow());
    default:
      return reply(answerNow());
  }
}

/** The answer that a fault puts in the place of the right one; null where it changes how it comes, not what it says. */
function answerOfFault(fault: KeyVaultFault, name: string): KeyVaultAnswer | null {
  switch (fault.kind) {
    case 'forbidden':
      return forbidden();
    case 'notFound':
      return secretNotFound(name);
    case 'throttled':
      return refusal({
        ...{ status: 429, code: 'Throttled' },
        message: 'Request was not processed because too many requests were received.',
        headers: { 'retry-after': String(fault.retryAfterInSeconds) },
      });
    case 'serverError':
      return refusal({ status: 500, code: 'InternalServerError', message: 'An unexpected error occurred.' });
    default:
      return null;
  }
}

function writeAnswer(response: ServerResponse, { status, headers, body }: KeyVaultAnswer): void {
  const content = body === null ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, {
    ...{ 'x-ms-request-id': randomUUID(), 'x-ms-keyvault-region': 'local', 'cache-control': 'no-cache' },
    ...content,
    ...headers,
  });
  response.end(body === null ? undefined : JSON.stringify(body));
}

/** The body as text, or null where it is longer than any secret. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= maxBodyInBytes) {
      chunks.push(bytes);
    }
  }
  return length > maxBodyInBytes ? null : Buffer.concat(chunks).toString('utf8');
}
