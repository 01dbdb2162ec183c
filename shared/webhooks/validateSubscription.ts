const VALIDATION_EVENT = 'microsoft.eventgrid.subscriptionvalidationevent';

/** What a body is to the handshake of Event Grid. */
export type SubscriptionValidation =
  | { readonly kind: 'none' }
  | { readonly kind: 'validate'; readonly validationCode: string }
  | { readonly kind: 'malformed' };

/**
 * Finds the handshake of Event Grid's own schema in a parsed body: a list of just the validation event. Look only
 * after the token fitted, and answer 200 with the code. Its `validationUrl` is not even read. Source: Microsoft's page
 * "Webhook event delivery".
 */
export function validateSubscription(body: unknown): SubscriptionValidation {
  const events: readonly unknown[] = Array.isArray(body) ? body : [];
  if (!events.some(isValidationEvent)) return { kind: 'none' };
  const [event] = events;
  const code = propertyOf(propertyOf(event, 'data'), 'validationCode');
  return events.length === 1 && typeof code === 'string' && /^[\x21-\x7e]{1,256}$/.test(code)
    ? { kind: 'validate', validationCode: code }
    : { kind: 'malformed' };
}

function isValidationEvent(event: unknown): boolean {
  const type = propertyOf(event, 'eventType');
  return typeof type === 'string' && type.toLowerCase() === VALIDATION_EVENT;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}
