import { explainSignInError } from '../../../shared/signIn/explainSignInError.ts';

const SECRET = 'do-not-show-this';

function error(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(`${message} ${SECRET}`), { name, ...more });
}

describe('a failed sign-in', () => {
  test.each([
    [
      'by the number in the text',
      error('AuthenticationRequiredError', 'AADSTS700213: No match'),
      'federated_trust_missing',
    ],
    [
      'by the number that MSAL took out',
      error('ServerError', 'invalid_grant', { errorNo: '700082' }),
      'refresh_token_expired',
    ],
    ['by a number that is none of ours', error('ServerError', 'AADSTS999999: x'), 'sign_in_failed'],
    ['by its status', error('ServerError', 'x', { status: 503 }), 'entra_unavailable'],
    ['by its status in the text', error('AuthError', 'Http status code: 429'), 'entra_throttled'],
    ['that is none known', SECRET, 'entra_unavailable'],
  ])('at Entra is told %s, and nothing of its text', (_how, thrown, code) => {
    const failure = explainSignInError(thrown, 'Entra');

    expect(failure.code).toBe(code);
    expect(failure.message).not.toContain(SECRET);
  });

  test.each([
    [
      'refused',
      error('CredentialUnavailableError', 'x', { cause: error('ServerError', 'x', { status: 400 }) }),
      'identity_missing',
    ],
    ['without a word', error('CredentialUnavailableError', 'no identity'), 'identity_unavailable'],
    ['a server error', error('CredentialUnavailableError', 'x', { statusCode: 500 }), 'identity_unavailable'],
    ['no connection', error('CredentialUnavailableError', 'connect ECONNREFUSED'), 'identity_unavailable'],
    ['no answer', error('TimeoutError', 'x'), 'identity_unavailable'],
  ])('of the managed identity is told apart: %s', (_how, thrown, code) => {
    const failure = explainSignInError(thrown, 'the managed identity');

    expect([failure.code, failure.retryable]).toEqual([code, true]);
    expect(failure.message).not.toContain(SECRET);
  });
});
