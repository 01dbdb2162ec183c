import { reportId } from '../endToEnd/emulatorDoor.ts';
import { SECURE_APP, type SignInUnderTest, startSignInUnderTest } from './signInUnderTest.ts';

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

/** Works each time, so that each tick signs in where its token is over. */
const ALWAYS = {
  REPORT_IDS: reportId(1),
  PAUSE_SCHEDULE: '0 0 * * *',
  PAUSE_DURATION: '',
  TIME_ZONE: 'UTC',
};

let cloud: SignInUnderTest;
let secrets = 0;

beforeAll(async () => {
  cloud = await startSignInUnderTest({ AZURE_LOG_LEVEL: 'verbose' });
}, 60_000);

afterEach(() => {
  cloud.entra.clearFaults();
  cloud.vault.clearFaults();
});

afterAll(() => cloud.stop());

/** Settings with a refresh token of its own, given out just now. */
function newAccount() {
  secrets += 1;
  const name = `refresh-token-${secrets}`;
  cloud.rememberSecretsOf(name);
  const consented = cloud.consent(name);
  const versions = () => cloud.vault.versions(name);
  return {
    name,
    consented,
    settings: { ...SECURE_APP, ...ALWAYS, REFRESH_TOKEN_SECRET: name },
    versions,
    latest: () => versions().at(-1),
    ageInMs: () => cloud.nowMs() - Date.parse(versions().at(-1)?.tags?.['redeemedAt'] ?? ''),
  };
}

describe('a refresh token in Key Vault', () => {
  test('is written back by the tick when it is a day old, with when and whose it is, and old versions end', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);

    await service.tick();
    expect(account.versions()).toHaveLength(1);
    await cloud.moveTime(DAY_IN_MS);
    await service.tick();

    expect(account.versions()).toHaveLength(2);
    expect(account.latest()?.value).not.toBe(account.consented);
    expect(account.latest()?.tags).toMatchObject({ user: 'reports@partner.example', by: 'intermission' });
    expect(account.ageInMs()).toBeLessThan(HOUR_IN_MS);
    await cloud.moveTime(8 * DAY_IN_MS);
    await service.tick();
    expect(account.versions().map(({ enabled }) => enabled)).toEqual([false, false, true]);
    expect((await service.token({ force: true })).answer.ok).toBe(true);
  });

  test('that cannot be written back is an alarm and no stop, and is written when the vault allows it again', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);
    await service.tick();
    await cloud.moveTime(DAY_IN_MS);
    cloud.vault.planFault({ fault: { kind: 'forbidden' }, count: 1, operation: 'set' });

    const { run, lines } = await service.tick();
    const told = lines.find((line) => line.includes('RefreshTokenNotKept')) ?? '';

    expect(run.status).toBe('ok');
    expect(JSON.parse(told)).toMatchObject({
      account: 'default',
      code: 'secret_forbidden',
      detail: expect.stringContaining('Secrets Officer'),
    });
    expect((await service.health()).body.accounts[0]?.warnings).toMatchObject([
      { code: 'refresh_token_not_kept' },
    ]);
    await service.tick();
    expect(account.versions()).toHaveLength(2);
    expect((await service.health()).body.accounts[0]?.warnings).toEqual([]);
  });

  test('whose write was done and not answered is not lost, and no token is stored for ever anew', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);
    await service.tick();
    await cloud.moveTime(DAY_IN_MS);
    cloud.vault.planFault({ fault: { kind: 'reset', takesEffect: true }, count: 1, operation: 'set' });

    await service.tick();
    await service.tick();
    await service.tick();

    expect(account.versions()).toHaveLength(2);
    expect((await service.token({ force: true })).answer.ok).toBe(true);
  });

  test('that somebody replaced or took away meanwhile is not overwritten with the old user’s', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);
    await service.tick();
    await cloud.moveTime(DAY_IN_MS);
    await service.token();
    const replaced = cloud.consent(account.name);

    await service.tick();
    expect(account.latest()?.value).toBe(replaced);
    cloud.vault.planFault({ fault: { kind: 'notFound' }, count: 10, operation: 'get' });
    expect((await service.token({ force: true })).answer).toMatchObject({
      failure: { code: 'refresh_token_missing' },
    });
  });

  test('that somebody disabled is used no longer, also not the newer one that this process has', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);
    expect((await service.token()).answer.ok).toBe(true);
    cloud.vault.planFault({ fault: { kind: 'forbidden' }, count: 10, operation: 'get' });

    expect((await service.token({ force: true })).answer).toMatchObject({
      failure: { code: 'secret_forbidden' },
    });
  });

  test('that is refused is read anew, and the one that this process has is used and stored in its place', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);
    await service.token();
    cloud.entra.planFault({
      fault: { kind: 'error', code: 700082 },
      count: 1,
      grant: 'refresh_token',
    });

    expect((await service.token({ force: true })).answer.ok).toBe(true);
    await service.tick();

    expect(account.versions()).toHaveLength(2);
    expect(account.latest()?.value).not.toBe(account.consented);
  });

  test('of two processes that redeem for weeks is never older than a day, and none fails', async () => {
    const account = newAccount();
    const [one, other] = [await cloud.compose(account.settings), await cloud.compose(account.settings)];
    const ages: number[] = [];
    await one.tick();
    for (let hour = 0; hour < 14 * 24; hour += 5) {
      await cloud.moveTime(5 * HOUR_IN_MS);
      const ticking = hour % 3 === 0 ? one : other;
      const asking = ticking === one ? other : one;
      expect((await asking.token()).answer.ok).toBe(true);
      expect((await ticking.tick()).run.problems).toEqual([]);
      ages.push(account.ageInMs());
    }

    expect(Math.max(...ages.slice(5))).toBeLessThanOrEqual(DAY_IN_MS);
    expect(account.versions().length).toBeLessThanOrEqual(16);
  });

  test('that nothing used for a month is used by the tick, although MODE is off', async () => {
    const account = newAccount();
    const service = await cloud.compose({ ...account.settings, MODE: 'off' });
    await service.tick();
    cloud.tokenRequests();
    await cloud.moveTime(29 * DAY_IN_MS);
    await service.tick();
    expect(cloud.tokenRequests()).toEqual([]);

    await cloud.moveTime(2 * DAY_IN_MS);
    await service.tick();

    expect(cloud.tokenRequests()).toHaveLength(1);
    expect(account.ageInMs()).toBeLessThan(HOUR_IN_MS);
  });

  test('that ends soon and cannot be renewed is told each day, and so is a sign-in that fails', async () => {
    const account = newAccount();
    const service = await cloud.compose(account.settings);
    await service.tick();
    cloud.entra.planFault({ fault: { kind: 'error', code: 65001 }, count: Number.POSITIVE_INFINITY });
    await cloud.moveTime(70 * DAY_IN_MS);

    const { run, lines } = await service.tick();
    const told = (name: string) => lines.filter((line) => line.includes(`"event":"${name}"`));

    expect(run.problems.map(({ code }) => code)).toEqual(['reports_unreadable', 'consent_missing']);
    expect(told('AuthFailing')).toHaveLength(1);
    expect(told('RefreshTokenAging').map((line) => JSON.parse(line))).toMatchObject([{ account: 'default' }]);
    expect((await service.health()).body.accounts[0]).toMatchObject({
      code: 'consent_missing',
      refreshToken: { daysLeft: expect.closeTo(20, 0) },
      warnings: [{ code: 'refresh_token_aging' }],
    });
  });
});

test('nothing secret was written by any of it, at the most verbose level', () => {
  cloud.expectNothingSecret();
});
