import { explainRedemption } from '../../../shared/consent/explainRedemption.ts';
import { judgeTokens } from '../../../shared/consent/judgeTokens.ts';
import { explainSignInError } from '../../../shared/signIn/explainSignInError.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const claims = { aud: 'https://api.partnercenter.microsoft.com', tid: tenantId, amr: ['pwd', 'mfa'] };

function tokens(changed: Readonly<Record<string, unknown>>, refreshToken: string | null = 'refresh') {
  const payload = Buffer.from(JSON.stringify({ ...claims, ...changed })).toString('base64url');
  const token = { accessToken: `e30.${payload}.x`, refreshToken, expiresAtMs: 0 };
  return { ...token, user: 'reports@partner.example', tenantId };
}

describe('the tokens of a consent', () => {
  test.each([
    ['of the right user', {}],
    ['with a slash at the end of the audience', { aud: `${claims.aud}/` }],
    ['with the tenant in capitals', { tid: tenantId.toUpperCase() }],
    ['that say nothing of MFA, so that Partner Center has to', { amr: undefined }],
  ])('are taken: %s', (_what, changed) => {
    expect(judgeTokens(tokens(changed), tenantId)).toBeNull();
  });

  test.each([
    ['consent_wrong_tenant', { tid: '99999999-9999-4999-8999-999999999999' }],
    ['consent_wrong_audience', { aud: 'https://graph.windows.net' }],
    ['consent_without_mfa', { amr: ['pwd'] }],
  ])('are refused as %s', (code, changed) => {
    expect(judgeTokens(tokens(changed), tenantId)).toMatchObject({ code, retryable: false });
  });

  test('are refused without a refresh token', () => {
    expect(judgeTokens(tokens({}, null), tenantId)).toMatchObject({ code: 'consent_without_refresh_token' });
  });

  test('that nobody here can read are judged by the tenant that MSAL names', () => {
    const opaque = { ...tokens({}), accessToken: 'opaque' };

    expect(judgeTokens(opaque, tenantId)).toBeNull();
    expect(judgeTokens({ ...opaque, tenantId: 'other' }, tenantId)).toMatchObject({
      code: 'consent_wrong_tenant',
    });
  });
});

test.each([
  ['70008', 'consent_code_expired'],
  ['54005', 'consent_code_expired'],
  ['9002313', 'consent_code_expired'],
  ['501481', 'consent_code_refused'],
  ['500112', 'consent_code_refused'],
  ['50011', 'consent_code_refused'],
  ['7000215', 'app_secret_wrong'],
  ['700213', 'federated_trust_missing'],
])('AADSTS%s at the redemption of a code means %s', (errorNo, code) => {
  const failure = explainSignInError({ name: 'ServerError', message: '', errorNo }, 'Entra');

  expect(explainRedemption(failure)).toMatchObject({ code });
});
