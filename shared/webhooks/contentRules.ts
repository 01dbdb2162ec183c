import type { WebhookKind } from './webhookSource.ts';

/** A delivery's body may be this long; Event Grid sends no more either. */
export const MAX_BODY_IN_BYTES = 1024 * 1024;

const MEDIA_TYPES: Readonly<Record<WebhookKind, readonly string[]>> = {
  standard: ['application/json'],
  eventGrid: ['application/json'],
  cloudEvents: ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json'],
  azureMonitor: ['application/json'],
  generic: ['application/json'],
};

/** The media type in lower case and without parameters; null where there is none. */
export function mediaTypeOf(contentType: string | null): string | null {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() || null;
}

/**
 * Tells whether a source takes this format; where not, the answer is 415. Source: the CloudEvents webhook rules,
 * section 2.2. JSON is UTF-8 (RFC 8259), and nothing is unpacked.
 */
export function isUnderstood(kind: WebhookKind, headers: { get(name: string): string | null }): boolean {
  const contentType = headers.get('content-type');
  const mediaType = mediaTypeOf(contentType);
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)"?/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  return (
    mediaType !== null &&
    MEDIA_TYPES[kind].includes(mediaType) &&
    (charset === 'utf-8' || charset === 'utf8') &&
    encoding === 'identity'
  );
}
