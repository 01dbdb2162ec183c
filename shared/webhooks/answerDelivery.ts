import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import type { Mapped } from './intent.ts';

/** The most refusals, and the most events that were ignored, told in one answer. */
const MAX_TOLD = 50;

/** The one answer to everything that could not prove where it comes from, unknown sources included: it gives no hint. */
export function refusedAnswer(): Answer {
  return problemAnswer(
    401,
    { code: 'webhook_refused', title: 'The delivery was refused.' },
    { 'www-authenticate': 'Bearer' },
  );
}

/** A body longer than any sender's; answered before anything is looked at. */
export function tooLargeAnswer(): Answer {
  return problemAnswer(413, { code: 'body_too_large', title: 'The body is too long.' });
}

/** A body that holds more than is parsed. */
export function tooComplexAnswer(): Answer {
  const title = 'The body holds more than is parsed at once: send fewer events in a delivery.';
  return problemAnswer(413, { code: 'body_too_complex', title });
}

/** A format that this source does not take. */
export function notUnderstoodAnswer(): Answer {
  return problemAnswer(415, {
    code: 'unsupported_media_type',
    title: 'The content type is not one that this source sends.',
  });
}

/** Too many deliveries; `Retry-After` is in whole seconds, at least one. */
export function rateLimitedAnswer(retryAfterInMs: number): Answer {
  return problemAnswer(
    429,
    { code: 'too_many_deliveries', title: 'This source sends more than it may.' },
    { 'retry-after': String(Math.max(1, Math.ceil(retryAfterInMs / 1000))) },
  );
}

/** The source is retired: a sender of good manners stops. */
export function goneAnswer(): Answer {
  return problemAnswer(410, { code: 'webhook_retired', title: 'This source takes no more deliveries.' });
}

/** Anything but POST and OPTIONS. */
export function wrongMethodAnswer(): Answer {
  return problemAnswer(
    405,
    { code: 'method_not_allowed', title: 'Send a delivery by POST.' },
    { allow: 'POST, OPTIONS' },
  );
}

/** Event Grid's handshake wants 200 and the code; 202 would not count. */
export function validationAnswer(validationCode: string): Answer {
  return jsonAnswer(200, { validationResponse: validationCode });
}

/**
 * The answer to a delivery whose events were all dealt with. One that holds nothing that was understood is 400, which no
 * sender should repeat; otherwise 200, because a repeat would not mend the rest, and what was refused, or is not for us,
 * is in the body.
 */
export function mappedAnswer(mapped: readonly Mapped[]): Answer {
  const refused = mapped.flatMap((one, index) =>
    one.ok ? [] : [{ index, code: one.code, field: one.field }],
  );
  const told = refused.slice(0, MAX_TOLD);
  if (mapped.length > 0 && refused.length === mapped.length) {
    const title = 'Nothing of the payload was understood; nothing was done.';
    return problemAnswer(400, { code: 'payload_not_understood', title, refused: told });
  }
  const ignored = mapped.flatMap((one, index) =>
    one.ok && one.intent.action === 'ignore' ? [{ index, because: one.intent.because }] : [],
  );
  const accepted = mapped.length - refused.length;
  return jsonAnswer(200, { accepted, ignored: ignored.slice(0, MAX_TOLD), refused: told });
}
