import { ENTRA_APP_ID, ENTRA_TENANT_ID } from '../../local/entra/directory/entraSeed.ts';
import { reportId } from '../endToEnd/emulatorDoor.ts';
import { type SignInUnderTest, startSignInUnderTest } from './signInUnderTest.ts';

const CMP_REPORT = 'c0000000-0000-4000-8000-000000000001';

let cloud: SignInUnderTest;

beforeAll(async () => {
  cloud = await startSignInUnderTest();
}, 60_000);

afterAll(() => cloud.stop());

describe('several accounts', () => {
  test('are each worked on by their own sign-in, and one that cannot sign in stops none of the others', async () => {
    await cloud.door.admin('PUT', 'state', {
      reports: [
        { reportId: reportId(1), reportName: 'partner report', startTime: '2099-01-05T18:00:00Z' },
        { reportId: CMP_REPORT, reportName: 'isv report', family: 'cmp', startTime: '2099-01-05T18:00:00Z' },
      ],
    });
    const window = (name: string, account: string, id: string) => ({
      ...{ name, account, reports: { ids: [id] } },
      schedule: { start: '0 0 * * *', untilResumed: true, timeZone: 'UTC' },
    });
    const service = await cloud.compose({
      TENANT_ID: '',
      ACCOUNTS: JSON.stringify([
        {
          ...{ name: 'partner', tenantId: ENTRA_TENANT_ID, surface: 'mpn' },
          baseUrl: `${cloud.insightsUrl}/insights/v1/mpn`,
          signIn: { mode: 'secureApp', clientId: ENTRA_APP_ID },
        },
        {
          ...{ name: 'isv', tenantId: ENTRA_TENANT_ID, surface: 'cmp' },
          baseUrl: `${cloud.insightsUrl}/insights/v1.1/cmp`,
          signIn: { mode: 'federatedApp', clientId: ENTRA_APP_ID },
        },
      ]),
      MAINTENANCE_WINDOWS: JSON.stringify([
        window('partner-night', 'partner', reportId(1)),
        window('isv-night', 'isv', CMP_REPORT),
      ]),
    });

    const before = (await service.tick()).run;
    const health = (await service.health()).body.accounts;
    cloud.consent('refresh-token-partner');
    const after = (await service.tick()).run;

    expect(before.problems).toMatchObject([
      { code: 'reports_unreadable', account: 'partner' },
      { code: 'refresh_token_missing', account: 'partner' },
    ]);
    expect(before.results).toMatchObject([{ account: 'isv', reportId: CMP_REPORT, outcome: 'paused' }]);
    expect(health.map(({ account, code }) => [account, code])).toEqual([
      ['partner', 'refresh_token_missing'],
      ['isv', null],
    ]);
    expect(after.problems).toEqual([]);
    expect(after.results.find(({ account }) => account === 'partner')).toMatchObject({ outcome: 'paused' });
    expect(await cloud.door.statuses([reportId(1), CMP_REPORT])).toEqual(['Paused', 'Paused']);
  });
});
