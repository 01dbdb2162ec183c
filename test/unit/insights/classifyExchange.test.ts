import { classifyExchange } from '../../../shared/insights/classifyExchange.ts';
import type { Exchange } from '../../../shared/insights/exchange.ts';

const nowMs = Date.parse('2026-03-01T12:00:00Z');

function answered(
  status: number,
  body: unknown,
  more: Record<string, string> = {},
  reasonPhrase = '',
): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, reasonPhrase, headers: new Map(Object.entries(more)), text };
}

function failureOf(exchange: Exchange) {
  const classified = classifyExchange(exchange, nowMs);
  return classified.ok ? null : classified.failure;
}

const noItem = { value: [], totalCount: 0, message: 'No item found with given filters.', statusCode: 404 };
const html = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

describe('an answer of the service', () => {
  test.each([
    ['camel', { value: [1], nextLink: null, totalCount: 1, message: 'fine', statusCode: 200 }],
    ['Pascal', { Value: [1], NextLink: null, TotalCount: 1, Message: 'fine', StatusCode: 200 }],
    [
      'mixed, with blanks',
      { ' value': [1], 'NextLink ': '', totalcount: '1', MESSAGE: 'fine', statusCode: '200' },
    ],
  ])('is read in %s casing', (_, body) => {
    expect(classifyExchange(answered(200, body), nowMs)).toMatchObject({
      ok: true,
      envelope: { items: [1], nextLink: null, totalCount: 1, message: 'fine', statusCode: 200 },
    });
  });

  test('with a single object as value holds one item', () => {
    const classified = classifyExchange(answered(200, { value: { a: 1 } }), nowMs);
    expect(classified).toMatchObject({ envelope: { items: [{ a: 1 }], statusCode: null } });
  });

  test('tells the service’s clock and whether the token carried MFA', () => {
    const headers = { date: 'Sun, 01 Mar 2026 12:34:56 GMT', ismfacompliant: 'False' };
    expect(classifyExchange(answered(200, { value: [] }, headers), nowMs)).toMatchObject({
      facts: { serviceTimeMs: Date.parse('2026-03-01T12:34:56Z'), isMfaCompliant: false },
    });
  });

  test.each<[string, Exchange, string, boolean]>([
    [
      'the envelope with 400',
      answered(400, { value: [], message: 'Invalid QueryId', statusCode: 400 }),
      'invalid_request',
      false,
    ],
    [
      '400 with the quota message',
      answered(400, { message: 'User has exceeded its report creation quota of 50 active reports' }),
      'quota_exceeded',
      false,
    ],
    [
      'the gateway’s 401',
      answered(401, { statusCode: 401, message: 'incorrect audience' }),
      'unauthorized',
      false,
    ],
    [
      '401 with the MFA reason phrase',
      answered(401, '', {}, 'Unauthorized - MFA required'),
      'mfa_required',
      false,
    ],
    [
      '401 with the MFA code as text',
      answered(401, { code: '900421', description: 'x' }),
      'mfa_required',
      false,
    ],
    ['401 with the MFA code as number', answered(401, { errorCode: 900421 }), 'mfa_required', false],
    ['401 with the MFA header', answered(401, '', { ismfacompliant: 'false' }), 'mfa_required', false],
    ['401 with a number like the MFA code', answered(401, { code: 19004210 }), 'unauthorized', false],
    [
      '403 of an unknown shape',
      answered(403, { code: 'x', description: 'no', data: [], source: 's' }),
      'forbidden',
      false,
    ],
    ['the envelope with 404', answered(404, noItem), 'not_found', false],
    [
      '404 with the documented message only',
      answered(404, { Message: 'No item found with given filters.' }),
      'not_found',
      false,
    ],
    [
      'the gateway’s 404',
      answered(404, { statusCode: 404, message: 'Resource not found' }),
      'endpoint_not_found',
      false,
    ],
    ['404 as HTML', answered(404, '<h1>no item found</h1>'), 'endpoint_not_found', false],
    ['404 without a body', answered(404, ''), 'endpoint_not_found', false],
    ['408', answered(408, ''), 'timeout', true],
    ['409', answered(409, {}), 'unexpected_answer', false],
    ['429', answered(429, { statusCode: 429, message: 'Rate limit is exceeded.' }), 'throttled', true],
    [
      '500',
      answered(500, { statusCode: 500, message: 'Internal server error', activityId: 'a' }),
      'upstream_unavailable',
      true,
    ],
    ['501', answered(501, ''), 'upstream_unavailable', false],
    ['502 as HTML', answered(502, html), 'upstream_unavailable', true],
    ['503 without a body', answered(503, ''), 'upstream_unavailable', true],
    ['504', answered(504, '{}'), 'upstream_unavailable', true],
    ['a redirect', answered(302, '', { location: 'https://evil.example/' }), 'unexpected_answer', false],
    [
      '400 under HTTP 200',
      answered(200, { statusCode: 400, message: 'Invalid query' }),
      'invalid_request',
      false,
    ],
    ['429 under HTTP 200', answered(200, { StatusCode: 429 }), 'throttled', true],
    ['500 under HTTP 200', answered(200, { statusCode: '500' }), 'upstream_unavailable', true],
    ['404 under HTTP 200', answered(200, noItem), 'not_found', false],
    ['a success that is HTML', answered(200, '<html>sign in</html>'), 'unexpected_answer', true],
    ['a success cut off', answered(200, '{"value":[{"repo'), 'unexpected_answer', true],
    ['a success without a body', answered(204, ''), 'unexpected_answer', true],
    ['a success that is a list', answered(200, []), 'unexpected_answer', true],
    ['a success that is null', answered(200, 'null'), 'unexpected_answer', true],
  ])('%s', (_, exchange, code, retryable) => {
    expect(failureOf(exchange)).toMatchObject({ code, retryable });
  });

  test.each<[string, Exchange, boolean]>([
    ['400', answered(400, ''), false],
    ['401', answered(401, ''), false],
    ['404', answered(404, noItem), false],
    ['429', answered(429, ''), false],
    ['408', answered(408, ''), true],
    ['500', answered(500, ''), true],
    ['502', answered(502, html), true],
    ['an error under HTTP 200', answered(200, { statusCode: 400 }), true],
    ['a cut off success', answered(200, '{'), true],
    ['a redirect', answered(302, ''), true],
    [
      'a refused connection',
      { kind: 'unanswered', reason: 'network', neverSent: true, detail: 'ECONNREFUSED' },
      false,
    ],
    [
      'a reset connection',
      { kind: 'unanswered', reason: 'network', neverSent: false, detail: 'ECONNRESET' },
      true,
    ],
    ['a time-out', { kind: 'unanswered', reason: 'timeout', neverSent: false, detail: 'timeout' }, true],
    ['an abort', { kind: 'unanswered', reason: 'aborted', neverSent: false, detail: 'aborted' }, true],
  ])('after %s (%#) it is known whether a change may have been made', (_, exchange, expected) => {
    expect(failureOf(exchange)?.mayHaveTakenEffect).toBe(expected);
  });

  test('the wait of a 429 is counted from the service’s clock', () => {
    const headers = { 'retry-after': 'Sun, 01 Mar 2026 15:00:20 GMT', date: 'Sun, 01 Mar 2026 15:00:00 GMT' };
    expect(failureOf(answered(429, '', headers))?.retryAfterInMs).toBe(20_000);
  });

  test('the message of a failure is short, plain and without secrets', () => {
    const message = `refused\r\n eyJhbGciOiJSUzI1NiJ9.abc ${'x'.repeat(5_000)}`;
    const told = failureOf(answered(400, { message }))?.message ?? '';
    expect(told).toMatch(/^HTTP 400: refused \[token\] x+…$/);
    expect(told).toHaveLength(300);
    expect(failureOf(answered(502, html))?.message).toBe('HTTP 502, no JSON object: 502 Bad Gateway nginx');
  });
});
