import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostKeys, startApp } from './appUnderTest.ts';
import { buildApp } from './buildApp.ts';

jest.setTimeout(60_000);

type Registered = readonly [name: string, methods: string, route: string, authLevel: string];

const httpFunctions: readonly Registered[] = [
  ['accounts', 'GET', 'api/accounts', 'function'],
  ['acknowledge', 'POST', 'api/acknowledge', 'function'],
  ['adopt', 'POST', 'api/adopt', 'function'],
  ['consent', 'POST', 'api/accounts/{account}/consent', 'admin'],
  ['consentTerms', 'GET', 'api/accounts/{account}/consent', 'admin'],
  ['continueRun', 'POST', 'api/runs/{runId}/continue', 'function'],
  ['drain', 'POST', 'api/drain', 'function'],
  ['endExemption', 'POST', 'api/exemptions/{exemption}/end', 'function'],
  ['endWindow', 'POST', 'api/windows/{window}/end', 'function'],
  ['exempt', 'POST', 'api/exemptions', 'function'],
  ['exemptions', 'GET', 'api/exemptions', 'function'],
  ['extendWindow', 'POST', 'api/windows/{window}/extend', 'function'],
  ['health', 'GET', 'api/health', 'anonymous'],
  ['healthDetails', 'GET', 'api/health/details', 'function'],
  ['me', 'GET', 'api/me', 'function'],
  ['occurrences', 'GET', 'api/occurrences', 'function'],
  ['openApi', 'GET', 'api/openapi.json', 'anonymous'],
  ['page', 'GET', 'api/ui', 'anonymous'],
  ['pageFile', 'GET', 'api/ui/{file}', 'anonymous'],
  ['pause', 'POST', 'api/pause', 'function'],
  ['plan', 'GET', 'api/plan', 'function'],
  ['relearn', 'POST', 'api/accounts/{account}/relearn', 'function'],
  ['report', 'GET', 'api/reports/{reportId}', 'function'],
  ['reportHistory', 'GET', 'api/reports/{reportId}/history', 'function'],
  ['reports', 'GET', 'api/reports', 'function'],
  ['resume', 'POST', 'api/resume', 'function'],
  ['run', 'GET', 'api/runs/{runId}', 'function'],
  ['runs', 'GET', 'api/runs', 'function'],
  ['runStatus', 'GET', 'api/runs/{runId}/status', 'anonymous'],
  ['tickNow', 'POST', 'api/tick', 'function'],
  ['webhook', 'POST,OPTIONS', 'api/webhooks/{source}', 'anonymous'],
  ['window', 'GET', 'api/windows/{window}', 'function'],
  ['windowReady', 'GET', 'api/windows/{window}/ready', 'function'],
  ['windows', 'GET', 'api/windows', 'function'],
];

describe('the functions that the built bundle registers', () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'intermission-state-'));
  let appDirectory: string;
  const problems: string[] = [];
  beforeAll(() => {
    appDirectory = buildApp();
  });
  afterAll(() => {
    rmSync(appDirectory, { recursive: true });
    rmSync(stateDirectory, { recursive: true });
  });

  async function functionsWith(settings: Readonly<Record<string, string>>) {
    const app = await startApp({
      ...{ appDirectory, stateDirectory },
      // Well-formed is enough: nothing is asked of the storage here.
      settings: { AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...settings },
      nodeArguments: [],
      listen: () => {},
    });
    problems.push(...app.host.problems);
    await app.kill();
    return [...app.host.functions].sort((left, right) => left.name.localeCompare(right.name));
  }

  const timer = (schedule: string): unknown =>
    expect.objectContaining({ name: 'tick', type: 'timerTrigger', schedule });

  test('have the documented names, routes, methods, auth levels and schedule, and there are no others', async () => {
    const functions = await functionsWith({});

    const http = functions.filter(({ type }) => type === 'httpTrigger');
    expect(
      http.map(({ name, methods, route, authLevel }) => [name, methods.join(), route, authLevel]),
    ).toEqual(httpFunctions);
    expect(functions.filter(({ type }) => type !== 'httpTrigger')).toEqual([
      timer('0 * * * * *'),
      expect.objectContaining({ name: 'work', type: 'queueTrigger', queueName: 'intermission-runs' }),
      expect.objectContaining({
        ...{ name: 'workPoison', type: 'queueTrigger', queueName: 'intermission-runs-poison' },
      }),
    ]);
    expect(problems).toEqual([]);
  });

  test('take the schedule of the timer from the settings', async () => {
    expect(await functionsWith({ TICK_SCHEDULE: '30 */10 * * * *' })).toContainEqual(
      timer('30 */10 * * * *'),
    );
  });

  test.each(['every now and then', '* * * *', '00:05:00', 'a b c d e f', '0 0 3 * * 1-7', ''])(
    'are all there with the usual schedule where TICK_SCHEDULE is "%s"',
    async (schedule) => {
      const functions = await functionsWith({ TICK_SCHEDULE: schedule });

      expect(functions).toHaveLength(httpFunctions.length + 3);
      expect(functions).toContainEqual(timer('0 * * * * *'));
    },
  );

  test('want a key for every route but those that anybody may call', async () => {
    const app = await startApp({
      ...{ appDirectory, stateDirectory, settings: {} },
      nodeArguments: [],
      listen: () => {},
    });
    const statuses = await Promise.all(
      httpFunctions.map(async ([name, methods, route]) => {
        const [method = ''] = methods.split(',');
        const [none, wrong, right] = await Promise.all(
          [null, 'not-the-key', hostKeys.function].map((key) => app.call(method, `/${route}`, { key })),
        );
        return [name, none?.status === 401, wrong?.status === 401, right?.status === 401];
      }),
    );
    await app.kill();

    expect(statuses).toEqual(
      httpFunctions.map(([name, , , level]) => {
        const isOpen = level === 'anonymous';
        return [name, !isOpen, !isOpen, level === 'admin'];
      }),
    );
  });
});
