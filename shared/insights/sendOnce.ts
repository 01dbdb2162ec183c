import { answerFacts, type Classified, classifyExchange } from './classifyExchange.ts';
import type { CallContext } from './insightsClient.ts';
import { notSent } from './insightsFailure.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** What one attempt is sent with. */
export interface Ticket {
  readonly token: string;
  /** `MS-RequestId`: the same for every attempt of a call. */
  readonly requestId: string;
  /** From 1. */
  readonly attempt: number;
}

/** When an attempt that begins now is over at the latest, epoch milliseconds. */
export function latestEndMs(door: ServiceDoor, context: CallContext): number {
  return Math.min(door.clock.now() + door.limits.attemptInMs, context.deadlineMs);
}

/** Sends one request and says what its answer means. Never throws, never outlasts `endMs`. */
export async function sendOnce(
  door: ServiceDoor,
  request: { readonly method: 'GET' | 'PUT'; readonly url: URL; readonly endMs: number },
  ticket: Ticket,
  context: CallContext,
): Promise<Classified> {
  if (request.url.origin !== door.base.origin) {
    return {
      ok: false,
      failure: notSent('foreign_origin', 'The address is not on the origin of the account'),
    };
  }
  if (context.signal.aborted) return { ok: false, failure: notSent('aborted', 'Aborted before sending') };
  const limitInMs = request.endMs - door.clock.now();
  if (limitInMs < door.limits.minAttemptInMs) {
    return { ok: false, failure: notSent('deadline_too_near', 'Too little time left for a request', true) };
  }
  const startedMs = door.clock.now();
  const exchange = await door.transport.send({
    method: request.method,
    url: request.url,
    headers: headers(ticket, context),
    signal: context.signal,
    limitInMs,
  });
  const endedMs = door.clock.now();
  const classified = classifyExchange(exchange, endedMs);
  const isTaken = classified.ok || (exchange.kind === 'answered' && classified.failure.code !== 'throttled');
  if (isTaken) door.gate.taken();
  const { method, url } = request;
  const { requestId, attempt } = ticket;
  const status = exchange.kind === 'answered' ? exchange.status : null;
  door.watch?.exchanged({
    ...{ method, url, startedMs, durationInMs: endedMs - startedMs, attempt, requestId },
    httpStatus: classified.ok ? status : classified.failure.httpStatus,
    isMfaCompliant: exchange.kind === 'answered' ? answerFacts(exchange.headers).isMfaCompliant : null,
    code: classified.ok ? null : classified.failure.code,
  });
  return classified;
}

function headers(ticket: Ticket, context: CallContext): Readonly<Record<string, string>> {
  return {
    Authorization: `Bearer ${ticket.token}`,
    // The pages list it for every operation, also those without a body.
    'Content-Type': 'application/json',
    Accept: 'application/json',
    'MS-RequestId': ticket.requestId,
    'MS-CorrelationId': context.correlationId,
    // Makes the service say whether the token carries MFA (`isMfaCompliant`).
    ValidateMfa: 'true',
    'User-Agent': 'intermission',
  };
}
