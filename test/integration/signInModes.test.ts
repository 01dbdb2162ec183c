import { generateKeyPairSync } from 'node:crypto';
import {
  ENTRA_APP_ID,
  PASSWORD_ONLY_USER,
  USER_WITHOUT_ROLE,
} from '../../local/entra/directory/entraSeed.ts';
import type { EntraFault } from '../../local/entra/entraFault.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { selfSigned } from './selfSigned.ts';
import { SECURE_APP, type SignInUnderTest, startSignInUnderTest } from './signInUnderTest.ts';

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;

let cloud: SignInUnderTest;

beforeAll(async () => {
  cloud = await startSignInUnderTest({ AZURE_LOG_LEVEL: 'verbose' });
  cloud.consent();
}, 60_000);

afterEach(() => {
  cloud.entra.clearFaults();
  cloud.vault.clearFaults();
});

afterAll(() => cloud.stop());

describe('an account that signs in', () => {
  test('for a user is let in by Partner Center, and asks for one token however many callers wait', async () => {
    const service = await cloud.compose(SECURE_APP);
    cloud.tokenRequests();

    const asked = await service.token({ times: 1_000 });

    expect([asked.answer.ok, asked.distinct]).toEqual([true, 1]);
    expect(cloud.tokenRequests()).toMatchObject([
      { grant: 'refresh_token', clientProof: 'federated', status: 200 },
    ]);
    expect(await service.health()).toMatchObject({
      status: 200,
      body: { accounts: [{ isOk: true, mode: 'secureApp', isMfaCompliant: true }] },
    });
  });

  test('by a client secret or a certificate of Key Vault is let in as well, and says when that ends', async () => {
    const endsMs = cloud.nowMs() + 10 * 24 * HOUR_IN_MS;
    const secret = cloud.entra.directory.addSecret({ clientId: ENTRA_APP_ID, expiresAtMs: endsMs });
    // As `az keyvault secret set --file` puts what an editor wrote.
    cloud.vault.setSecret('app-secret', `${secret}\n`);
    const bySecret = await cloud.compose({ ...SECURE_APP, APP_SECRET_NAME: 'app-secret' });
    const { certificatePem, privateKeyPem } = selfSigned(
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      {
        daysLeft: 12,
      },
    );
    cloud.entra.directory.addCertificate({ clientId: ENTRA_APP_ID, certificatePem });
    cloud.vault.setSecret('app-certificate', `${privateKeyPem}\n${certificatePem}`);
    cloud.rememberSecretsOf('app-certificate');
    const byCertificate = await cloud.compose({ ...SECURE_APP, APP_CERTIFICATE_NAME: 'app-certificate' });
    cloud.tokenRequests();

    const healths = [await bySecret.health(), await byCertificate.health()];

    expect(cloud.tokenRequests().map(({ clientProof }) => clientProof)).toEqual(['secret', 'certificate']);
    expect(healths.map(({ body }) => body.accounts[0]?.isOk)).toEqual([true, true]);
    expect(healths[1]?.body.accounts[0]?.warnings).toMatchObject([{ code: 'app_credential_ending' }]);
  });

  test('by a managed identity that the app does not have is told so', async () => {
    const service = await cloud.compose({ INSIGHTS_BASE_URL: `${cloud.insightsUrl}/insights/v1.1/cmp` });
    cloud.identity.failNext(1, { kind: 'status', status: 400 });

    expect((await service.token()).answer).toMatchObject({ failure: { code: 'identity_missing' } });
  });

  test('for itself is let in by cmp: by the managed identity alone, or as an app that trusts it', async () => {
    const cmp = { INSIGHTS_BASE_URL: `${cloud.insightsUrl}/insights/v1.1/cmp` };
    const identity = await cloud.compose(cmp);
    const app = await cloud.compose({ ...cmp, ...SECURE_APP, SIGN_IN: 'federatedApp' });
    cloud.tokenRequests();

    expect((await identity.health()).body.accounts).toMatchObject([{ isOk: true, mode: 'managedIdentity' }]);
    expect(cloud.tokenRequests()).toEqual([]);
    expect((await app.health()).body.accounts).toMatchObject([{ isOk: true, mode: 'federatedApp' }]);
    expect(cloud.tokenRequests()).toMatchObject([{ grant: 'client_credentials', clientProof: 'federated' }]);
  });

  test.each(['secureApp', 'federatedApp'])(
    'as %s gets a new token where the last was refused',
    async (mode) => {
      const service = await cloud.compose({ ...SECURE_APP, SIGN_IN: mode });
      const first = await service.token();
      const kept = await service.token();
      const forced = await service.token({ force: true });

      expect(kept.answer).toEqual(first.answer);
      expect(forced.answer.ok).toBe(true);
      expect(forced.answer).not.toEqual(first.answer);
    },
  );

  test('heals from a clock that is an hour wrong, either way', async () => {
    const service = await cloud.compose(SECURE_APP);
    const isOk = async () => (await service.health()).body.accounts[0]?.isOk;
    expect(await isOk()).toBe(true);

    // It believes that only a minute has passed: the kept token is over, and Partner Center says so.
    await cloud.moveTime(61 * MINUTE_IN_MS);
    await cloud.moveServiceClock(-60 * MINUTE_IN_MS);
    const behind = await isOk();
    await cloud.moveServiceClock(60 * MINUTE_IN_MS);
    const rightAgain = await isOk();
    await cloud.moveServiceClock(HOUR_IN_MS);
    cloud.tokenRequests();
    const ahead = await isOk();
    const askedAhead = cloud.tokenRequests().length;
    await cloud.moveServiceClock(-HOUR_IN_MS);

    expect([behind, rightAgain, ahead, await isOk()]).toEqual([true, true, true, true]);
    expect(askedAhead).toBe(1);
  });
});

