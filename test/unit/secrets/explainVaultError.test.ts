import { explainVaultError } from '../../../shared/secrets/explainVaultError.ts';
import { restError } from './secretsUnderTest.ts';

const nowMs = Date.parse('2026-03-01T00:00:00Z');
const disabled = { error: { code: 'Forbidden', innerError: { code: 'SecretDisabled' } } };
const unavailable = Object.assign(new Error('do-not-show-this'), { name: 'CredentialUnavailableError' });

describe('what is told of a secret that could not be read', () => {
  test.each([
    [404, restError(404), 'secret_not_found', 'no secret partner-app'],
    [403, restError(403), 'secret_forbidden', 'Key Vault Secrets User'],
    ['disabled', restError(403, {}, disabled), 'secret_forbidden', 'partner-app is disabled'],
    [429, restError(429), 'vault_throttled', 'throttled'],
    [401, restError(401), 'vault_unauthorized', "refused the identity's token"],
    [503, restError(503), 'vault_unavailable', '(503)'],
    ['sign-in', unavailable, 'vault_unavailable', 'AZURE_CLIENT_ID'],
    ['no Error', 'do-not-show-this', 'vault_unavailable', 'could not be asked for partner-app'],
  ])('says what to do and nothing foreign: %s', (_what, error, code, words) => {
    const { failure } = explainVaultError(error, 'partner-app', nowMs);

    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('do-not-show-this');
  });

  test.each([
    ['seconds', '17', 17_000],
    ['a date', 'Sun, 01 Mar 2026 00:01:00 GMT', 60_000],
    ['nonsense', 'soon', null],
  ])('knows how long a throttled vault wants to be left alone: %s', (_form, header, retryAfterInMs) => {
    const fault = explainVaultError(restError(429, { 'retry-after': header }), 'partner-app', nowMs);

    expect(fault).toMatchObject({ retryAfterInMs, isTransient: false });
  });
});
