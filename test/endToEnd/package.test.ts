import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, IDENTITY_CLIENT_ID, startCloud } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { type Packaged, packageACopy, unpack } from './packagedApp.ts';

jest.setTimeout(120_000);

const SECOND_NODE = join(process.cwd(), 'node_modules/also-node-24/bin/node');
const KIB = 1024;

let packaged: Packaged;
beforeAll(() => {
  packaged = packageACopy({ folderName: 'here', nodePath: process.execPath, timeZone: 'UTC' });
});

describe('the deployable zip', () => {
  test('is the same to the byte from another folder, in another time zone and by another Node', () => {
    const again = packageACopy({
      folderName: 'quite another folder',
      nodePath: existsSync(SECOND_NODE) ? SECOND_NODE : process.execPath,
      timeZone: 'Asia/Tokyo',
    });

    expect(again.files).toEqual(packaged.files);
    expect(Buffer.compare(again.zip, packaged.zip)).toBe(0);
  });

  test('holds the app, what it loads on demand, its terms, and nothing else', () => {
    const names = [...packaged.files.keys()];

    expect(names.filter((name) => !name.startsWith('common-'))).toEqual([
      ...['LICENSE', 'THIRD-PARTY-NOTICES.txt'],
      ...packagedParts,
    ]);
    expect(names.filter((name) => !/^[\w-]+\.cjs$/.test(name))).toEqual([
      ...['LICENSE', 'THIRD-PARTY-NOTICES.txt', 'host.json', 'package.json'],
    ]);
    expect(names).toEqual([...names].sort());
  });

  test('starts from a package.json that names no dependency, and from the host.json of the project', () => {
    const project: unknown = JSON.parse(readFileSync('package.json', 'utf8'));

    expect(JSON.parse(packaged.files.get('package.json') ?? '')).toEqual({
      ...{ name: 'intermission', private: true, license: 'MIT', type: 'commonjs', main: 'main.cjs' },
      version: Object(project).version,
    });
    expect(packaged.files.get('host.json')).toBe(readFileSync('host.json', 'utf8'));
    expect(packaged.files.get('LICENSE')).toBe(readFileSync('LICENSE', 'utf8'));
  });

  test('shows no path of the machine that made it, and nothing of the tests or the local cloud', () => {
    const hidden = [
      packaged.projectDirectory,
      process.cwd(),
      tmpdir(),
      'local/insights',
      'test/fakes',
      '_admin/',
    ];
    const showing = [...packaged.files].flatMap(([name, text]) =>
      hidden.filter((path) => text.includes(path)).map((path) => `${name} shows ${path}`),
    );

    expect(showing).toEqual([]);
  });

  test('stays small: 2 MiB to send, 160 KiB to load at a cold start, 1 MiB more at the first call', () => {
    const sizeOf = (name: string) => Buffer.byteLength(packaged.files.get(name) ?? '');

    expect(packaged.zip.length).toBeLessThan(2 * KIB * KIB);
    expect(sizeOf('main.cjs')).toBeLessThan(160 * KIB);
    expect(sizeOf('service.cjs')).toBeLessThan(KIB * KIB);
    expect(packaged.files.size).toBeLessThan(32);
  });

  test('is told by its checksum, which is printed with every file and its size', () => {
    const sha256 = createHash('sha256').update(packaged.zip).digest('hex');

    expect(packaged.printed).toContain(`sha256 ${sha256}`);
    for (const [name, text] of packaged.files) {
      expect(packaged.printed).toMatch(new RegExp(`\\b${Buffer.byteLength(text)} +${name}\n`));
    }
  });

  test('names every package that is inside, with its licence and the whole text of it', () => {
    const notices = packaged.files.get('THIRD-PARTY-NOTICES.txt') ?? '';
    const parts = notices.split(/^-{80}\n/m).slice(1);
    const inside = new Set(
      [...packaged.files].flatMap(([, text]) =>
        [...text.matchAll(/"node_modules\/(?:[^"]*\/node_modules\/)?((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(
          ([, name = '']) => name,
        ),
      ),
    );

    const named = parts.map((part) => /^(\S+) \S+ \([\w.-]+\)\n/.exec(part)?.[1]);
    // CommonJS packages show in the bundle by their paths; these must all be among those named.
    expect(inside.size).toBeGreaterThan(20);
    expect([...inside].filter((name) => !named.includes(name))).toEqual([]);
    expect(named).toEqual(
      expect.arrayContaining([
        ...['@azure/functions', '@azure/identity', 'axios', 'zod', 'preact', '@azure/msal-browser'],
      ]),
    );
    expect(named.filter((name) => /^(?:jest|esbuild|azurite|fflate|node-forge)/.test(name ?? ''))).toEqual(
      [],
    );
    expect(parts.filter((part) => !/copyright|public domain/i.test(part) || part.length < 500)).toEqual([]);
  });
});

describe('the packaged app, unpacked into an empty folder', () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'intermission-trace-'));
  let appDirectory: string;
  let cloud: CloudUnderTest;
  let started = 0;
  beforeAll(async () => {
    appDirectory = unpack(packaged);
    cloud = await startCloud(appDirectory);
  });
  afterAll(async () => {
    await cloud.stop();
    rmSync(stateDirectory, { recursive: true });
  });

  /** Starts the app, and tells what its files have loaded so far whenever it is asked. */
  async function startTraced(): Promise<{
    readonly app: AppUnderTest;
    readonly loaded: () => readonly string[];
  }> {
    started += 1;
    const traceFile = join(stateDirectory, `loads-${started}`);
    const app = await cloud.start({ TRACE_FILE: traceFile, TRACED_FOLDER: appDirectory }, [
      ...['--require', join(process.cwd(), 'test/fixtures/loadTrace/traceLoads.cjs')],
    ]);
    return { app, loaded: () => [...new Set(readFileSync(traceFile, 'utf8').trim().split('\n'))].sort() };
  }

  const filesOf = (loaded: readonly string[]) => loaded.filter((name) => name.endsWith('.cjs'));

  test('finds no package anywhere: what it needs is in it', () => {
    const { resolve } = createRequire(join(appDirectory, 'main.cjs'));

    for (const name of ['zod', '@azure/functions', '@azure/identity', 'axios']) {
      expect(() => resolve(name)).toThrow('Cannot find module');
    }
  });

  test('loads one file of its own at a cold start, more at an idle tick, and the heavy ones when they are needed', async () => {
    // Once a day a tick looks for pauses of others; the first one does, and the second is idle.
    const warm = await cloud.start();
    await warm.tick();
    await warm.stop();
    const { app, loaded } = await startTraced();

    const atStart = loaded();
    const idle = await app.tick();
    const afterIdleTick = loaded();
    await app.run('/api/pause', { reportIds: [reportId(2)], duration: 'PT1H' });
    const afterPause = loaded();
    await app.stop();

    expect(idle.hasSucceeded).toBe(true);
    expect(atStart).toEqual(loadedAtStart);
    expect(filesOf(afterIdleTick).filter((name) => !name.startsWith('common-'))).toEqual(loadedByIdleTick);
    expect(filesOf(afterIdleTick).length).toBeLessThanOrEqual(8);
    expect(filesOf(afterPause)).toEqual(expect.arrayContaining(['axios.cjs', 'azure-identity.cjs']));
  });

  test('pauses and resumes a report that a caller asks for, as the Insights API has seen', async () => {
    const { app } = await startTraced();

    const paused = await app.run('/api/pause', { reportIds: [reportId(1)], duration: 'PT1H' });
    const resumed = await app.run('/api/resume', { reportIds: [reportId(1)] });
    await app.stop();

    expect([paused.run.status, resumed.run.status]).toEqual(['ok', 'ok']);
    expect(await cloud.emulator.changes([reportId(1)])).toEqual([
      expect.objectContaining({ from: 'Active', to: 'Paused', operation: 'pause' }),
      expect.objectContaining({ from: 'Paused', to: 'Active', operation: 'resume' }),
    ]);
    const [change] = await cloud.emulator.changes([reportId(1)]);
    expect(change?.by).toMatchObject({ kind: 'app', clientId: IDENTITY_CLIENT_ID });
  });
});

/** What a cold start may load: its own file, and what Microsoft's library needs of Node. */
const loadedAtStart = [
  'main.cjs',
  ...['node:crypto', 'node:events', 'node:http', 'node:net', 'node:url', 'node:util'],
];

/** Axios, the identity and the vault are not needed while nothing is to be done. */
const loadedByIdleTick = ['azure-data-tables.cjs', 'common.cjs', 'main.cjs', 'service.cjs'];

/** All parts that are loaded on demand: a new one is a new heavy package, and wants a decision. */
const packagedParts = [
  'apache-arrow.cjs',
  'axios.cjs',
  'azure-data-tables.cjs',
  'azure-identity.cjs',
  'azure-keyvault-secrets.cjs',
  'azure-storage-blob.cjs',
  'azure-storage-queue.cjs',
  'azureMonitor.cjs',
  'builtPage.cjs',
  'common.cjs',
  'cronstrue.cjs',
  'host.json',
  'jose.cjs',
  'main.cjs',
  'openApiDocument.cjs',
  'package.json',
  'service.cjs',
];
