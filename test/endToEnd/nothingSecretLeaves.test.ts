import { TableClient, TableServiceClient } from '@azure/data-tables';
import { secretForms } from '../fakes/secretForms.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { windowThatIsOn } from './cloudUnderTest.ts';
import { runCtl } from './ctlProcess.ts';
import { type EchoingService, REFUSALS, startEchoingService } from './echoingService.ts';
import { reportId } from './emulatorDoor.ts';
import { startTelemetryCloud, type TelemetryCloud } from './telemetryCloud.ts';

jest.setTimeout(300_000);

const forms = Object.entries(secretForms);
/** So many that each form stands in each field of a report, and in each refusal. */
const FIELDS = 16;
const REPORTS = forms.length * FIELDS;

/** Where it was written stands in its middle; either end, or the beginning of it as Basic has it, betrays it. */
const traces = ['q7Zx-Kd', 'mWv2Lp9', Buffer.from('svc:q7Zx-Kd').toString('base64').slice(2, 12)];
const echo = (field: string, at: number) =>
  forms[Math.floor(at / FIELDS) % forms.length]?.[1](`q7Zx-Kd-${at}-${field.replace(/\W/g, '')}-mWv2Lp9`) ??
  '';

/** The number of a report whose words are of this form, and whose refusal is of this kind. */
function refusalOf(form: number, kind: number): number {
  const first = form * FIELDS;
  return first + ((kind - (first % REFUSALS) + REFUSALS) % REFUSALS);
}

describe('with a secret of each form in each field of what the service says', () => {
  const left: string[] = [];
  let cloud: TelemetryCloud;
  let service: EchoingService;
  let app: AppUnderTest;

  const listen = async (method: string, path: string, body?: unknown) => {
    const { headers, text, status } = await app.call(method, path, { body });
    left.push(`${method} ${path}: ${status} ${JSON.stringify([...headers])} ${text}`);
    return status;
  };
  const ctl = async (...argv: readonly string[]) => {
    const env = { INTERMISSION_URL: app.host.url, INTERMISSION_KEY: hostKeys.function };
    const { stdout, stderr } = await runCtl(argv, env);
    left.push(`ctl ${argv.join(' ')}: ${stdout} ${stderr}`);
  };

  beforeAll(async () => {
    cloud = await startTelemetryCloud(takeStorageAccount());
    service = await startEchoingService(REPORTS, echo);
    app = await cloud.startApp({
      INSIGHTS_BASE_URL: `${service.url}/insights/v1/mpn`,
      EXTRA_API_HOSTS: new URL(service.url).host,
      // One report of each form in a name, and one of each in the words of a refusal.
      ...windowThatIsOn(forms.flatMap((_, at) => [reportId(at * FIELDS + 1), reportId(at * FIELDS + 2)])),
    });
  });
  afterAll(async () => {
    await cloud.stop();
    await service.close();
  });

  test('none of it leaves by an answer, a line, telemetry, a row or the operator’s command', async () => {
    expect(await listen('GET', '/api/reports')).toBe(200);
    await listen('GET', '/api/plan');
    const wanted = forms.map((_, at) => reportId(at * FIELDS + 4 + (at % 10)));
    await listen('POST', '/api/pause', { reportIds: wanted, duration: 'PT1H' });
    await app.tick();
    await listen('GET', `/api/reports/${reportId(1)}`);
    await ctl('status', '--all');
    await ctl('plan', '--all');
    await ctl('why', reportId(FIELDS + 1));
    await ctl('pause', reportId(2), reportId(3), '--reason', 'a test');
    // Each form twice, each refusal in several forms.
    for (let at = 0; at < forms.length * 2; at += 1) {
      service.refuseLists(refusalOf(at % forms.length, at % REFUSALS));
      await listen('GET', at % 7 === 0 ? '/api/plan' : '/api/reports');
    }
    await listen('GET', '/api/health/details?deep=true');
    await ctl('status');
    await app.tick();
    service.refuseLists(null);
    await listen('POST', '/api/resume', { reportIds: wanted, includeWindows: true });
    await app.stop();

    left.push(...app.host.logs.map(({ message }) => `line: ${message}`));
    left.push(...cloud.ingestion.received.envelopes.map((one) => `telemetry: ${JSON.stringify(one)}`));
    left.push(...(await rowsOf(cloud.storage)));
    const kinds = new Set(left.map((text) => /^\w+/.exec(text)?.[0]));
    expect(kinds).toEqual(new Set(['GET', 'POST', 'ctl', 'line', 'telemetry', 'row']));
    expect(left.flatMap(leaksIn)).toEqual([]);
    expect(left.join().match(/\[(?:secret|token|link|query)\]/g)?.length).toBeGreaterThan(forms.length * 10);
  });
});

/** Each place where something stands that must not, with what is around it. */
function leaksIn(text: string): readonly string[] {
  const at = Math.max(...traces.map((trace) => text.indexOf(trace)));
  return at < 0 ? [] : [`${text.slice(0, 60)} … ${text.slice(Math.max(0, at - 80), at + 80)}`];
}

async function rowsOf(connectionString: string): Promise<readonly string[]> {
  const options = { allowInsecureConnection: true };
  const rows: string[] = [];
  for await (const { name = '' } of TableServiceClient.fromConnectionString(
    connectionString,
    options,
  ).listTables()) {
    for await (const row of TableClient.fromConnectionString(
      connectionString,
      name,
      options,
    ).listEntities()) {
      rows.push(`row of ${name}: ${JSON.stringify(row)}`);
    }
  }
  return rows;
}
