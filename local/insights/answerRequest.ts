import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { TokenPrincipal } from '../tokens/tokenIssuer.ts';
import { authenticate, refuseKind, refuseRole } from './authorize.ts';
import type { Emulator } from './emulator.ts';
import type { FaultPlan, Outcome } from './faults/faultPlan.ts';
import { type Answer, gatewayRefusal } from './http/answer.ts';
import { messages } from './http/messages.ts';
import { actorOf } from './model/principal.ts';
import { type OperationCall, queryParameter } from './operations/operationCall.ts';
import { matchRoute, type RouteMatch } from './operations/table.ts';
import type { ReceivedRequest } from './requestLog.ts';

/** A request with its body read. */
export interface ApiRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  bodyText: string;
  /** Aborted when the caller goes away or the emulator closes. */
  signal: AbortSignal;
}

/**
 * Decides how a request ends, in the order of the real thing: the gateway's routes, token and throttle, then the
 * application, with a fault around it if one is due. Fills in what the log entry learns on the way.
 */
export async function answerRequest(
  emulator: Emulator,
  request: ApiRequest,
  entry: ReceivedRequest,
): Promise<Outcome> {
  const route = matchRoute(request.method, request.url.pathname);
  if (route === null) {
    return answerOf(gatewayRefusal(404, messages.resourceNotFound));
  }
  const reportId =
    route.id === '' ? queryParameter({ query: request.url.searchParams }, 'reportId') : route.id;
  entry.surface = route.surface.name;
  entry.operation = route.name;
  entry.reportId = reportId?.toLowerCase() ?? null;

  const { world } = emulator;
  const nowMs = world.policies.tokenExpiryClock === 'system' ? emulator.systemNowMs() : world.clock.nowMs();
  const caller = await authenticate(emulator.issuer, request.headers.authorization, nowMs);
  if (!caller.ok) {
    return answerOf(caller.answer);
  }
  entry.principal = actorOf(caller.principal);
  entry.isMfaCompliant = caller.principal.kind === 'user' ? caller.principal.mfa : null;
  const refused = refuseCaller(emulator, route, caller.principal);
  if (refused !== null) {
    return answerOf(refused);
  }
  return answerCall(emulator, callOf(emulator, request, route, caller.principal), { request, route, entry });
}

function refuseCaller(emulator: Emulator, { surface }: RouteMatch, principal: TokenPrincipal): Answer | null {
  const { policies, clock } = emulator.world;
  const throttled = emulator.throttle.check(principal.tenantId, policies.throttle, clock.nowMs());
  if (throttled !== null) {
    return throttled;
  }
  emulator.mfaCheckCount += principal.kind === 'user' && !principal.mfa ? 1 : 0;
  return (
    refuseKind(principal, { surface, policies, mfaCheckNr: emulator.mfaCheckCount }) ??
    refuseRole(principal, policies)
  );
}

function callOf(
  emulator: Emulator,
  { url, bodyText }: ApiRequest,
  route: RouteMatch,
  principal: TokenPrincipal,
): OperationCall {
  return {
    world: emulator.world,
    surface: route.surface,
    operationName: route.name,
    principal,
    id: route.id,
    query: url.searchParams,
    bodyText,
    origin: url.origin,
  };
}

interface Circumstances {
  request: ApiRequest;
  route: RouteMatch;
  entry: ReceivedRequest;
}

async function answerCall(
  emulator: Emulator,
  call: OperationCall,
  { request, route, entry }: Circumstances,
): Promise<Outcome> {
  const fault = emulator.faults.take({
    operation: route.name,
    method: request.method,
    reportId: entry.reportId ?? '',
    surface: route.surface.name,
    clientId: call.principal.clientId,
  });
  entry.fault = fault?.kind ?? null;
  const correlationId = String(request.headers['ms-correlationid'] ?? 'none');
  const plan = fault?.plan({ call, correlationId }) ?? {};
  await wait(emulator.world.policies.latencyInMs + (plan.delayBeforeInMs ?? 0), request.signal);
  const outcome = carryOut(plan, call, route);
  await wait(plan.delayAfterInMs ?? 0, request.signal);
  return outcome;
}

/** Synchronous: what a person does just before or after the operation happens with nothing in between. */
function carryOut(plan: FaultPlan, call: OperationCall, { operation }: RouteMatch): Outcome {
  plan.before?.();
  if (plan.instead !== undefined) {
    return plan.instead();
  }
  const answer = operation({ ...call, world: plan.world ?? call.world });
  const disguised =
    call.world.policies.errorInHttp200 && answer.body.kind === 'envelope'
      ? { ...answer, status: 200 }
      : answer;
  return plan.after?.(disguised) ?? answerOf(disguised);
}

async function wait(delayInMs: number, signal: AbortSignal): Promise<void> {
  if (delayInMs > 0) {
    await delay(delayInMs, undefined, { signal });
  }
}

function answerOf(answer: Answer): Outcome {
  return { kind: 'answer', answer };
}
