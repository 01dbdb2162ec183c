import { judgeIngestion } from '../../../shared/telemetry/judgeIngestion.ts';

const seen = (
  status: number | null,
  more: { body?: string; retryAfter?: string; problem?: string } = {},
) => ({
  ...{ status, body: '', retryAfter: null, problem: null },
  ...more,
});
const all = [0, 1, 2];

describe('what the ingestion answered', () => {
  test('200 is taken', () => {
    expect(judgeIngestion(seen(200), true, 3)).toEqual({ kind: 'sent' });
  });

  test.each([401, 403, 408, 429, 439, 500, 502, 503, 504])('%i may be sent again', (status) => {
    expect(judgeIngestion(seen(status), false, 3)).toEqual({
      ...{ kind: 'failed', reason: String(status), again: all, lost: 0, retryAfterInMs: null },
    });
  });

  test.each([400, 404, 413])('%i is lost: it would be refused again', (status) => {
    expect(judgeIngestion(seen(status), false, 3)).toMatchObject({ again: [], lost: 3 });
  });

  test('402, the quota, is tried again a quarter of an hour later', () => {
    expect(judgeIngestion(seen(402), false, 3)).toMatchObject({ again: all, retryAfterInMs: 900_000 });
  });

  test('Retry-After is heeded where it is a number of seconds', () => {
    expect(judgeIngestion(seen(429, { retryAfter: '7' }), false, 3)).toMatchObject({ retryAfterInMs: 7_000 });
    expect(judgeIngestion(seen(429, { retryAfter: 'soon' }), false, 3)).toMatchObject({
      retryAfterInMs: null,
    });
  });

  test('206 sends again only what was refused for now', () => {
    const errors = [
      { index: 0, statusCode: 400, message: 'bad' },
      { index: 2, statusCode: 503, message: 'later' },
    ];
    const body = JSON.stringify({ itemsReceived: 3, itemsAccepted: 1, errors });

    expect(judgeIngestion(seen(206, { body }), false, 3)).toMatchObject({
      reason: '206',
      again: [2],
      lost: 1,
    });
    expect(judgeIngestion(seen(206, { body: 'not JSON' }), false, 3)).toEqual({ kind: 'sent' });
  });

  test('no answer is sent again, under the code of the network or for want of a token', () => {
    expect(judgeIngestion(seen(null, { problem: 'ECONNREFUSED' }), false, 3)).toMatchObject({
      ...{ reason: 'ECONNREFUSED', again: all },
    });
    expect(judgeIngestion(seen(null), false, 3)).toMatchObject({ reason: 'no_token', again: all });
  });
});
