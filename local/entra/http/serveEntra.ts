import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { isAdminPath, serveAdmin } from '../admin/serveAdmin.ts';
import type { EntraEndpoint, EntraFault, EntraFaultQueue } from '../entraFault.ts';
import { type EntraRefusal, refusalBody, refuse, statusOf } from '../entraRefusal.ts';
import type { ProofKind } from '../proof/clientProof.ts';
import { showSignIn, takeDecision } from '../signInPage/answerAuthorize.ts';
import { answerToken, type TokenParts } from './answerToken.ts';
import { openIdConfiguration } from './discovery.ts';
import { type EntraAnswer, renderAnswer } from './entraAnswer.ts';
import { type FoundEndpoint, findEndpoint } from './findEndpoint.ts';
import { readText } from './readText.ts';
import type { SecretLog } from './secretLog.ts';
import { parseTokenForm, type TokenForm } from './tokenForm.ts';

/** What was asked and what was answered; status 0 where a fault left the caller without an answer. */
export interface EntraRequest {
  readonly endpoint: EntraEndpoint;
  readonly tenant: string;
  readonly grant: string | null;
  readonly clientId: string | null;
  /** Null where the client did not prove to be the app, or was not asked. */
  readonly clientProof: ProofKind | null;
  readonly status: number;
  readonly errorCode: number | null;
}

/** What one Entra consists of. */
export interface EntraParts extends TokenParts {
  readonly faults: EntraFaultQueue;
  readonly secretLog: SecretLog;
  readonly requests: EntraRequest[];
  /** Does what the admin door was told. @throws ZodError for what it does not know, Error for who is not there. */
  readonly administer: (action: unknown) => unknown;
}

interface Outcome {
  readonly answer: EntraAnswer;
  readonly clientProof?: ProofKind | null;
  readonly errorCode?: number;
}

/** Answers one request, or does not, where a fault says so. */
export async function serveEntra(
  request: IncomingMessage,
  response: ServerResponse,
  parts: EntraParts,
): Promise<void> {
  const url = new URL(request.url ?? '/', parts.url);
  if (isAdminPath(url.pathname)) {
    return serveAdmin(request, response, parts);
  }
  const found = findEndpoint(request.method ?? '', url.pathname);
  const text = await readText(request);
  if (found === null) {
    response.writeHead(404).end();
    return;
  }
  const form = parseTokenForm(text);
  const [grant, clientId] = [form.get('grant_type'), form.get('client_id')];
  const reply = (outcome: Outcome | null, headers: Readonly<Record<string, number>> = {}) => {
    const rendered = outcome === null ? null : renderAnswer(outcome.answer);
    const { endpoint, tenant } = found;
    const { clientProof = null, errorCode = null } = outcome ?? {};
    parts.requests.push({
      ...{ endpoint, tenant, grant, clientId, clientProof, status: rendered?.status ?? 0, errorCode },
    });
    if (rendered !== null) {
      response.writeHead(rendered.status, { ...rendered.headers, ...headers }).end(rendered.text);
    }
  };
  const correlationId = String(request.headers['client-request-id'] ?? '') || undefined;
  const refuseWith = (refusal: EntraRefusal, status: number = statusOf(refusal)): Outcome => {
    const context = { correlationId, nowMs: parts.nowMs(), url: parts.url };
    return {
      answer: { kind: 'json', status, body: refusalBody(refusal, context) },
      errorCode: refusal.code,
    };
  };
  const answerNow = () => answerRight({ found, url, text, form, refuseWith }, parts);
  parts.secretLog.received(form);
  await meet(parts.faults.take(found.endpoint, grant), { answerNow, reply, refuseWith, response });
}

async function meet(
  fault: EntraFault | null,
  exchange: {
    answerNow: () => Promise<Outcome>;
    reply: (outcome: Outcome | null, headers?: Readonly<Record<string, number>>) => void;
    refuseWith: (refusal: EntraRefusal, status?: number) => Outcome;
    response: ServerResponse;
  },
): Promise<void> {
  const { answerNow, reply, refuseWith, response } = exchange;
  switch (fault?.kind) {
    case 'error':
      return reply(refuseWith(refuse(fault.code)));
    case 'status': {
      const refusal = refuse(fault.status === 429 ? 90055 : 90033);
      const wait = fault.retryAfterInSeconds;
      return reply(refuseWith(refusal, fault.status), wait === undefined ? {} : { 'retry-after': wait });
    }
    case 'page': {
      const html = '<html><head><title>Service Unavailable</title></head><body></body></html>';
      return reply({ answer: { kind: 'page', status: fault.status, html } });
    }
    case 'garbage':
      return reply({ answer: { kind: 'page', status: 200, html: '<html><body>Welcome</body></html>' } });
    case 'hang':
      return reply(null);
    case 'reset':
      if (fault.takesEffect) {
        await answerNow();
      }
      reply(null);
      response.destroy();
      return;
    case 'slow':
      await delay(fault.delayInMs);
      return reply(await answerNow());
    default:
      return reply(await answerNow());
  }
}

async function answerRight(
  asked: {
    found: FoundEndpoint;
    url: URL;
    text: string;
    form: TokenForm;
    refuseWith: (refusal: EntraRefusal) => Outcome;
  },
  parts: EntraParts,
): Promise<Outcome> {
  const { found, url, text, form, refuseWith } = asked;
  const { tenant, version } = found;
  switch (found.endpoint) {
    case 'discovery':
      return parts.state.tenantIds.has(tenant)
        ? { answer: { kind: 'json', status: 200, body: openIdConfiguration(parts.url, tenant, version) } }
        : refuseWith(refuse(90002, `It is named '${tenant}'.`));
    case 'keys':
      return { answer: { kind: 'json', status: 200, body: { keys: parts.keySet.keys } } };
    case 'authorize': {
      const query = url.search.slice(1);
      const answer =
        text === ''
          ? showSignIn(query, tenant, parts.state)
          : takeDecision(new URLSearchParams(text), tenant, parts);
      parts.secretLog.sent(answer);
      return { answer };
    }
    case 'token': {
      const { answer, clientProof } = await answerToken(form, found, parts);
      if (!answer.ok) {
        return { ...refuseWith(answer.refusal), clientProof };
      }
      const json = { kind: 'json', status: 200, body: answer.body } as const;
      parts.secretLog.sent(json);
      return { answer: json, clientProof };
    }
  }
}
