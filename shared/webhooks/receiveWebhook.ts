import { failureOf } from '../service/actForDoor.ts';
import type { Teller } from '../telemetry/teller.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import { actOnHolds } from './actOnHolds.ts';
import { mappedAnswer, rateLimitedAnswer } from './answerDelivery.ts';
import type { Delivery } from './delivery.ts';
import { type Handled, handleEvents } from './handleEvents.ts';
import { readMeantReports } from './meantReports.ts';
import { openDelivery } from './openDelivery.ts';
import type { ParsedWebhookSources } from './parseWebhookSources.ts';
import { webhookName } from './planHolds.ts';
import type { Received } from './receiveDelivery.ts';
import { takeTurn } from './takeTurn.ts';
import { tellWebhook } from './webhookEvent.ts';
import type { WebhookParts } from './webhookParts.ts';
import type { WebhookSource } from './webhookSource.ts';

/** A request to a webhook's door. */
export interface WebhookRequest {
  readonly method: string;
  /** The last part of the path, as it came. */
  readonly source: string;
  readonly delivery: Delivery;
  readonly teller: Teller;
  readonly correlationId: string;
}

/** Senders wait ten seconds or less: holds are written and the answer is sent within these. */
const WRITE_WITHIN_MS = 6_000;
const ANSWER_WITHIN_MS = 8_500;

/** What a sender that proved itself meets; it costs a turn of its source's rate. */
const AFTER_PROOF: ReadonlySet<unknown> = new Set([null, 'retired', 'format_not_understood', 'too_complex']);

/**
 * Takes a delivery: proves it, writes the holds that it asks for, acts on them as far as the time goes, and answers
 * within ten seconds. 200 all done, 202 written and to be done by the next tick, 503 not written, or its source is
 * configured wrongly: send it again.
 * @throws LedgerError where nothing, or not all, could be written.
 */
export async function receiveWebhook(webhooks: WebhookParts, request: WebhookRequest): Promise<Answer> {
  const { parts, configured } = webhooks;
  const { method, delivery, teller } = request;
  const startedMs = parts.clock.now();
  const source = configured.sources.find(({ name }) => name === request.source) ?? null;
  if (source === null && isBroken(configured, request.source)) {
    tellRefused(webhooks, request, null, 'source_invalid');
    return laterAnswer('webhook_not_done');
  }
  const input = { method, source, delivery, nowMs: startedMs };
  const opened = await openDelivery(webhooks, input, teller);
  if (opened.kind === 'noSecret') return laterAnswer('webhook_secret_unavailable');
  const isProven = opened.kind === 'events' || AFTER_PROOF.has(opened.because);
  const tooMany = isProven && source !== null ? takeTurnOf(webhooks, source) : null;
  if (tooMany !== null) {
    tellRefused(webhooks, request, source, 'too_many_deliveries');
    return tooMany;
  }
  if (opened.kind === 'answer') {
    if (opened.because !== null) tellRefused(webhooks, request, source, opened.because);
    return opened.answer;
  }
  const account = parts.accounts.find((one) => one.account.name === source?.account);
  if (source === null || account === undefined) return laterAnswer('webhook_not_done');
  return takeEvents(webhooks, request, { source, accountKey: account.accountKey, opened, startedMs });
}

async function takeEvents(
  webhooks: WebhookParts,
  { teller, correlationId }: WebhookRequest,
  {
    source,
    accountKey,
    opened,
    startedMs,
  }: {
    readonly source: WebhookSource;
    readonly accountKey: string;
    readonly opened: Extract<Received, { kind: 'events' }>;
    readonly startedMs: number;
  },
): Promise<Answer> {
  const { parts } = webhooks;
  const untilMs = startedMs + WRITE_WITHIN_MS;
  const call = { correlationId, caller: webhookName(source.name), teller, runId: null };
  const meant = readMeantReports(parts, source, { correlationId, deadlineMs: untilMs });
  const handling = { source, accountKey, meant, teller, correlationId, untilMs };
  const handled = await handleEvents(webhooks, opened.mapped, handling);
  const isDone = await actOnHolds(parts, {
    ...{ account: source.account, reportIds: [...handled.touched], held: handled.held, call },
    untilMs: startedMs + ANSWER_WITHIN_MS,
  });
  const answer = answerOf(handled, isDone);
  const answered = isDone ? 200 : 202;
  const seen = handled.claimed.map(
    ({ deliveryId, saidAtMs }) => [deliveryId, { saidAtMs, answered }] as const,
  );
  // All that was asked for stands by now: unremembered, the same delivery sent again finds it so, and is answered alike.
  await failureOf(() => webhooks.deliveries.finish(source.name, new Map(seen)));
  return answer;
}

function answerOf({ outcomes, isCutShort, repeatedStatus }: Handled, isDone: boolean): Answer {
  if (isCutShort) return laterAnswer('webhook_not_done');
  const answer = mappedAnswer(outcomes);
  const status = repeatedStatus ?? (isDone ? 200 : 202);
  return answer.status === 200 ? { ...answer, status } : answer;
}

/** Nothing, or not all of it, was done, and the same delivery may be sent again: what was done is not done twice. */
function laterAnswer(code: 'webhook_secret_unavailable' | 'webhook_not_done'): Answer {
  const title = 'The delivery could not be dealt with now; send it again.';
  return problemAnswer(503, { code, title }, { 'retry-after': '60' });
}

/** Somebody is to mend it, and until then no sender shall lose what it has to say. */
function isBroken({ problems }: ParsedWebhookSources, name: string): boolean {
  return problems.some(
    ({ severity, source, code }) =>
      severity === 'error' && (source === name || code === 'not_a_list' || code === 'over_limit'),
  );
}

function takeTurnOf({ turns, parts }: WebhookParts, source: WebhookSource): Answer | null {
  const turn = takeTurn(turns.get(source.name) ?? null, parts.clock.now(), source.ratePerMinute);
  turns.set(source.name, turn.turns);
  return turn.ok ? null : rateLimitedAnswer(turn.retryAfterInMs);
}

/** An unknown source's name is the sender's own text, and is not repeated. One line a minute tells of each kind. */
function tellRefused(
  { refusals }: WebhookParts,
  { teller, correlationId }: WebhookRequest,
  source: WebhookSource | null,
  because: string,
): void {
  const name = source?.name ?? null;
  teller.telemetry?.metric('refusals', 1, { door: name ?? 'unknown', because });
  const count = refusals.count(`${name ?? ''} ${because}`);
  if (count !== null) {
    tellWebhook(teller, 'warn', 'WebhookRefused', { source: name, correlationId, because, count });
  }
}
