import { parseAuthentication } from '../../../shared/telemetry/parseAuthentication.ts';
import { formatTraceParent, parseTraceParent } from '../../../shared/telemetry/trace.ts';

describe('APPLICATIONINSIGHTS_AUTHENTICATION_STRING', () => {
  test.each([
    [null, false, null],
    ['Authorization=AAD', true, null],
    [
      'Authorization=AAD;ClientId=33333333-3333-4333-8333-333333333333',
      true,
      '33333333-3333-4333-8333-333333333333',
    ],
    [' clientid=abc ; authorization=aad;', true, 'abc'],
    ['Authorization=Key', false, null],
  ])('%s', (text, byEntra, clientId) => {
    expect(parseAuthentication(text)).toEqual({ byEntra, clientId });
  });
});

describe('a traceparent', () => {
  const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];

  test('is read and written as W3C says', () => {
    expect(parseTraceParent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId });
    expect(formatTraceParent({ traceId, spanId })).toBe(`00-${traceId}-${spanId}-01`);
  });

  test.each([
    null,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
  ])('that does not count is none: %s', (text) => {
    expect(parseTraceParent(text)).toBeNull();
  });
});
