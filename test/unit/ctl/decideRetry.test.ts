import { decideRetry } from '../../../ctl/connection/decideRetry.ts';
import type { Exchange } from '../../../ctl/connection/exchange.ts';

function answered(status: number, json: unknown, retryAfterInMs: number | null = null): Exchange {
  return { kind: 'answered', status, json, retryAfterInMs, location: null };
}

const lost: Exchange = { kind: 'unreachable', why: 'ECONNRESET' };
const problem = { code: 'ledger_unavailable', title: 'later' };

describe('a repeat of a request', () => {
  test.each([
    ['a lost connection', lost, 500],
    ['a 503 that says when', answered(503, problem, 7_000), 7_000],
    ['a 503 that says an hour', answered(503, problem, 3_600_000), 60_000],
    ['a 429 that says when', answered(429, problem, 1_000), 1_000],
    ['a gateway that found no app', answered(502, undefined), 500],
    ['a 503 of the app that says nothing', answered(503, problem), null],
    ['a run that is told, done or not', answered(503, { ...problem, run: {} }, 1_000), null],
    ['accounts that could not be read', answered(502, { reports: [], problems: [] }), null],
    ['a refusal', answered(400, problem), null],
    ['a host that does not exist', { kind: 'unreachable', why: 'ENOTFOUND' } as const, null],
    ['a certificate that is wrong', { kind: 'unreachable', why: 'CERT_HAS_EXPIRED' } as const, null],
  ])('after %s comes as it should', (_, exchange, waitInMs) => {
    expect(decideRetry(exchange, 1)).toBe(waitInMs);
  });

  test('waits longer each time, and is not made a fifth time', () => {
    expect([1, 2, 3, 4].map((attempt) => decideRetry(lost, attempt))).toEqual([500, 1_000, 2_000, null]);
  });
});
