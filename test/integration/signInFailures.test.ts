import type { EntraFault } from '../../local/entra/entraFault.ts';
import { signInTable } from '../../shared/signIn/signInTable.ts';
import { SECURE_APP, type SignInUnderTest, startSignInUnderTest } from './signInUnderTest.ts';

jest.setTimeout(120_000);

type EntraNumber = Extract<EntraFault, { kind: 'error' }>['code'];

type Row = readonly [code: string, retryable: boolean, fault: EntraFault];

/** What each number of Entra means to a person, whichever library brings it. */
const meanings: readonly (readonly [string, boolean, readonly EntraNumber[]])[] = [
  ['refresh_token_expired', false, [700082, 700081, 700084, 70008, 70043, 70044, 70046, 50089]],
  ['refresh_token_revoked', false, [50173, 50132, 50133]],
  ['refresh_token_unusable', false, [70000, 70002, 9002313, 700005]],
  ['mfa_required', false, [50072, 50074, 50076, 50078, 50079]],
  ['consent_missing', false, [65001, 65004]],
  ['app_not_found', false, [700016]],
  ['tenant_not_found', false, [90002, 900023]],
  ['app_secret_wrong', false, [7000215]],
  ['app_secret_expired', false, [7000222]],
  ['app_certificate_unusable', false, [700027, 700030]],
  ['federated_trust_missing', false, [70021, 70025, 700211, 700212, 700213, 700223]],
  ['user_blocked', false, [50020, 50034, 50053, 50057, 53000, 53003]],
  ['entra_throttled', true, [90055]],
  ['entra_unavailable', true, [90033]],
  ['sign_in_failed', false, [28000, 500011]],
];

/** Numbers that nobody knows yet, by the OAuth error beside them; MSAL alone tells that. */
const byOauthError: readonly (readonly [string, boolean, EntraNumber])[] = [
  ['refresh_token_revoked', false, 990001],
  ['refresh_token_expired', false, 990002],
  ['mfa_required', false, 990003],
  ['consent_missing', false, 990004],
  ['entra_unavailable', true, 990005],
  ['sign_in_failed', false, 990006],
];

const byAnswer: readonly Row[] = [
  ['entra_throttled', true, { kind: 'status', status: 429, retryAfterInSeconds: 0 }],
  ['entra_throttled', true, { kind: 'page', status: 429 }],
  ['entra_unavailable', true, { kind: 'status', status: 500 }],
  ['entra_unavailable', true, { kind: 'page', status: 502 }],
  ['entra_unavailable', true, { kind: 'page', status: 503 }],
  ['entra_unavailable', true, { kind: 'page', status: 403 }],
  ['entra_unavailable', true, { kind: 'page', status: 200 }],
  ['entra_unavailable', true, { kind: 'garbage' }],
  ['entra_unavailable', true, { kind: 'reset', takesEffect: false }],
];

const rowOf = (code: string, retryable: boolean, number: EntraNumber): Row => [
  code,
  retryable,
  { kind: 'error', code: number },
];

const everyNumber = meanings.flatMap(([code, retryable, numbers]) =>
  numbers.map((number) => rowOf(code, retryable, number)),
);

let cloud: SignInUnderTest;

beforeAll(async () => {
  cloud = await startSignInUnderTest();
  cloud.consent();
}, 120_000);
afterEach(() => cloud.entra.clearFaults());
afterAll(() => cloud?.stop());

async function failureOf(signInMode: string, fault: EntraFault) {
  const service = await cloud.compose({ ...SECURE_APP, SIGN_IN: signInMode });
  cloud.entra.planFault({ fault, count: 10 });
  const { answer } = await service.token();
  expect(JSON.stringify(answer)).not.toMatch(/Trace|Correlation|Timestamp|login\.localhost|html/i);
  return answer;
}

describe('an answer of Entra, through MSAL', () => {
  test.each([
    ...everyNumber,
    ...byOauthError.map(([code, retryable, number]) => rowOf(code, retryable, number)),
    ...byAnswer,
  ])('is %s (passing: %s) for %j', async (code, retryable, fault) => {
    expect(await failureOf('secureApp', fault)).toMatchObject({ ok: false, failure: { code, retryable } });
  });
});

describe('an answer of Entra, through the Azure SDK', () => {
  const ofApps = new Set(['app_not_found', 'tenant_not_found', 'federated_trust_missing', 'sign_in_failed']);

  test.each([...everyNumber.filter(([code]) => ofApps.has(code)), ...byAnswer])(
    'is %s (passing: %s) for %j',
    async (code, retryable, fault) => {
      expect(await failureOf('federatedApp', fault)).toMatchObject({
        ok: false,
        failure: { code, retryable },
      });
    },
  );
});

test('no number of the table is left out here', () => {
  const walked = new Set<number>(meanings.flatMap(([, , numbers]) => numbers));
  const known = signInTable.flatMap(({ on }) => on.numbers ?? []);

  // Nothing of ours makes Entra look at a device.
  expect(known.filter((number) => !walked.has(number))).toEqual([53001]);
});
