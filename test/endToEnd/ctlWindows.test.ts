import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { openWindowsBlob } from '../../ctl/connection/windowsBlob.ts';
import { type AppUnderTest, hostKeys } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { documentOf, operateHere } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(120_000);

const PATH = 'windows/windows.json';
const HOUR_IN_MS = 3_600_000;

const at = (fromNowInMs: number) => new Date(Date.now() + fromNowInMs).toISOString();
const nightly = {
  name: 'nightly',
  reports: { ids: [reportId(1)] },
  schedule: { start: '0 22 * * Sat', duration: 'PT4H', timeZone: 'Europe/Berlin' },
};
const openNow = {
  name: 'open-now',
  reports: { ids: [reportId(2)] },
  schedule: { from: at(-HOUR_IN_MS), to: at(24 * HOUR_IN_MS) },
};

describe('ctl windows push', () => {
  const folder = mkdtempSync(join(tmpdir(), 'intermission-windows-'));
  const file = join(folder, 'windows.json');
  let cloud: CloudUnderTest;
  let app: AppUnderTest;

  beforeAll(async () => {
    cloud = await startCloud();
    await BlobServiceClient.fromConnectionString(cloud.storage)
      .getContainerClient('windows')
      .createIfNotExists();
    app = await cloud.start({ WINDOWS_BLOB: PATH });
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(folder, { recursive: true });
  });

  const push = async (windows: unknown, flags: readonly string[] = [], of = app) => {
    writeFileSync(file, typeof windows === 'string' ? windows : JSON.stringify(windows));
    const env = {
      ...{ INTERMISSION_URL: of.host.url, INTERMISSION_KEY: hostKeys.function },
      INTERMISSION_STORAGE: cloud.storage,
    };
    return operateHere(['windows', 'push', file, ...flags], env);
  };
  const blob = () => openWindowsBlob(cloud.storage, PATH);

  test('puts no list with an error, and names each by its place', async () => {
    const wrong = { ...nightly, schedule: { ...nightly.schedule, start: '99 22 * * Sat' } };
    const { exitCode, stdout } = await push([wrong, openNow], ['--yes']);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('PROBLEM window nightly at /0/schedule/start');
    expect(stdout).toContain('Nothing was put');
    expect((await push('[', ['--yes'])).exitCode).toBe(1);
    expect(await (await blob()).read()).toBeNull();
  });

  test('shows what would change and puts nothing, until it is told that this is meant', async () => {
    const { exitCode, stdout } = await push([nightly, openNow]);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/New +nightly\nNew +open-now\n.*--yes/);
    expect(await (await blob()).read()).toBeNull();
  });

  test('puts the list, and says so when the app shows it', async () => {
    const { exitCode, stdout } = await push([nightly, openNow], ['--yes']);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('was put, and the app shows it');
    expect((await push([nightly, openNow])).exitCode).toBe(0);
    expect((await push([nightly, openNow])).stdout).toContain('says the same already');
  });

  test('shows which properties differ, and what is open now and goes', async () => {
    const later = { ...nightly, maxReports: 5, schedule: { ...nightly.schedule, duration: 'PT5H' } };
    const { stdout } = await push([later], ['--json']);
    const told = await push([later]);

    expect(documentOf({ exitCode: 1, stdout, stderr: '' }).answer).toMatchObject({
      isPut: false,
      changes: [
        { name: 'nightly', kind: 'changed', properties: ['schedule', 'maxReports'], isOpen: false },
        { name: 'open-now', kind: 'gone', properties: [], isOpen: true },
      ],
    });
    expect(told.stdout).toMatch(/Gone +open-now \(OPEN NOW: its reports come back/);
  });

  test('is not done where the app reads another blob', async () => {
    const other = await cloud.start({ WINDOWS_BLOB: '' });

    const { exitCode, stdout } = await push([{ ...nightly, name: 'unread' }], ['--yes'], other);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('THE APP DOES NOT SHOW unread AS PUT');
  });

  test('is not done where the app goes by another rule of the same name', async () => {
    const other = { ...nightly, reports: { ids: [reportId(3)] } };
    const elsewhere = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify([other]), WINDOWS_BLOB: '' });

    const { exitCode, stdout } = await push([nightly], ['--yes'], elsewhere);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('THE APP DOES NOT SHOW nightly AS PUT');
  });

  test('is not done where the app goes on showing what was taken out', async () => {
    const other = await cloud.start({ MAINTENANCE_WINDOWS: JSON.stringify([nightly]), WINDOWS_BLOB: '' });
    await push([nightly], ['--yes']);

    const { exitCode, stdout } = await push([], ['--yes'], other);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('THE APP DOES NOT SHOW nightly AS PUT');
  });

  test('is not done with a list that the app would not read, and the app says how long one is that is there', async () => {
    const long = { ...nightly, reports: { ids: new Array(54_000).fill(reportId(1)) } };
    const { exitCode, stderr } = await push([long], ['--yes']);

    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^ctl: The list is 2\d{6} bytes long, .* 2097152/),
    ]);

    const container = BlobServiceClient.fromConnectionString(cloud.storage).getContainerClient('long');
    await container.createIfNotExists();
    await container.getBlockBlobClient('windows.json').uploadData(Buffer.alloc(2_097_153, 32));
    const other = await cloud.start({ WINDOWS_BLOB: 'long/windows.json' });
    const { json } = await other.call('GET', '/api/health/details');

    expect(JSON.stringify(json)).toContain('it is 2097153 bytes long, and at most 2097152 are read');
  });

  test('overwrites nothing that somebody else has put meanwhile', async () => {
    const one = await blob();
    const before = await one.read();
    expect(await one.write('[]', before?.etag ?? null)).toBe(true);

    expect(await one.write('[1]', before?.etag ?? null)).toBe(false);
    expect(await one.write('[1]', null)).toBe(false);
    expect((await one.read())?.text).toBe('[]');
  });

  test('shows no key of the storage', async () => {
    const [, accountKey = 'none'] = /AccountKey=([^;]+)/.exec(cloud.storage) ?? [];
    const shown = await push([nightly, openNow], ['--yes']);

    expect(accountKey).not.toBe('none');
    expect(`${shown.stdout}${shown.stderr}`).not.toContain(accountKey);
  });

  test.each([
    [['windows', 'push'], 'FILE'],
    [['windows', 'push', 'a', 'b'], 'FILE'],
    [['windows', 'push', 'missing.json', '--storage', 'account1'], 'cannot be read'],
    [['windows', 'push', 'a'], '--storage'],
    [['windows', 'push', 'a', '--storage', 'account1', '--blob', 'no'], '--blob'],
    [['windows', '--yes'], '--yes'],
  ])('%j is refused, and the line says what is missing', async (argv, told) => {
    const env = { INTERMISSION_URL: app.host.url, INTERMISSION_KEY: hostKeys.function };
    const { exitCode, stderr } = await operateHere(argv, env);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(told);
  });
});
