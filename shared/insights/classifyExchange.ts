import { safeText } from '../text/safeText.ts';
import { parseRetryAfterInMs } from '../time/retryAfter.ts';
import type { Exchange } from './exchange.ts';
import type { AttemptFailure, InsightsFailureCode } from './insightsFailure.ts';
import { isMfaRefusal } from './isMfaRefusal.ts';
import type { Envelope } from './parseEnvelope.ts';
import { parseEnvelope } from './parseEnvelope.ts';

/** What the headers of an answer tell. */
export interface AnswerFacts {
  readonly serviceTimeMs: number | null;
  readonly isMfaCompliant: boolean | null;
}

/** An answer that claims success, or why it is none. */
export type Classified =
  | { readonly ok: true; readonly envelope: Envelope; readonly facts: AnswerFacts }
  | { readonly ok: false; readonly failure: AttemptFailure };

/** So much of an answer's text is looked at for what it says. */
const MAX_SAID = 4_000;

type Answered = Extract<Exchange, { kind: 'answered' }>;

/**
 * What one exchange means, for every shape that this host is known to answer with: the service's envelope, also with
 * an error under HTTP 200, the gateway's, the platform's, HTML, empty and cut off answers. Pure.
 */
export function classifyExchange(exchange: Exchange, nowMs: number): Classified {
  if (exchange.kind === 'unanswered') return { ok: false, failure: unansweredFailure(exchange) };
  const facts = answerFacts(exchange.headers);
  const envelope = parseEnvelope(exchange.text);
  const claimed = envelope?.statusCode ?? 0;
  const isSuccess = exchange.status >= 200 && exchange.status < 300;
  if (isSuccess && envelope !== null && claimed < 400) return { ok: true, envelope, facts };

  const status = isSuccess && claimed >= 400 ? claimed : exchange.status;
  const code = isMfaRefusal(status, exchange) ? 'mfa_required' : failureCode(status, envelope);
  const header = exchange.headers.get('retry-after') ?? null;
  const failure: AttemptFailure = {
    code,
    message: describe(status, exchange, envelope),
    httpStatus: status,
    retryable: isRetryable(status, isSuccess),
    retryAfterInMs: parseRetryAfterInMs(header, facts.serviceTimeMs ?? nowMs),
    mayHaveTakenEffect: !isDefiniteRefusal(exchange.status),
    sent: true,
  };
  return { ok: false, failure };
}

/** A plain 4xx is the only answer that proves a change was not made: an error under HTTP 200 contradicts itself. */
function isDefiniteRefusal(httpStatus: number): boolean {
  return httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}

function isRetryable(status: number, isSuccess: boolean): boolean {
  // A success that cannot be read has been damaged on its way.
  if (status < 400) return isSuccess;
  return [408, 429, 500, 502, 503, 504].includes(status);
}

function failureCode(status: number, envelope: Envelope | null): InsightsFailureCode {
  if (status === 400) return /quota/i.test(envelope?.message ?? '') ? 'quota_exceeded' : 'invalid_request';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return isOwnAnswer(envelope) ? 'not_found' : 'endpoint_not_found';
  if (status === 408) return 'timeout';
  if (status === 429) return 'throttled';
  return status >= 500 && status < 600 ? 'upstream_unavailable' : 'unexpected_answer';
}

/** Whether a 404 comes from the service and not from the gateway, which answers so where the base URL is wrong. */
function isOwnAnswer(envelope: Envelope | null): boolean {
  if (envelope === null) return false;
  return (
    envelope.items !== null || /^\s*(?:no item found|there are no executions)/i.test(envelope.message ?? '')
  );
}

function describe(status: number, exchange: Answered, envelope: Envelope | null): string {
  if (exchange.status >= 300 && exchange.status < 400)
    return `HTTP ${status}: a redirect, which is not followed`;
  const said = envelope?.message ?? withoutTags(exchange.text);
  const where =
    exchange.status === status ? `HTTP ${status}` : `status ${status} under HTTP ${exchange.status}`;
  const kind = envelope === null ? (exchange.text.trim() === '' ? ', empty' : ', no JSON object') : '';
  return safeText(`${where}${kind}: ${said || exchange.reasonPhrase}`);
}

/** Cut before tags are looked for, and at a blank: half of a secret would not be known for one. */
function withoutTags(text: string): string {
  const start = text.slice(0, MAX_SAID);
  const whole = start.length < text.length ? start.slice(0, start.search(/[^\s<>]*$/)) : start;
  return whole.replace(/<[^>]{0,200}>/g, ' ');
}

function unansweredFailure(exchange: Extract<Exchange, { kind: 'unanswered' }>): AttemptFailure {
  const codes = {
    timeout: 'timeout',
    aborted: 'aborted',
    network: 'upstream_unavailable',
    tooLarge: 'unexpected_answer',
  } as const;
  return {
    code: codes[exchange.reason],
    message: `No answer: ${exchange.detail}`,
    httpStatus: null,
    retryable: exchange.reason === 'timeout' || exchange.reason === 'network',
    retryAfterInMs: null,
    mayHaveTakenEffect: !exchange.neverSent,
    sent: true,
  };
}

/** What the headers say, also those of a refusal. Pure. */
export function answerFacts(headers: ReadonlyMap<string, string>): AnswerFacts {
  const atMs = Date.parse(headers.get('date') ?? '');
  const compliant = headers.get('ismfacompliant')?.trim().toLowerCase();
  return {
    serviceTimeMs: Number.isNaN(atMs) ? null : atMs,
    isMfaCompliant: compliant === 'true' ? true : compliant === 'false' ? false : null,
  };
}