describe('a sign-in that fails', () => {
  const entra = (code: Extract<EntraFault, { kind: 'error' }>['code']): EntraFault => ({
    kind: 'error',
    code,
  });

  test.each<[string, EntraFault, boolean]>([
    ['refresh_token_expired', entra(700082), false],
    ['refresh_token_revoked', entra(50173), false],
    ['refresh_token_unusable', entra(9002313), false],
    ['mfa_required', entra(50076), false],
    ['mfa_required', entra(50079), false],
    ['app_secret_wrong', entra(7000215), false],
    ['app_secret_expired', entra(7000222), false],
    ['app_certificate_unusable', entra(700027), false],
    ['consent_missing', entra(65001), false],
    ['app_not_found', entra(700016), false],
    ['tenant_not_found', entra(90002), false],
    ['federated_trust_missing', entra(700213), false],
    ['federated_trust_missing', entra(70025), false],
    ['user_blocked', entra(50057), false],
    ['sign_in_failed', entra(28000), false],
    ['entra_throttled', { kind: 'status', status: 429, retryAfterInSeconds: 30 }, true],
    ['entra_unavailable', { kind: 'status', status: 503 }, true],
    ['entra_unavailable', { kind: 'garbage' }, true],
    ['entra_unavailable', { kind: 'reset', takesEffect: false }, true],
  ])('says %s for %j, in words of its own', async (code, fault, retryable) => {
    const service = await cloud.compose(SECURE_APP);
    cloud.entra.planFault({ fault, count: 10 });

    const { answer } = await service.token();

    expect(answer).toMatchObject({ ok: false, failure: { code, retryable } });
    expect(JSON.stringify(answer)).not.toMatch(/Trace|Correlation|Timestamp|login\.localhost/i);
    cloud.entra.clearFaults();
    expect((await service.token()).answer.ok).toBe(true);
  });

  test.each<[string, string, EntraFault]>([
    ['federated_trust_missing', 'federatedApp', entra(700213)],
    ['app_not_found', 'federatedApp', entra(700016)],
    ['entra_unavailable', 'federatedApp', { kind: 'reset', takesEffect: false }],
  ])('says %s for an app without a user too', async (code, mode, fault) => {
    const service = await cloud.compose({ ...SECURE_APP, SIGN_IN: mode });
    cloud.entra.planFault({ fault, count: 10 });

    expect((await service.token()).answer).toMatchObject({ ok: false, failure: { code } });
  });

  test.each([
    ['secret_forbidden', { kind: 'forbidden' }, false],
    ['refresh_token_missing', { kind: 'notFound' }, false],
    ['vault_throttled', { kind: 'throttled', retryAfterInSeconds: 60 }, true],
    ['vault_unavailable', { kind: 'serverError' }, true],
    ['vault_unavailable', { kind: 'reset', takesEffect: false }, true],
  ] as const)('says %s where Key Vault answers %j', async (code, fault, retryable) => {
    const service = await cloud.compose(SECURE_APP);
    cloud.vault.planFault({ fault, count: 10, operation: 'get' });

    expect((await service.token()).answer).toMatchObject({ ok: false, failure: { code, retryable } });
  });

  test('says that the vault holds no usable certificate, and that the token of a user without MFA or role is refused', async () => {
    cloud.vault.setSecret('no-certificate', 'MIIKPQIBAzCCCfcGCSqGSIb3DQEHAaCCCeg');
    cloud.rememberSecretsOf('no-certificate');
    const noCertificate = await cloud.compose({ ...SECURE_APP, APP_CERTIFICATE_NAME: 'no-certificate' });
    const healthOf = async (userName: string) => {
      const name = `refresh-token-${userName.split('@')[0]}`;
      cloud.consent(name, userName);
      cloud.rememberSecretsOf(name);
      const service = await cloud.compose({
        ...SECURE_APP,
        REFRESH_TOKEN_SECRET: name,
        // Looks are shared through the storage, and each user shall look anew.
        AzureWebJobsStorage: takeStorageAccount(),
      });
      return (await service.health()).body.accounts[0];
    };

    expect((await noCertificate.token()).answer).toMatchObject({
      failure: { code: 'app_certificate_unusable', message: expect.stringContaining('PEM') },
    });
    expect(await healthOf(PASSWORD_ONLY_USER)).toMatchObject({ code: 'mfa_required', isMfaCompliant: false });
    expect(await healthOf(USER_WITHOUT_ROLE)).toMatchObject({ code: 'forbidden', isMfaCompliant: true });
  });
});

test('nothing secret was written by any of it, at the most verbose level', () => {
  cloud.expectNothingSecret();
});
