// The error shapes of those who answer before or beside the Insights application.
import { type Answer, gatewayRefusal } from './answer.ts';
import { messages } from './messages.ts';

/** API Management's throttling answer. Source: Partner Center, "API throttling guidance". */
export function throttled(retryAfter: string | null, seconds: number): Answer {
  return gatewayRefusal(
    429,
    messages.throttled(seconds),
    retryAfter === null ? {} : { 'Retry-After': retryAfter },
  );
}

/** The error of Partner Center's own REST platform. Source: Partner Center, "Error codes". */
export function platformError(
  status: number,
  value: { code: string; description: string; data: readonly unknown[]; source: string },
): Answer {
  return { status, body: { kind: 'json', value } };
}

/** Where the code 900421 stands in the body is written nowhere, so each place can be had. */
export type MfaRefusalBody = 'platform' | 'gateway' | 'none';

/** Refusal of a user token without MFA. Source: "Mandating multi-factor authentication for your partner tenant". */
export function mfaRefusal(body: MfaRefusalBody): Answer {
  const reasonPhrase = 'Unauthorized - MFA required';
  const value = {
    platform: { code: '900421', description: reasonPhrase, data: [], source: 'PartnerCenter' },
    gateway: { statusCode: 401, message: `900421: ${reasonPhrase}` },
    none: null,
  }[body];
  return {
    status: 401,
    reasonPhrase,
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    body: value === null ? { kind: 'none' } : { kind: 'json', value },
  };
}

/** What an edge in front of everything sends while the back end is down. */
export function htmlPage(status: number, title: string): Answer {
  const text = `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>`;
  return { status, body: { kind: 'text', contentType: 'text/html', text } };
}
