import { OTHER_TENANT } from '../fakes/tokenAuthority.ts';
import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CallersCloud, startCallersCloud } from './callersCloud.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const EVENT_GRID = '4962773b-9cdb-44cf-a8bf-237846a00ab7';
const HOOK = 'api://intermission-hooks';
const ids = (...numbers: readonly number[]) => numbers.map(reportId);

const sources = [
  {
    ...{ name: 'grid', kind: 'eventGrid', reports: { ids: ids(3, 4) } },
    entra: { tenantId: OTHER_TENANT, audience: HOOK },
  },
];

describe('what a caller with the role Reports.Pause may end', () => {
  const ana = { azp: 'dddddddd-0000-4000-8000-00000000000a' };
  const ben = { azp: 'dddddddd-0000-4000-8000-00000000000b' };
  let cloud: CallersCloud;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCallersCloud();
    app = await cloud.startApp({ WEBHOOKS: JSON.stringify(sources) });
  });
  afterAll(() => cloud?.stop());

  const ask = async (who: object, path: string, body: object, roles = ['Reports.Pause']) => {
    const token = await cloud.tokenOf(roles, { ...who });
    return cloud.ask(app, 'POST', path, { token, body });
  };

  test('is what it holds itself: what another caller holds stays, and is told', async () => {
    await ask(ana, '/api/pause', { reportIds: ids(1, 2), reason: 'the load of Ana' });
    await ask(ben, '/api/pause', { reportIds: ids(2), reason: 'the load of Ben' });

    const { json } = await ask(ben, '/api/resume', { reportIds: ids(1, 2) });

    expect(json).toMatchObject({
      results: ids(1, 2).map((id) => ({
        reportId: id,
        outcome: 'stillHeld',
        message: expect.stringContaining(`entra:app:${ana.azp}`),
      })),
    });
    expect(await cloud.emulator.statuses(ids(1, 2))).toEqual(['Paused', 'Paused']);
    await ask(ana, '/api/resume', { reportIds: ids(1, 2) });
    expect(await cloud.emulator.statuses(ids(1, 2))).toEqual(['Active', 'Active']);
  });

  test('is not what a webhook holds, nor by a request that is worked on later', async () => {
    const sender = await cloud.sign({
      ...{ aud: HOOK, azp: EVENT_GRID, roles: ['AzureEventGridSecureWebhookSubscriber'] },
      ...{ ver: '2.0', oid: 'cccccccc-0000-4000-8000-00000000000e', tid: OTHER_TENANT },
      ...{ iss: `${cloud.authority.url}/${OTHER_TENANT}/v2.0` },
      ...{ nbf: Math.floor(Date.now() / 1000) - 10, exp: Math.floor(Date.now() / 1000) + 3_600 },
    });
    const paused = await cloud.ask(app, 'POST', '/api/webhooks/grid', {
      token: sender,
      headers: { 'content-type': 'application/json' },
      body: [
        {
          ...{ id: 'e-1', topic: 't', subject: 'db', eventType: 'Maintenance' },
          ...{ eventTime: new Date().toISOString(), data: { action: 'pause' } },
        },
      ],
    });
    expect(paused.status).toBe(200);

    const { json } = await ask(ana, '/api/resume', { reportIds: ids(3) });
    const token = await cloud.tokenOf(['Reports.Pause'], ana);
    const later = await cloud.ask(app, 'POST', '/api/resume', {
      ...{ token, body: { reportIds: ids(4) }, headers: { prefer: 'respond-async' } },
    });
    const status = new URL(later.headers.get('location') ?? '', app.host.url).href;
    let run = await cloud.askAt(status, 'GET');
    for (let look = 0; run.status === 202 && look < 600; look += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      run = await cloud.askAt(status, 'GET');
    }

    expect(json).toMatchObject({ results: [{ outcome: 'stillHeld' }] });
    expect(run.json).toMatchObject({ results: [{ outcome: 'stillHeld' }] });
    expect(await cloud.emulator.statuses(ids(3, 4))).toEqual(['Paused', 'Paused']);
  });

  test('is more with the role Intermission.Operate: others, and webhooks', async () => {
    await ask(ana, '/api/pause', { reportIds: ids(1) });

    const { json } = await ask(ben, '/api/resume', { reportIds: ids(1, 3, 4) }, ['Intermission.Operate']);

    expect(json).toMatchObject({ results: Array(3).fill({ outcome: 'resumed' }) });
    expect(await cloud.emulator.statuses(ids(1, 3, 4))).toEqual(['Active', 'Active', 'Active']);
  });
});

describe('whoever has a function key', () => {
  test('is nobody in particular, and is shown as what it calls itself and no more', async () => {
    const cloud = await startCallersCloud();
    try {
      const app = await cloud.startApp({ AUTH: 'keys' });
      await cloud.ask(app, 'POST', '/api/pause', {
        body: { reportIds: ids(1), reason: 'why' },
        headers: { 'x-requested-by': 'ana, window night (x)', 'x-functions-key': hostKeys.function },
      });

      const shown = await app.call('GET', `/api/reports/${reportId(1)}`);

      expect(shown.json).toMatchObject({ holds: [{ who: 'key, calls itself ana window night x' }] });
    } finally {
      await cloud.stop();
    }
  });
});
