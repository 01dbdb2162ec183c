import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawTests } from '../../build/sample.ts';
import { UNKNOWN_REPORT } from './emulatorDoor.ts';
import { runSchema } from './wireShapes.ts';

const linked = ['node_modules', 'functions', 'shared', 'page', 'local', 'build'];
const copied = ['package.json', 'host.json', 'local.settings.sample.json'];

describe('npm start -- --once on a fresh clone', () => {
  const clones: string[] = [];
  afterAll(() => {
    for (const directory of clones) {
      rmSync(directory, { recursive: true });
    }
  });

  function makeClone(ownSettings: Readonly<Record<string, string>> | null): string {
    const directory = mkdtempSync(join(tmpdir(), 'intermission-clone-'));
    clones.push(directory);
    for (const name of linked) symlinkSync(join(process.cwd(), name), join(directory, name));
    for (const name of copied) copyFileSync(join(process.cwd(), name), join(directory, name));
    if (ownSettings !== null) {
      writeFileSync(join(directory, 'local.settings.json'), JSON.stringify({ Values: ownSettings }));
    }
    return directory;
  }

  function start(
    directory: string,
    ...flags: readonly string[]
  ): Promise<{ exitCode: number; lastLine: string; shown: string }> {
    return new Promise((resolve) => {
      execFile('npm', ['start', '--', '--once', ...flags], { cwd: directory }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : Number(error.code);
        resolve({ exitCode, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '', shown: stderr });
      });
    });
  }

  drawTests(
    'npm start -- --once',
    1,
    {
      'shows a table, prints the run as the last line, and exits 0': async () => {
        const { exitCode, lastLine, shown } = await start(makeClone(null));

        const run = runSchema.parse(JSON.parse(lastLine));
        expect([exitCode, run.status]).toEqual([0, 'ok']);
        expect(run.summary).toEqual({ paused: 4, foreign: 1, inactive: 1 });
        expect(shown).toMatch(/AzureUsage-daily +Active +Paused +paused/);
      },

      'exits 1 where a report fails, with the run still the last line': async () => {
        const reports = ['a0000000-0000-4000-8000-000000000001', UNKNOWN_REPORT];
        const { exitCode, lastLine } = await start(makeClone({ REPORT_IDS: reports.join(',') }));

        const run = runSchema.parse(JSON.parse(lastLine));
        expect([exitCode, run.status]).toEqual([1, 'partial']);
        expect(run.summary).toEqual({ paused: 1, notFound: 1 });
      },

      'serves an account on mpn and one on cmp, with the window over the first': async () => {
        const { exitCode, lastLine } = await start(makeClone(null), '--two-accounts');

        const run = runSchema.parse(JSON.parse(lastLine));
        expect([exitCode, run.status, run.summary]).toEqual([
          0,
          'ok',
          { paused: 4, foreign: 1, inactive: 1 },
        ]);
        expect(JSON.parse(lastLine)).toMatchObject({ results: new Array(6).fill({ account: 'mpn' }) });
      },

      'begins with the reports of a file, and says where there is none': async () => {
        const directory = makeClone(null);
        const report = { reportId: 'b0000000-0000-4000-8000-000000000001', reportName: 'Mine' };
        writeFileSync(join(directory, 'seed.json'), JSON.stringify({ reports: [report] }));

        const right = await start(directory, '--seed', 'seed.json');
        const wrong = await start(directory, '--seed', 'none.json');

        expect(JSON.parse(right.lastLine)).toMatchObject({ results: [{ ...report, outcome: 'paused' }] });
        expect([wrong.exitCode, wrong.shown]).toEqual([
          1,
          expect.stringContaining('--seed: there is no file none.json.'),
        ]);
      },

      'tells settings that cannot be used one by one': async () => {
        const { exitCode, shown } = await start(makeClone({ MODE: 'perhaps', MAX_CONCURRENCY: '900' }));

        expect(exitCode).toBe(1);
        expect(shown).toMatch(/! MODE .*\n! MAX_CONCURRENCY .*/);
      },
    },
    60_000,
  );
});
