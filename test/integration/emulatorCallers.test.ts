import {
  azureDaily,
  type EmulatorUnderTest,
  mpn,
  startEmulatorUnderTest,
} from '../contract/emulatorUnderTest.ts';

describe('the emulator’s gateway', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
  });
  afterEach(() => emulator.close());
  const set = (policies: object) => emulator.admin('PATCH', 'policies', policies);
  const list = () => emulator.call('GET', `${mpn}/ScheduledReport`);

  describe('who may call', () => {
    test('any token on either surface, where nothing is demanded', async () => {
      const token = await emulator.token({ kind: 'user' });

      expect((await emulator.pause(azureDaily)).status).toBe(200);
      expect((await emulator.call('GET', '/insights/v1/cmp/ScheduledReport', { token })).status).toBe(200);
    });

    test('by default mpn demands a user with MFA, and cmp an app', async () => {
      await emulator.close();
      emulator = await startEmulatorUnderTest({ policies: {} });

      expect((await emulator.pause(azureDaily)).status).toBe(401);
      const without = await emulator.pause(azureDaily, { token: await emulator.token({ kind: 'user' }) });
      expect([without.status, without.statusText]).toEqual([401, 'Unauthorized - MFA required']);
      expect(without.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(without.json).toMatchObject({ code: '900421' });
      const withMfa = await emulator.token({ kind: 'user', mfa: true });
      expect((await emulator.pause(azureDaily, { token: withMfa })).status).toBe(200);
      const onCmp = '/insights/v1/cmp/ScheduledReport';
      expect((await emulator.call('GET', onCmp, { token: withMfa })).status).toBe(401);
      expect((await emulator.call('GET', onCmp)).status).toBe(200);
    });

    test('no user without a role for Insights', async () => {
      const token = await emulator.token({ kind: 'user', mfa: true, userName: 'visitor@partner.example' });
      const refused = await emulator.pause(azureDaily, { token });

      expect([refused.status, refused.json]).toEqual([
        403,
        expect.objectContaining({ message: 'Forbidden' }),
      ]);
      await set({ usersWithoutRole: [] });
      expect((await emulator.pause(azureDaily, { token })).status).toBe(200);
    });

    test('MFA is enforced on a part of the requests', async () => {
      await set({ mpnDemandsUser: true, mfaEnforcedPercent: 50 });
      const token = await emulator.token({ kind: 'user' });

      const statuses: number[] = [];
      for (let nr = 0; nr < 4; nr += 1) {
        statuses.push((await emulator.call('GET', `${mpn}/ScheduledReport`, { token })).status);
      }
      expect(statuses).toEqual([200, 401, 200, 401]);
    });

    test('cmp demands an app', async () => {
      await set({ cmpDemandsApp: true, wrongTokenKindStatus: 403 });
      const token = await emulator.token({ kind: 'user', mfa: true });

      expect((await emulator.call('GET', '/insights/v1/cmp/ScheduledReport', { token })).status).toBe(403);
      expect((await emulator.call('GET', '/insights/v1/cmp/ScheduledReport')).status).toBe(200);
    });

    test.each([
      [{ kind: 'user', mfa: true }, 'true'],
      [{ kind: 'user', mfa: false }, 'false'],
      [{ kind: 'app' }, null],
    ])('isMfaCompliant for %j is %s when asked with ValidateMfa', async (request, expected) => {
      const token = await emulator.token(request);

      const asked = await emulator.pause(azureDaily, { token, headers: { ValidateMfa: 'true' } });
      expect(asked.headers.get('ismfacompliant')).toBe(expected);
      expect((await emulator.pause(azureDaily, { token })).headers.get('ismfacompliant')).toBeNull();
    });

    test('tokens expire by the machine’s clock, or by the emulator’s where wanted', async () => {
      const token = await emulator.token();
      await emulator.admin('PUT', 'clock', { nowUtc: '2036-01-01T00:00:00Z' });
      expect((await emulator.pause(azureDaily, { token })).status).toBe(200);

      await set({ tokenExpiryClock: 'emulator' });
      expect((await emulator.pause(azureDaily, { token })).status).toBe(401);
    });
  });

  test('throttles after so many requests of a tenant and says when to come back', async () => {
    await set({ throttle: { requests: 2, windowInMs: 60_000 } });
    await list();
    await list();
    await emulator.admin('PUT', 'clock', { advanceInMs: 3000 });

    const answer = await list();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '57']);
    expect(answer.json).toEqual({
      statusCode: 429,
      message: 'Rate limit is exceeded. Try again in 57 seconds.',
    });

    await emulator.admin('PUT', 'clock', { advanceInMs: 57_000 });
    expect((await list()).status).toBe(200);
  });
});
