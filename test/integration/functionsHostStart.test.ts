import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { drawTests } from '../../build/sample.ts';
import { localAccounts, TWO_ACCOUNTS } from '../../local/start/localAccounts.ts';
import { localKeys } from '../../local/start/localKeys.ts';
import { composeSettings, sampleReportIds } from '../../local/start/localSettings.ts';
import { parseStartFlags } from '../../local/start/parseStartFlags.ts';
import { formatRun } from '../../local/start/runTable.ts';

const sample = { PAUSE_SCHEDULE: '0 0 22 * * Sat', TIME_ZONE: 'Europe/Berlin', MODE: 'act', REPORT_IDS: '' };
const addresses = { INSIGHTS_BASE_URL: 'http://127.0.0.1:7080/insights/v1/mpn' };
const nowMs = Date.UTC(2026, 0, 5, 0, 2);
const given = { sample, addresses, nowMs, reportIds: sampleReportIds, accounts: null };
const ordinary = { kind: 'run', once: false, port: null, seed: null, hasTwoAccounts: false, hasSample: true };

describe('npm start', () => {
  test('pauses the sample reports in a window that has begun five minutes ago', () => {
    expect(composeSettings({ ...given, own: {} })).toEqual({
      MODE: 'act',
      REPORT_IDS: expect.stringMatching(/^(a0000000-0000-4000-8000-0000000000\d\d,?){6}$/),
      PAUSE_SCHEDULE: '57 23 * * *',
      PAUSE_DURATION: 'PT1H',
      TIME_ZONE: 'UTC',
      WEBHOOKS: expect.stringContaining('"name":"sample"'),
      ...addresses,
    });
  });

  test('takes what a person has changed in their own settings, a whole window or none of it', () => {
    const own = { MODE: 'observe', PAUSE_SCHEDULE: '0 1 * * *', TIME_ZONE: 'Asia/Tokyo' };

    expect(composeSettings({ ...given, own })).toMatchObject(own);
    expect(composeSettings({ ...given, own: { TIME_ZONE: 'Asia/Tokyo' } })).toMatchObject({
      TIME_ZONE: 'UTC',
      PAUSE_SCHEDULE: '57 23 * * *',
    });
  });

  test('never leaves the local cloud, whatever the own settings say', () => {
    const own = { ...sample, INSIGHTS_BASE_URL: 'https://api.partnercenter.microsoft.com/insights/v1/mpn' };

    expect(composeSettings({ ...given, own })).toMatchObject({
      ...addresses,
      PAUSE_SCHEDULE: '57 23 * * *',
    });
  });

  test('serves the accounts of a person by the local cloud, wherever they point, one of each family', () => {
    const away = { tenantId: '99999999-9999-4999-8999-999999999999', signIn: { mode: 'managedIdentity' } };
    const text = JSON.stringify([
      { name: 'direct', surface: 'cmp', version: 'v1', callsPerSecond: 5, ...away },
      {
        name: 'reseller',
        surface: 'mpn',
        baseUrl: 'https://api.partnercenter.microsoft.com/insights/v1/mpn',
        ...away,
      },
      { name: 'other', surface: 'mpn', ...away },
    ]);
    const accounts = localAccounts(text, 'http://127.0.0.1:7080');

    expect(accounts).toMatchObject({ mpnName: 'reseller', leftOut: ['other'] });
    expect(accounts?.text).not.toMatch(/partnercenter|99999999|managedIdentity/);
    expect(JSON.parse(accounts?.text ?? '')).toMatchObject([
      { name: 'direct', callsPerSecond: 5, baseUrl: 'http://127.0.0.1:7080/insights/v1.1/cmp' },
      { name: 'reseller', baseUrl: 'http://127.0.0.1:7080/insights/v1/mpn' },
    ]);
    expect(composeSettings({ ...given, own: { ACCOUNTS: text }, accounts })).toMatchObject({
      ...{ ACCOUNTS: accounts?.text, TENANT_ID: '', PAUSE_SCHEDULE: '' },
      MAINTENANCE_WINDOWS: expect.stringContaining('"account":"reseller"'),
      WEBHOOKS: expect.stringContaining('"account":"reseller"'),
    });
  });

  test('leaves a list of accounts that cannot be read to the app, which says what is wrong', () => {
    expect(['[]', 'none', '[{"name":"a"}]'].map((text) => localAccounts(text, 'http://here'))).toEqual([
      null,
      null,
      null,
    ]);
    expect(composeSettings({ ...given, own: { ACCOUNTS: 'none' } })).toMatchObject({ ACCOUNTS: 'none' });
  });

  test('has neither window nor source of webhooks where the sample is not wanted, or its account is not there', () => {
    const cmp = localAccounts('[{"name":"direct","surface":"cmp"}]', 'http://here');

    for (const settings of [
      composeSettings({ ...given, own: {}, reportIds: [] }),
      composeSettings({ ...given, own: {}, accounts: cmp }),
    ]) {
      expect(settings).not.toHaveProperty('WEBHOOKS');
      expect(settings).not.toHaveProperty('MAINTENANCE_WINDOWS');
      expect(settings).toMatchObject({ PAUSE_SCHEDULE: '' });
    }
    expect(localAccounts(TWO_ACCOUNTS, 'http://here')).toMatchObject({ mpnName: 'mpn', leftOut: [] });
  });

  test('has the same keys at each start, which only their owner may read', () => {
    const directory = mkdtempSync(join(tmpdir(), 'intermission-keys-'));
    const [first, second] = [localKeys(directory), localKeys(directory)];
    const other = mkdtempSync(join(tmpdir(), 'intermission-keys-'));
    const mode = statSync(join(directory, 'node_modules/.cache/intermission/keys.json')).mode;

    expect(second).toEqual(first);
    expect(localKeys(other)).not.toEqual(first);
    expect((mode & 0o077).toString(8)).toBe('0');
    rmSync(directory, { recursive: true });
    rmSync(other, { recursive: true });
  });

  test.each([
    [['--once', '--port', '0'], { ...ordinary, once: true, port: 0 }],
    [[], ordinary],
    [
      ['--seed', 'mine.json', '--two-accounts', '--no-sample'],
      { ...ordinary, seed: 'mine.json', hasTwoAccounts: true, hasSample: false },
    ],
    [['--demo', '--seed', 'x'], { kind: 'wrong', message: expect.stringMatching(/^--demo takes/) }],
    [
      ['--onse'],
      { kind: 'wrong', message: expect.stringMatching(/^Unknown option '--onse'.*Usage: npm start/) },
    ],
    [['--port', 'x'], { kind: 'wrong', message: expect.stringMatching(/^--port must be/) }],
    [['--port', '65536'], { kind: 'wrong', message: expect.stringMatching(/^--port must be/) }],
    [['stray'], { kind: 'wrong', message: expect.stringContaining('stray') }],
  ])('reads the flags %j', (parameters, flags) => {
    expect(parseStartFlags(parameters)).toEqual(flags);
  });

  test('shows a run as a table, free of what a report name may hide', () => {
    const result = { reportId: 'a', code: 'window_live', message: 'held until 10:00' };
    const results = [
      {
        ...result,
        reportName: 'Usage\u001b[31m daily',
        before: 'Active',
        after: 'Paused',
        outcome: 'paused',
      },
      { ...result, reportName: 'x'.repeat(50), before: null, after: null, outcome: 'failed', message: '' },
    ];
    const problems = [{ code: 'windows_invalid', message: 'one\nwindow' }];

    expect(
      formatRun({ runId: 'run-1', status: 'partial', durationInMs: 12, results, problems, events: [] }),
    ).toBe(
      [
        'Report                                    Was     Is now  Outcome  Why',
        '----------------------------------------  ------  ------  -------  ----------------',
        'Usage daily                               Active  Paused  paused   held until 10:00',
        `${'x'.repeat(39)}…  -       -       failed   window_live`,
        '! windows_invalid: one window',
        '',
        'Run run-1: partial, 2 reports in 12 ms.',
      ].join('\n'),
    );
  });

  describe('with an app', () => {
    const directory = mkdtempSync(join(tmpdir(), 'npm-start-'));
    beforeAll(() => {
      cpSync(join(process.cwd(), 'test/fixtures/functionApp'), directory, { recursive: true });
      for (const name of ['local', 'node_modules']) {
        symlinkSync(join(process.cwd(), name), join(directory, name));
      }
      writeFileSync(
        join(directory, 'local.settings.sample.json'),
        '{"Values":{"NIGHTLY_SCHEDULE":"0 0 3 * * *"}}',
      );
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    drawTests(
      'npm start',
      1,
      {
        '--once puts the run as one JSON line last on stdout, the table on stderr, and exits 0': async () => {
          const { exitCode, stdout, stderr } = await runStart(directory, ['--once', '--port', '0']);

          expect({ exitCode, stderr }).toEqual({
            exitCode: 0,
            stderr: expect.stringContaining('Run run-1: ok'),
          });
          const run = z.object({ results: z.array(z.unknown()) }).parse(JSON.parse(stdout));
          expect(run.results).toHaveLength(6);
          expect(run.results).toContainEqual(expect.objectContaining({ before: 'Paused' }));
          expect(run.results).toContainEqual(expect.objectContaining({ before: 'Inactive' }));
        },

        'serves until it is interrupted, and then stops everything and exits 0': async () => {
          const { exitCode, stdout } = await runStart(directory, ['--port', '0'], /Ctrl-C stops everything/);

          expect(exitCode).toBe(0);
          expect(stdout).toMatch(
            /curl -s -X POST http:\/\/127\.0\.0\.1:\d+\/api\/tick -H 'x-functions-key: [0-9a-f]{32}'/,
          );
        },

        'says in a line, without a stack, that the app was not built, and exits 1': async () => {
          writeFileSync(join(directory, 'package.json'), '{"main":"dist/main.cjs"}');

          const { exitCode, stderr } = await runStart(directory, ['--once', '--port', '0']);

          expect(exitCode).toBe(1);
          expect(stderr).toContain('"dist/main.cjs", and no such file exists');
          expect(stderr).not.toContain('    at ');
        },
      },
      60_000,
    );
  });
});

/** Runs local/start.ts in a directory of its own, interrupted once its stdout matches. */
function runStart(cwd: string, parameters: readonly string[], interruptAt?: RegExp) {
  const arguments_ = ['--disable-warning=ExperimentalWarning', 'local/start.ts', ...parameters];
  const child = spawn(process.execPath, arguments_, { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const hadMatched = interruptAt?.test(stdout) === true;
    stdout += chunk.toString();
    if (!hadMatched && interruptAt?.test(stdout) === true) {
      child.kill('SIGINT');
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
