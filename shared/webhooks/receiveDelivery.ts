import { runSteps, type Steps } from '../time/steps.ts';
import type { Answer } from '../wire/problem.ts';
import { isWithinJsonBounds } from '../wire/readJson.ts';
import { allowOrigin } from './allowOrigin.ts';
import {
  goneAnswer,
  notUnderstoodAnswer,
  refusedAnswer,
  tooComplexAnswer,
  tooLargeAnswer,
  validationAnswer,
  wrongMethodAnswer,
} from './answerDelivery.ts';
import { isUnderstood, MAX_BODY_IN_BYTES } from './contentRules.ts';
import type { Delivery, RefusedBecause, Verified } from './delivery.ts';
import { type Mapped, notMapped } from './intent.ts';
import { mapDeliveryInSteps } from './mapDelivery.ts';
import { parseJsonBytes } from './parseJsonBytes.ts';
import { validateSubscription } from './validateSubscription.ts';
import { verifyDelivery } from './verifyDelivery.ts';
import type { WebhookSource } from './webhookSource.ts';

/** What a request to a webhook door comes to before anything is done. */
export type Received =
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      /** For our own event; null where a handshake went well. */
      readonly because:
        | RefusedBecause
        | 'format_not_understood'
        | 'retired'
        | 'too_complex'
        | 'unknown_source'
        | 'wrong_method'
        | null;
    }
  | {
      readonly kind: 'events';
      readonly verified: Extract<Verified, { ok: true }>;
      readonly mapped: readonly Mapped[];
    };

/** A request to a webhook door, and what it may be proven by. */
export interface ReceiveInput {
  readonly method: string;
  /** Null where no such source is configured. */
  readonly source: WebhookSource | null;
  readonly secretText: string;
  /** What the token of Entra came to, where that is the source's proof and it was verified. */
  readonly byEntra?: Verified | null;
  readonly delivery: Delivery;
  readonly nowMs: number;
}

/**
 * Everything about a request that needs no storage, in order: size, authenticity, retirement, handshakes, format, payload.
 * Whoever cannot prove where he comes from hears the same as one who names no source. Where `because` is
 * `no_matching_secret` or `no_usable_secret`, read the secret afresh and ask once more: it may have been rotated. Pure.
 */
export function receiveDelivery(input: ReceiveInput): Received {
  return runSteps(receiveInSteps(input));
}

/** The same in steps: others have their turn while a long batch is mapped. */
export function* receiveInSteps({
  method,
  source,
  secretText,
  byEntra = null,
  delivery,
  nowMs,
}: ReceiveInput): Steps<Received> {
  if (delivery.body.byteLength > MAX_BODY_IN_BYTES) return answered(tooLargeAnswer(), 'too_large');
  if (method !== 'POST' && method !== 'OPTIONS') return answered(wrongMethodAnswer(), 'wrong_method');
  if (source === null) return answered(refusedAnswer(), 'unknown_source');
  const verified = verifyDelivery({ source, secretText, byEntra, delivery, nowMs });
  if (!verified.ok) return answered(refusedAnswer(), verified.because);
  if (source.retired) return answered(goneAnswer(), 'retired');
  if (method === 'OPTIONS') {
    const answer = allowOrigin(source, delivery.headers);
    return answered(answer, answer.status === 200 ? null : 'origin_not_allowed');
  }
  if (!isUnderstood(source.format.kind, delivery.headers)) {
    return answered(notUnderstoodAnswer(), 'format_not_understood');
  }
  if (!isWithinJsonBounds(delivery.body)) return answered(tooComplexAnswer(), 'too_complex');
  if (source.format.kind === 'eventGrid') {
    const validation = validateSubscription(parseJsonBytes(delivery.body));
    if (validation.kind === 'validate') return answered(validationAnswer(validation.validationCode), null);
    if (validation.kind === 'malformed') {
      return { kind: 'events', verified, mapped: [notMapped('foreign_payload', 'validationCode')] };
    }
  }
  return {
    kind: 'events',
    verified,
    mapped: yield* mapDeliveryInSteps({ source, delivery, verified, nowMs }),
  };
}

function answered(
  answer: Answer,
  because: Extract<Received, { kind: 'answer' }>['because'],
): Extract<Received, { kind: 'answer' }> {
  return { kind: 'answer', answer, because };
}
